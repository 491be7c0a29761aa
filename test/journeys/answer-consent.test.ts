import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newVersion } from '../support/catalogue.ts';
import {
  ACCEPT,
  type Asked,
  answer,
  askConsent,
  asked,
  linkIn,
  open,
  statusOf,
  tokenIn,
} from '../support/consent-link.ts';
import type { Mail } from '../support/mailbox.ts';
import { claimFor, claimsFor, colleague, newcomer } from '../support/newcomer.ts';
import { buttonsOf, type Person, textOf } from '../support/person.ts';
import { everythingStored, recordOf } from '../support/record.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
/** As long as a real one, and never issued. */
const GUESS = `/consent/${'A'.repeat(43)}`;
/** What the mail says the customer agrees to: the part between the lines. */
const statementIn = (mail: Mail | undefined) => mail?.text.split(`\n\n${'-'.repeat(60)}\n\n`)[1] ?? '';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  /** A request that stays open: for whatever is to change nothing. */
  let standing: Asked;
  beforeAll(async () => {
    world = await startWorld(engine);
    standing = await asked(world, await colleague(world), 'standing');
  });
  beforeEach(async () => {
    partner = await colleague(world);
  });
  afterAll(() => world?.stop());

  const requestsOf = (claim: number) =>
    world.database.prisma.consentRequest.findMany({ where: { claimNumber: claim }, orderBy: { createdAt: 'asc' } });

  const claimCard = async (claim: number) => textOf(await partner.tap('claim.show', { claim }));

  /** Every kind of dead link is answered with the same bytes. */
  const expectDead = async (link: string) => {
    const [there, never] = [await open(world, link), await open(world, GUESS)];
    expect(there.status).toBe(404);
    expect(await there.text()).toBe(await never.text());
    const headers = ({ headers: all }: Response) => [...all].filter(([name]) => name !== 'date');
    expect(headers(there)).toEqual(headers(never));
    expect((await answer(world, link, ACCEPT)).status).toBe(404);
  };

  describe('R22: looking', () => {
    const scanner = {
      'User-Agent': 'Mozilla/5.0 (compatible; MSIE 9.0; SafeLinks; BingPreview/1.0b)',
      'X-Forwarded-For': '40.94.0.1',
      Purpose: 'prefetch',
      'Sec-Purpose': 'prefetch;prerender',
      'Sec-Fetch-Site': 'cross-site',
    };

    test('changes no row, however often and by whom', async () => {
      const { link } = standing;
      const before = await recordOf(world);

      const pages = new Set<string>();
      for (const headers of [{}, scanner, { Cookie: 'a=b', Referer: 'https://mail.example/' }]) {
        for (let time = 0; time < 3; time += 1) pages.add(await (await open(world, link, { headers })).text());
        const head = await open(world, link, { method: 'HEAD', headers });
        expect([head.status, await head.text()]).toEqual([200, '']);
        expect((await open(world, `${link}?decision=accept&name=Anna+de+Vries`, { headers })).status).toBe(200);
      }
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        expect(
          (await open(world, link, { method, ...(method === 'OPTIONS' ? {} : { body: 'decision=accept' }) })).status,
        ).toBe(405);
      }

      expect(pages.size).toBe(1);
      expect(await recordOf(world)).toEqual(before);
    });

    test('runs no script, is kept by no cache, tells nobody where one came from, and stands in no frame', async () => {
      const { link } = standing;
      for (const path of [link, GUESS]) {
        const { headers } = await open(world, path);
        expect(headers.get('content-security-policy')).toMatch(
          /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
        );
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('referrer-policy')).toBe('no-referrer');
        expect(headers.get('x-frame-options')).toBe('DENY');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-robots-tag')).toBe('noindex, nofollow');
        expect(headers.get('server')).toBeNull();
        expect(headers.get('x-powered-by')).toBeNull();
        expect(headers.get('set-cookie')).toBeNull();
      }
    });

    test('shows nothing of the contact’s name, so that only a person can type it', async () => {
      const { link } = standing;
      const page = await (await open(world, link)).text();
      expect(page).toContain('Northbridge Cloud (demo)');
      expect(page).not.toMatch(/Anna|Vries/);
    });
  });

  describe('R4: the date of consent picks the rate', () => {
    test('proposed until then, and fixed by the version in force on that day, whatever version the claim was made under', async () => {
      const { claim, link } = await asked(world, partner, 'rate', { engagements: ['Secure Identities'] });
      const before = await claimCard(claim);
      expect(before).toContain('5,000 USD (market A; proposed until the customer consents)');
      await newVersion(world, 'sec-usage-identities', 2, {
        rates: { A: 425_000, B: 300_000, C: 100_000 },
        source: 'A newer guide',
        verifiedOn: null,
      });
      expect(await claimCard(claim)).toBe(before);

      await answer(world, link, ACCEPT);
      await partner.hear();

      // Amount and source belong together: both are the version's that consent picked.
      const after = await claimCard(claim);
      expect(after).toContain('4,250 USD (demo amount; market A; rate of 23 Nov 2026 (UTC))');
      expect(after).toContain('A newer guide, not checked.');
      await newVersion(world, 'sec-usage-identities', 3, { rates: { A: 100, B: 100, C: 100 } });
      expect(await claimCard(claim)).toContain('4,250 USD');
      const events = await world.database.prisma.auditEvent.findMany({ where: { chain: `claim:${claim}` } });
      expect(events.find(({ what }) => what === 'acceptConsent')?.facts).toMatchObject({
        rateOf: 'sec-usage-identities v2',
      });
    });

    test('a claim that ended without consent is paid nothing, and says nothing of an amount', async () => {
      const { claim, link } = await asked(world, partner, 'no-rate');
      await answer(world, link, { decision: 'decline', name: 'Anna' });
      await partner.hear();
      expect(await claimCard(claim)).not.toMatch(/amount/i);
    });
  });

  describe('R23: answering', () => {
    test('accepting once is final: the partner hears at once, the submission clock runs, the link is dead', async () => {
      const { claim, link } = await asked(world, partner, 'accepts');

      const thanks = await answer(world, link, ACCEPT);

      expect(thanks.status).toBe(200);
      expect(await thanks.text()).toContain('Thank you: you accepted');
      const notice = textOf(await partner.hear());
      expect(notice).toContain('Consent received');
      expect(notice).toContain(`Claim ${claim}`);
      const card = await claimCard(claim);
      expect(card).toContain('90 days left · 21 Feb 2027 (UTC)');
      expect(card).toContain('The customer gave consent');
      await expectDead(link);
      await world.app.sweep();
      expect(world.connector.unread(partner.conversationId)).toEqual([]);
    });

    test('declining tells the partner the reason, and the claim has ended', async () => {
      const { claim, link } = await asked(world, partner, 'declines');

      const thanks = await answer(world, link, { decision: 'decline', name: 'anna', reason: 'Not this\nyear <b>' });

      expect(await thanks.text()).toContain('You declined');
      const notice = textOf(await partner.hear());
      expect(notice).toContain('Consent declined');
      expect(notice).toContain('Their reason\nNot this year <b>');
      expect(await statusOf(world, claim)).toBe('CONSENT_DECLINED');
      const card = await partner.tap('claim.show', { claim });
      expect(textOf(card)).toContain('This claim has ended, for good. Start again with a new one');
      expect(textOf(card)).toContain('Their reason\nNot this year <b>');
      expect(textOf(card)).toContain('Answered by\nanna');
      expect(buttonsOf(card)).toEqual(['Start again', 'Refresh', 'All claims']);
      await expectDead(link);
    });

    test('declining needs no reason, and one that came along with an acceptance is not kept', async () => {
      const silent = await asked(world, partner, 'declines-silently');
      await answer(world, silent.link, { decision: 'decline', name: 'Anna' });
      expect(textOf(await partner.hear())).not.toContain('Their reason');
      const happy = await asked(world, partner, 'accepts-chattily');
      await answer(world, happy.link, { ...ACCEPT, reason: 'because' });
      await partner.hear();
      expect((await requestsOf(happy.claim))[0]?.reason).toBeNull();
    });

    test('a choice that is sent twice, one against the other, is none', async () => {
      const { link } = standing;
      const before = await recordOf(world);
      const body = 'decision=accept&name=Anna+de+Vries&decision=decline&lang=en&reason=';
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const response = await open(world, link, { method: 'POST', headers, body });
      expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('Choose whether')]);
      expect(await recordOf(world)).toEqual(before);
    });

    test.each([
      ['en', 'thank you: you accepted'],
      ['nl', 'dank u wel: u hebt toestemming gegeven'],
    ])(
      'R22: the answer is kept with time, mail version, typed name and the hash of the text shown (%s)',
      async (lang, said) => {
        const customer = await newcomer(world, `evidence-${lang}`);
        const claim = await claimFor(partner, customer, { contacts: { customerLanguage: lang } });
        await askConsent(world, partner, claim);
        const [mail] = world.mailbox.take(`anna@${customer.domain}`);
        world.clock.advance(90_000);

        const thanks = await answer(world, linkIn(mail), { decision: 'accept', name: '  ANNA  DE vriés ', lang });

        expect((await thanks.text()).toLowerCase()).toContain(said);
        await partner.hear();
        const [request] = await requestsOf(claim);
        expect(request).toMatchObject({
          state: 'answered',
          answer: 'accept',
          answeredAt: world.clock.now(),
          typedName: 'ANNA DE vriés',
          mailVersion: '2026-11.3',
          textHash: sha256(statementIn(mail)),
        });
      },
    );

    test('R22: who reads the page in the other language answers that text, and its hash is kept', async () => {
      const { customer, claim, link } = await asked(world, partner, 'bilingual');
      const page = await (await open(world, `${link}?lang=nl`)).text();
      expect(page).toContain('<html lang="nl"');
      expect(page).toContain('Uw toestemming kost u niets');

      await answer(world, link, { ...ACCEPT, lang: 'nl' });

      expect(textOf(await partner.hear())).toContain('Consent received');
      const [request] = await requestsOf(claim);
      expect(request?.language).toBe('en');
      const dutch = await newcomer(world, 'bilingual-mail');
      const other = await claimFor(partner, dutch, {
        contacts: { customerLanguage: 'nl', customerCompany: customer.name },
      });
      await askConsent(world, partner, other);
      const [mail] = world.mailbox.take(`anna@${dutch.domain}`);
      // The same statement about the other claim, but for the claim's number.
      expect(request?.textHash).toBe(sha256(statementIn(mail).replace(String(other), String(claim))));
    });

    test.each([
      ['no choice', { name: 'Anna de Vries' }, ['Choose whether you accept or decline.']],
      ['a choice that is none', { decision: 'maybe', name: 'Anna' }, ['Choose whether you accept or decline.']],
      ['no name', { decision: 'accept', name: ' \u200B ' }, ['Type your name.']],
      [
        'the name of somebody else',
        { decision: 'accept', name: 'Bo <i>Jansen' },
        ['This is not the name of the person who was asked.'],
      ],
      [
        'only the particle of the name',
        { decision: 'accept', name: 'de' },
        ['This is not the name of the person who was asked.'],
      ],
      [
        'a reason without end',
        { decision: 'decline', name: 'Anna', reason: 'x'.repeat(501) },
        ['Shorten your reason to 500'],
      ],
      ['nothing at all', {}, ['Choose whether you accept or decline.', 'Type your name.']],
    ] as const)('%s brings the page again with what was typed, and changes no row', async (_what, fields, faults) => {
      const { claim, link } = standing;
      const before = await recordOf(world);

      const response = await answer(world, link, fields);

      expect(response.status).toBe(422);
      const page = await response.text();
      for (const fault of faults) expect(page).toContain(fault);
      const { name = '', reason = '', decision = '' } = fields as Record<string, string>;
      expect(page).toContain(`value="${name.replaceAll('<', '&#60;').replaceAll('>', '&#62;')}"`);
      expect(page).toContain(`\n${reason}</textarea>`);
      if (decision === 'accept' || decision === 'decline')
        expect(page).toContain(`value="${decision}" required checked`);
      expect(await recordOf(world)).toEqual(before);
      expect(await statusOf(world, claim)).toBe('AWAITING_CONSENT');
    });

    test.each([
      ['from another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
      ['from a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
    ])('a form %s is turned away and changes no row', async (_what, headers) => {
      const { link } = standing;
      const before = await recordOf(world);

      const response = await answer(world, link, ACCEPT, headers);

      expect(response.status).toBe(404);
      expect(await response.text()).toBe(await (await open(world, GUESS)).text());
      expect(await recordOf(world)).toEqual(before);
      expect((await open(world, link)).status).toBe(200);
    });

    test('fifty answers at once are one answer', async () => {
      const { claim, link } = await asked(world, partner, 'fifty');

      const all = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          answer(world, link, { ...ACCEPT, decision: index % 2 === 0 ? 'accept' : 'decline' }),
        ),
      );

      expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(all.filter(({ status }) => status === 404)).toHaveLength(49);
      await world.app.drain();
      expect(world.connector.takePosts(partner.conversationId)).toHaveLength(1);
      const events = await world.database.prisma.auditEvent.findMany({ where: { chain: `claim:${claim}` } });
      expect(events.filter(({ actor }) => actor === 'customer')).toHaveLength(1);
    });

    test('R16: an answer and a cancellation at the same moment: one of them happened, and both sides are told which', async () => {
      const customer = await newcomer(world, 'race');
      const engagements = ['Endpoint', 'Digital Workforce', 'SIEM Plus', 'Secure Identities', 'Migration Assessment'];
      for (const claim of await claimsFor(partner, customer, { engagements })) {
        await askConsent(world, partner, claim);
        const link = linkIn(world.mailbox.take(`anna@${customer.domain}`)[0]);
        const sure = await partner.tap('claim.askCancel', { claim });

        const [page, card] = await Promise.all([answer(world, link, ACCEPT), partner.press(sure, 'Cancel the claim')]);

        await world.app.drain();
        const heard = world.connector.takePosts(partner.conversationId);
        const consented = page.status === 200;
        expect([page.status, heard.length]).toEqual(consented ? [200, 1] : [404, 0]);
        // Who pressed *Cancel* had not seen the consent, so it is not thrown away unseen.
        expect(await statusOf(world, claim)).toBe(consented ? 'CONSENT_RECEIVED' : 'CANCELED');
        expect(textOf(card)).toContain(consented ? 'nothing was changed' : 'The claim was canceled.');
      }
    });
  });

  describe('R22: what voids a link', () => {
    test('a newer mail: only its link works', async () => {
      const { customer, claim, link } = await asked(world, partner, 'newer-mail');
      await askConsent(world, partner, claim);
      const newer = linkIn(world.mailbox.take(`anna@${customer.domain}`)[0]);

      await expectDead(link);
      expect(newer).not.toBe(link);
      expect((await answer(world, newer, ACCEPT)).status).toBe(200);
      await partner.hear();
    });

    test('a changed address: the mail goes there, and the claim says so', async () => {
      const { claim, link } = await asked(world, partner, 'changed-address');

      await askConsent(world, partner, claim, {
        customerEmail: 'bo@changed-address.example',
        customerName: 'Bo Jansen',
      });

      const [mail] = world.mailbox.take('bo@changed-address.example');
      await expectDead(link);
      expect(await claimCard(claim)).toContain('Bo Jansen · bo@changed-address.example');
      expect((await answer(world, linkIn(mail), ACCEPT)).status).toBe(422);
      expect((await answer(world, linkIn(mail), { decision: 'accept', name: 'Bo Jansen' })).status).toBe(200);
      await partner.hear();
    });

    test('canceling the claim', async () => {
      const { claim, link } = await asked(world, partner, 'cancels');
      await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
      await expectDead(link);
    });

    test.each([
      ['nothing', '/consent/'],
      ['a short one', '/consent/x'],
      ['an endless one', `/consent/${'x'.repeat(5_000)}`],
      ['a zero byte', '/consent/%00'],
      ['a path', '/consent/..%2f..%2fetc%2fpasswd'],
      ['half a letter', '/consent/%F0%9F'],
    ])('%s in place of a link looks like every dead link', async (_what, path) => {
      await expectDead(path);
    });

    test('a slash behind a live link makes it another, dead one', async () => {
      await expectDead(`${standing.link}/`);
    });

    test('only hashes of links are stored, anywhere', async () => {
      const { claim, link } = standing;
      const token = tokenIn(link);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);

      const stored = await everythingStored(world);

      expect(stored).toContain(sha256(token));
      expect(stored).not.toContain(token);
      expect(stored).toContain(String(claim));
      expect(JSON.stringify(await partner.tap('claim.show', { claim }))).not.toContain(token);
    });
  });
});
