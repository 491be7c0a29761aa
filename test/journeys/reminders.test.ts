import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { asked, statusOf } from '../support/consent-link.ts';
import { dayWith, dueOf, heardBy, quieten, subscribe, sweptAt, timeOn } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { buttonsOf, type Person, textOf } from '../support/person.ts';
import { also, channelNamed, complete, consented, decided, reviewer, submitted } from '../support/review.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

/** What reviewers and customers wrote in these stories, and who the customer's contact is. */
const PRIVATE = /Anna|anna@|signed survey|dates are too old/;

type Words = { readonly en: string; readonly nl: string };
type Story = {
  readonly make: (world: World, partner: Person, vera: Person, name: string) => Promise<number>;
  /** With how many days left it is said. */
  readonly left: readonly number[];
  /** Whether only some of these days are looked at. */
  readonly sampled?: true;
  readonly said: Words;
  readonly step: Words;
  readonly ended: Words & { readonly status: string };
};

const EXPIRED = { en: 'Claim expired', nl: 'Claim verlopen', status: 'NOT_SUBMITTED_EXPIRED' };
const CONSENT_OVER = { en: 'Consent expired', nl: 'Toestemmingstermijn verlopen', status: 'CONSENT_EXPIRED' };
const DISPUTE_OVER = { en: 'Time to dispute is over', nl: 'Betwistingstermijn verlopen', status: 'DISPUTE_EXPIRED' };
const DISPUTE_DUE = { en: 'Time to dispute is running out', nl: 'De tijd om te betwisten raakt op' };

const rejected = async (world: World, partner: Person, vera: Person, name: string): Promise<number> => {
  const { claim } = await submitted(world, partner, name);
  await decided(world, vera, claim, 'reject');
  return claim;
};

const STORIES: Readonly<Record<string, Story>> = {
  'consent that was not asked for, three days after the claim was made too': {
    make: async (world, partner, _vera, name) => claimFor(partner, await newcomer(world, name)),
    left: [27, 14, 7, 3, 1],
    said: { en: 'Consent not asked yet', nl: 'Toestemming nog niet gevraagd' },
    step: { en: 'Send consent e-mail', nl: 'Toestemmingsverzoek versturen' },
    ended: CONSENT_OVER,
  },
  'a customer who does not answer': {
    make: async (world, partner, _vera, name) => (await asked(world, partner, name)).claim,
    left: [14, 7, 3, 1],
    said: { en: 'Consent is due', nl: 'De toestemmingstermijn loopt af' },
    step: { en: 'Re-send consent e-mail', nl: 'Verzoek opnieuw versturen' },
    ended: CONSENT_OVER,
  },
  'a claim that is not submitted': {
    make: async (world, partner, _vera, name) => (await consented(world, partner, name)).claim,
    left: [30, 14, 7, 3, 1],
    said: { en: 'Submission is due', nl: 'De termijn om in te dienen loopt af' },
    step: { en: 'Evidence', nl: 'Bewijs' },
    ended: EXPIRED,
  },
  'a claim that is complete and not submitted, after two days and every week too': {
    make: async (world, partner, _vera, name) => (await complete(world, partner, name)).claim,
    left: [88, 81, 74, 30, 1],
    sampled: true,
    said: { en: 'Ready to submit', nl: 'Klaar om in te dienen' },
    step: { en: 'Submit claim', nl: 'Claim indienen' },
    ended: EXPIRED,
  },
  'what reviewers asked for and do not get': {
    make: async (world, partner, vera, name) => {
      const { claim } = await submitted(world, partner, name);
      await decided(world, vera, claim, 'askForMore');
      return claim;
    },
    left: [14, 7, 3, 1],
    said: { en: 'The reviewers wait for you', nl: 'De beoordelaars wachten op u' },
    step: { en: 'Evidence', nl: 'Bewijs' },
    ended: { ...EXPIRED, status: 'POST_SUBMISSION_EXPIRED' },
  },
  'a rejection that could be disputed': {
    make: rejected,
    left: [14, 7, 3, 1],
    said: DISPUTE_DUE,
    step: { en: 'Dispute the rejection', nl: 'Afwijzing betwisten' },
    ended: DISPUTE_OVER,
  },
  'a dispute that is not submitted': {
    make: async (world, partner, vera, name) => {
      const claim = await rejected(world, partner, vera, name);
      world.clock.advance(1_000);
      const ask = await partner.tap('claim.askDispute', { claim });
      await partner.press(ask, 'Dispute', { remark: 'The dates are too old, they say: they are not.' });
      return claim;
    },
    left: [14, 7, 3, 1],
    said: DISPUTE_DUE,
    step: { en: 'Submit claim', nl: 'Claim indienen' },
    ended: DISPUTE_OVER,
  },
};

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let english: Person;
  let dutch: Person;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    partner = await colleague(world);
    const channels = ['english', 'dutch'].map((name) => channelNamed(`${name}-${count}`));
    [english, dutch] = channels.map((channel) => also(world, vera, { name: 'Vera Reviewer', channel })) as [
      Person,
      Person,
    ];
  });
  afterEach(() => quieten(world));

  const subscribed = async () => {
    await subscribe(world, english);
    await subscribe(world, dutch, { language: 'nl' });
    world.connector.takePosts();
  };

  /** What was said in the owner's chat and in the channels, as text: one thing at the most in each. */
  const heard = () => [partner, english, dutch].map((listener) => heardBy(world, listener).map(textOf));
  const NOTHING = [[], [], []];

  test.each(Object.entries(STORIES))(
    'R30: %s: on its days, once, in words, to the owner and in channels of both languages; and when it has expired',
    async (_what, { make, left, sampled, said, step, ended }) => {
      const claim = await make(world, partner, vera, `clock-${count}`);
      const dueAt = await dueOf(world, claim);
      await subscribed();
      let language: keyof Words = 'en';
      for (const days of left) {
        const [day, slot] = [dayWith(days, dueAt), timeOn(dayWith(days, dueAt))];
        if (sampled) {
          await sweptAt(world, dayWith(days + 1, dueAt));
          heard();
        }
        for (const before of [new Date(day.getTime() - 1), day, new Date(slot.getTime() - 1)]) {
          await sweptAt(world, before);
          expect(heard()).toEqual(NOTHING);
        }

        await sweptAt(world, slot);

        const cards = [partner, english, dutch].map((listener) => heardBy(world, listener));
        expect(cards.map((all) => all.length)).toEqual([1, 1, 1]);
        const [own, channel, kanaal] = cards.map(([card]) => (card === undefined ? '' : textOf(card)));
        const inTime = {
          en: days === 1 ? '1 day left' : `${days} days left`,
          nl: days === 1 ? '1 dag' : `${days} dagen`,
        };
        for (const [text = '', words] of [
          [own, language],
          [channel, 'en'],
          [kanaal, 'nl'],
        ] as const) {
          expect(text.split('\n')[0]).toBe(said[words]);
          for (const part of [`Claim ${claim}`, `clock-${count}`, `[${step[words]}`, inTime[words]]) {
            expect(text).toContain(part);
          }
        }
        expect(cards.flat().flatMap((card) => lintCard(card))).toEqual([]);
        const canWait = buttonsOf(cards[1]?.[0] ?? { type: '', body: [] }).includes('Snooze');
        expect(canWait).toBe(days > 1);
        expect(JSON.stringify(cards.slice(1))).not.toMatch(PRIVATE);
        await world.app.sweep();
        expect(heard()).toEqual(NOTHING);
        if (language === 'en') await also(world, partner, { name: 'Robin Demo', locale: 'nl-NL' }).tap('help.show');
        await world.app.drain();
        language = 'nl';
      }

      await sweptAt(world, dueAt);
      expect(heard()).toEqual(NOTHING);
      await sweptAt(world, new Date(dueAt.getTime() + 1));
      expect(await statusOf(world, claim)).toBe(ended.status);
      const over = heard();
      expect(JSON.stringify(over)).not.toMatch(PRIVATE);
      expect(over.map((all) => all.map((text) => text.split('\n')[0]))).toEqual([[ended.nl], [ended.en], [ended.nl]]);
      await sweptAt(world, timeOn(dayWith(-3, dueAt)));
      expect(heard()).toEqual(NOTHING);
    },
  );
});
