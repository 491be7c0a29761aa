import { describe, expect, test } from '@jest/globals';
import { packageFaults } from '../../manifest/check.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { packageFiles } from '../../manifest/package.ts';
import { DEPLOYMENT, goodFiles, ICONS, jsonIn, plainPng, withDutch, withManifest } from '../support/app-package.ts';

/** Changes at a path that the types would not let through. */
const loose = (change: (manifest: Record<string, unknown>) => void) => (manifest: Manifest) =>
  change(manifest as unknown as Record<string, unknown>);

describe('the package', () => {
  test('keeps to Microsoft’s schemas, and to what they do not say', () => {
    expect(packageFaults(goodFiles())).toEqual([]);
  });

  test('may lie below a path, have the bot’s id for its own and a developer of 32 characters', () => {
    const developer = { ...DEPLOYMENT.developer, name: 'N'.repeat(32) };
    const deployment = {
      ...DEPLOYMENT,
      publicUrl: 'https://example.com/desk',
      teamsAppId: DEPLOYMENT.appId,
      developer,
    };
    expect(packageFaults(packageFiles(deployment, ICONS))).toEqual([]);
  });

  test.each(Object.keys(goodFiles()))('misses %s when it is not there', (name) => {
    const { [name]: _, ...rest } = goodFiles();
    expect(packageFaults(rest)).toEqual([expect.stringContaining(`there is no ${name} in the package`)]);
  });

  test('of which everything is wrong is told everything at once', () => {
    const developer = { ...DEPLOYMENT.developer, name: 'N'.repeat(33), websiteUrl: 'http://northbridge.example' };
    const deployment = { ...DEPLOYMENT, teamsAppId: 'claimdesk', developer };
    const icons = { color: plainPng(96, 96, [15, 107, 96]), outline: plainPng(32, 32, [255, 255, 255, 255]) };
    expect(packageFaults(packageFiles(deployment, icons))).toEqual([
      expect.stringMatching(/^manifest\.json: id: must match pattern/),
      'manifest.json: developer.name: must NOT have more than 32 characters',
      'manifest.json: developer.websiteUrl: must begin with https:',
      'color.png: must be 192×192 pixels, is 96×96',
      'outline.png: must be white on transparent',
    ]);
  });
});

describe('what Microsoft’s schema refuses is named by its path', () => {
  test.each<[string, (manifest: Manifest) => void, string]>([
    [
      'a name too long',
      (m) => Object.assign(m.name, { short: 'C'.repeat(31) }),
      'name.short: must NOT have more than 30 characters',
    ],
    [
      'a word of its own',
      loose((m) => Object.assign(m, { colour: 'green' })),
      'colour: the schema knows nothing of that name',
    ],
    [
      'another schema',
      loose((m) => Object.assign(m, { manifestVersion: '1.24' })),
      'manifestVersion: must be equal to constant (1.25)',
    ],
    [
      'a place Teams does not have',
      loose((m) => Object.assign((m.bots as object[])[0] ?? {}, { scopes: ['everywhere'] })),
      'bots[0].scopes[0]: must be equal to one of the allowed values (team, personal, groupChat, copilot)',
    ],
    ['nothing where something must be', loose((m) => delete m.icons), "all of it: must have required property 'icons'"],
  ])('%s', (_, change, fault) => {
    expect(packageFaults(withManifest(change))).toContain(`manifest.json: ${fault}`);
  });
});

describe('a Dutch text', () => {
  test('that is missing is named, whatever it is of', () => {
    for (const key of ['name.full', 'staticTabs[1].name', 'composeExtensions[0].commands[2].taskInfo.title']) {
      expect(packageFaults(withDutch({ [key]: undefined }))).toEqual([`nl.json: ${key}: has no text in this language`]);
    }
  });

  test('exists for every text that people read, and for nothing else', () => {
    const files = goodFiles();
    const keys = Object.keys(jsonIn(files, 'nl.json') as object);
    // Names and descriptions, the tab, 19 commands, and what is in the message box.
    expect(keys.length).toBe(1 + 4 + 1 + 19 * 2 + 3 * 2 + 2 * 2 + 1);
  });

  test('that points at nothing is named', () => {
    expect(packageFaults(withDutch({ 'staticTabs[2].name': 'Info' }))).toEqual([
      'nl.json: staticTabs[2].name: points at nothing',
    ]);
  });

  test('for what cannot be translated is named', () => {
    expect(packageFaults(withDutch({ 'developer.name': 'Northbridge' }))).toEqual([
      'nl.json: developer.name: the schema knows nothing of that name',
    ]);
  });

  test.each([
    ['name.short', 30],
    ['name.full', 100],
    ['description.short', 80],
    ['composeExtensions[0].commands[0].title', 32],
    ['composeExtensions[0].commands[1].parameters[0].description', 128],
  ])('of %s has %d characters at most', (key, most) => {
    expect(packageFaults(withDutch({ [key]: 'x'.repeat(most) }))).toEqual([]);
    expect(packageFaults(withDutch({ [key]: 'x'.repeat(most + 1) }))).toEqual([
      `nl.json: ${key}: must NOT have more than ${most} characters`,
    ]);
  });
});

describe('an address', () => {
  const tab = (address: string) =>
    withManifest((manifest) => Object.assign(manifest.staticTabs?.[1] ?? {}, { contentUrl: address }));

  test('of another domain is named', () => {
    expect(packageFaults(tab('https://elsewhere.example/tab'))).toEqual([
      'manifest.json: staticTabs[1].contentUrl: elsewhere.example is not one of validDomains',
    ]);
  });

  test('of a host in upper case is named', () => {
    const faults = packageFaults(tab('https://Claimdesk.example.com/tab'));
    expect(faults[0]).toBe(
      'manifest.json: staticTabs[1].contentUrl: the host Claimdesk.example.com must be in lower case',
    );
  });

  test('without https is named, though the schema lets it pass', () => {
    expect(packageFaults(tab('http://claimdesk.example.com/tab'))).toEqual([
      'manifest.json: staticTabs[1].contentUrl: must begin with https:',
    ]);
  });

  test('of whoever offers the app may lie anywhere', () => {
    const files = withManifest((manifest) =>
      Object.assign(manifest.developer, { websiteUrl: 'https://Other.example' }),
    );
    expect(packageFaults(files)).toEqual([]);
  });

  test('whose links are unfurled lies in the same domain', () => {
    const files = withManifest((manifest) => {
      Object.assign(manifest.composeExtensions?.[0]?.messageHandlers?.[0] ?? {}, {
        value: { domains: ['*.example.com'] },
      });
    });
    expect(packageFaults(files)).toEqual([
      'manifest.json: composeExtensions[0].messageHandlers[0].value.domains[0]: *.example.com is not one of validDomains',
    ]);
  });

  test('for signing in names the same host and the same app', () => {
    const resource = (text: string) =>
      packageFaults(withManifest((manifest) => Object.assign(manifest.webApplicationInfo ?? {}, { resource: text })));
    expect(resource(`api://elsewhere.example/botid-${DEPLOYMENT.appId}`)).toEqual([
      'manifest.json: webApplicationInfo.resource: elsewhere.example is not one of validDomains',
    ]);
    expect(resource('api://claimdesk.example.com/botid-another')).toEqual([
      `manifest.json: webApplicationInfo.resource: must end with /botid-${DEPLOYMENT.appId}`,
    ]);
  });
});

test('the bot, the message box and the sign-in are of one Entra app', () => {
  const files = withManifest((manifest) =>
    Object.assign(manifest.composeExtensions?.[0] ?? {}, { botId: DEPLOYMENT.teamsAppId }),
  );
  expect(packageFaults(files)).toEqual([
    `manifest.json: composeExtensions[0].botId: must be webApplicationInfo.id, ${DEPLOYMENT.appId}`,
  ]);
});

describe('an icon', () => {
  const NO_PNG = 'must be a PNG of 8 bits in RGB or RGBA, not interlaced';
  const white = [255, 255, 255];
  test.each<[string, string, Uint8Array, string]>([
    ['a column too narrow', 'color.png', plainPng(191, 192, white), 'must be 192×192 pixels, is 191×192'],
    [
      'that shines through',
      'color.png',
      plainPng(192, 192, [...white, 254]),
      'must be opaque, Teams rounds its corners',
    ],
    ['that is no PNG', 'color.png', Buffer.from('<svg/>'), NO_PNG],
    ['that breaks off', 'color.png', ICONS.color.subarray(0, 2000), NO_PNG],
    ['that is a block', 'outline.png', plainPng(32, 32, [...white, 255]), 'must be white on transparent'],
    ['that shows nothing', 'outline.png', plainPng(32, 32, [0, 0, 0, 0]), 'must be white on transparent'],
    ['that is nearly white', 'outline.png', plainPng(32, 32, [255, 255, 254, 128]), 'must be white on transparent'],
  ])('%s is named: %s', (_, name, bytes, fault) => {
    expect(packageFaults({ ...goodFiles(), [name]: bytes })).toEqual([`${name}: ${fault}`]);
  });
});
