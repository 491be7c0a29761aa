import { expect, test } from '@jest/globals';
import { consentPage, deadPage, PAGE_STYLE, thanksPage } from '../../cards/consent/page.ts';
import { shownText } from '../../cards/consent/terms.ts';
import { consentEn } from '../../cards/text/consent-en.ts';
import { consentNl } from '../../cards/text/consent-nl.ts';
import type { AnswerFault, ConsentView } from '../../domain/consent/answer-consent.ts';
import { LANGUAGES, type Language } from '../../domain/people/actor.ts';
import { consentView as view } from '../support/consent-view.ts';
import { all, dom, type Node } from '../support/html-dom.ts';

const one = (html: string, selector: string): Node => {
  const [found, ...more] = all(html, selector);
  if (found === undefined || more.length > 0)
    throw new Error(`Not one ${selector}, but ${more.length + (found ? 1 : 0)}`);
  return found;
};

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</textarea></title></style><svg onload=alert(1)>',
  '&lt;b&gt; &amp; <b>bold</b>',
  'Ann\r\nBcc: all@example.com',
  '{{DATE()}} $1 $& $` %s',
  'x'.repeat(500),
  '👩‍👩‍👧‍👦 Ünïcødé 李小龙 שלום',
  '\u202egnp.exe',
];

const { claim } = view;
const { customer, partner } = claim.contacts;
const withCompany = (company: string): ConsentView => ({
  ...view,
  claim: { ...claim, contacts: { partner, customer: { ...customer, company } } },
});
const named = (text: string): ConsentView => ({
  ...view,
  claim: {
    ...{ ...claim, organisationName: text, location: { ...claim.location, name: text } },
    contacts: { customer: { ...customer, company: text }, partner: { name: text, email: text, phone: text } },
  },
  engagement: { ...view.engagement, name: { en: text, nl: text }, purpose: { en: text, nl: text } },
});

const TOKEN = 'Zm9v-YmFy_';
const nothing = { decision: '', name: '', reason: '', mayContact: false, mayShare: false };
const clean = (shown: ConsentView, language: Language) =>
  consentPage(shown, { language, token: TOKEN, shownHash: 'hash-of-what-is-shown', faults: [], typed: nothing });
const faulty = (faults: readonly AnswerFault[], typed = nothing, language: Language = 'en') =>
  consentPage(view, { language, token: TOKEN, shownHash: 'hash-of-what-is-shown', faults, typed });
const EVERY: readonly AnswerFault[] = ['choice.missing', 'name.other', 'reason.tooLong'];

const pages = (shown: ConsentView, language: Language, typed = nothing): readonly string[] => [
  clean(shown, language),
  consentPage(shown, { language, token: TOKEN, shownHash: 'hash-of-what-is-shown', faults: EVERY, typed }),
  thanksPage('accepted', shown, language),
  thanksPage('declined', shown, language),
  deadPage(language),
];
const squeezed = (text: string) => text.replace(/\s+/g, ' ');

test.each(LANGUAGES)('R21: the page says who asks, what for, what is shared and until when, in %s', (language) => {
  const shown = squeezed(one(clean(view, language), 'main').textContent);
  for (const fact of ['Fabrikam', 'Fabrikam Amsterdam', 'Noordzee B.V.', 'Microsoft', 'Omar Haddad']) {
    expect(shown).toContain(fact);
  }
  for (const fact of [
    view.engagement.name[language],
    view.engagement.purpose[language],
    partner.email,
    partner.phone,
  ]) {
    expect(shown).toContain(fact);
  }
  expect(shown).toContain(language === 'en' ? '24 December 2026, 23:59 UTC' : '24 december 2026 om 23:59 uur (UTC)');
});

test('The deal size is not shown to the customer', () => {
  for (const language of LANGUAGES) {
    expect(pages(view, language).join('')).not.toMatch(/9[.,  ]?876|98[.,  ]?765/);
  }
});

test('Microsoft sellers are mentioned only when the engagement is for co-sell', () => {
  const partnerOnly = { ...view, engagement: { ...view.engagement, coSell: false } };
  for (const [language, words] of [['en', consentEn] as const, ['nl', consentNl] as const]) {
    expect(shownText(view, language)).toContain(words.statement.sellers);
    expect(shownText(partnerOnly, language)).not.toContain(words.statement.sellers);
  }
});

test.each(LANGUAGES)('R22: the text whose hash is kept is what the page shows, word for word, in %s', (language) => {
  for (const shown of [view, ...HOSTILE.map(named)]) {
    const html = clean(shown, language);
    const blocks = all(html, 'h1, section h2, section p, section li').map((node) => node.textContent);
    const said = shownText(shown, language)
      .split('\n')
      .filter((line) => line !== '');
    expect(blocks).toEqual(said.map((line) => line.replace(/^- /, '')));
  }
});

test('R22: the contact’s name is nowhere on a page, so that only a person can fill it in', () => {
  for (const language of LANGUAGES) {
    for (const html of pages(view, language)) expect(html).not.toMatch(/Sanne|Vries/i);
  }
});

test.each(['Sanne de Vries Advies', 'De Vries & Zn.', 'SANNE'])(
  'A company called %s is “your company” instead',
  (company) => {
    for (const language of LANGUAGES) {
      for (const html of pages(withCompany(company), language)) expect(html).not.toMatch(/Sanne|Vries/i);
    }
    expect(shownText(withCompany(company), 'en')).toContain('asks your company to take part');
  },
);

test('The name field repeats what was typed, and nothing else', () => {
  expect(one(clean(view, 'en'), '#name').getAttribute('value')).toBe('');
  expect(one(faulty(['name.other'], { ...nothing, name: 'Bob' }), '#name').getAttribute('value')).toBe('Bob');
});

test.each(HOSTILE)('Hostile text stays text: %j', (text) => {
  const typed = { ...nothing, decision: text, name: text, reason: text };
  for (const language of LANGUAGES) {
    for (const html of pages(named(text), language, typed)) {
      const tags = 'script, img, svg, iframe, object, embed, base, b b, [style], link, meta[http-equiv]';
      expect(all(html, tags).map(({ tagName }) => tagName)).toEqual([]);
      const attributes = all(html, '*').flatMap((node) => node.getAttributeNames());
      expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
      expect(all(html, 'style, title, h1, main')).toHaveLength(4);
      expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069].*<\/h1>/);
    }
  }
  const html = consentPage(named(text), {
    language: 'en',
    token: text,
    shownHash: 'hash-of-what-is-shown',
    faults: EVERY,
    typed,
  });
  // HTML itself makes one line feed of every line end.
  const echoed = text.replaceAll('\r\n', '\n');
  expect(one(html, '#name').getAttribute('value')).toBe(echoed);
  expect(one(html, '#reason').textContent).toBe(echoed);
  expect(all(html, 'input[type=radio][checked]')).toEqual([]);
});

test('A page loads nothing, runs nothing, is not indexed and passes its address to nobody', () => {
  for (const html of LANGUAGES.flatMap((language) => pages(view, language))) {
    expect(all(html, 'script, link, img, iframe, [src], [style], [onclick], meta[http-equiv]')).toEqual([]);
    expect(html).not.toMatch(/https?:|\/\/|@import|url\(/);
    expect(one(html, 'style').textContent).toBe(PAGE_STYLE);
    expect(one(html, 'meta[name=robots]').getAttribute('content')).toBe('noindex');
    expect(one(html, 'meta[name=referrer]').getAttribute('content')).toBe('no-referrer');
  }
});

test('The form posts to the same link and keeps the language it was read in', () => {
  for (const language of LANGUAGES) {
    const html = clean(view, language);
    expect(one(html, 'form').getAttribute('method')).toBe('post');
    const action = one(html, 'form').getAttribute('action') ?? '';
    const there = new URL(action, `https://bot.example/consent/${TOKEN}?lang=nl`);
    expect(there.href).toBe(`https://bot.example/consent/${TOKEN}`);
    expect(one(html, 'input[name=lang]').getAttribute('value')).toBe(language);
    expect(all(html, '[name=decision]').map((node) => node.getAttribute('value'))).toEqual(['accept', 'decline']);
    expect(all(html, '[name=decision][checked]')).toEqual([]);
    expect(one(html, '[name=name]').matches('[required][type=text]')).toBe(true);
    expect(one(html, '[name=reason]').matches('textarea[maxlength="500"]:not([required])')).toBe(true);
  }
});

test('Every page says its language, and a link leads to the other one while there is something to read', () => {
  for (const language of LANGUAGES) {
    const other = language === 'en' ? 'nl' : 'en';
    for (const html of pages(view, language)) expect(dom(html).documentElement.getAttribute('lang')).toBe(language);
    for (const html of [clean(view, language), deadPage(language)]) {
      expect(one(html, 'a[hreflang]').getAttribute('href')).toBe(`?lang=${other}`);
    }
    expect(all(thanksPage('accepted', view, language), 'a')).toEqual([]);
  }
});

test('Every page has one h1, and every field a label', () => {
  for (const html of LANGUAGES.flatMap((language) => pages(view, language))) {
    expect(all(html, 'h1')).toHaveLength(1);
    for (const field of all(html, 'input:not([type=hidden]), textarea')) {
      expect(all(html, `label[for="${field.id}"], label:has(#${field.id})`)).toHaveLength(1);
    }
    const ids = all(html, '[id]').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

test('Faults stand at the top with a link to each field, and at the field itself', () => {
  for (const language of LANGUAGES) {
    const html = faulty(EVERY, { ...nothing, name: 'Bob' }, language);
    const links = all(html, '[role=alert] a');
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['#accept', '#reason', '#name']);
    for (const link of links) {
      expect(all(html, link.getAttribute('href') ?? '')).toHaveLength(1);
      expect(
        all(html, '.fault')
          .map((node) => node.textContent)
          .join(),
      ).toContain(link.textContent);
    }
    expect(dom(html).title).toMatch(language === 'en' ? /^Error: / : /^Fout: /);
    const wrong = all(html, '[aria-invalid=true]');
    expect(wrong.map((node) => node.getAttribute('aria-describedby')?.split(' ').at(-1))).toEqual([
      ...['decision-fault', 'reason-fault', 'name-fault'],
    ]);
    for (const id of all(html, '[aria-describedby]').flatMap(
      (n) => n.getAttribute('aria-describedby')?.split(' ') ?? [],
    )) {
      expect(all(html, `#${id}`)).toHaveLength(1);
    }
  }
});

test('A page without faults announces none', () => {
  const html = clean(view, 'en');
  expect(all(html, '[role=alert], [aria-invalid], .fault')).toEqual([]);
  expect(dom(html).title).toBe('Fabrikam asks for your consent');
});

test('What was chosen and typed is kept when the answer has a fault', () => {
  const html = faulty(['name.missing'], { ...nothing, decision: 'decline', reason: 'Not now.\nLater.' });
  expect(one(html, '[name=decision][checked]').getAttribute('value')).toBe('decline');
  expect(one(html, '#reason').textContent).toBe('Not now.\nLater.');
});

test('After the answer the customer reads what was recorded and whom to ask', () => {
  for (const language of LANGUAGES) {
    for (const answer of ['accepted', 'declined'] as const) {
      const html = thanksPage(answer, view, language);
      expect(one(html, 'main').textContent).toContain(view.engagement.name[language]);
      expect(one(html, 'main').textContent).toContain(partner.email);
      expect(all(html, 'form')).toEqual([]);
    }
    expect(thanksPage('accepted', view, language)).not.toBe(thanksPage('declined', view, language));
  }
});

test('The page for dead links tells nothing of any request', () => {
  for (const language of LANGUAGES) {
    expect(deadPage(language)).not.toMatch(/Fabrikam|Noordzee|Workshop|Omar|1000027|2026/);
    expect(all(deadPage(language), 'form, input')).toEqual([]);
  }
});
