import type { Actor, Language, RoleGrant } from './actor.ts';
import type { StandIn } from './stand-in.ts';

export type Location = {
  readonly id: string;
  readonly organisationId: string;
  readonly partnerId: string;
  readonly name: string;
  readonly country: string;
  readonly enrolment: Enrolment;
  /** Null: Claimdesk was never told which designations the location holds. */
  readonly designations: readonly string[] | null;
};

export const ENROLMENTS = ['invited', 'enrolling', 'actionRequired', 'validating', 'enrolled', 'inactive'] as const;
export type Enrolment = (typeof ENROLMENTS)[number];

/** What an incoming activity says of its sender. */
export type Sender = {
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly language: Language;
  readonly timeZone: string | null;
  /** Who they are to Teams in a conversation with the bot (`29:…`); null: they are not in one. */
  readonly chatId: string | null;
};

/** Whose roles are looked through: everybody's, or one organisation's. */
export type PeopleScope = { readonly organisationId: string | null; readonly find: string };

export type PeopleStore = {
  /** Null when the person was never seen. */
  findActor(tenantId: string, objectId: string): Promise<Actor | null>;
  findActorById(personId: string): Promise<Actor | null>;
  /** By person's id; who is not known is not in it. */
  findNames(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  findLocation(id: string): Promise<Location | null>;
  /** Any organisation's, by their ids or PartnerIDs; what is neither is not among them. */
  findLocations(keys: readonly string[]): Promise<readonly Location[]>;
  /** All of the organisation's, by name. */
  listLocations(organisationId: string): Promise<readonly Location[]>;
  /** First contact: the person is kept, without a role unless `programAdmin`. Null when the tenant has no organisation. */
  welcome(sender: Sender, id: string, programAdmin: boolean, at: Date): Promise<Actor | null>;
  /** What Teams said this time; a language that was chosen stays. */
  refresh(personId: string, sender: Sender): Promise<void>;
  chooseLanguage(personId: string, language: Language): Promise<void>;
  /** Holds the person until the transaction ends: their history is written by one at a time. */
  hold(personId: string): Promise<void>;
  /** Those who hold a role, by name. */
  listHolders(scope: PeopleScope, page: { readonly skip: number; readonly take: number }): Promise<readonly Actor[]>;
  countHolders(scope: PeopleScope): Promise<number>;
  /** Everybody of the organisation but the person, by name; every word that is looked for stands somewhere in it. */
  listColleagues(organisationId: string, but: string, find: string, take: number): Promise<readonly Actor[]>;
  listProgramAdmins(): Promise<readonly Actor[]>;
  /** Program admins, and incentives admins of the organisation. */
  listAdmins(organisationId: string): Promise<readonly Actor[]>;
  /** Holds all grants of program admin until the transaction ends, so that two do not remove each other; how many. */
  holdProgramAdmins(): Promise<number>;
  /** False: they held it already. */
  grant(personId: string, grant: RoleGrant, at: Date): Promise<boolean>;
  /** False: they did not hold it. */
  revoke(personId: string, grant: RoleGrant): Promise<boolean>;
  /** In force or still to come at `now`, whether they stand in or are stood in for; soonest end first. */
  listStandIns(personId: string, now: Date): Promise<readonly StandIn[]>;
  findStandIn(id: string): Promise<StandIn | null>;
  addStandIn(standIn: Pick<StandIn, 'id' | 'adminId' | 'personId' | 'from' | 'until'>, at: Date): Promise<void>;
  /** False: it was over already. */
  endStandIn(id: string, at: Date): Promise<boolean>;
  /** Ends all of an admin's, whose role is gone. */
  endStandInsOf(adminId: string, at: Date): Promise<void>;
  /** Referrals admins of these organisations, at whichever locations. */
  listReferralsAdmins(organisationIds: readonly string[]): Promise<readonly Actor[]>;
  /** Everybody who holds the role of a seller. */
  listSellers(): Promise<readonly Actor[]>;
  /** The tenant of an organisation; null: there is no such organisation. */
  findTenant(organisationId: string): Promise<string | null>;
  /** Everybody who reviews at `now`: program admins and their stand-ins. */
  listReviewers(now: Date): Promise<readonly Actor[]>;
};
