import { consentMail } from '../../cards/consent/mail.ts';
import { noteMailed, noteMailFailed, prepareConsentMail } from '../../domain/consent/mail-consent.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Delivery } from './dispatcher.ts';

/** Sends the mail of a consent request. A mail that may have gone is sent again: both links then work. */
export const mailDelivery = (ports: Ports, mailer: Mailer, publicUrl: () => string): Delivery => ({
  // Greylisting and a mail server that is being moved last hours, not minutes.
  pause: 60,
  tries: 12,
  atOnce: 1,
  deliver: async (requestId) => {
    const mail = await prepareConsentMail(ports, requestId);
    if (mail === null) return 'done';
    const { request, claim } = mail;
    const words = await consentMail(mail, `${publicUrl()}/consent/${mail.token}`, request.language);
    const outcome = await mailer.send({
      to: { name: request.toName, address: request.toEmail },
      replyTo: { name: claim.contacts.partner.name, address: claim.contacts.partner.email },
      ...words,
    });
    if (outcome === 'unsure') return 'again';
    await (outcome === 'sent' ? noteMailed(ports, requestId) : noteMailFailed(ports, requestId, 'consentMailRefused'));
    return 'done';
  },
  giveUp: (requestId) => noteMailFailed(ports, requestId, 'consentMailStuck'),
});
