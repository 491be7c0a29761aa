import type { Ports } from '../ports.ts';
import type { SyncHealth } from './referral.ts';

/** Where referrals are kept (R29): in the record here alone, or in Partner Center as well, and how that goes. */
export type ReferralRecord =
  | { readonly kind: 'local' }
  | { readonly kind: 'partnerCenter'; readonly health: SyncHealth };

export const showRecord = async ({ reads, settings }: Pick<Ports, 'reads' | 'settings'>): Promise<ReferralRecord> => {
  const { partnerCenter } = settings;
  if (partnerCenter === null) return { kind: 'local' };
  return { kind: 'partnerCenter', health: await reads.referrals.findSyncHealth(partnerCenter.tenantId) };
};
