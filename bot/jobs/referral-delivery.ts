import { mirrorReferral } from '../../domain/co-sell/mirror.ts';
import type { PartnerCenter } from '../../domain/co-sell/partner-center.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Log } from '../log.ts';
import type { Delivery } from './dispatcher.ts';

/**
 * Tells Partner Center of one referral (R29), as it stands by then. When one that failed is tried again is kept with the
 * referral, and found by a sweep: a day without Partner Center uses up no tries. `api` null: there is nobody to tell.
 */
export const referralDelivery = (ports: Ports, api: PartnerCenter | null, log: Log): Delivery => ({
  pause: 60,
  tries: 5,
  atOnce: 4,
  deliver: async (claim) => {
    const trouble = api === null ? null : await mirrorReferral(ports, api, Number(claim));
    if (trouble !== null) log.warn({ claim, trouble }, 'Partner Center did not take a referral');
    return 'done';
  },
  // What is still to be told stays due, and the sweep comes back to it.
  giveUp: async () => {},
});
