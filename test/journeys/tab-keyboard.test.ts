import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, stepsOf } from '../support/playground-stage.ts';
import { until } from '../support/tab-browser.ts';
import { goTo, openTabStage, type TabStage } from '../support/tab-stage.ts';

/** Where the focus is, as a reader would say it; and whether it can be seen there. */
type At = { readonly name: string; readonly role: string; readonly ring: boolean; readonly inPanel: boolean };

const AT = `(() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  // Fluent draws its ring as a border of what comes after, browsers and cards as an outline.
  const after = getComputedStyle(at, '::after');
  const wrap = at.closest('.fui-Input, .fui-SearchBox, .fui-Select, .fui-Combobox, .fui-Dropdown, .fui-Switch');
  const ring = at.matches(':focus-visible') && (
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !/rgba\\(.*, 0\\)|transparent/.test(style.outlineColor)) ||
    style.boxShadow !== 'none' || style.textDecorationStyle === 'double' || after.boxShadow !== 'none' || (after.outlineStyle !== 'none' && parseFloat(after.outlineWidth) > 0) ||
    (after.content !== 'none' && parseFloat(after.borderTopWidth) >= 1) || wrap !== null);
  const labels = (at.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean).map((id) => document.getElementById(id)?.textContent ?? '');
  return {
    name: (labels.join(' ') || at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent || '').trim().slice(0, 80),
    role: at.getAttribute('role') ?? at.tagName.toLowerCase(),
    ring,
    inPanel: at.closest('[role=dialog]') !== null,
  };
})()`;

inBrowser('the tab with a keyboard alone', () => {
  let stage: TabStage;
  let page: Page;
  const step = stepsOf(() => stage.picture(page, 'failed'));
  const at = () => page.evaluate(AT) as Promise<At>;
  const press = (key: string) => page.keyboard.press(key);

  /** Tabs on until the focus is on what is sought. Fails where it stands on something that shows no ring. */
  const tabTo = async (name: string | RegExp, key = 'Tab'): Promise<At> => {
    const passed: string[] = [];
    for (let times = 0; times < 60; times += 1) {
      await press(key);
      const now = await at();
      passed.push(`${now.role}: ${now.name}`);
      if (!now.ring)
        throw new Error(`the focus cannot be seen on ${now.role} ${now.name}; passed: ${passed.join(' | ')}`);
      if (typeof name === 'string' ? now.name === name : name.test(now.name)) return now;
    }
    throw new Error(`${String(name)} is not reached; passed: ${passed.join(' | ')}`);
  };
  /** Presses a button, and waits for its answer. */
  const act = async () => {
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/actions'));
    await press('Enter');
    await answered;
    await page.locator('[role=dialog] [aria-busy="false"]').waitFor();
  };
  const see = (text: string | RegExp) => page.getByText(text).first().waitFor();

  beforeAll(async () => {
    stage = await openTabStage('tab-keyboard');
    page = await stage.open();
    await goTo(page, `${stage.app.url}/tab/claims`);
  });
  afterAll(() => stage?.stop());

  step('the first key leads past everything that stands on every page', async () => {
    expect((await tabTo('Go to the content')).role).toBe('button');
    await stage.picture(page, 'skip');
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('content');
    await tabTo(/^Find by/);
    await stage.picture(page, 'search');
  });

  step('pages are changed, and lists sorted by their headings', async () => {
    await tabTo(/^All/);
    await press('ArrowRight');
    await press('Enter');
    await page.waitForURL(/group=consent/);
    await press('ArrowLeft');
    await press('Enter');
    await page.waitForURL((url) => !url.search.includes('group'));
    await page.locator('[role=columnheader] button').first().waitFor();
    await tabTo('Customer');
    await stage.picture(page, 'heading');
    await press('Enter');
    await page.locator('[role=columnheader][aria-sort=ascending]').filter({ hasText: 'Customer' }).waitFor();
    await press('Enter');
    await page.locator('[role=columnheader][aria-sort=descending]').filter({ hasText: 'Customer' }).waitFor();
    const first = page.locator('[role=row] .cell.customer').nth(1);
    await first.getByText('Woodgrove Bank N.V.').waitFor();
  });

  step('a claim is made from the first key to the last, without a mouse', async () => {
    await tabTo('Add customer', 'Shift+Tab');
    await stage.picture(page, 'add');
    await act();
    await see('What do you want to call it?');
    await tabTo(/^Friendly name/);
    await page.keyboard.type('Made by keys');
    await tabTo('Next');
    await stage.picture(page, 'next');
    await act();
    await see('Which of your locations runs it?');
    await tabTo(/^Location/);
    await page.keyboard.type('Northbridge Am');
    await tabTo('Next');
    await act();
    await see('Who is the customer?');
    await tabTo(/Domain name/);
    await press(' ');
    await tabTo(/^Identifier/);
    await page.keyboard.type('fabrikam.example');
    await tabTo('Next');
    await act();
    await see('Which engagements?');
    await tabTo(/Endpoint Management/);
    await press(' ');
    await stage.picture(page, 'engagement');
    await tabTo('Next');
    await act();
    await see('Who are the contacts?');
    await tabTo(/^Name of the contact/);
    await page.keyboard.type('Anna de Vries');
    await tabTo(/^E-mail of the contact/);
    await page.keyboard.type('anna@fabrikam.example');
    await tabTo('Next');
    await act();
    await see('Is everything right?');
    await tabTo('Confirm');
    await act();
    await see('One claim was made');
    await stage.picture(page, 'made');
  });

  step('the panel keeps the focus, Escape closes it, and the focus is where it was', async () => {
    for (let times = 0; times < 12; times += 1) {
      await press('Tab');
      const { inPanel, name } = await at();
      expect([inPanel, name]).toEqual([true, name]);
    }
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await until(page, 'document.activeElement !== document.body');
    expect(await at()).toMatchObject({ name: 'Add customer', role: 'button' });
  });

  step('a list that is longer than its window is reached and scrolled by keys', async () => {
    await page.setViewportSize({ width: 1280, height: 460 });
    await tabTo('Claims');
    expect((await at()).role).toBe('section');
    await stage.picture(page, 'list');
    await press('End');
    await until(page, 'document.activeElement.scrollTop > 50');
    await stage.picture(page, 'list-end');
  });
});
