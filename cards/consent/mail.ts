import type { ConsentView } from '../../domain/consent/answer-consent.ts';
import type { Language } from '../../domain/people/actor.ts';
import { oneLine } from '../../domain/typed.ts';
import { escapeHtml } from '../html.ts';
import { answerBy, consentNames, consentTerms, consentText, sectionHtml, shownText } from './terms.ts';

export type ConsentMailBody = { readonly subject: string; readonly text: string; readonly html: string };

const FONTS = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

// Inline styles rule in mail, so the dark colours need !important. Clients that drop media queries keep the light ones.
const STYLE = `
  h1 { margin: 0; font-size: 24px; line-height: 32px; font-weight: 600; }
  h2 { margin: 0 0 4px; font-size: 15px; line-height: 24px; font-weight: 600; }
  p { margin: 0 0 8px; }
  ul { margin: 0 0 8px; padding: 0 0 0 20px; }
  li { margin: 0 0 4px; }
  h1, h2, p, li { overflow-wrap: anywhere; word-break: break-word; }
  @media (prefers-color-scheme: dark) {
    .page, .page > div[role] { background: #12171a !important; }
    .sheet, .sheet > table { background: #1b2226 !important; }
    .ink div { color: #e7ecee !important; }
    .soft div { color: #a8b4ba !important; }
    .go td, .go a { background: #76d0c1 !important; color: #06231f !important; }
  }`;

/** Long names must not push the engagement out of the subject that people see. */
const shortened = (name: string): string => {
  const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  return characters.length <= 60 ? name : `${characters.slice(0, 59).join('').trimEnd()}…`;
};

/** What sets the mails about one request apart. */
type Kind = {
  readonly subject: string;
  readonly preheader: string;
  readonly invitation: string;
  readonly link: string;
  /** What stands below the link besides. */
  readonly notes: readonly string[];
};

const opening = (view: ConsentView, language: Language, { invitation }: Kind): readonly string[] => {
  const words = consentText(language).mail;
  return [words.greeting(oneLine(view.request.toName)), invitation, words.timing(answerBy(view, language))];
};

const markup = (view: ConsentView, language: Language, kind: Kind): string => {
  const { subject, preheader, link, notes } = kind;
  const words = consentText(language).mail;
  const { title, sections } = consentTerms(view, language);
  const paragraphs = opening(view, language, kind).map((line) => `<p>${escapeHtml(line)}</p>`);
  const text = (html: string) => `<mj-text css-class="ink">${html}</mj-text>`;
  const soft = (line: string) => `<mj-text mj-class="soft" css-class="soft"><p>${escapeHtml(line)}</p></mj-text>`;
  return `<mjml lang="${language}" dir="ltr">
  <mj-head>
    <mj-title>${escapeHtml(subject)}</mj-title>
    <mj-preview>${escapeHtml(preheader)}</mj-preview>
    <mj-raw>
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="${FONTS}" />
      <mj-text color="#1b2226" font-size="16px" line-height="24px" padding="0 32px 16px" />
      <mj-class name="soft" color="#55626a" font-size="14px" line-height="21px" />
      <mj-section padding="0" />
    </mj-attributes>
    <mj-style>${STYLE}</mj-style>
  </mj-head>
  <mj-body background-color="#f2f4f5" css-class="page">
    <mj-section padding="16px 0 0"><mj-column><mj-spacer height="8px" /></mj-column></mj-section>
    <mj-section background-color="#ffffff" border-top="4px solid #0f6b60" css-class="sheet" padding="32px 0 16px">
      <mj-column>
        ${text(`<h1>${escapeHtml(title)}</h1>`)}
        ${text(paragraphs.join(''))}
        <mj-button css-class="go" href="${escapeHtml(link)}" align="left" background-color="#0f6b60" color="#ffffff"
          border-radius="6px" font-size="16px" font-weight="600" inner-padding="14px 28px" padding="8px 32px 20px"
          >${escapeHtml(words.open)}</mj-button>
        ${notes.map(soft).join('')}
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" css-class="sheet" padding="0 0 16px">
      <mj-column>
        <mj-divider border-width="1px" border-color="#c9d1d5" padding="0 32px 24px" />
        ${sections.map((section) => text(sectionHtml(section))).join('\n        ')}
      </mj-column>
    </mj-section>
    <mj-section padding="24px 0 32px"><mj-column>${soft(words.unexpected)}</mj-column></mj-section>
  </mj-body>
</mjml>`;
};

const mailOf = async (view: ConsentView, language: Language, kind: Kind): Promise<ConsentMailBody> => {
  // Loading MJML takes over half a second: the first mail waits for it, the start of the bot does not.
  const { default: mjml2html } = await import('mjml');
  const words = consentText(language).mail;
  // Without `fonts: {}` MJML links Google's.
  const { html } = await mjml2html(markup(view, language, kind), { fonts: {}, validationLevel: 'strict' });
  const text = [
    ...opening(view, language, kind),
    `${words.open}:\n${kind.link}`,
    ...kind.notes,
    '-'.repeat(60),
    shownText(view, language),
    '-'.repeat(60),
    words.unexpected,
  ].join('\n\n');
  return { subject: kind.subject, text: `${text}\n`, html };
};

/** The mail that asks for consent (R21): one link, no picture, nothing that reports its opening. */
export const consentMail = (view: ConsentView, link: string, language: Language): Promise<ConsentMailBody> => {
  const words = consentText(language).mail;
  const { partner, engagement } = consentNames(view, language);
  return mailOf(view, language, {
    subject: words.subject(shortened(partner), shortened(engagement)),
    preheader: words.preheader(answerBy(view, language)),
    invitation: words.invitation(partner, engagement),
    link,
    notes: [words.personal],
  });
};

/** The mail that reminds of it: all that the first one says, that it is a reminder, and since when one was asked. */
export const reminderMail = (
  view: ConsentView & { readonly askedAt: Date },
  link: string,
  language: Language,
): Promise<ConsentMailBody> => {
  const { locale, mail: words } = consentText(language);
  const { partner, engagement } = consentNames(view, language);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(view.askedAt);
  return mailOf(view, language, {
    subject: words.reminder.subject(shortened(partner), shortened(engagement)),
    preheader: words.reminder.preheader(answerBy(view, language)),
    invitation: words.reminder.invitation(partner, engagement, words.reminder.day(day)),
    link,
    notes: [words.personal, words.reminder.last],
  });
};
