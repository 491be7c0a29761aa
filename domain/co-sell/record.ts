import { type Actor, isProgramAdmin } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { SyncHealth } from './referral.ts';

/** Where referrals are kept (R29): in the record here alone, or in Partner Center as well, and how that goes. */
export type ReferralRecord =
  | { readonly kind: 'local' }
  | { readonly kind: 'partnerCenter'; readonly health: SyncHealth };

/** For somebody whose organisation is not the one that Partner Center knows, the record here is all there is. */
export const showRecord = async (
  { reads, settings }: Pick<Ports, 'reads' | 'settings'>,
  actor: Actor,
): Promise<ReferralRecord> => {
  const { partnerCenter } = settings;
  const concerned = partnerCenter?.tenantId === actor.tenantId || isProgramAdmin(actor);
  if (partnerCenter === null || !concerned) return { kind: 'local' };
  return { kind: 'partnerCenter', health: await reads.referrals.findSyncHealth(partnerCenter.tenantId) };
};
