/** Roles of R2. incentives… and referralsAdmin hold for all locations of the organisation ('*') or for named ones. */
export const ROLES = ['incentivesUser', 'incentivesAdmin', 'referralsAdmin', 'seller', 'programAdmin'] as const;
export type Role = (typeof ROLES)[number];

export type RoleGrant = { readonly role: Role; readonly scope: string };

export const EVERYWHERE = '*';

export const LANGUAGES = ['en', 'nl'] as const;
export type Language = (typeof LANGUAGES)[number];

export const ORGANISATION_KINDS = ['partner', 'operator'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** A known person of an allowed organisation: who asks (R1). */
export type Actor = {
  readonly personId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly organisationId: string;
  readonly organisationName: string;
  /** An operator's sellers sell for every organisation. */
  readonly organisationKind: OrganisationKind;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: Language;
  /** False: the language is what Teams said last, and follows it. */
  readonly languageChosen: boolean;
  /** IANA zone, as Teams said last; null when it never did. */
  readonly timeZone: string | null;
  /** Who they are to Teams in a conversation with the bot; null until they spoke to it. */
  readonly chatId: string | null;
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

type Reach = { readonly organisationId: string; readonly locationIds: readonly string[] | 'all' };

const reachOf = ({ organisationId, roles }: Actor, counts: (grant: RoleGrant) => boolean): Reach => {
  const scopes = roles.filter(counts).map(({ scope }) => scope);
  return { organisationId, locationIds: scopes.includes(EVERYWHERE) ? 'all' : scopes };
};

/** The locations a reading query may touch: all of the organisation's, or the named ones. */
export const claimScope = (actor: Actor): Reach => reachOf(actor, claims);

const refers = ({ role }: RoleGrant): boolean => role === 'referralsAdmin';

/** Whether the person opens referrals and keeps their deals at all (R2). */
export const isReferralsAdmin = ({ roles }: Pick<Actor, 'roles'>): boolean => roles.some(refers);

/** At which locations they do. */
export const referralScope = (actor: Actor): Reach => reachOf(actor, refers);

export const isProgramAdmin = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  roles.some(({ role }) => role === 'programAdmin');

export const isSeller = ({ roles }: Pick<Actor, 'roles'>): boolean => roles.some(({ role }) => role === 'seller');

/** Roles that are held for every location of an organisation or for one; the others are held as they are. */
export const LOCAL_ROLES: readonly Role[] = ['incentivesUser', 'incentivesAdmin', 'referralsAdmin'];
export const isLocal = (role: Role): boolean => LOCAL_ROLES.includes(role);

/** How far a person is incentives admin: at every location of the organisation, or at the named ones. */
export const adminScopes = ({ roles }: Pick<Actor, 'roles'>): readonly string[] | 'all' => {
  const scopes = roles.filter(({ role }) => role === 'incentivesAdmin').map(({ scope }) => scope);
  return scopes.includes(EVERYWHERE) ? 'all' : scopes;
};

/**
 * Who may give a role to a person of an organisation, or take it away (R2, R3): a program admin any; an incentives
 * admin those that are held for a location, as far as their own role reaches.
 */
export const mayAdminister = (actor: Actor, { role, scope }: RoleGrant, organisationId: string): boolean =>
  isProgramAdmin(actor) ||
  (isLocal(role) &&
    organisationId === actor.organisationId &&
    (adminScopes(actor) === 'all' || adminScopes(actor).includes(scope)));

/** Whether there is any role that the person may give. */
export const isAdmin = (actor: Actor): boolean =>
  isProgramAdmin(actor) || actor.roles.some(({ role }) => role === 'incentivesAdmin');
