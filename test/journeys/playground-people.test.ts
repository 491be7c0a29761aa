import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { dataFor, type SeenCard, textOf } from '../support/person.ts';
import type { PlaygroundPage } from '../support/playground.ts';
import { inBrowser, openStage, type Stage, steps } from '../support/playground-stage.ts';

const CHANNEL = 'MCI approvals';
const CHAT = 'Personal Chat';

const TENANT = '00000000-0000-4000-8000-000000000001';

type Colleague = Readonly<{ id: string; objectId: string; name: string }>;
const SAM = { id: 'demo-user-sam', objectId: '00000000-0000-4000-8000-000000000021', name: 'Sam Norole' };
const JIP = { id: 'demo-user-jip', objectId: '00000000-0000-4000-8000-000000000025', name: 'Jip Newcomer' };

inBrowser('roles, stand-ins and channels in a browser', () => {
  let stage: Stage;
  let chat: PlaygroundPage;
  const step = steps(() => stage);

  const picture = (name: string) => stage.picture(chat.page, name);
  const cardText = async () => (await chat.lastCard().textContent()) ?? '';
  const seeOnCard = (text: string | RegExp) => chat.lastCard().getByText(text).first().waitFor();
  const told = () => stage.app.drain();

  /**
   * What a colleague presses in a chat of their own. The page acts for Robin alone, and the Playground lets nobody else
   * speak in its one personal chat: so the colleague speaks to the bot as the Playground would.
   */
  const press = async ({ id, objectId, name }: Colleague, verb: string, data: object): Promise<SeenCard> => {
    const response = await fetch(`${stage.app.url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        ...{ type: 'invoke', name: 'adaptiveCard/action', id: randomUUID(), channelId: 'msteams', locale: 'en-US' },
        serviceUrl: `${stage.url}/_connector`,
        from: { id, name, aadObjectId: objectId },
        recipient: { id: '00000000-0000-4000-8000-000000000010', name: 'Claimdesk' },
        conversation: { id: `chat-of-${id}`, conversationType: 'personal', tenantId: TENANT },
        channelData: { tenant: { id: TENANT } },
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      }),
    });
    const { value } = (await response.json()) as { value: SeenCard };
    return value;
  };
  const asks = async (colleague: Colleague, typed: Record<string, string>): Promise<void> => {
    const form = await press(colleague, 'access.start', {});
    const said = await press(colleague, 'access.send', dataFor(form, 'Send request', typed));
    expect(textOf(said)).toContain('Your request was sent');
    await told();
  };

  beforeAll(async () => {
    stage = await openStage({ port: 56_230, folder: 'playground-people' });
    chat = stage.chat;
  });
  afterAll(() => stage?.stop());

  step('who has no role asks for one, and an admin decides in the channel', async () => {
    await chat.openChat(CHANNEL);
    await chat.say('set up this channel');
    await seeOnCard('What is posted here');
    await chat.press('Set up');
    await seeOnCard('This channel is set up.');
    await asks(SAM, { role: 'incentivesUser', location: '*', why: 'I deliver the workshops in Utrecht.' });
    await seeOnCard('Access request');
    await picture('access-in-channel');
    await chat.press('Decide');
    await seeOnCard('Give the role');
    await picture('access-to-decide');
    await chat.press('Refuse');
    await seeOnCard('Why not');
    await chat.press('Refuse it');
    await seeOnCard('Say why.');
    await picture('access-refuse-fault');
    await chat.press('Back');
    await seeOnCard('Give the role');
    await chat.press('Give the role');
    await seeOnCard('Give this role?');
    await picture('access-give-question');
    await chat.press('Give it');
    await told();
    await seeOnCard('Given');
    await picture('access-given');
  });

  step('a request is made in a form that keeps what was typed', async () => {
    await chat.openChat(CHAT);
    await chat.say('request access');
    await seeOnCard('Why you need it');
    await picture('request-access');
    await chat.choose('Role', 'Seller · takes or declines co-sell deals');
    await chat.fill('Why you need it', 'To follow co-sell.');
    await chat.press('Send request');
    await seeOnCard('You hold this role already.');
    await picture('request-access-held');
  });

  step('a role is removed after a question, and the list shows who holds which', async () => {
    await asks(JIP, { role: 'incentivesUser', location: '*', why: 'New in Utrecht.' });
    await chat.say('people');
    await seeOnCard(/people hold a role/);
    await picture('people');
    await chat.fill('Search by name', 'sam');
    await chat.press('Search');
    await seeOnCard('One person holds a role');
    await picture('people-found');
    await chat.press('Change 1');
    await seeOnCard('Sam Norole');
    await picture('person');
    await chat.press('Remove 1');
    await seeOnCard('Remove this role?');
    await picture('remove-question');
    await chat.press('Remove the role');
    await seeOnCard('The role was removed.');
    await picture('role-removed');
    await told();
  });

  step('a stand-in is named for a period', async () => {
    await chat.say('stand-in');
    await seeOnCard('Stand-in for reviews');
    await picture('stand-in');
    await chat.choose('Who stands in for you', 'Alex Reviewer · alex.reviewer@northbridge.example');
    await chat.fill('Last day', '2020-01-01');
    await chat.press('Name stand-in');
    await seeOnCard('That day is over.');
    await picture('stand-in-fault');
    await chat.fill('Last day', new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10));
    await chat.press('Name stand-in');
    await seeOnCard('The stand-in was named, and told.');
    await picture('stand-in-named');
    await told();
  });

  step('nobody waits for a review, and all of it is said in Dutch', async () => {
    await chat.say('reviews');
    await seeOnCard('Nothing waits for a review.');
    await picture('reviews-none');
    await chat.say('nederlands');
    await seeOnCard('Vanaf nu spreekt Claimdesk Nederlands met u.');
    await picture('nl-help');
    await chat.say('mensen');
    await seeOnCard('Openstaande verzoeken');
    await picture('nl-people');
    await chat.press('Beslissen');
    await seeOnCard('De rol geven');
    await picture('nl-access-to-decide');
    await chat.say('vervanger');
    await seeOnCard('Vervanger voor beoordelingen');
    await picture('nl-stand-in');
    await chat.press('Vervanging 1 beëindigen');
    await seeOnCard('De vervanging is beëindigd.');
    await chat.say('toegang aanvragen');
    await seeOnCard('Waarom u de rol nodig hebt');
    await picture('nl-request-access');
  });

  step('a channel is set up again, in Dutch, and left alone after a question', async () => {
    await chat.openChat(CHANNEL);
    await chat.say('kanaal instellen');
    await seeOnCard('Wat hier wordt geplaatst');
    await chat.choose('Taal', 'Nederlands');
    await picture('nl-channel-form');
    await chat.press('Instellen');
    await seeOnCard('Dit kanaal is ingesteld.');
    await picture('nl-channel-set-up');
    await chat.press('Niets meer plaatsen');
    await seeOnCard('Hier niets meer plaatsen?');
    await picture('nl-channel-question');
    await chat.press('Hier niets meer plaatsen');
    await seeOnCard('Hier wordt niets meer geplaatst');
    await picture('nl-channel-removed');
    expect(await cardText()).toContain('kanaal instellen');
  });
});
