import { audit, byPerson } from '../audit/chain.ts';
import { type Command, carryOut } from '../commands.ts';
import { type Actor, isProgramAdmin } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import type { Counts, Import } from './import.ts';

/** Imports change what every partner sees, so they are the program admins' (R2). */
export const mayImport = (actor: Actor): boolean => isProgramAdmin(actor);

export type ApplyOutcome =
  | { readonly kind: 'applied'; readonly import: string; readonly counts: Counts }
  /** Some rows do not fit, or do not fit any more. Nothing was changed. */
  | { readonly kind: 'refused'; readonly import: string }
  /** Too old, or given up. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'notYours' };

/** The history of an import. */
const chainOf = (id: string): string => `import:${id}`;

/** What an earlier call reached, for whoever asks again. */
const reached = async (tx: Tx, id: string): Promise<Counts> => {
  const event = (await tx.audit.list(chainOf(id))).find(({ what }) => what === 'applied');
  const number = (name: keyof Counts) => Number(event?.facts[name] ?? 0);
  return { added: number('added'), changed: number('changed'), same: number('same'), refused: 0 };
};

const applyIn = async (ports: Ports, tx: Tx, id: string, personId: string | null, now: Date): Promise<ApplyOutcome> => {
  // One at a time: what the next one finds is what this one leaves.
  await tx.imports.lock();
  await tx.imports.hold(id);
  const batch = await tx.imports.find(id);
  if (batch === null || batch.state === 'reading') return { kind: 'gone' };
  if (batch.personId !== personId) return { kind: 'notYours' };
  if (batch.state === 'applied') return { kind: 'applied', import: id, counts: await reached(tx, id) };
  if ((await tx.imports.count(batch)).refused > 0) return { kind: 'refused', import: id };
  // The record may have moved on since the dry run, so rows that fitted then are looked at again.
  await tx.imports.judge(batch);
  const counts = await tx.imports.count(batch);
  if (counts.refused > 0) return { kind: 'refused', import: id };
  await tx.imports.write(batch, now);
  if (!(await tx.imports.advance(id, 'applied', now))) throw new Error(`import ${id} went away while it was applied`);
  await audit(tx, ports.sha256, {
    chain: chainOf(id),
    at: now,
    actor: personId === null ? 'operator' : byPerson({ personId }),
    what: 'applied',
    facts: { kind: batch.kind, file: batch.fileName, ...counts },
  });
  return { kind: 'applied', import: id, counts };
};

const patient = (ports: Ports): Ports => ({ ...ports, inTx: (work) => ports.inTx(work, 'long') });

/** Applies every row or none, from the command line: whoever can start the program can write the record anyway. */
export const applyAsOperator = (ports: Ports, id: string): Promise<ApplyOutcome> =>
  ports.inTx((tx) => applyIn(ports, tx, id, null, ports.clock.now()), 'long');

/** Applies every row or none, once, for the program admin who sent the file. */
export const applyImport = async (ports: Ports, actor: Actor, command: Command, id: string): Promise<ApplyOutcome> => {
  if (!mayImport(actor)) return { kind: 'notYours' };
  return carryOut<ApplyOutcome>(patient(ports), actor, command, (tx, now) =>
    applyIn(ports, tx, id, actor.personId, now),
  );
};

/** Gives up an import that was not applied. */
export const discardImport = async (
  ports: Ports,
  actor: Actor,
  id: string,
): Promise<
  | { readonly kind: 'discarded' }
  | { readonly kind: 'notYours' }
  | { readonly kind: 'applied'; readonly batch: Import; readonly counts: Counts }
> =>
  ports.inTx(async (tx) => {
    const batch = await tx.imports.find(id);
    if (batch === null) return { kind: 'discarded' };
    if (!mayImport(actor) || batch.personId !== actor.personId) return { kind: 'notYours' };
    if (batch.state === 'applied') return { kind: 'applied', batch, counts: await reached(tx, id) };
    if (await tx.imports.discard(id)) return { kind: 'discarded' };
    // It was being applied, and this waited for the end of that.
    const now = await tx.imports.find(id);
    return now === null ? { kind: 'discarded' } : { kind: 'applied', batch: now, counts: await reached(tx, id) };
  }, 'long');
