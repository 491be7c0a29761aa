import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { manyCustomers } from '../support/many-customers.ts';
import { inBrowser, stepsOf } from '../support/playground-stage.ts';
import { openTabStage, type TabStage } from '../support/tab-stage.ts';

const COUNT = 2_000;

inBrowser(`a list of ${COUNT} customers in a browser`, () => {
  let stage: TabStage;
  let page: Page;
  /** Every stretch of rows that was asked for: how many rows before it were left out, and after which. */
  const asked: string[] = [];
  const step = stepsOf(() => stage.picture(page, 'failed'));
  const seen = (name: string) => page.getByText(name, { exact: true });
  const inPage = () => page.locator('[role=row]').count();
  const names = () => page.locator('[role=row] .cell.customer strong').allInnerTexts();

  beforeAll(async () => {
    stage = await openTabStage('tab-long-list');
    const { organisationId } = await stage.database.prisma.location.findFirstOrThrow({
      where: { partnerId: '90000101' },
    });
    await manyCustomers(stage.database, { organisationId, count: COUNT, since: new Date('2026-01-05T12:00:00Z') });
    page = await stage.open();
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/api/customers') asked.push(url.search);
    });
    await page.goto(`${stage.app.url}/tab/customers/mw-endpoint-management?show=customers`);
  });
  afterAll(() => stage?.stop());

  step('only the rows in sight are in the page, and only their stretch was asked for', async () => {
    await seen('Customer 000001').waitFor();
    expect(await inPage()).toBeLessThan(40);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toMatch(/^20\d\d$/);
    expect(asked).toHaveLength(1);
    await stage.picture(page, 'beginning');
  });

  step('End leads to the last row, whose stretch is asked for and none in between', async () => {
    await page.getByRole('region', { name: 'Eligible' }).focus();
    await page.keyboard.press('End');
    await seen(`Customer 00${COUNT}`).waitFor();
    await stage.picture(page, 'end');
    expect(await inPage()).toBeLessThan(40);
    const skipped = asked.map((search) => Number(new URLSearchParams(search).get('skip')));
    // What is passed at the beginning is its neighbour; the rest stands around the last row.
    expect(skipped.filter((skip) => skip > 0 && skip < 1_850)).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  step('the right rows are read on from there, in their order', async () => {
    await page.mouse.move(600, 500);
    for (let times = 0; times < 10; times += 1) await page.mouse.wheel(0, -400);
    await page.locator('[aria-busy=false]').first().waitFor();
    await page.locator('.waiting').first().waitFor({ state: 'detached' });
    const there = await names();
    expect(there.length).toBeGreaterThan(5);
    expect(there).toEqual(there.toSorted());
    const first = Number(there[0]?.slice('Customer '.length));
    expect(there).toEqual(there.map((_, index) => `Customer ${String(first + index).padStart(6, '0')}`));
  });

  step('turned around, it begins with the last; and no stretch was asked for twice', async () => {
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'Customer', exact: true }).click();
    await page.locator('[role=columnheader][aria-sort=descending]').waitFor();
    await page.getByRole('region', { name: 'Eligible' }).focus();
    await page.keyboard.press('Home');
    await seen(`Customer 00${COUNT}`).waitFor();
    await stage.picture(page, 'descending');
    expect(asked).toEqual([...new Set(asked)]);
    expect(stage.errors).toEqual([]);
  });
});
