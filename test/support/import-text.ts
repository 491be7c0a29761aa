import { openRecords } from '../../bot/imports/records.ts';
import { applyAsOperator } from '../../domain/imports/apply-import.ts';
import type { Fault } from '../../domain/imports/faults.ts';
import type { DryRun } from '../../domain/imports/import.ts';
import { type StageOutcome, stageImport } from '../../domain/imports/stage-import.ts';
import type { Ports } from '../../domain/ports.ts';

const bytesOf = async function* (pieces: Iterable<string>): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) yield Buffer.from(piece);
};

/** Reads a file that stands nowhere but here. */
export const stage = (
  ports: Ports,
  content: string | Iterable<string>,
  personId: string | null = null,
): Promise<StageOutcome> =>
  stageImport(ports, { fileName: 'test.csv', personId }, () =>
    openRecords(bytesOf(typeof content === 'string' ? [content] : content)),
  );

export const dryRun = async (ports: Ports, content: string | Iterable<string>): Promise<DryRun> => {
  const outcome = await stage(ports, content);
  if (outcome.kind !== 'staged') throw new Error(JSON.stringify(outcome.fault));
  return outcome.dryRun;
};

/** Reads and applies it, and fails when anything is refused; what it came to. */
export const applied = async (ports: Ports, content: string | Iterable<string>) => {
  const read = await dryRun(ports, content);
  if (read.counts.refused > 0) throw new Error(JSON.stringify(read.firstFaults));
  const outcome = await applyAsOperator(ports, read.import.id);
  if (outcome.kind !== 'applied') throw new Error(outcome.kind);
  return outcome.counts;
};

/** What is refused, a line each: `3 seats number.invalid`. */
export const refusals = ({ firstFaults }: DryRun): readonly string[] =>
  firstFaults.flatMap(({ line, faults }) => faults.map(({ field, code }: Fault) => `${line} ${field ?? '-'} ${code}`));

export const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
