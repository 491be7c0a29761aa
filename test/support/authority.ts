import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { standInCredentials } from './credentials.ts';

/**
 * `trusted` is the published key; `stranger` bears its id but is another key; `unpublished` has an id nobody knows;
 * `unendorsed` is published for another channel than Teams.
 */
export type SigningKey = 'trusted' | 'stranger' | 'unpublished' | 'unendorsed';

/** Leave `serviceUrl` out for a token without that claim. `validSeconds` counts from now; negative has expired. */
export type TokenOptions = Readonly<{
  serviceUrl?: string;
  audience?: string;
  issuer?: string;
  validSeconds?: number;
  key?: SigningKey;
}>;

export type Authority = Awaited<ReturnType<typeof startAuthority>>;

const algorithm = 'RS256';
const issuer = 'https://api.botframework.com';
const endorsedElsewhere = ['webchat'];

/**
 * A stand-in for the Bot Framework's token authority on 127.0.0.1, for one bot. `tokenFor` gives a JWT without
 * `Bearer`, valid for an hour unless told otherwise.
 */
export async function startAuthority({
  appId,
  tenantId = '5a3c2b1d-0000-4000-8000-00000000c1a1',
  endorsements = ['msteams'],
}: Readonly<{ appId: string; tenantId?: string; endorsements?: readonly string[] }>) {
  const pair = () => generateKeyPair(algorithm, { modulusLength: 2048 });
  const [trusted, stranger, unpublished, unendorsed] = await Promise.all([pair(), pair(), pair(), pair()]);
  const signing = {
    trusted: { kid: 'trusted', key: trusted.privateKey },
    stranger: { kid: 'trusted', key: stranger.privateKey },
    unpublished: { kid: 'unpublished', key: unpublished.privateKey },
    unendorsed: { kid: 'unendorsed', key: unendorsed.privateKey },
  } as const;
  const published = { use: 'sig', alg: algorithm };
  const keys = [
    { ...(await exportJWK(trusted.publicKey)), ...published, kid: 'trusted', endorsements },
    { ...(await exportJWK(unendorsed.publicKey)), ...published, kid: 'unendorsed', endorsements: endorsedElsewhere },
  ];

  const server = createServer((request, response) => {
    const documents: Readonly<Record<string, unknown>> = {
      '/openid': {
        issuer,
        jwks_uri: `${origin}/keys`,
        id_token_signing_alg_values_supported: [algorithm],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      },
      '/keys': { keys },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const openIdMetadataUrl = `${origin}/openid`;

  const botFrameworkSettings = {
    MicrosoftAppId: appId,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenantId,
    ToChannelFromBotLoginUrl: `${origin}/login`,
    ToChannelFromBotOAuthScope: issuer,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    OAuthUrl: `${origin}/oauth`,
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: false,
  } as const;

  let refusal: string | null = null;
  const tokens = { renewed: 0 };
  return {
    /** How often the bot asked for another token than the one that was kept. */
    tokens: tokens as Readonly<typeof tokens>,
    openIdMetadataUrl,
    botFrameworkSettings,
    credentials: standInCredentials(
      appId,
      () => refusal,
      () => {
        tokens.renewed += 1;
      },
    ),
    /** From now on the bot gets no token of its own (as MSAL says it), or, with null, gets one again. */
    refuseTokens: (errorCode: string | null): void => {
      refusal = errorCode;
    },
    tokenFor: (options: TokenOptions): Promise<string> => {
      const { kid, key } = signing[options.key ?? 'trusted'];
      const now = Math.floor(Date.now() / 1000);
      const expires = now + (options.validSeconds ?? 3600);
      const claims: JWTPayload = options.serviceUrl === undefined ? {} : { serviceurl: options.serviceUrl };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
        .setIssuer(options.issuer ?? issuer)
        .setAudience(options.audience ?? appId)
        .setNotBefore(Math.min(now, expires) - 60)
        .setExpirationTime(expires)
        .sign(key);
    },
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  } as const;
}
