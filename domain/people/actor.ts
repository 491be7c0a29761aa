/** Roles of R2. incentives… and referralsAdmin hold for all locations of the organisation ('*') or for named ones. */
export const ROLES = ['incentivesUser', 'incentivesAdmin', 'referralsAdmin', 'seller', 'programAdmin'] as const;
export type Role = (typeof ROLES)[number];

export type RoleGrant = { readonly role: Role; readonly scope: string };

export const EVERYWHERE = '*';

export const LANGUAGES = ['en', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A known person of an allowed organisation: who asks (R1). */
export type Actor = {
  readonly personId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: Language;
  /** False: the language is what Teams said last, and follows it. */
  readonly languageChosen: boolean;
  /** IANA zone, as Teams said last; null when it never did. */
  readonly timeZone: string | null;
  readonly roles: readonly RoleGrant[];
};

const claims = (grant: RoleGrant) => grant.role === 'incentivesUser' || grant.role === 'incentivesAdmin';

/** Whether the person may work on claims at all. */
export const mayClaim = (actor: Actor): boolean => actor.roles.some(claims);

/** R2: a partner sees and picks only locations where they hold an incentives role. */
export const mayClaimFor = (
  actor: Actor,
  location: { readonly id: string; readonly organisationId: string },
): boolean =>
  location.organisationId === actor.organisationId &&
  actor.roles.some((grant) => claims(grant) && (grant.scope === EVERYWHERE || grant.scope === location.id));

/** The locations a reading query may touch: all of the organisation's, or the named ones. */
export const claimScope = (
  actor: Actor,
): { readonly organisationId: string; readonly locationIds: readonly string[] | 'all' } => {
  const scopes = actor.roles.filter(claims).map((grant) => grant.scope);
  return { organisationId: actor.organisationId, locationIds: scopes.includes(EVERYWHERE) ? 'all' : scopes };
};
