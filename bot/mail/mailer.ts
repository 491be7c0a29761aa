import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createTransport } from 'nodemailer';
import { isLoopback } from '../loopback.ts';

export type OutgoingMail = {
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/**
 * `refused`: the server said no for good (5xx). `putOff`: it did not take the mail now, or was not there to. `unsure`: the
 * mail may or may not have gone.
 */
export type MailOutcome = 'sent' | 'refused' | 'putOff' | 'unsure';

export type Mailer = {
  send(mail: OutgoingMail): Promise<MailOutcome>;
  close(): void;
};

/** Only what is said to this recipient or this mail is about the customer's address; the rest is ours to mend. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/** Before any of these is over nothing of a mail has left. */
const BEFORE_THE_MAIL = new Set(['EDNS', 'EAUTH', 'CONNECTION_TIMEOUT', 'GREETING_TIMEOUT', 'connect']);

const outcomeOf = (error: unknown): MailOutcome => {
  const { responseCode, command, code, syscall, timeoutType } = error as Readonly<Record<string, unknown>>;
  if (typeof responseCode === 'number' && responseCode >= 400) {
    const final = responseCode >= 500 && responseCode < 600;
    return final && typeof command === 'string' && ABOUT_THE_MAIL.has(command) ? 'refused' : 'putOff';
  }
  return [code, syscall, timeoutType].some((what) => BEFORE_THE_MAIL.has(String(what))) ? 'putOff' : 'unsure';
};

/** What may be logged of a failure: the server's words repeat the customer's address. */
export type MailFailure = { readonly code: unknown; readonly responseCode: unknown; readonly command: unknown };

export const smtpMailer = (smtpUrl: string, from: string, failed: (failure: MailFailure) => void): Mailer => {
  const transport = createTransport({
    url: smtpUrl,
    // The mail carries a link that speaks for the customer: it does not travel in the clear.
    requireTLS: !isLoopback(new URL(smtpUrl).hostname),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return {
    send: async ({ to, replyTo, ...mail }) => {
      try {
        await transport.sendMail({ from, to, replyTo, ...mail, headers: { 'Auto-Submitted': 'auto-generated' } });
        return 'sent';
      } catch (error) {
        const { code, responseCode, command } = error as Partial<MailFailure>;
        failed({ code, responseCode, command });
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
};

export type KeptMail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAt: string;
};

const mailsIn = (file: string): KeptMail[] => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
};

/**
 * Local mode's mailbox: what would have been sent, in order, the last 200. Kept in a file, because the links in it go on
 * working after a restart.
 */
export const localMailbox = (
  now: () => Date,
  file: string,
): { readonly mailer: Mailer; readonly mails: () => readonly KeptMail[] } => {
  const mails = mailsIn(file);
  return {
    mails: () => mails,
    mailer: {
      send: async ({ to, subject, text, html }) => {
        mails.push({ to: to.address, subject, text, html, sentAt: now().toISOString() });
        if (mails.length > 200) mails.shift();
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(mails));
        return 'sent';
      },
      close: () => {},
    },
  };
};
