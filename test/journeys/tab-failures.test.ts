import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { inBrowser } from '../support/playground-stage.ts';
import { axeFaults, cutOff } from '../support/tab-browser.ts';
import { goTo, openTabStage, panelOf, type TabStage } from '../support/tab-stage.ts';

const HOSTILE = '<img src=x onerror="document.title=1"> {{name}} **bold**';
const RTL = 'شركة الاختبار للحلول السحابية';
const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.padEnd(100, 'x');

inBrowser('the tab when something goes wrong', () => {
  let stage: TabStage;
  let page: Page;
  let panel: ReturnType<typeof panelOf>;
  beforeAll(async () => {
    stage = await openTabStage('tab-failures');
  });
  beforeEach(async () => {
    page = await stage.open();
    panel = panelOf(page);
  });
  afterAll(() => stage?.stop());

  const claims = () => stage.database.prisma.claim.count();
  const actions = (answer: (route: Route) => Promise<void>) => page.route('**/api/actions', answer);
  const cancelForm = async () => {
    await panel.press('Cancel');
    await panel.see('Form canceled');
  };

  test.each([
    ['answers that it failed', (route: Route) => route.fulfill({ status: 500, json: {} }), 'That did not arrive'],
    [
      'says that there were too many requests',
      (route: Route) =>
        route.fulfill({
          status: 429,
          json: { error: { code: 'tooMany', title: 'Too many requests', body: 'Wait a moment, then try again.' } },
        }),
      'Too many requests',
    ],
    ['is not reached', (route: Route) => route.abort('connectionreset'), 'That did not arrive'],
    [
      'says something that is not understood',
      (route: Route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sign in to the hotel</h1>' }),
      'That did not arrive',
    ],
  ])('what was typed stays when the server %s, and the next press goes on from it', async (what, answer, words) => {
    await goTo(page, `${stage.app.url}/tab/claims`);
    await page.getByRole('button', { name: 'Add customer' }).click();
    await panel.see('What do you want to call it?');
    await panel.field('Friendly name').fill('Typed once');
    await actions(answer);
    await panel.press('Next');
    await panel.see(words);
    expect(await panel.field('Friendly name').inputValue()).toBe('Typed once');
    await stage.picture(page, what.replaceAll(' ', '-'));
    expect(await axeFaults(page)).toEqual([]);
    await page.unroute('**/api/actions');
    await panel.press('Next');
    await panel.see('Which of your locations runs it?');
    expect(await panel.panel.getByText(words).count()).toBe(0);
    await cancelForm();
  });

  test('when the answer to the last step is lost, pressing again makes no second claim', async () => {
    await goTo(page, `${stage.app.url}/tab/claims`);
    await page.getByRole('button', { name: 'Add customer' }).click();
    await panel.field('Friendly name').fill('Once and no more');
    await panel.press('Next');
    await panel.pick('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
    await panel.press('Next');
    await panel.pick('Kind of identifier', 'Domain name');
    await panel.field('Identifier').fill('fabrikam.example');
    await panel.press('Next');
    await panel.panel.getByRole('checkbox').first().check();
    await panel.press('Next');
    await panel.field('Name of the contact').fill('Anna de Vries');
    await panel.field('E-mail of the contact').fill('anna@fabrikam.example');
    await panel.press('Next');
    await panel.see('Is everything right?');
    const before = await claims();
    // The server does it; its answer is cut off on the way back.
    await actions(async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    });
    await panel.press('Confirm');
    await panel.see('That did not arrive');
    expect(await claims()).toBe(before + 1);
    await page.unroute('**/api/actions');
    await panel.press('Confirm');
    await panel.see('One claim was made');
    expect(await claims()).toBe(before + 1);
  });

  test('two quick presses of one button are one', async () => {
    await goTo(page, `${stage.app.url}/tab/claims/1000008`);
    await page.getByRole('button', { name: 'Send consent e-mail' }).click();
    await panel.see(/Step 1 of 3/);
    const sent: string[] = [];
    page.on('request', (request) => request.url().endsWith('/api/actions') && sent.push(request.url()));
    await panel.panel.getByRole('button', { name: 'Next' }).dblclick();
    await panel.see('How large is the deal?');
    expect(sent).toHaveLength(1);
  });

  test('what somebody else changed meanwhile is said, and nothing is undone by it', async () => {
    await goTo(page, `${stage.app.url}/tab/claims/1000008`);
    const other = await stage.open();
    const theirs = panelOf(other);
    await goTo(other, `${stage.app.url}/tab/claims/1000008`);
    await page.getByRole('button', { name: 'Cancel claim' }).click();
    await panel.see(/^Cancel claim \d+\?$/);
    await other.getByRole('button', { name: 'Send consent e-mail' }).click();
    await theirs.see(/Step 1 of 3/);
    await theirs.press('Next');
    await theirs.field('Deal size in US dollars').fill('25,000');
    await theirs.press('Next');
    await theirs.press('Send consent e-mail');
    await theirs.see(/on its way/);

    await panel.press('Cancel the claim');

    await panel.see(/nothing was changed/i);
    await stage.picture(page, 'somebody-else');
    await page.keyboard.press('Escape');
    await page.locator('main').getByText('Awaiting consent').first().waitFor();
  });

  test('a page that cannot be loaded says so, and loads when it is asked again', async () => {
    await goTo(page, `${stage.app.url}/tab/overview`);
    await page.route('**/api/claims*', (route) => route.fulfill({ status: 500, json: {} }));
    await page.route('**/api/claims/*', (route) => route.fulfill({ status: 500, json: {} }));
    await page.getByRole('tab', { name: 'Claims' }).click();
    await page.getByText('This could not be loaded').first().waitFor();
    await stage.picture(page, 'list-not-loaded');
    expect(await axeFaults(page)).toEqual([]);
    await page.unroute('**/api/claims*');
    await page.unroute('**/api/claims/*');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('link', { name: 'Coho server assessment' }).waitFor();
  });

  test('rows that cannot be loaded say so too, and load when they are asked again', async () => {
    await page.route(/\/api\/claims\?/, (route) => route.fulfill({ status: 500, json: {} }));
    await page.goto(`${stage.app.url}/tab/claims`);
    await page.getByText('This could not be loaded').first().waitFor();
    await stage.picture(page, 'rows-not-loaded');
    await page.unroute(/\/api\/claims\?/);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('link', { name: 'Coho server assessment' }).waitFor();
  });

  test('names that are long, hostile or read from the right are shown as they are, and push nothing aside', async () => {
    const { prisma } = stage.database;
    for (const [number, name] of [
      [1_000_006, HOSTILE],
      [1_000_005, RTL],
      [1_000_008, LONG],
    ] as const) {
      await prisma.claim.update({ where: { number }, data: { name } });
      await prisma.contact.updateMany({ where: { claimNumber: number, side: 'customer' }, data: { company: name } });
    }
    const phone = await stage.open({ width: 320, height: 640 });
    for (const seen of [page, phone]) {
      await goTo(seen, `${stage.app.url}/tab/claims`);
      await seen.getByRole('link', { name: LONG }).waitFor();
      await stage.picture(seen, 'names');
      expect([await cutOff(seen), await axeFaults(seen)]).toEqual([[], []]);
      await goTo(seen, `${stage.app.url}/tab/claims/1000006`);
      await seen.getByRole('heading', { level: 1, name: HOSTILE }).waitFor();
      expect(await seen.locator('main img').count()).toBe(0);
      expect(await seen.title()).toBe('Claimdesk');
      await goTo(seen, `${stage.app.url}/tab/claims/1000008`);
      await stage.picture(seen, 'long-name');
      expect(await cutOff(seen)).toEqual([]);
      await seen.getByRole('button', { name: 'Re-send consent e-mail' }).click();
      await panelOf(seen).see(/Step 1 of/);
      await stage.picture(seen, 'long-name-form');
      expect(await cutOff(seen)).toEqual([]);
    }
    expect(stage.errors).toEqual([]);
  });
});
