import type { ConsentFlags } from '../../domain/co-sell/conditions.ts';
import { type AnswerFault, type ConsentView, MOST_DECLINE_REASON } from '../../domain/consent/answer-consent.ts';
import type { Language } from '../../domain/people/actor.ts';
import { oneLine } from '../../domain/typed.ts';
import { escapeHtml } from '../html.ts';
import { consentNames, consentTerms, consentText, sectionHtml } from './terms.ts';

/** The whole content of the one <style>, so that the page's policy can allow it by hash. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --page: #f2f4f5; --sheet: #fff; --ink: #1b2226; --soft: #55626a; --line: #c9d1d5;
  --edge: #6b7880; --lead: #0f6b60; --onlead: #fff; --tint: #eaf4f2; --wrong: #b3261e; --wrongtint: #fdf0ef; }
@media (prefers-color-scheme: dark) {
  :root { --page: #12171a; --sheet: #1b2226; --ink: #e7ecee; --soft: #a8b4ba; --line: #3a454b; --edge: #8b989f;
    --lead: #76d0c1; --onlead: #06231f; --tint: #1d302f; --wrong: #ffa198; --wrongtint: #332020; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; }
header, main, footer { width: min(42rem, 100% - 2rem); margin-inline: auto; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 0 1rem;
  min-height: 4rem; color: var(--soft); }
header p { margin: 0; }
footer { padding-block: 1.25rem 3rem; color: var(--soft); font-size: .9rem; }
main { padding: clamp(1.25rem, 5vw, 2.5rem); background: var(--sheet); border-top: 4px solid var(--lead);
  border-radius: 0 0 8px 8px; box-shadow: 0 1px 3px #0002; }
h1 { margin: 0 0 1.25rem; font-size: clamp(1.5rem, 5vw, 1.9rem); line-height: 1.25; letter-spacing: -.01em; }
h2 { margin: 0 0 .25rem; font-size: 1.05rem; line-height: 1.4; }
p, ul { margin: 0 0 .6rem; }
ul { padding-left: 1.25rem; }
li { margin-bottom: .25rem; }
section { margin-bottom: 1.4rem; }
section:last-child, section > :last-child { margin-bottom: 0; }
.until { padding: .9rem 1rem; background: var(--tint); border-left: 4px solid var(--lead); border-radius: 0 6px 6px 0; }
.sender { padding-top: 1.2rem; border-top: 1px solid var(--line); color: var(--soft); }
a { color: var(--lead); text-underline-offset: .2em; }
header a { display: inline-flex; align-items: center; min-height: 44px; }
form { margin-top: 2rem; padding-top: 1.75rem; border-top: 1px solid var(--line); }
form > h2 { margin-bottom: 1rem; font-size: 1.35rem; }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; }
legend, .field > label { display: block; margin-bottom: .4rem; font-weight: 600; }
.choice { display: flex; gap: .9rem; align-items: center; min-height: 44px; margin-top: .6rem; padding: .7rem 1rem;
  border: 1px solid var(--edge); border-radius: 6px; cursor: pointer; }
.choice:has(:checked) { border-color: var(--lead); background: var(--tint); box-shadow: inset 0 0 0 1px var(--lead); }
.choice input { flex: none; width: 1.4rem; height: 1.4rem; margin: 0; accent-color: var(--lead); }
.choice b { display: block; font-weight: 600; }
.hint, .choice i { color: var(--soft); font-size: .95rem; font-style: normal; }
.field { margin-bottom: 1.5rem; }
input[type=text], textarea { display: block; width: 100%; min-height: 44px; padding: .6rem .8rem; font: inherit;
  color: inherit; background: var(--sheet); border: 1px solid var(--edge); border-radius: 6px; }
textarea { min-height: 6.5rem; resize: vertical; }
@supports selector(:has(*)) {
  form:not(:has(#decline:checked)) .onlyDecline:not(.faulty) { display: none; }
  form:has(#decline:checked) .onlyAccept { display: none; }
}
button { min-height: 48px; padding: .7rem 1.75rem; font: inherit; font-weight: 600; color: var(--onlead);
  background: var(--lead); border: 2px solid transparent; border-radius: 6px; cursor: pointer; }
button:hover { filter: brightness(1.1); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.faults { margin-bottom: 1.75rem; padding: 1rem 1.25rem; background: var(--wrongtint); border: 2px solid var(--wrong);
  border-radius: 6px; }
.faults ul { margin: 0; padding: 0; list-style: none; }
.faults li { margin: 0; line-height: 1.35; }
.faults:focus-visible { outline-color: var(--wrong); }
.faults a { display: inline-flex; align-items: center; min-height: 44px; padding-block: .3rem; color: var(--wrong); font-weight: 600; }
.fault { margin-bottom: .5rem; color: var(--wrong); font-weight: 600; }
.faulty { padding-left: 1rem; border-left: 4px solid var(--wrong); }
.faulty input[type=text], .faulty textarea { border: 2px solid var(--wrong); }
@media (max-width: 26rem) { button { width: 100%; } }
`;

const page = (language: Language, title: string, header: string, main: string, footer = ''): string =>
  `<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>${header}</header>
<main>
${main}
</main>
${footer}
</body>
</html>
`;

const kindOf = (language: Language): string => `<p>${consentText(language).page.kind}</p>`;

const switchLanguage = (language: Language): string => {
  const other = language === 'en' ? 'nl' : 'en';
  const label = consentText(language).page.otherLanguage;
  return `<nav><a href="?lang=${other}" hreflang="${other}" lang="${other}">${label}</a></nav>`;
};

/** `typed` is shown again as it came; all three are empty on a first visit. */
export type ConsentForm = {
  readonly language: Language;
  readonly token: string;
  /** SHA-256 of the text this page shows: comes back with the answer. */
  readonly shownHash: string;
  readonly faults: readonly AnswerFault[];
  readonly typed: {
    readonly decision: string;
    readonly name: string;
    readonly reason: string;
    /** What is agreed to besides; only asked where the engagement has co-sell (R27). */
    readonly mayContact: boolean;
    readonly mayShare: boolean;
  };
};

/** R22. The contact's name is nowhere on the page: that it is typed shows that a person answers, not a mail scanner. */
export const consentPage = (view: ConsentView, { language, token, shownHash, faults, typed }: ConsentForm): string => {
  const words = consentText(language).page;
  const { partner } = consentNames(view, language);
  const { title, sections } = consentTerms(view, language);
  const fields = {
    decision: {
      first: 'accept',
      fault: faults.find((fault) => fault === 'choice.missing' || fault === 'text.changed'),
    },
    reason: { first: 'reason', fault: faults.find((fault) => fault === 'reason.tooLong') },
    name: { first: 'name', fault: faults.find((fault) => fault === 'name.missing' || fault === 'name.other') },
  };
  type Field = keyof typeof fields;
  const saying = (fault: AnswerFault) => escapeHtml(words.faults[fault](partner, MOST_DECLINE_REASON));
  const faulty = (field: Field) => (fields[field].fault === undefined ? '' : ' faulty');
  const message = (field: Field) => {
    const { fault } = fields[field];
    return fault === undefined ? '' : `<p class="fault" id="${field}-fault">${words.errorPrefix} ${saying(fault)}</p>`;
  };
  const described = (field: Field, hint: string) => {
    const { fault } = fields[field];
    const ids = [hint, fault === undefined ? '' : `${field}-fault`].filter((id) => id !== '').join(' ');
    return `${ids === '' ? '' : ` aria-describedby="${ids}"`}${fault === undefined ? '' : ' aria-invalid="true"'}`;
  };
  const choice = (value: 'accept' | 'decline', label: string, hint: string) =>
    `<label class="choice"><input type="radio" id="${value}" name="decision" value="${value}" required` +
    `${typed.decision === value ? ' checked' : ''}><span><b>${label}</b> <i>${hint}</i></span></label>`;
  const besides = (name: 'mayContact' | 'mayShare', label: string, hint: string) =>
    `<label class="choice"><input type="checkbox" id="${name}" name="${name}" value="yes"` +
    `${typed[name] ? ' checked' : ''}><span><b>${label}</b> <i>${hint}</i></span></label>`;
  const sellers = view.engagement.coSell
    ? `<fieldset class="onlyAccept">
<legend>${words.sellers}</legend>
<p class="hint">${words.sellersHint}</p>
${besides('mayShare', words.mayShare, words.mayShareHint)}
${besides('mayContact', words.mayContact, words.mayContactHint)}
</fieldset>
`
    : '';
  const links = Object.values(fields).flatMap(({ first, fault }) =>
    fault === undefined ? [] : [`<li><a href="#${first}">${saying(fault)}</a></li>`],
  );
  const summary =
    links.length === 0
      ? ''
      : `<div class="faults" role="alert" tabindex="-1" autofocus aria-labelledby="faults-title">
<h2 id="faults-title">${words.faultsTitle}</h2>
<ul>${links.join('')}</ul>
</div>
`;
  const statement = sections.map((section) => `<section class="${section.topic}">${sectionHtml(section)}</section>`);
  const main = `${summary}<h1>${escapeHtml(title)}</h1>
${statement.join('\n')}
<form method="post" action="./${encodeURIComponent(token)}">
<h2>${words.answer}</h2>
<input type="hidden" name="lang" value="${language}"><input type="hidden" name="shown" value="${shownHash}">
<fieldset class="answer${faulty('decision')}" role="radiogroup" aria-required="true"${described('decision', '')}>
<legend>${words.choose}</legend>
${message('decision')}
${choice('accept', words.accept, words.acceptHint)}
${choice('decline', words.decline, words.declineHint)}
</fieldset>
${sellers}<div class="field onlyDecline${faulty('reason')}">
<label for="reason">${words.reason}</label>
<p class="hint" id="reason-hint">${escapeHtml(words.reasonHint(partner, MOST_DECLINE_REASON))}</p>
${message('reason')}
<textarea id="reason" name="reason" rows="4" maxlength="${MOST_DECLINE_REASON}"${described('reason', 'reason-hint')}>
${escapeHtml(typed.reason)}</textarea>
</div>
<div class="field${faulty('name')}">
<label for="name">${words.name}</label>
<p class="hint" id="name-hint">${words.nameHint}</p>
${message('name')}
<input type="text" id="name" name="name" value="${escapeHtml(typed.name)}" required maxlength="200" autocomplete="name"
 spellcheck="false"${described('name', 'name-hint')}>
</div>
<p class="hint">${words.final}</p>
<button type="submit">${words.send}</button>
</form>`;
  const heading = links.length === 0 ? title : `${words.errorTitle} ${title}`;
  return page(language, heading, `${kindOf(language)}${switchLanguage(language)}`, main);
};

/** What the answer led to. The link is dead from now on, so nothing here leads back to it. */
export const thanksPage = (
  answer: 'accepted' | 'declined',
  view: ConsentView,
  language: Language,
  { mayShare, mayContact }: ConsentFlags = { mayShare: false, mayContact: false },
): string => {
  const { thanks, statement } = consentText(language);
  const { partner, engagement } = consentNames(view, language);
  const { name, email, phone } = view.claim.contacts.partner;
  const outcome = { accepted: thanks.acceptedText, declined: thanks.declinedText }[answer](partner, engagement);
  const besides = [...(mayShare ? [thanks.mayShare] : []), ...(mayContact ? [thanks.mayContact] : [])];
  const questions = sectionHtml({
    topic: 'questions',
    heading: thanks.changed,
    body: [
      statement.askThem(partner, view.claim.number),
      statement.contact(oneLine(name), oneLine(email), oneLine(phone)),
    ],
  });
  const main = `<h1>${thanks[answer]}</h1>
<section><p>${escapeHtml(outcome)}</p>${besides.map((said) => `<p>${said}</p>`).join('')}</section>
<section>${questions}</section>
<section class="sender"><p>${thanks.close}</p></section>`;
  return page(language, thanks[answer], kindOf(language), main);
};

/** The one page for every dead link (R22): the same whatever it once was, or never was. */
export const deadPage = (language: Language): string => {
  const { dead } = consentText(language);
  const main = `<h1>${dead.title}</h1>
<section><p>${dead.text}</p></section>
<section>${sectionHtml({ topic: 'questions', heading: dead.todo, body: [dead.steps] })}</section>`;
  return page(language, dead.title, `${kindOf(language)}${switchLanguage(language)}`, main);
};

/** Something broke on our side; what was typed stands behind the browser's Back. */
export const failedPage = (language: Language): string => {
  const { title, text } = consentText(language).failed;
  return page(language, title, kindOf(language), `<h1>${title}</h1>\n<section><p>${text}</p></section>`);
};
