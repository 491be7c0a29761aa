import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { byPerson } from '../../../domain/audit/chain.ts';
import type { Claim } from '../../../domain/claims/claim-store.ts';
import { expireClaims } from '../../../domain/claims/expire-claims.ts';
import { CLAIM_STATUSES } from '../../../domain/claims/status.ts';
import { canFollow, TRANSITIONS, type TransitionName } from '../../../domain/claims/transitions.ts';
import type { Actor } from '../../../domain/people/actor.ts';
import { removeRole } from '../../../domain/people/roles.ts';
import { ALEX, AMSTERDAM, DAY, LEE, NOOR, SAM, TAILSPIN } from '../../support/world.ts';
import { openRecord, type Record } from '../record.ts';
import { broughtTo, letLapse, type Parties, STANDINGS, type Standing } from './standings.ts';
import { allOf, type Steps, stepsOn } from './steps.ts';

const PROGRAM_ADMIN = { role: 'programAdmin', scope: '*' } as const;
const HERE = { role: 'incentivesUser', scope: AMSTERDAM } as const;

/** What somebody is to a claim: whether they may work on it for the partner, and whether they may judge it. */
type Kind = { readonly who: string; readonly partner: boolean; readonly judge: 'yes' | 'no' | 'own' };

const KINDS = [
  { who: 'a partner with a role for its location', partner: true, judge: 'no' },
  { who: 'a partner with a role for another location', partner: false, judge: 'no' },
  { who: 'a colleague without a role', partner: false, judge: 'no' },
  { who: 'a partner of another organisation', partner: false, judge: 'no' },
  { who: 'a program admin', partner: false, judge: 'yes' },
  { who: 'a stand-in of today', partner: false, judge: 'yes' },
  { who: 'a stand-in whose days are over', partner: false, judge: 'no' },
  { who: 'a stand-in whose days have not begun', partner: false, judge: 'no' },
  { who: 'a stand-in for somebody who is no program admin any more', partner: false, judge: 'no' },
  { who: 'a program admin who could work on it', partner: true, judge: 'own' },
  { who: 'a program admin whose claim it is', partner: false, judge: 'own' },
  { who: 'a program admin who added it once', partner: false, judge: 'own' },
  { who: 'a program admin who could work on it until a moment ago', partner: false, judge: 'own' },
  { who: 'a stand-in for the program admin whose claim it is', partner: false, judge: 'own' },
  { who: 'a program admin until a moment ago', partner: false, judge: 'no' },
] as const satisfies readonly Kind[];

type Outcome = { readonly kind: string };
type Action = {
  readonly what: string;
  /** What it can make of a claim; none: it changes the evidence, and not the status. */
  readonly makes: readonly TransitionName[];
  readonly by: 'partner' | 'reviewer';
  readonly done: string;
  readonly run: (steps: Steps, actor: Actor, number: number) => Promise<Outcome>;
};

const ACTIONS: readonly Action[] = [
  {
    what: 'asking for consent',
    makes: ['sendConsent', 'resendConsent'],
    by: 'partner',
    done: 'sent',
    run: (steps, actor, number) => steps.send(actor, number),
  },
  {
    what: 'submitting',
    makes: ['submit', 'resubmit', 'submitDispute'],
    by: 'partner',
    done: 'done',
    run: (steps, actor, number) => steps.submit(actor, number),
  },
  {
    what: 'disputing',
    makes: ['dispute'],
    by: 'partner',
    done: 'done',
    run: (steps, actor, number) => steps.dispute(actor, number),
  },
  {
    what: 'canceling',
    makes: ['cancel'],
    by: 'partner',
    done: 'done',
    run: (steps, actor, number) => steps.cancel(actor, number),
  },
  {
    what: 'keeping evidence',
    makes: [],
    by: 'partner',
    done: 'kept',
    run: (steps, actor, number) => steps.keep(actor, number, 'invoice'),
  },
  {
    what: 'taking it up',
    makes: ['startReview'],
    by: 'reviewer',
    done: 'done',
    run: (steps, actor, number) => steps.start(actor, number),
  },
  {
    what: 'approving',
    makes: ['approve'],
    by: 'reviewer',
    done: 'done',
    run: (steps, actor, number) => steps.decide(actor, number, 'approve'),
  },
  {
    what: 'asking for more',
    makes: ['askForMore'],
    by: 'reviewer',
    done: 'done',
    run: (steps, actor, number) => steps.decide(actor, number, 'askForMore'),
  },
  {
    what: 'rejecting',
    makes: ['reject', 'rejectFinally'],
    by: 'reviewer',
    done: 'done',
    run: (steps, actor, number) => steps.decide(actor, number, 'reject'),
  },
];

/** R15: evidence is the partner's to change before the first submission, and when it is theirs to act again. */
const evidenceIsOpen = ({ status, pausedDueAt }: Claim) =>
  pausedDueAt === null && ['CONSENT_RECEIVED', 'ACTION_REQUIRED', 'DISPUTED'].includes(status);

/** What is to come of an action where the claim stands: its outcome, and the transition that it makes, if any. */
const expected = ({ makes, by, done }: Action, { partner, judge }: Kind, claim: Claim) => {
  const made = makes.find((name) => canFollow(name, claim));
  const refused = (kind: string) => ({ kind, made: undefined });
  if (by === 'partner' && !partner) return refused('noSuchClaim');
  if (by === 'reviewer' && judge === 'no') return refused('notReviewer');
  // What was never submitted is none of the reviewers' business: not even that it is there.
  if (by === 'reviewer' && claim.submittedAt === null) return refused('noSuchClaim');
  if (by === 'reviewer' && judge === 'own') return refused('ownClaim');
  if (makes.length === 0) return evidenceIsOpen(claim) ? { kind: done, made: undefined } : refused('tooLate');
  return made === undefined ? refused('tooLate') : { kind: done, made };
};

let record: Record;
let steps: Steps;
let parties: Parties;
let people: ReadonlyMap<string, Actor>;
beforeAll(async () => {
  record = await openRecord('postgresql');
  steps = stepsOn(record);
  const { ports, clock } = record;
  const now = clock.now();
  const day = (days: number) => new Date(now.getTime() + days * DAY);
  const admin = await record.actor(ALEX);
  await steps.channel(admin);
  const [partner, both, owner, adder, former, gone, today, past, coming, without, left, theirs] = [
    await steps.person([HERE]),
    await steps.person([PROGRAM_ADMIN, HERE]),
    await steps.person([PROGRAM_ADMIN]),
    await steps.person([PROGRAM_ADMIN]),
    await steps.person([PROGRAM_ADMIN]),
    await steps.person(),
    await steps.person(),
    await steps.person(),
    await steps.person(),
    await steps.person(),
    await steps.person([PROGRAM_ADMIN, HERE]),
    await steps.person(),
  ];
  await steps.standsIn(today, admin, day(-1), day(1));
  await steps.standsIn(past, admin, day(-9), new Date(now.getTime() - 1));
  await steps.standsIn(coming, admin, new Date(now.getTime() + 1), day(9));
  await steps.standsIn(theirs, owner, day(-1), day(1));
  await steps.standsIn(without, gone, day(-1), day(1));
  // What is known of the person is from before.
  await ports.inTx((tx) => tx.people.revoke(former.personId, PROGRAM_ADMIN));
  await removeRole(ports, admin, { id: ports.random.id(), verb: 'role.remove' }, left.personId, HERE);
  parties = { owner, adder, partner, admin };
  const actors = [
    partner,
    await record.actor(NOOR),
    await record.actor(SAM),
    await record.actor(LEE, TAILSPIN),
    admin,
    today,
    past,
    coming,
    without,
    both,
    owner,
    adder,
    await record.actor(left.objectId),
    theirs,
    former,
  ];
  people = new Map(KINDS.map(({ who }, index) => [who, actors[index] as Actor]));
});
afterAll(() => record?.close());

const arrive = (standing: Standing) => broughtTo(record, steps, parties, standing);

test('R16: the claims of these tests stand at every status there is', () => {
  expect(new Set(STANDINGS.map(({ status }) => status))).toEqual(new Set(CLAIM_STATUSES));
});

test('R16: these tests take every transition of the table', () => {
  const clocks = ['expireConsent', 'expireSubmission', 'expireReview', 'expireDispute'];
  const taken = [...ACTIONS.flatMap(({ makes }) => makes), 'acceptConsent', 'declineConsent', ...clocks];
  expect(taken.toSorted()).toEqual(Object.keys(TRANSITIONS).toSorted());
});

describe.each(STANDINGS)('R16: of a claim that is $title', (standing) => {
  /** Stands here throughout: nothing that is tried on it may leave a trace. */
  let number: number;
  let claim: Claim;
  let before: string;
  beforeAll(async () => {
    number = await arrive(standing);
    claim = await steps.claim(number);
  });
  beforeEach(async () => {
    before = await allOf(record, number);
  });
  const left = async () => ((now) => (now === before ? 'no trace' : now))(await allOf(record, number));

  test.each(ACTIONS)('$what is for whom the table names, where it says so, and nothing else', async (action) => {
    const tried = KINDS.map((kind) => ({ ...kind, want: expected(action, kind, claim) }));
    const refused = tried.filter(({ want }) => want.kind !== action.done);
    for (const { who, want } of refused) {
      const { kind } = await action.run(steps, people.get(who) as Actor, number);
      expect({ who, kind }).toEqual({ who, kind: want.kind });
    }
    expect(await left()).toBe('no trace');
    for (const { who, want } of tried.filter((kind) => !refused.includes(kind))) {
      const actor = people.get(who) as Actor;
      const other = await arrive(standing);
      const lines = (await steps.history(other)).length;
      const { kind } = await action.run(steps, actor, other);
      const history = await steps.history(other);
      const { what, actor: by } = history.at(-1) ?? {};
      const { status } = await steps.claim(other);
      const [to, name] =
        want.made === undefined ? [claim.status, 'evidenceAdded'] : [TRANSITIONS[want.made].to, want.made];
      expect({ who, kind, status, lines: history.length, what, by }).toEqual({
        ...{ who, kind: action.done, status: to, lines: lines + 1 },
        ...{ what: name, by: byPerson(actor) },
      });
    }
  });

  test('R17: nothing is done once the time is over, whatever the sweep has come to', async () => {
    await letLapse(record, number);
    before = await allOf(record, number);
    for (const action of ACTIONS) {
      for (const who of ['a partner with a role for its location', 'a program admin']) {
        const { kind } = await action.run(steps, people.get(who) as Actor, number);
        const { what } = action;
        const refused = expect.stringMatching(/^(tooLate|noSuchClaim|notReviewer)$/);
        expect({ who, what, kind }).toEqual({ who, what, kind: refused });
      }
    }
    expect(await left()).toBe('no trace');
    const request = await anotherLink();
    before = await allOf(record, number);
    expect((await steps.answer(request, 'accept')).kind).toBe('dead');
    expect(await left()).toBe('no trace');
    await record.database.prisma.claim.update({ where: { number }, data: { dueAt: claim.dueAt } });
  });

  /** A link as good as any: where the claim stands decides, not what became of its mails. */
  const anotherLink = async (of = number): Promise<string> => {
    const { database, clock, ports } = record;
    const token = ports.random.token();
    const request = { sentById: claim.ownerId, toName: 'Anna', toEmail: 'anna@newcomer.example', language: 'en' };
    const mail = { state: 'open', mailState: 'mailed', mailVersion: '1', createdAt: clock.now() };
    const links = { create: { tokenHash: ports.sha256(token), createdAt: clock.now() } };
    await database.prisma.consentRequest.create({
      data: { id: ports.random.id(), claimNumber: of, ...request, ...mail, links },
    });
    return token;
  };

  test.each([
    ['accept', 'accepted', 'acceptConsent'],
    ['decline', 'declined', 'declineConsent'],
  ] as const)('the customer can %s only where the table says so', async (decision, done, name) => {
    const may = canFollow(name, claim);
    const other = may ? await arrive(standing) : number;
    const token = await anotherLink(other);
    before = await allOf(record, number);
    expect((await steps.answer(token, decision)).kind).toBe(may ? done : 'dead');
    if (!may) expect(await left()).toBe('no trace');
    else {
      expect((await steps.claim(other)).status).toBe(TRANSITIONS[name].to);
      expect((await steps.history(other)).at(-1)).toMatchObject({ what: name, actor: 'customer' });
    }
  });

  test('the clock ends it only where the table says so', async () => {
    await letLapse(record, number);
    before = await allOf(record, number);
    const names = Object.keys(TRANSITIONS) as TransitionName[];
    const name = names.find((one) => TRANSITIONS[one].by === 'clock' && canFollow(one, claim));
    expect(await expireClaims(record.ports)).toBe(name === undefined ? 0 : 1);
    if (name === undefined) {
      expect(await left()).toBe('no trace');
      await record.database.prisma.claim.update({ where: { number }, data: { dueAt: claim.dueAt } });
    } else {
      expect(await steps.claim(number)).toMatchObject({ status: TRANSITIONS[name].to, dueAt: null });
      expect((await steps.history(number)).at(-1)).toMatchObject({ what: name, actor: 'clock' });
    }
  });
});
