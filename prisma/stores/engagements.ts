import { type Engagement, type EngagementStore, engagementSchema } from '../../domain/engagements/engagement.ts';
import type { EngagementVersionModel } from '../generated/models.ts';
import type { Db } from './db.ts';

// Versions never change (R4), so what was parsed once stays parsed.
const parsed = new Map<string, Engagement>();

const asEngagement = (row: EngagementVersionModel): Engagement => {
  const known = parsed.get(row.id);
  if (known !== undefined) return known;
  const engagement = { ...engagementSchema.parse(row.definition), id: row.id };
  parsed.set(row.id, engagement);
  return engagement;
};

export const engagementStore = (db: Db): EngagementStore => ({
  findVersion: async (id) => {
    const known = parsed.get(id);
    if (known !== undefined) return known;
    const row = await db.engagementVersion.findUnique({ where: { id } });
    return row === null ? null : asEngagement(row);
  },
  listCurrent: async (now) => {
    const rows = await db.engagementVersion.findMany({
      where: { effectiveFrom: { lte: now }, OR: [{ effectiveTo: null }, { effectiveTo: { gte: now } }] },
      orderBy: [{ slug: 'asc' }, { version: 'desc' }],
      distinct: ['slug'],
    });
    return rows.map(asEngagement);
  },
  listNewest: async (now) => {
    const rows = await db.engagementVersion.findMany({
      where: { effectiveFrom: { lte: now } },
      orderBy: [{ slug: 'asc' }, { version: 'desc' }],
      distinct: ['slug'],
    });
    return rows.map(asEngagement);
  },
});
