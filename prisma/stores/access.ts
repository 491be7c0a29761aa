import type { AccessRequest, AccessStore } from '../../domain/people/access.ts';
import { adminScopes, isProgramAdmin, LOCAL_ROLES, type Role } from '../../domain/people/actor.ts';
import type { AccessRequestModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const asRequest = ({ openKey: _openKey, role, state, ...row }: AccessRequestModel): AccessRequest => ({
  ...row,
  role: role as Role,
  state: state as AccessRequest['state'],
});

export const accessStore = (db: Db): AccessStore => ({
  ask: async (request) => {
    const { personId, role, scope } = request;
    const data = { ...request, state: 'open', openKey: `${personId}:${role}:${scope}` };
    return (await db.accessRequest.createMany({ data, skipDuplicates: true })).count === 1;
  },
  findRequest: async (id) => {
    const row = await db.accessRequest.findUnique({ where: { id } });
    return row === null ? null : asRequest(row);
  },
  listOpen: async (personId) => {
    const where = { personId, state: 'open' };
    return (await db.accessRequest.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(asRequest);
  },
  listWaiting: async (decider, take) => {
    const reach = adminScopes(decider);
    const where = {
      state: 'open',
      personId: { not: decider.personId },
      ...(isProgramAdmin(decider)
        ? {}
        : {
            person: { organisationId: decider.organisationId },
            role: { in: [...LOCAL_ROLES] },
            ...(reach === 'all' ? {} : { scope: { in: [...reach] } }),
          }),
    };
    const orderBy = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];
    return (await db.accessRequest.findMany({ where, orderBy, take })).map(asRequest);
  },
  decide: async (id, to) => {
    const { count } = await db.accessRequest.updateMany({
      where: { id, state: 'open' },
      data: { ...to, openKey: null },
    });
    return count === 1;
  },
});
