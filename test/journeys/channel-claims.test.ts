import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { answer, asked } from '../support/consent-link.ts';
import { dayWith, dueOf, heardBy, morningOf, quieten, subscribe, sweptAt, timeOn } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { inputsOf, type Person, textOf } from '../support/person.ts';
import { also, channelNamed, complete, consented, decided, reviewer, someone, submitted } from '../support/review.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const HOUR = 60 * 60 * 1000;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let name: string;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    name = `hears-${count}`;
    partner = await colleague(world);
  });
  afterEach(() => quieten(world));

  const there = (which = 'claims') =>
    also(world, vera, { name: 'Vera Reviewer', channel: channelNamed(`${which}-${count}`) });
  const titlesIn = (listener: Person) => heardBy(world, listener).map((card) => textOf(card).split('\n')[0]);
  const claimAt = async (location: string, engagement: string) =>
    claimFor(partner, await newcomer(world, `${name}-${randomUUID().slice(0, 6)}`), {
      location,
      engagements: [engagement],
    });

  test('R31: what was chosen is said at once, is shown when it is asked again, and is changed; both are on the record', async () => {
    const channel = there();
    const card = await subscribe(world, channel, {
      topics: 'consent,expired',
      language: 'nl',
      zone: 'America/New_York',
      digest: '16:30',
      quietFrom: '22:00',
      quietUntil: '07:00',
      expired: 'digest',
    });
    const text = textOf(card);
    for (const part of [
      'Saved. Reminders of one day come as one list, at the time you chose.',
      'Notices of claims · for every organisation · Dutch',
      'Consent: not asked yet, due, e-mail refused',
      'Expired claims',
      'one list a day at 16:30 (America/New_York) · expired claims with the list · quiet from 22:00 until 07:00',
    ]) {
      expect(text).toContain(part);
    }
    const form = await channel.tap('channel.claims');
    const kept = ['topics', 'scope', 'language', 'zone', 'digest', 'quietFrom', 'quietUntil', 'expired'];
    expect(kept.map((field) => inputsOf(form).get(field)?.value)).toEqual([
      ...['consent,expired', '*', 'nl', 'America/New_York', '16:30', '22:00', '07:00', 'digest'],
    ]);
    const changed = await subscribe(world, channel, { topics: 'decisions', quietFrom: '', quietUntil: '' });
    expect(textOf(changed)).toContain('Review: what the reviewers decided');
    expect(textOf(changed)).not.toContain('quiet from');
    const chain = `channel:${channel.conversationId}`;
    const where = { chain, what: 'channelSubscribed' };
    const events = await world.database.prisma.auditEvent.findMany({ where, orderBy: { sequence: 'asc' } });
    expect(events.map(({ facts }) => (facts as { topics: unknown }).topics)).toEqual([
      ['consent', 'expired'],
      ['decisions'],
    ]);
  });

  test('R31: what happens is said at once in the channels that chose it, and of customers only the company is named', async () => {
    const [answers, decisions, deaf] = [there('answers'), there('decisions'), there('deaf')];
    await subscribe(world, answers, { topics: 'answers' });
    await subscribe(world, decisions, { topics: 'decisions' });
    await subscribe(world, deaf, { topics: 'consent,submission,review,expired' });
    const { link } = await asked(world, partner, `${name}-declines`);
    await answer(world, link, { decision: 'decline', name: 'Anna de Vries', reason: 'Not this year' });
    await world.app.drain();
    const declined = heardBy(world, answers);
    expect(declined.map(textOf).join()).toMatch(/^Consent declined\n[\s\S]*hears-\d+-declines/);
    expect(JSON.stringify(declined)).not.toMatch(/Anna|anna@|Not this year/);
    expect(textOf(await partner.hear())).toContain('Not this year');

    const { claim } = await submitted(world, partner, `${name}-judged`);
    for (const what of ['askForMore', 'reject'] as const) {
      if (what === 'reject') {
        world.clock.advance(1_000);
        await partner.press(await partner.tap('claim.askSubmit', { claim }), 'Submit claim');
      }
      await decided(world, vera, claim, what);
    }
    const judged = heardBy(world, decisions);
    expect(judged.map((card) => textOf(card).split('\n')[0])).toEqual(['Action required', 'Claim rejected']);
    expect(JSON.stringify(judged)).not.toMatch(/Anna|anna@|signed survey|dates are too old/);
    expect(titlesIn(answers)).toEqual(['Consent received']);
    expect(titlesIn(deaf)).toEqual([]);
  });

  test('R31: a channel hears of the locations and engagements it chose, and of no other', async () => {
    const ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
    const channels = ['all', 'located', 'engaged', 'both', 'wide'].map((which) =>
      also(world, ines, { name: 'Ines Admin', channel: channelNamed(`${which}-${count}`) }),
    );
    const endpoint = await claimAt('Amsterdam', 'Endpoint');
    const identities = await claimAt('Amsterdam', 'Secure Identities');
    const rotterdam = await claimAt('Amsterdam', 'Endpoint');
    const { prisma } = world.database;
    const { id: locationId } = await prisma.location.findFirstOrThrow({ where: { name: 'Northbridge Rotterdam' } });
    await prisma.claim.update({ where: { number: rotterdam }, data: { locationId } });
    const { locationId: locations, engagementSlug: engagements } = await prisma.claim.findUniqueOrThrow({
      where: { number: identities },
    });
    const wide = [locations, locationId].join();
    const filters = [{}, { locations }, { engagements }, { locations, engagements }, { locations: wide }];
    for (const [index, typed] of filters.entries()) await subscribe(world, channels[index] as Person, typed);

    await morningOf(world, dayWith(14, await dueOf(world, endpoint)));

    const heard = channels.map((channel) => heardBy(world, channel).map(textOf).join());
    const all = [endpoint, identities, rotterdam];
    expect(heard.map((text) => all.filter((claim) => text.includes(`Claim ${claim}`)))).toEqual([
      all,
      [endpoint, identities],
      [identities],
      [identities],
      all,
    ]);
  });

  test('R31: each channel hears at its own time, in its own zone and language', async () => {
    const claim = await claimAt('Amsterdam', 'Endpoint');
    const dueAt = await dueOf(world, claim);
    const [early, late] = [there('early'), there('late')];
    await subscribe(world, early, { zone: 'Asia/Kolkata', digest: '08:15' });
    await subscribe(world, late, { zone: 'America/New_York', digest: '17:45', language: 'nl' });
    const day = dayWith(14, dueAt);
    await sweptAt(world, day);
    const [first, second] = [timeOn(day, '08:15', 'Asia/Kolkata'), timeOn(day, '17:45', 'America/New_York')];
    await sweptAt(world, new Date(first.getTime() - 1));
    expect(titlesIn(early)).toEqual([]);
    await sweptAt(world, first);
    expect(titlesIn(early)).toEqual(['Consent not asked yet']);
    await sweptAt(world, new Date(second.getTime() - 1));
    expect(titlesIn(late)).toEqual([]);
    await sweptAt(world, second);
    expect(titlesIn(late)).toEqual(['Toestemming nog niet gevraagd']);
  });

  test('R31: in quiet hours that span midnight nothing is posted; it comes when they end', async () => {
    const channel = there();
    await subscribe(world, channel, {
      digest: '23:00',
      quietFrom: '22:00',
      quietUntil: '07:30',
      zone: 'Europe/Amsterdam',
    });
    const { link } = await asked(world, partner, `${name}-late`);
    const claim = await claimAt('Amsterdam', 'Endpoint');
    const day = dayWith(14, await dueOf(world, claim));
    await sweptAt(world, day);
    world.clock.set(timeOn(day, '23:30'));
    await answer(world, link, { decision: 'accept', name: 'Anna' });
    await world.app.sweep();
    const end = timeOn(new Date(day.getTime() + 24 * HOUR), '07:30');
    await sweptAt(world, new Date(end.getTime() - 1));
    expect(titlesIn(channel)).toEqual([]);
    await sweptAt(world, end);
    expect(titlesIn(channel)).toEqual(['One claim needs attention']);
  });

  test('R31: what has expired is said at once, or with the list, as the channel chose', async () => {
    const [atOnce, later] = [there('at-once'), there('later')];
    const claim = await claimAt('Amsterdam', 'Endpoint');
    const dueAt = await dueOf(world, claim);
    await subscribe(world, atOnce, { topics: 'expired' });
    await subscribe(world, later, { topics: 'expired', expired: 'digest' });
    await sweptAt(world, new Date(dueAt.getTime() + 1));
    expect([atOnce, later].map(titlesIn)).toEqual([['Consent expired'], []]);
    await sweptAt(world, timeOn(dayWith(-1, dueAt)));
    expect([atOnce, later].map(titlesIn)).toEqual([[], ['Consent expired']]);
  });

  test('R31: a changed time moves the list that is planned; stopping drops it, and is on the record', async () => {
    const channel = there();
    const { claim } = await consented(world, partner, `${name}-planned`);
    const day = dayWith(14, await dueOf(world, claim));
    await subscribe(world, channel);
    await sweptAt(world, day);
    await subscribe(world, channel, { digest: '12:00' });
    await sweptAt(world, timeOn(day));
    expect(titlesIn(channel)).toEqual([]);
    await sweptAt(world, timeOn(day, '12:00'));
    expect(titlesIn(channel)).toEqual(['Submission is due']);

    await sweptAt(world, dayWith(7, await dueOf(world, claim)));
    const ask = await channel.press(await channel.tap('channel.setUp'), 'Stop posting');
    expect(textOf(await channel.press(ask, 'Stop posting here'))).toContain('Nothing is posted here any more');
    await sweptAt(world, timeOn(dayWith(6, await dueOf(world, claim)), '12:00'));
    expect(titlesIn(channel)).toEqual([]);
    const where = { channelId: channel.conversationId, kind: 'digest' };
    const digests = await world.database.prisma.notice.findMany({ where, orderBy: { createdAt: 'asc' } });
    expect(digests.map(({ state }) => state)).toEqual(['delivered', 'dropped']);
    const chain = `channel:${channel.conversationId}`;
    const events = await world.database.prisma.auditEvent.findMany({ where: { chain }, orderBy: { sequence: 'asc' } });
    expect(events.map(({ what }) => what)).toEqual(['channelSubscribed', 'channelSubscribed', 'channelRemoved']);
  });

  test('R24: a channel that hears of submissions hears that a claim is complete', async () => {
    const channel = there();
    await subscribe(world, channel, { topics: 'submission' });
    await complete(world, partner, `${name}-complete`);
    await morningOf(world, new Date(Math.ceil(world.clock.now().getTime() / (24 * HOUR)) * 24 * HOUR + 24 * HOUR));
    expect(titlesIn(channel)).toEqual(['Ready to submit']);
  });
});
