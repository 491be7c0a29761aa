import { MOST_DECLINE_WORDS } from '../../domain/co-sell/answer-co-sell.ts';
import { type CoSellState, DECLINE_REASONS } from '../../domain/co-sell/referral.ts';
import type { DealView } from '../../domain/co-sell/show-referral.ts';
import {
  alarm,
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  facts,
  heading,
  line,
  link,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { countryName, dateTime, deadline, textFor, usd } from '../format.ts';
import { remarkInput } from '../review/evidence.ts';
import { reasonInput } from '../review/reason.ts';
import { declinedWith, type Row } from './on-claim.ts';
import { dealRows } from './referral.ts';
import { coSellRuns, standingRuns, stepOf } from './standing.ts';

/** Which deal a question is about: the customer, and below it whose it is. */
const aboutDeal = ({ language }: Pick<Reader, 'language'>, { claim, engagement }: DealView): Element[] => [
  line(bold(claim.contacts.customer.company), { spacing: 'None' }),
  line(dotted(subtle(claim.organisationName), subtle(engagement.name[language])), { spacing: 'None' }),
];

/** As long as there is something for a seller to do, or the one who took it to look up, they get a view of their own. */
const ALIVE: readonly CoSellState[] = ['asked', 'taken'];

/** Where the deal stands with the sellers: the first thing to be read. */
const standing = (reader: Reader, { referral, answeredBy, looker }: DealView): Element => {
  const { deal: words } = textFor(reader.language);
  const { coSell, answerDueAt, status } = referral;
  const due = answerDueAt === null ? null : deadline(answerDueAt, reader);
  const said = coSell === 'asked' ? null : coSellRuns(reader, referral, answeredBy);
  return box(
    [
      line(said ?? bold(words.asked)),
      ...(due === null
        ? []
        : [
            line(
              // A channel reads for days what was true when it was posted: the date stays true.
              looker.kind === 'reader'
                ? words.answerUntil(due.date)
                : dotted(words.answerUntil(due.date), alarm(due.words, due.urgent)),
              { spacing: 'None' },
            ),
          ]),
      ...(status === 'Closed' ? [line(standingRuns(reader, referral), { spacing: 'None' })] : []),
    ],
    referral.substatus === 'Won' ? 'good' : 'emphasis',
  );
};

/** What the person who looks may do. */
const actions = (reader: Reader, view: DealView, command: string): Element[] => {
  const { deal: words, referral: referralText, common } = textFor(reader.language);
  const { claim, looker, referral } = view;
  const { number } = claim;
  const there = view.link === null ? [] : [link(referralText.openThere, view.link)];
  if (looker.kind === 'reader') {
    const asked = referral.coSell === 'asked';
    return [
      buttons([button('coSell.show', { claim: number }, asked ? words.begin : words.look), ...there]),
      ...(asked ? [para(words.hint, { subtle: true })] : []),
    ];
  }
  return [
    buttons([
      ...(looker.canAnswer
        ? [
            button('coSell.take', { claim: number, command }, words.take, { style: 'positive' as const }),
            button('coSell.ask', { claim: number }, words.decline),
          ]
        : []),
      button('coSell.show', { claim: number }, common.refresh),
      ...there,
    ]),
  ];
};

/** The customer's contact is for whoever took the deal, as the customer agreed; a channel reads none of it (R34). */
const contactRow = (reader: Reader, { claim, looker, referral }: DealView): Row | null => {
  const { deal: words } = textFor(reader.language);
  const shared = referral.coSellConditions?.some(({ name, holds }) => name === 'mayShare' && holds === 'yes') ?? false;
  if (!shared) return [words.customerContact, subtle(words.contactWithheld)];
  const { name, email } = claim.contacts.customer;
  if (looker.kind === 'seller' && looker.took) return [words.customerContact, dotted(name, email)];
  // Nobody takes it any more: nobody is shown it.
  if (referral.coSell === null || !ALIVE.includes(referral.coSell)) return null;
  return [words.customerContact, subtle(words.contactLater)];
};

/**
 * The one card on which the sellers are asked (R28). In the channel it is shown without buttons that decide; sellers get
 * them on a view of their own.
 */
export const dealCard = (reader: Reader, view: DealView, command: string, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { deal: words, referral: referralText } = text;
  const { claim, engagement, referral } = view;
  const { customer, partner } = claim.contacts;
  return card(
    reader,
    words.summary(claim.number, usd(referral.valueCents, reader.language)),
    [
      heading(words.title),
      line(bold(customer.company), { spacing: 'None' }),
      ...bannerBox(banner),
      standing(reader, view),
      ...actions(reader, view, command),
      ...facts([
        [referralText.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        [
          text.claim.labels.engagement,
          dotted(engagement.name[reader.language], text.solutionAreas[engagement.solutionArea]),
        ],
        ...dealRows(reader, view),
        [referralText.partner, dotted(claim.organisationName, claim.location.name, claim.location.partnerId)],
        [words.partnerContact, dotted(partner.name, partner.email)],
        contactRow(reader, view),
        [words.claim, String(claim.number)],
        [referralText.id, referral.mirror.microsoft?.id ?? referral.mirror.partner?.id ?? referral.id],
        declinedWith(reader, view),
      ]),
    ],
    {
      verb: 'coSell.show',
      data: { claim: claim.number },
      ...(view.looker.kind === 'reader'
        ? { viewers: ALIVE.includes(referral.coSell ?? 'expired') ? view.viewers : [] }
        : {}),
    },
  );
};

/** Who answered first, in words, or that the clock did. */
export const firstAnswer = (reader: Reader, { history }: DealView): string | null => {
  const { deal: words } = textFor(reader.language);
  const last = history.findLast(({ what }) => ['taken', 'declined', 'expired', 'withdrawn', 'closed'].includes(what));
  if (last === undefined) return null;
  const { who, what } = stepOf(reader, last);
  const at = dateTime(last.at, reader);
  return who === '' ? words.clockFirst(what, at) : words.first(who, what, at);
};

/** Declined with a reason of the list, and words. */
export const declineCard = (reader: Reader, view: DealView, notes: Notes, command: string): Card => {
  const { deal: words } = textFor(reader.language);
  const { number } = view.claim;
  return formCard(
    reader,
    words.declineTitle,
    notes,
    {
      before: [...aboutDeal(reader, view), para(words.declineBody)],
      asks: [
        ...reasonInput(fieldsOf(notes, reader), words, DECLINE_REASONS),
        ...remarkInput(reader, notes, 'words', words.words, undefined, MOST_DECLINE_WORDS),
      ],
    },
    [
      button('coSell.decline', { claim: number, command }, words.yes, { style: 'destructive' }),
      button('coSell.show', { claim: number }, words.back, { skipInputs: true }),
    ],
  );
};
