import { textFor } from '../../cards/format.ts';
import { type HelpReason, helpCard } from '../../cards/people/help.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { mayImport } from '../../domain/imports/apply-import.ts';
import { isAdmin, isReferralsAdmin, isSeller, mayClaim } from '../../domain/people/actor.ts';
import { isReviewer } from '../../domain/review/reviewer.ts';
import { maySetUpAny } from './channels.ts';
import type { Reply, Turn } from './turn.ts';

export const helpReply = async ({ ports, reader, actor, personal }: Turn, why: HelpReason): Promise<Reply> => {
  const may = {
    claim: mayClaim(actor),
    import: mayImport(actor),
    review: await isReviewer(ports.reads, actor, reader.now),
    refer: isReferralsAdmin(actor),
    sell: isSeller(actor),
    admin: isAdmin(actor),
    setUp: maySetUpAny(actor),
  };
  return { card: helpCard(reader, why, may, personal), summary: textFor(reader.language).help.title };
};

export const chooseLanguage = async (turn: Turn, { language }: VerbData<'language.choose'>): Promise<Reply> => {
  await turn.ports.inTx((tx) => tx.people.chooseLanguage(turn.actor.personId, language));
  return helpReply({ ...turn, reader: { ...turn.reader, language } }, { kind: 'language' });
};
