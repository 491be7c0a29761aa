import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../bot/config.ts';

const ID = '0F3A1C52-9D2E-4B7A-8C11-5E6F7A8B9C0D';
const OTHER = '1f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';

const PRODUCTION = {
  NODE_ENV: 'production',
  MICROSOFT_APP_ID: ID,
  MICROSOFT_APP_TENANT_ID: OTHER,
  MICROSOFT_APP_PASSWORD: 'app-secret',
  ALLOWED_TENANTS: ID,
  DATABASE_URL: 'postgresql://claimdesk:db-secret@db.example/claimdesk',
  PUBLIC_URL: 'https://claimdesk.example/',
  SMTP_URL: 'smtps://claimdesk:smtp-secret@mail.example:465',
  MAIL_FROM: 'Claimdesk <consent@claimdesk.example>',
};

/** The settings that a refusal names, in its order. */
const named = (environment: Record<string, string | undefined>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...error.message.matchAll(/^ {2}- (\w+): ./gm)].map(([, name = '']) => name);
  }
  return [];
};

describe('local mode', () => {
  test('needs no setting at all', () => {
    expect(readConfig({})).toEqual({
      local: true,
      port: 3978,
      host: '127.0.0.1',
      publicUrl: null,
      dataDir: resolve('.data'),
      databaseUrl: null,
      app: null,
      teamsAppId: null,
      allowedTenants: new Set(),
      admins: new Set(),
      selfReview: true,
      mail: null,
      operatorTenants: new Set(),
      partnerCenter: null,
      logLevel: 'info',
      postsPerSecond: 30,
      proxyHops: 0,
      requestsPerMinute: 600,
    });
  });

  test('R18: lets one person play every part, unless that is switched off', () => {
    expect(readConfig({ ALLOW_SELF_REVIEW: 'false' }).selfReview).toBe(false);
  });

  test('R18: and nowhere else, whatever the setting says', () => {
    expect(readConfig(PRODUCTION).selfReview).toBe(false);
    expect(() => readConfig({ ...PRODUCTION, ALLOW_SELF_REVIEW: 'true' })).toThrow(/ALLOW_SELF_REVIEW/);
  });

  test.each(['0.0.0.0', '192.0.2.7', '::'])('stays on loopback whatever HOST says: %s', (HOST) => {
    expect(readConfig({ HOST }).host).toBe('127.0.0.1');
  });

  test('opens a database on this machine, and refuses one elsewhere: nobody has to prove who they are', () => {
    const url = 'postgresql://claimdesk@127.0.0.1:5432/claimdesk';
    expect(readConfig({ DATABASE_URL: url })).toMatchObject({ local: true, databaseUrl: url });
    for (const elsewhere of [
      PRODUCTION.DATABASE_URL,
      'postgresql:///claimdesk',
      'postgresql:///claimdesk?host=db.example',
      'postgresql://localhost/claimdesk?host=db.example',
      'postgresql://localhost/claimdesk?hostaddr=192.0.2.7',
    ]) {
      expect(named({ DATABASE_URL: elsewhere })).toEqual(['DATABASE_URL']);
    }
  });

  test('sends mail to the server it is given, as whom it is told or under a name of its own', () => {
    const SMTP_URL = 'smtp://localhost:2525';
    expect(readConfig({ SMTP_URL }).mail).toEqual({
      smtpUrl: SMTP_URL,
      from: 'Claimdesk (local) <claimdesk@localhost>',
    });
    expect(readConfig({ SMTP_URL, MAIL_FROM: 'me@fabrikam.example' }).mail).toEqual({
      smtpUrl: SMTP_URL,
      from: 'me@fabrikam.example',
    });
  });

  test('takes an empty setting for one that is not set', () => {
    expect(readConfig({ PORT: '', HOST: ' ', MICROSOFT_APP_ID: '', DATABASE_URL: '', LOG_LEVEL: '\t' })).toEqual(
      readConfig({}),
    );
  });

  test('does not mind settings of others', () => {
    expect(readConfig({ PATH: '/bin', LANG: 'nl_NL.UTF-8' })).toEqual(readConfig({}));
  });
});

describe('a bot with an app id', () => {
  test('production is served with all settings', () => {
    expect(readConfig({ ...PRODUCTION, HOST: '192.0.2.7', PORT: '8080', ADMINS: `${ID} ${OTHER}` })).toMatchObject({
      local: false,
      port: 8080,
      host: '192.0.2.7',
      publicUrl: 'https://claimdesk.example',
      databaseUrl: PRODUCTION.DATABASE_URL,
      app: { id: ID.toLowerCase(), type: 'SingleTenant', tenantId: OTHER, password: 'app-secret' },
      admins: new Set([ID.toLowerCase(), OTHER]),
      mail: { smtpUrl: PRODUCTION.SMTP_URL, from: PRODUCTION.MAIL_FROM },
    });
  });

  test.each(['0.0.0.0', undefined])('listens on every interface unless HOST says otherwise: %s', (HOST) => {
    expect(readConfig({ ...PRODUCTION, HOST }).host).toBe('0.0.0.0');
  });

  test.each([`${ID},${OTHER}`, `${ID};${OTHER}`, ` ${ID}\n${OTHER} `, `${ID}, ${OTHER},`])(
    'R1: tenants may be separated as people separate them, and are kept in lower case: %j',
    (ALLOWED_TENANTS) => {
      expect(readConfig({ ...PRODUCTION, ALLOWED_TENANTS }).allowedTenants).toEqual(new Set([ID.toLowerCase(), OTHER]));
    },
  );

  test('outside production the embedded database and an http address will do', () => {
    const { NODE_ENV: _, DATABASE_URL: __, ...rest } = PRODUCTION;
    expect(readConfig({ ...rest, PUBLIC_URL: 'http://localhost:3978' })).toMatchObject({
      local: false,
      databaseUrl: null,
      publicUrl: 'http://localhost:3978',
    });
  });

  test('Teams knows its app by the id of the bot, unless the manifest has one of its own', () => {
    expect(readConfig(PRODUCTION).teamsAppId).toBe(ID.toLowerCase());
    expect(readConfig({ ...PRODUCTION, TEAMS_APP_ID: OTHER.toUpperCase() }).teamsAppId).toBe(OTHER);
    expect(readConfig({ TEAMS_APP_ID: OTHER }).teamsAppId).toBeNull();
  });

  test('a managed identity needs no password, and a bot of many tenants no tenant', () => {
    const { MICROSOFT_APP_PASSWORD: _, ...managed } = PRODUCTION;
    expect(named({ ...managed, MICROSOFT_APP_TYPE: 'UserAssignedMsi' })).toEqual([]);
    const { MICROSOFT_APP_TENANT_ID: __, ...many } = PRODUCTION;
    expect(named({ ...many, MICROSOFT_APP_TYPE: 'MultiTenant' })).toEqual([]);
  });
});

describe('a refusal to start', () => {
  test('in production names everything that is missing, at once', () => {
    expect(named({ NODE_ENV: 'production' })).toEqual([
      'MICROSOFT_APP_ID',
      'ALLOWED_TENANTS',
      'PUBLIC_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'MICROSOFT_APP_TENANT_ID',
      'MICROSOFT_APP_PASSWORD',
      'DATABASE_URL',
    ]);
  });

  test.each(Object.keys(PRODUCTION).filter((name) => name !== 'NODE_ENV'))(
    'in production names %s alone when only that is missing',
    (name) => {
      expect(named({ ...PRODUCTION, [name]: undefined })).toEqual([name]);
    },
  );

  test('R1: a list of tenants without a tenant is missing', () => {
    expect(named({ ...PRODUCTION, ALLOWED_TENANTS: ' , ;' })).toEqual(['ALLOWED_TENANTS']);
  });

  test('names what is wrong beside what is missing', () => {
    expect(named({ NODE_ENV: 'production', PORT: '80a', LOG_LEVEL: 'loud', MICROSOFT_APP_ID: ID })).toEqual([
      'PORT',
      'LOG_LEVEL',
      'ALLOWED_TENANTS',
      'PUBLIC_URL',
      'SMTP_URL',
      'MAIL_FROM',
      'MICROSOFT_APP_TENANT_ID',
      'MICROSOFT_APP_PASSWORD',
      'DATABASE_URL',
    ]);
  });

  test.each([
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', 'http'],
    ['PUBLIC_URL', 'claimdesk.example'],
    ['PUBLIC_URL', 'ftp://claimdesk.example'],
    ['PUBLIC_URL', 'http://claimdesk.example'],
    ['PUBLIC_URL', 'https://claimdesk.example/?from=mail'],
    ['PUBLIC_URL', 'https://claimdesk.example/#top'],
    ['DATABASE_URL', 'mysql://db.example/claimdesk'],
    ['DATABASE_URL', 'db.example'],
    ['MICROSOFT_APP_ID', 'claimdesk'],
    ['MICROSOFT_APP_TYPE', 'singletenant'],
    ['TEAMS_APP_ID', 'claimdesk'],
    ['APP_DEVELOPER_NAME', 'Northbridge Cloud Services of the Netherlands'],
    ['APP_WEBSITE_URL', 'http://northbridge.example'],
    ['APP_PRIVACY_URL', 'northbridge.example/privacy'],
    ['APP_TERMS_URL', 'mailto:legal@northbridge.example'],
    ['MICROSOFT_APP_TENANT_ID', 'contoso.com'],
    ['ALLOWED_TENANTS', 'contoso.com'],
    ['ALLOWED_TENANTS', `${ID},contoso.com`],
    ['ADMINS', 'robin@contoso.com'],
    ['MAIL_FROM', 'Claimdesk'],
    ['MAIL_FROM', 'Claimdesk <consent>'],
    ['SMTP_URL', 'mail.example'],
    ['SMTP_URL', 'https://mail.example'],
    ['LOG_LEVEL', 'verbose'],
  ])('names %s when it is %j', (name, value) => {
    expect(named({ ...PRODUCTION, [name]: value })).toEqual([name]);
  });

  test('R1: says which entry of a list is wrong', () => {
    const wrong = () => readConfig({ ...PRODUCTION, ALLOWED_TENANTS: `${ID},contoso.com,${OTHER}` });
    expect(wrong).toThrow(/ALLOWED_TENANTS: .*\(number 2 of the list\)/);
  });

  test('says what to do in one message and repeats no secret', () => {
    const secrets = Object.fromEntries(Object.keys(PRODUCTION).map((name) => [name, `${name}-hunter2`]));
    let message = '';
    try {
      readConfig({ ...secrets, NODE_ENV: 'production', PORT: 'hunter2', ADMINS: 'hunter2' });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^Claimdesk cannot start\. Correct these settings:\n {2}- /);
    expect(message).not.toContain('hunter2');
  });
});
