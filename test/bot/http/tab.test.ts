import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { API_ROUTES } from '../../../bot/http/api.ts';
import { linksFrom } from '../../../cards/links.ts';
import { startWorld, type World } from '../../support/world.ts';

const APP_IN_TEAMS = '00000000-0000-4000-8000-00000000a0f0';

let world: World;
beforeAll(async () => {
  world = await startWorld('pglite', { settings: { TEAMS_APP_ID: APP_IN_TEAMS } });
});
afterAll(() => world?.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${world.url}${path}`, { headers, redirect: 'manual' });

/** Asks as no browser would: the path as it is written, nothing resolved. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { hostname, port } = new URL(world.url);
    request({ hostname, port, path, method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });

const policyOf = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(' ');
      return [name, sources.join(' ')];
    }),
  );

const PAGES = [
  '/tab',
  '/tab/',
  '/tab/overview',
  '/tab/claims',
  '/tab/claims/1000001',
  '/tab/config',
  '/tab/customers/az-assessment',
];

describe('the page of the tab', () => {
  test.each(PAGES)('%s may be framed by Teams, and runs nothing but its own', async (path) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    const policy = policyOf(headers);
    const framers = (policy.get('frame-ancestors') ?? '').split(' ');
    expect(framers).toContain('https://teams.microsoft.com');
    expect(framers).toContain('https://*.cloud.microsoft');
    for (const framer of framers) {
      expect(framer).toMatch(/^('self'|https:\/\/(\*\.)?(teams\.microsoft\.(com|us)|(teams\.)?cloud\.microsoft))$/);
    }
    expect(headers.get('x-frame-options')).toBeNull();
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('base-uri')).toBe("'self'");
    expect(policy.get('form-action')).toBe("'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|http:| \* /);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('bears a number that its policy names, new in every answer', async () => {
    const numbers = new Set<string>();
    for (let times = 0; times < 5; times += 1) {
      const answer = await get('/tab');
      const number = /'nonce-([\w+/=-]{20,})'/.exec(policyOf(answer.headers).get('style-src') ?? '')?.[1] ?? '';
      const html = await answer.text();
      expect(html).toContain(number);
      expect(html).not.toMatch(/__(NONCE|PAGE)__/);
      numbers.add(number);
    }
    expect(numbers.size).toBe(5);
  });

  test('holds no data, whoever asks and for what', async () => {
    const strip = async (path: string) => {
      const answer = await get(path);
      const number = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
      return (await answer.text()).replaceAll(number, '');
    };
    expect(await strip('/tab/claims/1000001')).toBe(await strip('/tab/claims/9999999'));
  });

  test.each([
    '/tab/nothing',
    '/tab/claims/0',
    '/tab/claims/x',
    '/tab/customers/A',
    '/tab/%3Cscript%3E',
    '/tab/config/x',
  ])('%s is no place of it', async (path) => {
    const { status, headers } = await get(path);
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });
});

const ELSEWHERE = [
  ...API_ROUTES.filter(({ method }) => method === 'get').map(({ path }) => path.replace(':number', '1000001')),
  '/healthz',
  '/claims/1000001',
  '/claims/x',
  '/consent/nothing',
  '/tab/assets/nothing.js',
  '/tabs',
  '/',
  '/nothing',
  '/api/messages',
  '/api/actions',
  '/api/claims/%E0%A4%A',
];

test.each(ELSEWHERE)('%s may be framed by nobody, and names nothing of what runs here', async (path) => {
  const { headers } = await raw(path);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-frame-options']).toBe('DENY');
  expect(headers.server).toBeUndefined();
  expect(headers['x-powered-by']).toBeUndefined();
});

test.each([
  ['POST', '/tab', 405],
  ['DELETE', '/api/claims', 405],
  ['PUT', '/api/actions', 405],
  ['OPTIONS', '/api/actions', 405],
  ['TRACE', '/tab', 405],
  ['GET', '/nothing', 404],
  ['GET', '/tab/assets/nothing.js', 404],
])('%s %s is answered %i, and names nothing of what runs here', async (method, path, status) => {
  const { headers, ...answer } = await raw(path, {}, method);
  expect(answer.status).toBe(status);
  expect([headers.server, headers['x-powered-by'], headers['access-control-allow-origin']]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(answer.body.toString()).not.toMatch(/restify|NotFound|Error|node/i);
});

describe('the files of the page', () => {
  let file: string;
  beforeAll(async () => {
    const html = await (await get('/tab')).text();
    file = /assets\/[\w.-]+\.js/.exec(html)?.[0] ?? '';
    expect(file).not.toBe('');
  });

  test('are kept for good, under a name that changes with them', async () => {
    const { status, headers } = await get(`/tab/${file}`);
    expect([status, headers.get('cache-control'), headers.get('content-type')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'text/javascript; charset=utf-8',
    ]);
  });

  test.each([
    ['gzip', true],
    ['br, gzip;q=0.5', true],
    ['deflate, GZIP', true],
    ['identity', false],
    ['', false],
    ['gzip;q=0', false],
    ['br, gzip; q=0.0, *;q=0', false],
    ['x-gzip-like', false],
  ])('with Accept-Encoding “%s” they come packed: %s', async (accepted, packed) => {
    const { headers, body } = await raw(`/tab/${file}`, { 'Accept-Encoding': accepted });
    expect(headers['content-encoding']).toBe(packed ? 'gzip' : undefined);
    expect(headers.vary).toBe('Accept-Encoding');
    const plain = await raw(`/tab/${file}`);
    expect((packed ? gunzipSync(body) : body).equals(plain.body)).toBe(true);
  });

  test.each([
    '/tab/assets/../index.html',
    '/tab/assets/%2e%2e/index.html',
    '/tab/assets/..%2findex.html',
    '/tab/assets/..%5c..%5cpackage.json',
    '/tab/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
    '/tab/assets/%252e%252e%252findex.html',
    '/tab/assets//etc/passwd',
    '/tab/assets/%00',
    '/tab/assets/',
    '/tab/assets/__proto__',
    '/tab/assets/constructor',
    '/tab/../../../../etc/passwd',
    '/tab/%2e%2e/%2e%2e/etc/passwd',
    '/tab/assets/%c0%ae%c0%ae/index.html',
    '/tab/assets/....//index.html',
  ])('%s leads nowhere', async (path) => {
    const { status, body } = await raw(path);
    expect([404, 400]).toContain(status);
    expect(body.toString()).not.toMatch(/root:|"dependencies"|__NONCE__/);
  });
});

describe('a claim’s address', () => {
  test('leads into Teams, and says nothing of whether there is such a claim', async () => {
    const links = linksFrom('https://claimdesk.example', APP_IN_TEAMS);
    const [{ number } = { number: 0 }] = await world.database.prisma.claim.findMany({ take: 1 });
    const seen = [];
    for (const claim of [number, 9_999_999]) {
      const answer = await get(`/claims/${claim}`);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toBe(links.tab({ page: 'claim', claim }));
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const named = [...answer.headers].filter(([name]) => !['date', 'location'].includes(name));
      seen.push(JSON.stringify([named, await answer.text()]));
    }
    expect(seen[0]).toBe(seen[1]);
  });

  test.each([
    '0',
    'x',
    '-1',
    '1.5',
    '99999999999',
    '1000001x',
    '%0d%0aLocation:%20https://evil.example',
    '//evil.example',
    '%2f%2fevil.example',
  ])('/claims/%s leads nowhere', async (number) => {
    const { status, headers } = await raw(`/claims/${number}`);
    expect([status, headers.location]).toEqual([404, undefined]);
  });
});
