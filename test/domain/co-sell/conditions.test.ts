import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_STATUSES, type ClaimStatus, isTerminal } from '../../../domain/claims/status.ts';
import {
  CO_SELL_CONDITIONS,
  type Condition,
  type ConsentFlags,
  coSellConditions,
  REFERRAL_CONDITIONS,
  referralConditions,
  verdictOf,
} from '../../../domain/co-sell/conditions.ts';
import type { KnownIdentifier } from '../../../domain/customers/customer-store.ts';
import type { Identifier, IdentifierType } from '../../../domain/customers/identifier.ts';
import type { Facts } from '../../../domain/engagements/engagement.ts';

const TENANT = '11111111-2222-4333-8444-555555555555';
const domain: Identifier = { type: 'domain', value: 'contoso.example' };

const holding = (conditions: readonly Condition[]) =>
  Object.fromEntries(conditions.map(({ name, holds }) => [name, holds]));

describe('R26: what must hold for a partner-led referral', () => {
  const all = { enabled: 'yes', identity: 'yes', dealSize: 'yes' };
  const judge = (tenantId: string | null, identifier: Identifier, coSell: boolean, cents: number) =>
    referralConditions({ identifier, tenantId }, { coSell }, cents);

  test('all of it, in the order in which it is shown, with the deal size that was seen', () => {
    const conditions = judge(TENANT, domain, true, 2_500_000);
    expect(conditions.map(({ name }) => name)).toEqual([...REFERRAL_CONDITIONS]);
    expect(holding(conditions)).toEqual(all);
    expect(conditions[2]).toEqual({ name: 'dealSize', holds: 'yes', seenCents: 2_500_000 });
    expect(verdictOf(conditions)).toBe('eligible');
  });

  test.each<[string, string | null, Identifier, boolean, number, Record<string, string>, string]>([
    ['the engagement has no co-sell', TENANT, domain, false, 1, { ...all, enabled: 'no' }, 'ineligible'],
    ['there is no deal size', TENANT, domain, true, 0, { ...all, dealSize: 'no' }, 'ineligible'],
    ['its deal size is below nothing', TENANT, domain, true, -1, { ...all, dealSize: 'no' }, 'ineligible'],
    ['no tenant was found for the domain', null, domain, true, 1, { ...all, identity: 'unknown' }, 'unknown'],
    ['none, nor a deal size', null, domain, true, 0, { ...all, identity: 'unknown', dealSize: 'no' }, 'ineligible'],
    ['one cent is a deal size', TENANT, domain, true, 1, all, 'eligible'],
  ])('%s', (_what, tenantId, identifier, coSell, cents, expected, verdict) => {
    const conditions = judge(tenantId, identifier, coSell, cents);
    expect(holding(conditions)).toEqual(expected);
    expect(verdictOf(conditions)).toBe(verdict);
  });

  test.each<[IdentifierType, string]>([
    ['tenantId', 'yes'],
    ['tpid', 'yes'],
    ['domain', 'unknown'],
    ['azureSubscriptionId', 'unknown'],
    ['msxOpportunityId', 'unknown'],
  ])('a customer named by %s, of whom no tenant is known, is known enough: %s', (type, holds) => {
    expect(holding(judge(null, { type, value: 'x' }, true, 1)).identity).toBe(holds);
    expect(holding(judge(TENANT, { type, value: 'x' }, true, 1)).identity).toBe('yes');
  });
});

describe('R27: what must hold for the upgrade to co-sell', () => {
  const BOTH: ConsentFlags = { mayContact: true, mayShare: true };
  const all = { referral: 'yes', managed: 'yes', mayContact: 'yes', mayShare: 'yes', minimum: 'yes', open: 'yes' };

  const known = (facts: Facts | null): KnownIdentifier => ({ customerId: 'c', facts }) as KnownIdentifier;
  const judge = async (
    over: {
      readonly claim?: Partial<{
        readonly identifier: Identifier;
        readonly tenantId: string | null;
        readonly dealSizeCents: number | null;
        readonly status: ClaimStatus;
      }>;
      readonly minimum?: number;
      readonly flags?: ConsentFlags;
      readonly made?: boolean;
      readonly facts?: Readonly<Record<string, Facts | null>>;
    } = {},
  ) => {
    const { claim = {}, minimum, flags = BOTH, made = true } = over;
    const { facts = { [TENANT]: { microsoftManaged: true } } } = over;
    const findIdentifier = async ({ value }: Identifier) =>
      value in facts ? known(facts[value] as Facts | null) : null;
    return coSellConditions(
      { customers: { findIdentifier } },
      { identifier: domain, tenantId: TENANT, dealSizeCents: 5_000_000, status: 'CONSENT_RECEIVED', ...claim },
      minimum === undefined ? {} : { coSellMinimumCents: minimum },
      flags,
      made,
    );
  };

  test('all of it, in the order in which it is shown, with the sums that were compared', async () => {
    const conditions = await judge({ minimum: 5_000_000 });
    expect(conditions.map(({ name }) => name)).toEqual([...CO_SELL_CONDITIONS]);
    expect(holding(conditions)).toEqual(all);
    expect(conditions.find(({ name }) => name === 'minimum')).toEqual({
      name: 'minimum',
      holds: 'yes',
      seenCents: 5_000_000,
      neededCents: 5_000_000,
    });
    expect(verdictOf(conditions)).toBe('eligible');
  });

  test.each<[string, Parameters<typeof judge>[0], Record<string, string>, string]>([
    ['no referral was made', { made: false }, { ...all, referral: 'no' }, 'ineligible'],
    [
      'nobody at Microsoft manages the customer',
      { facts: { [TENANT]: { microsoftManaged: false } } },
      { ...all, managed: 'no' },
      'ineligible',
    ],
    ['that is not said', { facts: { [TENANT]: {} } }, { ...all, managed: 'unknown' }, 'unknown'],
    ['nothing is known of the tenant', { facts: { [TENANT]: null } }, { ...all, managed: 'unknown' }, 'unknown'],
    ['the tenant is not known', { facts: {} }, { ...all, managed: 'unknown' }, 'unknown'],
    [
      'the customer may not be contacted',
      { flags: { mayContact: false, mayShare: true } },
      { ...all, mayContact: 'no' },
      'ineligible',
    ],
    [
      'their details may not be shared',
      { flags: { mayContact: true, mayShare: false } },
      { ...all, mayShare: 'no' },
      'ineligible',
    ],
    ['the deal is a cent too small', { minimum: 5_000_001 }, { ...all, minimum: 'no' }, 'ineligible'],
    [
      'it has no size, and one is asked for',
      { claim: { dealSizeCents: null }, minimum: 1 },
      { ...all, minimum: 'no' },
      'ineligible',
    ],
    ['no minimum is set', { claim: { dealSizeCents: 1 } }, all, 'eligible'],
    ['the claim was canceled', { claim: { status: 'CANCELED' } }, { ...all, open: 'no' }, 'ineligible'],
    [
      'a no beats what is not known',
      { facts: {}, flags: { mayContact: false, mayShare: true } },
      { ...all, managed: 'unknown', mayContact: 'no' },
      'ineligible',
    ],
  ])('%s', async (_what, over, expected, verdict) => {
    const conditions = await judge(over);
    expect(holding(conditions)).toEqual(expected);
    expect(verdictOf(conditions)).toBe(verdict);
  });

  test.each(CLAIM_STATUSES.map((status) => [status]))(
    'a claim that is %s: open as long as it has not ended',
    async (status) => {
      expect(holding(await judge({ claim: { status } })).open).toBe(isTerminal(status) ? 'no' : 'yes');
    },
  );

  test('R6: what is known under another name of the customer does not count', async () => {
    const tpid: Identifier = { type: 'tpid', value: '1234567' };
    const facts = { [TENANT]: { microsoftManaged: true }, '1234567': { seats: 5 } };
    expect(holding(await judge({ claim: { identifier: tpid, tenantId: TENANT }, facts })).managed).toBe('unknown');
    expect(holding(await judge({ claim: { identifier: domain, tenantId: null } })).managed).toBe('unknown');
  });
});

const condition = fc.record({
  name: fc.constantFrom(...REFERRAL_CONDITIONS, ...CO_SELL_CONDITIONS),
  holds: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
});

test('R5: one no makes it a no, one not known and no no makes it unknown, and nothing else does', () => {
  fc.assert(
    fc.property(fc.array(condition, { maxLength: 9 }), (conditions) => {
      const seen = new Set(conditions.map(({ holds }) => holds));
      expect(verdictOf(conditions)).toBe(seen.has('no') ? 'ineligible' : seen.has('unknown') ? 'unknown' : 'eligible');
    }),
  );
});
