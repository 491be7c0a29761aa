import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dealsIn } from '../support/co-sell.ts';
import { buttonsOf, inputsOf, textOf } from '../support/person.ts';
import { also, readIn, setUp, someone } from '../support/review.ts';
import { openSellersStage, type SellersStage, WAITS } from '../support/sellers-stage.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { SERVER } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let stage: SellersStage;
  beforeAll(async () => {
    stage = await openSellersStage(engine);
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage?.world.stop());

  test('R28: of several channels the one that says most exactly what it takes gets the deal, and no other', async () => {
    const channels = {
      all: stage.fresh('all'),
      country: stage.fresh('country'),
      area: stage.fresh('area'),
      both: stage.fresh('both'),
    };
    await stage.take(channels.all);
    await stage.take(channels.country, { countries: 'us, be' });
    await stage.take(channels.area, { solutionAreas: 'azure' });
    await stage.take(channels.both, { countries: 'US', solutionAreas: 'security,azure' });
    const where = (claim: number) =>
      Object.entries(channels).flatMap(([name, channel]) => dealsIn(stage.world, channel, claim).map(() => name));
    expect(where(await stage.deal('US', 'SIEM Plus XDR'))).toEqual(['both']);
    expect(where(await stage.deal('BE', 'SIEM Plus XDR'))).toEqual(['country']);
    expect(where(await stage.deal('NL', 'Azure Migration Assessment'))).toEqual(['area']);
    expect(where(await stage.deal('NL', 'SIEM Plus XDR'))).toEqual(['all']);
    expect(stage.inPerson()).toEqual([]);
  });

  test('R28: an organisation’s own channel comes before a more exact one of all', async () => {
    const [all, own] = [stage.fresh('of-all'), stage.fresh('of-one')];
    await stage.take(all, { countries: 'US', solutionAreas: 'security' });
    const ines = await someone(stage.world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
    const form = await also(stage.world, ines, { name: 'Ines Admin', channel: own }).tap('channel.setUp');
    const card = await also(stage.world, ines, { name: 'Ines Admin', channel: own }).press(form, 'Set up', {
      duties: 'sellers',
    });
    expect(textOf(card)).toContain('This channel is set up.');
    await stage.world.app.drain();
    const claim = await stage.deal();
    expect([all, own].map((channel) => dealsIn(stage.world, channel, claim).length)).toEqual([0, 1]);
  });

  test('R31: a country code that there is none of is named, and nothing that was typed is lost', async () => {
    const channel = stage.fresh('typed');
    const form = await stage.veraIn(channel).tap('channel.setUp');
    await stage.world.app.drain();
    const typed = { duties: 'sellers', countries: 'nl, be; UK', solutionAreas: 'security', scope: '*', language: 'nl' };
    const card = await unmovedBy(stage.world, () => stage.veraIn(channel).press(form, 'Set up', typed));
    expect(textOf(card)).toMatch(/“?UK”?/);
    expect(textOf(card)).toContain('One field needs your attention. Nothing was lost.');
    for (const [field, value] of Object.entries(typed)) expect(inputsOf(card).get(field)?.value).toBe(value);
    const saved = await stage.veraIn(channel).press(card, 'Set up', { countries: 'nl, be; nl' });
    expect(textOf(saved)).toMatch(/Netherlands, Belgium|Netherlands and Belgium/);
    const again = await stage.veraIn(channel).tap('channel.setUp');
    expect(inputsOf(again).get('countries')?.value).toBe('NL, BE');
    expect(inputsOf(again).get('solutionAreas')?.value).toBe('security');
    await stage.world.app.drain();
  });

  test('R31: another channel takes the same route over: what is still asked is posted there as it is now, what was answered is not', async () => {
    const [first, second] = [stage.fresh('taken-from'), stage.fresh('taken-to')];
    await stage.take(first, { countries: 'US, BE' });
    const answered = await stage.deal();
    await stage.kimIn(first).press(await stage.kimIn(first).tap('coSell.show', { claim: answered }), 'Take it');
    const claim = await stage.deal();
    readIn(stage.world, first);
    const card = await stage.take(second, { countries: 'be us', language: 'nl' });
    expect(textOf(card)).toContain('no longer in another channel');
    expect(readIn(stage.world, second).map(textOf)).toEqual([
      expect.stringContaining('Helpt u mee deze deal te winnen?'),
    ]);
    expect(dealsIn(stage.world, second, answered)).toEqual([]);
    expect(readIn(stage.world, first)).toEqual([]);
    await stage.kimIn(second).press(await stage.kimIn(second).tap('coSell.show', { claim }), 'Take it');
    await stage.world.app.drain();
    expect(readIn(stage.world, first)).toEqual([]);
    expect(dealsIn(stage.world, second, claim).map(textOf)).toEqual([
      expect.stringContaining('Aangenomen door Kim Seller'),
    ]);
  });

  test('R28: with no channel at all program admins hear in person, and the card is posted once there is one', async () => {
    const claim = await stage.deal();
    expect(stage.inPerson()).toEqual([WAITS]);
    expect(await stage.noticeOf(claim)).toMatchObject({ state: 'waiting' });
    const elsewhere = stage.fresh('elsewhere');
    await stage.take(elsewhere, { countries: 'BE' });
    expect(readIn(stage.world, elsewhere)).toEqual([]);
    expect(await stage.noticeOf(claim)).toMatchObject({ state: 'waiting' });
    const channel = stage.fresh('first');
    await stage.take(channel);
    expect(readIn(stage.world, channel).map(textOf)).toEqual([
      expect.stringContaining('Will you help to win this deal?'),
    ]);
    await setUp(stage.world, stage.veraIn(channel), { duties: 'sellers,access' });
    await stage.world.app.sweep();
    expect(dealsIn(stage.world, channel, claim)).toHaveLength(1);
    expect(readIn(stage.world, channel)).toEqual([]);
    expect(stage.inPerson()).toEqual([]);
  });

  test('R28: a deal that was answered before there was a channel is not posted there as if it waited', async () => {
    const claim = await stage.deal();
    stage.inPerson();
    expect(textOf(await stage.kim.press(await stage.kim.tap('coSell.show', { claim }), 'Take it'))).toContain(
      'You took the deal.',
    );
    await stage.world.app.drain();
    const channel = stage.fresh('after');
    await stage.take(channel);
    expect(dealsIn(stage.world, channel, claim).map(textOf).join()).not.toContain('Will you help to win this deal?');
    expect(dealsIn(stage.world, channel, claim).flatMap(buttonsOf)).not.toContain('Answer');
  });

  test('R31: a channel that stops being the sellers’ gets nothing new; set up again, its cards are right and stand there once', async () => {
    const channel = stage.fresh('stops');
    await stage.take(channel);
    const claim = await stage.deal();
    readIn(stage.world, channel);
    const there = stage.veraIn(channel);
    await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
    await stage.world.app.drain();
    const next = await stage.deal();
    expect(readIn(stage.world, channel)).toEqual([]);
    expect(stage.inPerson()).toEqual([WAITS]);
    // Who sells still answers, by the number.
    await stage.kim.press(await stage.kim.tap('coSell.show', { claim }), 'Take it');
    await stage.world.app.drain();
    await stage.take(channel);
    expect(dealsIn(stage.world, channel, next)).toHaveLength(1);
    expect(dealsIn(stage.world, channel, claim).map(textOf)).toEqual([expect.stringContaining('Taken by Kim Seller')]);
  });
});
