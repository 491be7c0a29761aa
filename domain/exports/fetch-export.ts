import { audit, byPerson } from '../audit/chain.ts';
import { type Actor, claimScope, mayClaim } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { Cell } from './columns.ts';
import type { ExportKind } from './export-store.ts';
import { SHEETS } from './rows.ts';

/** Whose export a live link leads to, and of what. */
export type FoundExport = { readonly actor: Actor; readonly what: ExportKind };

/**
 * Null for every dead link alike: never given out, expired, or of somebody who may see no claims any more. Reads only.
 * `served`: whether an organisation, by its tenant, is still on the allow-list (R1).
 */
export const findExport = async (
  ports: Ports,
  token: string,
  served: (tenantId: string) => boolean,
): Promise<FoundExport | null> => {
  const link = await ports.reads.exports.findLink(ports.sha256(token));
  if (link === null || link.expiresAt.getTime() <= ports.clock.now().getTime()) return null;
  const actor = await ports.reads.people.findActorById(link.personId);
  return actor === null || !mayClaim(actor) || !served(actor.tenantId) ? null : { actor, what: link.what };
};

/** The chain of what one person has fetched. */
const exportChain = (personId: string): string => `export:${personId}`;

/**
 * The rows of an export, by what its person may see now (R2). That it was fetched is on the record before its first
 * row is given (R33), with the number of rows there were then; fetched again, it is there again.
 */
export const fetchExport = async (
  ports: Ports,
  { actor, what }: FoundExport,
): Promise<AsyncGenerator<readonly Cell[]>> => {
  const scope = claimScope(actor);
  const sheet = SHEETS[what];
  const rows = await sheet.count(ports.reads, scope);
  const by = { chain: exportChain(actor.personId), actor: byPerson(actor), at: ports.clock.now() };
  await ports.inTx(async (tx) => {
    await tx.people.hold(actor.personId);
    await audit(tx, ports.sha256, { ...by, what: 'exported', facts: { what, rows } });
  });
  return sheet.rows(ports.reads, scope);
};
