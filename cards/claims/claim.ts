import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { canAmend, lackingIn } from '../../domain/review/checklist.ts';
import {
  bold,
  button,
  buttons,
  type Card,
  card,
  type Element,
  facts,
  folded,
  heading,
  line,
  link,
  para,
  type Reader,
  subheading,
  toggle,
} from '../card.ts';
import { openReferral, whyCoSell } from '../co-sell/on-claim.ts';
import { type Banner, bannerBox } from '../form.ts';
import { textFor } from '../format.ts';
import { evidenceLine } from '../review/evidence-line.ts';
import { aboutClaim } from './about.ts';
import { onward } from './onward.ts';
import { payoutTerms } from './payout.ts';
import { claimRows, detailRows, payoutOf } from './rows.ts';
import { standing } from './standing.ts';
import { history } from './story.ts';

/** The checklist, from the consent on (R24); and that nobody looks at it before it is submitted. */
const evidenceLines = (reader: Reader, { claim, checklist, possible }: ClaimView): Element[] => {
  const words = textFor(reader.language).evidence;
  if (checklist.length === 0 || claim.consentedAt === null) return [];
  const there = checklist.filter(({ link }) => link !== null).length;
  const names = lackingIn(checklist).map(({ name }) => name[reader.language]);
  const open = canAmend(claim, reader.now) && possible.length > 0;
  return [
    subheading(words.heading(there, checklist.length), { separator: true }),
    ...checklist.map((entry) => evidenceLine(reader, entry)),
    ...(open && names.length > 0 ? [para(words.lacking(names), { spacing: 'Small' })] : []),
  ];
};

/**
 * Everything one may know of a claim: status and next step with its button, then who and what, then what happened.
 * `command` is the id of what its buttons may do.
 */
export const claimCard = (reader: Reader, view: ClaimView, command: string, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { claim, deal, possible } = view;
  const { labels, ...words } = text.claim;
  const { inSight, earlier, more, whole } = history(reader, view);
  const steps = onward(reader, view, command);
  const payout = payoutOf(reader, view);
  const referral = openReferral(reader, deal);
  const coSell = whyCoSell(reader, deal);
  return card(
    reader,
    `${words.heading(claim.number)}: ${text.statuses[claim.status]}`,
    [
      heading(words.heading(claim.number)),
      line(bold(claim.name), { spacing: 'None' }),
      ...bannerBox(banner),
      standing(reader, view),
      ...(steps.length === 0 ? [] : [buttons(steps, { spacing: 'Small' })]),
      ...facts(claimRows(reader, view)),
      ...(referral.length === 0 ? [] : [buttons(referral, { spacing: 'Small' })]),
      ...coSell.fold,
      ...evidenceLines(reader, view),
      subheading(words.history, { separator: true }),
      ...inSight,
      buttons(
        [
          ...(whole === null
            ? []
            : [button('claim.history', { claim: claim.number, page: 1 }, words.wholeHistory(whole))]),
          link(text.common.openInTab, reader.links.tab({ page: 'claim', claim: claim.number })),
        ],
        { spacing: 'Small' },
      ),
      buttons([
        toggle(words.details, 'details'),
        ...(earlier.length === 0 ? [] : [toggle(words.earlier(more), 'earlier')]),
        ...coSell.action,
        ...(possible.includes('cancel') ? [button('claim.askCancel', { claim: claim.number }, words.cancel)] : []),
        button('claim.show', { claim: claim.number }, text.common.refresh),
        button('claims.list', { page: 1 }, words.all),
      ]),
      ...(earlier.length === 0 ? [] : [folded('earlier', [subheading(words.earlier(more)), ...earlier])]),
      folded('details', [
        subheading(words.details),
        ...facts(detailRows(reader, view)),
        ...(payout === null
          ? []
          : [para(labels.terms, { subtle: true, spacing: 'Small' }), ...payoutTerms(reader, payout)]),
      ]),
    ],
    { verb: 'claim.show', data: { claim: claim.number } },
  );
};

/** Canceling is final, so it is asked once more (R18). */
export const askCancelCard = (reader: Reader, view: ClaimView, commandId: string): Card => {
  const { claim } = view;
  const words = textFor(reader.language).claim.cancelAsk;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    ...aboutClaim(reader, view),
    para(words.body),
    buttons([
      button('claim.cancel', { claim: claim.number, command: commandId, status: claim.status }, words.yes, {
        style: 'destructive',
      }),
      button('claim.show', { claim: claim.number }, words.no),
    ]),
  ]);
};

/** Starting again makes a form, not a claim; what that means is said first (R17). */
export const askAgainCard = (reader: Reader, view: ClaimView): Card => {
  const { claim } = view;
  const words = textFor(reader.language).again;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    ...aboutClaim(reader, view),
    para(words.body),
    buttons([
      button('claim.again', { claim: claim.number }, words.yes, { style: 'positive' }),
      button('claim.show', { claim: claim.number }, words.no),
    ]),
  ]);
};
