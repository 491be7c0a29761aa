import { audit, byPerson, chainOf } from '../../../domain/audit/chain.ts';
import { expireClaims } from '../../../domain/claims/expire-claims.ts';
import type { ClaimStatus } from '../../../domain/claims/status.ts';
import type { Actor } from '../../../domain/people/actor.ts';
import { made, type Record } from '../record.ts';
import { REQUIRED, type Steps } from './steps.ts';

const MOVES = [
  'send',
  'accept',
  'decline',
  'submit',
  'start',
  'approve',
  'askForMore',
  'reject',
  'dispute',
  'cancel',
  'lapse',
] as const;
type Move = (typeof MOVES)[number];

/** Where a claim can stand, and the way there. */
export type Standing = { readonly title: string; readonly status: ClaimStatus; readonly way: readonly Move[] };

const CONSENTED: readonly Move[] = ['send', 'accept'];
const REVIEWED: readonly Move[] = [...CONSENTED, 'submit', 'start'];
const DISPUTED: readonly Move[] = [...REVIEWED, 'reject', 'dispute'];
const REVIEWED_AGAIN: readonly Move[] = [...DISPUTED, 'submit', 'start'];

const at = (status: ClaimStatus, way: readonly Move[], how = ''): Standing => ({
  title: how === '' ? status : `${status} ${how}`,
  status,
  way,
});

/** Every status, and those that can be reached in two ways that differ both times. */
export const STANDINGS: readonly Standing[] = [
  at('CUSTOMER_CLAIMED', []),
  at('AWAITING_CONSENT', ['send']),
  at('CONSENT_RECEIVED', CONSENTED),
  at('SUBMITTED', [...CONSENTED, 'submit']),
  at('SUBMITTED', [...REVIEWED, 'askForMore', 'submit'], 'once more'),
  at('SUBMITTED', [...REVIEWED_AGAIN, 'askForMore', 'submit'], 'once more after a dispute'),
  at('UNDER_REVIEW', REVIEWED),
  at('UNDER_REVIEW', REVIEWED_AGAIN, 'after a dispute'),
  at('ACTION_REQUIRED', [...REVIEWED, 'askForMore']),
  at('ACTION_REQUIRED', [...REVIEWED_AGAIN, 'askForMore'], 'after a dispute'),
  at('REJECTED', [...REVIEWED, 'reject']),
  at('DISPUTED', DISPUTED),
  at('DISPUTED', [...DISPUTED, 'submit'], 'and submitted'),
  at('APPROVED', [...REVIEWED, 'approve']),
  at('CONSENT_DECLINED', ['send', 'decline']),
  at('CONSENT_EXPIRED', ['lapse'], 'without having been asked'),
  at('CONSENT_EXPIRED', ['send', 'lapse']),
  at('NOT_SUBMITTED_EXPIRED', [...CONSENTED, 'lapse']),
  at('POST_SUBMISSION_EXPIRED', [...REVIEWED, 'askForMore', 'lapse']),
  at('DISPUTE_EXPIRED', [...REVIEWED, 'reject', 'lapse']),
  at('DISPUTE_EXPIRED', [...DISPUTED, 'lapse'], 'after a dispute'),
  at('CANCELED', [...CONSENTED, 'cancel']),
  at('REJECTED_FINAL', [...REVIEWED_AGAIN, 'reject']),
];

/** Whose claim it is, who once had a hand in it, who works on it, who decides on it. */
export type Parties = { readonly owner: Actor; readonly adder: Actor; readonly partner: Actor; readonly admin: Actor };

/** Puts the end of the running clock a moment back. */
export const letLapse = (record: Record, number: number) =>
  record.database.prisma.claim.update({
    where: { number },
    data: { dueAt: new Date(record.clock.now().getTime() - 1) },
  });

/** Brings a new claim to where it is to stand, by the use cases themselves. */
export const broughtTo = async (
  record: Record,
  steps: Steps,
  { owner, adder, partner, admin }: Parties,
  { status, way }: Standing,
): Promise<number> => {
  const { ports, clock } = record;
  const number = await made(record, await steps.nomination({ ownerId: owner.personId }));
  const added = { chain: chainOf(number), at: clock.now(), actor: byPerson(adder), what: 'added', facts: {} };
  await ports.inTx((tx) => audit(tx, ports.sha256, added));
  const moves: { readonly [M in Move]: () => Promise<unknown> } = {
    send: () => steps.send(partner, number),
    accept: async () => {
      await steps.answer(await steps.mailed(number), 'accept');
      for (const item of REQUIRED) await steps.keep(partner, number, item);
    },
    decline: async () => steps.answer(await steps.mailed(number), 'decline'),
    submit: () => steps.submit(partner, number),
    start: () => steps.start(admin, number),
    approve: () => steps.decide(admin, number, 'approve'),
    askForMore: () => steps.decide(admin, number, 'askForMore'),
    reject: () => steps.decide(admin, number, 'reject'),
    dispute: () => steps.dispute(partner, number),
    cancel: () => steps.cancel(partner, number),
    lapse: async () => {
      await letLapse(record, number);
      await expireClaims(ports);
    },
  };
  for (const move of way) await moves[move]();
  const arrived = (await steps.claim(number)).status;
  if (arrived !== status) throw new Error(`on the way to ${status} the claim stayed at ${arrived}`);
  return number;
};
