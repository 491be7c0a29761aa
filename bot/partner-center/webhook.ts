import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Clock } from '../../domain/ports.ts';
import type { Log } from '../log.ts';
import { jsonIn } from './http.ts';
import type { CheckSignature } from './signature.ts';

/** That something happened, and to which referral; what it looks like now is asked of the API. */
export type PartnerCenterEvent = {
  readonly name: string;
  /** Null: it is about no referral. */
  readonly referralId: string | null;
};

export type Webhook = {
  readonly checkSignature: CheckSignature;
  /** Does the work unless it was done for this key before; what fails may be done again. */
  readonly once: (key: string, work: () => Promise<void>) => Promise<void>;
  readonly onEvent: (event: PartnerCenterEvent) => Promise<void>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
};

/** The HTTP status that the event is answered with. */
export type ReceiveEvent = (headers: IncomingHttpHeaders, body: Buffer) => Promise<200 | 400 | 401 | 503>;

const eventSchema = z.object({
  EventName: z.string().regex(/^[A-Za-z][A-Za-z-]{0,63}$/),
  ResourceUri: z.string(),
  ResourceName: z.string(),
  AuditUri: z.string().nullish(),
  ResourceChangeUtcDate: z.iso.datetime({ offset: true, local: true }),
});

const OLDEST_MS = 7 * 24 * 60 * 60_000;

const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/;
/** With or without the host, in either spelling of the path: only the id is taken from it. */
const REFERRAL = new RegExp(`/referrals/(${GUID.source})/?$`, 'i');

const referralIn = (uri: string): string | null =>
  REFERRAL.exec(uri.split(/[?#]/)[0] ?? '')?.[1]?.toLowerCase() ?? null;

/** UTC, as the field's name says, where the time names no zone. */
const timeIn = (text: string): Date => new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);

/**
 * Takes an event from Partner Center. Nothing of it is read before its signature holds; then it is a hint that a referral
 * is worth looking at. One that comes again, or comes very late, is answered as taken and does nothing.
 */
export const eventReceiver =
  ({ checkSignature, once, onEvent, clock, log }: Webhook): ReceiveEvent =>
  async (headers, body) => {
    const fault = await checkSignature(headers, body);
    if (fault !== null) {
      log.warn({ fault }, 'an event that claims to be from Partner Center was not taken');
      // That is no answer about the signature: Partner Center tries again.
      return fault === 'unreachable' ? 503 : 401;
    }
    const { data: event } = eventSchema.safeParse(jsonIn(body));
    if (event === undefined) {
      log.warn({ fault: 'malformed' }, 'an event from Partner Center could not be read');
      return 400;
    }
    const changedAt = timeIn(event.ResourceChangeUtcDate);
    if (clock.now().getTime() - changedAt.getTime() > OLDEST_MS) return 200;
    const key = createHash('sha256').update(body).digest('hex');
    const { EventName: name, ResourceUri } = event;
    await once(key, () => onEvent({ name, referralId: referralIn(ResourceUri) }));
    return 200;
  };
