import { askPartnerCenter, hearOfChange } from '../../domain/co-sell/poll.ts';
import type { Ports } from '../../domain/ports.ts';
import { EVENTS_PATH } from '../http/partner-center.ts';
import type { Sweep } from '../jobs/sweeps.ts';
import type { Log } from '../log.ts';
import type { PartnerCenterLink } from './connect.ts';
import { eventReceiver, type ReceiveEvent, type Webhook } from './webhook.ts';

/** What Partner Center tells by itself: that a referral changed. What it looks like now is asked of the API. */
export const eventsOf = (
  ports: Ports,
  { checkSignature }: PartnerCenterLink,
  { once }: Pick<Webhook, 'once'>,
  log: Log,
): ReceiveEvent =>
  eventReceiver({
    checkSignature,
    once,
    onEvent: async ({ name, referralId }) => {
      const known = referralId !== null && (await hearOfChange(ports, referralId));
      // A partner has other referrals than those made from claims.
      if (!known) log.info({ event: name }, 'an event of Partner Center is about no referral of ours');
    },
    clock: ports.clock,
    log,
  });

/** A registration that failed is tried again, not at every tick. */
const REGISTER_EVERY_MS = 15 * 60_000;

/** What is asked of Partner Center again and again. `publicUrl` null: it is not to tell of changes by itself. */
export const partnerCenterSweeps = (
  { api, register }: PartnerCenterLink,
  publicUrl: (() => string) | null,
): Readonly<Record<string, Sweep>> => {
  let next: number | null = 0;
  const registerHere: Sweep = async ({ clock }) => {
    const now = clock.now().getTime();
    if (publicUrl === null || next === null || now < next) return 0;
    next = now + REGISTER_EVERY_MS;
    const answer = await register(`${publicUrl()}${EVENTS_PATH}`);
    if (answer.kind !== 'ok') {
      const trouble = 'trouble' in answer ? `${answer.kind}, ${answer.trouble}` : answer.kind;
      throw new Error(`Partner Center did not register this address: ${trouble}`);
    }
    next = null;
    return 1;
  };
  return { askPartnerCenter: (ports) => askPartnerCenter(ports, api), registerHere };
};
