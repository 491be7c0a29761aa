import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser, stepsOf } from '../support/playground-stage.ts';
import { goTo, openTabStage, panelOf, type TabStage } from '../support/tab-stage.ts';

inBrowser('the tab, in a browser', () => {
  let stage: TabStage;
  let page: Page;
  let customer: Page;
  let panel: ReturnType<typeof panelOf>;
  const step = stepsOf(() => stage.picture(page, 'failed'));
  const picture = (name: string) => stage.picture(page, name);
  // Behind the panel it is hidden from readers, and still in sight.
  const row = (text: string) => page.locator('[role=row]').filter({ hasText: text });

  beforeAll(async () => {
    stage = await openTabStage('tab-story');
    page = await stage.open();
    customer = await stage.open({ width: 390, height: 844 });
    panel = panelOf(page);
  });
  afterAll(() => stage?.stop());

  step('a partner adds a customer, and what was wrong is said beside what was typed', async () => {
    await goTo(page, `${stage.app.url}/tab/claims`);
    await picture('claims');
    await page.getByRole('button', { name: 'Add customer' }).click();
    await panel.see('What do you want to call it?');
    await panel.field('Friendly name').fill('Fabrikam autumn workshops');
    await picture('name');
    await panel.press('Next');
    await panel.see('Which of your locations runs it?');
    await panel.pick('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
    await picture('location');
    await panel.press('Next');
    await panel.see('Who is the customer?');
    await panel.pick('Kind of identifier', 'Tenant ID');
    await panel.field('Identifier').fill('fabrikam.example');
    await panel.press('Next');
    await panel.see(/That is not a valid ID/);
    await picture('identifier-fault');
    expect(await panel.panel.getByRole('textbox').inputValue()).toBe('fabrikam.example');
    await panel.pick('Kind of identifier', 'Domain name');
    await panel.press('Next');
    await panel.see('Which engagements?');
    await picture('engagements');
    await panel.panel.getByRole('checkbox').nth(1).check();
    await panel.panel.getByRole('checkbox').nth(2).check();
    await panel.press('Next');
    await panel.see('Who are the contacts?');
    await panel.field('Name of the contact').fill('Anna de Vries');
    await panel.field('E-mail of the contact').fill('anna@fabrikam');
    await panel.press('Next');
    await panel.see(/Write one e-mail address/);
    await picture('contacts-fault');
    expect(await panel.field('Name of the contact').inputValue()).toBe('Anna de Vries');
    expect(await panel.field('E-mail of the contact').inputValue()).toBe('anna@fabrikam');
    await panel.field('E-mail of the contact').fill('anna@fabrikam.example');
    await panel.press('Next');
    await panel.see('Is everything right?');
    await picture('review');
  });

  step('once it is confirmed the claims stand in the list behind the panel, which nobody reloaded', async () => {
    await page.evaluate('window.neverReloaded = true');
    await panel.press('Confirm');
    await panel.see('2 claims were made');
    await row('Fabrikam autumn workshops').nth(1).waitFor();
    await picture('made');
    await panel.panel.getByRole('button', { name: 'Close' }).click();
    await panel.panel.waitFor({ state: 'hidden' });
    expect(await page.evaluate('window.neverReloaded')).toBe(true);
    await picture('claims-with-it');
  });

  step('its page says what is next, and consent is asked from there', async () => {
    await row('Fabrikam autumn workshops').first().getByRole('link').click();
    await page.getByRole('heading', { name: 'Fabrikam autumn workshops', level: 1 }).waitFor();
    await picture('claim');
    await page.getByRole('button', { name: 'Send consent e-mail' }).click();
    await panel.see(/Send consent e-mail · Step 1 of 3/);
    await picture('consent-contacts');
    await panel.press('Next');
    await panel.see('How large is the deal?');
    await panel.field('Deal size in US dollars').fill('25,000');
    await panel.press('Next');
    await panel.see('Send this?');
    await picture('consent-review');
    await panel.press('Send consent e-mail');
    await panel.see(/on its way/);
    await picture('consent-sent');
    await page.keyboard.press('Escape');
    await panel.panel.waitFor({ state: 'hidden' });
    await page.getByText('Awaiting consent').first().waitFor();
  });

  step('when the customer has answered, the page shows it as soon as it is refreshed', async () => {
    await customer.goto(await stage.newestLink());
    await customer.check('#accept');
    await customer.fill('#name', 'Anna de Vries');
    await customer.getByRole('button').click();
    await customer.getByRole('heading', { level: 1, name: /Thank you/ }).waitFor();
    await stage.app.drain();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByText('Consent received').first().waitFor();
    await picture('consented');
  });

  step('evidence is given, the claim is submitted, and its history tells all of it', async () => {
    await page.getByRole('button', { name: 'Evidence', exact: true }).click();
    for (const item of ['Findings document', 'Survey of the customer']) {
      await panel.press(`Add: ${item}`);
      await panel.field('Name of the document').fill(item);
      await panel.field('Link').fill('https://northbridge.example/documents/autumn');
      await panel.press('Save');
      await panel.see('The link was kept.');
    }
    await picture('evidence-complete');
    await page.keyboard.press('Escape');
    await panel.panel.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Submit claim' }).click();
    await panel.see(/^Submit claim \d+\?$/);
    await picture('submit');
    await panel.press('Submit claim');
    await panel.see(/The claim was submitted/);
    await page.keyboard.press('Escape');
    await panel.panel.waitFor({ state: 'hidden' });
    const history = page.getByRole('region', { name: 'History' });
    await history.getByText('submitted the claim').waitFor();
    expect(await history.getByRole('listitem').allInnerTexts()).toEqual(
      [
        'submitted the claim',
        'added',
        'added',
        'gave consent',
        'was sent',
        'asked for consent',
        'added the customer',
      ].map((what) => expect.stringContaining(what)),
    );
    await picture('submitted');
  });

  step('a claim whose customer declined is started again, and one is canceled only after a question', async () => {
    await page.getByRole('tab', { name: 'Claims' }).click();
    await row('Fabrikam autumn workshops').filter({ hasText: 'Endpoint' }).getByRole('button').click();
    await panel.see(/Send consent e-mail · Step 1 of 3/);
    await panel.press('Next');
    await panel.field('Deal size in US dollars').fill('25,000');
    await panel.press('Next');
    await panel.press('Send consent e-mail');
    await panel.see(/on its way/);
    await panel.panel.getByRole('button', { name: 'Close' }).click();
    await customer.goto(await stage.newestLink());
    await customer.check('#decline');
    await customer.fill('#name', 'Anna de Vries');
    await customer.fill('#reason', 'Not this year.');
    await customer.getByRole('button').click();
    await stage.app.drain();
    await row('Endpoint').filter({ hasText: 'Fabrikam autumn workshops' }).getByRole('link').click();
    await page.getByText('Consent declined').first().waitFor();
    await picture('declined');
    await page.getByRole('button', { name: 'Start again' }).click();
    await panel.see(/Start again/);
    await panel.press('Start again');
    await panel.see('Is everything right?');
    await picture('again-review');
    await panel.press('Confirm');
    await panel.see('One claim was made');
    await panel.press(/^Open claim/);
    await panel.press('Cancel claim');
    await panel.see(/^Cancel claim \d+\?$/);
    await picture('cancel');
    await panel.press('Cancel the claim');
    await panel.see('The claim was canceled.');
    await page.keyboard.press('Escape');
    await panel.panel.waitFor({ state: 'hidden' });
  });

  step('who consented is claimed for another engagement from its row', async () => {
    await page.getByRole('tab', { name: 'Customers' }).click();
    const picker = page.getByRole('combobox', { name: 'Engagement' });
    await picker.fill('');
    await picker.pressSequentially('secure');
    await picture('engagement-sought');
    expect(await page.getByRole('listbox').getByRole('option').allInnerTexts()).toEqual([
      'Secure Identities and Access',
    ]);
    await page.getByRole('option', { name: 'Secure Identities and Access' }).click();
    await page.getByRole('searchbox').fill('fabri');
    await page.getByText('Customers to claim (1)').waitFor();
    await picture('customers-found');
    await page.getByRole('button', { name: /^Claim customer: Fabrikam/ }).click();
    await panel.see(/Claim customer · Step/);
    await panel.field('Friendly name').fill('Fabrikam, working together');
    await panel.press('Next');
    await panel.pick('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
    await panel.press('Next');
    await panel.see('Which engagements?');
    await panel.press('Next');
    await panel.see('Who are the contacts?');
    await panel.press('Next');
    await panel.see('Is everything right?');
    await panel.press('Confirm');
    await panel.see('One claim was made');
    await row('Fabrikam, working together').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Open claims (1)').or(page.getByText('Open claims (2)')).waitFor();
    await picture('customers-claimed');
    expect(stage.errors).toEqual([]);
  });
});
