import { z } from 'zod';
import {
  type Actor,
  isProgramAdmin,
  type Language,
  type OrganisationKind,
  type Role,
} from '../../domain/people/actor.ts';
import type { Enrolment, Location, PeopleScope, PeopleStore } from '../../domain/people/people-store.ts';
import type { StandIn } from '../../domain/people/stand-in.ts';
import type {
  LocationModel,
  OrganisationModel,
  PersonModel,
  RoleGrantModel,
  StandInModel,
} from '../generated/models.ts';
import type { Db } from './db.ts';

const asActor = (row: PersonModel & { roles: RoleGrantModel[]; organisation: OrganisationModel }): Actor => ({
  personId: row.id,
  tenantId: row.tenantId,
  objectId: row.objectId,
  organisationId: row.organisationId,
  organisationName: row.organisation.name,
  organisationKind: row.organisation.kind as OrganisationKind,
  name: row.name,
  email: row.email,
  phone: row.phone,
  language: row.language as Language,
  languageChosen: row.languageChosen,
  timeZone: row.timeZone,
  chatId: row.chatId,
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
const withPeople = { admin: { include: { roles: true } }, person: true } as const;

type StandInRow = StandInModel & { admin: PersonModel & { roles: RoleGrantModel[] }; person: PersonModel };

const asStandIn = ({ id, adminId, personId, from, until, admin, person }: StandInRow): StandIn => ({
  id,
  adminId,
  adminName: admin.name,
  adminHolds: isProgramAdmin({ roles: admin.roles.map(({ role, scope }) => ({ role: role as Role, scope })) }),
  personId,
  name: person.name,
  from,
  until,
});

/** Every word that was typed stands somewhere in the name; % and _ stand for themselves, which Prisma does not see to. */
const named = (find: string) => ({
  AND: find
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ name: { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const } })),
});

const holders = ({ organisationId, find }: PeopleScope) => ({
  roles: { some: {} },
  ...(organisationId === null ? {} : { organisationId }),
  ...named(find),
});

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
  findLocations: async (keys) => {
    if (keys.length === 0) return [];
    const ids = keys.filter((key) => z.guid().safeParse(key).success);
    const where = { OR: [{ id: { in: ids } }, { partnerId: { in: [...keys] } }] };
    return (await db.location.findMany({ where, orderBy: { name: 'asc' } })).map(asLocation);
  },
  listLocations: async (organisationId) =>
    (await db.location.findMany({ where: { organisationId }, orderBy: { name: 'asc' } })).map(asLocation),
  findNames: async (ids) => {
    const rows = await db.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
    return new Map(rows.map(({ id, name }) => [id, name]));
  },
  hold: async (id) => {
    await db.$queryRaw`SELECT "id" FROM "Person" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
  },
  listHolders: async (scope, { skip, take }) => {
    const where = holders(scope);
    const rows = await db.person.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }], include, skip, take });
    return rows.map(asActor);
  },
  countHolders: (scope) => db.person.count({ where: holders(scope) }),
  listColleagues: async (organisationId, but, find, take) => {
    const where = { organisationId, id: { not: but }, ...named(find) };
    const rows = await db.person.findMany({ where, orderBy: [{ name: 'asc' }, { id: 'asc' }], include, take });
    return rows.map(asActor);
  },
  listProgramAdmins: async () => {
    const where = { roles: { some: { role: 'programAdmin' } } };
    return (await db.person.findMany({ where, orderBy: { id: 'asc' }, include })).map(asActor);
  },
  listAdmins: async (organisationId) => {
    const program = { roles: { some: { role: 'programAdmin' } } };
    const own = { organisationId, roles: { some: { role: 'incentivesAdmin' } } };
    const rows = await db.person.findMany({ where: { OR: [program, own] }, orderBy: { id: 'asc' }, include });
    return rows.map(asActor);
  },
  holdProgramAdmins: async () => {
    const rows = await db.$queryRaw<unknown[]>`
      SELECT "personId" FROM "RoleGrant" WHERE "role" = 'programAdmin' ORDER BY "personId" FOR UPDATE`;
    return rows.length;
  },
  grant: async (personId, { role, scope }, at) => {
    const data = { personId, role, scope, grantedAt: at };
    return (await db.roleGrant.createMany({ data, skipDuplicates: true })).count === 1;
  },
  revoke: async (personId, { role, scope }) =>
    (await db.roleGrant.deleteMany({ where: { personId, role, scope } })).count === 1,
  listStandIns: async (personId, now) => {
    const where = { endedAt: null, until: { gte: now }, OR: [{ personId }, { adminId: personId }] };
    return (await db.standIn.findMany({ where, orderBy: { until: 'asc' }, include: withPeople })).map(asStandIn);
  },
  findStandIn: async (id) => {
    const row = await db.standIn.findUnique({ where: { id }, include: withPeople });
    return row === null ? null : asStandIn(row);
  },
  addStandIn: async (standIn, at) => {
    await db.standIn.create({ data: { ...standIn, createdAt: at } });
  },
  endStandIn: async (id, at) => {
    const where = { id, endedAt: null, until: { gte: at } };
    return (await db.standIn.updateMany({ where, data: { endedAt: at } })).count === 1;
  },
  endStandInsOf: async (adminId, at) => {
    await db.standIn.updateMany({ where: { adminId, endedAt: null }, data: { endedAt: at } });
  },
  listReviewers: async (now) => {
    const admin = { role: 'programAdmin' };
    const standsIn = { endedAt: null, from: { lte: now }, until: { gte: now }, admin: { roles: { some: admin } } };
    const where = { OR: [{ roles: { some: admin } }, { standsInFor: { some: standsIn } }] };
    return (await db.person.findMany({ where, orderBy: { id: 'asc' }, include })).map(asActor);
  },
  listReferralsAdmins: async (organisationIds) => {
    const where = { organisationId: { in: [...organisationIds] }, roles: { some: { role: 'referralsAdmin' } } };
    return (await db.person.findMany({ where, orderBy: { id: 'asc' }, include })).map(asActor);
  },
  listSellers: async () => {
    const where = { roles: { some: { role: 'seller' } } };
    return (await db.person.findMany({ where, orderBy: { id: 'asc' }, include })).map(asActor);
  },
  findTenant: async (id) => (await db.organisation.findUnique({ where: { id } }))?.tenantId ?? null,
  welcome: async ({ tenantId, objectId, name, language, timeZone, chatId }, id, programAdmin, at) => {
    const organisation = await db.organisation.findUnique({ where: { tenantId } });
    if (organisation === null) return null;
    await db.person.createMany({
      data: {
        id,
        tenantId,
        objectId,
        organisationId: organisation.id,
        name,
        language,
        timeZone,
        chatId,
        createdAt: at,
      },
      skipDuplicates: true,
    });
    const person = await db.person.findUniqueOrThrow({ where: { tenantId_objectId: { tenantId, objectId } } });
    if (programAdmin) {
      const grant = { personId: person.id, role: 'programAdmin', scope: '*', grantedAt: at };
      await db.roleGrant.createMany({ data: grant, skipDuplicates: true });
    }
    return asActor(await db.person.findUniqueOrThrow({ where: { id: person.id }, include }));
  },
  refresh: async (id, { name, timeZone, language, chatId }) => {
    await db.person.update({ where: { id }, data: { name, chatId, ...(timeZone === null ? {} : { timeZone }) } });
    await db.person.updateMany({ where: { id, languageChosen: false }, data: { language } });
  },
  chooseLanguage: async (id, language) => {
    await db.person.update({ where: { id }, data: { language, languageChosen: true } });
  },
});
