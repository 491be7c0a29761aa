import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { type Composer, composing, secretsOf, sharedText } from '../support/composer.ts';
import { knownCustomer } from '../support/known.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { type Person, personIn, textOf } from '../support/person.ts';
import { recordAndTraffic } from '../support/record.ts';
import { ENGINES, LEE, NOOR, SAM, startWorld, TAILSPIN, type World } from '../support/world.ts';

const NO_ROLE = /^You need a role first\. For customers and claims you need the role/;
const NONE = /^Nothing found among the claims that you may see/;

describe.each(ENGINES)('on %s', (engine) => {
  let world: World;
  let person: Person;
  let robin: Composer;
  let noor: Composer;
  let lee: Composer;
  let sam: Composer;
  let claim: number;
  let known: { readonly name: string; readonly domain: string; readonly claim: number };
  beforeAll(async () => {
    world = await startWorld(engine);
    person = await colleague(world);
    robin = composing(person);
    noor = composing(personIn(world, NOOR, { name: 'Noor Stand-In' }));
    lee = composing(personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' }));
    sam = composing(personIn(world, SAM, { name: 'Sam Norole' }));
    claim = await claimFor(person, await newcomer(world, 'zebra-logistics'), { name: 'Quokka rollout' });
    known = await knownCustomer(world, person, 'ibis-foods');
    await world.app.drain();
  });
  afterAll(() => world?.stop());

  const titles = async (who: Composer, ...asked: Parameters<Composer['found']>) =>
    (await who.found(...asked)).map(({ preview }) => preview.content.title);

  test.each([
    ['company', () => 'zebra'],
    ['friendly name', () => 'quokka roll'],
    ['number', () => String(claim)],
    ['heading', () => `Claim ${claim}`],
    ['identifier', () => 'zebra-logistics.example'],
  ])('a claim is found by its %s', async (_what, find) => {
    const results = await robin.found('searchClaims', find());
    expect(results).toHaveLength(1);
    expect(results[0]?.preview.content).toEqual({
      title: 'Quokka rollout',
      text: `Claim ${claim} · zebra-logistics · Endpoint Management Workshop · Consent not asked yet · Deadline 23 Dec 2026 (UTC)`,
    });
  });

  test('what is shared says what a channel may hear, and leads to the tab', async () => {
    const [shared] = await robin.found('searchClaims', 'quokka');
    expect(shared?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(lintCard(shared?.content, { untrusted: ['Quokka rollout', 'zebra-logistics'] })).toEqual([]);
    const text = sharedText(shared === undefined ? [] : [shared]);
    for (const said of [
      String(claim),
      'Quokka rollout',
      'zebra-logistics',
      'Endpoint Management',
      'Deadline',
      'As it stood on 23 Nov 2026',
    ]) {
      expect(text).toContain(said);
    }
    expect(JSON.stringify(shared?.content)).toContain(
      encodeURIComponent(`https://claimdesk.example/tab/claims/${claim}`),
    );
  });

  test('R34: no contact, address, amount, identifier or reason is anywhere in it, of any claim', async () => {
    const results = await robin.found('searchClaims', null);
    const numbers = results.map(({ content }) => Number(/Claim (\d+)/.exec(textOf(content))?.[1]));
    expect(numbers.length).toBeGreaterThan(5);
    for (const [index, number] of numbers.entries()) {
      const whole = JSON.stringify(results[index]?.content);
      const secrets = await secretsOf(world, number);
      expect(secrets.length).toBeGreaterThan(5);
      expect(secrets.filter((secret) => whole.includes(secret))).toEqual([]);
      expect(whole).not.toMatch(/@|USD|\$/);
    }
  });

  test('a customer is found by name or identifier; shared, it is a name and no more', async () => {
    for (const find of ['ibis', known.domain]) {
      const [shared, ...others] = await robin.found('searchCustomers', find);
      expect(others).toEqual([]);
      expect(shared?.preview.content).toEqual({ title: 'ibis-foods', text: 'Domain name: ibis-foods.example' });
      expect(textOf(shared?.content ?? { type: '', body: [] })).toBe('Customer\nibis-foods\n[Open customers]');
      expect(JSON.stringify(shared?.content)).not.toContain('.example"');
      expect(lintCard(shared?.content, { untrusted: ['ibis-foods'] })).toEqual([]);
    }
  });

  test('before anything is typed: claims by their next deadline, customers by name', async () => {
    const results = await robin.found('searchClaims', null);
    const dues = results.map(({ preview }) => /Deadline (.*) \(UTC\)/.exec(preview.content.text)?.[1]);
    const times = dues.map((due) => (due === undefined ? Number.POSITIVE_INFINITY : Date.parse(due)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const names = await titles(robin, 'searchCustomers', null);
    expect(names).toContain('ibis-foods');
    expect(names).toEqual(names.toSorted((a, b) => new Intl.Collator('en').compare(a, b)));
    expect(await titles(robin, 'searchCustomers', '  ')).toEqual(names);
  });

  test('page follows page without a gap, and behind the last there is nothing', async () => {
    const all = await titles(robin, 'searchClaims', null);
    const paged = [
      ...(await titles(robin, 'searchClaims', null, { skip: 0, count: 3 })),
      ...(await titles(robin, 'searchClaims', null, { skip: 3, count: 3 })),
    ];
    expect(paged).toEqual(all.slice(0, 6));
    expect(await robin.found('searchClaims', null, { skip: 5_000, count: 25 })).toEqual([]);
    expect(await titles(robin, 'searchClaims', 'quokka', { skip: 0, count: 1 })).toEqual(['Quokka rollout']);
    expect(await robin.found('searchClaims', 'quokka', { skip: 1, count: 25 })).toEqual([]);
  });

  describe('R2: whoever may not see a claim finds nothing of it', () => {
    test('not another organisation', async () => {
      for (const find of ['zebra', 'quokka', String(claim)]) expect(await lee.told('searchClaims', find)).toMatch(NONE);
      expect(await lee.told('searchCustomers', 'ibis')).toMatch(/^Nothing found among your customers/);
      expect(JSON.stringify(await lee.query('searchClaims', null))).not.toMatch(/zebra|quokka/i);
    });

    test('not a colleague whose role is for another location', async () => {
      for (const find of ['zebra', 'quokka', String(claim)])
        expect(await noor.told('searchClaims', find)).toMatch(NONE);
      expect(await noor.told('searchCustomers', 'ibis')).toMatch(/^Nothing found among your customers/);
      // She does find what is hers.
      expect(JSON.stringify(await noor.found('searchClaims', null))).toContain('Margie');
    });

    test('not somebody without a role, who hears which role it takes, nor somebody new, who is not written down for asking', async () => {
      const stranger = composing(personIn(world, '00000000-0000-4000-8000-0000000000aa', { name: 'Nobody Yet' }));
      const before = await recordAndTraffic(world);
      for (const who of [sam, stranger]) {
        for (const search of ['searchClaims', 'searchCustomers']) {
          expect(await who.told(search, 'zebra')).toMatch(NO_ROLE);
          expect(await who.told(search, null)).toMatch(NO_ROLE);
        }
      }
      await world.app.drain();
      expect(await recordAndTraffic(world)).toEqual(before);
    });
  });

  test('a search only reads, repeats alike, and is no sign that Claimdesk may speak in that chat', async () => {
    await world.app.drain();
    const before = await recordAndTraffic(world);
    const calls = { ...world.connector.counts };
    const first = await robin.query('searchClaims', 'zebra');
    expect(await robin.query('searchClaims', 'zebra')).toEqual(first);
    await world.app.drain();
    expect(await recordAndTraffic(world)).toEqual(before);
    expect(world.connector.counts).toEqual(calls);
  });

  test('it is all said in Dutch to whoever speaks Dutch', async () => {
    const locale = { locale: 'nl-NL', entities: [{ type: 'clientInfo', locale: 'nl-NL' }] };
    const asked = (find: string) =>
      robin.ask('query', { commandId: 'searchClaims', parameters: [{ name: 'find', value: find }] }, locale);
    const { composeExtension: none } = await asked('no such thing');
    expect(none?.text).toContain('Niets gevonden bij de claims die u mag zien');
    const { composeExtension: some } = await asked('quokka');
    expect(sharedText(some?.attachments ?? [])).toContain('Zoals het stond op 23 nov 2026');
  });

  test('no page is longer than 25, whatever is asked for', async () => {
    await world.database.prisma.$executeRaw`
      INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId",
        "engagementSlug", "kind", "name", "status", "statusAt", "identifierType", "identifierValue", "market", "createdAt")
      SELECT "organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug", "kind",
        'Wombat ' || n, 'CANCELED', "statusAt", "identifierType", "identifierValue", "market", "createdAt"
        FROM "Claim", generate_series(1, 26) n WHERE "number" = ${claim}`;
    const first = await titles(robin, 'searchClaims', 'wombat', { skip: 0, count: 5_000 });
    const rest = await titles(robin, 'searchClaims', 'wombat', { skip: 25, count: 25 });
    expect([first.length, rest.length]).toEqual([25, 1]);
    expect(new Set([...first, ...rest]).size).toBe(26);
    expect(await titles(robin, 'searchClaims', 'wombat')).toEqual(first);
  });

  describe('what no client of Teams sends', () => {
    test.each([
      ['an unknown search', { commandId: 'searchEverything', parameters: [] }],
      ['no search', {}],
      ['nothing', null],
      ['text', 'searchClaims'],
      ['parameters that are none', { commandId: 'searchClaims', parameters: 'find' }],
      ['a page before the first', { commandId: 'searchClaims', queryOptions: { skip: -1, count: 25 } }],
      ['half a row', { commandId: 'searchClaims', queryOptions: { skip: 0, count: 0.5 } }],
      ['a page beyond all', { commandId: 'searchClaims', queryOptions: { skip: 1e300, count: 25 } }],
    ])('%s is answered in words', async (_what, value) => {
      const { composeExtension } = await robin.ask('query', value);
      expect(composeExtension).toEqual({ type: 'message', text: 'Claimdesk does not know this request.' });
    });

    test.each(['\'; DROP TABLE "Claim"; --', '%', '(((', ':*', 'x'.repeat(20_000), '\u0000\ud800', '<b>&amp;</b>'])(
      '%# finds nothing, and does no harm',
      async (find) => {
        expect(await robin.told('searchClaims', find)).toMatch(NONE);
        expect(await robin.told('searchCustomers', find)).toMatch(/^Nothing found among your customers/);
      },
    );

    test('another kind of request stays refused', async () => {
      expect(await robin.ask('anonymousQueryLink', { url: 'https://claimdesk.example/claims/1' })).toMatchObject({
        statusCode: 400,
        value: { code: 'NotSupported' },
      });
    });

    test('from an organisation that is not served, or from somebody without an Entra id, it is answered in words', async () => {
      const other = '00000000-0000-4000-8000-0000000000ff';
      const place = { channelData: { tenant: { id: other } }, conversation: { id: 'a:x', tenantId: other } };
      const value = { commandId: 'searchClaims', parameters: [] };
      expect(await robin.ask('query', value, place)).toEqual({
        composeExtension: { type: 'message', text: 'This organisation is not served by this Claimdesk.' },
      });
      const { composeExtension } = await robin.ask('query', value, { from: { id: '29:x', name: 'Robin Demo' } });
      expect(composeExtension?.text).toContain('could not tell who is asking');
    });
  });
});
