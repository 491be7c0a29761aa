import { afterAll, beforeAll, expect } from '@jest/globals';
import { reviewKey } from '../../domain/review/submit-claim.ts';
import type { PlaygroundPage } from '../support/playground.ts';
import { addFabrikam } from '../support/playground-forms.ts';
import { inBrowser, openStage, type Stage, steps } from '../support/playground-stage.ts';

const CHANNEL = 'MCI approvals';
const CHAT = 'Personal Chat';

inBrowser('a claim’s evidence, review and dispute in a browser', () => {
  let stage: Stage;
  let chat: PlaygroundPage;
  let claim: string;
  const step = steps(() => stage);

  const picture = (name: string) => stage.picture(chat.page, name);
  const cardText = async () => (await chat.lastCard().textContent()) ?? '';
  /** Waits until the newest card itself shows the text: older cards of the conversation may show it as well. */
  const seeOnCard = (text: string | RegExp) => chat.lastCard().getByText(text).first().waitFor();
  /** All that others are to hear has been posted. */
  const told = () => stage.app.drain();

  const keepLink = async (item: string, url: string) => {
    await chat.press(item);
    await seeOnCard('Name of the document');
    await chat.fill('Link', url);
    await chat.press('Save');
    await seeOnCard('The link was kept.');
  };
  const submitAndTell = async (remark: string) => {
    await chat.press('Submit claim');
    await seeOnCard(`Submit claim ${claim}?`);
    await chat.fill('Note for the reviewers (optional)', remark);
    await picture('submit-question');
    await chat.press('Submit claim');
    await seeOnCard('The claim was submitted.');
    await told();
  };
  /**
   * The same of the card in the channel. The Playground's page misses an edit now and then while another chat is open,
   * and keeps no messages to ask for again: once the record says that the edit was taken, it is sent once more.
   */
  const seeOnShared = async (text: string | RegExp) => {
    const notice = await stage.app.ports.reads.notices.findByKey(reviewKey(Number(claim)));
    expect(notice).toMatchObject({ state: 'delivered', shown: notice?.revision });
    const shown = chat.lastCard().getByText(text).first();
    await shown.waitFor({ timeout: 5_000 }).catch(async () => {
      await stage.app.ports.inTx((tx) => tx.notices.amend([reviewKey(Number(claim))]));
      await told();
      await shown.waitFor();
    });
  };
  /** In Teams the card is made anew for a reviewer by itself; the Playground leaves that to a press. */
  const review = async (button: string) => {
    await chat.openChat(CHANNEL);
    await seeOnShared('Only reviewers can decide.');
    await chat.press('Review');
    await chat.lastCard().getByRole('button', { name: button, exact: true }).waitFor();
  };

  beforeAll(async () => {
    stage = await openStage({ port: 56_220, folder: 'playground-review' });
    chat = stage.chat;
  });
  afterAll(() => stage?.stop());

  step('a channel is set up for reviews and access requests where it is said', async () => {
    await chat.openChat(CHANNEL);
    await chat.say('set up this channel');
    await seeOnCard('What is posted here');
    await chat.check('What is posted here', ['Reviews of submitted claims', 'Access requests']);
    await chat.choose('For whom', 'Every organisation');
    await chat.choose('Language', 'English');
    await picture('channel-form');
    await chat.press('Set up');
    await seeOnCard('This channel is set up.');
    await picture('channel-set-up');
  });

  step('a customer is added, asked, and gives consent', async () => {
    await chat.openChat(CHAT);
    claim = await addFabrikam(
      chat,
      'Fabrikam devices, autumn',
      'Endpoint Management Workshop · Modern Work · 5,000\u00a0USD',
    );
    await chat.press(`Send consent e-mail (${claim})`);
    await seeOnCard(/Send consent e-mail · Step 1 of 3/);
    await chat.press('Next');
    await seeOnCard('How large is the deal?');
    await chat.fill('Deal size in US dollars', '25000');
    await chat.press('Next');
    await seeOnCard('Send this?');
    await chat.press('Send consent e-mail');
    await chat.seeText(/on its way/);
    await told();

    const { customer } = stage;
    await customer.goto(await stage.newestLink());
    await customer.check('#accept');
    await customer.fill('#name', 'Anna de Vries');
    await customer.getByRole('button').click();
    await customer.getByText('Thank you').waitFor();
    await told();
    await chat.seeText('Consent received');
  });

  step(
    'evidence is a list of links: one that is no https link is refused at its field, and nothing typed is lost',
    async () => {
      await chat.press(`Open claim ${claim}`);
      await seeOnCard('Evidence (0 of 3)');
      await picture('claim-consent-received');
      await chat.press('Evidence');
      await seeOnCard(`Evidence for claim ${claim}`);
      await picture('evidence-none');
      await chat.press('Add: Findings document');
      await seeOnCard('Name of the document');
      await chat.fill('Name of the document', 'Findings, version 3');
      await chat.fill('Link', 'http://files.fabrikam.example/findings');
      await chat.fill('Note for the reviewers (optional)', 'Page four has the summary.');
      await chat.press('Save');
      await seeOnCard(/Only links that begin with https/);
      await picture('evidence-link-fault');
      const typed = await chat.lastCard().locator('input, textarea').evaluateAll(valuesOf);
      expect(typed).toEqual([
        'Findings, version 3',
        'http://files.fabrikam.example/findings',
        'Page four has the summary.',
      ]);
      await chat.fill('Link', 'https://files.fabrikam.example/findings');
      await chat.press('Save');
      await seeOnCard('The link was kept.');
      await picture('evidence-one');
      await keepLink('Add: Survey of the customer', 'https://forms.fabrikam.example/survey/17');
      await seeOnCard('Everything that is required is there.');
      await picture('evidence-complete');
      await chat.press('Back to the claim');
      await seeOnCard('Evidence (2 of 3)');
      await picture('claim-complete-not-submitted');
    },
  );

  step('evidence is submitted, and what waits for a review is read, in a narrow window', async () => {
    const narrow = await stage.openNarrow();
    try {
      await narrow.say(`claim ${claim}`);
      await narrow.seeText('Evidence (2 of 3)');
      await narrow.press('Evidence');
      await narrow.lastCard().getByText('Everything that is required is there.').first().waitFor();
      await stage.picture(narrow.page, 'narrow-evidence');
      await narrow.press('Change: Findings document');
      await narrow.lastCard().getByText('Name of the document').first().waitFor();
      await stage.picture(narrow.page, 'narrow-evidence-item');
      await narrow.press('Back');
      await narrow.lastCard().getByText('Everything that is required is there.').first().waitFor();
      await narrow.press('Submit claim');
      await narrow.lastCard().getByText(`Submit claim ${claim}?`).first().waitFor();
      await stage.picture(narrow.page, 'narrow-submit-question');
      await narrow.fill('Note for the reviewers (optional)', 'The sessions were in the last week of October.');
      await narrow.press('Submit claim');
      await narrow.lastCard().getByText('The claim was submitted.').first().waitFor();
      await told();
      await narrow.say('reviews');
      await narrow.seeText('One claim waits for a review');
      await stage.picture(narrow.page, 'narrow-reviews');
      await narrow.press(`Review ${claim}`);
      await narrow.lastCard().getByText('Start review').first().waitFor();
      await stage.picture(narrow.page, 'narrow-review');
    } finally {
      await narrow.close();
    }
  });

  step('a submitted claim comes to the channel, where a reviewer starts and asks for more', async () => {
    await chat.openChat(CHANNEL);
    await seeOnCard(`Review of claim ${claim}`);
    await picture('review-in-channel');
    await review('Start review');
    await picture('review-by-reviewer');
    await chat.press('Start review');
    await told();
    await seeOnCard('Under review');
    await review('Ask for more');
    await picture('review-under-review');
    await chat.press('Ask for more');
    await seeOnCard('What the partner is to do');
    await chat.press('Send to the partner');
    await seeOnCard('Write a comment.');
    await picture('ask-for-more-refused');
    await chat.fill('What the partner is to do', 'Page four of the findings is missing.\nPlease add it.');
    await chat.press('Send to the partner');
    await told();
    await seeOnCard('Action required');
    await picture('review-action-required');
  });

  step('the partner hears what is missing, replaces it, and the reviewers see it below their card', async () => {
    await chat.openChat(CHAT);
    await chat.seeText(/Page four of the findings is missing/);
    await picture('notice-action-required');
    await chat.press(`Open claim ${claim}`);
    await seeOnCard('Evidence (2 of 3)');
    await picture('claim-action-required');
    await chat.press('Evidence');
    await seeOnCard(`Evidence for claim ${claim}`);
    await keepLink('Change: Findings document', 'https://files.fabrikam.example/findings-4');
    await submitAndTell('Page four is in it now.');

    await chat.openChat(CHANNEL);
    await chat.seeText('Submitted again');
    await seeOnShared(/^Submitted/);
    await picture('review-submitted-again');
  });

  step('a rejection comes with its reason, and is disputed once', async () => {
    await review('Start review');
    await chat.press('Start review');
    await told();
    await seeOnCard('Under review');
    await review('Reject');
    await chat.press('Reject');
    await seeOnCard(`Reject claim ${claim}?`);
    await chat.choose('Reason', 'Dates are missing or too old');
    await chat.fill('Comment', 'The survey has no date.');
    await picture('reject-question');
    await chat.press('Reject the claim');
    await told();
    await seeOnCard('Rejected');
    await picture('review-rejected');

    await chat.openChat(CHAT);
    await chat.seeText(/The survey has no date/);
    await picture('notice-rejected');
    await chat.press(`Open claim ${claim}`);
    await seeOnCard('Dispute the rejection');
    await picture('claim-rejected');
    await chat.press('Dispute the rejection');
    await seeOnCard('Why the rejection is wrong');
    await picture('dispute-question');
    await chat.fill('Why the rejection is wrong', 'The date is on the last page of the survey.');
    await chat.press('Dispute');
    await seeOnCard('The rejection is disputed.');
    await picture('claim-disputed');
    await submitAndTell('');
  });

  step('the disputed claim is approved, and the claim says for how much and how it came about', async () => {
    await review('Start review');
    await picture('review-disputed');
    await chat.press('Start review');
    await told();
    await seeOnCard('Under review');
    await review('Approve');
    await chat.press('Approve');
    await seeOnCard(`Approve claim ${claim}?`);
    await picture('approve-question');
    await chat.press('Approve the claim');
    await told();
    await seeOnCard('Approved');
    await picture('review-approved');

    await chat.openChat(CHAT);
    await chat.seeText(/was approved|is approved|approved/i);
    await picture('notice-approved');
    await chat.press(`Open claim ${claim}`);
    await seeOnCard(/5,000\sUSD \(final/);
    await picture('claim-approved');
    await chat.press((await cardText()).match(/Earlier history \(\d+\)/)?.[0] ?? '');
    await seeOnCard('The customer gave consent');
    await picture('claim-history');
  });
});

const valuesOf = (inputs: readonly unknown[]): string[] =>
  inputs.map((input) => (input as { readonly value: string }).value);
