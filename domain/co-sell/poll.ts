import type { Ports } from '../ports.ts';
import type { PartnerCenter } from './partner-center.ts';

/** Partner Center tells of changes by itself, and gives up after ten tries; so it is asked as well. */
const EVERY_MS = 15 * 60_000;
/** Clocks differ, and what changes while it answers must not be missed. */
const OVERLAP_MS = 10 * 60_000;

/** A half of a deal changed in Partner Center: it is looked at. False: it is none of ours. */
export const hearOfChange = async ({ inTx, reads, clock }: Ports, id: string): Promise<boolean> => {
  const referral = await reads.referrals.findByHalf(id);
  if (referral === null) return false;
  await inTx((tx) => tx.referrals.wantSync(referral.claimNumber, clock.now()));
  return true;
};

const hearAll = async (ports: Ports, api: PartnerCenter, since: Date): Promise<number> => {
  const changed = await api.listUpdated(since);
  if (changed.kind !== 'ok') {
    const trouble = 'trouble' in changed ? changed.trouble : changed.kind;
    throw new Error(`Partner Center did not say what changed: ${trouble}`);
  }
  let heard = 0;
  for (const { id } of changed.value) if (await hearOfChange(ports, id)) heard += 1;
  return heard;
};

/** Asks what changed since it was last asked. One of many processes does, once in a quarter of an hour. Returns how many did. */
export const askPartnerCenter = async (ports: Ports, api: PartnerCenter): Promise<number> => {
  const { inTx, clock } = ports;
  const now = clock.now();
  const since = await inTx((tx) => tx.referrals.beginPoll(now, new Date(now.getTime() - EVERY_MS)));
  if (since === null) return 0;
  const heard = await hearAll(ports, api, new Date(since.getTime() - OVERLAP_MS));
  // What came to nothing is asked for again with the next one, whether it failed or died.
  await inTx((tx) => tx.referrals.endPoll(now));
  return heard;
};
