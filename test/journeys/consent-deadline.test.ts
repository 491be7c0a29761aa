import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCEPT, type Asked, answer, askConsent, asked, linkIn, open, statusOf } from '../support/consent-link.ts';
import { claimFor, type Newcomer, newcomer } from '../support/newcomer.ts';
import { buttonsOf, type Person, personIn, textOf } from '../support/person.ts';
import { retryNow } from '../support/queue.ts';
import { ROBIN, SERVER, START, startWorld, type World } from '../support/world.ts';

/** Thirty days after the start, to the last millisecond. */
const DEADLINE = new Date('2026-12-23T23:59:59.999Z');

// The clock only goes forward here, so each test begins where the one before it ended.
describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  let late: Asked;
  let punctual: Asked;
  let silent: Asked;
  let unsent: number;
  let again: Newcomer;
  let waiting: number;
  let form: Awaited<ReturnType<Person['tap']>>;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
    // The demo's claims would expire as well, and a chat takes seven messages a second.
    await world.database.prisma.claim.updateMany({ data: { dueAt: null } });
    late = await asked(world, robin, 'late');
    punctual = await asked(world, robin, 'punctual');
    silent = await asked(world, robin, 'silent');
    again = await newcomer(world, 'unsent');
    unsent = await claimFor(robin, again);
    const greylisted = await newcomer(world, 'greylisted');
    waiting = await claimFor(robin, greylisted);
    world.mailbox.refuse({ code: 451 });
    await askConsent(world, robin, waiting);
  });
  afterAll(() => world?.stop());

  const dueOf = async (claim: number) =>
    (await world.database.prisma.claim.findUniqueOrThrow({ where: { number: claim } })).dueAt;

  /** What Robin was told of a claim since this was last asked. */
  const toldOf = (claim: number, all = world.connector.takePosts(robin.conversationId)) =>
    all.filter(({ activity }) => JSON.stringify(activity).includes(String(claim)));

  test('R17: the consent clock runs from the making of the claim to the last millisecond of its last day', async () => {
    expect(await dueOf(late.claim)).toEqual(DEADLINE);
    expect(await dueOf(unsent)).toEqual(DEADLINE);
  });

  test('R17: asking again after ten days does not move the deadline', async () => {
    world.clock.set(new Date(START.getTime() + 10 * 24 * 60 * 60 * 1000));
    await askConsent(world, robin, silent.claim);
    const [mail] = world.mailbox.take(`anna@${silent.customer.domain}`);
    silent = { ...silent, link: linkIn(mail) };

    expect(await dueOf(silent.claim)).toEqual(DEADLINE);
    expect(mail?.text).toMatch(/23 December 2026(, | at )23:59 UTC/);
    expect(textOf(await robin.tap('claim.show', { claim: silent.claim }))).toContain(
      '20 days left · 23 Dec 2026 (UTC)',
    );
  });

  test('R17: in the last millisecond of the deadline the link still works', async () => {
    form = await robin.press(
      await robin.press(await robin.tap('consent.start', { claim: late.claim }), 'Next'),
      'Next',
    );
    world.clock.set(DEADLINE);
    await world.app.sweep();

    expect((await open(world, punctual.link)).status).toBe(200);
    expect((await answer(world, punctual.link, ACCEPT)).status).toBe(200);

    expect(textOf(await robin.hear())).toContain('Consent received');
    expect(await statusOf(world, late.claim)).toBe('AWAITING_CONSENT');
  });

  test('R22: one second after the deadline the link is dead, whether or not a sweep came by', async () => {
    world.clock.advance(1_000);

    expect((await open(world, late.link)).status).toBe(404);
    expect((await answer(world, late.link, ACCEPT)).status).toBe(404);
    expect(await statusOf(world, late.claim)).not.toBe('CONSENT_RECEIVED');
  });

  test('R17: over is over: nobody cancels the claim in the moment before the sweep', async () => {
    const card = await robin.tap('claim.askCancel', { claim: unsent });
    expect(textOf(card)).toContain('Somebody or a deadline was first; nothing was changed.');
    expect(buttonsOf(card)).not.toContain('Cancel claim');

    const forced = await robin.tap('claim.cancel', {
      ...{ claim: unsent, command: randomUUID(), status: 'CUSTOMER_CLAIMED' },
    });
    expect(textOf(forced)).toContain('Somebody or a deadline was first; nothing was changed.');
    expect(await statusOf(world, unsent)).toBe('CUSTOMER_CLAIMED');
  });

  test('R17: after the deadline nothing is sent any more, neither by the form nor by a mail that waited', async () => {
    expect(textOf(await robin.press(form, 'Send consent e-mail'))).toContain('It was too late for that');
    await retryNow(world);
    expect(world.mailbox.unread()).toEqual([]);
  });

  test('R30: sweeps, one after the other and at once, set Consent expired and tell the partner once', async () => {
    await Promise.all([world.app.sweep(), world.app.sweep()]);
    await world.app.sweep();

    const posts = world.connector.takePosts(robin.conversationId);
    for (const claim of [late.claim, silent.claim, unsent, waiting]) {
      expect(await statusOf(world, claim)).toBe('CONSENT_EXPIRED');
      expect(toldOf(claim, posts)).toHaveLength(1);
    }
    expect(JSON.stringify(toldOf(late.claim, posts))).toContain('Consent expired');
    expect(toldOf(punctual.claim, posts)).toEqual([]);
    expect((await open(world, silent.link)).status).toBe(404);
  });

  test('R17: expired is final: nothing but looking and starting again is left, and the customer can be added anew', async () => {
    const card = await robin.tap('claim.show', { claim: unsent });
    expect(buttonsOf(card)).toEqual(['Start again', 'Refresh', 'All claims']);
    expect(textOf(card)).toContain('Consent was not given in time');
    expect(textOf(await robin.tap('consent.start', { claim: unsent }))).toContain(
      'That card was from an earlier moment.',
    );

    const claim = await claimFor(robin, again);
    expect(claim).toBeGreaterThan(unsent);
    await robin.press(await robin.tap('claim.askCancel', { claim }), 'Cancel the claim');
  });

  test('R17: the submission clock runs from consent, and its end is told once', async () => {
    expect(await dueOf(punctual.claim)).toEqual(new Date('2027-03-23T23:59:59.999Z'));
    world.clock.set(new Date('2027-03-24T00:00:00.000Z'));

    await world.app.sweep();
    await world.app.sweep();

    expect(await statusOf(world, punctual.claim)).toBe('NOT_SUBMITTED_EXPIRED');
    const posts = world.connector.takePosts(robin.conversationId);
    expect(toldOf(punctual.claim, posts)).toHaveLength(1);
    expect(JSON.stringify(toldOf(punctual.claim, posts))).toContain('The claim was not submitted in time.');
  });
});
