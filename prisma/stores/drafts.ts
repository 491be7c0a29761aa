import type { Draft, DraftKind, DraftStore } from '../../domain/drafts/draft.ts';
import type { Prisma } from '../generated/client.ts';
import type { DraftModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const openKey = (personId: string, kind: DraftKind, claim: number | null): string =>
  `${personId}:${kind}:${claim ?? ''}`;

const asDraft = (row: DraftModel): Draft => ({
  id: row.id,
  personId: row.personId,
  kind: row.kind as DraftKind,
  claim: row.claim,
  step: row.step,
  answers: row.answers as Draft['answers'],
  commandId: row.commandId,
  status: row.status as Draft['status'],
  updatedAt: row.updatedAt,
});

export const draftStore = (db: Db): DraftStore => ({
  find: async (id) => {
    const row = await db.draft.findUnique({ where: { id } });
    return row === null ? null : asDraft(row);
  },
  findOpen: async (personId, kind, claim) => {
    const row = await db.draft.findUnique({ where: { openKey: openKey(personId, kind, claim) } });
    return row === null ? null : asDraft(row);
  },
  open: async ({ answers, ...draft }) => {
    const { count } = await db.draft.createMany({
      data: {
        ...draft,
        answers: answers as Prisma.InputJsonObject,
        openKey: openKey(draft.personId, draft.kind, draft.claim),
        createdAt: draft.updatedAt,
      },
      skipDuplicates: true,
    });
    return count === 1;
  },
  move: async (id, commandId, { answers, ...change }) => {
    const { count } = await db.draft.updateMany({
      where: { id, commandId, status: 'open' },
      data: {
        ...change,
        answers: answers as Prisma.InputJsonObject,
        ...(change.status === 'open' ? {} : { openKey: null }),
      },
    });
    return count === 1;
  },
});
