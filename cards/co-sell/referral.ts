import type { ReferralLine } from '../../domain/co-sell/history.ts';
import { CLOSINGS_OF_DEAL, type DealClosing, isDealOpen } from '../../domain/co-sell/keep-deal.ts';
import { STAGE_NAMES, STAGES } from '../../domain/co-sell/referral.ts';
import type { ReferralView } from '../../domain/co-sell/show-referral.ts';
import { canBeUpgraded } from '../../domain/co-sell/upgrade.ts';
import {
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  choiceInput,
  dayInput,
  dotted,
  type Element,
  facts,
  folded,
  heading,
  line,
  link,
  para,
  type Reader,
  type Run,
  subheading,
  subtle,
  textInput,
  toggle,
} from '../card.ts';
import { aboutClaim } from '../claims/about.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { countryName, dateTime, textFor, usd, utcDate } from '../format.ts';
import { declinedWith, type Row } from './on-claim.ts';
import { coSellRuns, standingRuns, stepOf, verdictElements } from './standing.ts';

/** How a deal stands: its value, how far it is, and when it is to close. The same for the partner and for sellers. */
export const dealRows = (reader: Reader, { referral }: Pick<ReferralView, 'referral'>): readonly Row[] => {
  const { referral: words, common } = textFor(reader.language);
  const { stage, closeOn, valueCents, status } = referral;
  const closed = status === 'Closed';
  return [
    [words.value, common.money(usd(valueCents, reader.language))],
    closed ? null : [words.stage, dotted(words.stages[stage], subtle(words.chance(STAGES[stage])))],
    [closed ? words.closedOn : words.closeOn, utcDate(new Date(closeOn), reader.language)],
  ];
};

/** What a deal was changed to. */
const changedTo = ({ language }: Pick<Reader, 'language'>, { facts: to }: ReferralLine): readonly Run[] => {
  const { referral: words, common } = textFor(language);
  const stage = STAGE_NAMES.find((one) => one === to.stage);
  const closeOn = typeof to.closeOn === 'string' ? utcDate(new Date(to.closeOn), language) : null;
  return dotted(
    typeof to.valueCents === 'number' ? common.money(usd(to.valueCents, language)) : null,
    stage === undefined ? null : words.stages[stage],
    closeOn,
  );
};

const historyLine = (reader: Reader, entry: ReferralLine): Element[] => {
  const { who, what } = stepOf(reader, entry);
  const changed = changedTo(reader, entry);
  return [
    line([subtle(`${dateTime(entry.at, reader)} `), ...(who === '' ? [what] : [who, ` ${what}`])], {
      spacing: 'Small',
    }),
    ...(changed.length === 0 ? [] : [line(changed, { spacing: 'None' })]),
  ];
};

const IN_SIGHT = 4;
/** So many lines fit a card beside everything else; how many stand before them is said. */
const MOST_LINES = 40;

const history = (reader: Reader, { history: steps }: ReferralView) => {
  const all = steps
    .slice(-MOST_LINES)
    .reverse()
    .map((entry) => historyLine(reader, entry));
  return {
    inSight: all.slice(0, IN_SIGHT).flat(),
    earlier: all.slice(IN_SIGHT).flat(),
    more: Math.max(0, all.length - IN_SIGHT),
    before: Math.max(0, steps.length - MOST_LINES),
  };
};

/** How it goes with Partner Center; nothing where it has no part in this. */
const mirrored = (reader: Reader, { referral, inPartnerCenter }: ReferralView): Element[] => {
  const { referral: words } = textFor(reader.language);
  if (!inPartnerCenter || referral.syncAt === null) return [];
  return referral.syncTrouble === null
    ? [para(words.waiting, { subtle: true })]
    : [box([line(words.trouble(referral.syncTrouble))], 'warning')];
};

/** A referral in full (R2, R26): the deal, what the sellers say, every verdict, and its history. */
export const referralCard = (reader: Reader, view: ReferralView, command: string, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { referral: words, common, claim: claimText } = text;
  const { claim, engagement, referral, answeredBy, inPartnerCenter, link: address } = view;
  const { number } = claim;
  const { customer } = claim.contacts;
  const coSell = coSellRuns(reader, referral, answeredBy);
  const { inSight, earlier, more, before } = history(reader, view);
  const open = isDealOpen(referral);
  const actions = [
    ...(open ? [button('referral.edit', { claim: number }, words.edit, { style: 'positive' as const })] : []),
    ...(open
      ? CLOSINGS_OF_DEAL.map((what) => button('referral.askClose', { claim: number, what }, words.close[what]))
      : []),
    ...(canBeUpgraded(referral) && claim.consentedAt !== null
      ? [button('referral.check', { claim: number, command }, words.check)]
      : []),
    ...(address === null ? [] : [link(words.openThere, address)]),
  ];
  return card(
    reader,
    words.title(number),
    [
      heading(words.title(number)),
      line(bold(claim.name), { spacing: 'None' }),
      ...bannerBox(banner),
      box(
        [
          line(standingRuns(reader, referral)),
          ...(coSell === null ? [] : [line([`${words.coSell}: `, ...coSell], { spacing: 'None' })]),
        ],
        referral.substatus === 'Won' ? 'good' : 'emphasis',
      ),
      ...mirrored(reader, view),
      ...(actions.length === 0 ? [] : [buttons(actions, { spacing: 'Small' })]),
      ...facts([
        ...dealRows(reader, view),
        declinedWith(reader, view),
        [words.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        [
          claimText.labels.engagement,
          dotted(engagement.name[reader.language], text.solutionAreas[engagement.solutionArea]),
        ],
        [claimText.labels.location, dotted(claim.location.name, claim.location.partnerId)],
        [words.id, referral.id],
        inPartnerCenter ? [words.idThere, referral.mirror.partner?.id ?? words.notThere] : null,
        [words.kept, inPartnerCenter ? words.keptThere : words.keptHere],
      ]),
      ...verdictElements(reader, referral, 'all'),
      subheading(words.history, { separator: true }),
      ...inSight,
      buttons([
        ...(earlier.length === 0 ? [] : [toggle(claimText.earlier(more), 'earlier')]),
        button('referral.show', { claim: number }, common.refresh),
        ...(view.mayManage ? [button('claim.show', { claim: number }, common.openClaim(number))] : []),
      ]),
      ...(earlier.length === 0
        ? []
        : [folded('earlier', [...earlier, ...(before === 0 ? [] : [para(common.more(before), { subtle: true })])])]),
    ],
    { verb: 'referral.show', data: { claim: number } },
  );
};

/** Value and day of a deal, with what is kept, or what was typed. */
const dealInputs = (
  reader: Reader,
  { referral }: ReferralView,
  notes: Notes,
  closing: DealClosing | null,
): Element[] => {
  const { referral: words } = textFor(reader.language);
  const fields = fieldsOf(notes, reader);
  const today = reader.now.toISOString().slice(0, 10);
  return [
    textInput({
      id: fields.id('value'),
      label: words.valueLabel,
      placeholder: words.valuePlaceholder,
      isRequired: true,
      errorMessage: words.valueError,
      maxLength: 40,
      ...fields.value('value', usd(referral.valueCents, reader.language)),
    }),
    ...fields.faults('value'),
    dayInput(
      fields.id('closeOn'),
      closing === null ? words.closeOn : words.closedOn,
      words.closeError,
      fields.value('closeOn', closing === null ? referral.closeOn : today),
    ),
    ...fields.faults('closeOn'),
  ];
};

/** The deal changed after the form was opened: what it is now, and what was typed stays. */
const changedSince = (reader: Reader, view: ReferralView, notes: Notes) =>
  notes.stale
    ? [box([para(textFor(reader.language).referral.changed)], 'warning'), ...facts([...dealRows(reader, view)])]
    : [];

/** The partner keeps how far the deal is, when it will close, and what it is worth. */
export const editDealCard = (reader: Reader, view: ReferralView, notes: Notes, command: string): Card => {
  const { referral: words } = textFor(reader.language);
  const { claim, referral } = view;
  const fields = fieldsOf(notes, reader);
  const { number } = claim;
  return formCard(
    reader,
    words.editTitle(number),
    // The form says in its own words that the deal changed since.
    { ...notes, stale: false },
    {
      before: [...aboutClaim(reader, view), ...changedSince(reader, view, notes)],
      asks: [
        choiceInput({
          id: fields.id('stage'),
          label: words.stage,
          placeholder: words.stagePlaceholder,
          isRequired: true,
          errorMessage: words.stageError,
          style: 'compact',
          choices: STAGE_NAMES.map((stage) => ({
            title: [words.stages[stage], words.chance(STAGES[stage])],
            value: stage,
          })),
          ...fields.value('stage', referral.stage),
        }),
        ...fields.faults('stage'),
        ...dealInputs(reader, view, notes, null),
        ...(referral.coSell === null ? [] : [para(words.editHint, { subtle: true, spacing: 'Small' })]),
      ],
    },
    [
      button('referral.save', { claim: number, seen: referral.revision, command }, words.save, { style: 'positive' }),
      button('referral.show', { claim: number }, words.back, { skipInputs: true }),
    ],
  );
};

/** Won or lost is final, so it is asked once more, with value and day. */
export const closeDealCard = (
  reader: Reader,
  view: ReferralView,
  what: DealClosing,
  notes: Notes,
  command: string,
): Card => {
  const { referral: words } = textFor(reader.language);
  const { number } = view.claim;
  return formCard(
    reader,
    words.closeTitle[what](number),
    { ...notes, stale: false },
    {
      before: [...aboutClaim(reader, view), ...changedSince(reader, view, notes), para(words.closeBody)],
      asks: dealInputs(reader, view, notes, what),
    },
    [
      button('referral.close', { claim: number, seen: view.referral.revision, what, command }, words.closeYes[what], {
        style: what === 'lost' ? 'destructive' : 'positive',
      }),
      button('referral.show', { claim: number }, words.back, { skipInputs: true }),
    ],
  );
};
