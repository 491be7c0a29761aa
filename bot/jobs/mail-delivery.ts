import { type ConsentMailBody, consentMail, reminderMail } from '../../cards/consent/mail.ts';
import type { ConsentView } from '../../domain/consent/answer-consent.ts';
import { noteMailed, noteMailFailed, prepareConsentMail } from '../../domain/consent/mail-consent.ts';
import {
  beginReminder,
  giveUpReminder,
  isReminderJob,
  noteReminded,
  noteReminderRefused,
  noteUnsure,
  prepareReminderMail,
  putOffReminder,
  reminderOf,
} from '../../domain/consent/mail-reminder.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Mailer, OutgoingMail } from '../mail/mailer.ts';
import type { Delivery } from './dispatcher.ts';

// Greylisting and a mail server that is being moved last hours, not minutes.
const PATIENCE = { pause: 60, tries: 12, atOnce: 1 } as const;

/** From nobody but the machine, and answered by the partner's contact. */
const addressed = ({ request, claim }: ConsentView, words: ConsentMailBody): OutgoingMail => ({
  to: { name: request.toName, address: request.toEmail },
  replyTo: { name: claim.contacts.partner.name, address: claim.contacts.partner.email },
  ...words,
});

type Handling = Pick<Delivery, 'deliver' | 'giveUp'>;

const linkTo = (publicUrl: () => string, token: string): string => `${publicUrl()}/consent/${token}`;

/** Sends the mail of a consent request. A mail that may have gone is sent again: both links then work. */
const requestDelivery = (ports: Ports, mailer: Mailer, publicUrl: () => string): Handling => ({
  deliver: async (requestId) => {
    const mail = await prepareConsentMail(ports, requestId);
    if (mail === null) return 'done';
    const words = await consentMail(mail, linkTo(publicUrl, mail.token), mail.request.language);
    const outcome = await mailer.send(addressed(mail, words));
    if (outcome === 'unsure' || outcome === 'putOff') return 'again';
    await (outcome === 'sent' ? noteMailed(ports, requestId) : noteMailFailed(ports, requestId, 'consentMailRefused'));
    return 'done';
  },
  giveUp: (requestId) => noteMailFailed(ports, requestId, 'consentMailStuck'),
});

/** Reminds the customer of a consent request. A mail that may have gone is not sent again: the next one is the retry. */
const reminderDelivery = (ports: Ports, mailer: Mailer, publicUrl: () => string): Handling => ({
  deliver: async (job) => {
    const reminder = reminderOf(job);
    const mail = await prepareReminderMail(ports, reminder);
    if (mail !== null) {
      const words = await reminderMail(mail, linkTo(publicUrl, mail.token), mail.request.language);
      if (await beginReminder(ports, reminder)) {
        const outcome = await mailer.send(addressed(mail, words));
        if (outcome === 'putOff') {
          await putOffReminder(ports, reminder);
          return 'again';
        }
        if (outcome === 'sent') await noteReminded(ports, reminder);
        if (outcome === 'refused') await noteReminderRefused(ports, reminder);
      }
    }
    // Begun by a process that ended before it could say what became of it, or by this one just now without an answer.
    await noteUnsure(ports, reminder);
    return 'done';
  },
  giveUp: (job) => giveUpReminder(ports, reminderOf(job)),
});

/** Mails customers, one mail at a time: asks them for consent, or reminds them of it. */
export const mailDelivery = (...parts: Parameters<typeof requestDelivery>): Delivery => {
  const [requests, reminders] = [requestDelivery(...parts), reminderDelivery(...parts)];
  const of = (job: string): Handling => (isReminderJob(job) ? reminders : requests);
  return { ...PATIENCE, deliver: (job) => of(job).deliver(job), giveUp: (job) => of(job).giveUp(job) };
};
