import type { Temporal } from 'temporal-polyfill';
import { byPerson } from '../audit/chain.ts';
import { dayFor, dayOf } from '../claims/deadlines.ts';
import { type Cents, type MoneyFault, parseUsd } from '../claims/money.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { settleCoSell } from './answer-co-sell.ts';
import { noteReferral } from './history.ts';
import { coSellKey, mayOpenReferral, type Referral, STAGE_NAMES, type Stage } from './referral.ts';

export const CLOSINGS_OF_DEAL = ['won', 'lost'] as const;
export type DealClosing = (typeof CLOSINGS_OF_DEAL)[number];

export type DealFault =
  | MoneyFault
  | { readonly code: 'choice.missing' | 'text.missing' }
  /** Before today for a deal that is still open; later than today for one that was closed. */
  | { readonly code: 'day.missing' | 'day.over' | 'day.ahead' | 'day.farAway' };
type DealFaults = readonly { readonly field: 'stage' | 'closeOn' | 'value'; readonly fault: DealFault }[];

export type DealOutcome =
  | { readonly kind: 'done'; readonly claim: number }
  | { readonly kind: 'faults'; readonly faults: DealFaults }
  /** Somebody changed it since it was looked at: what was typed is not put over that unseen. */
  | { readonly kind: 'changed' | 'closed' | 'noSuchReferral'; readonly claim: number };

/** The referral as the person saw it, by its revision. */
type Seen = { readonly claim: number; readonly seen: number };

/** Ten years on is a slip of the pen. */
const FARTHEST_DAYS = 3_653;

/** The day a deal is expected to close, from today on; or was closed, until today: as it is for whoever says so. */
const parseDay = (
  raw: string,
  today: Temporal.PlainDate,
  closing: boolean,
): { readonly value: string } | { readonly fault: DealFault } => {
  const day = dayOf(raw);
  if (day === null) return { fault: { code: 'day.missing' } };
  const ahead = today.until(day).days;
  if (Math.abs(ahead) > FARTHEST_DAYS) return { fault: { code: 'day.farAway' } };
  if (closing && ahead > 0) return { fault: { code: 'day.ahead' } };
  return !closing && ahead < 0 ? { fault: { code: 'day.over' } } : { value: day.toString() };
};

type Typed = Readonly<Record<string, string>>;

const parseValue = (raw: string): { readonly value: Cents } | { readonly fault: DealFault } => {
  if (raw.trim() === '') return { fault: { code: 'text.missing' } };
  const parsed = parseUsd(raw);
  return 'fault' in parsed ? parsed : { value: parsed.cents };
};

type Deal = { readonly stage: Stage | null; readonly closeOn: string; readonly valueCents: Cents };

const parseDeal = (
  typed: Typed,
  today: Temporal.PlainDate,
  closing: boolean,
): { readonly deal: Deal } | { readonly faults: DealFaults } => {
  const stage = STAGE_NAMES.find((name) => name === typed.stage);
  const closeOn = parseDay(typed.closeOn ?? '', today, closing);
  const value = parseValue(typed.value ?? '');
  const unstaged = !closing && stage === undefined;
  if (!unstaged && 'value' in closeOn && 'value' in value) {
    return { deal: { stage: stage ?? null, closeOn: closeOn.value, valueCents: value.value } };
  }
  return {
    faults: [
      ...(unstaged ? [{ field: 'stage', fault: { code: 'choice.missing' } } as const] : []),
      ...('fault' in closeOn ? [{ field: 'closeOn', fault: closeOn.fault } as const] : []),
      ...('fault' in value ? [{ field: 'value', fault: value.fault } as const] : []),
    ],
  };
};

const keep = (
  ports: Ports,
  actor: Actor,
  command: Command,
  { claim: number, seen }: Seen,
  { stage, closeOn, valueCents }: Deal,
  closing: DealClosing | null,
): Promise<DealOutcome> =>
  carryOut<DealOutcome>(ports, actor, command, async (tx, at) => {
    await tx.claims.hold(number);
    const person = await tx.people.findActorById(actor.personId);
    const [claim, referral] = [await tx.claims.find(number), await tx.referrals.find(number)];
    const theirs = person !== null && claim !== null && mayOpenReferral(person, claim);
    if (!theirs || referral === null || referral.status === 'None') return { kind: 'noSuchReferral', claim: number };
    if (referral.status === 'Closed') return { kind: 'closed', claim: number };
    if (referral.revision !== seen) return { kind: 'changed', claim: number };
    const step = { actor: byPerson(actor), at };
    if (closing !== null && referral.coSell === 'asked') {
      await settleCoSell(ports, tx, number, { coSell: 'withdrawn' }, step);
    }
    const closed = {
      won: { status: 'Closed', substatus: 'Won', statusReason: 'partner' },
      lost: { status: 'Closed', substatus: 'Lost', statusReason: 'partner' },
    } as const;
    const change = { closeOn, valueCents, ...(stage === null ? {} : { stage }), ...(closing && closed[closing]) };
    await tx.referrals.change(number, change, at);
    const before = { stage: referral.stage, closeOn: referral.closeOn, valueCents: referral.valueCents };
    const facts = {
      ...{ stage: stage ?? before.stage, closeOn, valueCents },
      ...{ stageBefore: before.stage, closeOnBefore: before.closeOn, valueCentsBefore: before.valueCents },
    };
    await noteReferral(ports, tx, number, closing ?? 'changed', { ...step, facts });
    if (referral.coSell !== null) await tx.notices.amend([coSellKey(number)]);
    return { kind: 'done', claim: number };
  });

/** The partner keeps how far the deal is, when it is expected to close, and what it is worth (US dollars). */
export const changeDeal = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  seen: Seen,
  typed: Typed,
): Promise<DealOutcome> => {
  const parsed = parseDeal(typed, dayFor(ports.clock.now(), actor.timeZone), false);
  if ('faults' in parsed) return { kind: 'faults', faults: parsed.faults };
  return keep(ports, actor, command, seen, parsed.deal, null);
};

/** The deal was won or lost, on which day and for how much. That is final; sellers who were asked have nothing to answer. */
export const closeDeal = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  seen: Seen,
  closing: DealClosing,
  typed: Typed,
): Promise<DealOutcome> => {
  const parsed = parseDeal(typed, dayFor(ports.clock.now(), actor.timeZone), true);
  if ('faults' in parsed) return { kind: 'faults', faults: parsed.faults };
  return keep(ports, actor, command, seen, parsed.deal, closing);
};

/** Whether the partner still keeps it. */
export const isDealOpen = ({ status }: Pick<Referral, 'status'>): boolean => status === 'Active' || status === 'New';
