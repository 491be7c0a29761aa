import type { z } from 'zod';
import { textFor } from '../../cards/format.ts';
import { inputsOf, isVerb, READING, type Verb, type VerbData, verbs } from '../../cards/verbs.ts';
import {
  askAboutAccess,
  askRemove,
  decideOnAccess,
  dropAccess,
  findAccessLocation,
  findStandIn,
  finishStandIn,
  openAccess,
  openPeople,
  openPerson,
  openStandIns,
  remove,
  saveStandIn,
  sendAccess,
  startAccess,
} from './access.ts';
import {
  askRemoveSetUp,
  openChannels,
  openSetUp,
  openStatus,
  openSubscription,
  removeSetUp,
  saveSetUp,
  saveSubscription,
  testChannel,
} from './channels.ts';
import { askAgain, askCancel, confirmCancel, openClaim, openClaims, openHistory, remind } from './claims.ts';
import { chooseEngagement, findCustomers, openEngagement, turnCustomers } from './customers.ts';
import { askDecline, decline, openDeal, openDeals, take } from './deals.ts';
import {
  confirmForm,
  findInStep,
  leaveForm,
  nextStep,
  previousStep,
  showForm,
  startAdding,
  startAsking,
  startClaimAgain,
  startClaiming,
  startOver,
} from './drafts.ts';
import {
  askDispute,
  askSubmit,
  dispute,
  dropEvidence,
  editEvidence,
  openEvidence,
  saveEvidence,
  submit,
} from './evidence.ts';
import { applyFile, discardFile } from './imports.ts';
import { askSnooze, lookAtTest, openDigest, openSettings, saveSettings, saveSnooze } from './notices.ts';
import { chooseLanguage, helpReply } from './people.ts';
import { askClose, checkCoSell, close, editDeal, openReferral, openReferrals, saveDeal } from './referrals.ts';
import { askDecision, beginReview, decide, openReview, openReviewHistory, openReviews } from './reviews.ts';
import { personalOnly, type Reply, said, type Turn } from './turn.ts';

type Handlers = { readonly [V in Verb]: (turn: Turn, data: VerbData<V>) => Promise<Reply> };

/** Every button and who answers it. A verb without a handler does not compile. */
const handlers: Handlers = {
  'help.show': (turn) => helpReply(turn, { kind: 'asked' }),
  'language.choose': chooseLanguage,
  'add.start': startAdding,
  'claimCustomer.start': startClaiming,
  'draft.show': showForm,
  'draft.find': findInStep,
  'draft.next': nextStep,
  'draft.back': previousStep,
  'draft.cancel': leaveForm,
  'draft.startOver': startOver,
  'draft.confirm': confirmForm,
  'customers.choose': chooseEngagement,
  'customers.find': findCustomers,
  'customers.open': openEngagement,
  'customers.show': turnCustomers,
  'claims.list': openClaims,
  'claim.show': openClaim,
  'claim.history': openHistory,
  'claim.askCancel': askCancel,
  'claim.cancel': confirmCancel,
  'claim.askAgain': askAgain,
  'claim.again': startClaimAgain,
  'consent.start': startAsking,
  'consent.remind': remind,
  'evidence.show': openEvidence,
  'evidence.edit': editEvidence,
  'evidence.save': saveEvidence,
  'evidence.remove': dropEvidence,
  'claim.askSubmit': askSubmit,
  'claim.submit': submit,
  'claim.askDispute': askDispute,
  'claim.dispute': dispute,
  'review.list': openReviews,
  'review.show': openReview,
  'review.history': openReviewHistory,
  'review.start': beginReview,
  'review.ask': askDecision,
  'review.decide': decide,
  'referrals.list': openReferrals,
  'referral.show': openReferral,
  'referral.check': checkCoSell,
  'referral.edit': editDeal,
  'referral.save': saveDeal,
  'referral.askClose': askClose,
  'referral.close': close,
  'deals.list': openDeals,
  'coSell.show': openDeal,
  'coSell.take': take,
  'coSell.ask': askDecline,
  'coSell.decline': decline,
  'access.start': startAccess,
  'access.find': findAccessLocation,
  'access.send': sendAccess,
  'access.withdraw': dropAccess,
  'access.show': openAccess,
  'access.ask': askAboutAccess,
  'access.decide': decideOnAccess,
  'people.list': openPeople,
  'people.show': openPerson,
  'people.askRemove': askRemove,
  'people.remove': remove,
  'standIn.show': openStandIns,
  'standIn.find': findStandIn,
  'standIn.save': saveStandIn,
  'standIn.end': finishStandIn,
  'channel.setUp': openSetUp,
  'channel.save': saveSetUp,
  'channel.askRemove': askRemoveSetUp,
  'channel.remove': removeSetUp,
  'channel.claims': openSubscription,
  'channel.subscribe': saveSubscription,
  'channel.status': openStatus,
  'channel.test': testChannel,
  'channels.list': openChannels,
  'settings.show': openSettings,
  'settings.save': saveSettings,
  'digest.show': openDigest,
  'snooze.ask': askSnooze,
  'snooze.save': saveSnooze,
  'test.show': lookAtTest,
  'import.apply': applyFile,
  'import.discard': discardFile,
};

const schemas: { readonly [V in Verb]: z.ZodType<VerbData<V>> } = verbs;

/**
 * Claims and forms hold customers' names and addresses: not for a channel's eyes (R34). Reviews, deals and access requests are
 * decided where everybody reads along, so what they show is masked.
 */
const ANYWHERE: ReadonlySet<Verb> = new Set([
  'help.show',
  'language.choose',
  'review.show',
  'review.history',
  'review.start',
  'review.ask',
  'review.decide',
  'coSell.show',
  'coSell.take',
  'coSell.ask',
  'coSell.decline',
  'access.show',
  'access.ask',
  'access.decide',
  'channel.setUp',
  'channel.save',
  'channel.askRemove',
  'channel.remove',
  'channel.claims',
  'channel.subscribe',
  'channel.status',
  'channel.test',
  'digest.show',
  'snooze.ask',
  'snooze.save',
  'test.show',
]);

/**
 * What a line in a channel leads to, and what opens in the own chat of whoever pressed it: it holds details of customers,
 * or is a form.
 */
const ASIDE: ReadonlySet<Verb> = new Set([
  'claim.show',
  'consent.start',
  'claim.askSubmit',
  'claim.askDispute',
  'claim.askAgain',
  'evidence.show',
]);

/** What is answered with a view for whoever pressed, and nobody else. */
const OWN_VIEW = /^(review|coSell|access|snooze)\./;

const malformed = ({ reader }: Turn): Reply => {
  const words = textFor(reader.language).refused.malformed;
  return said(reader, words);
};

const run = <V extends Verb>(verb: V, turn: Turn, data: unknown): Promise<Reply> | Reply => {
  const parsed = schemas[verb].safeParse(data);
  return parsed.success ? handlers[verb](turn, parsed.data) : malformed(turn);
};

/** A pressed button. Unknown verbs, unfit data and automatic requests to change something go no further than here. */
export const onAction = async (turn: Omit<Turn, 'inputs'>, verb: unknown, data: unknown): Promise<Reply> => {
  const fields =
    typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {};
  const whole: Turn = { ...turn, inputs: inputsOf(fields) };
  if (typeof verb !== 'string' || !isVerb(verb)) return malformed(whole);
  if (turn.automatic && !READING.has(verb)) return malformed(whole);
  if (turn.channel !== null && !turn.shared && !turn.automatic && ASIDE.has(verb)) {
    return { ...(await run(verb, { ...whole, personal: true, channel: null }, fields)), aside: true };
  }
  if (!turn.personal && !ANYWHERE.has(verb)) return personalOnly(whole);
  // Only those who decide or answer get buttons: an old client cannot be given a view of its own (R25).
  if (turn.shared && OWN_VIEW.test(verb)) return personalOnly(whole);
  return run(verb, whole, fields);
};
