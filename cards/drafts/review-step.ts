import { endOfWindow } from '../../domain/claims/deadlines.ts';
import { chosenMarket } from '../../domain/drafts/nomination.ts';
import type { NominationView } from '../../domain/drafts/show-draft.ts';
import { FORMS } from '../../domain/drafts/walk.ts';
import {
  bold,
  box,
  button,
  buttons,
  dotted,
  type Element,
  facts,
  line,
  para,
  type Reader,
  subheading,
  subtle,
} from '../card.ts';
import { payoutTerms } from '../claims/payout.ts';
import { countryName, textFor, usd, utcDate } from '../format.ts';
import { say } from '../text/en.ts';
import type { Notes, Shown } from './step.ts';

/** R14: what a claim of variable payment would pay, and what limits it; or why that cannot be said. */
const proposed = (reader: Reader, { payout, chosen, answers }: NominationView): Element[] => {
  const { payout: words, common, faults } = textFor(reader.language);
  const [engagement] = chosen;
  const market = chosenMarket(answers);
  if (payout === null || engagement === undefined || market === null) return [];
  if ('missing' in payout) {
    return [box([line(say(faults, { code: 'payout.missing', missing: payout.missing }))], 'attention')];
  }
  return [
    subheading(words.title),
    line(bold(common.money(usd(payout.payout.cents, reader.language))), { spacing: 'Small' }),
    ...payoutTerms(reader, payout.payout),
    para(words.proposed(market, engagement.verifiedOn !== null), { subtle: true, spacing: 'Small' }),
  ];
};

type Changeable = 'customer' | 'name' | 'location' | 'identifier' | 'engagements' | 'contacts';

/** R14: says again what freezes, before it does. */
export const review = (reader: Reader, view: NominationView, _notes: Notes): Shown => {
  const { answers, chosen, location: place, draft, names, payout } = view;
  const text = textFor(reader.language);
  const words = text.add.review;
  const { labels } = text.add;
  const { customer, partner, mismatchReason } = answers;
  const change = (to: Changeable) =>
    button('draft.back', { draft: draft.id, command: draft.commandId, to }, words.change[to], { skipInputs: true });
  const consentBy = (days: number) => words.consentBy(utcDate(endOfWindow(reader.now, days), reader.language));
  const steps = FORMS[draft.kind].steps.filter((step) => step !== 'review') as readonly Changeable[];
  const variable = chosen.some(({ payment }) => payment === 'variable');
  return {
    asks: [
      ...facts([
        [labels.name, answers.name ?? ''],
        place === null ? null : [labels.location, dotted(place.name, place.partnerId)],
        ...names.flatMap((id) => [
          [labels.identifier, [`${text.identifierTypes[id.type]}: `, id.value]] as const,
          id.tenantId && id.type !== 'tenantId'
            ? ([labels.tenant, dotted(id.tenantName, subtle(id.tenantId))] as const)
            : null,
        ]),
        answers.opportunity === undefined || !variable
          ? null
          : [
              labels.opportunity,
              dotted(answers.opportunity.name, text.common.money(usd(answers.opportunity.valueCents, reader.language))),
            ],
        answers.hours === undefined || !variable ? null : [labels.hours, String(answers.hours)],
        customer === undefined
          ? null
          : [labels.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        customer === undefined
          ? null
          : [labels.customerContact, dotted(customer.name, customer.email, textFor(customer.language).language)],
        partner === undefined ? null : [labels.partnerContact, dotted(partner.name, partner.email, partner.phone)],
        mismatchReason ? [words.mismatch, { text: mismatchReason, color: 'Attention' }] : null,
      ]),
      subheading(words.engagements),
      ...chosen.map((engagement) =>
        line(
          dotted(
            bold(engagement.name[reader.language]),
            names.length > 1 ? (answers.chosen?.find((one) => one.engagement === engagement.id)?.value ?? null) : null,
            subtle(consentBy(engagement.windows.consent)),
          ),
          { spacing: 'Small' },
        ),
      ),
      ...proposed(reader, view),
      buttons(steps.map(change)),
      box([para(variable ? words.freezesHours : words.freezes)], 'warning'),
    ],
    refused: words.refused,
    // What cannot be computed is not confirmed: the buttons above lead to what is missing.
    stuck: payout !== null && 'missing' in payout,
  };
};
