import type { Actor, Language } from './actor.ts';

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
};

export type PeopleStore = {
  /** Null when the person was never seen. */
  findActor(tenantId: string, objectId: string): Promise<Actor | null>;
  findActorById(personId: string): Promise<Actor | null>;
  findLocation(id: string): Promise<Location | null>;
  /** All of the organisation's, by name. */
  listLocations(organisationId: string): Promise<readonly Location[]>;
  /** First contact: the person is kept, without a role unless `programAdmin`. Null when the tenant has no organisation. */
  welcome(sender: Sender, id: string, programAdmin: boolean, at: Date): Promise<Actor | null>;
  /** What Teams said this time; a language that was chosen stays. */
  refresh(personId: string, sender: Sender): Promise<void>;
  chooseLanguage(personId: string, language: Language): Promise<void>;
};
