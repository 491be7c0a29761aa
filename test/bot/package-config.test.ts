import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../bot/config.ts';
import { readPackageConfig } from '../../bot/package-config.ts';
import { PACKAGE_SETTINGS as GOOD } from '../support/app-package.ts';

/** What a refusal says, fault by fault. */
const faults = (environment: Readonly<Record<string, string | undefined>>): readonly string[] => {
  try {
    readPackageConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [what, ...lines] = error.message.split('\n');
    expect(what).toBe('The app package cannot be made. Correct these settings:');
    return lines.map((line) => line.replace(/^ {2}- /, ''));
  }
  return [];
};

describe('the app package is made of settings', () => {
  test('and needs none of the secrets the bot runs on', () => {
    expect(readPackageConfig(GOOD)).toEqual({
      appId: '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
      teamsAppId: '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
      publicUrl: 'https://claimdesk.example.com',
      developer: {
        name: 'Northbridge Cloud',
        websiteUrl: 'https://northbridge.example',
        privacyUrl: 'https://northbridge.example/privacy',
        termsOfUseUrl: 'https://northbridge.example/terms',
      },
    });
  });

  test('its id is that of the bot, unless it is given one of its own', () => {
    const TEAMS_APP_ID = '1F3A1C52-9D2E-4B7A-8C11-5E6F7A8B9C0D';
    expect(readPackageConfig({ ...GOOD, TEAMS_APP_ID }).teamsAppId).toBe(TEAMS_APP_ID.toLowerCase());
  });

  test.each([
    ['https://Claimdesk.EXAMPLE.com/', 'https://claimdesk.example.com'],
    ['https://claimdesk.example.com:443', 'https://claimdesk.example.com'],
    ['https://example.com/Claimdesk//', 'https://example.com/Claimdesk'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('the address %s is written as Teams compares it', (PUBLIC_URL, written) => {
    expect(readPackageConfig({ ...GOOD, PUBLIC_URL }).publicUrl).toBe(written);
  });
});

describe('what is wrong with the settings', () => {
  test('is named at once, whatever is missing', () => {
    expect(faults({ NODE_ENV: 'production', PUBLIC_URL: ' ' }).map((fault) => fault.split(': ')[0])).toEqual([
      'MICROSOFT_APP_ID',
      'PUBLIC_URL',
      'APP_DEVELOPER_NAME',
      'APP_WEBSITE_URL',
      'APP_PRIVACY_URL',
      'APP_TERMS_URL',
    ]);
  });

  test.each(Object.keys(GOOD))('names %s alone when only that is missing', (name) => {
    const found = faults({ ...GOOD, [name]: undefined });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name}: .+`));
  });

  test('is named beside what is missing', () => {
    const { APP_TERMS_URL: _, ...rest } = GOOD;
    expect(faults({ ...rest, MICROSOFT_APP_ID: 'claimdesk', APP_PRIVACY_URL: 'http://northbridge.example' })).toEqual([
      'MICROSOFT_APP_ID: Invalid GUID',
      'APP_PRIVACY_URL: must be an https address',
      'APP_TERMS_URL: the https address of your terms of use',
    ]);
  });

  test.each([
    ['http://claimdesk.example.com', ['must begin with https:, Teams opens nothing else']],
    ['https://localhost', ['must have a host name that Teams can find, such as claimdesk.example.com']],
    ['https://claimdesk', ['must have a host name that Teams can find, such as claimdesk.example.com']],
    ['https://claimdesk.local', ['must have a host name that Teams can find, such as claimdesk.example.com']],
    ['https://192.0.2.7', ['must have a host name that Teams can find, such as claimdesk.example.com']],
    ['https://[2001:db8::7]', ['must have a host name that Teams can find, such as claimdesk.example.com']],
    ['https://example.com:8443', ['must do without the port 8443: Teams knows an app by its host name alone']],
    ['https://a:b@example.com', ['must hold no name and no password: everybody who has the app reads it']],
    [
      'http://localhost:3978',
      [
        'must begin with https:, Teams opens nothing else',
        'must have a host name that Teams can find, such as claimdesk.example.com',
        'must do without the port 3978: Teams knows an app by its host name alone',
      ],
    ],
  ])('the address %s is refused, with every reason', (PUBLIC_URL, reasons) => {
    expect(faults({ ...GOOD, PUBLIC_URL })).toEqual(reasons.map((reason) => `PUBLIC_URL: ${reason}`));
  });

  test('a setting that the package does not need is not looked at', () => {
    expect(faults({ ...GOOD, PORT: 'http', SMTP_URL: 'mail.example' })).toEqual([]);
  });
});
