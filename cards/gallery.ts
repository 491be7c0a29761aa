import type { Language } from '../domain/people/actor.ts';
import { accessPoses } from './gallery/access.ts';
import { claimPoses } from './gallery/claims.ts';
import { coSellPoses } from './gallery/co-sell.ts';
import { composePoses } from './gallery/compose.ts';
import { customersPoses } from './gallery/customers.ts';
import { draftPoses } from './gallery/drafts.ts';
import { exportPoses } from './gallery/exports.ts';
import { importPoses } from './gallery/imports.ts';
import { noticePoses } from './gallery/notices.ts';
import { peoplePoses } from './gallery/people.ts';
import { reviewPoses } from './gallery/reviews.ts';
import type { Pose } from './gallery/sample.ts';
import type { Verb } from './verbs.ts';

type Group = (language: Language) => readonly Pose[];

/** Whose cards answer a verb. A new verb asks here for the cards it brings. */
const ANSWERS: Record<Verb, Group> = {
  'help.show': peoplePoses,
  'language.choose': peoplePoses,
  'add.start': draftPoses,
  'claimCustomer.start': draftPoses,
  'draft.show': draftPoses,
  'draft.find': draftPoses,
  'draft.next': draftPoses,
  'draft.back': draftPoses,
  'draft.cancel': peoplePoses,
  'draft.startOver': draftPoses,
  'draft.confirm': claimPoses,
  'customers.choose': customersPoses,
  'customers.find': customersPoses,
  'customers.open': customersPoses,
  'customers.show': customersPoses,
  'claims.list': claimPoses,
  'claim.show': claimPoses,
  'claim.history': claimPoses,
  'claim.askCancel': claimPoses,
  'claim.cancel': claimPoses,
  'claim.askAgain': claimPoses,
  'claim.again': draftPoses,
  'consent.start': draftPoses,
  'consent.remind': claimPoses,
  'evidence.show': reviewPoses,
  'evidence.edit': reviewPoses,
  'evidence.save': reviewPoses,
  'evidence.remove': reviewPoses,
  'claim.askSubmit': reviewPoses,
  'claim.submit': reviewPoses,
  'claim.askDispute': reviewPoses,
  'claim.dispute': reviewPoses,
  'review.list': reviewPoses,
  'review.show': reviewPoses,
  'review.history': claimPoses,
  'review.start': reviewPoses,
  'review.ask': reviewPoses,
  'review.decide': reviewPoses,
  'referrals.list': coSellPoses,
  'referral.show': coSellPoses,
  'referral.check': coSellPoses,
  'referral.edit': coSellPoses,
  'referral.save': coSellPoses,
  'referral.askClose': coSellPoses,
  'referral.close': coSellPoses,
  'deals.list': coSellPoses,
  'coSell.show': coSellPoses,
  'coSell.take': coSellPoses,
  'coSell.ask': coSellPoses,
  'coSell.decline': coSellPoses,
  'access.start': accessPoses,
  'access.find': accessPoses,
  'access.send': accessPoses,
  'access.withdraw': accessPoses,
  'access.show': accessPoses,
  'access.ask': accessPoses,
  'access.decide': accessPoses,
  'people.list': accessPoses,
  'people.show': accessPoses,
  'people.askRemove': accessPoses,
  'people.remove': accessPoses,
  'standIn.show': accessPoses,
  'standIn.find': accessPoses,
  'standIn.save': accessPoses,
  'standIn.end': accessPoses,
  'channel.setUp': accessPoses,
  'channel.save': accessPoses,
  'channel.askRemove': accessPoses,
  'channel.remove': accessPoses,
  'channel.claims': noticePoses,
  'channel.subscribe': noticePoses,
  'channel.status': noticePoses,
  'channel.test': noticePoses,
  'channels.list': noticePoses,
  'settings.show': noticePoses,
  'settings.save': noticePoses,
  'digest.show': noticePoses,
  'snooze.ask': noticePoses,
  'snooze.save': noticePoses,
  'test.show': noticePoses,
  'import.apply': importPoses,
  'import.discard': importPoses,
};

/** Cards that answer words, or that stand where one writes a message. */
const SAID: readonly Group[] = [exportPoses, composePoses];

/**
 * Every card Claimdesk can say, in every state that looks different, with made-up people and companies. Names are
 * unique and the same in every language; `untrusted` are the texts on it that somebody typed.
 */
export const gallery = (language: Language): readonly Pose[] =>
  [...new Set([...Object.values(ANSWERS), ...SAID])].flatMap((poses) => poses(language));
