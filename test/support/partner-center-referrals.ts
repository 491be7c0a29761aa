import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** A referral as the service keeps it: what it was sent, and what it adds. */
export type Kept = {
  readonly id: string;
  readonly engagementId: string;
  readonly organizationId: string;
  readonly createdDateTime: string;
  readonly updatedDateTime: string;
  readonly expirationDateTime: string | null;
  readonly acceptedDateTime: string | null;
  readonly status: string;
  readonly substatus: string;
  readonly eTag: string;
  readonly [field: string]: unknown;
};

export type Said = { readonly status: number; readonly body?: unknown };

/** The service's words for what it does not take: code and description, with the fields by name. */
export const objection = (status: number, code: string, description: string): Said => ({
  status,
  body: { code, description, data: [], source: 'PartnerReferrals' },
});

const member = z.object({
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  phoneNumber: z.string().nullish(),
  email: z.email(),
});
const tags = z.array(z.object({ id: z.string().min(1) })).optional();
const PRODUCTS = [
  'Azure',
  'EnterpriseMobilityAndSecurity',
  'Dynamics365Business',
  'Dynamics365Enterprise',
  'Microsoft365',
];

const created = z.object({
  engagementId: z.guid().optional(),
  name: z.string().min(1),
  externalReferenceId: z.string().nullish(),
  status: z.enum(['None', 'New', 'Active', 'Closed']).optional(),
  substatus: z
    .enum(['None', 'Pending', 'Received', 'Accepted', 'Won', 'Lost', 'Declined', 'Expired', 'Error'])
    .optional(),
  type: z.enum(['Independent', 'Shared']),
  qualification: z.enum(['None', 'Direct', 'MarketingQualified', 'SalesQualified']).optional(),
  customerProfile: z.object({
    name: z.string().min(1),
    address: z.object({ country: z.string().regex(/^[A-Z]{2}$/) }),
    team: z.array(member).optional(),
  }),
  consent: z.object({
    consentToToShareInfoWithOthers: z.boolean(),
    consentToContact: z.boolean(),
    consentToShareReferralWithMicrosoftSellers: z.boolean().optional(),
  }),
  details: z.object({
    notes: z.string(),
    dealValue: z.number().nonnegative(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    closingDateTime: z.iso.datetime(),
    requirements: z.object({
      products: z.array(z.object({ id: z.enum(PRODUCTS as [string, ...string[]]) })).optional(),
      industries: tags,
      services: tags,
      solutions: z.array(z.object({ type: z.enum(['None', 'Category', 'Name']), id: z.string().min(1) })).optional(),
    }),
  }),
  team: z.array(member.required({ phoneNumber: true })).min(1),
  target: z
    .array(z.object({ type: z.enum(['None', 'BusinessProfileLocation', 'SolutionProfile']), id: z.string().min(1) }))
    .optional(),
});

const patch = z.array(
  z.object({ op: z.enum(['replace', 'add']), path: z.string().startsWith('/'), value: z.unknown() }),
);

const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  New: ['New', 'Active', 'Closed'],
  Active: ['Active', 'Closed'],
  Closed: ['Closed'],
};
const SUBSTATUSES: Readonly<Record<string, readonly string[]>> = {
  New: ['Pending', 'Received'],
  Active: ['Accepted'],
  Closed: ['Won', 'Lost', 'Declined', 'Expired', 'Error'],
};

const FORTNIGHT_MS = 14 * 24 * 60 * 60_000;

const wrong = (error: z.ZodError): Said =>
  objection(400, 'InvalidInput', `Invalid: ${error.issues.map(({ path }) => path.join('.')).join(', ')}`);

/** Whether Microsoft's sellers see it. */
const isShown = ({ consent }: Kept): boolean =>
  (consent as { consentToShareReferralWithMicrosoftSellers?: boolean }).consentToShareReferralWithMicrosoftSellers ??
  false;

type Json = { [key: string]: Json } | Json[] | unknown;

/** One step of JSON Patch on a copy; null: there is nothing at that path to be replaced. */
const patched = (document: Json, path: string, op: 'replace' | 'add', value: unknown): Json | null => {
  const copy = structuredClone(document) as Record<string, Json>;
  const keys = path.slice(1).split('/');
  const last = keys.pop() ?? '';
  let at: Record<string, Json> | undefined = copy;
  for (const key of keys) at = at?.[key] as Record<string, Json> | undefined;
  if (at === undefined || at === null) return null;
  if (Array.isArray(at) && last === '-') at.push(value);
  else if (op === 'replace' && !(last in at)) return null;
  else at[last] = value;
  return copy;
};

/** What the referrals service does with what it is told. */
export const referralsService = (now: () => Date, ownOrganisation: string) => {
  const kept = new Map<string, Kept>();
  let writes = 0;

  const write = (referral: Kept): Kept => {
    writes += 1;
    const eTag = `"${writes.toString(16).padStart(8, '0')}-0000-0800-0000-6217f4ce0000"`;
    const written = { ...referral, eTag, updatedDateTime: now().toISOString() };
    kept.set(referral.id, written);
    return written;
  };

  const create = (body: unknown): Said => {
    const { data, error } = created.safeParse(body);
    if (error) return wrong(error);
    const microsofts = data.target?.some(({ id }) => id === 'msft') ?? false;
    if (microsofts && ![...kept.values()].some(({ engagementId }) => engagementId === data.engagementId)) {
      return objection(400, 'InvalidInput', 'Invalid: engagementId');
    }
    const at = now();
    const referral = write({
      ...(body as object),
      id: randomUUID(),
      engagementId: data.engagementId ?? randomUUID(),
      organizationId: microsofts ? 'msft' : ownOrganisation,
      organizationName: microsofts ? 'Microsoft' : 'Wide World Importers',
      direction: 'Outgoing',
      createdDateTime: at.toISOString(),
      updatedDateTime: at.toISOString(),
      expirationDateTime: microsofts ? new Date(at.getTime() + FORTNIGHT_MS).toISOString() : null,
      acceptedDateTime: microsofts ? null : at.toISOString(),
      status: microsofts ? 'New' : 'Active',
      substatus: microsofts ? 'Pending' : 'Accepted',
      statusReason: null,
      eTag: '',
    });
    return { status: 201, body: referral };
  };

  const change = (id: string, body: unknown, ifMatch: string | undefined): Said => {
    const before = kept.get(id);
    if (before === undefined) return objection(404, 'NotFound', 'There is no such referral.');
    if (ifMatch !== undefined && ifMatch !== before.eTag)
      return objection(412, 'PreconditionFailed', 'It has changed.');
    const { data, error } = patch.safeParse(body);
    if (error) return wrong(error);
    if (before.status === 'Closed') return objection(400, 'InvalidOperation', 'A closed referral is not edited.');
    let after: Json = before;
    for (const { op, path, value } of data) {
      const next = patched(after, path, op, path === '/details/dealValue' ? Number(value) : value);
      if (next === null) return objection(400, 'InvalidInput', `Invalid: ${path}`);
      after = next;
    }
    const referral = after as Kept;
    if (isShown(before) && !isShown(referral)) {
      return objection(400, 'InvalidOperation', 'What Microsoft sees stays visible.');
    }
    if (
      !FOLLOWS[before.status]?.includes(referral.status) ||
      !SUBSTATUSES[referral.status]?.includes(referral.substatus)
    ) {
      return objection(400, 'InvalidInput', 'Invalid: status, substatus');
    }
    const faults = created.safeParse(referral).error;
    return faults ? wrong(faults) : { status: 200, body: write(referral) };
  };

  /** What filters and orders of the service are used, and no others. */
  const list = (query: URLSearchParams): readonly Kept[] | Said => {
    const [, group] = /^engagementId eq '([^']*)'$/.exec(query.get('$filter') ?? '') ?? [];
    if (query.has('$filter') && group === undefined) return objection(400, 'InvalidInput', 'Invalid: $filter');
    const [, by, way] = /^(createdDateTime|updatedDateTime)(?: (asc|desc))?$/.exec(query.get('$orderby') ?? '') ?? [];
    if (query.has('$orderby') && by === undefined) return objection(400, 'InvalidInput', 'Invalid: $orderby');
    const found = [...kept.values()].filter(({ engagementId }) => group === undefined || engagementId === group);
    if (by === undefined) return found;
    const sign = way === 'desc' ? -1 : 1;
    return found.sort((some, other) => sign * String(some[by]).localeCompare(String(other[by])));
  };

  return { kept, write, create, change, list };
};
