import { textFor } from '../../cards/format.ts';
import { appliedCard, dryRunCard, readingCard, unreadableCard } from '../../cards/imports/import.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { applyImport, discardImport, mayImport } from '../../domain/imports/apply-import.ts';
import type { Import } from '../../domain/imports/import.ts';
import { dryRunOf, stageImport } from '../../domain/imports/stage-import.ts';
import { oneLine } from '../../domain/typed.ts';
import type { FetchFile } from '../imports/download.ts';
import { openRecords } from '../imports/records.ts';
import { forGood, personalOnly, type Reply, said, type Turn } from './turn.ts';

/** A file that came with a message: its name, and where Teams keeps it. */
export type SentFile = { readonly name: string; readonly url: string };

const wordsOf = ({ reader }: Turn) => textFor(reader.language).imports;

/** How to import, for whoever asks. */
export const howToImport = async (turn: Turn): Promise<Reply> =>
  said(turn.reader, mayImport(turn.actor) ? wordsOf(turn).how : wordsOf(turn).notAdmin);

const dryRunReply = async (turn: Turn, batch: Import, moved = false): Promise<Reply> => ({
  card: dryRunCard(turn.reader, await dryRunOf(turn.ports, batch), turn.ports.random.id(), moved),
  summary: wordsOf(turn).dryRun.title,
});

const readFile = async (turn: Turn, { name, url }: SentFile, fetchFile: FetchFile): Promise<Reply> => {
  const source = { fileName: name, personId: turn.actor.personId };
  const staged = await stageImport(turn.ports, source, () => openRecords(fetchFile(url)));
  if (staged.kind === 'staged') return dryRunReply(turn, staged.dryRun.import);
  return { card: unreadableCard(turn.reader, oneLine(name), staged.fault), summary: wordsOf(turn).unreadable };
};

/** Files were sent. Reading one may take a while, so the answer to the message comes first. */
export const onFiles = async (turn: Turn, files: readonly SentFile[], fetchFile: FetchFile): Promise<Reply> => {
  if (!turn.personal) return personalOnly(turn);
  if (!mayImport(turn.actor)) return said(turn.reader, wordsOf(turn).notAdmin);
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return said(turn.reader, wordsOf(turn).oneAtATime);
  return {
    card: readingCard(turn.reader, oneLine(file.name)),
    summary: wordsOf(turn).reading.title,
    later: () => readFile(turn, file, fetchFile),
  };
};

export const applyFile = async (turn: Turn, data: VerbData<'import.apply'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'import.apply' };
  const outcome = await applyImport(turn.ports, turn.actor, command, data.import);
  if (outcome.kind === 'notYours') return said(turn.reader, wordsOf(turn).notAdmin);
  const batch = await turn.ports.reads.imports.find(data.import);
  if (outcome.kind === 'gone' || batch === null) return forGood(said(turn.reader, wordsOf(turn).gone));
  if (outcome.kind === 'refused') return forGood(await dryRunReply(turn, batch, true));
  const card = appliedCard(turn.reader, batch, outcome.counts);
  return forGood({ card, summary: wordsOf(turn).applied.title });
};

export const discardFile = async (turn: Turn, data: VerbData<'import.discard'>): Promise<Reply> => {
  const outcome = await discardImport(turn.ports, turn.actor, data.import);
  if (outcome.kind === 'notYours') return said(turn.reader, wordsOf(turn).notAdmin);
  if (outcome.kind === 'discarded') return forGood(said(turn.reader, wordsOf(turn).discarded));
  const { batch, counts } = outcome;
  const card = appliedCard(turn.reader, batch, counts, wordsOf(turn).tooLate);
  return forGood({ card, summary: wordsOf(turn).applied.title });
};
