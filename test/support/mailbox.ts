import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** `from` and `to` are the envelope's, in lower case. `headers` has lower-case names; a repeated one keeps its last. */
export type Mail = Readonly<{
  from: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  headers: ReadonlyMap<string, string>;
  raw: string;
}>;

/** Refuses the next `times` (1) messages: its recipient (`rcpt`) or, once sent, all of it (`data`, the default). */
export type Refusal = Readonly<{ code: number; message?: string; times?: number; at?: 'rcpt' | 'data' }>;

export type Mailbox = Awaited<ReturnType<typeof startMailbox>>;

/**
 * A real SMTP server on 127.0.0.1 that keeps every mail. A mail is unread until `take` or `waitForMail` gave it out.
 * `waitForMail` resolves with the first unread match, now or later, and rejects with what was there instead.
 */
export async function startMailbox() {
  const mails: Mail[] = [];
  const unseen = new Set<Mail>();
  const arrivals = new EventEmitter().setMaxListeners(0);
  const stopping = new AbortController();
  const refusals: { refusal: Refusal; left: number }[] = [];
  let hangUps = 0;

  const refused = (stage: 'rcpt' | 'data'): Error | undefined => {
    const next = refusals.find(({ refusal }) => (refusal.at ?? 'data') === stage);
    if (!next) return undefined;
    if (--next.left <= 0) refusals.splice(refusals.indexOf(next), 1);
    const { code, message = 'Scripted refusal' } = next.refusal;
    return Object.assign(new Error(message), { responseCode: code });
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    // A sender that keeps its connections open would hold up stop.
    closeTimeout: 50,
    onAuth: ({ username }, _session, callback) => callback(null, { user: username }),
    onRcptTo: (_address, _session, callback) => callback(refused('rcpt')),
    onData: async (stream, session, callback) => {
      try {
        const raw = Buffer.concat(await stream.toArray());
        const refusal = refused('data');
        if (refusal) return callback(refusal);
        const parsed = await simpleParser(raw);
        const { mailFrom, rcptTo } = session.envelope;
        const mail: Mail = {
          from: mailFrom ? mailFrom.address.toLowerCase() : '',
          to: rcptTo.map(({ address }) => address.toLowerCase()),
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: parsed.html || '',
          headers: new Map(parsed.headerLines.map(({ key, line }) => [key, headerValue(line)])),
          raw: raw.toString(),
        };
        mails.push(mail);
        unseen.add(mail);
        if (hangUps > 0) {
          hangUps -= 1;
          for (const connection of server.connections) connection.close();
        } else callback();
        arrivals.emit('mail');
      } catch (thrown) {
        callback(thrown instanceof Error ? thrown : new Error(`${thrown}`));
      }
    },
  });
  // A client that hangs up is its own affair.
  server.on('error', () => {});
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');

  const unread = (to?: string): readonly Mail[] =>
    mails.filter((mail) => unseen.has(mail) && (to === undefined || mail.to.includes(to.toLowerCase())));

  return {
    smtpUrl: `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    mails: mails as readonly Mail[],
    waitForMail: async (to?: string, matches = (_: Mail): boolean => true, timeoutMs = 5000) => {
      const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping.signal]);
      for (;;) {
        const found = unread(to).find(matches);
        if (found) {
          unseen.delete(found);
          return found;
        }
        await once(arrivals, 'mail', { signal }).catch(() => {
          const what = stopping.signal.aborted ? 'before the mailbox stopped' : `within ${timeoutMs} ms`;
          throw new Error(`No such unread mail ${what}, to ${to ?? 'anyone'}. ${listed(mails, unseen)}`);
        });
      }
    },
    take: (to?: string): readonly Mail[] => {
      const taken = unread(to);
      for (const mail of taken) unseen.delete(mail);
      return taken;
    },
    unread,
    refuse: (refusal: Refusal): void => void refusals.push({ refusal, left: refusal.times ?? 1 }),
    /** Takes the next mail, and hangs up instead of saying so. */
    hangUp: (): void => {
      hangUps += 1;
    },
    stop: (): Promise<void> => {
      stopping.abort();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  } as const;
}

// Unfolds a header line and takes its name off.
const headerValue = (line: string) =>
  line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n\s+/g, ' ')
    .trim();

function listed(mails: readonly Mail[], unseen: ReadonlySet<Mail>): string {
  const line = (mail: Mail) => `- ${unseen.has(mail) ? 'unread' : 'read'}, to ${mail.to.join(', ')}: ${mail.subject}`;
  return mails.length === 0 ? 'No mail came.' : `Mails:\n${mails.map(line).join('\n')}`;
}
