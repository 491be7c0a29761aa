import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ACCEPT, answer, asked, statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { type Person, personIn, textOf } from '../support/person.ts';
import { ALEX, ENGINES, startWorld, type World } from '../support/world.ts';

const APPROVALS = { id: '19:approvals@thread.tacv2', teamId: '19:team@thread.tacv2', name: 'MCI approvals' };

describe.each(ENGINES)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let alex: Person;
  let alexChat: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    partner = await colleague(world);
    alexChat = personIn(world, ALEX, { name: 'Alex Reviewer' });
    alex = personIn(world, ALEX, { name: 'Alex Reviewer', channel: APPROVALS });
  }, 120_000);
  afterAll(() => world.stop());

  test('a claim goes from consent to approved, by way of the channel', async () => {
    const form = await alex.say('set up this channel');
    await world.app.drain();
    const card = await alex.press(form, 'Set up', { duties: 'reviews,access', scope: '*', language: 'en' });
    expect(textOf(card)).toContain('This channel is set up.');
    await world.app.drain();
    world.connector.takePosts(APPROVALS.id);

    const { claim, link } = await asked(world, partner, 'fabrikam-review');
    await answer(world, link, ACCEPT);
    expect(textOf(await partner.hear())).toContain('Consent received');
    let mine = await partner.tap('claim.show', { claim });
    console.log(textOf(mine));
    mine = await partner.press(mine, 'Evidence');
    mine = await partner.press(mine, 'Add: Findings document');
    mine = await partner.press(mine, 'Save', { title: 'Findings', url: 'https://files.example/f.pdf', note: '' });
    mine = await partner.press(mine, 'Add: Survey of the customer');
    mine = await partner.press(mine, 'Save', { title: 'Survey', url: 'https://files.example/s.pdf', note: 'a note' });
    mine = await partner.press(mine, 'Submit claim');
    mine = await partner.press(mine, 'Submit claim', { remark: 'First line\nSecond line' });
    console.log(textOf(mine));
    await world.app.drain();
    expect(await statusOf(world, claim)).toBe('SUBMITTED');
    const shared = await alex.hear();
    console.log(textOf(shared));
    let review = await alex.press(shared, 'Review');
    console.log(textOf(review));
    review = await alex.press(review, 'Start review');
    review = await alex.press(review, 'Approve');
    console.log(textOf(review));
    review = await alex.press(review, 'Approve the claim');
    console.log(textOf(review));
    await world.app.drain();
    console.log(textOf(await partner.hear()));
    expect(await statusOf(world, claim)).toBe('APPROVED');
    console.log(textOf(await alex.hear()));
    void alexChat;
  }, 60_000);
});
