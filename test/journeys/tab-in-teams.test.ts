import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { inBrowser } from '../support/playground-stage.ts';
import { axeFaults, openTabBrowser, type TabBrowser, until } from '../support/tab-browser.ts';
import { openInTeams, serveHere } from '../support/teams-host.ts';
import { APP_ID, SAM, startWorld, type World } from '../support/world.ts';

inBrowser('the tab inside Teams, in a browser', () => {
  let world: World;
  let browser: TabBrowser;
  let page: Page;
  let claim: number;
  beforeAll(async () => {
    world = await startWorld('pglite');
    browser = await openTabBrowser('tab-in-teams');
    claim = await claimFor(await colleague(world), await newcomer(world, 'relecloud'));
    await world.app.drain();
  });
  beforeEach(async () => {
    page = await browser.open();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  test('Teams signs somebody in, a link opens the claim it names, and the look follows Teams in Dutch', async () => {
    const { tab, heard, say } = await openInTeams(page, world, {
      subPageId: `claims/${claim}`,
      theme: 'dark',
      locale: 'nl-nl',
    });
    await tab.getByRole('heading', { level: 1, name: 'Autumn workshops' }).waitFor();
    expect(await heard('appInitialization.success')).toHaveLength(1);
    expect(await tab.evaluate('document.documentElement.lang')).toBe('nl');
    await browser.picture(page, 'dark-dutch-claim');
    expect(await axeFaults(tab)).toEqual([]);

    await say('themeChange', 'contrast');

    const ground =
      "getComputedStyle(document.querySelector('.fui-FluentProvider')).getPropertyValue('--colorBrandForegroundLink')";
    await until(tab, `${ground} === '#ffff00'`);
    await browser.picture(page, 'contrast-dutch-claim');
    expect(await axeFaults(tab)).toEqual([]);
    await tab.getByRole('tab', { name: 'Claims' }).click();
    await tab.getByRole('link', { name: 'Autumn workshops' }).waitFor();
    await browser.picture(page, 'contrast-dutch-claims');
    expect(await axeFaults(tab)).toEqual([]);
    await tab.getByRole('tab', { name: 'Overzicht' }).click();
    await tab.getByRole('heading', { name: 'Claims per status' }).waitFor();
    await browser.picture(page, 'contrast-dutch-overview');
    expect(await axeFaults(tab)).toEqual([]);
    await tab.getByRole('button', { name: 'Klant toevoegen' }).click();
    await tab.getByRole('dialog').getByRole('textbox').waitFor();
    await browser.picture(page, 'contrast-dutch-form');
    expect(await axeFaults(tab)).toEqual([]);
    await tab.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click();

    await tab.getByRole('button', { name: 'Chat openen' }).click();
    expect(await heard('executeDeepLink')).toEqual([[`https://teams.microsoft.com/l/chat/0/0?users=28:${APP_ID}`]]);
    expect(browser.errors).toEqual([]);
  });

  test('it opens just as well where the list of Teams’ addresses cannot be reached', async () => {
    const { tab, heard } = await openInTeams(page, world, { validDomains: null });
    await tab.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
    await heard('appInitialization.success');
  });

  test('where Teams signs nobody in, it says so and what to do, and asks again when it is told to', async () => {
    const { tab, heard } = await openInTeams(page, world, { person: { refused: 'resourceRequiresConsent' } });
    await tab.getByRole('heading', { level: 1, name: 'Teams did not sign you in' }).waitFor();
    await browser.picture(page, 'sign-in-refused');
    expect(await axeFaults(tab)).toEqual([]);
    const before = (await heard('authentication.getAuthToken')).length;
    await tab.getByRole('button', { name: 'Try again' }).click();
    await heard('authentication.getAuthToken', before + 1);
  });

  test('a sign-in that has expired is said in words beside what is shown', async () => {
    const { tab } = await openInTeams(page, world, {});
    await tab.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
    await page.route('**/api/claims*', (route) => route.fulfill({ status: 401, json: {} }));
    await page.route('**/api/claims/*', (route) =>
      route.fulfill({ status: 401, json: { error: { code: 'signIn', title: 'Teams did not sign you in', body: '' } } }),
    );
    await tab.getByRole('tab', { name: 'Claims' }).click();
    await tab.getByText('Teams did not sign you in').first().waitFor();
    await browser.picture(page, 'sign-in-expired');
    expect(await axeFaults(tab)).toEqual([]);
  });

  test('somebody without a role is told which one, asks for it there, and sees no list', async () => {
    const { tab } = await openInTeams(page, world, { person: { objectId: SAM, name: 'Sam Norole' } });
    await tab.getByRole('heading', { level: 1, name: 'You need a role first' }).waitFor();
    await browser.picture(page, 'no-role');
    expect(await axeFaults(tab)).toEqual([]);
    expect(await tab.getByRole('row').count()).toBe(0);
    await tab.getByRole('button', { name: 'Request access' }).click();
    await tab.getByRole('dialog').getByRole('textbox').waitFor();
    await browser.picture(page, 'request-access');
    expect(await axeFaults(tab)).toEqual([]);
  });

  test('who adds the tab to a channel chooses its page, and Teams is handed that page when they save', async () => {
    const { tab, heard, say } = await openInTeams(page, world, { frameContext: 'settings', path: '/tab/config' });
    await tab
      .getByRole('combobox', { name: 'Page' })
      .selectOption({ label: 'Customers: Endpoint Management Workshop' });
    expect(await heard('settings.setValidityState')).toContainEqual([true]);
    await browser.picture(page, 'config');
    expect(await axeFaults(tab)).toEqual([]);

    await say('settings.save', {});

    const address = 'https://claimdesk.example/tab/customers/mw-endpoint-management';
    expect(await heard('settings.setSettings')).toEqual([
      [
        {
          entityId: 'customers/mw-endpoint-management',
          contentUrl: address,
          websiteUrl: address,
          suggestedDisplayName: 'Claimdesk: Customers: Endpoint Management Workshop',
        },
      ],
    ]);
    expect(await heard('settings.save.success')).toHaveLength(1);
  });

  test('no other page can show it in a frame', async () => {
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    const { tab } = await openInTeams(page, world, { origin: 'https://teams.microsoft.com.evil.example' });
    await refused;
    expect(await tab.evaluate("document.getElementById('tab')")).toBeNull();
  });

  test('outside of Teams it shows nothing of anybody, and offers the way there', async () => {
    await serveHere(page, world);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('https://claimdesk.example/tab/claims');
    await page.getByRole('heading', { level: 1, name: 'Open Claimdesk in Teams' }).waitFor();
    await browser.picture(page, 'outside');
    expect(await axeFaults(page)).toEqual([]);
    expect(await page.getByRole('link', { name: 'Open in Teams' }).getAttribute('href')).toMatch(
      /^https:\/\/teams\.microsoft\.com\/l\/entity\//,
    );
    expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
  });
});
