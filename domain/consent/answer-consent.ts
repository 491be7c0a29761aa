import { advanceClaim } from '../claims/advance-claim.ts';
import type { Claim } from '../claims/claim-store.ts';
import { endOfWindow, isOver } from '../claims/deadlines.ts';
import { closeReferrals } from '../co-sell/close-referrals.ts';
import type { ConsentFlags } from '../co-sell/conditions.ts';
import { judgeCoSell } from '../co-sell/upgrade.ts';
import { orRefused, Refused } from '../commands.ts';
import { type Engagement, ratedBy } from '../engagements/engagement.ts';
import { tellPartner } from '../notices/tell.ts';
import type { Ports, Reads, Tx } from '../ports.ts';
import { lengthOf, oneLine } from '../typed.ts';
import type { ConsentRequest } from './consent-store.ts';

/** What a live link shows. */
export type ConsentView = {
  readonly request: ConsentRequest;
  readonly claim: Claim;
  readonly engagement: Engagement;
};

/** A request that can still be answered, with what it is about; null when not, by the clock and not by the sweep. */
export const liveConsent = async (
  reads: Pick<Reads, 'claims' | 'engagements'>,
  request: ConsentRequest | null,
  now: Date,
): Promise<ConsentView | null> => {
  if (request === null || request.state !== 'open') return null;
  const claim = await reads.claims.find(request.claimNumber);
  if (claim?.status !== 'AWAITING_CONSENT' || claim.dueAt === null || isOver(claim.dueAt, now)) return null;
  const engagement = await reads.engagements.findVersion(claim.engagementVersionId);
  return engagement === null ? null : { request, claim, engagement };
};

/** R22: null for every dead link alike (never issued, answered, replaced, canceled, expired). Reads only. */
export const showConsent = async (ports: Ports, token: string): Promise<ConsentView | null> =>
  liveConsent(ports.reads, await ports.reads.consent.findByTokenHash(ports.sha256(token)), ports.clock.now());

export const MOST_DECLINE_REASON = 500;

export type AnswerFault = 'choice.missing' | 'name.missing' | 'name.other' | 'reason.tooLong' | 'text.changed';

export type AnswerOutcome =
  /** `besides`: what else was agreed to (R27). */
  | { readonly kind: 'accepted' | 'declined'; readonly view: ConsentView; readonly besides: ConsentFlags }
  | { readonly kind: 'faults'; readonly view: ConsentView; readonly faults: readonly AnswerFault[] }
  | { readonly kind: 'dead' };

const words = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLocaleLowerCase('en')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Parts of many names that say nothing of whose: forms of address, and the particles of Western Europe. */
const TITLES = new Set('mr mrs ms mx miss sir madam dr prof ir ing drs mag dhr mevr mw herr frau mme mlle'.split(' '));
const PARTICLES = new Set(
  'van von vom zu zum zur der den de het ten ter te op la le les du des di da del della dos das do y e und en'.split(
    ' ',
  ),
);

/** The contact's own name, forgiving about capitals, accents and missing parts: one whole name part must agree. */
export const isNameOf = (typed: string, contact: string): boolean => {
  const own = words(contact);
  // A contact without a letter in the name must be able to answer too.
  if (own.length === 0) return oneLine(typed) === oneLine(contact);
  // In "J. van der Berg" neither the initial nor the particles say who it is; in "De Vries" the second part does.
  const says = own.filter((word) => !TITLES.has(word) && !PARTICLES.has(word));
  const some = says.length === 0 ? own : says;
  const longest = Math.max(...some.map((word) => word.length));
  const telling = some.filter((word) => word.length >= Math.min(2, longest));
  return words(typed).some((word) => telling.includes(word));
};

/** What a customer sends with the page's form. */
export type TypedAnswer = {
  readonly decision: string;
  readonly name: string;
  readonly reason: string;
  /** What is agreed to besides, where the engagement has co-sell (R27). */
  readonly mayContact: boolean;
  readonly mayShare: boolean;
  /** The hash the page carried of what it showed; empty where it carried none. */
  readonly shownHash: string;
};

const faultsOf = (typed: TypedAnswer, { request }: ConsentView, textHash: string): readonly AnswerFault[] => {
  const faults: AnswerFault[] = [];
  const name = oneLine(typed.name);
  if (typed.decision !== 'accept' && typed.decision !== 'decline') faults.push('choice.missing');
  if (name === '') faults.push('name.missing');
  else if (!isNameOf(name, request.toName)) faults.push('name.other');
  if (lengthOf(oneLine(typed.reason)) > MOST_DECLINE_REASON) faults.push('reason.tooLong');
  // A name or a wording that changed since the page was opened was not read, so it is not agreed to.
  if (typed.shownHash !== '' && typed.shownHash !== textHash) faults.push('text.changed');
  return faults;
};

/** Accept or decline (R22, R23): once, in time, with the contact's name typed. `textShown` is exactly what was shown. */
export const answerConsent = async (
  ports: Ports,
  token: string,
  typed: TypedAnswer,
  textShown: (view: ConsentView) => string,
): Promise<AnswerOutcome> => {
  const view = await showConsent(ports, token);
  if (view === null) return { kind: 'dead' };
  const textHash = ports.sha256(textShown(view));
  const faults = faultsOf(typed, view, textHash);
  if (faults.length > 0) return { kind: 'faults', view, faults };
  return orRefused(ports.inTx((tx) => keepAnswer(ports, tx, view, typed, textHash)));
};

const keepAnswer = async (
  ports: Ports,
  tx: Tx,
  view: ConsentView,
  typed: TypedAnswer,
  textHash: string,
): Promise<AnswerOutcome> => {
  const { request, claim, engagement } = view;
  const now = ports.clock.now();
  const dead = new Refused<AnswerOutcome>({ kind: 'dead' });
  if (isOver(claim.dueAt, now)) throw dead;
  const accepted = typed.decision === 'accept';
  const rated = accepted ? await ratedBy(tx.engagements, engagement, claim.market, now) : null;
  // Only what the page asks is agreed to.
  const asked = accepted && engagement.coSell;
  const flags = { mayContact: asked && typed.mayContact, mayShare: asked && typed.mayShare };
  const facts = {
    textHash,
    mailVersion: request.mailVersion,
    ...(rated === null ? {} : { rateOf: `${rated.slug} v${rated.version}` }),
    ...(asked ? flags : {}),
  };
  const by = { actor: 'customer', at: now, facts };
  const change =
    rated === null
      ? { dueAt: null }
      : { consentedAt: now, rateVersionId: rated.id, dueAt: endOfWindow(now, engagement.windows.submit) };
  const transition = accepted ? 'acceptConsent' : 'declineConsent';
  // The claim first, as everybody does who touches both: in another order two of them would wait for each other.
  if (!(await advanceClaim(tx, ports.sha256, claim, transition, by, change))) throw dead;
  const reason = oneLine(typed.reason);
  const kept = await tx.consent.answer(request.id, {
    answer: accepted ? 'accept' : 'decline',
    answeredAt: now,
    typedName: oneLine(typed.name),
    reason: accepted || reason === '' ? null : reason,
    ...flags,
    textHash,
  });
  if (!kept) throw dead;
  if (accepted) await tx.customers.know(claim, now);
  const kind = accepted ? 'consentAccepted' : 'consentDeclined';
  await tellPartner(ports, tx, claim, kind, `consent-answered:${request.id}`, now);
  if (accepted) await judgeCoSell(ports, tx, claim, engagement, flags, by);
  else await closeReferrals(ports, tx, [claim.number], 'consentDeclined', by);
  return { kind: accepted ? 'accepted' : 'declined', view, besides: flags };
};
