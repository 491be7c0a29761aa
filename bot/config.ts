import { resolve } from 'node:path';
import { z } from 'zod';
import { isLoopback } from './loopback.ts';

const guid = z.guid().transform((id) => id.toLowerCase());
const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,;]+/).filter((part) => part !== ''))
    .pipe(z.array(item));

const text = z.string().trim().min(1);
const httpsUrl = z.url({ protocol: /^https$/, error: 'must be an https address' });

const LOCAL_SENDER = 'Claimdesk (local) <claimdesk@localhost>';

/** Every setting there is. A program reads those it needs. */
export const settings = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  HOST: text.optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/^[^?#]*$/, 'must end with its path')
    .optional(),
  DATA_DIR: text.default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  MICROSOFT_APP_ID: guid.optional(),
  MICROSOFT_APP_TYPE: z.enum(['SingleTenant', 'UserAssignedMsi', 'MultiTenant']).default('SingleTenant'),
  MICROSOFT_APP_TENANT_ID: guid.optional(),
  MICROSOFT_APP_PASSWORD: text.optional(),
  TEAMS_APP_ID: guid.optional(),
  APP_DEVELOPER_NAME: text.max(32, 'must have 32 characters at most').optional(),
  APP_WEBSITE_URL: httpsUrl.optional(),
  APP_PRIVACY_URL: httpsUrl.optional(),
  APP_TERMS_URL: httpsUrl.optional(),
  ALLOWED_TENANTS: list(guid),
  ADMINS: list(guid),
  ALLOW_SELF_REVIEW: z.enum(['true', 'false']).optional(),
  OPERATOR_TENANTS: list(guid),
  PARTNER_CENTER_TENANT_ID: guid.optional(),
  PARTNER_CENTER_CLIENT_ID: guid.optional(),
  PARTNER_CENTER_CLIENT_SECRET: text.optional(),
  PARTNER_CENTER_REFRESH_TOKEN: text.optional(),
  PARTNER_CENTER_LINK: z
    .url({ protocol: /^https$/ })
    .default('https://partner.microsoft.com/dashboard/referrals/v2/leads'),
  PARTNER_CENTER_SOLUTION: text.optional(),
  PARTNER_CENTER_WEBHOOKS: z.enum(['true', 'false']).default('false'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: text.regex(/^([^<>]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, 'must be an address').optional(),
  PROXY_HOPS: z.coerce.number().int().min(0).max(10).optional(),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).max(100_000).default(600),
  POSTS_PER_SECOND: z.coerce.number().int().min(1).max(50).default(30),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** Whose referrals are told to Partner Center, and as whom (R29). */
export type PartnerCenterConfig = {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Where a deal is found in the browser; `{id}` stands for its id. */
  readonly link: string;
  /** The partner's solution in Microsoft's catalogue that deals are about; null: none is named. */
  readonly solutionProfileId: string | null;
  /** Whether Partner Center is to tell of changes by itself. */
  readonly webhooks: boolean;
};

export type Config = {
  /** No app id: no account, no cloud, authentication off, loopback only. */
  readonly local: boolean;
  readonly port: number;
  readonly host: string;
  /** Without a slash at its end. Local mode: known once the port is. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly app: {
    readonly id: string;
    readonly type: string;
    readonly tenantId: string | null;
    readonly password: string | null;
  } | null;
  /** By which Teams knows the app: the id in its manifest. Null in local mode. */
  readonly teamsAppId: string | null;
  readonly allowedTenants: ReadonlySet<string>;
  /** Those of them whose sellers sell for every organisation. */
  readonly operatorTenants: ReadonlySet<string>;
  /** Null: referrals are kept in the record here alone. */
  readonly partnerCenter: PartnerCenterConfig | null;
  /** Entra object ids that are program admins from the start (R3). */
  readonly admins: ReadonlySet<string>;
  /** Whether somebody may review a claim of their own: in local mode alone, where one person plays every part (R18). */
  readonly selfReview: boolean;
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** How many messages and edits leave for one tenant in a second, from all processes together (R32). */
  readonly postsPerSecond: number;
  /** How many proxies stand before the server: the address of who asks is what the first of them says. */
  readonly proxyHops: number;
  /** How often one person, or one address where nobody knows who asks, may ask in a minute of one process. */
  readonly requestsPerMinute: number;
  readonly logLevel: string;
};

/** Everything that is wrong with the settings, in one message. */
export class ConfigError extends Error {
  constructor(faults: readonly string[], what = 'Claimdesk cannot start') {
    super(`${what}. Correct these settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Whether an address may name another machine: one without a host, or with a second one, leaves that to the driver. */
const isElsewhere = (url: string | undefined): boolean =>
  url !== undefined &&
  URL.canParse(url) &&
  !(isLoopback(new URL(url).hostname) && [...new URL(url).searchParams.keys()].every((name) => !/^host/i.test(name)));

const CREDENTIALS = ['TENANT_ID', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'] as const;
const isPartnerCenter = (name: string): boolean => name.startsWith('PARTNER_CENTER_');

/** The settings as text, before they are parsed: what is missing is then named beside what is wrong. */
export type Given = { readonly [Name in keyof z.input<typeof settings>]?: string | undefined };

const missingFor = (s: Given): string[] => {
  const production = s.NODE_ENV === 'production';
  const faults: string[] = [];
  const need = (name: keyof typeof s, why: string) => {
    if (/^[\s,;]*$/.test(s[name] ?? '')) faults.push(`${name}: ${why}`);
  };
  if (!production && s.MICROSOFT_APP_ID === undefined) {
    // Nobody has to prove who they are here, so what others rely on is not opened by a setting left in a shell.
    if (Object.keys(s).some(isPartnerCenter)) {
      faults.push('PARTNER_CENTER_…: local mode has demo customers, of whom Partner Center is told nothing');
    }
    if (isElsewhere(s.DATABASE_URL)) faults.push('DATABASE_URL: local mode opens only a database on this machine');
    return faults;
  }
  if (s.ALLOW_SELF_REVIEW?.trim() === 'true') {
    faults.push('ALLOW_SELF_REVIEW: only local mode lets somebody review a claim of their own');
  }
  if (Object.keys(s).some(isPartnerCenter)) {
    for (const name of CREDENTIALS) need(`PARTNER_CENTER_${name}`, 'Partner Center needs all four of its credentials');
  }
  const allowed = (s.ALLOWED_TENANTS ?? '').toLowerCase();
  const strangers = [...(s.OPERATOR_TENANTS ?? '').split(/[\s,;]+/), s.PARTNER_CENTER_TENANT_ID ?? ''];
  for (const tenant of strangers.filter((one) => one !== '' && !allowed.includes(one.toLowerCase()))) {
    faults.push(`ALLOWED_TENANTS: must name ${tenant}, which another setting does`);
  }
  need('MICROSOFT_APP_ID', 'the Entra app id of the bot; without it anybody could speak for anybody');
  need('ALLOWED_TENANTS', 'the Entra tenant ids this deployment serves, separated by commas');
  need('PUBLIC_URL', 'the https address under which customers reach the consent page');
  need('SMTP_URL', 'the mail server, such as smtps://user:password@mail.example:465');
  need('MAIL_FROM', 'the sender of consent mails, such as "Claimdesk <consent@example.com>"');
  if (s.MICROSOFT_APP_TYPE !== 'MultiTenant') {
    need('MICROSOFT_APP_TENANT_ID', 'the tenant the app is registered in');
  }
  if (s.MICROSOFT_APP_TYPE !== 'UserAssignedMsi') need('MICROSOFT_APP_PASSWORD', 'the client secret of the app');
  if (production) {
    need('DATABASE_URL', 'a PostgreSQL server; the embedded database is for local use');
    if (/^\s*http:/i.test(s.PUBLIC_URL ?? '')) faults.push('PUBLIC_URL: must begin with https:');
  }
  return faults;
};

const partnerCenterOf = (s: z.output<typeof settings>): PartnerCenterConfig | null =>
  s.PARTNER_CENTER_TENANT_ID === undefined
    ? null
    : {
        tenantId: s.PARTNER_CENTER_TENANT_ID,
        // All four are there, or reading ended before.
        clientId: s.PARTNER_CENTER_CLIENT_ID ?? '',
        clientSecret: s.PARTNER_CENTER_CLIENT_SECRET ?? '',
        refreshToken: s.PARTNER_CENTER_REFRESH_TOKEN ?? '',
        link: s.PARTNER_CENTER_LINK,
        solutionProfileId: s.PARTNER_CENTER_SOLUTION ?? null,
        webhooks: s.PARTNER_CENTER_WEBHOOKS === 'true',
      };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads what one program needs of the settings, once. An empty setting counts as not set. Throws a ConfigError that names
 * every fault: what the schema says, and what `faultsOf` finds in the text as given.
 */
export const readSettings = <S extends z.ZodType>(
  schema: S,
  faultsOf: (given: Given) => readonly string[],
  environment: Environment = process.env,
  what?: string,
): z.output<S> => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = schema.safeParse(given);
  const entry = (at: PropertyKey | undefined) => (typeof at === 'number' ? ` (number ${at + 1} of the list)` : '');
  const wrong = parsed.error?.issues.map(({ path: [name, at], message }) => `${String(name)}: ${message}${entry(at)}`);
  const faults = [...(wrong ?? []), ...faultsOf(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults, what);
  return parsed.data;
};

/** What the bot runs on. */
export const readConfig = (environment?: Environment): Config => {
  const s = readSettings(settings, missingFor, environment);
  const local = s.MICROSOFT_APP_ID === undefined;
  return Object.freeze({
    local,
    port: s.PORT,
    // Local mode believes whatever it is told, so nobody else may reach it.
    host: local ? '127.0.0.1' : (s.HOST ?? '0.0.0.0'),
    publicUrl: s.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    dataDir: resolve(s.DATA_DIR),
    databaseUrl: s.DATABASE_URL ?? null,
    app: local
      ? null
      : {
          id: s.MICROSOFT_APP_ID ?? '',
          type: s.MICROSOFT_APP_TYPE,
          tenantId: s.MICROSOFT_APP_TENANT_ID ?? null,
          password: s.MICROSOFT_APP_PASSWORD ?? null,
        },
    teamsAppId: local ? null : (s.TEAMS_APP_ID ?? s.MICROSOFT_APP_ID ?? null),
    allowedTenants: new Set(s.ALLOWED_TENANTS),
    operatorTenants: new Set(s.OPERATOR_TENANTS),
    partnerCenter: partnerCenterOf(s),
    admins: new Set(s.ADMINS),
    selfReview: local && s.ALLOW_SELF_REVIEW !== 'false',
    // Only local mode gets this far without a sender.
    mail: s.SMTP_URL === undefined ? null : { smtpUrl: s.SMTP_URL, from: s.MAIL_FROM ?? LOCAL_SENDER },
    // It speaks plain HTTP, so in earnest there is always one that speaks https.
    proxyHops: s.PROXY_HOPS ?? (local ? 0 : 1),
    requestsPerMinute: s.REQUESTS_PER_MINUTE,
    postsPerSecond: s.POSTS_PER_SECOND,
    logLevel: s.LOG_LEVEL,
  });
};
