import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { textFor } from '../../cards/format.ts';
import { QUESTIONS, type Question, refusalSchema } from '../../cards/tab/contract.ts';
import { recordOf } from '../support/record.ts';
import { addressOf, refusalIn, type Tab, tabOf } from '../support/tab.ts';
import { NORTHBRIDGE, ROBIN, startWorld, type World } from '../support/world.ts';

let world: World;
let tab: Tab;
let before: readonly string[];
beforeAll(async () => {
  world = await startWorld('pglite');
  tab = tabOf(world, { objectId: ROBIN, locale: 'nl' });
  await tab.ask('me', {});
  before = await recordOf(world);
});
afterAll(async () => {
  await world?.stop();
});

const ENGAGEMENT = 'mw-endpoint-management';
const customers = { engagement: ENGAGEMENT, list: 'eligible', part: 'customers' };
const ID = '00000000-0000-4000-8000-0000000000aa';
const place = (value: unknown) => JSON.stringify(value);

const WRONG_NUMBERS = [
  '-1',
  '1.5',
  '1e3',
  '0x10',
  ' 1',
  '+1',
  '',
  'NaN',
  'Infinity',
  '99999999999999999999',
  '١',
  'one',
];

/** A question, and what makes it none. */
const WRONG: readonly (readonly [Question, Readonly<Record<string, unknown>>])[] = [
  ...WRONG_NUMBERS.flatMap((number) => [
    ['customers', { ...customers, skip: number }] as const,
    ['customers', { ...customers, take: number }] as const,
    ['claims', { skip: number }] as const,
    ['claims', { take: number }] as const,
  ]),
  ['customers', { ...customers, take: 0 }],
  ['customers', { ...customers, take: 101 }],
  ['customers', { ...customers, skip: 10_000_001 }],
  ['claims', { take: 101 }],
  ['customers', {}],
  ['customers', { ...customers, list: 'everything' }],
  ['customers', { ...customers, list: 'constructor' }],
  ['customers', { ...customers, part: 'Claims' }],
  ['customers', { ...customers, descending: 'yes' }],
  ['customers', { ...customers, engagement: '../../etc/passwd' }],
  ['customers', { ...customers, engagement: 'a'.repeat(51) }],
  ['customers', { ...customers, engagement: "x' OR 1=1 --" }],
  ['customers', { ...customers, find: 'x'.repeat(101) }],
  ['customers/counts', {}],
  ['customers/counts', { engagement: 'NoCapitals' }],
  ['claims/counts', { location: 'amsterdam' }],
  ['claims/counts', { mine: '1' }],
  ['claims', { location: `${ID}'` }],
  ['claims', { group: 'all' }],
  ['claims', { group: '__proto__' }],
  ['claims', { by: 'customer' }],
  ['claims', { by: 'toString' }],
  ['claims', { find: 'x'.repeat(101) }],
  // Places to read on from that nobody gave out.
  ['customers', { ...customers, after: '' }],
  ['customers', { ...customers, after: 'x'.repeat(3_001) }],
  ['customers', { ...customers, after: '{' }],
  ['customers', { ...customers, after: 'null' }],
  ['customers', { ...customers, after: '[]' }],
  ['customers', { ...customers, after: place({ at: 0, number: 1_000_001 }) }],
  ['customers', { ...customers, part: 'claims', after: place({ key: 'YQ', id: ID }) }],
  ['customers', { ...customers, after: place({ key: "a' OR 'b", id: ID }) }],
  ['customers', { ...customers, after: place({ key: 'YQ', id: 'x' }) }],
  ['customers', { ...customers, after: place({ key: ['YQ'], id: ID }) }],
  ['customers', { ...customers, part: 'claims', after: place({ at: 1e20, number: 1 }) }],
  ['customers', { ...customers, part: 'claims', after: place({ at: 'now', number: 1 }) }],
  ['customers', { ...customers, part: 'claims', after: place({ at: 0, number: 2 ** 31 }) }],
  ['customers', { ...customers, part: 'claims', after: place({ at: 0, number: -1 }) }],
  ['customers', { ...customers, part: 'claims', after: '{"at":0,"number":1e400}' }],
];

const refused = async (path: string) => {
  const came = await tab.send(path);
  expect([path, came.status]).toEqual([path, 400]);
  expect(refusalIn(came)).toEqual({ code: 'badRequest', ...textFor('nl').tab.badRequest });
};

describe('a question that is none', () => {
  test.each(
    WRONG.map(
      ([question, asks]) => [decodeURIComponent(addressOf(question, asks)).slice(0, 120), question, asks] as const,
    ),
  )('%s is refused in words', async (_what, question, asks) => refused(addressOf(question, asks)));

  test.each([
    '0',
    '-5',
    '1.5',
    '1e6',
    '2147483648',
    '99999999999',
    'x',
    '%00',
    '%F0%9F%A4%B7',
    '1000001x',
    '1000001%20',
  ])('a claim called %s is refused in words', (number) => refused(`/api/claims/${number}`));

  test.each([
    `/api/customers/counts?engagement=${ENGAGEMENT}&engagement=${ENGAGEMENT}`,
    '/api/claims?find=a&find=b',
    '/api/claims?mine=true&mine=false',
    '/api/claims?group=consent&group=ended',
    '/api/claims/counts?location=&location=',
    `/api/customers?engagement=${ENGAGEMENT}&list=eligible&part=claims&skip=0&skip=1`,
  ])('%s: what is given twice is not guessed at', (path) => refused(path));

  test.each([
    '/api/claims?find=%00',
    '/api/claims?find=%F0%9F',
    `/api/customers?engagement=${ENGAGEMENT}&list=eligible&part=customers&find=%00%27%22%5C%25_`,
    '/api/claims/counts?find=%27%3B%20DROP%20TABLE%20%22Claim%22%3B--',
    '/api/claims?find=%3A%2A%20%26%20%7C%20%21%28',
    '/api/claims?find=%E2%80%AE%E2%80%8B',
    '/api/claims?__proto__=x&constructor=y&toString=z',
    '/api/claims?unknown=1&unknown=2',
    '/api/me?%5B%5D=%25',
    '/api/claims?',
    '/api/claims?&&==&',
  ])('%s is looked for and finds what it finds', async (path) => {
    expect((await tab.send(path)).status).toBe(200);
  });

  test('a place with more in it than was given out is read for what was', async () => {
    const after = place({
      key: '',
      id: ID,
      __proto__: { admin: true },
      scope: { organisationId: ID, locationIds: 'all' },
    });
    const path = addressOf('customers', { ...customers, after });
    const { rows } = JSON.parse((await tab.send(path)).text) as { rows: unknown[] };
    expect(rows).toEqual(
      (await tab.ask('customers', { engagement: ENGAGEMENT, list: 'eligible', part: 'customers' })).rows,
    );
  });

  test('an engagement that does not exist is not found', async () => {
    for (const question of ['customers/counts', 'customers'] as const) {
      const came = await tab.send(addressOf(question, { ...customers, engagement: 'no-such-engagement' }));
      expect([came.status, refusalIn(came).code]).toEqual([404, 'notFound']);
    }
  });
});

describe('a button that is none', () => {
  const words = { code: 'badRequest', ...textFor('nl').tab.badRequest };

  test.each([
    '[]',
    'null',
    '"help.show"',
    '7',
    '{}',
    '{"verb":"help.show"}',
    '{"verb":"help.show","data":[]}',
    '{"verb":"help.show","data":[{"claim":1}]}',
    '{"verb":"help.show","data":null}',
    '{"verb":["help.show"],"data":{}}',
    '{"verb":{"toString":"help.show"},"data":{}}',
    `{"verb":"${'v'.repeat(41)}","data":{}}`,
    `{"verb":"help.show","data":{"${'k'.repeat(101)}":1}}`,
  ])('%s is refused in words', async (body) => {
    const came = await tab.post(body);
    expect([came.status, refusalIn(came)]).toEqual([400, words]);
  });

  test.each(['nothing.known', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'the verb “%s” is answered with a card that says so',
    async (verb) => {
      const { card } = await tab.act(verb, {});
      expect(JSON.stringify(card)).toContain(textFor('nl').refused.malformed.title);
    },
  );

  test.each([
    '{"verb":"claim.show","data":{"claim":"x"}}',
    '{"verb":"claim.show","data":{"claim":null}}',
    '{"verb":"claim.show","data":{"claim":{"gt":0}}}',
    '{"verb":"claim.show","data":{"__proto__":{"claim":1000001}}}',
    '{"verb":"claim.cancel","data":{"claim":1000001,"command":"no-uuid","status":"CUSTOMER_CLAIMED"}}',
    '{"verb":"customers.show","data":{"engagement":"mw-endpoint-management","list":"__proto__"}}',
  ])('%s comes to a card that says so', async (body) => {
    const came = await tab.post(body);
    expect([came.status, came.text.includes(textFor('nl').refused.malformed.title)]).toEqual([200, true]);
  });

  test('inputs called like what every object has are no inputs', async () => {
    const body =
      '{"verb":"help.show","data":{"__proto__":{"x":1},"constructor~1":"x","__proto__~1":"y","toString~2":"z"}}';
    expect((await tab.post(body)).status).toBe(200);
  });

  test.each([
    ['broken JSON', '{"verb":', 'application/json', 400],
    ['an empty body', '', 'application/json', 400],
    ['a form', 'verb=help.show', 'application/x-www-form-urlencoded', 415],
    ['JSON as text, as a form elsewhere could send it', '{"verb":"help.show","data":{}}', 'text/plain', 415],
    ['an upload', 'x', 'multipart/form-data; boundary=x', 415],
    ['300 KB', `{"verb":"help.show","data":{"a":"${'x'.repeat(300_000)}"}}`, 'application/json', 413],
    ['JSON as deep as it is long', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'application/json', 400],
  ])('%s is refused', async (_what, body, type, status) => {
    expect((await tab.post(body, type)).status).toBe(status);
  });

  test('by another method than POST there is no button', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const { status } = await tab.send('/api/actions', { method });
      expect([method, [404, 405].includes(status)]).toEqual([method, true]);
    }
  });
});

test('none of it changed anything', async () => {
  await world.app.drain();
  const rows = async () => (await recordOf(world)).filter((row) => !row.startsWith('HandledCommand'));
  expect(await rows()).toEqual(before.filter((row) => !row.startsWith('HandledCommand')));
});

test('whatever is answered in a walk through the tab fits the contract and holds nothing else', async () => {
  const robin = tabOf(world, { objectId: ROBIN, tenantId: NORTHBRIDGE });
  const { engagements, locations } = await robin.ask('me', {});
  await robin.ask('overview', {});
  for (const { slug } of engagements) {
    await robin.ask('customers/counts', { engagement: slug });
    for (const list of ['eligible', 'ineligible', 'completed'] as const) {
      for (const part of ['claims', 'customers'] as const)
        await robin.ask('customers', { engagement: slug, list, part });
    }
  }
  for (const { id } of locations) await robin.ask('claims/counts', { location: id });
  const { rows } = await robin.ask('claims', { take: '100' });
  expect(rows.length).toBeGreaterThan(3);
  for (const { number, steps } of rows) {
    await robin.ask('claim', { number: String(number) });
    for (const { verb, data } of steps) await robin.act(verb, data);
  }
});

/** Where in a schema something may stand that it does not name. */
const open = (node: unknown, path = ''): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap((item, index) => open(item, `${path}/${index}`));
  if (typeof node !== 'object' || node === null) return [];
  const { type, additionalProperties } = node as { readonly type?: unknown; readonly additionalProperties?: unknown };
  return [
    ...(type === 'object' && additionalProperties !== false ? [path] : []),
    ...Object.entries(node).flatMap(([key, value]) => open(value, `${path}/${key}`)),
  ];
};

test.each([
  ...Object.entries(QUESTIONS).map(([name, { answer }]) => [name, answer] as const),
  ['refusal', refusalSchema],
] as const)(
  'nothing leaves in an answer to %s that the contract does not name, but for what a button brings back',
  (_name, answer) => {
    const found = open(z.toJSONSchema(answer as z.ZodType, { io: 'output', unrepresentable: 'any' }));
    expect(found.filter((path) => !path.endsWith('/data'))).toEqual([]);
  },
);
