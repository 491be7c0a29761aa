import { tell } from '../notices/tell.ts';
import type { Ports, Tx } from '../ports.ts';
import { coSellKey } from './referral.ts';

/** Program admins hear in their own chats that no channel takes a deal; once for each `occasion`. */
export const tellNoSellers = async (
  ports: Pick<Ports, 'random'>,
  tx: Tx,
  claimNumber: number,
  occasion: string,
  at: Date,
): Promise<void> => {
  for (const { personId } of await tx.people.listProgramAdmins()) {
    const key = `${coSellKey(claimNumber)}:${occasion}`;
    await tell(ports, tx, 'coSellNoChannel', { personId }, key, { claimNumber }, at);
  }
};
