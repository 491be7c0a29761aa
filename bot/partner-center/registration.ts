import { z } from 'zod';
import type { Answer } from '../../domain/co-sell/partner-center.ts';
import type { Clock } from '../../domain/ports.ts';
import { asker, type Failure, failureIn, type Heard, jsonIn, type TokenSource } from './http.ts';

/** What Claimdesk hears of: the referrals of the partner, the halves beside them, and whether hearing works at all. */
export const EVENTS = [
  'referral-created',
  'referral-updated',
  'related-referral-created',
  'related-referral-updated',
  'test-created',
] as const;

export type Registration = { readonly url: string; readonly events: readonly string[] };

type RegistrationApi = {
  readonly webhooksUrl?: string;
  /** For the resource `partnerCenter`. */
  readonly token: TokenSource;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

const PATH = '/webhooks/v1/registration';
const MOST_BYTES = 256 * 1024;

const bodySchema = z.strictObject({
  WebhookUrl: z.url({ protocol: /^https$/ }),
  WebhookEvents: z.array(z.string()).min(1),
});
const heardSchema = z.object({ WebhookUrl: z.string().nullish(), WebhookEvents: z.array(z.string()).nullish() });

/**
 * Sees to it that Partner Center tells this address of what happens to referrals; nothing is written where it does so
 * already. An organisation has one registration: events that somebody else registered for here are kept.
 */
export const ensureRegistration = async (
  publicUrl: string,
  { webhooksUrl = 'https://api.partnercenter.microsoft.com', token, clock, timeoutMs = 20_000 }: RegistrationApi,
): Promise<Answer<Registration>> => {
  const ask = asker(webhooksUrl, token, { timeoutMs, mostBytes: MOST_BYTES });

  const read = (heard: Heard | Failure): Answer<Registration | null> => {
    if (heard.kind !== 'heard' && heard.kind !== 'lost') return heard;
    const failure = failureIn(heard, clock.now());
    if (failure?.kind === 'notFound') return { kind: 'ok', value: null };
    if (failure !== null || heard.kind !== 'heard') return failure ?? { kind: 'unsure', trouble: 'no answer' };
    if (heard.body.length === 0) return { kind: 'ok', value: null };
    const { data } = heardSchema.nullable().safeParse(jsonIn(heard.body));
    if (data === undefined) return { kind: 'unsure', trouble: `${heard.status}, unreadable` };
    if (!data?.WebhookUrl) return { kind: 'ok', value: null };
    return { kind: 'ok', value: { url: data.WebhookUrl, events: data.WebhookEvents ?? [] } };
  };

  const standing = read(await ask(PATH));
  if (standing.kind !== 'ok') return standing;
  const { value: before } = standing;
  const events = [...new Set([...(before?.events ?? []), ...EVENTS])];
  if (before?.url === publicUrl && events.length === before.events.length) return { kind: 'ok', value: before };

  const body = bodySchema.safeParse({ WebhookUrl: publicUrl, WebhookEvents: events });
  if (!body.success) return { kind: 'refused', trouble: 'not sent: the address is no https address' };
  const written = read(
    await ask(PATH, {
      method: before === null ? 'POST' : 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body.data),
    }),
  );
  if (written.kind !== 'ok') return written;
  return { kind: 'ok', value: written.value ?? { url: publicUrl, events } };
};
