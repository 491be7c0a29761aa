import type { Actor, Language, Role } from '../../domain/people/actor.ts';
import type { Enrolment, Location, PeopleStore } from '../../domain/people/people-store.ts';
import type { LocationModel, OrganisationModel, PersonModel, RoleGrantModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const asActor = (row: PersonModel & { roles: RoleGrantModel[]; organisation: OrganisationModel }): Actor => ({
  personId: row.id,
  tenantId: row.tenantId,
  objectId: row.objectId,
  organisationId: row.organisationId,
  organisationName: row.organisation.name,
  name: row.name,
  email: row.email,
  phone: row.phone,
  language: row.language as Language,
  languageChosen: row.languageChosen,
  timeZone: row.timeZone,
  roles: row.roles.map(({ role, scope }) => ({ role: role as Role, scope })),
});

const asLocation = (row: LocationModel): Location => ({
  id: row.id,
  organisationId: row.organisationId,
  partnerId: row.partnerId,
  name: row.name,
  country: row.country,
  enrolment: row.enrolment as Enrolment,
  designations: (row.facts as { designations?: string[] }).designations ?? null,
});

const include = { roles: true, organisation: true } as const;

export const peopleStore = (db: Db): PeopleStore => ({
  findActor: async (tenantId, objectId) => {
    const row = await db.person.findUnique({ where: { tenantId_objectId: { tenantId, objectId } }, include });
    return row === null ? null : asActor(row);
  },
  findActorById: async (id) => {
    const row = await db.person.findUnique({ where: { id }, include });
    return row === null ? null : asActor(row);
  },
  findLocation: async (id) => {
    const row = await db.location.findUnique({ where: { id } });
    return row === null ? null : asLocation(row);
  },
  listLocations: async (organisationId) =>
    (await db.location.findMany({ where: { organisationId }, orderBy: { name: 'asc' } })).map(asLocation),
  welcome: async ({ tenantId, objectId, name, language, timeZone }, id, programAdmin, at) => {
    const organisation = await db.organisation.findUnique({ where: { tenantId } });
    if (organisation === null) return null;
    await db.person.createMany({
      data: { id, tenantId, objectId, organisationId: organisation.id, name, language, timeZone, createdAt: at },
      skipDuplicates: true,
    });
    const person = await db.person.findUniqueOrThrow({ where: { tenantId_objectId: { tenantId, objectId } } });
    if (programAdmin) {
      const grant = { personId: person.id, role: 'programAdmin', scope: '*', grantedAt: at };
      await db.roleGrant.createMany({ data: grant, skipDuplicates: true });
    }
    return asActor(await db.person.findUniqueOrThrow({ where: { id: person.id }, include }));
  },
  refresh: async (id, { name, timeZone, language }) => {
    await db.person.update({ where: { id }, data: { name, ...(timeZone === null ? {} : { timeZone }) } });
    await db.person.updateMany({ where: { id, languageChosen: false }, data: { language } });
  },
  chooseLanguage: async (id, language) => {
    await db.person.update({ where: { id }, data: { language, languageChosen: true } });
  },
});
