import { tellPartner } from '../notices/tell.ts';
import type { Ports, Tx } from '../ports.ts';
import { settleCoSell } from './answer-co-sell.ts';
import { ELSEWHERE, noteReferral } from './history.ts';
import type { Taken } from './merge.ts';
import { coSellKey, type Mirror, type Referral } from './referral.ts';

/** The referral with its claim held, if it is still as it was seen; null: somebody changed it meanwhile. */
const asSeen = async (tx: Tx, { claimNumber, revision }: Referral): Promise<Referral | null> => {
  await tx.claims.hold(claimNumber);
  const referral = await tx.referrals.find(claimNumber);
  return referral?.revision === revision ? referral : null;
};

/** Keeps what was changed in Partner Center, and that both sides agree on it. */
export const takeOver = (
  ports: Ports,
  holder: string,
  seen: Referral,
  { closed, ...values }: Taken,
  mirror: Mirror,
): Promise<void> =>
  ports.inTx(async (tx) => {
    const referral = await asSeen(tx, seen);
    if (referral === null) return;
    const { claimNumber, coSell } = referral;
    const step = { actor: ELSEWHERE, at: ports.clock.now() };
    const ended = closed !== undefined;
    if (ended && coSell === 'asked') await settleCoSell(ports, tx, claimNumber, { coSell: 'withdrawn' }, step);
    const change = {
      ...values,
      ...(ended ? ({ status: 'Closed', substatus: closed, statusReason: 'elsewhere' } as const) : {}),
    };
    await tx.referrals.change(claimNumber, change, step.at);
    const what = closed === undefined ? 'changed' : closed === 'Won' ? 'won' : 'lost';
    const { valueCents = referral.valueCents, closeOn = referral.closeOn } = values;
    await noteReferral(ports, tx, claimNumber, what, { ...step, facts: { valueCents, closeOn } });
    // Whoever does not hold it any more saw what is past: all of this is undone.
    if (!(await tx.referrals.keepSync(claimNumber, holder, { mirror })))
      throw new Error('the referral is held elsewhere');
    if (coSell !== null) await tx.notices.amend([coSellKey(claimNumber)]);
  });

/** What Microsoft's half says of the sellers; null: nothing yet. */
const answerIn = ({ microsoft }: Mirror): 'taken' | 'declined' | 'expired' | null => {
  if (microsoft?.status === 'Active') return 'taken';
  if (microsoft?.status !== 'Closed') return null;
  return microsoft.substatus === 'Expired' ? 'expired' : microsoft.substatus === 'Declined' ? 'declined' : null;
};

const NOTICES = { taken: 'coSellTaken', declined: 'coSellDeclined', expired: 'coSellExpired' } as const;

/** Microsoft's sellers answered in Partner Center: that counts where nobody answered here before (R28). */
export const hearAnswer = (ports: Ports, seen: Referral, mirror: Mirror): Promise<void> =>
  ports.inTx(async (tx) => {
    const answer = answerIn(mirror);
    const referral = answer === null ? null : await asSeen(tx, seen);
    if (answer === null || referral?.coSell !== 'asked') return;
    const at = ports.clock.now();
    const { claimNumber } = referral;
    await settleCoSell(ports, tx, claimNumber, { coSell: answer }, { actor: ELSEWHERE, at });
    const claim = await tx.claims.find(claimNumber);
    if (claim === null) throw new Error(`there is no claim ${claimNumber}`);
    await tellPartner(ports, tx, claim, NOTICES[answer], `co-sell-${answer}`, at);
  });
