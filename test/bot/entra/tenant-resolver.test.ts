import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import {
  type Directory,
  demoDirectory,
  openIdDirectory,
  type TenantCache,
  tenantResolver,
} from '../../../bot/entra/tenant-resolver.ts';

const TENANT = '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';
const OTHER = '1f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';
const HOUR = 3_600_000;

type Answer = Awaited<ReturnType<Directory['ask']>>;

/** A cache in memory, a directory with these answers, and a clock that is set by hand. */
const setUp = (answers: Readonly<Record<string, Answer>>) => {
  const asked: string[] = [];
  const told = { ...answers };
  const kept = new Map<string, { tenantId: string; name: string | null; checkedAt: Date }>();
  let now = new Date('2026-11-23T12:00:00.000Z');
  const cache: TenantCache = {
    find: async (domain) => kept.get(domain) ?? null,
    keep: async (domain, tenantId, name, _source, checkedAt) => {
      kept.set(domain, { tenantId, name, checkedAt });
    },
  };
  const directory: Directory = {
    source: 'test',
    ask: async (domain) => {
      asked.push(domain);
      return told[domain] ?? 'notFound';
    },
  };
  return {
    resolve: tenantResolver(cache, directory, { now: () => now }),
    asked,
    told,
    kept,
    later: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds);
    },
  };
};

const contoso = { tenantId: TENANT, name: 'Contoso' };

describe('R10: a domain gives its tenant', () => {
  test('by its own name first', async () => {
    const { resolve, asked } = setUp({
      'mail.contoso.com': { tenantId: OTHER, name: null },
      'contoso.com': contoso,
    });
    expect(await resolve('mail.contoso.com')).toEqual({
      kind: 'found',
      domain: 'mail.contoso.com',
      tenantId: OTHER,
      name: null,
    });
    expect(asked).toEqual(['mail.contoso.com']);
  });

  test('then by the domain that was registered, which is the one that is kept', async () => {
    const { resolve, asked, kept } = setUp({ 'contoso.co.uk': contoso });
    expect(await resolve('eu.mail.contoso.co.uk')).toEqual({ kind: 'found', domain: 'contoso.co.uk', ...contoso });
    expect(asked).toEqual(['eu.mail.contoso.co.uk', 'contoso.co.uk']);
    expect([...kept.keys()]).toEqual(['contoso.co.uk']);
  });

  test('R11: a name under onmicrosoft.com is asked for whole, never by the part that all share', async () => {
    const { resolve, asked } = setUp({ 'onmicrosoft.com': contoso });
    expect(await resolve('fabrikam.onmicrosoft.com')).toEqual({ kind: 'notFound' });
    expect(asked).toEqual(['fabrikam.onmicrosoft.com']);
  });

  test('a domain that nobody knows is not found, and asked for again the next time', async () => {
    const { resolve, asked, told } = setUp({});
    expect(await resolve('contoso.com')).toEqual({ kind: 'notFound' });
    told['contoso.com'] = contoso;
    expect(await resolve('contoso.com')).toMatchObject({ kind: 'found', tenantId: TENANT });
    expect(asked).toEqual(['contoso.com', 'contoso.com']);
  });

  test.each([
    [{ 'mail.contoso.com': 'unavailable' }, { kind: 'unavailable' }],
    [{ 'contoso.com': 'unavailable' }, { kind: 'unavailable' }],
    [{ 'mail.contoso.com': 'unavailable', 'contoso.com': 'unavailable' }, { kind: 'unavailable' }],
    // The parent may be another company's tenant: it does not stand in for a name that could not be asked for.
    [{ 'mail.contoso.com': 'unavailable', 'contoso.com': contoso }, { kind: 'unavailable' }],
  ] as const)('a directory that did not answer is not a domain that does not exist: %j', async (answers, expected) => {
    expect(await setUp(answers).resolve('mail.contoso.com')).toEqual(expected);
  });
});

describe('R10: what was found is kept for a day', () => {
  test('and not asked for again meanwhile', async () => {
    const { resolve, asked, later, told } = setUp({ 'contoso.com': contoso });
    const found = await resolve('contoso.com');
    told['contoso.com'] = { tenantId: OTHER, name: 'Somebody else' };
    later(24 * HOUR - 1);
    expect(await resolve('contoso.com')).toEqual(found);
    expect(asked).toEqual(['contoso.com']);
  });

  test('and then asked for again', async () => {
    const { resolve, asked, later, told } = setUp({ 'contoso.com': contoso });
    await resolve('contoso.com');
    told['contoso.com'] = { tenantId: OTHER, name: 'Somebody else' };
    later(24 * HOUR);
    expect(await resolve('contoso.com')).toMatchObject({ tenantId: OTHER });
    expect(asked).toEqual(['contoso.com', 'contoso.com']);
    later(HOUR);
    expect(await resolve('contoso.com')).toMatchObject({ tenantId: OTHER });
    expect(asked).toHaveLength(2);
  });
});

/** A server in the place of Microsoft's log-in host, for the time of one test. */
const withServer = async (answer: RequestListener, work: (base: string) => Promise<void>): Promise<void> => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
};

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

const entraError = (error: string, text: string) => ({
  error,
  error_description: `${text} Trace ID: 00000000-0000-4000-8000-00000000000f Timestamp: 2026-11-23 12:00:00Z`,
  error_codes: [90002],
  error_uri: 'https://login.microsoftonline.com/error?code=90002',
});

const unknownTenant = entraError('invalid_tenant', "AADSTS90002: Tenant 'nowhere.example' not found.");

describe("R10: Entra's public discovery document", () => {
  test('is asked for under the domain, and names the tenant in its issuer', async () => {
    const urls: (string | undefined)[] = [];
    const issuer = `https://login.microsoftonline.com/${TENANT.toUpperCase()}/v2.0`;
    const answer: RequestListener = (request, response) => {
      urls.push(request.url);
      json(200, { token_endpoint: `https://login.microsoftonline.com/${OTHER}/oauth2/v2.0/token`, issuer })(
        request,
        response,
      );
    };
    await withServer(answer, async (base) => {
      expect(await openIdDirectory(base).ask('contoso.com')).toEqual({ tenantId: TENANT, name: null });
      expect(await openIdDirectory(base).ask('../common?x=#')).toEqual({ tenantId: TENANT, name: null });
    });
    expect(urls).toEqual([
      '/contoso.com/v2.0/.well-known/openid-configuration',
      '/..%2Fcommon%3Fx%3D%23/v2.0/.well-known/openid-configuration',
    ]);
  });

  test.each<[string, RequestListener, Answer]>([
    ['a tenant that Entra does not know', json(400, unknownTenant), 'notFound'],
    ['a document of no tenant', json(200, { issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }), 'notFound'],
    [
      'the tenant of personal accounts',
      json(200, { issuer: 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0' }),
      'notFound',
    ],
    ['another error of status 400', json(400, entraError('invalid_request', 'AADSTS900144')), 'unavailable'],
    ['the words of an unknown tenant under another status', json(404, unknownTenant), 'unavailable'],
    ['too many requests', json(429, entraError('temporarily_unavailable', 'AADSTS90055')), 'unavailable'],
    ['a server error', json(500, unknownTenant), 'unavailable'],
    ['a page in place of the document', json(200, '<!doctype html><title>Log in to the hotel</title>'), 'unavailable'],
    ['a page in place of the error', json(400, '<!doctype html><title>Bad request</title>'), 'unavailable'],
    ['an answer without content', json(200, ''), 'unavailable'],
    ['a document that breaks off', json(200, '{"issuer":"https://login.micro'), 'unavailable'],
    ['a redirect', json(302, '', { Location: 'https://evil.example/' }), 'unavailable'],
    ['a connection that is cut', (request) => void request.socket.destroy(), 'unavailable'],
  ])('%s', async (_, answer, expected) => {
    await withServer(answer, async (base) => {
      expect(await openIdDirectory(base).ask('nowhere.example')).toEqual(expected);
    });
  });

  test.each<[string, RequestListener]>([
    ['never answers', () => {}],
    [
      'answers half',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"issuer":');
      },
    ],
  ])('a server that %s is not waited for', async (_, answer) => {
    await withServer(answer, async (base) => {
      expect(await openIdDirectory(base, 50).ask('contoso.com')).toBe('unavailable');
    });
  });

  test('a host that is not there is unavailable', async () => {
    let gone = '';
    await withServer(json(200, {}), async (base) => {
      gone = base;
    });
    expect(await openIdDirectory(gone).ask('contoso.com')).toBe('unavailable');
  });
});

test('the directory of the demo knows its own domains, and no property of every object', async () => {
  const directory = demoDirectory({ 'fabrikam.example': contoso });
  expect(await directory.ask('fabrikam.example')).toEqual(contoso);
  expect(await directory.ask('nowhere.example')).toBe('notFound');
  expect(await directory.ask('constructor')).toBe('notFound');
});
