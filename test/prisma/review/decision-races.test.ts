import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { byPerson, chainOfPerson, firstBreak } from '../../../domain/audit/chain.ts';
import { setUpChannel } from '../../../domain/channels/set-up-channel.ts';
import { expireClaims } from '../../../domain/claims/expire-claims.ts';
import { type DecideOutcome, decideAccess } from '../../../domain/people/access.ts';
import type { Actor } from '../../../domain/people/actor.ts';
import { removeRole } from '../../../domain/people/roles.ts';
import { remindReviews } from '../../../domain/review/remind-reviews.ts';
import { DECISIONS } from '../../../domain/review/review-claim.ts';
import { ALEX, AMSTERDAM, DAY, SERVER } from '../../support/world.ts';
import { atOnce, openRecord, type Record } from '../record.ts';
import { broughtTo, type Parties, STANDINGS } from './standings.ts';
import { REQUIRED, type Steps, stepsOn } from './steps.ts';

const PROGRAM_ADMIN = { role: 'programAdmin', scope: '*' } as const;
const HERE = { role: 'incentivesUser', scope: AMSTERDAM } as const;

const kinds = (outcomes: readonly { readonly kind: string }[]) => outcomes.map(({ kind }) => kind).toSorted();
const many = (times: number, kind: string) => Array.from({ length: times }, () => kind);

describe.each(SERVER)('races on %s', (engine) => {
  let record: Record;
  let steps: Steps;
  let parties: Parties;
  let admins: readonly Actor[];
  beforeAll(async () => {
    record = await openRecord(engine);
    steps = stepsOn(record);
    const partner = await steps.person([HERE]);
    parties = { owner: partner, adder: partner, partner, admin: await record.actor(ALEX) };
    admins = await atOnce(5, () => steps.person([PROGRAM_ADMIN]));
    await steps.channel(parties.admin);
  });
  afterAll(() => record?.close());

  const at = (title: string): Promise<number> => {
    const standing = STANDINGS.find((one) => one.title === title);
    if (standing === undefined) throw new Error(`nothing stands at ${title}`);
    return broughtTo(record, steps, parties, standing);
  };
  const command = (verb = 'review.decide') => ({ id: record.ports.random.id(), verb });
  const adminAt = (index: number): Actor => admins[index % admins.length] as Actor;

  /** R33: one line came of it, the history holds, and the partner heard of it once. */
  const expectOne = async (number: number, before: number, told: string | null) => {
    const history = await steps.history(number);
    expect(history).toHaveLength(before + 1);
    expect(firstBreak(record.ports.sha256, history)).toBeNull();
    if (told === null) return history.at(-1);
    const where = { claimNumber: number, kind: told, personId: parties.owner.personId };
    expect(await record.database.prisma.notice.count({ where })).toBe(1);
    return history.at(-1);
  };

  describe('R25: the first decision counts', () => {
    let number: number;
    let lines: number;
    beforeEach(async () => {
      number = await at('UNDER_REVIEW');
      lines = (await steps.history(number)).length;
    });

    const NOTICES = { approve: 'reviewApproved', askForMore: 'reviewActionRequired', reject: 'reviewRejected' };

    test('of fifty at once, by five program admins, of every kind, one is made', async () => {
      const seen = await steps.seen(number);
      const outcomes = await atOnce(50, (index) =>
        steps.decide(adminAt(index), number, DECISIONS[index % 3] ?? 'reject', seen),
      );
      expect(kinds(outcomes)).toEqual(['done', ...many(49, 'tooLate')]);
      const won = outcomes.findIndex(({ kind }) => kind === 'done');
      const what = DECISIONS[won % 3] ?? 'reject';
      expect(await expectOne(number, lines, NOTICES[what])).toMatchObject({ what, actor: byPerson(adminAt(won)) });
      const where = { claimNumber: number, kind: { in: Object.values(NOTICES) } };
      expect(await record.database.prisma.notice.count({ where })).toBe(1);
      // The winner's words are kept, and nobody else's.
      expect((await record.ports.reads.claims.listRemarks(number)).size).toBe(1);
    });

    test('one button pressed twenty times by one person answers them all alike', async () => {
      const [button, seen] = [command(), await steps.seen(number)];
      const outcomes = await atOnce(20, () => steps.decide(adminAt(0), number, 'approve', seen, button));
      expect(kinds(outcomes)).toEqual(many(20, 'done'));
      expect(await expectOne(number, lines, 'reviewApproved')).toMatchObject({ what: 'approve' });
    });

    test('one button under which two things are asked comes to one of them', async () => {
      const [button, seen] = [command(), await steps.seen(number)];
      const decide = (what: 'approve' | 'reject') => steps.decide(adminAt(0), number, what, seen, button);
      const outcomes = await Promise.all([decide('approve'), decide('reject')]);
      expect(kinds(outcomes)).toEqual(['done', 'done']);
      await expectOne(number, lines, null);
    });

    test('twenty buttons pressed by one person come to one decision', async () => {
      const seen = await steps.seen(number);
      const outcomes = await atOnce(20, () => steps.decide(adminAt(0), number, 'askForMore', seen));
      expect(kinds(outcomes)).toEqual(['done', ...many(19, 'tooLate')]);
      await expectOne(number, lines, 'reviewActionRequired');
    });

    test('of two that contradict each other one is made, and the other is told it is too late', async () => {
      const seen = await steps.seen(number);
      const outcomes = await Promise.all([
        steps.decide(adminAt(0), number, 'approve', seen),
        steps.decide(adminAt(1), number, 'reject', seen),
      ]);
      expect(kinds(outcomes)).toEqual(['done', 'tooLate']);
      const { status, amountCents } = await steps.claim(number);
      expect([status, amountCents !== null]).toEqual(
        outcomes[0]?.kind === 'done' ? ['APPROVED', true] : ['REJECTED', false],
      );
    });

    test('of those who take a claim up at once one does', async () => {
      const other = await at('SUBMITTED');
      const seen = await steps.seen(other);
      const outcomes = await atOnce(10, (index) => steps.start(adminAt(index), other, seen));
      expect(kinds(outcomes)).toEqual(['done', ...many(9, 'tooLate')]);
    });
  });

  test('R25: a decision and the loss of the right to make it come in one order or the other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const number = await at('UNDER_REVIEW');
      const judge = await steps.person([PROGRAM_ADMIN]);
      const seen = await steps.seen(number);
      const [decided, removed] = await Promise.all([
        steps.decide(judge, number, 'approve', seen),
        removeRole(record.ports, parties.admin, command('role.remove'), judge.personId, PROGRAM_ADMIN),
      ]);
      expect(removed).toEqual({ kind: 'removed' });
      expect(['done', 'notReviewer']).toContain(decided.kind);
      expect((await steps.claim(number)).status).toBe(decided.kind === 'done' ? 'APPROVED' : 'UNDER_REVIEW');
      // Whatever is pressed from then on decides nothing, however old the card.
      const next = await at('UNDER_REVIEW');
      expect((await steps.decide(judge, next, 'approve')).kind).toBe('notReviewer');
    }
  });

  test('R24: a claim is not submitted without evidence that somebody removes at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const number = await at('CONSENT_RECEIVED');
      const seen = await steps.seen(number);
      const [submitted, removed] = await Promise.all([
        steps.submit(parties.partner, number, seen),
        steps.remove(parties.partner, number, REQUIRED[0]),
      ]);
      // Whoever comes second finds the claim changed.
      expect([`${submitted.kind} ${removed.kind}`]).toEqual([
        expect.stringMatching(/^(done tooLate|tooLate removed)$/),
      ]);
      const evidence = await record.ports.reads.claims.listEvidence(number);
      const { status } = await steps.claim(number);
      expect([status, evidence.length]).toEqual(
        submitted.kind === 'done' ? ['SUBMITTED', REQUIRED.length] : ['CONSENT_RECEIVED', REQUIRED.length - 1],
      );
    }
  });

  test('R24: of ten who put a link in the place of the one they saw one does, and the others are told that it changed', async () => {
    const number = await at('CONSENT_RECEIVED');
    const [item, lines] = [REQUIRED[0], (await steps.history(number)).length];
    const seen = await steps.about(number, item);
    const url = (index: number) => `https://files.example/${index}`;
    const outcomes = await atOnce(10, (index) => steps.keep(parties.partner, number, item, { url: url(index) }, seen));
    expect(kinds(outcomes)).toEqual([...many(9, 'changed'), 'kept']);
    const won = outcomes.findIndex(({ kind }) => kind === 'kept');
    const evidence = await record.ports.reads.claims.listEvidence(number);
    expect(evidence.find((link) => link.item === item)?.url).toBe(url(won));
    expect(await expectOne(number, lines, null)).toMatchObject({ what: 'evidenceReplaced' });
  });

  test.each([
    ['CONSENT_RECEIVED', 'submit'],
    ['ACTION_REQUIRED', 'resubmit'],
    ['DISPUTED', 'submitDispute'],
  ] as const)('R24: of ten who submit a claim that is %s at once one does', async (title, what) => {
    const number = await at(title);
    const [seen, lines] = [await steps.seen(number), (await steps.history(number)).length];
    const outcomes = await atOnce(10, () => steps.submit(parties.partner, number, seen));
    expect(kinds(outcomes)).toEqual(['done', ...many(9, 'tooLate')]);
    expect(await expectOne(number, lines, null)).toMatchObject({ what });
  });

  test('R18: of ten who dispute a rejection at once one does', async () => {
    const number = await at('REJECTED');
    const [seen, lines] = [await steps.seen(number), (await steps.history(number)).length];
    const outcomes = await atOnce(10, () => steps.dispute(parties.partner, number, seen));
    expect(kinds(outcomes)).toEqual(['done', ...many(9, 'tooLate')]);
    expect(await expectOne(number, lines, null)).toMatchObject({ what: 'dispute' });
  });

  test('R3: of ten who decide on a request for access at once one does, and the person hears of it once', async () => {
    const { ports, database } = record;
    const person = await steps.person();
    const id = ports.random.id();
    const request = { id, personId: person.personId, ...HERE, why: 'New here', createdAt: record.clock.now() };
    await ports.inTx((tx) => tx.access.ask(request));
    const outcomes = await atOnce<DecideOutcome>(10, (index) => {
      const what = index % 2 === 0 ? 'grant' : 'refuse';
      return decideAccess(ports, adminAt(index), command('access.decide'), id, what, 'As it is');
    });
    expect(kinds(outcomes)).toEqual(['done', ...many(9, 'tooLate')]);
    const granted = outcomes.findIndex(({ kind }) => kind === 'done') % 2 === 0;
    const { roles } = await record.actor(person.objectId);
    expect(roles).toEqual(granted ? [HERE] : []);
    const history = await ports.reads.audit.list(chainOfPerson(person.personId));
    expect(history.map(({ what }) => what)).toEqual([granted ? 'roleGranted' : 'accessRefused']);
    expect(await database.prisma.notice.count({ where: { personId: person.personId } })).toBe(1);
  });

  test('R3: of two program admins who remove each other at once one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await steps.person([PROGRAM_ADMIN]), await steps.person([PROGRAM_ADMIN])];
      const remove = (by: Actor, whom: Actor) =>
        removeRole(record.ports, by, command('role.remove'), whom.personId, PROGRAM_ADMIN);
      const outcomes = await Promise.all([remove(one, two), remove(two, one)]);
      expect(kinds(outcomes)).toEqual(['notYours', 'removed']);
      const left = await record.database.prisma.roleGrant.count({
        where: { personId: { in: [one.personId, two.personId] } },
      });
      expect(left).toBe(1);
    }
  });

  test('R3: however many remove themselves at once, the last program admin stays one', async () => {
    const all = await record.ports.reads.people.listProgramAdmins();
    const outcomes = await Promise.all(
      all.map((admin) => removeRole(record.ports, admin, command('role.remove'), admin.personId, PROGRAM_ADMIN)),
    );
    expect(kinds(outcomes)).toEqual(['lastProgramAdmin', ...many(all.length - 1, 'removed')]);
    expect(await record.ports.reads.people.listProgramAdmins()).toHaveLength(1);
    for (const { personId } of all) {
      await record.ports.inTx((tx) => tx.people.grant(personId, PROGRAM_ADMIN, record.clock.now()));
    }
  });

  test('R31: of ten channels that are given one duty at once one has it', async () => {
    const { ports, database } = record;
    const typed = { duties: 'reviews', scope: '*', language: 'en' };
    const places = Array.from({ length: 10 }, (_, index) => ({ conversationId: `19:raced-${index}`, name: null }));
    const outcomes = await Promise.all(
      places.map((place, index) => setUpChannel(ports, adminAt(index), command('channel.setUp'), place, typed)),
    );
    expect(kinds(outcomes)).toEqual(many(10, 'setUp'));
    const duties = await database.prisma.channelDuty.findMany({ where: { duty: 'reviews', scope: '*' } });
    expect(duties).toHaveLength(1);
    expect(places.map(({ conversationId }) => conversationId)).toContain(duties[0]?.conversationId);
    await steps.channel(parties.admin);
  });

  test('R25: of twenty processes that look at once one speaks of a silence', async () => {
    const silent = [await at('SUBMITTED'), await at('UNDER_REVIEW'), await at('DISPUTED and submitted')];
    record.clock.advance(5 * DAY);
    const waiting = { kind: 'reviewWaiting', claimNumber: { in: silent } };
    const counts = await atOnce(20, () => remindReviews(record.ports));
    expect(await record.database.prisma.notice.count({ where: waiting })).toBe(silent.length);
    const all = await record.database.prisma.notice.count({ where: { kind: 'reviewWaiting' } });
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all);
    for (const number of silent) {
      expect(firstBreak(record.ports.sha256, await steps.history(number))).toBeNull();
      expect((await steps.claim(number)).remindAt).toEqual(new Date(record.clock.now().getTime() + 5 * DAY));
    }
  });

  test('R17: in its last millisecond a claim is submitted and does not expire; in the next it is the other way round', async () => {
    for (const past of [0, 1]) {
      const number = await at('ACTION_REQUIRED');
      const { dueAt } = await steps.claim(number);
      record.clock.set(new Date((dueAt?.getTime() ?? 0) + past));
      const [seen, lines] = [await steps.seen(number), (await steps.history(number)).length];
      const submit = atOnce(5, () => steps.submit(parties.partner, number, seen));
      const sweep = atOnce(5, () => expireClaims(record.ports));
      const [outcomes] = await Promise.all([submit, sweep]);
      expect(kinds(outcomes)).toEqual(past === 0 ? ['done', ...many(4, 'tooLate')] : many(5, 'tooLate'));
      const what = past === 0 ? 'resubmit' : 'expireReview';
      expect(await expectOne(number, lines, past === 0 ? null : 'reviewExpired')).toMatchObject({ what });
    }
  });
});
