import type { ClaimScope } from '../claims/claim-store.ts';
import type { Cents } from '../claims/money.ts';

/** What can be fetched as a file. */
export const EXPORTS = ['claims', 'customers'] as const;
export type ExportKind = (typeof EXPORTS)[number];

/** A claim as a file tells it. */
export type ExportedClaim = {
  readonly number: number;
  readonly name: string;
  readonly organisation: string;
  readonly status: string;
  readonly statusAt: Date;
  readonly engagementSlug: string;
  readonly engagementVersion: number;
  readonly location: string;
  readonly partnerId: string;
  readonly identifierType: string;
  readonly identifierValue: string;
  readonly tenantId: string | null;
  /** What is known of both contacts; null where it was erased (R34). */
  readonly company: string | null;
  readonly country: string | null;
  readonly customerContact: string | null;
  readonly customerEmail: string | null;
  readonly customerLanguage: string | null;
  readonly ownContact: string | null;
  readonly ownEmail: string | null;
  readonly ownPhone: string | null;
  readonly market: string;
  readonly dealSizeCents: Cents | null;
  readonly hours: number | null;
  readonly opportunityValueCents: Cents | null;
  readonly mismatchReason: string | null;
  readonly createdAt: Date;
  readonly consentedAt: Date | null;
  readonly dueAt: Date | null;
  readonly owner: string;
  readonly submittedAt: Date | null;
  readonly amountCents: Cents | null;
};

/** A customer under one identifier, as the claims of a scope know it; nothing of it comes from other claims. */
export type ExportedCustomer = {
  readonly customerId: string;
  readonly name: string;
  readonly organisation: string;
  readonly identifierType: string;
  readonly identifierValue: string;
  readonly tenantId: string | null;
  readonly country: string | null;
  readonly firstClaimAt: Date;
  readonly consentedAt: Date | null;
  readonly openClaims: number;
  readonly endedClaims: number;
};

/** A way to fetch one file, until it expires. */
export type ExportLink = { readonly personId: string; readonly what: ExportKind; readonly expiresAt: Date };

export type ExportStore = {
  /** By number, those behind `after`; at most `take`. */
  listClaims(scope: ClaimScope, after: number | null, take: number): Promise<readonly ExportedClaim[]>;
  /** By the customer's id, those behind `after`; of at most `take` customers, with all their identifiers. */
  listCustomers(scope: ClaimScope, after: string | null, take: number): Promise<readonly ExportedCustomer[]>;
  /** How many `listCustomers` gives in all. */
  countCustomers(scope: ClaimScope): Promise<number>;
  keepLink(tokenHash: string, link: ExportLink): Promise<void>;
  findLink(tokenHash: string): Promise<ExportLink | null>;
};
