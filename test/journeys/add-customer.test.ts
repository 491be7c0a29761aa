import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claimsOn, fillIntake, sendConsent } from '../support/intake.ts';
import { type Person, personIn, textOf } from '../support/person.ts';
import { ENGINES, ROBIN, startWorld, type World } from '../support/world.ts';

describe.each(ENGINES)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
  });
  afterAll(() => world?.stop());

  test('R9: a partner adds a customer, the customer accepts, and the partner hears at once', async () => {
    let card = await fillIntake(robin, { engagements: ['Endpoint', 'Secure Identities'] });
    expect(textOf(card)).toContain('Is everything right?');
    card = await robin.press(card, 'Confirm');
    const claims = claimsOn(card);
    expect(claims).toHaveLength(2);
    const [claim = 0] = claims;
    card = await sendConsent(robin, claim);
    expect(textOf(card)).toContain('Awaiting consent');

    await world.app.drain();
    const [mail] = world.mailbox.take('anna@fabrikam.example');
    const link = /https:\/\/claimdesk\.example(\/consent\/\S+)/.exec(mail?.text ?? '')?.[1];
    const page = await fetch(`${world.url}${link}`);
    expect(page.status).toBe(200);
    const answer = await fetch(`${world.url}${link}`, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'accept', name: 'Anna de Vries', reason: '', lang: 'en' }),
    });
    expect(answer.status).toBe(200);
    expect(textOf(await robin.hear())).toContain('Consent received');
    expect(textOf(await robin.say(`claim ${claim}`))).toContain('The customer gave consent');
  });
});
