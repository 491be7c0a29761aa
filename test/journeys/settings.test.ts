import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { ACCEPT, answer, asked } from '../support/consent-link.ts';
import { dayWith, dueOf, heardBy, morningOf, quieten, sweptAt, timeOn } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, personIdOf } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const FIELDS = ['topics', 'language', 'zone', 'digest', 'quietFrom', 'quietUntil', 'expired', 'own'] as const;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let name: string;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    name = `settings-${count}`;
    partner = await colleague(world);
  });
  afterEach(() => quieten(world));

  const titles = () => heardBy(world, partner).map((card) => textOf(card).split('\n')[0]);
  const valuesOn = (card: SeenCard) => FIELDS.map((field) => inputsOf(card).get(field)?.value);
  const choose = async (typed: Readonly<Record<string, string>>, save = 'Save'): Promise<SeenCard> => {
    const card = await partner.press(await partner.tap('settings.show'), save, typed);
    await world.app.drain();
    return card;
  };
  /** What a client sends with the form, fields changed or emptied by hand. */
  const brought = (form: SeenCard, typed: Readonly<Record<string, string>>): Record<string, unknown> => {
    const data: Record<string, unknown> = { ...dataFor(form, 'Save'), command: randomUUID() };
    for (const [field, value] of Object.entries(typed)) {
      const id = inputsOf(form).get(field)?.id ?? '';
      if (value === '') delete data[id];
      else data[id] = value;
    }
    return data;
  };
  const unasked = async () => {
    const claim = await claimFor(partner, await newcomer(world, name));
    return { claim, dueAt: await dueOf(world, claim) };
  };

  test('R31: “settings” shows what one hears who never chose: everything, at nine, expiries at once, own actions too', async () => {
    const form = await partner.say('settings');
    expect(textOf(form)).toContain('Your settings');
    expect(valuesOn(form)).toEqual([
      ...['consent,answers,submission,decisions,review,coSell,expired', 'en', undefined, '09:00'],
      ...[undefined, undefined, 'atOnce', 'true'],
    ]);
    expect(lintCard(form)).toEqual([]);
  });

  test('R31: what was chosen is kept, shown again and on the record, said in the language that was chosen with it', async () => {
    const card = await choose({
      topics: 'consent,expired',
      language: 'nl',
      zone: 'Asia/Kolkata',
      digest: '17:45',
      quietFrom: '23:00',
      quietUntil: '06:30',
      expired: 'digest',
      own: 'false',
    });
    expect(textOf(card)).toContain('Uw instellingen zijn opgeslagen.');
    expect(lintCard(card)).toEqual([]);
    const again = await partner.say('instellingen');
    expect(valuesOn(again)).toEqual([
      ...['consent,expired', 'nl', 'Asia/Kolkata', '17:45', '23:00', '06:30', 'digest', 'false'],
    ]);
    const personId = await personIdOf(world, partner);
    const where = { chain: `person:${personId}`, what: 'settingsChanged' };
    expect(await world.database.prisma.auditEvent.count({ where })).toBe(1);
    await choose({ language: 'en', quietFrom: '', quietUntil: '' }, 'Opslaan');
    expect(valuesOn(await partner.tap('settings.show')).slice(4, 6)).toEqual([undefined, undefined]);
  });

  test('R31: each hears at their own time in their own zone; where none was chosen, in the one Teams tells', async () => {
    const { dueAt } = await unasked();
    const mornings: readonly (readonly [number, string, Date])[] = [
      [14, '', timeOn(dayWith(14, dueAt), '09:00', 'Europe/Amsterdam')],
      [7, 'America/New_York', timeOn(dayWith(7, dueAt), '09:00', 'America/New_York')],
      [3, 'Australia/Lord_Howe', timeOn(dayWith(2, dueAt), '09:00', 'Australia/Lord_Howe')],
    ];
    for (const [left, zone, slot] of mornings) {
      await choose({ zone });
      await sweptAt(world, dayWith(left, dueAt));
      await sweptAt(world, new Date(slot.getTime() - 1));
      expect(titles()).toEqual([]);
      await sweptAt(world, slot);
      expect(titles()).toEqual(['Consent not asked yet']);
    }
  });

  test('R31: a language that was chosen is spoken, whatever Teams is set to', async () => {
    const { dueAt } = await unasked();
    await choose({ language: 'nl' });
    await morningOf(world, dayWith(14, dueAt));
    expect(titles()).toEqual(['Toestemming nog niet gevraagd']);
  });

  test('R31: of a topic that was left out nothing is said, of the others all', async () => {
    const { claim, link } = await asked(world, partner, name);
    const dueAt = await dueOf(world, claim);
    await choose({ topics: 'answers' });
    await morningOf(world, dayWith(14, dueAt));
    expect(titles()).toEqual([]);
    await answer(world, link, ACCEPT);
    await world.app.drain();
    expect(titles()).toEqual(['Consent received']);
  });

  test('R31: who chose nothing at all hears nothing, and may', async () => {
    const { dueAt } = await unasked();
    const form = await partner.tap('settings.show');
    const card = await partner.tap('settings.save', brought(form, { topics: '' }));
    expect(textOf(card)).toContain('Your settings were saved.');
    expect(inputsOf(card).get('topics')?.value).toBeUndefined();
    await morningOf(world, dayWith(14, dueAt));
    await sweptAt(world, new Date(dueAt.getTime() + 1));
    expect(titles()).toEqual([]);
  });

  test('R31: in quiet hours that span midnight nothing is said, what happened and what is due come when they end', async () => {
    const { claim, link } = await asked(world, partner, name);
    await choose({ quietFrom: '21:00', quietUntil: '10:15' });
    const day = dayWith(14, await dueOf(world, claim));
    world.clock.set(timeOn(dayWith(1, day), '22:00'));
    await answer(world, link, ACCEPT);
    await world.app.sweep();
    await sweptAt(world, new Date(timeOn(day, '10:15').getTime() - 1));
    expect(titles()).toEqual([]);
    await sweptAt(world, timeOn(day, '10:15'));
    expect(titles()).toEqual(['Consent received']);
  });

  test('R31: what has expired comes with the list, for whoever chose that', async () => {
    const { dueAt } = await unasked();
    await choose({ expired: 'digest' });
    await sweptAt(world, new Date(dueAt.getTime() + 1));
    expect(titles()).toEqual([]);
    await sweptAt(world, timeOn(dayWith(-1, dueAt)));
    expect(titles()).toEqual(['Consent expired']);
  });

  test.each([
    ['a zone that there is not', { zone: 'Mars/Olympus' }, 'zone'],
    ['an emptied time', { digest: '' }, 'digest'],
    ['half of the quiet hours', { quietUntil: '07:00' }, 'quietUntil'],
    ['a whole day of quiet', { quietFrom: '08:00', quietUntil: '08:00' }, 'quietUntil'],
    ['no language', { language: '' }, 'language'],
  ])('R31: %s is said under its field, and nothing changes', async (_what, typed, field) => {
    await choose({ topics: 'consent,review', expired: 'digest' });
    const form = await partner.tap('settings.show');
    const card = await unmovedBy(world, () => partner.tap('settings.save', brought(form, typed)));
    expect(textOf(card)).toContain('One field needs your attention. Nothing was lost.');
    expect(inputsOf(card).has(field)).toBe(true);
    expect([inputsOf(card).get('topics')?.value, inputsOf(card).get('expired')?.value]).toEqual([
      'consent,review',
      'digest',
    ]);
    expect(lintCard(card)).toEqual([]);
  });

  test('R31: settings are one’s own: in a channel they are neither shown nor changed', async () => {
    const form = await partner.tap('settings.show');
    const there = also(world, partner, { name: 'Robin Demo', channel: channelNamed('settings') });
    for (const [verb, data] of [
      ['settings.show', {}],
      ['settings.save', brought(form, { digest: '10:00' })],
    ] as const) {
      expect(textOf(await unmovedBy(world, () => there.tap(verb, data)))).toMatch(/personal chat/i);
    }
  });
});
