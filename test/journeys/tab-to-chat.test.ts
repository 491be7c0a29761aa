import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { claimFor, newcomer } from '../support/newcomer.ts';
import { type Person, personIn, textOf } from '../support/person.ts';
import { refusalIn, tabOf } from '../support/tab.ts';
import { LEE, NOOR, ROBIN, startWorld, TAILSPIN, type World } from '../support/world.ts';

let world: World;
let robin: Person;
let claim: number;
beforeAll(async () => {
  world = await startWorld('pglite');
  robin = personIn(world, ROBIN);
  claim = await claimFor(robin, await newcomer(world, 'for-the-chat'));
});
afterAll(() => world?.stop());

const sendTo = (tab: ReturnType<typeof tabOf>, body: unknown) =>
  tab.send('/api/chat', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });

test('the tab puts a claim into the own chat, as the card that the chat itself would show', async () => {
  expect(await sendTo(tabOf(world, { objectId: ROBIN }), { claim })).toMatchObject({ status: 202, text: '{}' });
  const card = await robin.hear();
  expect(textOf(card)).toContain(`Claim ${claim}`);
  expect(textOf(await robin.press(card, 'Refresh'))).toContain(`Claim ${claim}`);
});

test('the card leads back to the claim in the tab', async () => {
  const card = await robin.say(`claim ${claim}`);
  const [url = ''] = JSON.stringify(card).match(/https:\/\/teams\.microsoft\.com\/l\/entity\/[^"]+/) ?? [];
  const link = new URL(url);
  expect(link.pathname).toMatch(/\/desk$/);
  expect(JSON.parse(link.searchParams.get('context') ?? '')).toEqual({ subEntityId: `claims/${claim}` });
  expect(link.searchParams.get('webUrl')).toBe(`https://claimdesk.example/tab/claims/${claim}`);
});

test('who never spoke to Claimdesk is told to, and nothing is posted', async () => {
  const came = await sendTo(tabOf(world, { objectId: NOOR, name: 'Noor Stand-In' }), { claim });
  expect(came.status).toBe(409);
  expect(refusalIn(came)).toMatchObject({ code: 'noChat', body: expect.stringMatching(/Say hello/) });
});

test('another organisation’s claim goes into nobody’s chat', async () => {
  const lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
  await lee.say('help');
  await world.app.drain();
  await sendTo(tabOf(world, { objectId: LEE, tenantId: TAILSPIN, name: 'Lee Tailspin' }), { claim });
  const said = textOf(await lee.hear());
  expect(said).toContain(`There is no claim ${claim} that you may see.`);
  expect(said).not.toContain('for-the-chat');
});

test.each([{}, { claim: '1000001' }, { claim: 0 }, { claim: 1.5 }, [], 'x'])(
  'nonsense is refused: %j',
  async (body) => {
    expect((await sendTo(tabOf(world, { objectId: ROBIN }), body)).status).toBe(400);
  },
);
