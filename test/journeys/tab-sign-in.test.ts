import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { textFor } from '../../cards/format.ts';
import { claimFor, newcomer } from '../support/newcomer.ts';
import { personIn } from '../support/person.ts';
import { type Claims, type SignedAs, TEAMS_WEB } from '../support/sign-in.ts';
import { type Came, refusalIn, tabOf } from '../support/tab.ts';
import { APP_ID, NORTHBRIDGE, ROBIN, startWorld, TAILSPIN, type World } from '../support/world.ts';

const ELSEWHERE = '00000000-0000-4000-8000-0000000000ee';
const MINUTE = 60;

let world: World;
const logged: string[] = [];
beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  // Whoever is turned away is soon made to wait: not what is asked here.
  world = await startWorld('pglite', { log, settings: { PROXY_HOPS: '1' } });
});
afterAll(() => world?.stop());
beforeEach(() => {
  logged.length = 0;
});

let strangers = 0;
/** Asks who one is, each time from another address. */
const me = async (authorization: string | null, headers: Record<string, string> = {}): Promise<Came> => {
  strangers += 1;
  const answer = await fetch(`${world.url}/api/me`, {
    headers: {
      'X-Forwarded-For': `203.0.113.${strangers % 250}`,
      ...(authorization === null ? {} : { Authorization: authorization }),
      ...headers,
    },
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};

const nobody = () => ({ tenantId: NORTHBRIDGE, objectId: randomUUID(), name: 'Nobody Yet' });
const people = () => world.database.prisma.person.count();

/** A token of somebody who was never here, with some claims as they should not be. */
const wrong = async (changes: Claims = {}, as?: SignedAs): Promise<string> =>
  world.signIn.sign({ ...world.signIn.claimsFor(nobody()), ...changes }, as);

const now = () => Math.floor(world.clock.now().getTime() / 1000);

type Case = readonly [what: string, status: 401 | 403, header: () => Promise<string | null>];

const bearer = async (token: Promise<string>): Promise<string> => `Bearer ${await token}`;
const issuer = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;

const CLAIMED: readonly (readonly [what: string, claims: () => Claims])[] = [
  ['for another app', () => ({ aud: '00000000-0000-4000-8000-00000000a002' })],
  ['for the app’s address, as version 1 has it', () => ({ aud: `api://claimdesk.example/botid-${APP_ID}` })],
  ['for nobody', () => ({ aud: undefined })],
  ['of version 1', () => ({ ver: '1.0', iss: `https://sts.windows.net/${NORTHBRIDGE}/`, appid: TEAMS_WEB })],
  ['that says it is of version 1', () => ({ ver: '1.0' })],
  ['without a version', () => ({ ver: undefined })],
  ['of another tenant’s issuer', () => ({ iss: issuer(TAILSPIN) })],
  ['of an issuer without /v2.0', () => ({ iss: `https://login.microsoftonline.com/${NORTHBRIDGE}` })],
  ['of an issuer whose address only begins alike', () => ({ iss: `${issuer(NORTHBRIDGE)}/more` })],
  ['of an issuer elsewhere', () => ({ iss: `https://login.example/${NORTHBRIDGE}/v2.0` })],
  ['without an issuer', () => ({ iss: undefined })],
  ['without a tenant', () => ({ tid: undefined })],
  ['whose tenant is no id', () => ({ tid: 'northbridge', iss: issuer('northbridge') })],
  ['without a person', () => ({ oid: undefined })],
  ['whose person is no id', () => ({ oid: 'somebody@northbridge.example' })],
  ['without a scope', () => ({ scp: undefined })],
  ['with another scope', () => ({ scp: 'User.Read openid' })],
  ['with a scope that only begins alike', () => ({ scp: 'access_as_user2' })],
  ['with the scope in a list', () => ({ scp: ['access_as_user'] })],
  ['of an app that acts for nobody', () => ({ scp: undefined, roles: ['access_as_user'], idtyp: 'app' })],
  ['without a client', () => ({ azp: undefined })],
  ['given to another client', () => ({ azp: '00000000-0000-4000-8000-00000000a003' })],
  ['expired for more than a minute', () => ({ exp: now() - MINUTE - 1 })],
  ['valid in more than a minute', () => ({ nbf: now() + MINUTE + 1 })],
  ['that never expires', () => ({ exp: undefined })],
  ['that was valid ever since', () => ({ nbf: undefined })],
  ['whose times are words', () => ({ exp: '2099-01-01' })],
];

const CASES: readonly Case[] = [
  ['nothing', 401, async () => null],
  ['an empty header', 401, async () => ''],
  ['another scheme', 401, async () => `Basic ${Buffer.from('robin:secret').toString('base64')}`],
  ['a token without a scheme', 401, () => wrong()],
  ['a scheme without a token', 401, async () => 'Bearer '],
  ['two tokens', 401, async () => `Bearer ${await wrong()} ${await wrong()}`],
  ['no token at all', 401, async () => 'Bearer garbage'],
  ['something of three parts', 401, async () => 'Bearer aaaa.bbbb.cccc'],
  ['a token that nobody signed', 401, () => bearer(wrong({}, 'unsigned'))],
  ['a token signed with the published key as a password', 401, () => bearer(wrong({}, 'publicAsSecret'))],
  ['a token of a stranger who bears the key’s name', 401, () => bearer(wrong({}, 'stranger'))],
  ['a token of a key nobody knows', 401, () => bearer(wrong({}, 'unpublished'))],
  [
    'a token that was changed',
    401,
    async () => {
      const [head, , signature] = (await wrong()).split('.');
      const [, body] = (await wrong()).split('.');
      return `Bearer ${head}.${body}.${signature}`;
    },
  ],
  ...CLAIMED.map(([what, claims]): Case => [`a token ${what}`, 401, () => bearer(wrong(claims()))]),
  ['a token of a tenant that is not served', 403, () => bearer(wrong({ tid: ELSEWHERE, iss: issuer(ELSEWHERE) }))],
];

describe('R1: who is not let in', () => {
  test.each(CASES)('%s: refused in words that do not say why, and nobody is kept', async (_what, status, header) => {
    const before = await people();
    const authorization = await header();
    const said = { 401: 'signIn', 403: 'tenant' } as const;
    for (const [locale, language] of [
      ['en-US,en;q=0.9', 'en'],
      ['nl-BE,nl;q=0.8,en;q=0.5', 'nl'],
      ['fr', 'en'],
    ] as const) {
      const came = await me(authorization, { 'Accept-Language': locale });
      expect(came.status).toBe(status);
      const { tab, refused } = textFor(language);
      const words = { 401: tab.signIn, 403: { title: tab.notServed, body: refused.notServed } }[status];
      expect(refusalIn(came)).toEqual({ code: said[status], title: words.title, body: words.body });
      expect(came.headers.get('www-authenticate')).toBeNull();
      expect(came.headers.get('cache-control')).toBe('no-store');
    }
    expect(await people()).toBe(before);
    const log = logged.join('\n');
    expect(log).toContain('somebody was not let into the tab');
    for (const part of (authorization ?? '').split(/[\s.]+/).filter(({ length }) => length > 8)) {
      expect(log).not.toContain(part);
    }
  });

  test('the same token with nothing wrong in it is let in', async () => {
    expect((await me(await bearer(wrong()))).status).toBe(200);
  });

  test.each([
    ['expired a minute ago', () => ({ exp: now() - MINUTE + 1 })],
    ['valid in a minute', () => ({ nbf: now() + MINUTE - 1 })],
    ['of Teams in the browser', () => ({ azp: TEAMS_WEB })],
    ['with more scopes than the one', () => ({ scp: 'openid access_as_user' })],
  ])('a token %s will do', async (_what, claims) => {
    expect((await me(await bearer(wrong(claims())))).status).toBe(200);
  });

  test('time goes by, and the same token is refused', async () => {
    const token = await bearer(wrong());
    expect((await me(token)).status).toBe(200);
    const at = world.clock.now();
    world.clock.advance((3_600 + MINUTE + 1) * 1_000);
    expect((await me(token)).status).toBe(401);
    world.clock.set(at);
  });

  test('every question is refused like this one, and so is a button', async () => {
    for (const path of ['overview', 'claims', 'claims/1000001', 'claims/counts', 'customers', 'customers/counts']) {
      const answer = await fetch(`${world.url}/api/${path}`);
      expect([path, answer.status]).toEqual([path, 401]);
    }
    const answer = await fetch(`${world.url}/api/actions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ verb: 'help.show', data: {} }),
    });
    expect(answer.status).toBe(401);
  });
});

test('where the keys are not to be had, nobody is said to have a bad token, and it is asked for them again', async () => {
  const down = await startWorld('pglite', { settings: { PROXY_HOPS: '1' } });
  try {
    const tab = tabOf(down, { objectId: randomUUID(), locale: 'nl' });
    for (const how of ['error', 'nonsense'] as const) {
      down.signIn.answer(how);
      const came = await tab.send('/api/me');
      expect([how, came.status, refusalIn(came).code]).toEqual([how, 500, 'failed']);
      expect(refusalIn(came).body).toMatch(/referentie [0-9A-F]{8}/);
    }
    down.signIn.answer('keys');
    expect((await tab.ask('me', {})).language).toBe('nl');
  } finally {
    await down.stop();
  }
});

describe('who is let in', () => {
  test('R1: capital letters in a token are the same person', async () => {
    const objectId = 'abcdefab-cdef-4abc-8def-abcdefabcdef';
    await tabOf(world, { objectId }).ask('me', {});
    const before = await people();
    await tabOf(world, { objectId: objectId.toUpperCase(), tenantId: NORTHBRIDGE.toUpperCase() }).ask('me', {});
    expect(await people()).toBe(before);
  });

  test('R3: whoever comes for the first time is kept without a role and without a chat', async () => {
    const objectId = randomUUID();
    const mine = await tabOf(world, { objectId, name: 'Mia \u202eNew', locale: 'nl-NL' }).ask('me', {});
    expect(mine).toMatchObject({ name: 'Mia New', language: 'nl', mayClaim: false, engagements: [], locations: [] });
    const where = { tenantId_objectId: { tenantId: NORTHBRIDGE, objectId } };
    const kept = await world.database.prisma.person.findUniqueOrThrow({ where, include: { roles: true } });
    expect(kept).toMatchObject({ name: 'Mia New', chatId: null, roles: [] });
  });

  test('two first visits at once are one person', async () => {
    const tab = tabOf(world, { objectId: randomUUID() });
    const before = await people();
    await Promise.all([tab.ask('me', {}), tab.ask('me', {}), tab.ask('me', {})]);
    expect(await people()).toBe(before + 1);
  });

  test('the tab and the chat know the same person, with the same roles and claims', async () => {
    const robin = personIn(world, ROBIN);
    const tab = tabOf(world, { objectId: ROBIN });
    await robin.tap('help.show');
    await world.app.drain();
    const before = await people();
    const claim = await claimFor(robin, await newcomer(world, 'from-the-chat'));
    expect(await tab.ask('claim', { number: String(claim) })).toMatchObject({ company: 'from-the-chat' });
    expect((await tab.ask('claims', { mine: 'true', by: 'number', descending: 'true' })).rows[0]?.number).toBe(claim);
    const { card } = await tab.act('claim.askCancel', { claim });
    expect(JSON.stringify(card)).toContain('from-the-chat');
    expect(await people()).toBe(before);
  });

  test('the language chosen in the chat goes before the browser’s', async () => {
    const objectId = randomUUID();
    const chat = personIn(world, objectId);
    const tab = tabOf(world, { objectId, locale: 'en-US' });
    await chat.say('nederlands');
    await world.app.drain();
    expect((await tab.ask('me', {})).language).toBe('nl');
    expect(refusalIn(await tab.send('/api/overview')).title).toBe(textFor('nl').tab.noRole.title);
    await chat.say('english');
    await world.app.drain();
    expect((await tabOf(world, { objectId, locale: 'nl' }).ask('me', {})).language).toBe('en');
  });

  test.each(['Not/AZone', '+99:99', '../../etc/passwd', 'x'.repeat(5_000), '', 'Europe/Amsterdam; DROP', '+01:00'])(
    'a time zone that is none (%#) does no harm',
    async (timeZone) => {
      const objectId = randomUUID();
      const tab = tabOf(world, { objectId, timeZone });
      expect((await tab.ask('me', {})).timeZone).toBe('UTC');
      const where = { tenantId_objectId: { tenantId: NORTHBRIDGE, objectId } };
      expect((await world.database.prisma.person.findUniqueOrThrow({ where })).timeZone).toBeNull();
    },
  );

  test('a time zone that is one is what times are said in', async () => {
    const tab = tabOf(world, { objectId: ROBIN, timeZone: 'Asia/Tokyo' });
    expect((await tab.ask('me', {})).timeZone).toBe('Asia/Tokyo');
  });
});
