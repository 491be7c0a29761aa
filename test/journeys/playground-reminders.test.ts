import { afterAll, beforeAll, expect } from '@jest/globals';
import type { PlaygroundPage } from '../support/playground.ts';
import { inBrowser, openStage, type Stage, steps } from '../support/playground-stage.ts';

const CHANNEL = 'MCI approvals';
const CHAT = 'Personal Chat';

inBrowser('reminders and expiry notices in a browser', () => {
  let stage: Stage;
  let chat: PlaygroundPage;
  const step = steps(() => stage);

  const picture = (name: string) => stage.picture(chat.page, name);
  const seeOnCard = (text: string | RegExp) => chat.lastCard().getByText(text).first().waitFor();
  const onCard = async () => (await chat.lastCard().textContent()) ?? '';
  /** Days go by, and everything that they bring is said. */
  const move = (body: object) =>
    stage.local('clock', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  /** To the next morning, after the time of the list. */
  const nextMorning = async () => {
    const now = stage.app.ports.clock.now();
    const hours = 24 - now.getUTCHours() + 9;
    await move({ advanceHours: hours });
  };

  beforeAll(async () => {
    stage = await openStage({ port: 56_240, folder: 'playground-reminders' });
    chat = stage.chat;
  });
  afterAll(() => stage?.stop());

  step('a channel is set up for reminders and notices of claims', async () => {
    await chat.openChat(CHAT);
    await chat.say('hello');
    await seeOnCard('What Claimdesk can do here');
    await chat.openChat(CHANNEL);
    await chat.say('set up this channel');
    await seeOnCard('What is posted here');
    await chat.press('Reminders and notices of claims');
    await seeOnCard('Time of the daily list');
    await picture('subscription-form');
    await chat.fill('Time zone', 'Mars/Olympus');
    await chat.press('Save');
    await seeOnCard('There is no such time zone. Write one like Europe/Amsterdam.');
    await picture('subscription-fault');
    await chat.fill('Time zone', 'UTC');
    await chat.press('Save');
    await seeOnCard('Saved. Reminders of one day come as one list, at the time you chose.');
    await picture('subscription-saved');
  });

  step('a test notice comes there and tells its stations; the status counts it', async () => {
    await chat.say('test notice');
    await stage.app.drain();
    await chat.seeText('Taken up to be posted');
    await picture('test-notice');
    await chat.say('status');
    await seeOnCard('Posts arrive.');
    expect(await onCard()).toContain('test notice');
    await picture('status');
  });

  step('days go by, and the list of what is due is in the channel, grouped by what is to be done', async () => {
    // Half-way through a consent clock. The lists of the days that nobody was there for are one.
    await move({ advanceDays: 16 });
    await chat.openChat(CHANNEL);
    await chat.seeText(/claims need attention/);
    await seeOnCard(/Ask the customer for consent/);
    await picture('digest-in-channel');
  });

  step('a row of it opens a form, in the own chat of whoever pressed it', async () => {
    const [row] = /Send consent e-mail \(\d{7}\)/.exec(await onCard()) ?? [''];
    await chat.press(row);
    await chat.seeText('Opened in your personal chat with Claimdesk.');
    await picture('digest-row-pressed');
    await stage.app.drain();
    await chat.openChat(CHAT);
    await seeOnCard(/Send consent e-mail · Step 1 of 3/);
    await picture('form-in-own-chat');
    await chat.press('Cancel');
  });

  step('what alone is due on a morning is a plain card', async () => {
    await nextMorning();
    await chat.openChat(CHANNEL);
    await seeOnCard('Consent is due');
    await picture('one-reminder');
    await chat.openChat(CHAT);
  });

  step('in the own chat a reminder is put off, and one says what one wants to hear', async () => {
    await chat.say('settings');
    await seeOnCard('What you hear of');
    await picture('settings');
    await chat.choose('Expired claims', 'Say it with the daily list');
    await chat.press('Save');
    await seeOnCard('Your settings were saved.');
    await picture('settings-saved');
  });

  step('what expires is said, with the way on', async () => {
    await move({ advanceDays: 20 });
    await chat.openChat(CHANNEL);
    await chat.seeText(/expired|needs? attention/);
    await picture('expired-in-channel');
    const [again] = /Start again( \(\d{7}\))?/.exec(await onCard()) ?? [''];
    expect(again).not.toBe('');
    await nextMorning();
    await chat.openChat(CHAT);
    await picture('expired-in-own-chat');
    await chat.say('status');
    await seeOnCard('One channel is set up');
    await picture('all-channels');
  });
});
