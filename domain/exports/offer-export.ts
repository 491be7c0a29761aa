import { type Actor, claimScope, mayClaim } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { ExportKind } from './export-store.ts';
import { SHEETS } from './rows.ts';

/** Time to press a button, not to pass its link on. */
const LINK_LIVES_MS = 10 * 60 * 1000;

export type ExportOffer =
  | { readonly kind: 'noRole' | 'nothing' }
  | { readonly kind: 'offered'; readonly token: string; readonly rows: number; readonly expiresAt: Date };

/** A way to fetch what the person may see. The token is in the answer and nowhere else: its SHA-256 is what is kept. */
export const offerExport = async (ports: Ports, actor: Actor, what: ExportKind): Promise<ExportOffer> => {
  if (!mayClaim(actor)) return { kind: 'noRole' };
  const rows = await SHEETS[what].count(ports.reads, claimScope(actor));
  if (rows === 0) return { kind: 'nothing' };
  const token = ports.random.token();
  const expiresAt = new Date(ports.clock.now().getTime() + LINK_LIVES_MS);
  const link = { personId: actor.personId, what, expiresAt };
  await ports.inTx((tx) => tx.exports.keepLink(ports.sha256(token), link));
  return { kind: 'offered', token, rows, expiresAt };
};
