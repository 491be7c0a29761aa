import { z } from 'zod';
import { type Cents, MOST_CENTS } from '../../domain/claims/money.ts';
import { REMOTE_STATUSES, type RemoteReferral } from '../../domain/co-sell/partner-center.ts';
import { centsIn } from './usd.ts';

/**
 * A referral as it comes in: what Claimdesk reads of it, and no more of that required than it cannot do without. What
 * is new to it, a status as well, does not keep it from reading the rest.
 */
const heardSchema = z.object({
  id: z.string().min(1),
  engagementId: z.string().min(1),
  organizationId: z.string().nullish(),
  externalReferenceId: z.string().nullish(),
  eTag: z.string().nullish(),
  createdDateTime: z.string().nullish(),
  updatedDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  status: z.string(),
  substatus: z.string().nullish(),
  details: z
    .object({
      dealValue: z.union([z.number(), z.string()]).nullish(),
      currency: z.string().nullish(),
      closingDateTime: z.string().nullish(),
    })
    .nullish(),
  target: z.array(z.object({ type: z.string().nullish(), id: z.string().nullish() })).nullish(),
});
type Heard = z.infer<typeof heardSchema>;

/** A referral with what a list is put in order by. `eTag` is empty where the answer has none. */
export type Listed = { readonly referral: RemoteReferral; readonly createdAt: Date | null };

const MICROSOFT = 'msft';
const isMicrosofts = ({ organizationId, target }: Heard): boolean =>
  organizationId === MICROSOFT || (target ?? []).some(({ id }) => id === MICROSOFT);

/** Null: not told. Partner Center takes amounts that no deal is worth here, nothing among them: they tell nothing, too. */
const worthOf = ({ details }: Heard): Cents | null => {
  if (details?.currency !== 'USD' || details.dealValue == null) return null;
  const cents = centsIn(details.dealValue);
  return cents !== null && cents > 0 && cents <= MOST_CENTS ? cents : null;
};

const listed = (heard: Heard): Listed => {
  const { details, createdDateTime } = heard;
  const createdMs = Date.parse(createdDateTime ?? '');
  return {
    createdAt: Number.isNaN(createdMs) ? null : new Date(createdMs),
    referral: {
      id: heard.id,
      groupId: heard.engagementId,
      side: isMicrosofts(heard) ? 'microsoft' : 'partner',
      externalReferenceId: heard.externalReferenceId || null,
      eTag: heard.eTag ?? '',
      status: REMOTE_STATUSES.find((status) => status === heard.status) ?? 'None',
      substatus: heard.substatus || 'None',
      valueCents: worthOf(heard),
      closeOn: /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(details?.closingDateTime ?? '')?.[0] ?? null,
      updatedAt: new Date(heard.updatedDateTime),
    },
  };
};

/** One referral with its eTag, from the body or, failing that, the header; null: it cannot be read. */
export const referralIn = (body: unknown, eTagHeader: string | null): RemoteReferral | null => {
  const { data } = heardSchema.safeParse(body);
  if (data === undefined) return null;
  const { referral } = listed(data);
  const eTag = referral.eTag || eTagHeader || '';
  return eTag === '' ? null : { ...referral, eTag };
};

const pageSchema = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

/**
 * A page of a list, and where the next one is. A referral that cannot be read is left out: the list holds everybody's
 * leads, and one of them must not hide all others.
 */
export const pageIn = (body: unknown): { readonly listed: readonly Listed[]; readonly next: string | null } | null => {
  const { data } = pageSchema.safeParse(body);
  if (data === undefined) return null;
  const read = data.value.flatMap((one) => {
    const heard = heardSchema.safeParse(one).data;
    return heard === undefined ? [] : [listed(heard)];
  });
  return { listed: read, next: data['@odata.nextLink'] ?? null };
};
