import { amountOf, type Payout } from '../../domain/claims/payout.ts';
import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { dotted, type Reader } from '../card.ts';
import { declinedWith, type Row, referralRows } from '../co-sell/on-claim.ts';
import { countryName, textFor, usd, utcDate } from '../format.ts';
import { remindersSaid } from './customer-reminders.ts';
import { dealSizeRuns } from './deal-size.ts';
import { mailState } from './standing.ts';

/** What it pays: proposed until the date of consent has picked the rate (R4). Null where nothing can come of it. */
export const amount = (reader: Reader, { rated, claim }: Pick<ClaimView, 'rated' | 'claim'>): string | null => {
  const { claim: words } = textFor(reader.language);
  const { market, consentedAt } = claim;
  if (consentedAt === null && isTerminal(claim.status)) return null;
  const cents = claim.amountCents ?? amountOf(rated, claim)?.cents ?? null;
  if (cents === null) return words.noRate;
  const verified = rated.verifiedOn !== null;
  const shown = usd(cents, reader.language);
  if (consentedAt === null) return words.rate(shown, market, verified);
  const date = utcDate(consentedAt, reader.language);
  return claim.amountCents === null
    ? words.rateFixed(shown, market, verified, date)
    : words.final(shown, market, verified, date);
};

/** What one looks for first: who and what, what it pays, and what became of the deal. */
export const claimRows = (reader: Reader, view: ClaimView): readonly Row[] => {
  const text = textFor(reader.language);
  const { claim, engagement, deal } = view;
  const { labels } = text.claim;
  const { customer } = claim.contacts;
  const mail = mailState(reader, view);
  const reminders = remindersSaid(reader, view);
  const declined = claim.status === 'CONSENT_DECLINED' ? (view.request?.reason ?? null) : null;
  const answeredBy = view.request?.typedName ?? null;
  const pays = amount(reader, view);
  return [
    [labels.customer, dotted(customer.company, countryName(customer.country, reader.language))],
    [labels.customerContact, dotted(customer.name, customer.email)],
    mail === null ? null : [labels.mail, mail],
    reminders === null ? null : [text.customerReminders.label, dotted(...reminders)],
    answeredBy === null ? null : [labels.answeredBy, answeredBy],
    declined === null ? null : [labels.reason, declined],
    claim.mismatchReason === null ? null : [labels.mismatch, { text: claim.mismatchReason, color: 'Attention' }],
    [labels.engagement, dotted(engagement.name[reader.language], text.solutionAreas[engagement.solutionArea])],
    pays === null ? null : [labels.rate, pays],
    claim.dealSizeCents === null
      ? null
      : [labels.dealSize, dealSizeRuns(claim.dealSizeCents, claim.dealSizeTyped, reader.language)],
    claim.hours === null ? null : [text.add.labels.hours, String(claim.hours)],
    ...referralRows(reader, deal),
    declinedWith(reader, deal),
  ];
};

/** What is looked up now and then. */
export const detailRows = (reader: Reader, { claim, rated, owner }: ClaimView): readonly Row[] => {
  const text = textFor(reader.language);
  const { labels, ...words } = text.claim;
  const { partner } = claim.contacts;
  const { identifier } = claim;
  return [
    [labels.location, dotted(claim.location.name, claim.location.partnerId)],
    [labels.identifier, [`${text.identifierTypes[identifier.type]}: `, identifier.value]],
    claim.tenantId === null || identifier.type === 'tenantId' ? null : [labels.tenant, claim.tenantId],
    [labels.partnerContact, dotted(partner.name, partner.email, partner.phone)],
    [labels.owner, owner],
    amount(reader, { claim, rated }) === null
      ? null
      : [labels.rateSource, words.rateSource(rated.source, rated.verifiedOn)],
  ];
};

/** How the amount comes about, where it has terms; null: it has none, or nothing can come of it. */
export const payoutOf = (reader: Reader, { claim, rated }: Pick<ClaimView, 'rated' | 'claim'>): Payout | null =>
  amount(reader, { claim, rated }) === null ? null : (amountOf(rated, claim)?.payout ?? null);
