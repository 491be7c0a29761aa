import { type Given, readSettings, settings } from './config.ts';

/** What the Teams app package is made of. */
export type PackageConfig = {
  /** Of the bot, and of the Entra app it signs in with. */
  readonly appId: string;
  readonly teamsAppId: string;
  /** https, a host name of its own, no port; without a slash at its end. */
  readonly publicUrl: string;
  /** Who offers the app, as Teams shows it to whoever installs it. */
  readonly developer: {
    readonly name: string;
    readonly websiteUrl: string;
    readonly privacyUrl: string;
    readonly termsOfUseUrl: string;
  };
};

const NEEDED = {
  MICROSOFT_APP_ID: 'the Entra app id of the bot',
  PUBLIC_URL: 'the https address under which Teams reaches the tab',
  APP_DEVELOPER_NAME: 'who offers the app, such as the name of your company',
  APP_WEBSITE_URL: 'the https address of a page about whoever offers the app',
  APP_PRIVACY_URL: 'the https address of your privacy statement',
  APP_TERMS_URL: 'the https address of your terms of use',
} as const;

/** Two labels at least, the last one no number: no address in digits, no name that only this network knows. */
const HOST_NAME = /^([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]([a-z\d-]*[a-z\d])$/;
const ONLY_HERE = /\.(localhost|local|internal|lan)$/;

/** Teams asks for more than a browser does. What is no address at all is said by the schema. */
const addressFaults = (address: string | undefined): readonly string[] => {
  if (address === undefined || !URL.canParse(address)) return [];
  const { protocol, hostname, port, username, password } = new URL(address);
  const real = HOST_NAME.test(hostname) && !ONLY_HERE.test(hostname);
  return [
    ...(protocol === 'http:' ? ['must begin with https:, Teams opens nothing else'] : []),
    ...(real ? [] : ['must have a host name that Teams can find, such as claimdesk.example.com']),
    ...(port === '' ? [] : [`must do without the port ${port}: Teams knows an app by its host name alone`]),
    ...(username === '' && password === ''
      ? []
      : ['must hold no name and no password: everybody who has the app reads it']),
  ].map((fault) => `PUBLIC_URL: ${fault}`);
};

const faultsOf = (given: Given): readonly string[] => [
  ...Object.entries(NEEDED)
    .filter(([name]) => given[name as keyof typeof NEEDED] === undefined)
    .map(([name, what]) => `${name}: ${what}`),
  ...addressFaults(given.PUBLIC_URL),
];

const packageSettings = settings.pick({
  MICROSOFT_APP_ID: true,
  TEAMS_APP_ID: true,
  PUBLIC_URL: true,
  APP_DEVELOPER_NAME: true,
  APP_WEBSITE_URL: true,
  APP_PRIVACY_URL: true,
  APP_TERMS_URL: true,
});

/** Reads what the package needs and nothing else, so that it is made on a machine that knows no secret of the bot. */
export const readPackageConfig = (environment?: Readonly<Record<string, string | undefined>>): PackageConfig => {
  const s = readSettings(packageSettings, faultsOf, environment, 'The app package cannot be made');
  // All are there, or reading ended before.
  const { origin, pathname } = new URL(s.PUBLIC_URL ?? '');
  const appId = s.MICROSOFT_APP_ID ?? '';
  return {
    appId,
    teamsAppId: s.TEAMS_APP_ID ?? appId,
    // As an URL is written out, its host is in lower case: an upper-case one keeps Android from signing in.
    publicUrl: `${origin}${pathname}`.replace(/\/+$/, ''),
    developer: {
      name: s.APP_DEVELOPER_NAME ?? '',
      websiteUrl: s.APP_WEBSITE_URL ?? '',
      privacyUrl: s.APP_PRIVACY_URL ?? '',
      termsOfUseUrl: s.APP_TERMS_URL ?? '',
    },
  };
};
