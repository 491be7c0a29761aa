import type { Language } from '../domain/people/actor.ts';
import { claimPoses } from './gallery/claims.ts';
import { draftPoses } from './gallery/drafts.ts';
import { importPoses } from './gallery/imports.ts';
import { peoplePoses } from './gallery/people.ts';
import type { Pose } from './gallery/sample.ts';
import type { Verb } from './verbs.ts';

type Group = (language: Language) => readonly Pose[];

/** Whose cards answer a verb. A new verb asks here for the cards it brings. */
const ANSWERS: Record<Verb, Group> = {
  'help.show': peoplePoses,
  'language.choose': peoplePoses,
  'add.start': draftPoses,
  'draft.show': draftPoses,
  'draft.next': draftPoses,
  'draft.back': draftPoses,
  'draft.cancel': peoplePoses,
  'draft.startOver': draftPoses,
  'draft.confirm': claimPoses,
  'claims.list': claimPoses,
  'claim.show': claimPoses,
  'claim.askCancel': claimPoses,
  'claim.cancel': claimPoses,
  'consent.start': draftPoses,
  'import.apply': importPoses,
  'import.discard': importPoses,
};

/**
 * Every card Claimdesk can say, in every state that looks different, with made-up people and companies. Names are
 * unique and the same in every language; `untrusted` are the texts on it that somebody typed.
 */
export const gallery = (language: Language): readonly Pose[] =>
  [...new Set(Object.values(ANSWERS))].flatMap((poses) => poses(language));
