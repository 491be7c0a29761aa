import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { beginReminder, giveUpReminder, reminderOf } from '../../domain/consent/mail-reminder.ts';
import { remindCustomers } from '../../domain/consent/remind-customers.ts';
import { ACCEPT, type Asked, answer, askConsent, asked, linkIn, open, statusOf } from '../support/consent-link.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { actionOf, buttonsOf, inputsOf, type Person, personIn, textOf } from '../support/person.ts';
import { retryNow, waitingRetries } from '../support/queue.ts';
import { unheardBy } from '../support/unmoved.ts';
import { DAY, LEE, SERVER, START, startWorld, TAILSPIN, type World } from '../support/world.ts';

/** A claim of the start is due on 23 December: reminders with 14, 7 and 2 days left. */
const FIRST = new Date('2026-12-09T08:00:00.000Z');
const SECOND = new Date('2026-12-16T08:00:00.000Z');
const THIRD = new Date('2026-12-21T08:00:00.000Z');
const OVER = new Date('2026-12-24T00:00:00.000Z');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
  });
  beforeEach(async () => {
    world.clock.set(START);
    // The clocks of the demo's claims, and of other tests', stand still.
    await world.database.prisma.claim.updateMany({ data: { dueAt: null, customerRemindAt: null } });
    partner = await colleague(world);
  });
  afterAll(() => {
    // Of the clock that runs meanwhile the partner hears as well: that story is told elsewhere.
    world?.connector.takePosts();
    return world?.stop();
  });

  const rowOf = (claim: number) => world.database.prisma.claim.findUniqueOrThrow({ where: { number: claim } });
  const eventsOf = async (claim: number) =>
    (
      await world.database.prisma.auditEvent.findMany({
        where: { chain: `claim:${claim}` },
        orderBy: { sequence: 'asc' },
      })
    ).map(({ what }) => what);
  const show = (claim: number) => partner.tap('claim.show', { claim });
  const remind = async (claim: number) => partner.press(await show(claim), 'Remind the customer');

  /** A claim whose contact was asked, and is reminded. */
  const reminded = async (name: string): Promise<Asked & { readonly address: string }> => {
    const one = await asked(world, partner, name);
    await remind(one.claim);
    return { ...one, address: `anna@${one.customer.domain}` };
  };

  /** The mails to an address that came of a sweep at this moment. */
  const sweepAt = async (at: Date, address: string) => {
    world.clock.set(at);
    await world.app.sweep();
    return world.mailbox.take(address);
  };
  /** No further reminder comes on any morning of the plan. */
  const silentFrom = async (address: string, ...mornings: readonly Date[]) => {
    for (const at of mornings) expect(await sweepAt(at, address)).toEqual([]);
  };
  /** The reminder is handed out, and its mail has not left: who sends has other things to do. */
  const handOut = async (at: Date) => {
    world.clock.set(at);
    expect(await remindCustomers(world.app.ports)).toBeGreaterThan(0);
  };

  describe('a customer who does not answer', () => {
    test('is reminded of nothing unless that was chosen', async () => {
      const { claim, customer } = await asked(world, partner, 'off');
      expect(buttonsOf(await show(claim))).toContain('Remind the customer');
      await silentFrom(`anna@${customer.domain}`, FIRST, SECOND, THIRD);
      expect(await rowOf(claim)).toMatchObject({
        remindsCustomer: false,
        customerReminders: 0,
        customerRemindAt: null,
      });
    });

    test('is reminded with 14, 7 and 2 days left, at 08:00 UTC, and not a fourth time', async () => {
      const { claim, address, link } = await reminded('three');
      expect(textOf(await show(claim))).toContain(
        'The customer is reminded by e-mail on 9 Dec, 16 Dec and 21 Dec (UTC)',
      );
      expect(await sweepAt(new Date(FIRST.getTime() - 1), address)).toEqual([]);

      const [first, ...more] = await sweepAt(FIRST, address);
      expect(more).toEqual([]);
      expect(first?.subject).toMatch(/^Reminder: Northbridge Cloud \(demo\) asks for your consent: /);
      expect(first?.text).toContain('This is a reminder. On 23 November 2026 (UTC) Northbridge Cloud (demo) asked');
      expect(first?.text).toMatch(/23 December 2026(, | at )23:59 UTC/);
      expect(first?.headers.get('reply-to')).toContain('robin.demo@northbridge.example');
      expect(textOf(await show(claim))).toContain(
        'The customer was reminded once, on 9 Dec (UTC) · next on 16 Dec and 21 Dec',
      );
      // A sweep every minute, and after a restart, says nothing more.
      await world.app.sweep();
      await world.restart();
      await silentFrom(address, new Date(FIRST.getTime() + DAY), new Date(SECOND.getTime() - 1));

      expect(await sweepAt(SECOND, address)).toHaveLength(1);
      const [third] = await sweepAt(THIRD, address);
      const card = await show(claim);
      expect(textOf(card)).toContain('reminded three times, on 9 Dec, 16 Dec and 21 Dec (UTC) · no more are sent');
      expect(buttonsOf(card)).not.toContain('Remind the customer');
      await silentFrom(address, new Date(THIRD.getTime() + DAY));
      expect((await eventsOf(claim)).filter((what) => what === 'customerReminded')).toHaveLength(3);
      expect(await rowOf(claim)).toMatchObject({ customerReminders: 3, customerRemindAt: null });

      // All links of one request live and die together.
      for (const one of [link, linkIn(first), linkIn(third)]) expect((await open(world, one)).status).toBe(200);
      expect((await answer(world, linkIn(first), ACCEPT)).status).toBe(200);
      for (const one of [link, linkIn(third)]) expect((await open(world, one)).status).toBe(404);
      expect(textOf(await partner.hear())).toContain('Consent received');
    });

    test('is reminded in their language', async () => {
      const { claim, customer } = await asked(world, partner, 'dutch', { contacts: { customerLanguage: 'nl' } });
      await remind(claim);
      const [mail] = await sweepAt(FIRST, `anna@${customer.domain}`);
      expect(mail?.subject).toMatch(/^Herinnering: /);
      expect(mail?.text).toContain('Dit is een herinnering. Op 23 november 2026 (UTC) vroeg');
      expect(mail?.text).toContain('23 december 2026 om 23:59 uur (UTC)');
      expect(mail?.html).toContain('lang="nl"');
    });

    test('gets one mail for all that were missed while nothing ran', async () => {
      const { claim, address } = await reminded('downtime');
      expect(await sweepAt(new Date(SECOND.getTime() + DAY), address)).toHaveLength(1);
      expect(await sweepAt(THIRD, address)).toHaveLength(1);
      expect(await rowOf(claim)).toMatchObject({ customerReminders: 2, customerRemindAt: null });
    });

    test('is told nothing twice by a clock that is set back, not even switched off and on again', async () => {
      const { claim, address } = await reminded('set-back');
      expect(await sweepAt(FIRST, address)).toHaveLength(1);
      world.clock.set(START);
      await world.app.sweep();
      await partner.press(await show(claim), 'Stop reminding the customer');
      await remind(claim);
      await silentFrom(address, FIRST, new Date(FIRST.getTime() + DAY));
      expect(await sweepAt(SECOND, address)).toHaveLength(1);
    });

    test('is reminded of what is still ahead where it is chosen late, and not at all where nothing is', async () => {
      const { claim, customer } = await asked(world, partner, 'late');
      world.clock.set(new Date(SECOND.getTime() + DAY));
      const old = await show(claim);
      expect(textOf(await partner.press(old, 'Remind the customer'))).toContain('by e-mail on 21 Dec (UTC)');
      await partner.press(await show(claim), 'Stop reminding the customer');
      await silentFrom(`anna@${customer.domain}`, THIRD);

      expect(buttonsOf(await show(claim))).not.toContain('Remind the customer');
      const { verb, data } = actionOf(old, 'Remind the customer');
      const forced = await unheardBy(world, () => partner.tap(verb, { ...data, command: randomUUID() }));
      expect(textOf(forced)).toContain('Somebody or a deadline was first; nothing was changed.');
    });
  });

  describe('nobody is reminded any more', () => {
    test.each(['accept', 'decline'])('after an answer: %s', async (decision) => {
      const { claim, address, link } = await reminded(`answered-${decision}`);
      await answer(world, link, { ...ACCEPT, decision });
      await partner.hear();
      expect((await rowOf(claim)).customerRemindAt).toBeNull();
      await silentFrom(address, FIRST, SECOND);
    });

    test('after the claim was canceled, or its clock ran out', async () => {
      const canceled = await reminded('canceled');
      const expired = await reminded('expired');
      await partner.press(await partner.tap('claim.askCancel', { claim: canceled.claim }), 'Cancel the claim');
      // Nothing ran until it was over.
      expect(await sweepAt(OVER, expired.address)).toEqual([]);
      await partner.hear();
      for (const { claim, address } of [canceled, expired]) {
        expect((await rowOf(claim)).customerRemindAt).toBeNull();
        expect(world.mailbox.unread(address)).toEqual([]);
      }
    });

    test.each<[string, (one: Asked) => Promise<unknown>]>([
      ['answered', async ({ link }) => [await answer(world, link, ACCEPT), await partner.hear()]],
      ['switched it off', async ({ claim }) => partner.press(await show(claim), 'Stop reminding the customer')],
      [
        'canceled',
        async ({ claim }) => partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim'),
      ],
    ])('when somebody %s between the planning of a mail and its sending', async (_what, meanwhile) => {
      const one = await reminded(`between-${randomUUID().slice(0, 8)}`);
      const { prisma } = world.database;
      // Planned, and put off by the mail server.
      world.mailbox.refuse({ code: 451 });
      expect(await sweepAt(FIRST, one.address)).toEqual([]);
      expect(await waitingRetries(world)).toBe(1);
      await meanwhile(one);
      await retryNow(world);

      expect(world.mailbox.unread(one.address)).toEqual([]);
      expect(await waitingRetries(world)).toBe(0);
      expect(await prisma.claim.count({ where: { number: one.claim, customerReminders: 0 } })).toBe(1);
      expect(await eventsOf(one.claim)).not.toContain('customerReminded');
    });

    test('at an address that was replaced meanwhile: a re-send is no reminder, keeps them on and raises nothing', async () => {
      const { claim, address } = await reminded('resent');
      world.mailbox.refuse({ code: 451 });
      await sweepAt(FIRST, address);
      await askConsent(world, partner, claim, { customerName: 'Bo Jansen', customerEmail: 'bo@resent.example' });
      expect(world.mailbox.take('bo@resent.example').map(({ subject }) => subject)).toEqual([
        expect.not.stringContaining('Reminder'),
      ]);
      await retryNow(world);
      expect(world.mailbox.unread()).toEqual([]);

      const [mail] = await sweepAt(SECOND, 'bo@resent.example');
      expect(mail?.text).toContain('On 9 December 2026 (UTC)');
      expect(await sweepAt(THIRD, 'bo@resent.example')).toHaveLength(1);
      expect(await rowOf(claim)).toMatchObject({ remindsCustomer: true, customerReminders: 2 });
      expect(world.mailbox.unread(address)).toEqual([]);
    });
  });

  describe('a reminder that the mail server', () => {
    test('puts off is tried again and sent once, and never past the deadline', async () => {
      const { claim, address } = await reminded('put-off');
      world.mailbox.refuse({ code: 451 });
      expect(await sweepAt(FIRST, address)).toEqual([]);
      expect(await rowOf(claim)).toMatchObject({ customerReminders: 0 });
      await retryNow(world);
      expect(world.mailbox.take(address)).toHaveLength(1);
      expect(await rowOf(claim)).toMatchObject({ customerReminders: 1 });

      world.mailbox.refuse({ code: 451 });
      expect(await sweepAt(THIRD, address)).toEqual([]);
      world.clock.set(OVER);
      await retryNow(world);
      expect(world.mailbox.unread(address)).toEqual([]);
      await world.app.sweep();
      await partner.hear();
    });

    test('refuses for good: the partner hears once, and the reminders are off', async () => {
      const { claim, address } = await reminded('refused');
      world.mailbox.refuse({ code: 550, at: 'rcpt' });
      expect(await sweepAt(FIRST, address)).toEqual([]);

      expect(textOf(await partner.hear())).toContain('The consent e-mail was refused');
      expect(await rowOf(claim)).toMatchObject({
        remindsCustomer: false,
        customerReminders: 0,
        customerRemindAt: null,
      });
      expect(textOf(await show(claim))).toContain('The mail server refused a reminder to the customer for good');
      await silentFrom(address, SECOND, THIRD);
      expect(await waitingRetries(world)).toBe(0);
    });

    test('took, and hung up before it said so, is not sent again, and the history says so', async () => {
      const { claim, address } = await reminded('hung-up');
      world.mailbox.hangUp();
      expect(await sweepAt(FIRST, address)).toHaveLength(1);
      expect(await waitingRetries(world)).toBe(0);
      await world.app.sweep();
      expect(world.mailbox.unread(address)).toEqual([]);
      expect(await eventsOf(claim)).toContain('reminderUnsure');
      expect(await rowOf(claim)).toMatchObject({ customerReminders: 1, customerRemindAt: SECOND });
    });

    test('took, perhaps: a process that ended while it sent leaves it at that, and the history says so', async () => {
      const { claim, address } = await reminded('unsure');
      await handOut(FIRST);
      const { id } = await world.database.prisma.consentRequest.findFirstOrThrow({ where: { claimNumber: claim } });
      // As the process does right before the mail leaves.
      expect(await beginReminder(world.app.ports, reminderOf(`${id}:1`))).toBe(true);
      await world.app.drain();

      expect(world.mailbox.unread(address)).toEqual([]);
      expect(await eventsOf(claim)).toContain('reminderUnsure');
      expect(await rowOf(claim)).toMatchObject({ customerReminders: 1 });
      expect(await sweepAt(SECOND, address)).toHaveLength(1);
    });

    test('did not take in hours is given up, and the next one of the plan is sent', async () => {
      const { claim, address } = await reminded('given-up');
      world.mailbox.refuse({ code: 451 });
      await sweepAt(FIRST, address);
      const { id } = await world.database.prisma.consentRequest.findFirstOrThrow({ where: { claimNumber: claim } });
      await giveUpReminder(world.app.ports, reminderOf(`${id}:1`));
      expect(await eventsOf(claim)).toContain('reminderFailed');
      await world.database.prisma.$executeRaw`DELETE FROM pgboss.job WHERE state = 'retry'`;
      expect(await sweepAt(SECOND, address)).toHaveLength(1);
    });
  });

  test('whoever never got the first mail is not reminded of it', async () => {
    const customer = await newcomer(world, 'never-got-it');
    const claim = await claimFor(partner, customer);
    world.mailbox.refuse({ code: 550, at: 'rcpt' });
    await askConsent(world, partner, claim);
    await partner.hear();
    await remind(claim);
    await silentFrom(`anna@${customer.domain}`, FIRST);
    expect(await rowOf(claim)).toMatchObject({ customerReminders: 0, customerRemindAt: SECOND });
  });

  describe('the switch', () => {
    test('pressed twice, or delivered twice, switches once, with one line of history by whoever pressed', async () => {
      const { claim } = await asked(world, partner, 'twice');
      const card = await show(claim);
      const shown = await Promise.all([
        partner.press(card, 'Remind the customer'),
        partner.press(card, 'Remind the customer'),
      ]);
      for (const one of shown) expect(textOf(one)).toContain('The customer is reminded by e-mail as long as');
      const other = await colleague(world);
      expect(textOf(await other.press(card, 'Remind the customer'))).toContain('Stop reminding the customer');
      expect((await eventsOf(claim)).filter((what) => what === 'remindersOn')).toHaveLength(1);
      expect(textOf(await show(claim))).toContain('Robin Demo switched the customer’s reminders on');

      const off = await partner.press(await show(claim), 'Stop reminding the customer');
      expect(textOf(off)).toContain('The customer is not reminded any more.');
      expect(await rowOf(claim)).toMatchObject({ remindsCustomer: false, customerRemindAt: null });
    });

    test('is nobody’s who may not work on the claim, and nobody’s once the customer answered', async () => {
      const { claim, link } = await asked(world, partner, 'not-yours');
      const old = await show(claim);
      const { verb, data } = actionOf(old, 'Remind the customer');
      const lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee' });
      await lee.tap('help.show');
      expect(textOf(await unheardBy(world, () => lee.tap(verb, data)))).toContain('No such claim');
      await answer(world, link, ACCEPT);
      await partner.hear();
      const late = await unheardBy(world, () => partner.press(old, 'Remind the customer'));
      expect(textOf(late)).toContain('Somebody or a deadline was first; nothing was changed.');
    });
  });

  describe('the form that asks for consent', () => {
    const toReview = async (claim: number) => {
      const size = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
      return partner.press(size, 'Next', inputsOf(size).has('dealSize') ? { dealSize: '25,000' } : {});
    };
    const send = 'Send consent e-mail';

    test('offers it, off; what is chosen stays on the way back, and is sent with it', async () => {
      const customer = await newcomer(world, 'chosen');
      const claim = await claimFor(partner, customer);
      let card = await toReview(claim);
      expect(inputsOf(card).get('remind')?.value).toBe('false');
      expect(textOf(card)).toContain('On 9 Dec, 16 Dec and 21 Dec (UTC).');
      card = await partner.press(card, 'Back', { remind: 'true' });
      card = await partner.press(card, 'Next', { dealSize: '25,000' });
      expect(inputsOf(card).get('remind')?.value).toBe('true');
      await partner.press(card, send);
      await world.app.drain();

      expect(world.mailbox.take(`anna@${customer.domain}`)).toHaveLength(1);
      expect(await rowOf(claim)).toMatchObject({ remindsCustomer: true, customerRemindAt: FIRST });
      expect((await eventsOf(claim)).slice(-3)).toEqual(['sendConsent', 'remindersOn', 'mailed']);
      expect(await sweepAt(FIRST, `anna@${customer.domain}`)).toHaveLength(1);
    });

    test('shows a re-send how it stands, and can switch it off', async () => {
      const { claim, address } = await reminded('again-off');
      world.clock.advance(1_000);
      const card = await toReview(claim);
      expect(inputsOf(card).get('remind')?.value).toBe('true');
      await partner.press(card, send, { remind: 'false' });
      await world.app.drain();
      world.mailbox.take(address);
      await silentFrom(address, FIRST);
      expect(await eventsOf(claim)).toContain('remindersOff');
    });

    test('reminds nobody within a day of its mail', async () => {
      const customer = await newcomer(world, 'only-just');
      const claim = await claimFor(partner, customer);
      world.clock.set(new Date(FIRST.getTime() - 60_000));
      const card = await toReview(claim);
      expect(textOf(card)).toContain('On 16 Dec and 21 Dec (UTC).');
      await partner.press(card, send, { remind: 'true' });
      await world.app.drain();
      expect(world.mailbox.take(`anna@${customer.domain}`)).toHaveLength(1);
      await silentFrom(`anna@${customer.domain}`, FIRST);
      expect(await statusOf(world, claim)).toBe('AWAITING_CONSENT');
    });
  });
});
