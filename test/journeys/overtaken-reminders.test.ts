import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ACCEPT, answer, askConsent, asked } from '../support/consent-link.ts';
import { dayWith, dueOf, heardBy, morningOf, quieten, subscribe, sweptAt, timeOn } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { type Person, textOf } from '../support/person.ts';
import {
  also,
  channelNamed,
  complete,
  consented,
  give,
  personIdOf,
  REQUIRED,
  reviewer,
  submit,
} from '../support/review.ts';
import { type ENGINES, SERVER, startWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const NOTHING = [[], []];

const stage = (engine: (typeof ENGINES)[number]) => {
  const there = {} as { world: World; vera: Person; partner: Person; channel: Person; name: string };
  let count = 0;
  beforeAll(async () => {
    there.world = await startWorld(engine);
    there.vera = await reviewer(there.world, 'Vera Reviewer');
    await quieten(there.world);
  }, 120_000);
  afterAll(() => there.world?.stop());
  beforeEach(async () => {
    count += 1;
    const { world, vera } = there;
    there.partner = await colleague(world);
    there.name = `overtaken-${count}`;
    there.channel = also(world, vera, { name: 'Vera Reviewer', channel: channelNamed(there.name) });
  });
  afterEach(() => quieten(there.world));

  /** What was said in the owner's chat and in the channel, as text. */
  const heard = () => [there.partner, there.channel].map((listener) => heardBy(there.world, listener).map(textOf));
  const titles = () => heard().map((all) => all.map((text) => text.split('\n')[0]));
  const made = async () => {
    const claim = await claimFor(there.partner, await newcomer(there.world, there.name));
    await subscribe(there.world, there.channel);
    const dueAt = await dueOf(there.world, claim);
    return { claim, dueAt, morning: (left: number) => morningOf(there.world, dayWith(left, dueAt)) };
  };
  /** What is kept of the reminders of a claim, by what they are about, and of the digests they were to come with. */
  const kept = async (claim: number) => {
    const { prisma } = there.world.database;
    const items = await prisma.notice.findMany({ where: { claimNumber: claim, digestId: { not: null } } });
    const ids = [...new Set(items.flatMap(({ digestId }) => digestId ?? []))];
    const digests = await prisma.notice.findMany({ where: { id: { in: ids } }, orderBy: { createdAt: 'asc' } });
    return { items: items.length, digests: digests.map(({ state }) => state) };
  };
  return { there, heard, titles, made, kept };
};

describe.each(SERVER)('on %s', (engine) => {
  const { there, titles, made, kept } = stage(engine);

  test('R30: a clock is warned of, looked at often and by several at once, through restarts: each warning once, then its end', async () => {
    const { claim, dueAt, morning } = await made();
    await morning(14);
    expect(titles()).toEqual([['Consent not asked yet'], ['Consent not asked yet']]);
    const day = dayWith(7, dueAt);
    there.world.clock.set(day);
    await Promise.all([there.world.app.sweep(), there.world.app.sweep()]);
    await there.world.restart();
    await there.world.app.sweep();
    expect(titles()).toEqual(NOTHING);
    await sweptAt(there.world, timeOn(day));
    await there.world.restart();
    await there.world.app.sweep();
    expect(titles()).toEqual([['Consent not asked yet'], ['Consent not asked yet']]);
    expect((await kept(claim)).items).toBe(4);
    await sweptAt(there.world, new Date(dueAt.getTime() + 1));
    expect(titles()).toEqual([['Consent expired'], ['Consent expired']]);
  });
});

describe.each(SERVER)('on %s', (engine) => {
  const { there, heard, titles, made, kept } = stage(engine);

  test('R30: days on which nobody looked are said as one, when somebody looks, and then the next one comes on its day', async () => {
    const { claim, dueAt, morning } = await made();
    // Three warnings have gone by, and their slots with them.
    await sweptAt(there.world, new Date(dayWith(5, dueAt).getTime() + 15 * 60 * MINUTE));
    const texts = heard().flat();
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toMatch(/^Consent not asked yet\n[\s\S]*5 days left/);
    expect((await kept(claim)).items).toBe(2);
    await sweptAt(there.world, timeOn(dayWith(4, dueAt)));
    expect(heard()).toEqual(NOTHING);
    await morning(3);
    expect(titles()).toEqual([['Consent not asked yet'], ['Consent not asked yet']]);
  });

  test('R30: a clock of ours that is set back says nothing a second time, and goes on where it stood', async () => {
    const { dueAt, morning } = await made();
    await morning(7);
    expect(titles()).toEqual([['Consent not asked yet'], ['Consent not asked yet']]);
    for (const left of [20, 14, 9, 7, 6]) {
      await morning(left);
      expect(titles()).toEqual(NOTHING);
    }
    await sweptAt(there.world, dayWith(3, dueAt));
    await sweptAt(there.world, dayWith(4, dueAt));
    expect(titles()).toEqual(NOTHING);
    await sweptAt(there.world, timeOn(dayWith(3, dueAt)));
    expect(titles()).toEqual([['Consent not asked yet'], ['Consent not asked yet']]);
  });

  describe('R30: between planning and the morning', () => {
    /** The day begins, and a minute later this happens; what was said before, and is of that at once, is left out. */
    const meanwhile = async (dueAt: Date, left: number, happens: () => Promise<unknown>) => {
      const day = dayWith(left, dueAt);
      await sweptAt(there.world, dayWith(left + 1, dueAt));
      heard();
      await sweptAt(there.world, day);
      there.world.clock.set(new Date(day.getTime() + MINUTE));
      await happens();
      await there.world.app.drain();
      heard();
      await sweptAt(there.world, timeOn(day));
    };

    test('the customer answers: nobody is reminded to ask', async () => {
      const { claim, link } = await asked(there.world, there.partner, there.name);
      await subscribe(there.world, there.channel);
      await meanwhile(await dueOf(there.world, claim), 7, () => answer(there.world, link, ACCEPT));
      expect(heard()).toEqual(NOTHING);
      expect(await kept(claim)).toEqual({ items: 4, digests: ['delivered', 'delivered', 'dropped', 'dropped'] });
    });

    test('consent is asked for: nobody is reminded of that, and the next reminder is of the answer', async () => {
      const { claim, dueAt, morning } = await made();
      await meanwhile(dueAt, 7, () => askConsent(there.world, there.partner, claim));
      expect(heard()).toEqual(NOTHING);
      await morning(3);
      expect(titles()).toEqual([['Consent is due'], ['Consent is due']]);
    });

    test('the claim is canceled: nothing is said, then or later', async () => {
      const { claim, dueAt, morning } = await made();
      const cancel = async () => {
        await there.partner.press(await there.partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
      };
      await meanwhile(dueAt, 14, cancel);
      for (const left of [7, 3, 1, -1]) await morning(left);
      expect(heard()).toEqual(NOTHING);
    });

    test('the claim is submitted: nobody is reminded to submit', async () => {
      const { claim } = await complete(there.world, there.partner, there.name);
      await subscribe(there.world, there.channel);
      await meanwhile(await dueOf(there.world, claim), 7, () => submit(there.world, there.partner, claim));
      expect(heard()).toEqual(NOTHING);
    });

    test('R24: the evidence is completed: the claim is said to be ready to submit, with the button for that', async () => {
      const { claim } = await consented(there.world, there.partner, there.name);
      await subscribe(there.world, there.channel);
      await meanwhile(await dueOf(there.world, claim), 14, async () => {
        for (const item of REQUIRED) await give(there.partner, claim, item);
      });
      const texts = heard().flat();
      expect(texts).toHaveLength(2);
      for (const text of texts) expect(text).toMatch(/^Ready to submit\n[\s\S]*\[Submit claim\]/);
    });

    test('R24: what was complete is not any more: it is said that submission is due', async () => {
      const { claim } = await complete(there.world, there.partner, there.name);
      await subscribe(there.world, there.channel);
      await meanwhile(await dueOf(there.world, claim), 14, async () => {
        const ask = await there.partner.tap('evidence.edit', { claim, item: REQUIRED[0] });
        await there.partner.press(ask, 'Remove this link');
      });
      const texts = heard().flat();
      expect(texts).toHaveLength(2);
      for (const text of texts) expect(text).toMatch(/^Submission is due\n[\s\S]*\[Evidence\]/);
    });

    test('the owner loses the role: they hear nothing of customers any more', async () => {
      const { dueAt } = await made();
      const personId = await personIdOf(there.world, there.partner);
      await meanwhile(dueAt, 7, () => there.world.database.prisma.roleGrant.deleteMany({ where: { personId } }));
      expect(titles()).toEqual([[], ['Consent not asked yet']]);
    });
  });
});
