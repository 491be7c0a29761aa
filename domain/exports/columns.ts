import type { Cents } from '../claims/money.ts';
import type { ExportedClaim, ExportedCustomer } from './export-store.ts';

/** Numbers and moments stay what they are, so that whoever writes them knows they are ours and not somebody's text. */
export type Cell = string | number | Date | null;

type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>;

/** At most two decimals, exactly: an amount is far inside what a number holds. */
const usd = (cents: Cents | null): number | null => (cents === null ? null : cents / 100);

/** Headers are names for machines, in English whoever asks. More may follow at the end; none changes its meaning. */
export const CLAIM_COLUMNS: Columns<ExportedClaim> = {
  number: (claim) => claim.number,
  name: (claim) => claim.name,
  status: (claim) => claim.status,
  statusSince: (claim) => claim.statusAt,
  engagement: (claim) => claim.engagementSlug,
  engagementVersion: (claim) => claim.engagementVersion,
  organisation: (claim) => claim.organisation,
  location: (claim) => claim.location,
  partnerId: (claim) => claim.partnerId,
  company: (claim) => claim.company,
  country: (claim) => claim.country,
  identifierType: (claim) => claim.identifierType,
  identifierValue: (claim) => claim.identifierValue,
  tenantId: (claim) => claim.tenantId,
  customerContact: (claim) => claim.customerContact,
  customerEmail: (claim) => claim.customerEmail,
  customerLanguage: (claim) => claim.customerLanguage,
  ownContact: (claim) => claim.ownContact,
  ownEmail: (claim) => claim.ownEmail,
  ownPhone: (claim) => claim.ownPhone,
  market: (claim) => claim.market,
  dealSizeUsd: (claim) => usd(claim.dealSizeCents),
  hours: (claim) => claim.hours,
  opportunityValueUsd: (claim) => usd(claim.opportunityValueCents),
  mismatchReason: (claim) => claim.mismatchReason,
  createdAt: (claim) => claim.createdAt,
  consentedAt: (claim) => claim.consentedAt,
  deadline: (claim) => claim.dueAt,
  owner: (claim) => claim.owner,
  submittedAt: (claim) => claim.submittedAt,
  amountUsd: (claim) => usd(claim.amountCents),
};

export const CUSTOMER_COLUMNS: Columns<ExportedCustomer> = {
  name: (customer) => customer.name,
  identifierType: (customer) => customer.identifierType,
  identifierValue: (customer) => customer.identifierValue,
  tenantId: (customer) => customer.tenantId,
  country: (customer) => customer.country,
  organisation: (customer) => customer.organisation,
  firstClaimAt: (customer) => customer.firstClaimAt,
  consentedSince: (customer) => customer.consentedAt,
  openClaims: (customer) => customer.openClaims,
  endedClaims: (customer) => customer.endedClaims,
};
