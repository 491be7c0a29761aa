import { chainOf } from '../../../domain/audit/chain.ts';
import { EVERY_DEAL } from '../../../domain/channels/channel.ts';
import { cancelClaim } from '../../../domain/claims/cancel-claim.ts';
import type { Claim, Evidence, NewClaim } from '../../../domain/claims/claim-store.ts';
import type { ClaimStatus } from '../../../domain/claims/status.ts';
import { type AnswerOutcome, answerConsent } from '../../../domain/consent/answer-consent.ts';
import { noteMailed, prepareConsentMail } from '../../../domain/consent/mail-consent.ts';
import { confirmSendConsent, type SendOutcome } from '../../../domain/consent/send-consent.ts';
import { sendConsentStart } from '../../../domain/drafts/send-consent.ts';
import type { Actor, RoleGrant } from '../../../domain/people/actor.ts';
import { lastAbout } from '../../../domain/review/checklist.ts';
import { keepEvidence, removeEvidence } from '../../../domain/review/evidence.ts';
import { type Decision, decideReview, startReview } from '../../../domain/review/review-claim.ts';
import { disputeClaim, submitClaim } from '../../../domain/review/submit-claim.ts';
import { DAY, NORTHBRIDGE } from '../../support/world.ts';
import { claimOf, type Record } from '../record.ts';

/** The engagement of these tests: two items are required, one is not; 30 days, 90, 120 and 30. */
export const ENGAGEMENT = 'mw-endpoint-management';
export const REQUIRED = ['findings', 'customerSurvey'] as const;

const WORDS = { comment: 'Because of what it shows', reason: 'datesWrong' };

/** What people do with claims, each through its use case and with a button of its own. */
export const stepsOn = (record: Record) => {
  const { ports, database, clock } = record;
  const command = (verb: string) => ({ id: ports.random.id(), verb });

  const claim = async (number: number): Promise<Claim> => {
    const found = await ports.reads.claims.find(number);
    if (found === null) throw new Error(`there is no claim ${number}`);
    return found;
  };
  const history = (number: number) => ports.reads.audit.list(chainOf(number));
  /** What a card of now brings: the newest line that changed something. */
  const seen = async (number: number): Promise<number> =>
    (await history(number)).findLast(({ what }) => what !== 'reviewReminded')?.sequence ?? 0;

  /** The same of one item of evidence. */
  const about = async (number: number, item: string): Promise<number> => lastAbout(item, await history(number));

  return {
    claim,
    history,
    seen,
    about,

    /** Somebody new, with these roles. */
    person: async (roles: readonly RoleGrant[] = [], tenantId = NORTHBRIDGE): Promise<Actor> => {
      const objectId = ports.random.id();
      const { prisma } = database;
      const organisation = await prisma.organisation.findUniqueOrThrow({ where: { tenantId } });
      const at = clock.now();
      const granted = roles.map((grant) => ({ ...grant, grantedAt: at }));
      const names = { name: 'Somebody New', organisationId: organisation.id, tenantId, objectId };
      await prisma.person.create({
        data: { id: ports.random.id(), ...names, createdAt: at, roles: { create: granted } },
      });
      return record.actor(objectId, tenantId);
    },

    /** In whose place, from when, until when. */
    standsIn: (person: Actor, admin: Actor, from: Date, until: Date) =>
      ports.inTx((tx) =>
        tx.people.addStandIn(
          { id: ports.random.id(), adminId: admin.personId, personId: person.personId, from, until },
          clock.now(),
        ),
      ),

    /** A channel that takes posts, with the duty of reviews for everybody; its conversation's id. */
    channel: async (admin: Actor): Promise<string> => {
      const id = `19:${ports.random.id()}@thread.tacv2`;
      const at = clock.now();
      await database.prisma.conversation.create({
        data: {
          id,
          tenantId: NORTHBRIDGE,
          type: 'channel',
          serviceUrl: 'https://teams.example',
          botId: '28:bot',
          active: true,
          updatedAt: at,
        },
      });
      const duty = {
        duty: 'reviews',
        scope: '*',
        route: EVERY_DEAL,
        conversationId: id,
        name: null,
        language: 'en',
        timeZone: null,
      } as const;
      await ports.inTx((tx) => tx.channels.setUp(duty, { personId: admin.personId, at }));
      return id;
    },

    /** A claim as the store takes it, of this engagement, for a customer that nobody named before. */
    nomination: async (over: Partial<NewClaim> = {}): Promise<NewClaim> => {
      const current = await ports.reads.engagements.listCurrent(clock.now());
      const engagement = current.find(({ slug }) => slug === ENGAGEMENT);
      const customerId = await record.customer(`Customer ${ports.random.id()}`);
      const identifier = { type: 'tenantId', value: ports.random.id() } as const;
      await database.prisma.identifier.create({ data: { ...identifier, customerId, source: 'Test' } });
      return claimOf(record, customerId, {
        engagementVersionId: engagement?.id ?? '',
        engagementSlug: ENGAGEMENT,
        identifier,
        tenantId: identifier.value,
        dueAt: new Date(clock.now().getTime() + 30 * DAY),
        ...over,
      });
    },

    /** Confirms the form of consent, filled in when the claim got its status at `statusAt`. */
    send: async (actor: Actor, number: number, dealSizeCents = 500_000, statusAt?: Date): Promise<SendOutcome> => {
      const found = await claim(number);
      const answers = { ...sendConsentStart({ ...found, statusAt: statusAt ?? found.statusAt }), dealSizeCents };
      const { id, verb } = command('draft.confirm');
      const draft = { id: ports.random.id(), personId: actor.personId, kind: 'sendConsent', claim: number } as const;
      const state = { step: 'review', answers, commandId: id, status: 'open', updatedAt: clock.now() } as const;
      await ports.inTx((tx) => tx.drafts.open({ ...draft, ...state }));
      const outcome = await confirmSendConsent(ports, actor, { id, verb }, draft.id, {});
      await database.prisma.draft.deleteMany({ where: { claim: number } });
      return outcome;
    },
    /** The mail that still waits to be sent leaves; the link in it. */
    mailed: async (number: number): Promise<string> => {
      const where = { claimNumber: number, state: 'open' };
      const { id } = await database.prisma.consentRequest.findFirstOrThrow({ where });
      const mail = await prepareConsentMail(ports, id);
      if (mail === null) throw new Error(`claim ${number} asks nobody for consent`);
      await noteMailed(ports, id);
      return mail.token;
    },
    answer: (token: string, decision: 'accept' | 'decline'): Promise<AnswerOutcome> =>
      answerConsent(
        ports,
        token,
        { decision, name: 'Anna', reason: '', shownHash: '', mayContact: false, mayShare: false },
        () => 'what was shown',
      ),

    keep: async (actor: Actor, number: number, item: string, link: Partial<Evidence> = {}, asSeen?: number) => {
      const seen = asSeen ?? (await about(number, item));
      const typed = { title: link.title ?? 'A document', url: link.url ?? `https://files.example/${item}`, note: '' };
      return keepEvidence(ports, actor, command('evidence.keep'), { claim: number, item, seen }, typed);
    },
    remove: async (actor: Actor, number: number, item: string, asSeen?: number) => {
      const seen = asSeen ?? (await about(number, item));
      return removeEvidence(ports, actor, command('evidence.remove'), { claim: number, item, seen });
    },

    submit: async (actor: Actor, number: number, asSeen?: number, remark = '') =>
      submitClaim(
        ports,
        actor,
        command('claim.submit'),
        { claim: number, seen: asSeen ?? (await seen(number)) },
        remark,
      ),
    dispute: async (actor: Actor, number: number, asSeen?: number) => {
      const as = { claim: number, seen: asSeen ?? (await seen(number)) };
      return disputeClaim(ports, actor, command('claim.dispute'), as, 'It was done as agreed');
    },
    cancel: async (actor: Actor, number: number, asSeen?: ClaimStatus) =>
      cancelClaim(ports, actor, command('claim.cancel'), number, asSeen ?? (await claim(number)).status),

    start: async (actor: Actor, number: number, asSeen?: number) =>
      startReview(ports, actor, command('review.start'), { claim: number, seen: asSeen ?? (await seen(number)) }),
    decide: async (actor: Actor, number: number, decision: Decision, asSeen?: number, by = command('review.decide')) =>
      decideReview(ports, actor, by, { claim: number, seen: asSeen ?? (await seen(number)) }, decision, WORDS),
  };
};

export type Steps = ReturnType<typeof stepsOn>;

/** All that the record holds of a claim, and how much was ever told or queued, as one text. */
export const allOf = async ({ database }: Record, number: number): Promise<string> => {
  const [row] = await database.prisma.$queryRaw<{ whole: string }[]>`
    SELECT json_build_object(
      'claim', (SELECT row_to_json(c) FROM "Claim" c WHERE "number" = ${number}),
      'contacts', (SELECT json_agg(c ORDER BY "side") FROM "Contact" c WHERE "claimNumber" = ${number}),
      'history', (SELECT json_agg("hash" ORDER BY "sequence") FROM "AuditEvent" WHERE "chain" = 'claim:' || ${number}::int),
      'evidence', (SELECT json_agg(e ORDER BY "item") FROM "Evidence" e WHERE "claimNumber" = ${number}),
      'remarks', (SELECT json_agg(r ORDER BY "sequence") FROM "Remark" r WHERE "claimNumber" = ${number}),
      'requests', (SELECT json_agg(r ORDER BY "id") FROM "ConsentRequest" r WHERE "claimNumber" = ${number}),
      'notices', (SELECT json_agg(n ORDER BY "key") FROM "Notice" n WHERE "claimNumber" = ${number}),
      'told', (SELECT count(*) FROM "Notice"),
      'queued', (SELECT count(*) FROM pgboss.job)
    )::text AS whole`;
  return row?.whole ?? '';
};
