import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/ports.ts';
import { oneLine } from '../../domain/typed.ts';

/** Who uses the tab (R1). */
export type SignedIn = { readonly tenantId: string; readonly objectId: string; readonly name: string };

/** Why somebody is not let in: the token is none of ours, or their organisation is not served. */
export type NotSignedIn = { readonly refused: 'signIn' | 'tenant' };

/** Reads an Authorization header. Throws when whoever issues the keys cannot be asked: that says nothing of the token. */
export type SignIn = (authorization: string | undefined) => Promise<SignedIn | NotSignedIn>;

/** Where the keys are found that sign every tenant's tokens. */
const KEYS = 'https://login.microsoftonline.com/common/discovery/v2.0/keys';
/** Teams' own clients, desktop with phone, and web: nobody else asks for tokens for this tab. */
const TEAMS_CLIENTS = ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', '5e3ce6c0-2b1f-4285-8d4b-75ee78787346'];
/** What the app's registration exposes, and lets these clients use. */
const SCOPE = 'access_as_user';

const guid = z.guid().transform((id) => id.toLowerCase());

/** Version 2 alone: of an older token the audience and the issuer mean something else. */
const claims = z.object({
  ver: z.literal('2.0'),
  tid: guid,
  oid: guid,
  iss: z.string(),
  azp: z.enum(TEAMS_CLIENTS),
  scp: z.string().refine((scopes) => scopes.split(' ').includes(SCOPE)),
  name: z.string().default(''),
});

/** Said of the way to the keys, or of what was found there in their place. */
const ABOUT_KEYS: readonly string[] = ['ERR_JOSE_GENERIC', errors.JWKSTimeout.code, errors.JWKSInvalid.code];

const isAboutToken = (error: unknown): boolean => error instanceof errors.JOSEError && !ABOUT_KEYS.includes(error.code);

/**
 * Entra's sign-in of a Teams tab (SSO). The person is (tid, oid): names and addresses in a token are for showing alone.
 * `keysUrl` stands in for Microsoft's in tests.
 */
export const entraSignIn = (
  appId: string,
  tenants: ReadonlySet<string>,
  clock: Clock,
  keysUrl: string = KEYS,
): SignIn => {
  const keys = createRemoteJWKSet(new URL(keysUrl));
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return { refused: 'signIn' };
    let payload: unknown;
    try {
      const options = {
        audience: appId,
        algorithms: ['RS256'],
        clockTolerance: 60,
        currentDate: clock.now(),
        requiredClaims: ['exp', 'nbf'],
      };
      ({ payload } = await jwtVerify(token, keys, options));
    } catch (error) {
      if (isAboutToken(error)) return { refused: 'signIn' };
      throw error;
    }
    const parsed = claims.safeParse(payload);
    if (!parsed.success) return { refused: 'signIn' };
    const { tid, oid, iss, name } = parsed.data;
    if (iss.toLowerCase() !== `https://login.microsoftonline.com/${tid}/v2.0`) return { refused: 'signIn' };
    if (!tenants.has(tid)) return { refused: 'tenant' };
    return { tenantId: tid, objectId: oid, name: oneLine(name) };
  };
};

/** Local mode: whoever sits at this machine is the Playground's user. */
export const localSignIn =
  (user: SignedIn): SignIn =>
  async () =>
    user;
