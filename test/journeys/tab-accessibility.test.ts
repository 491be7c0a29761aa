import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser } from '../support/playground-stage.ts';
import { axeFaults, cutOff, type Look, tooSmall } from '../support/tab-browser.ts';
import { goTo, openTabStage, panelOf, type TabStage } from '../support/tab-stage.ts';

/** Every sort of place there is: lists with rows and without, claims in each state, one that is none. */
const PLACES = [
  'customers/sec-usage-identities',
  'customers/mw-endpoint-management?list=ineligible',
  'customers/none-of-this-name',
  'customers/mw-endpoint-management?list=completed',
  'customers?find=nobody+is+called+this',
  'claims',
  'claims?group=ended',
  'claims?find=nobody+is+called+this',
  'claims/1000001',
  'claims/1000006',
  'claims/1000008',
  'claims/999',
  'overview',
];

const LOOKS: readonly (readonly [string, string, Look, readonly string[]])[] = [
  ['wide', 'in English, in the light', {}, PLACES],
  [
    'phone',
    'at 320 pixels, in Dutch, in the dark',
    { width: 320, height: 640, locale: 'nl-NL', dark: true },
    // Lists with rows, what is said in place of rows, a claim, none, and charts.
    PLACES.filter((_, at) => [0, 2, 5, 7, 9, 11, 12].includes(at)),
  ],
  // The colours a system of high contrast puts in place are not what axe reads, but where it is dark: Fluent's own.
  [
    'contrast',
    'in a system of high contrast',
    { dark: true, contrast: true },
    ['claims', 'claims/1000006', 'overview'],
  ],
];

inBrowser('the tab and the consent page, for everybody', () => {
  let stage: TabStage;
  beforeAll(async () => {
    stage = await openTabStage('tab-accessibility');
  });
  afterAll(() => stage?.stop());

  /** Nothing is wrong with what is shown, nothing is cut off, and a finger finds everything. */
  const expectSound = async (page: Page, name: string) => {
    await stage.picture(page, name);
    expect({ name, axe: await axeFaults(page), cutOff: await cutOff(page), tooSmall: await tooSmall(page) }).toEqual({
      ...{ name, axe: [], cutOff: [], tooSmall: [] },
    });
  };

  test.each(LOOKS)('every page, %s: %s', async (look, _what, as, places) => {
    const page = await stage.open(as);
    for (const place of places) {
      await goTo(page, `${stage.app.url}/tab/${place}`);
      await expectSound(page, `${look}-${place.replaceAll(/\W+/g, '-')}`);
    }
    expect(stage.errors).toEqual([]);
  });

  test.each([
    ['wide', {}],
    ['phone', { width: 320, height: 640, dark: true }],
  ] as const)('every step of a form, with what was wrong and without: %s', async (look, as) => {
    const page = await stage.open(as);
    const { press, see, pick, field, panel } = panelOf(page);
    const sound = (name: string) => expectSound(page, `${look}-form-${name}`);
    await goTo(page, `${stage.app.url}/tab/claims`);
    await page.getByRole('button', { name: 'Add customer' }).click();
    await see('What do you want to call it?');
    await sound('name');
    await panel.getByRole('button', { name: 'Next' }).click();
    await sound('name-missing');
    await field('Friendly name').fill(`Contoso, ${look}`);
    await press('Next');
    await see('Which of your locations runs it?');
    await sound('location');
    await pick('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
    await press('Next');
    await see('Who is the customer?');
    await pick('Kind of identifier', 'Domain name');
    await field('Identifier').fill('nowhere.example');
    await press('Next');
    await see(/No Microsoft tenant answers/);
    await sound('identifier-fault');
    await field('Identifier').fill('contoso.example');
    await press('Next');
    await see('Which engagements?');
    await sound('engagements');
    await panel.getByRole('checkbox').first().check();
    await press('Next');
    await see('Who are the contacts?');
    await field('Name of the contact').fill('Anna de Vries');
    await field('E-mail of the contact').fill('anna');
    await press('Next');
    await see(/Write one e-mail address/);
    await sound('contacts-fault');
    await field('E-mail of the contact').fill('anna@contoso.example');
    await press('Next');
    await see('Is everything right?');
    await sound('review');
    await press('Cancel');
    await see('Form canceled');
    await sound('canceled');
  });

  test('what is done with a claim, card by card', async () => {
    const page = await stage.open({ width: 320, height: 640 });
    const { press, see } = panelOf(page);
    await goTo(page, `${stage.app.url}/tab/claims/1000006`);
    await page.getByRole('button', { name: 'Evidence', exact: true }).click();
    await see(/^Evidence for claim/);
    await expectSound(page, 'claim-evidence');
    await press('Add: Assessment report');
    await see('Link');
    await expectSound(page, 'claim-evidence-add');
    await goTo(page, `${stage.app.url}/tab/claims/1000008`);
    await page.getByRole('button', { name: 'Cancel claim' }).click();
    await see(/^Cancel claim/);
    await expectSound(page, 'claim-cancel');
  });

  test('the consent page: open, with what was wrong, answered, and dead', async () => {
    const page = await stage.open();
    const { press, field, see } = panelOf(page);
    await goTo(page, `${stage.app.url}/tab/claims/1000008`);
    await page.getByRole('button', { name: 'Send consent e-mail' }).click();
    await see(/Step 1 of 3/);
    await press('Next');
    await field('Deal size in US dollars').fill('25,000');
    await press('Next');
    await press('Send consent e-mail');
    const link = await stage.newestLink();
    const contact = await stage.database.prisma.contact.findFirstOrThrow({
      where: { claimNumber: 1_000_008, side: 'customer' },
    });
    for (const look of [{}, { width: 320, height: 640, dark: true }]) {
      const customer = await stage.open(look);
      for (const lang of ['en', 'nl']) {
        await customer.goto(`${link}?lang=${lang}`);
        await expectSound(customer, `consent-${lang}`);
        await customer.check('#decline');
        await customer.fill('#name', 'Somebody Else');
        await customer.getByRole('button').click();
        await customer.getByRole('alert').waitFor();
        await expectSound(customer, `consent-${lang}-fault`);
        await customer.goto(`${link}gone?lang=${lang}`);
        await expectSound(customer, `consent-${lang}-dead`);
      }
    }
    const customer = await stage.open({ width: 320, height: 640 });
    await customer.goto(`${link}?lang=nl`);
    await customer.check('#accept');
    await customer.fill('#name', contact.name ?? '');
    await customer.getByRole('button').click();
    await customer.locator('form').waitFor({ state: 'detached' });
    await expectSound(customer, 'consent-thanks');
  });
});
