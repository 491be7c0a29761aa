import { type AuditFacts, audit, chainOf } from '../audit/chain.ts';
import type { Claim } from '../claims/claim-store.ts';
import { tellPartner } from '../notices/tell.ts';
import type { Ports, Tx } from '../ports.ts';
import { type ConsentView, liveConsent } from './answer-consent.ts';
import type { ConsentRequest } from './consent-store.ts';
import type { ReminderEvent } from './reminder-plan.ts';

/** One reminder of a consent request: the claim's first, second or third mail of that kind. */
export type Reminder = { readonly requestId: string; readonly nth: number };

/** How a reminder is named in the queue. */
export const reminderJob = ({ requestId, nth }: Reminder): string => `${requestId}:${nth}`;
export const isReminderJob = (job: string): boolean => job.includes(':');
export const reminderOf = (job: string): Reminder => {
  const [requestId = '', nth] = job.split(':');
  return { requestId, nth: Number(nth) };
};

/**
 * Still to be said: nobody has answered or switched it off since, the first mail arrived, and this one was not begun
 * before. Whoever never got the request cannot be reminded of it.
 */
const isWanted = ({ claim, request }: ConsentView, nth: number): boolean =>
  claim.remindsCustomer && claim.customerReminders < nth && request.mailState === 'mailed';

export type ReminderMail = ConsentView & {
  readonly token: string;
  /** When this contact was asked for the first time. */
  readonly askedAt: Date;
};

/** What to mail, with a fresh link that lives and dies with the others of its request; null: it is not wanted any more. */
export const prepareReminderMail = async (ports: Ports, { requestId, nth }: Reminder): Promise<ReminderMail | null> => {
  const { reads, clock, random, sha256 } = ports;
  const view = await liveConsent(reads, await reads.consent.findRequest(requestId), clock.now());
  if (view === null || !isWanted(view, nth)) return null;
  const token = random.token();
  await ports.inTx((tx) => tx.consent.keepLink(sha256(token), requestId, clock.now()));
  const { request } = view;
  const first = await reads.consent.findFirstMailed(request.claimNumber, request.toEmail);
  return { ...view, token, askedAt: first?.mailedAt ?? request.mailedAt ?? request.createdAt };
};

/** What is done about a reminder, while its claim is held; null: there is no such request. */
const holding = async <T>(
  ports: Ports,
  { requestId }: Reminder,
  work: (tx: Tx, claim: Claim, request: ConsentRequest, now: Date) => Promise<T>,
): Promise<T | null> =>
  ports.inTx(async (tx) => {
    const found = await tx.consent.findRequest(requestId);
    if (found === null) return null;
    await tx.claims.hold(found.claimNumber);
    // Read again under the lock: an answer, a re-send or a switch may have overtaken this.
    const [claim, request] = [await tx.claims.find(found.claimNumber), await tx.consent.findRequest(requestId)];
    return claim === null || request === null ? null : work(tx, claim, request, ports.clock.now());
  });

const record = (ports: Ports, tx: Tx, claim: Claim, what: ReminderEvent, facts: AuditFacts, at: Date) =>
  audit(tx, ports.sha256, { chain: chainOf(claim.number), at, actor: 'clock', what, facts });

/**
 * Counts a mail right before it leaves: from here on it is never sent again unless the mail server said that it did not
 * take it. False: it is not wanted any more.
 */
export const beginReminder = async (ports: Ports, reminder: Reminder): Promise<boolean> =>
  (await holding(ports, reminder, async (tx, claim, request, now) => {
    const view = await liveConsent(tx, request, now);
    if (view === null || !isWanted(view, reminder.nth)) return false;
    return tx.customerReminders.recount(claim.number, claim.customerReminders, reminder.nth);
  })) ?? false;

const uncount = (tx: Tx, { number }: Claim, { nth }: Reminder) => tx.customerReminders.recount(number, nth, nth - 1);

/** The mail server did not take it now: it may be tried again. */
export const putOffReminder = async (ports: Ports, reminder: Reminder): Promise<void> => {
  await holding(ports, reminder, (tx, claim) => uncount(tx, claim, reminder));
};

export const noteReminded = async (ports: Ports, reminder: Reminder): Promise<void> => {
  await holding(ports, reminder, (tx, claim, _request, now) =>
    record(ports, tx, claim, 'customerReminded', { reminder: reminder.nth }, now),
  );
};

/** One that was begun, and of which nobody knows what became: the history says so, once. */
export const noteUnsure = async (ports: Ports, reminder: Reminder): Promise<void> => {
  await holding(ports, reminder, async (tx, claim, { state }, now) => {
    if (state !== 'open' || claim.customerReminders < reminder.nth) return;
    const history = await tx.audit.list(chainOf(claim.number));
    if (history.some(({ facts }) => facts.reminder === reminder.nth)) return;
    await record(ports, tx, claim, 'reminderUnsure', { reminder: reminder.nth }, now);
  });
};

/** The mail server refused it for good: the partner hears, because only they can mend it, and no more are sent. */
export const noteReminderRefused = async (ports: Ports, reminder: Reminder): Promise<void> => {
  await holding(ports, reminder, async (tx, claim, { state }, now) => {
    await uncount(tx, claim, reminder);
    // A newer mail, to another address perhaps, is not this one's affair.
    if (state !== 'open' || !(await tx.customerReminders.switchTo(claim.number, false, null))) return;
    await record(ports, tx, claim, 'reminderRefused', {}, now);
    await tellPartner(ports, tx, claim, 'consentMailRefused', `reminder-refused:${reminderJob(reminder)}`, now);
  });
};

/** Every try failed, or the process that tried last died. The next reminder of the plan is the next try. */
export const giveUpReminder = async (ports: Ports, reminder: Reminder): Promise<void> => {
  await holding(ports, reminder, async (tx, claim, request, now) => {
    const view = await liveConsent(tx, request, now);
    if (view !== null && isWanted(view, reminder.nth)) await record(ports, tx, claim, 'reminderFailed', {}, now);
  });
  await noteUnsure(ports, reminder);
};
