import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { emailDomain, parseContacts } from '../domain/claims/contacts.ts';
import { endOfWindow, isOver } from '../domain/claims/deadlines.ts';
import { isTerminal } from '../domain/claims/status.ts';
import type { ClaimCounts } from '../domain/customers/customer-store.ts';
import { type IdentifierType, parseIdentifier } from '../domain/customers/identifier.ts';
import { customerVerdict, locationVerdict, type Reason, type Verdict } from '../domain/engagements/eligibility.ts';
import { catalogueSchema, type Engagement, isOpenForNomination } from '../domain/engagements/engagement.ts';
import { type Actor, mayClaimFor } from '../domain/people/actor.ts';
import type { Location } from '../domain/people/people-store.ts';
import { type World, worldSchema } from '../prisma/demo/world.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../prisma/demo/${name}.json`, import.meta.url), 'utf8'));

const catalogue: readonly Engagement[] = catalogueSchema
  .parse(read('catalogue'))
  .map((engagement) => ({ ...engagement, id: `${engagement.slug} v${engagement.version}` }));
const world = worldSchema.parse(read('world'));

const NOW = new Date();
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);

const [first, second] = world.organisations as [World['organisations'][number], World['organisations'][number]];

type DemoCustomer = World['customers'][number];

const given = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`The demo has no ${what}`);
  return value;
};

const locationOf = (row: World['locations'][number]): Location => ({ ...row, organisationId: row.organisation });
const locationNamed = (partnerId: string) =>
  locationOf(
    given(
      world.locations.find((row) => row.partnerId === partnerId),
      `location ${partnerId}`,
    ),
  );
const engagementOf = (slug: string) =>
  given(
    catalogue.find((engagement) => engagement.slug === slug),
    slug,
  );
const customerOf = (name: string) =>
  given(
    world.customers.find((customer) => customer.name === name),
    name,
  );
const customerWith = (domain: string) =>
  given(
    world.customers.find(({ identifiers }) => identifiers.some(({ value }) => value === domain)),
    domain,
  );

/** What speaks for an identifier: a domain's tenant, and otherwise its own facts (R6). */
const factsOf = (customer: DemoCustomer, type: IdentifierType, value: string) => {
  const judged = type === 'domain' ? given(world.directory[value], `tenant of ${value}`).tenantId : value;
  return customer.identifiers.find((known) => known.type !== 'domain' && known.value === judged)?.facts ?? null;
};

const claimsOf = (customer: DemoCustomer, slug: string) =>
  world.history.filter((claim) => claim.customer === customer.name && claim.engagement === slug);

const countsOf = (customer: DemoCustomer, slug: string, tenantId: string): ClaimCounts | undefined => {
  const claims = claimsOf(customer, slug);
  const open = claims.filter(({ status }) => !isTerminal(status));
  if (claims.length === 0) return undefined;
  return {
    engagementSlug: slug,
    active: open.length,
    total: claims.length,
    byOtherPartners: open.filter(({ organisation }) => organisation !== tenantId).length,
    ownOpenClaim: open.some(({ organisation }) => organisation === tenantId) ? 1_000_000 : null,
  };
};

const openClaims = (slug: string, tenantId: string) =>
  world.history.filter(
    (claim) => claim.organisation === tenantId && claim.engagement === slug && !isTerminal(claim.status),
  ).length;

const judge = (customer: DemoCustomer, type: IdentifierType, value: string, engagement: Engagement): Verdict =>
  customerVerdict(
    engagement,
    type,
    factsOf(customer, type, value),
    countsOf(customer, engagement.slug, first.tenantId),
  );

const judgeLocation = (location: Location, engagement: Engagement): Verdict =>
  locationVerdict(engagement, location, openClaims(engagement.slug, first.tenantId), NOW);

const reasonsOf = (verdict: Verdict): readonly Reason[] => (verdict.verdict === 'ineligible' ? verdict.reasons : []);

const firstLocations = world.locations.filter(({ organisation }) => organisation === first.tenantId).map(locationOf);
const main = given(firstLocations[0], 'main location');

/** Every verdict the first partner can come to see. */
const everyVerdict = (): readonly Verdict[] =>
  catalogue.flatMap((engagement) => [
    ...firstLocations.map((location) => judgeLocation(location, engagement)),
    ...world.customers.flatMap((customer) =>
      customer.identifiers.map(({ type, value }) => judge(customer, type, value, engagement)),
    ),
  ]);

test('the demo catalogue holds nothing that the schema does not know', () => {
  expect(catalogueSchema.parse(read('catalogue'))).toEqual(read('catalogue'));
});

test('the rates of the demo are the published ones, and every other amount is marked as checked by nobody', () => {
  const published: Record<string, readonly (number | null)[]> = {
    'mw-endpoint-management': [5000, 3000, 1000],
    'mw-digital-workforce': [3500, 2000, 500],
    'mw-nextgen-windows': [5000, 3000, 1000],
    'sec-sales-siem-xdr': [6500, 4000, 1500],
    'sec-usage-identities': [5000, 3000, 1000],
    'sec-eo14028': [5000, null, null],
  };
  for (const { slug, rates, source, verifiedOn, payment } of catalogue) {
    const dollars = rates && [rates.A, rates.B, rates.C].map((cents) => (cents === null ? null : cents / 100));
    if (slug in published) {
      const from = 'Partner Center announcement, November 2022';
      expect({ slug, dollars, source }).toEqual({ slug, dollars: published[slug], source: from });
      expect(verifiedOn).not.toBeNull();
    } else {
      expect({ slug, source, verifiedOn }).toEqual({ slug, source: 'Claimdesk demo', verifiedOn: null });
    }
    expect({ slug, paid: rates === undefined ? 'variable' : 'fixed' }).toEqual({ slug, paid: payment });
  }
  expect(catalogue.map(({ slug }) => slug)).toEqual(expect.arrayContaining(Object.keys(published)));
});

test('every engagement of the demo has a name of fewer than 50 characters and a purpose of two sentences', () => {
  for (const { name, purpose } of catalogue) {
    for (const text of [name.en, name.nl]) expect(text.length).toBeLessThan(50);
    for (const text of [purpose.en, purpose.nl]) expect(text.match(/\.( |$)/g)).toHaveLength(2);
  }
});

test('ids and names in the demo are used once', () => {
  const once = (values: readonly string[]) => expect(values.length).toBe(new Set(values).size);
  once(catalogue.map(({ slug, version }) => `${slug} v${version}`));
  once(world.organisations.map(({ tenantId }) => tenantId));
  once(world.organisations.map(({ name }) => name));
  once(world.locations.map(({ id }) => id));
  once(world.locations.map(({ partnerId }) => partnerId));
  once(world.people.map(({ tenantId, objectId }) => `${tenantId} ${objectId}`));
  once(world.customers.map(({ name }) => name));
  once(world.customers.flatMap(({ identifiers }) => identifiers.map(({ type, value }) => `${type} ${value}`)));
  const tenants = (rows: readonly { readonly tenantId: string }[]) => rows.map(({ tenantId }) => tenantId);
  const guids = world.customers.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
  once([...tenants(world.organisations), ...world.locations.map(({ id }) => id), ...guids]);
});

test('what the demo refers to exists', () => {
  const tenantIds = world.organisations.map(({ tenantId }) => tenantId);
  for (const { organisation } of world.locations) expect(tenantIds).toContain(organisation);
  for (const { tenantId, roles } of world.people) {
    expect(tenantIds).toContain(tenantId);
    const own = world.locations.filter(({ organisation }) => organisation === tenantId).map(({ id }) => id);
    for (const { scope } of roles) expect(['*', ...own]).toContain(scope);
  }
});

test('the look-up of the demo knows every domain of its customers, and not nowhere.example', () => {
  expect(Object.keys(world.directory)).not.toContain('nowhere.example');
  for (const domain of Object.keys(world.directory)) {
    expect(parseIdentifier('domain', domain)).toEqual({ value: domain });
    expect(domain).toMatch(/(\.example|-demo\.onmicrosoft\.com)$/);
  }
  for (const { identifiers } of world.customers) {
    const known = identifiers.map(({ value }) => value);
    for (const { type, value, facts } of identifiers.filter((identifier) => identifier.type === 'domain')) {
      expect({ type, value, facts }).toEqual({ type, value, facts: null });
      expect(known).toContain(world.directory[value]?.tenantId);
    }
  }
});

test('the look-up of the demo finds a company that nobody knows yet', () => {
  const known = world.customers.flatMap(({ identifiers }) => identifiers.map(({ value }) => value));
  expect(Object.keys(world.directory).filter((domain) => !known.includes(domain))).toHaveLength(1);
});

test('fabrikam.example is eligible for every fixed engagement that takes a domain and is open for nomination', () => {
  const fabrikam = customerWith('fabrikam.example');
  const open = catalogue.filter(
    (engagement) =>
      engagement.payment === 'fixed' &&
      engagement.identifierTypes.includes('domain') &&
      isOpenForNomination(engagement, NOW),
  );
  expect(open.map(({ slug }) => slug)).toEqual([
    'mw-endpoint-management',
    'mw-digital-workforce',
    'sec-sales-siem-xdr',
    'sec-usage-identities',
    'sec-eo14028',
    'az-assessment',
  ]);
  for (const engagement of open) {
    expect(judgeLocation(main, engagement)).toEqual({ verdict: 'eligible' });
    expect(judge(fabrikam, 'domain', 'fabrikam.example', engagement)).toEqual({ verdict: 'eligible' });
  }
  expect(world.history.filter(({ customer }) => customer === fabrikam.name)).toEqual([]);
});

test('R7: the demo shows every reason, but for the limit per partner, which its user can reach', () => {
  const shown = {
    locationNotEnrolled: true,
    designationMissing: true,
    partnerLimit: false,
    nominationClosed: true,
    identifierNotAccepted: true,
    countryNotCovered: true,
    noRateInMarket: true,
    criterion: true,
    ownOpenClaim: true,
    activeLimit: true,
    totalLimit: true,
    heldByAnotherPartner: true,
  } satisfies Record<Reason['code'], boolean>;
  const codes = new Set(
    everyVerdict()
      .flatMap(reasonsOf)
      .map(({ code }) => code),
  );
  expect(Object.fromEntries(Object.keys(shown).map((code) => [code, codes.has(code as Reason['code'])]))).toEqual(
    shown,
  );

  const [limited, ...more] = catalogue.filter(({ maxOpenPerPartner }) => maxOpenPerPartner !== undefined);
  expect(more).toEqual([]);
  const engagement = given(limited, 'engagement with a limit per partner');
  const candidates = world.customers.filter((customer) =>
    customer.identifiers.some(({ type, value }) => judge(customer, type, value, engagement).verdict === 'eligible'),
  );
  const room = (engagement.maxOpenPerPartner ?? 0) - openClaims(engagement.slug, first.tenantId);
  expect(room).toBeGreaterThan(0);
  expect(candidates.length).toBeGreaterThan(room);
});

test('the demo shows every criterion failing, each number from the side on which it can', () => {
  const failing = new Set(
    everyVerdict()
      .flatMap(reasonsOf)
      .flatMap((reason) => {
        if (reason.code !== 'criterion') return [];
        const { criterion, seen } = reason;
        if (!('atLeast' in criterion || 'atMost' in criterion)) return [criterion.fact];
        return [`${criterion.fact} ${Number(seen) < (criterion.atLeast ?? 0) ? 'too low' : 'too high'}`];
      }),
  );
  const possible = new Set(
    catalogue
      .filter(({ payment }) => payment === 'fixed')
      .flatMap(({ customerCriteria }) => customerCriteria)
      .flatMap((criterion) => {
        if (!('atLeast' in criterion || 'atMost' in criterion)) return [criterion.fact];
        return [
          ...(criterion.atLeast === undefined ? [] : [`${criterion.fact} too low`]),
          ...(criterion.atMost === undefined ? [] : [`${criterion.fact} too high`]),
        ];
      }),
  );
  expect([...failing].sort()).toEqual([...possible].sort());
});

test('R5: the demo shows a location and customers that cannot be judged yet', () => {
  const missing = everyVerdict().flatMap((verdict) => (verdict.verdict === 'unknown' ? [verdict.missing] : []));
  expect(missing).toContainEqual([{ of: 'location' }]);
  expect(missing).toContainEqual([{ of: 'customer', fact: 'microsoftManaged' }]);
  const newcomer = customerWith('nieuwkomer-logistiek.example');
  const verdict = judge(newcomer, 'domain', 'nieuwkomer-logistiek.example', engagementOf('mw-endpoint-management'));
  expect(verdict.verdict).toBe('unknown');
});

test('R6: tenants, subscriptions and the TPID of one customer get verdicts of their own', () => {
  const verdict = (type: IdentifierType, value: string, slug: string) => {
    const customer = given(
      world.customers.find(({ identifiers }) =>
        identifiers.some((known) => known.type === type && known.value === value),
      ),
      value,
    );
    return judge(customer, type, value, engagementOf(slug)).verdict;
  };
  expect(verdict('domain', 'adventure-works.example', 'mw-endpoint-management')).toBe('eligible');
  expect(verdict('domain', 'adventure-works-uk.example', 'mw-endpoint-management')).toBe('ineligible');
  expect(verdict('domain', 'adventureworks-demo.onmicrosoft.com', 'mw-endpoint-management')).toBe('unknown');
  expect(verdict('domain', 'tailwind-traders.example', 'sec-sales-siem-xdr')).toBe('ineligible');
  expect(verdict('tpid', '9001150', 'sec-sales-siem-xdr')).toBe('eligible');
  expect(verdict('azureSubscriptionId', '00000000-0000-4000-8000-000000000209', 'az-migrate-small')).toBe('ineligible');
  expect(verdict('azureSubscriptionId', '00000000-0000-4000-8000-000000000210', 'az-migrate-small')).toBe('eligible');
});

test('every claim of the demo could have been made by its owner, when it was', () => {
  for (const claim of world.history) {
    const customer = customerOf(claim.customer);
    const engagement = engagementOf(claim.engagement);
    const location = locationNamed(claim.location);
    const { type, value } = claim.identifier;
    const owner = given(
      world.people.find(({ tenantId, objectId }) => tenantId === claim.organisation && objectId === claim.owner),
      claim.owner,
    );
    const actor: Pick<Actor, 'organisationId' | 'roles'> = { organisationId: owner.tenantId, roles: owner.roles };
    expect(mayClaimFor(actor as Actor, location)).toBe(true);
    expect(customer.identifiers.map((known) => `${known.type} ${known.value}`)).toContain(`${type} ${value}`);
    expect(locationVerdict(engagement, location, 0, daysAgo(claim.createdDaysAgo))).toEqual({ verdict: 'eligible' });
    const facts = factsOf(customer, type, value);
    expect(customerVerdict(engagement, type, facts, undefined)).toEqual({ verdict: 'eligible' });
    expect(claim.contacts.customer.country).toBe(facts?.country);
  }
});

test('the contacts of the demo are what its forms would keep, at an address of the tenant that was named', () => {
  for (const { contacts, identifier } of world.history) {
    const { customer, partner } = contacts;
    const parsed = parseContacts({
      customerCompany: customer.company,
      customerName: customer.name,
      customerEmail: customer.email,
      customerCountry: customer.country,
      customerLanguage: customer.language,
      partnerName: partner.name,
      partnerEmail: partner.email,
      partnerPhone: partner.phone,
    });
    expect(parsed).toEqual({ contacts });
    const mailTenant = world.directory[emailDomain(customer.email)]?.tenantId;
    expect(mailTenant).toBe(world.directory[identifier.value]?.tenantId);
  }
});

test('R17: no clock of an open demo claim has run out, and every expired one has', () => {
  for (const { engagement, status, createdDaysAgo, consentedDaysAgo, endedDaysAgo } of world.history) {
    const { windows } = engagementOf(engagement);
    const consentDue = endOfWindow(daysAgo(createdDaysAgo), windows.consent);
    if (status === 'CONSENT_EXPIRED') {
      expect(isOver(consentDue, daysAgo(endedDaysAgo ?? 0))).toBe(true);
      continue;
    }
    expect(isOver(consentDue, daysAgo(consentedDaysAgo ?? endedDaysAgo ?? 0))).toBe(false);
    if (consentedDaysAgo === undefined) continue;
    expect(isOver(endOfWindow(daysAgo(consentedDaysAgo), windows.submit), NOW)).toBe(false);
  }
});

test('R8: no organisation of the demo has two open claims for one engagement and customer', () => {
  const open = world.history.filter(({ status }) => !isTerminal(status));
  const keys = open.map(({ organisation, engagement, customer }) => `${organisation} ${engagement} ${customer}`);
  expect(keys.length).toBe(new Set(keys).size);
});

test('the first partner starts with three open claims in three statuses and two that ended', () => {
  const own = world.history.filter(({ organisation }) => organisation === first.tenantId);
  const open = own.filter(({ status }) => !isTerminal(status)).map(({ status }) => status);
  expect(open.sort()).toEqual(['AWAITING_CONSENT', 'CONSENT_RECEIVED', 'CUSTOMER_CLAIMED']);
  expect(own.filter(({ status }) => isTerminal(status))).toHaveLength(2);
  expect(world.history.filter(({ organisation }) => organisation === second.tenantId).length).toBeGreaterThan(0);
});

test('a demo customer whose claim was canceled can be nominated again', () => {
  const slug = 'sec-sales-siem-xdr';
  const customer = customerWith('city-power-light.example');
  expect(claimsOf(customer, slug).map(({ status }) => status)).toEqual(['CANCELED']);
  expect(judge(customer, 'domain', 'city-power-light.example', engagementOf(slug))).toEqual({ verdict: 'eligible' });
});
