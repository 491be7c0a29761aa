import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ACCEPT, answer, askConsent, asked, linkIn } from '../support/consent-link.ts';
import type { Mail } from '../support/mailbox.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { actionOf, inputsOf, type Person, textOf } from '../support/person.ts';
import { retryNow, waitingRetries } from '../support/queue.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
  });
  beforeEach(async () => {
    partner = await colleague(world);
  });
  afterAll(() => world?.stop());

  const requestsOf = (claim: number) =>
    world.database.prisma.consentRequest.findMany({ where: { claimNumber: claim }, orderBy: { createdAt: 'asc' } });

  const claimCard = async (claim: number) => textOf(await partner.tap('claim.show', { claim }));

  describe('R21: the mail', () => {
    const mailIn = async (language: string, name = `mail-${language}`): Promise<Mail> => {
      const customer = await newcomer(world, name);
      const claim = await claimFor(partner, customer, { contacts: { customerLanguage: language } });
      await askConsent(world, partner, claim);
      const [mail] = world.mailbox.take(`anna@${customer.domain}`);
      if (mail === undefined) throw new Error('no mail');
      expect(mail.text).toContain(String(claim));
      return mail;
    };
    const ours = [
      'Northbridge Cloud (demo)',
      'Northbridge Amsterdam',
      'robin.demo@northbridge.example',
      '+31 20 555 0100',
    ];

    test.each([
      [
        'en',
        [
          'Dear Anna de Vries,',
          '“Endpoint Management Workshop”',
          'looks with your IT team at how laptops, phones and tablets are managed',
          'Your consent costs you nothing and is not an order.',
          'share it with Microsoft',
          '23 December 2026 at 23:59 UTC|23 December 2026, 23:59 UTC',
          'It does not come from Microsoft',
        ],
      ],
      [
        'nl',
        [
          'Beste Anna de Vries,',
          '‘Workshop Apparaatbeheer’',
          'bekijkt samen met uw IT-team hoe laptops, telefoons en tablets',
          'Uw toestemming kost u niets en is geen bestelling.',
          'delen met Microsoft',
          '23 december 2026 om 23:59 uur (UTC)',
          'Het komt niet van Microsoft',
        ],
      ],
    ])(
      'in %s names who asks for what, who pays, what is shared, until when, and whom to ask',
      async (language, words) => {
        const mail = await mailIn(language);

        for (const part of [...words, ...ours])
          expect(mail.text).toMatch(new RegExp(part.replaceAll(/[.()+]/g, '\\$&')));
        const html = mail.html.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
        for (const part of ours) expect(html).toContain(part);
        expect(mail.html).toContain(`lang="${language}"`);
        expect(mail.headers.get('reply-to')).toContain('robin.demo@northbridge.example');
        expect(mail.from).toBe('consent@claimdesk.example');
      },
    );

    test('has one link, no picture, and nothing that reports its opening', async () => {
      const mail = await mailIn('en', 'mail-once-more');
      expect(mail.text.match(/https?:/g)).toHaveLength(1);
      expect(new Set(mail.html.match(/href="[^"]*"/g))).toEqual(
        new Set([`href="https://claimdesk.example${linkIn(mail)}"`]),
      );
      expect(mail.html).not.toMatch(/<img|src=|url\(|@import|<link|<script/i);
    });
  });

  describe('R20: sending', () => {
    test('the deal size is asked once: a re-send shows it and cannot change it', async () => {
      const { customer, claim } = await asked(world, partner, 'frozen');

      const contacts = await partner.tap('consent.start', { claim });
      expect(textOf(contacts)).toContain('Re-send consent e-mail');
      const size = await partner.press(contacts, 'Next');
      expect([...inputsOf(size).keys()]).toEqual([]);
      expect(textOf(size)).toContain('25,000 USD');
      const data = { draft: '', ...(size.body.at(-1) as unknown as { actions: { data: object }[] }).actions[0]?.data };
      const review = await partner.tap('draft.next', { ...data, 'dealSize~1': '1' });
      expect(textOf(review)).toContain('Links in earlier e-mails stop working.');
      await partner.press(review, 'Send consent e-mail');
      await world.app.drain();

      expect(world.mailbox.take(`anna@${customer.domain}`)).toHaveLength(1);
      const row = await world.database.prisma.claim.findUniqueOrThrow({ where: { number: claim } });
      expect(row.dealSizeCents).toBe(2_500_000n);
    });

    test('a colleague has sent meanwhile: nothing is sent over it, and their contacts are looked at first', async () => {
      const customer = await newcomer(world, 'two-at-work');
      const claim = await claimFor(partner, customer);
      const other = await colleague(world);
      let mine = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
      mine = await partner.press(mine, 'Next', { dealSize: '10,000' });
      await askConsent(world, other, claim, { customerName: 'Bea Correct', customerEmail: 'bea@two-at-work.example' });
      const link = linkIn(world.mailbox.take('bea@two-at-work.example')[0]);

      const shown = await partner.press(mine, 'Send consent e-mail');
      await world.app.drain();

      expect(textOf(shown)).toContain('That card was from an earlier moment. Nothing was changed');
      expect(textOf(shown)).toContain('Re-send consent e-mail · Step 1 of 3');
      expect(inputsOf(shown).get('customerName')?.value).toBe('Bea Correct');
      expect(await requestsOf(claim)).toHaveLength(1);
      // Seen by now, it can be sent again.
      const again = await partner.press(await partner.press(shown, 'Next'), 'Next');
      expect(textOf(await partner.press(again, 'Send consent e-mail'))).toContain('on its way');
      await world.app.drain();
      expect(world.mailbox.take('bea@two-at-work.example')).toHaveLength(1);
      expect((await answer(world, link, ACCEPT)).status).toBe(404);
    });

    test('a form whose claim has ended meanwhile shows the claim, whichever of its buttons is pressed', async () => {
      const { customer, claim, link } = await asked(world, partner, 'ended-meanwhile');
      const size = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
      const review = await partner.press(size, 'Next');
      await answer(world, link, { decision: 'decline', name: 'Anna' });
      await partner.hear();

      const shows = [
        await partner.tap('draft.show', { draft: actionOf(review, 'Back').data.draft }),
        await partner.press(size, 'Next'),
        await partner.press(review, 'Back'),
        await partner.press(review, 'Send consent e-mail'),
      ];

      for (const card of shows) {
        expect(textOf(card)).toContain(`Claim ${claim}`);
        expect(textOf(card)).toContain('It was too late for that');
        expect(textOf(card)).toContain('Consent declined');
      }
      expect(world.mailbox.unread(`anna@${customer.domain}`)).toEqual([]);
    });

    test('an old card of the form does not put its values over what a colleague has corrected', async () => {
      const claim = await claimFor(partner, await newcomer(world, 'old-phone'));
      const phone = await partner.tap('consent.start', { claim });
      const laptop = await partner.press(await partner.press(phone, 'Next'), 'Next', { dealSize: '10,000' });
      const other = await colleague(world);
      await askConsent(world, other, claim, { customerName: 'Bea Correct', customerEmail: 'bea@old-phone.example' });
      world.mailbox.take('bea@old-phone.example');
      await partner.press(laptop, 'Send consent e-mail');

      const shown = await partner.press(phone, 'Next');

      expect(textOf(shown)).toContain('That card was from an earlier moment.');
      expect(inputsOf(shown).get('customerEmail')?.value).toBe('bea@old-phone.example');
    });

    test('a form that was begun before Claimdesk kept what it was begun at is begun anew', async () => {
      const claim = await claimFor(partner, await newcomer(world, 'before-seen'));
      await partner.press(await partner.tap('consent.start', { claim }), 'Next', { customerName: 'Bea Early' });
      await world.database.prisma
        .$executeRaw`UPDATE "Draft" SET "answers" = "answers" - 'seen' WHERE "claim" = ${claim}`;
      const card = await partner.tap('consent.start', { claim });
      expect(textOf(card)).toContain('Step 1 of 3');
      expect(inputsOf(card).get('customerName')?.value).toBe('Anna de Vries');
    });

    test('pressing the button of a claim twice opens one form, and what is typed into the first card is kept', async () => {
      const claim = await claimFor(partner, await newcomer(world, 'opened-twice'));
      const [first] = [await partner.tap('consent.start', { claim }), await partner.tap('consent.start', { claim })];
      const next = await partner.press(first, 'Next', { customerName: 'Bea Correct' });
      expect(textOf(next)).toContain('How large is the deal?');
      expect(inputsOf(await partner.press(next, 'Back')).get('customerName')?.value).toBe('Bea Correct');
    });

    test('before it is sent one can read, word for word and in their language, what the customer will read', async () => {
      const customer = await newcomer(world, 'read-first');
      const claim = await claimFor(partner, customer, { contacts: { customerLanguage: 'nl' } });
      let card = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
      card = await partner.press(card, 'Next', { dealSize: '25,000' });
      const shown = textOf(card);
      await partner.press(card, 'Send consent e-mail');
      await world.app.drain();

      const [mail] = world.mailbox.take(`anna@${customer.domain}`);
      const statement = mail?.text.split(`\n\n${'-'.repeat(60)}\n\n`)[1] ?? '';
      for (const line of statement.split('\n').filter((text) => text !== '')) {
        expect(shown).toContain(line.replace(/^- /, '• '));
      }
    });

    test('R33: the history says that contacts were changed, and to whom they changed it does not (R34)', async () => {
      const { claim } = await asked(world, partner, 'contacts-changed');
      await askConsent(world, partner, claim, {
        customerName: 'Bo Jansen',
        customerEmail: 'bo@contacts-changed.example',
      });
      world.mailbox.take('bo@contacts-changed.example');
      const events = await world.database.prisma.auditEvent.findMany({
        where: { chain: `claim:${claim}` },
        orderBy: { sequence: 'asc' },
      });
      const changed = (sending: string) => events.find(({ what }) => what === sending)?.facts;
      expect(changed('sendConsent')).toMatchObject({ contactsChanged: false });
      expect(changed('resendConsent')).toMatchObject({ contactsChanged: true });
      expect(JSON.stringify(events)).not.toMatch(/Jansen|bo@/);
    });

    test('pressing Send twice sends one mail', async () => {
      const customer = await newcomer(world, 'sent-once');
      const claim = await claimFor(partner, customer);
      let card = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
      card = await partner.press(card, 'Next', { dealSize: '1' });

      const [first, second] = await Promise.all([
        partner.press(card, 'Send consent e-mail'),
        partner.press(card, 'Send consent e-mail'),
      ]);
      const third = await partner.press(card, 'Send consent e-mail');
      await world.app.drain();

      for (const shown of [first, second, third]) expect(textOf(shown)).toContain('The e-mail is on its way.');
      expect(world.mailbox.take(`anna@${customer.domain}`)).toHaveLength(1);
      expect(await requestsOf(claim)).toHaveLength(1);
    });

    test('a claim that was canceled meanwhile is not mailed about', async () => {
      const customer = await newcomer(world, 'canceled-meanwhile');
      const claim = await claimFor(partner, customer);
      let card = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
      card = await partner.press(card, 'Next', { dealSize: '1' });
      await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');

      expect(textOf(await partner.press(card, 'Send consent e-mail'))).toContain('It was too late for that');
      await world.app.drain();
      expect(await requestsOf(claim)).toEqual([]);
    });

    test('a mail that is refused for good: the partner hears, the claim says so, and sending again works', async () => {
      const customer = await newcomer(world, 'bounces');
      const claim = await claimFor(partner, customer);
      world.mailbox.refuse({ code: 550, at: 'rcpt' });

      await askConsent(world, partner, claim);

      expect(textOf(await partner.hear())).toMatch(/The consent e-mail (was refused|could not be delivered)/);
      expect(await claimCard(claim)).toContain('could not be delivered: check the address and send it again');
      expect(await waitingRetries(world)).toBe(0);

      await askConsent(world, partner, claim, { customerEmail: 'bo@bounces.example' });
      const [mail] = world.mailbox.take('bo@bounces.example');
      expect(await claimCard(claim)).toMatch(/Consent e-mail\nsent 23 Nov 2026/);
      expect((await answer(world, linkIn(mail), ACCEPT)).status).toBe(200);
      expect(textOf(await partner.hear())).toContain('Consent received');
    });

    test('a mail that is put off is tried again later, and is not lost', async () => {
      const customer = await newcomer(world, 'greylisted');
      const claim = await claimFor(partner, customer);
      world.mailbox.refuse({ code: 451, message: 'Greylisted, try again later' });

      await askConsent(world, partner, claim);

      expect(world.mailbox.unread(`anna@${customer.domain}`)).toEqual([]);
      expect(await waitingRetries(world)).toBe(1);
      expect(await claimCard(claim)).toMatch(/Consent e-mail\nwaiting to be sent since 23 Nov 2026/);

      await retryNow(world);
      const [mail] = world.mailbox.take(`anna@${customer.domain}`);
      expect(await claimCard(claim)).toMatch(/Consent e-mail\nsent 23 Nov 2026/);
      expect((await answer(world, linkIn(mail), ACCEPT)).status).toBe(200);
      await partner.hear();
    });

    test('a mail that waits is not sent once it is not wanted any more', async () => {
      const customer = await newcomer(world, 'not-wanted');
      const claim = await claimFor(partner, customer);
      world.mailbox.refuse({ code: 451 });
      await askConsent(world, partner, claim);
      await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');

      await retryNow(world);

      expect(world.mailbox.unread(`anna@${customer.domain}`)).toEqual([]);
      expect(await waitingRetries(world)).toBe(0);
    });
  });
});
