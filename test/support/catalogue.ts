import { randomUUID } from 'node:crypto';
import type { World } from './world.ts';

/** A newer version of an engagement, in force as long as the one before, as the catalogue's import would write it. */
export const newVersion = async (
  { database }: World,
  slug: string,
  version: number,
  change: Record<string, unknown>,
) => {
  const { prisma } = database;
  const old = await prisma.engagementVersion.findFirstOrThrow({ where: { slug }, orderBy: { version: 'desc' } });
  const definition = { ...(old.definition as object), version, ...change };
  return prisma.engagementVersion.create({
    data: { id: randomUUID(), slug, version, definition, effectiveFrom: old.effectiveFrom },
  });
};
