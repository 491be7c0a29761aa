import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { consentMail, reminderMail } from '../../cards/consent/mail.ts';
import { shownText } from '../../cards/consent/terms.ts';
import type { ConsentView } from '../../domain/consent/answer-consent.ts';
import { MAIL_VERSION } from '../../domain/consent/consent-store.ts';
import { LANGUAGES } from '../../domain/people/actor.ts';
import { lengthOf } from '../../domain/typed.ts';
import { consentView as view } from '../support/consent-view.ts';
import { all, dom } from '../support/html-dom.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</mj-text></mj-column><mj-raw><script>alert(1)</script></mj-raw>',
  '<mj-include path="/etc/passwd" type="html" />',
  '<!-- htmlmin:ignore --> --> <![endif]--> ]]>',
  '&lt;b&gt; &amp; <b>bold</b>',
  'Ann\r\nBcc: all@example.com',
  '{{DATE()}} {% x %} $& $` $1 [[x]]',
  'x'.repeat(500),
  '👩‍👩‍👧‍👦 Ünïcødé 李小龙 שלום',
  '\u202egnp.exe',
];

const named = (text: string): ConsentView => ({
  request: { ...view.request, toName: text },
  claim: {
    ...{ ...view.claim, organisationName: text, location: { ...view.claim.location, name: text } },
    contacts: {
      customer: { ...view.claim.contacts.customer, company: text, name: text },
      partner: { name: text, email: text, phone: text },
    },
  },
  engagement: { ...view.engagement, name: { en: text, nl: text }, purpose: { en: text, nl: text } },
});
const LINK = 'https://bot.example/consent/Zm9v-YmFy_?lang=nl&x=1';
const times = (text: string, part: string) => text.split(part).length - 1;

test.each(LANGUAGES)(
  'R21: the mail says all that its page says, in HTML and in plain text, in %s',
  async (language) => {
    const { text, html } = await consentMail(view, LINK, language);
    expect(text).toContain(shownText(view, language));
    const read = dom(html).body.textContent.replace(/\s+/g, ' ');
    const said = shownText(view, language)
      .split('\n')
      .filter((line) => line !== '');
    for (const line of said) expect(read).toContain(line.replace(/^- /, ''));
    expect(text).toContain(language === 'en' ? '24 December 2026, 23:59 UTC' : '24 december 2026 om 23:59 uur (UTC)');
  },
);

test.each(LANGUAGES)(
  'R21: the mail holds one link, once, on a line of its own in plain text, in %s',
  async (language) => {
    const { text, html } = await consentMail(view, LINK, language);
    expect(times(text, LINK)).toBe(1);
    expect(text.split('\n')).toContain(LINK);
    expect(all(html, 'a').map((link) => link.getAttribute('href'))).toEqual([LINK]);
    expect(times(html, 'bot.example')).toBe(1);
  },
);

test('The mail cannot be answered from the mail itself', async () => {
  for (const language of LANGUAGES) {
    const { html } = await consentMail(view, LINK, language);
    expect(all(html, 'form, input, button')).toEqual([]);
    expect(all(html, 'a')).toHaveLength(1);
  }
});

test('The mail loads nothing: no picture, no font, no count of its openings', async () => {
  for (const language of LANGUAGES) {
    const { html } = await consentMail(view, LINK, language);
    expect(all(html, 'img, link, script, iframe, [src], [background], source')).toEqual([]);
    expect(html).not.toMatch(/@import|url\(/);
    // Namespaces are names, not addresses that anything fetches.
    const addresses = (html.match(/https?:\/\/[^\s"')<]+/g) ?? []).filter((address) => !/w3\.org/.test(address));
    expect(addresses).toHaveLength(1);
  }
});

const REMINDER = {
  en: {
    subject: 'Reminder: Fabrikam asks for your consent: Threat Protection Workshop',
    said: 'This is a reminder. On 24 November 2026 (UTC) Fabrikam asked for your answer about the engagement “Threat Protection Workshop”',
    last: 'Once you have answered, you are not reminded any more.',
    until: 'You can answer until 24 December 2026, 23:59 UTC.',
  },
  nl: {
    subject: 'Herinnering: Fabrikam vraagt om uw toestemming: Workshop Dreigingen',
    said: 'Dit is een herinnering. Op 24 november 2026 (UTC) vroeg Fabrikam uw antwoord over het traject ‘Workshop Dreigingen’',
    last: 'Zodra u hebt geantwoord, krijgt u geen herinneringen meer.',
    until: 'U kunt antwoorden tot 24 december 2026 om 23:59 uur (UTC).',
  },
};

test.each(LANGUAGES)(
  'R21: a reminder says that it is one, since when one was asked, and all that the first mail says, in %s',
  async (language) => {
    const askedAt = new Date('2026-11-24T23:30:00Z');
    const { subject, text, html } = await reminderMail({ ...view, askedAt }, LINK, language);
    const words = REMINDER[language];
    expect(subject).toBe(words.subject);
    expect(dom(html).title).toBe(subject);
    const read = dom(html).body.textContent.replace(/\s+/g, ' ');
    for (const said of [words.said, words.last, words.until]) {
      expect(text).toContain(said);
      expect(read).toContain(said);
    }
    expect(text).toContain(shownText(view, language));
    for (const line of shownText(view, language).split('\n')) expect(read).toContain(line.replace(/^- /, ''));
    expect(times(text, LINK)).toBe(1);
    expect(all(html, 'a').map((link) => link.getAttribute('href'))).toEqual([LINK]);
    expect(all(html, 'img, link, script, iframe, [src], form, input, button')).toEqual([]);
  },
);

test.each(HOSTILE)('Hostile text stays text in a reminder, too: %j', async (hostile) => {
  for (const language of LANGUAGES) {
    const { subject, html } = await reminderMail({ ...named(hostile), askedAt: new Date(0) }, LINK, language);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(lengthOf(subject)).toBeLessThan(200);
    expect(all(html, 'script, img, iframe, mj-raw, mj-include').map(({ tagName }) => tagName)).toEqual([]);
    expect(all(html, 'a').map((link) => link.getAttribute('href'))).toEqual([LINK]);
  }
});

test('The mail greets the contact in the language it was asked for and says which that is', async () => {
  const [en, nl] = await Promise.all(LANGUAGES.map((language) => consentMail(view, LINK, language)));
  expect(en?.text).toMatch(/^Dear Sanne de Vries,\n/);
  expect(nl?.text).toMatch(/^Beste Sanne de Vries,\n/);
  expect(dom(en?.html ?? '').documentElement.getAttribute('lang')).toBe('en');
  expect(dom(nl?.html ?? '').documentElement.getAttribute('lang')).toBe('nl');
});

test('The subject names the partner and the engagement', async () => {
  const { subject, html } = await consentMail(view, LINK, 'en');
  expect(subject).toBe('Fabrikam asks for your consent: Threat Protection Workshop');
  expect(dom(html).title).toBe(subject);
});

test.each(HOSTILE)('Hostile text stays text, in subject, HTML and plain text: %j', async (hostile) => {
  for (const language of LANGUAGES) {
    const { subject, text, html } = await consentMail(named(hostile), LINK, language);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(lengthOf(subject)).toBeLessThan(200);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    expect(text).not.toMatch(/^Bcc:/m);
    expect(all(html, 'script, img, iframe, mj-raw, mj-include, li b, p b').map(({ tagName }) => tagName)).toEqual([]);
    const attributes = all(html, '*').flatMap((node) => node.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
    expect(all(html, 'a').map((link) => link.getAttribute('href'))).toEqual([LINK]);
    const read = dom(html).body.textContent.replace(/\s+/g, ' ');
    for (const line of shownText(named(hostile), language).split('\n')) expect(read).toContain(line.replace(/^- /, ''));
    expect(dom(html).title).toBe(subject);
  }
});

test('A mail stays far below the size at which mail programs cut it off', async () => {
  const { html } = await consentMail(named('x'.repeat(200)), LINK, 'nl');
  expect(Buffer.byteLength(html)).toBeLessThan(60_000);
});

test('R22: what customers agree to changes only together with the version that is kept with their answer', () => {
  const said = LANGUAGES.map((language) => shownText(view, language)).join('\n');
  const print = createHash('sha256').update(said).digest('hex').slice(0, 16);
  // A new wording needs a new MAIL_VERSION; then this line follows.
  expect({ version: MAIL_VERSION, print }).toEqual({ version: '2026-11.3', print: '9d87f9f282ca2b86' });
});
