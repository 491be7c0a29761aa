import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { textFor } from '../../cards/format.ts';
import { say } from '../../cards/text/en.ts';
import { applyAsOperator } from '../../domain/imports/apply-import.ts';
import type { Fault } from '../../domain/imports/faults.ts';
import type { DryRun } from '../../domain/imports/import.ts';
import { stageImport } from '../../domain/imports/stage-import.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Progress } from './progress.ts';
import { openRecords } from './records.ts';

/** The terminal that an import speaks to. */
export type Console = {
  readonly say: (line: string) => void;
  readonly progress: (name: string, bytes: number) => Progress;
  /** Whether to apply; null: there is nobody to ask. */
  readonly confirm: () => Promise<boolean | null>;
};

const FAULTS_AT_ONCE = 1_000;

const { imports: words } = textFor('en');

const spelled = (fault: Fault): string => {
  const given = fault.given === null ? '' : ` “${fault.given}”`;
  return `${fault.field ?? ''}${given} ${say(words.faults, fault)}`.trim();
};

const sayFaults = async ({ reads }: Ports, path: string, { import: { id } }: DryRun, say: Console['say']) => {
  let line = 0;
  for (;;) {
    const rows = await reads.imports.listFaults(id, line, FAULTS_AT_ONCE);
    for (const row of rows) for (const fault of row.faults) say(`${path}:${row.line} ${spelled(fault)}`);
    if (rows.length < FAULTS_AT_ONCE) return;
    line = rows.at(-1)?.line ?? line;
  }
};

const counted = ({ counts: { added, changed, same, refused } }: DryRun): string =>
  [`${added} new`, `${changed} changed`, `${same} the same`, `${refused} refused`].join(', ');

const bytesOf = async function* (path: string, progress: Progress): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    progress.add(chunk.length);
    yield chunk;
  }
};

/**
 * Reads one file, says what it would change and every bad row of it, and applies it when told to. True: there is
 * nothing wrong with it. All of it is applied, or nothing.
 */
export const importFile = async (ports: Ports, path: string, terminal: Console): Promise<boolean> => {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) {
    terminal.say(`${path}: ${found === null ? 'there is no such file' : 'this is not a file'}.`);
    return false;
  }
  const progress = terminal.progress(basename(path), found.size);
  const staged = await stageImport(ports, { fileName: basename(path), personId: null }, () =>
    openRecords(bytesOf(path, progress)),
  ).finally(progress.done);
  if (staged.kind === 'unreadable') {
    terminal.say(`${path}: ${say(words.fileFaults, staged.fault)}`);
    return false;
  }
  const { dryRun } = staged;
  const { id, kind } = dryRun.import;
  const leave = () => ports.inTx((tx) => tx.imports.discard(id), 'long');
  terminal.say(`${path}: ${kind}: ${counted(dryRun)}`);
  if (dryRun.counts.refused > 0) {
    await sayFaults(ports, path, dryRun, terminal.say);
    terminal.say(`${path}: nothing was applied. Correct the rows above and import the file again.`);
    await leave();
    return false;
  }
  if (dryRun.counts.added + dryRun.counts.changed === 0) {
    terminal.say(`${path}: everything is already so; there is nothing to apply.`);
    await leave();
    return true;
  }
  if (dryRun.namesakes > 0) terminal.say(`${path}: ${words.namesakes(dryRun.namesakes)}`);
  const yes = await terminal.confirm();
  if (yes !== true) {
    terminal.say(`${path}: nothing was applied.${yes === null ? ' Add --apply to apply it.' : ''}`);
    await leave();
    return true;
  }
  const outcome = await applyAsOperator(ports, id);
  if (outcome.kind === 'applied') {
    terminal.say(`${path}: applied.`);
    return true;
  }
  // Somebody changed the record between the dry run and now.
  await sayFaults(ports, path, dryRun, terminal.say);
  terminal.say(`${path}: nothing was applied. The record changed meanwhile; import the file again.`);
  await leave();
  return false;
};
