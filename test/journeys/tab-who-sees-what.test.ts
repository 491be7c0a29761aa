import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { API_ROUTES } from '../../bot/http/api.ts';
import type { Asks, Question } from '../../cards/tab/contract.ts';
import { type Verb, type VerbData, verbs } from '../../cards/verbs.ts';
import { upgraded } from '../support/co-sell.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { recordOf } from '../support/record.ts';
import { submitted } from '../support/review.ts';
import { addressOf, type Came, refusalIn, type Tab, tabOf } from '../support/tab.ts';
import { AMSTERDAM, NORTHBRIDGE, startWorld, TAILSPIN, type World } from '../support/world.ts';

const BRUSSELS = '00000000-0000-4000-8000-000000000303';
const NO_SUCH = 9_999_999;
const ALL = ['incentivesUser', 'incentivesAdmin', 'referralsAdmin', 'seller'] as const;

/** Who asks: which roles, for which location, at Northbridge, whose claims they are, unless it is said. */
const ROLES = {
  nobody: { roles: [], scope: '*', tenantId: NORTHBRIDGE },
  otherLocation: { roles: ['incentivesUser'], scope: BRUSSELS, tenantId: NORTHBRIDGE },
  user: { roles: ['incentivesUser'], scope: AMSTERDAM, tenantId: NORTHBRIDGE },
  admin: { roles: ['incentivesAdmin'], scope: '*', tenantId: NORTHBRIDGE },
  referrals: { roles: ['referralsAdmin'], scope: '*', tenantId: NORTHBRIDGE },
  seller: { roles: ['seller'], scope: '*', tenantId: NORTHBRIDGE },
  program: { roles: ['programAdmin'], scope: '*', tenantId: NORTHBRIDGE },
  elsewhere: { roles: ALL, scope: '*', tenantId: TAILSPIN },
  programElsewhere: { roles: [...ALL, 'programAdmin'], scope: '*', tenantId: TAILSPIN },
} as const;
type Who = keyof typeof ROLES;
const EVERYBODY = Object.keys(ROLES) as Who[];

const PARTNERS: readonly Who[] = ['user', 'admin'];
/** Who reviews does so for the programme, whosever claim it is; never their own. */
const REVIEWERS: readonly Who[] = ['program', 'programElsewhere'];
const SELLERS: readonly Who[] = ['seller'];
const REFERRERS: readonly Who[] = ['referrals'];
const NOBODY: readonly Who[] = [];

/** Three claims of Northbridge's at Amsterdam, with words in them that stand nowhere else. */
type Kind = 'fresh' | 'deal' | 'review';
const KINDS: readonly Kind[] = ['fresh', 'deal', 'review'];
const OF_CLAIM = ['Zyzzyva', 'Quixotic', 'Ysolde', 'ysolde@'] as const;
/** A customer who consented is known to the whole organisation by name and identifier (R19); one who did not is not. */
const OF_KNOWN = ['kwik-deal', 'kwik-review'] as const;
const OF_UNKNOWN = ['kwik-fresh'] as const;

type Seers = {
  /** Who learns something of a claim. */
  readonly claim: readonly Who[];
  /** Who is shown a known customer by name; left out: nobody but them. */
  readonly known?: readonly Who[];
};

/** `asks`: the question in every form, about a claim by its number or by words that stand in it. */
type AskedOf<Q extends Question> = Seers & {
  readonly asks: (words: string, number: number) => readonly Asks<Q>[];
};

const ENGAGEMENT = 'sec-sales-siem-xdr';
const CUSTOMERS: readonly Who[] = [...PARTNERS, 'otherLocation'];

const QUESTIONS: { readonly [Q in Question]: AskedOf<Q> } = {
  me: { claim: NOBODY, asks: () => [{}] },
  'customers/counts': { claim: PARTNERS, known: CUSTOMERS, asks: (find) => [{ engagement: ENGAGEMENT, find }] },
  customers: {
    claim: PARTNERS,
    known: CUSTOMERS,
    asks: (find) =>
      (['mw-endpoint-management', ENGAGEMENT] as const).flatMap((engagement) => [
        { engagement, list: 'eligible', part: 'claims', find } as const,
        { engagement, list: 'eligible', part: 'customers', find } as const,
        { engagement, list: 'ineligible', part: 'customers', find } as const,
        { engagement, list: 'completed', part: 'claims', find } as const,
      ]),
  },
  'claims/counts': {
    claim: PARTNERS,
    asks: (find) => [{ find }, { find, location: AMSTERDAM }, { find, mine: 'true' }],
  },
  claims: {
    claim: PARTNERS,
    asks: (find) => [
      { find },
      { find, location: AMSTERDAM },
      { find, engagement: ENGAGEMENT, by: 'company' },
      { find, group: 'consent', by: 'changed', descending: 'true' },
    ],
  },
  claim: { claim: PARTNERS, asks: (_words, number) => [{ number: String(number) }] },
  overview: { claim: PARTNERS, asks: () => [{}] },
};

/** Every button that names a claim. */
type ClaimVerb = { [V in Verb]: VerbData<V> extends { claim: number } ? V : never }[Verb];
type Pressed<V extends Verb> = Seers & { readonly of: Kind; readonly data: () => Omit<VerbData<V>, 'claim'> };

/** What is older, or newer, than anything: who may do it is told that somebody was first. */
const STALE = 1_999_999_999;
const command = () => randomUUID();
const partners = <D>(of: Kind, data: () => D) => ({ claim: PARTNERS, of, data });
const reviewers = <D>(data: () => D) => ({ claim: REVIEWERS, of: 'review' as const, data });
const sellers = <D>(data: () => D) => ({ claim: SELLERS, of: 'deal' as const, data });
const referrers = <D>(data: () => D) => ({ claim: REFERRERS, of: 'deal' as const, data });
const none = () => ({});

/** One without an expectation does not compile. */
const VERBS: { readonly [V in ClaimVerb]: Pressed<V> } = {
  'claim.show': partners('fresh', none),
  'claim.history': partners('fresh', () => ({ page: 1 })),
  'claim.askCancel': partners('fresh', none),
  'claim.cancel': partners('fresh', () => ({ command: command(), status: 'SUBMITTED' as const })),
  'claim.askAgain': partners('fresh', none),
  'claim.again': partners('fresh', none),
  'consent.start': partners('fresh', none),
  'consent.remind': partners('fresh', () => ({ on: true, command: command() })),
  'evidence.show': partners('deal', none),
  'evidence.edit': partners('deal', () => ({ item: 'findings' })),
  'evidence.save': partners('deal', () => ({ item: 'findings', seen: STALE, command: command() })),
  'evidence.remove': partners('deal', () => ({ item: 'findings', seen: STALE, command: command() })),
  'claim.askSubmit': partners('deal', none),
  'claim.submit': partners('deal', () => ({ seen: STALE, command: command() })),
  'claim.askDispute': partners('review', none),
  'claim.dispute': partners('review', () => ({ seen: STALE, command: command() })),
  'snooze.ask': partners('fresh', none),
  'snooze.save': partners('fresh', () => ({ command: command(), choice: 'day' as const })),
  'review.show': reviewers(none),
  'review.history': reviewers(() => ({ page: 1 })),
  'review.start': reviewers(() => ({ seen: STALE, command: command() })),
  'review.ask': reviewers(() => ({ what: 'approve' as const })),
  'review.decide': reviewers(() => ({ seen: STALE, command: command(), what: 'approve' as const })),
  'referral.show': referrers(none),
  'referral.check': referrers(() => ({ command: command() })),
  'referral.edit': referrers(none),
  'referral.save': referrers(() => ({ seen: STALE, command: command() })),
  'referral.askClose': referrers(() => ({ what: 'lost' as const })),
  'referral.close': referrers(() => ({ seen: STALE, command: command(), what: 'lost' as const })),
  'coSell.show': sellers(none),
  'coSell.ask': sellers(none),
  'coSell.decline': sellers(() => ({ command: command() })),
  'coSell.take': sellers(() => ({ command: command() })),
};

let world: World;
let claims: Readonly<Record<Kind, number>>;
let owner: string;
const tabs = new Map<Who, Tab>();

const quietly = async () => {
  await world.app.drain();
  world.connector.takePosts(owner);
};

beforeAll(async () => {
  // More is asked in a minute than anybody would.
  world = await startWorld('postgresql', { settings: { REQUESTS_PER_MINUTE: '100000' } });
  const partner = await colleague(world);
  owner = partner.conversationId;
  const intake = { name: 'Quixotic plan', contacts: { customerCompany: 'Zyzzyva Holding' } };
  const contacts = { ...intake.contacts, customerName: 'Ysolde Marker', customerEmail: 'ysolde@mark.example' };
  claims = {
    fresh: await claimFor(partner, await newcomer(world, 'kwik-fresh'), { ...intake, contacts }),
    deal: (await upgraded(world, partner, 'kwik-deal', intake)).claim,
    review: (await submitted(world, partner, 'kwik-review', intake)).claim,
  };
  await quietly();
  for (const who of EVERYBODY) {
    const { roles, scope, tenantId } = ROLES[who];
    const tab = tabOf(world, { objectId: randomUUID(), tenantId, name: `The ${who}` });
    await tab.ask('me', {});
    const { prisma } = world.database;
    const where = { tenantId_objectId: { tenantId, objectId: tab.objectId } };
    const { id: personId } = await prisma.person.findUniqueOrThrow({ where });
    const grantedAt = world.clock.now();
    await prisma.roleGrant.createMany({ data: roles.map((role) => ({ personId, role, scope, grantedAt })) });
    tabs.set(who, tab);
  }
});
afterAll(async () => {
  if (world === undefined) return;
  await quietly();
  await world.stop();
});

const tabFor = (who: Who): Tab => {
  const tab = tabs.get(who);
  if (tab === undefined) throw new Error(`nobody is ${who}`);
  return tab;
};

/** All that came back, as text in which what is new in every answer is alike. */
const whole = ({ status, headers, text }: Came, number: number): string => {
  const told = [...headers]
    .filter(([name]) => !['date', 'content-length'].includes(name))
    .map((line) => line.join(': '));
  return [status, ...told, text]
    .join('\n')
    .replaceAll(String(number), '<number>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/~\d+/g, '~<mark>');
};

const marksIn = (text: string, marks: readonly string[]) => marks.filter((mark) => text.includes(mark));
const press = (who: Who, verb: string, data: Readonly<Record<string, unknown>>) =>
  tabFor(who).post(JSON.stringify({ verb, data }));

const pressed = Object.entries(VERBS) as unknown as [ClaimVerb, Pressed<ClaimVerb>][];
const questions = Object.entries(QUESTIONS) as unknown as [Question, AskedOf<Question>][];

test('every address of the API is in these tables, and every verb that names a claim', () => {
  const known = questions.map(
    ([question]) => `get ${question === 'claim' ? '/api/claims/:number' : `/api/${question}`}`,
  );
  expect(API_ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(
    // What goes to the chat, and for whom, is told by tab-to-chat.test.ts.
    [...known, 'post /api/actions', 'post /api/chat'].toSorted(),
  );
  const naming = (Object.keys(verbs) as Verb[]).filter((verb) => 'claim' in verbs[verb].shape);
  expect(naming.toSorted()).toEqual(Object.keys(VERBS).toSorted());
});

describe.each(EVERYBODY)('R2: %s', (who) => {
  let before: readonly string[];
  const rows = async () => {
    await world.app.drain();
    return (await recordOf(world)).filter((row) => !row.startsWith('HandledCommand'));
  };
  beforeAll(async () => {
    before = await rows();
  });

  test.each(questions)(
    'asks for %s and learns of nobody else’s claims',
    async (question, { claim, known = claim, asks }) => {
      const mayClaim = [...PARTNERS, 'otherLocation', 'elsewhere', 'programElsewhere'].includes(who);
      const nothing = asks('nothing-is-called-like-this', NO_SUCH);
      const never: string[] = [];
      for (const other of nothing) never.push(whole(await tabFor(who).send(addressOf(question, other)), NO_SUCH));
      const asked = new Map<string, readonly [kind: Kind, index: number]>();
      for (const kind of KINDS) {
        for (const words of ['Zyzzyva', `kwik-${kind}.example`, String(claims.deal)]) {
          for (const [index, one] of asks(words, claims[kind]).entries()) {
            asked.set(addressOf(question, one), [kind, index]);
          }
        }
      }
      for (const [path, [kind, index]] of asked) {
        const came = await tabFor(who).send(path);
        const seen = whole(came, claims[kind]);
        if (!claim.includes(who)) expect([path, marksIn(seen, [...OF_CLAIM, ...OF_UNKNOWN])]).toEqual([path, []]);
        // Nor by how the answer differs from one about what never was.
        if (!known.includes(who)) expect([path, marksIn(seen, OF_KNOWN), seen]).toEqual([path, [], never[index]]);
        if (!mayClaim && question !== 'me') {
          expect(refusalIn(came).code).toBe(question === 'claim' ? 'notFound' : 'noRole');
        }
      }
    },
  );

  test.each(pressed.filter(([, { claim }]) => !claim.includes(who)))(
    'presses %s: the answer is that for a number that does not exist',
    async (verb, { of, data }) => {
      const theirs = await press(who, verb, { claim: claims[of], ...data() });
      const seen = whole(theirs, claims[of]);
      expect([theirs.status, marksIn(seen, [...OF_CLAIM, ...OF_UNKNOWN, ...OF_KNOWN])]).toEqual([200, []]);
      expect(seen).toBe(whole(await press(who, verb, { claim: NO_SUCH, ...data() }), NO_SUCH));
    },
  );

  test('none of it changed the record', async () => {
    expect(await rows()).toEqual(before);
  });
});

describe('R2: who may', () => {
  const cases = pressed.flatMap(([verb, { claim, of, data }]) => claim.map((who) => [verb, who, of, data] as const));

  test.each(cases)('%s: %s gets more than for a number that does not exist', async (verb, who, of, data) => {
    const none = whole(await press(who, verb, { claim: NO_SUCH, ...data() }), NO_SUCH);
    const theirs = await press(who, verb, { claim: claims[of], ...data() });
    expect(theirs.status).toBe(200);
    expect(whole(theirs, claims[of])).not.toBe(none);
    if (/\.(show|history|askCancel)$/.test(verb)) expect(marksIn(theirs.text, OF_CLAIM)).not.toEqual([]);
  });

  test.each(PARTNERS)('%s reads each claim, in lists and alone', async (who) => {
    const tab = tabFor(who);
    for (const kind of KINDS) {
      const number = claims[kind];
      expect(await tab.ask('claim', { number: String(number) })).toMatchObject({ company: 'Zyzzyva Holding', number });
      expect((await tab.ask('claims', { find: String(number) })).rows.map((row) => row.number)).toEqual([number]);
    }
    const open = { engagement: ENGAGEMENT, list: 'eligible', part: 'claims', find: 'Zyzzyva' } as const;
    expect((await tab.ask('customers', open)).rows).toMatchObject([
      { number: claims.deal, company: 'Zyzzyva Holding' },
    ]);
    expect((await tab.ask('claims/counts', { find: 'Zyzzyva' })).all).toBe(3);
  });

  test.each(CUSTOMERS)('R19: %s is shown whom the organisation knows', async (who) => {
    const known = { engagement: 'sec-usage-identities', list: 'eligible', part: 'customers', find: 'kwik' } as const;
    const { rows } = await tabFor(who).ask('customers', known);
    expect(rows.map((row) => row.name)).toEqual(['kwik-deal', 'kwik-review']);
  });
});
