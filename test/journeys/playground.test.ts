import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { PlaygroundPage } from '../support/playground.ts';
import { inBrowser, openStage, type Stage, steps } from '../support/playground-stage.ts';
import { recordOf } from '../support/record.ts';

inBrowser('in a browser', () => {
  let stage: Stage;
  let chat: PlaygroundPage;
  let customer: Page;
  const step = steps(() => stage);

  const picture = (page: Page, name: string) => stage.picture(page, name);
  const state = () => stage.local('state') as Promise<Record<string, Record<string, number>>>;
  const cardText = async () => (await chat.lastCard().textContent()) ?? '';

  beforeAll(async () => {
    stage = await openStage({ port: 56_210, folder: 'playground' });
    ({ chat, customer } = stage);
  });
  afterAll(() => stage?.stop());

  step('words nobody knows are answered with help and the nearest command', async () => {
    await chat.say('ad custmer');
    await chat.seeText('Did you mean “add customer”?');
    await picture(chat.page, 'help');
  });

  step('a partner adds a customer for two engagements, mends what was wrong, and loses nothing', async () => {
    await chat.say('add customer');
    await chat.seeText('What do you want to call it?');
    await chat.press('Next');
    expect(await cardText()).toContain('What do you want to call it?');
    await chat.fill('Friendly name', 'Fabrikam autumn workshops');
    await picture(chat.page, 'name');
    await chat.press('Next');
    await chat.seeText('Which of your locations runs it?');
    await chat.choose('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
    await picture(chat.page, 'location');
    await chat.press('Next');
    await chat.seeText('Who is the customer?');
    await chat.choose('Kind of identifier', 'Tenant ID');
    await chat.fill('Identifier', 'fabrikam.example');
    await chat.press('Next');
    await chat.seeText(/That is not a valid ID/);
    await chat.choose('Kind of identifier', 'Domain name');
    await chat.fill('Identifier', 'nowhere.example');
    await chat.press('Next');
    await chat.seeText(/No Microsoft tenant answers/);
    await picture(chat.page, 'identifier-unknown');
    await chat.fill('Identifier', 'fabrikam.example');
    await chat.press('Next');
    await chat.seeText('Which engagements?');
    await picture(chat.page, 'engagements');
    await chat.lastCard().getByRole('checkbox').nth(1).check();
    await chat.lastCard().getByRole('checkbox').nth(2).check();
    await chat.press('Next');
    await chat.seeText('Who are the contacts?');
    await chat.fill('Name of the contact', 'Anna de Vries');
    await chat.fill('E-mail of the contact', 'anna@fabrikam');
    await chat.press('Next');
    await chat.seeText(/Write one e-mail address/);
    await picture(chat.page, 'contacts-fault');
    expect(await chat.lastCard().getByText('Name of the contact').count()).toBeGreaterThan(0);
    await chat.fill('E-mail of the contact', 'anna@fabrikam.example');
    await chat.press('Next');
    await chat.seeText('Is everything right?');
    await picture(chat.page, 'review');
    await chat.press('Confirm');
    await chat.seeText('2 claims were made');
    await picture(chat.page, 'made');
  });

  step(
    'consent is asked by mail, and opening the mail’s link in a browser that runs scripts changes no row',
    async () => {
      const claim = /Claim (\d{7})/.exec(await cardText())?.[1];
      await chat.press(`Send consent e-mail (${claim})`);
      await chat.seeText(/Send consent e-mail · Step 1 of 3/);
      await picture(chat.page, 'consent-contacts');
      await chat.press('Next');
      await chat.seeText('How large is the deal?');
      await chat.fill('Deal size in US dollars', '1.000,50');
      await picture(chat.page, 'consent-deal-size');
      await chat.press('Next');
      await chat.seeText('Send this?');
      await picture(chat.page, 'consent-review');
      await chat.press('Send consent e-mail');
      await chat.seeText(/on its way/);
      const { app, database } = stage;
      await app.drain();
      const before = await recordOf({ database });

      expect(await stage.newestMail()).toMatchObject({ to: 'anna@fabrikam.example' });
      await customer.goto(await stage.newestLink());
      // What a mail scanner does: loads twice, lets scripts run, focuses, presses Enter where it can, leaves.
      await customer.reload();
      await customer.keyboard.press('Tab');
      await customer.keyboard.press('Enter');
      await customer.waitForURL(/lang=/);
      await customer.evaluate(
        'document.activeElement?.blur(); window.scrollTo(0, 1e6); window.dispatchEvent(new Event("beforeunload"))',
      );
      await customer.goto('about:blank');
      expect(await recordOf({ database })).toEqual(before);
    },
  );

  step('the customer accepts on a phone, and the partner reads it in the chat at once', async () => {
    const link = await stage.newestLink();
    await customer.goto(link);
    await picture(customer, 'consent-page-phone');
    await customer.check('#accept');
    await customer.fill('#name', 'Somebody Else');
    await customer.getByRole('button').click();
    expect(await customer.locator('[role=alert]').count()).toBe(1);
    await picture(customer, 'consent-page-fault');
    await customer.fill('#name', 'Anna de Vries');
    await customer.getByRole('button').click();
    await picture(customer, 'consent-thanks');
    await stage.app.drain();
    await chat.seeText('Consent received');
    await picture(chat.page, 'notice');
    await customer.goto(link);
    await picture(customer, 'consent-dead-link');
    await customer.goto(`${stage.app.url}/local/mail`);
    await customer.frameLocator('iframe').first().getByRole('link').first().waitFor();
    await picture(customer, 'mailbox');
  });

  step(
    'the customer who consented stands on the Customers page of other engagements, and is claimed from its row',
    async () => {
      await chat.say('customers');
      await chat.seeText('Customers of which engagement?');
      await picture(chat.page, 'customers-which');
      await chat.choose('Engagement', 'Secure Identities and Access · Security');
      await chat.press('Show customers');
      await chat.seeText(/Eligible \(\d+\)/);
      await picture(chat.page, 'customers-eligible');
      await chat.fill('Search by customer, claim or identifier', 'fabri');
      await chat.press('Search');
      await chat.seeText(/Only what matches/);
      await picture(chat.page, 'customers-found');
      await chat.press('Claim customer 1');
      await chat.seeText(/Claim customer · Step 2 of 6/);
      await chat.fill('Friendly name', 'Fabrikam, working together');
      await picture(chat.page, 'claim-customer-name');
      await chat.press('Next');
      await chat.seeText('Which of your locations runs it?');
      await chat.choose('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
      await chat.press('Next');
      await chat.seeText('Which engagements?');
      await picture(chat.page, 'claim-customer-engagements');
      await chat.press('Next');
      await chat.seeText('Who are the contacts?');
      await chat.press('Next');
      await chat.seeText('Is everything right?');
      await picture(chat.page, 'claim-customer-review');
      await chat.press('Confirm');
      await chat.seeText('One claim was made');
    },
  );

  step('who is out of reach says why, and what has ended is found', async () => {
    await chat.say('customers');
    await chat.seeText('Customers of which engagement?');
    await chat.choose('Engagement', 'Executive Order 14028 Workshop · Security');
    await chat.press('Show customers');
    await chat.seeText(/Ineligible or not known \(\d+\)/);
    await chat.press((await cardText()).match(/Ineligible or not known \(\d+\)/)?.[0] ?? '');
    await picture(chat.page, 'customers-ineligible');
    await chat.press((await cardText()).match(/Completed \(\d+\)/)?.[0] ?? '');
    await picture(chat.page, 'customers-completed');
  });

  step('an opportunity is paid by its value and the hours, and the review says what limits it', async () => {
    await chat.say('add customer');
    await chat.seeText('What do you want to call it?');
    await chat.fill('Friendly name', 'Contoso store operations');
    await chat.press('Next');
    await chat.seeText('Which of your locations runs it?');
    await chat.choose('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
    await chat.press('Next');
    await chat.seeText('Who is the customer?');
    await chat.choose('Kind of identifier', 'MSX opportunity ID · variable payment');
    await chat.fill('Identifier', '7-DEMO000003');
    await chat.press('Next');
    await chat.seeText(/This opportunity is closed/);
    await picture(chat.page, 'opportunity-closed');
    await chat.fill('Identifier', '7-DEMO000002');
    await chat.press('Next');
    await chat.seeText('Which engagements?');
    await chat.fill('Hours you will work', '1.5');
    await chat.press('Next');
    await chat.seeText(/Write a whole number of hours/);
    await picture(chat.page, 'hours-fault');
    await chat.fill('Hours you will work', '40');
    await chat.press('Next');
    await chat.seeText('Who are the contacts?');
    await chat.fill('Name of the contact', 'Anna de Vries');
    await chat.fill('E-mail of the contact', 'anna@contoso.example');
    await chat.press('Next');
    await chat.seeText('Proposed payout');
    await picture(chat.page, 'payout-review');
    await chat.press('Confirm');
    await chat.seeText('One claim was made');
    const claim = /Claim (\d{7})/.exec(await cardText())?.[1];
    await chat.press(`Open claim ${claim}`);
    await chat.seeText(/proposed until the customer consents/);
    await picture(chat.page, 'payout-claim');
  });

  step('where a list is too long to scroll it is searched', async () => {
    const { database } = stage;
    const { organisationId } = await database.prisma.location.findFirstOrThrow({ where: { partnerId: '90000101' } });
    await database.prisma.location.createMany({
      data: Array.from({ length: 40 }, (_, index) => ({
        ...{ id: `00000000-0000-4000-8000-0000000009${String(index).padStart(2, '0')}`, organisationId },
        ...{ partnerId: `9000${String(index).padStart(4, '0')}`, name: `Northbridge Branch ${index}`, country: 'NL' },
        ...{ enrolment: 'enrolled', facts: {} },
      })),
    });
    await chat.say('add customer');
    await chat.seeText('What do you want to call it?');
    await chat.fill('Friendly name', 'Many branches');
    await chat.press('Next');
    await chat.seeText('At most 15 are listed. Search to find others.');
    await chat.fill('Search by name or number', 'rotter');
    await chat.press('Search');
    // The only one that was found is chosen already.
    await chat.lastCard().locator('[value*="Rotterdam"], :text("Rotterdam")').first().waitFor();
    await picture(chat.page, 'location-searched');
    await chat.press('Next');
    await chat.seeText('Who is the customer?');
    await chat.press('Cancel');
    await chat.seeText('Form canceled');
  });

  step(
    'claims are listed by their next deadline, one claim tells its whole story, and all of it in Dutch too',
    async () => {
      await chat.say('claims');
      await chat.seeText('Claims at your locations');
      await picture(chat.page, 'claims');
      const { claims } = await state();
      expect(claims?.CONSENT_RECEIVED).toBe(3);
      expect(claims?.CUSTOMER_CLAIMED).toBe(4);
      await chat.say('nederlands');
      await chat.seeText(/Nederlands tegen u|Nederlands met u|in het Nederlands/);
      await chat.say('klant toevoegen');
      await chat.seeText(/Stap 1 van 6/);
      await picture(chat.page, 'dutch-name');
      await chat.say('claims');
      await chat.seeText('Claims van uw vestigingen');
      await picture(chat.page, 'dutch-claims');
    },
  );

  step('when the clock passes the deadline the claim expires and the partner is told', async () => {
    await stage.local('clock', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"advanceDays":31}',
    });
    const { claims } = await state();
    expect(claims?.CONSENT_EXPIRED).toBeGreaterThan(1);
    await chat.seeText(/verlopen/i);
    await picture(chat.page, 'dutch-expired');
  });

  step('what expired is started again, in a form that is filled in', async () => {
    await chat.say('klanten');
    await chat.seeText('Klanten van welk traject?');
    await chat.choose('Traject', 'Workshop Apparaatbeheer · Modern Work');
    await chat.press('Toon klanten');
    await chat.seeText(/Afgerond \(\d+\)/);
    await chat.press((await cardText()).match(/Afgerond \(\d+\)/)?.[0] ?? '');
    await picture(chat.page, 'dutch-completed');
    const claim = /Claim (\d{7})/.exec(await cardText())?.[1];
    await chat.press(`Claim ${claim} openen`);
    await chat.seeText(/Opnieuw beginnen/);
    await picture(chat.page, 'dutch-again');
    await chat.press('Opnieuw beginnen');
    await chat.seeText(/opnieuw beginnen\?/);
    await chat.press('Opnieuw beginnen');
    await chat.seeText('Klopt alles?');
    await picture(chat.page, 'dutch-again-review');
    await chat.press('Bevestigen');
    await chat.seeText(/aangemaakt|gemaakt/);
  });
});
