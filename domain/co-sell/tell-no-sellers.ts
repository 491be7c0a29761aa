import { tellProgramAdmins } from '../notices/tell.ts';
import type { Ports, Tx } from '../ports.ts';
import { coSellKey } from './referral.ts';

/** Program admins hear in their own chats that no channel takes a deal; once for each `occasion`. */
export const tellNoSellers = (
  ports: Pick<Ports, 'random'>,
  tx: Tx,
  claimNumber: number,
  occasion: string,
  at: Date,
): Promise<void> =>
  tellProgramAdmins(ports, tx, 'coSellNoChannel', `${coSellKey(claimNumber)}:${occasion}`, claimNumber, at);
