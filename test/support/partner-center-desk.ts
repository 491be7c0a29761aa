import { connectPartnerCenter, type PartnerCenterLink } from '../../bot/partner-center/connect.ts';
import { type Resource, type SignIn, signIn, type TokenKeeper } from '../../bot/partner-center/token.ts';
import type { NewRemoteReferral } from '../../domain/co-sell/partner-center.ts';
import type { FakePartnerCenter } from './partner-center.ts';

/** A clock that stands where it is put. */
export const standingClock = (at = '2026-02-10T09:00:00Z') => {
  let now = new Date(at);
  return {
    now: () => now,
    advance: (ms: number): void => {
      now = new Date(now.getTime() + ms);
    },
  };
};
export type StandingClock = ReturnType<typeof standingClock>;

/** Keeps a token as the database would; `kept` is what stands in it. */
export const memoryKeeper = (kept: string | null = null) => {
  const keeper: TokenKeeper & { kept: string | null } = {
    kept,
    load: async () => keeper.kept,
    keep: async (sealed) => {
      keeper.kept = sealed;
    },
  };
  return keeper;
};

export const signedInAt = (fake: FakePartnerCenter, clock: StandingClock, more: Partial<SignIn> = {}) => {
  const tokens = signIn({
    login: fake.origin,
    ...fake.credentials,
    keeper: memoryKeeper(),
    clock,
    timeoutMs: 300,
    ...more,
  });
  return (resource: Resource = 'partner') => tokens(resource);
};

/** Everything that is asked of Partner Center, as the product connects it. */
export const connectedTo = (
  fake: FakePartnerCenter,
  clock: StandingClock,
  keeper: TokenKeeper = memoryKeeper(),
): PartnerCenterLink => {
  const config = { ...fake.credentials, link: 'https://partner.example/{id}', solutionProfileId: null, webhooks: true };
  const cloud = { origin: fake.origin, hosts: { signing: [], issuers: [], others: [] }, roots: [] };
  return connectPartnerCenter(config, keeper, clock, cloud);
};

export const OWN: NewRemoteReferral = {
  side: 'partner',
  groupId: null,
  externalReferenceId: '1000027',
  name: 'Threat Protection for Fabrikam',
  customer: {
    company: 'Fabrikam B.V.',
    country: 'NL',
    contact: { name: 'Eva van den Berg', email: 'eva@fabrikam.example' },
  },
  consent: { contact: true, share: false },
  partnerContact: { name: 'Ada Lovelace', email: 'ada@wideworld.example', phone: '+31 20 555 0100' },
  solutionArea: 'security',
  valueCents: 4_012_345,
  closeOn: '2026-06-30',
  notes: 'Threat Protection workshop, claim 1000027',
};
