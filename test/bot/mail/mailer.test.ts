import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { localMailbox, type Mailer, type OutgoingMail, smtpMailer } from '../../../bot/mail/mailer.ts';
import { type Mailbox, startMailbox } from '../../support/mailbox.ts';

const mail = (over: Partial<OutgoingMail> = {}): OutgoingMail => ({
  to: { name: 'Anna de Vries', address: 'anna@fabrikam.example' },
  replyTo: { name: 'Robin Demo', address: 'robin@northbridge.example' },
  subject: 'Your consent',
  text: 'Please answer.',
  html: '<p>Please answer.</p>',
  ...over,
});

let mailbox: Mailbox;
let mailer: Mailer;
let failures: unknown[];
const mailerFor = (url: string) =>
  smtpMailer(url, 'Claimdesk <consent@claimdesk.example>', (error) => failures.push(error));
beforeEach(async () => {
  failures = [];
  mailbox = await startMailbox();
  mailer = mailerFor(mailbox.smtpUrl);
});
afterEach(async () => {
  mailer.close();
  await mailbox.stop();
});

const sent = (to?: string) => mailbox.waitForMail(to);

describe('R21: a mail that is sent', () => {
  test('comes from the deployment, answers to the partner and says that a machine sent it', async () => {
    expect(await mailer.send(mail())).toBe('sent');
    const { headers, ...kept } = await sent('anna@fabrikam.example');
    expect(kept).toMatchObject({
      from: 'consent@claimdesk.example',
      to: ['anna@fabrikam.example'],
      subject: 'Your consent',
      text: expect.stringContaining('Please answer.'),
      html: expect.stringContaining('<p>Please answer.</p>'),
    });
    expect(headers.get('from')).toBe('Claimdesk <consent@claimdesk.example>');
    expect(headers.get('to')).toBe('Anna de Vries <anna@fabrikam.example>');
    expect(headers.get('reply-to')).toBe('Robin Demo <robin@northbridge.example>');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(failures).toEqual([]);
  });

  test('keeps letters of every script', async () => {
    const text = 'Zoë, 東京, Ελλάς, 👩‍👩‍👧';
    await mailer.send(mail({ subject: text, text, to: { name: 'Zoë 東京', address: 'anna@fabrikam.example' } }));
    const kept = await sent();
    expect(kept.subject).toBe(text);
    expect(kept.text).toContain(text);
  });

  test.each([
    ['a line break in a name', { to: { name: 'Anna\r\nBcc: eve@evil.example', address: 'anna@fabrikam.example' } }],
    ['an address in a name', { to: { name: 'Anna <eve@evil.example>, Eve', address: 'anna@fabrikam.example' } }],
    ['quotes in a name', { to: { name: 'Anna" <eve@evil.example>, "', address: 'anna@fabrikam.example' } }],
    ['a line break in the subject', { subject: 'Hello\r\nBcc: eve@evil.example\r\n\r\nforged' }],
    [
      'a line break in the name to answer',
      { replyTo: { name: 'R\nBcc: eve@evil.example', address: 'robin@northbridge.example' } },
    ],
  ])('goes to one mailbox, whatever was typed: %s', async (_, over) => {
    expect(await mailer.send(mail(over))).toBe('sent');
    const { to, headers, text } = await sent();
    expect(to).toEqual(['anna@fabrikam.example']);
    expect(headers.has('bcc')).toBe(false);
    expect(headers.has('cc')).toBe(false);
    expect(text.trim()).toBe('Please answer.');
  });
});

describe('what became of a mail', () => {
  test.each([
    [550, 'rcpt', 'refused'],
    [553, 'rcpt', 'refused'],
    [552, 'data', 'refused'],
    [554, 'data', 'refused'],
    [450, 'rcpt', 'putOff'],
    [421, 'rcpt', 'putOff'],
    [451, 'data', 'putOff'],
    [452, 'data', 'putOff'],
  ] as const)('the server says %i at %s: %s', async (code, at, outcome) => {
    mailbox.refuse({ code, at });
    expect(await mailer.send(mail())).toBe(outcome);
    expect(failures).toEqual([expect.objectContaining({ responseCode: code })]);
    expect(mailbox.mails).toEqual([]);
    expect(await mailer.send(mail())).toBe('sent');
    await sent();
  });

  test('a server that is not there may be there later: put off', async () => {
    await mailbox.stop();
    expect(await mailer.send(mail())).toBe('putOff');
    expect(failures).toHaveLength(1);
    mailbox = await startMailbox();
  });

  test('a connection that breaks off after the mail was handed over: unsure, because it may have gone', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write('220 ready\r\n');
      socket.on('data', (said) => {
        const line = said.toString();
        if (line.endsWith('\r\n.\r\n')) socket.destroy();
        else if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 fine\r\n');
        else if (line.startsWith('DATA')) socket.write('354 go on\r\n');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const breaking = mailerFor(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await breaking.send(mail())).toBe('unsure');
    expect(failures).toHaveLength(1);
    breaking.close();
    server.close();
    await once(server, 'close');
  });

  test('a server that turns all of us away says nothing about the mail: put off', async () => {
    const server = createServer((socket) => socket.end('554 5.7.1 host blocked\r\n'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const blocked = mailerFor(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);

    expect(await blocked.send(mail())).toBe('putOff');

    blocked.close();
    server.close();
  });

  test('a server that does not take our sender says nothing about the mail: put off', async () => {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('not yours'), { responseCode: 550 })),
    });
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    const foreign = mailerFor(`smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`);

    expect(await foreign.send(mail())).toBe('putOff');

    foreign.close();
    await new Promise<void>((resolve) => server.close(resolve));
  });

  test('a log-in that is refused is ours to mend and says nothing about the mail: put off', async () => {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) =>
        callback(Object.assign(new Error('Invalid username or password'), { responseCode: 535 })),
    });
    server.on('error', () => {});
    const listener = server.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const locked = mailerFor(`smtp://claimdesk:wrong@127.0.0.1:${(listener.address() as AddressInfo).port}`);
    try {
      expect(await locked.send(mail())).toBe('putOff');
      expect(failures).toEqual([expect.objectContaining({ code: 'EAUTH', responseCode: 535 })]);
    } finally {
      locked.close();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });
});

describe("local mode's mailbox", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claimdesk-mail-'));
    file = join(folder, 'not', 'there', 'mail.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is there again after a restart, because the links in it go on working', async () => {
    await localMailbox(() => new Date(), file).mailer.send(mail({ subject: 'Before' }));
    const { mailer: again, mails } = localMailbox(() => new Date(), file);
    await again.send(mail({ subject: 'After' }));
    expect(mails().map(({ subject }) => subject)).toEqual(['Before', 'After']);
  });

  test('keeps what would have been sent, with the time of the application, and sends nothing', async () => {
    const { mailer: kept, mails } = localMailbox(() => new Date('2026-11-23T12:00:00.000Z'), file);
    expect(await kept.send(mail())).toBe('sent');
    expect(mails()).toEqual([
      {
        to: 'anna@fabrikam.example',
        subject: 'Your consent',
        text: 'Please answer.',
        html: '<p>Please answer.</p>',
        sentAt: '2026-11-23T12:00:00.000Z',
      },
    ]);
    expect(mailbox.mails).toEqual([]);
  });

  test('keeps the last 200, in order', async () => {
    const { mailer: kept, mails } = localMailbox(() => new Date(), file);
    for (let number = 1; number <= 205; number += 1) await kept.send(mail({ subject: `mail ${number}` }));
    expect(mails().map(({ subject }) => subject)).toEqual(
      Array.from({ length: 200 }, (_, index) => `mail ${index + 6}`),
    );
  });
});
