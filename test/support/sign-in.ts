import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { TestClock } from './world.ts';

/** Teams on the desktop and on the phone asks for tokens as this client. */
export const TEAMS_DESKTOP = '1fec8e78-bce4-4aaf-ab1b-5451cc387264';
export const TEAMS_WEB = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

/** How a token is signed; left out, as Entra does. `publicAsSecret`: the published key, used as if it were a password. */
export type SignedAs = 'stranger' | 'unpublished' | 'unsigned' | 'publicAsSecret';

export type Claims = Readonly<Record<string, unknown>>;

/** What the keys' address answers with: the keys, another status, or something that holds no keys. */
type Answering = 'keys' | 'error' | 'nonsense';

export type SignInAuthority = Awaited<ReturnType<typeof startSignIn>>;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A stand-in for Entra on 127.0.0.1, as far as Teams asks it for tokens of one app's tab. Times are the clock's. */
export const startSignIn = async (appId: string, clock: TestClock) => {
  const pair = () => generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
  const [trusted, other] = await Promise.all([pair(), pair()]);
  const keys = [{ ...(await exportJWK(trusted.publicKey)), use: 'sig', alg: 'RS256', kid: 'entra' }];
  const secret = new TextEncoder().encode(await exportSPKI(trusted.publicKey));
  let answering: Answering = 'keys';
  const server = createServer((_request, response) => {
    response.writeHead(answering === 'error' ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answering === 'keys' ? { keys } : {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  /** What Entra would say of somebody now. A claim that is undefined is left out. */
  const claimsFor = (person: {
    readonly tenantId: string;
    readonly objectId: string;
    readonly name: string;
  }): Claims => {
    const now = Math.floor(clock.now().getTime() / 1000);
    return {
      ver: '2.0',
      aud: appId,
      iss: `https://login.microsoftonline.com/${person.tenantId.toLowerCase()}/v2.0`,
      iat: now,
      nbf: now,
      exp: now + 3_600,
      azp: TEAMS_DESKTOP,
      azpacr: '0',
      scp: 'access_as_user',
      tid: person.tenantId,
      oid: person.objectId,
      sub: 'of-this-app-alone',
      name: person.name,
      preferred_username: 'somebody@northbridge.example',
    };
  };

  return {
    keysUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    claimsFor,
    sign: async (claims: Claims, as?: SignedAs): Promise<string> => {
      if (as === 'unsigned') return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
      const token = new SignJWT({ ...claims });
      if (as === 'publicAsSecret') return token.setProtectedHeader({ alg: 'HS256', kid: 'entra' }).sign(secret);
      const kid = as === 'unpublished' ? 'nobody-knows' : 'entra';
      return token
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
        .sign(as === undefined ? trusted.privateKey : other.privateKey);
    },
    answer: (how: Answering): void => {
      answering = how;
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
