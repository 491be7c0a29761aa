import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { isWithReviewers } from '../../domain/claims/transitions.ts';
import { canAmend, lackingIn, lastAbout } from '../../domain/review/checklist.ts';
import { MOST_NOTE, MOST_TITLE } from '../../domain/review/evidence.ts';
import { MOST_REMARK, submissionOf } from '../../domain/review/submit-claim.ts';
import {
  alarm,
  box,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  heading,
  line,
  lines,
  link,
  para,
  type Reader,
  subheading,
  textInput,
} from '../card.ts';
import { aboutClaim } from '../claims/about.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { deadline, textFor } from '../format.ts';
import { evidenceLine } from './evidence-line.ts';

const lacking = (reader: Reader, { checklist }: ClaimView): readonly string[] =>
  lackingIn(checklist).map(({ name }) => name[reader.language]);

/** Why nothing can be changed, and whether that can change. */
const frozen = ({ language }: Reader, { claim }: ClaimView): string => {
  const words = textFor(language).evidence.frozen;
  if (isWithReviewers(claim)) return words.withReviewers;
  if (claim.status === 'REJECTED') return words.rejected;
  return claim.consentedAt === null && !isTerminal(claim.status) ? words.beforeConsent : words.closed;
};

/** What is lacking and until when, or that it can be submitted now: the first thing to be read. */
const progress = (reader: Reader, { claim, checklist }: ClaimView, missing: readonly string[]): Element => {
  const { evidence: words } = textFor(reader.language);
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const complete = checklist.length === 0 ? words.noneNeeded : words.complete;
  return box([
    para(missing.length > 0 ? words.lacking(missing) : complete),
    ...(due === null ? [] : [line(dotted(alarm(due.words, due.urgent), due.date), { spacing: 'None' })]),
  ]);
};

/** The checklist of a claim with a way to each of its links (R24), and on to submitting. */
export const evidenceCard = (reader: Reader, view: ClaimView, banner?: Banner): Card => {
  const { evidence: words, submit } = textFor(reader.language);
  const { claim, checklist } = view;
  const { number } = claim;
  const open = canAmend(claim, reader.now);
  const missing = lacking(reader, view);
  const submits = submissionOf(claim) !== null && missing.length === 0;
  return card(
    reader,
    words.title(number),
    [
      heading(words.title(number)),
      ...aboutClaim(reader, view),
      ...bannerBox(banner),
      ...(open ? [progress(reader, view, missing)] : [para(frozen(reader, view))]),
      ...(open && submits
        ? [
            buttons([button('claim.askSubmit', { claim: number }, submit.button, { style: 'positive' })], {
              spacing: 'Small',
            }),
          ]
        : []),
      ...checklist.flatMap((entry) => {
        const name = entry.item.name[reader.language];
        const change = button(
          'evidence.edit',
          { claim: number, item: entry.item.key },
          entry.link === null ? words.add(name) : words.change(name),
        );
        const actions = [
          ...(entry.link === null ? [] : [link(words.open(name), entry.link.url)]),
          ...(open ? [change] : []),
        ];
        return [
          evidenceLine(reader, entry),
          ...(entry.link?.note ? lines(entry.link.note, { spacing: 'None' }) : []),
          ...(actions.length === 0 ? [] : [buttons(actions, { spacing: 'Small' })]),
        ];
      }),
      ...(open && checklist.length > 0 ? [para(words.hint, { subtle: true, spacing: 'Medium' })] : []),
      buttons([button('claim.show', { claim: number }, words.back)]),
    ],
    { verb: 'evidence.show', data: { claim: number } },
  );
};

/** One item of evidence: its link is added, put in another's place, or removed. */
export const evidenceItemCard = (
  reader: Reader,
  view: ClaimView,
  { item, link: kept }: ClaimView['checklist'][number],
  notes: Notes,
  command: string,
): Card => {
  const { evidence: words, common } = textFor(reader.language);
  const name = item.name[reader.language];
  const fields = fieldsOf(notes, reader);
  const seen = lastAbout(item.key, view.history);
  const where = { claim: view.claim.number, item: item.key, seen, command };
  const asks: Element[] = [
    textInput({
      id: fields.id('title'),
      label: words.label,
      maxLength: MOST_TITLE,
      isRequired: true,
      errorMessage: words.titleError,
      ...fields.value('title', kept?.title ?? name),
    }),
    ...fields.faults('title'),
    textInput({
      id: fields.id('url'),
      label: words.url,
      placeholder: 'https://',
      style: 'Url',
      isRequired: true,
      errorMessage: words.urlError,
      ...fields.value('url', kept?.url),
    }),
    ...fields.faults('url'),
    // What is wrong with it says the same.
    ...(fields.faults('url').length > 0 ? [] : [para(words.urlHint, { subtle: true, spacing: 'Small' })]),
    textInput({
      id: fields.id('note'),
      label: words.note,
      maxLength: MOST_NOTE,
      ...fields.value('note', kept?.note ?? undefined),
    }),
    ...fields.faults('note'),
  ];
  // Somebody else's link is seen before it is replaced.
  const before = [...aboutClaim(reader, view), ...(notes.stale ? [evidenceLine(reader, { item, link: kept })] : [])];
  return formCard(reader, name, notes, { before, asks }, [
    button('evidence.save', where, words.save, { style: 'positive' }),
    ...(kept === null ? [] : [button('evidence.remove', where, words.remove, { skipInputs: true })]),
    button('evidence.show', { claim: view.claim.number }, common.back, { skipInputs: true }),
  ]);
};

/** Text of several lines that goes with a step. */
export const remarkInput = (
  reader: Reader,
  notes: Notes,
  field: string,
  label: string,
  required?: string,
  most = MOST_REMARK,
): Element[] => {
  const fields = fieldsOf(notes, reader);
  return [
    textInput({
      id: fields.id(field),
      label,
      isMultiline: true,
      maxLength: most,
      ...(required === undefined ? {} : { isRequired: true, errorMessage: required }),
      ...fields.value(field),
    }),
    ...fields.faults(field),
  ];
};

/** Submitting freezes the claim, so it is asked once more (R24). */
export const askSubmitCard = (reader: Reader, view: ClaimView, notes: Notes, command: string): Card => {
  const { evidence, submit: words } = textFor(reader.language);
  const { number } = view.claim;
  const body = view.claim.disputedAt !== null ? words.bodyDispute : words.body;
  return formCard(
    reader,
    words.title(number),
    notes,
    {
      before: [
        ...aboutClaim(reader, view),
        para(body),
        ...(view.checklist.length === 0 ? [para(evidence.none)] : [subheading(evidence.button)]),
        ...view.checklist.map((entry) => evidenceLine(reader, entry)),
      ],
      asks: remarkInput(reader, notes, 'remark', words.remark),
    },
    [
      button('claim.submit', { claim: number, seen: view.seen, command }, words.yes, { style: 'positive' }),
      button('claim.show', { claim: number }, words.no, { skipInputs: true }),
    ],
  );
};

/** R18: a rejection is disputed once, with the reason. */
export const askDisputeCard = (reader: Reader, view: ClaimView, notes: Notes, command: string): Card => {
  const { dispute: words } = textFor(reader.language);
  const { number } = view.claim;
  return formCard(
    reader,
    words.title(number),
    notes,
    {
      before: [...aboutClaim(reader, view), para(words.body)],
      asks: remarkInput(reader, notes, 'remark', words.remark, words.remarkError),
    },
    [
      button('claim.dispute', { claim: number, seen: view.seen, command }, words.yes, { style: 'positive' }),
      button('claim.show', { claim: number }, words.no, { skipInputs: true }),
    ],
  );
};
