import type { Fault, FileFault } from '../../domain/imports/faults.ts';
import type { Counts, DryRun, Import } from '../../domain/imports/import.ts';
import {
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  type Element,
  facts,
  heading,
  line,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { textFor } from '../format.ts';
import { say } from '../text/en.ts';

/** Other text than a fault's stands on a card as well, and it has to stay one. */
const MOST_FAULTS_OF_A_ROW = 3;

const help = (reader: Reader): Element => buttons([button('help.show', {}, textFor(reader.language).help.button)]);

const faultLine = (reader: Reader, row: number, fault: Fault): Element => {
  const { imports: words } = textFor(reader.language);
  const given = fault.given === null ? [] : [` “${fault.given}”`];
  const field = fault.field === null ? [] : [bold(fault.field)];
  return line([subtle(`${words.line(row)} · `), ...field, ...given, ` ${say(words.faults, fault)}`], {
    spacing: 'Small',
  });
};

const counted = (reader: Reader, { kind }: Import, { added, changed, same, refused }: Counts): Element[] => {
  const { imports: words } = textFor(reader.language);
  return facts([
    [words.labels.kind, words.kinds[kind]],
    [words.labels.added, words.rows(added)],
    [words.labels.changed, words.rows(changed)],
    [words.labels.same, words.rows(same)],
    refused === 0 ? null : [words.labels.refused, words.rows(refused)],
  ]);
};

/**
 * What a file would change, and the way on. `command`: the id under which Apply acts. `moved`: the rows fitted before,
 * and do not any more.
 */
export const dryRunCard = (reader: Reader, dryRun: DryRun, command: string, moved = false): Card => {
  const { import: batch, counts, firstFaults } = dryRun;
  const { dryRun: words } = textFor(reader.language).imports;
  const more = counts.refused - firstFaults.length;
  const nothingNew = counts.added + counts.changed === 0;
  const verdict =
    counts.refused > 0
      ? box([para(moved ? words.moved : words.refused)], 'attention')
      : nothingNew
        ? box([para(words.same)], 'good')
        : para(words.nothing);
  return card(reader, words.title, [
    heading(words.title),
    line(bold(batch.fileName)),
    ...counted(reader, batch, counts),
    verdict,
    ...(dryRun.namesakes === 0 || counts.refused > 0
      ? []
      : [box([para(textFor(reader.language).imports.namesakes(dryRun.namesakes))], 'warning')]),
    ...firstFaults.flatMap((row) =>
      row.faults.slice(0, MOST_FAULTS_OF_A_ROW).map((fault) => faultLine(reader, row.line, fault)),
    ),
    ...(more > 0 ? [para(words.more(more), { subtle: true })] : []),
    counts.refused > 0 || nothingNew
      ? help(reader)
      : buttons([
          button('import.apply', { import: batch.id, command }, words.apply, { style: 'positive' }),
          button('import.discard', { import: batch.id }, words.discard),
        ]),
  ]);
};

/** What was applied; `note`: why another button than Apply ends here. */
export const appliedCard = (reader: Reader, batch: Import, counts: Counts, note?: string): Card => {
  const { applied: words } = textFor(reader.language).imports;
  return card(reader, words.title, [
    heading(words.title),
    line(bold(batch.fileName)),
    ...counted(reader, batch, counts),
    note === undefined ? para(words.body) : box([para(note)], 'warning'),
    help(reader),
  ]);
};

/** A file is coming in. */
export const readingCard = (reader: Reader, fileName: string): Card => {
  const { reading: words } = textFor(reader.language).imports;
  return card(reader, words.title, [heading(words.title), line(bold(fileName)), para(words.body)]);
};

/** Why nothing could be read out of a file. */
export const unreadableCard = (reader: Reader, fileName: string, fault: FileFault): Card => {
  const { unreadable, fileFaults } = textFor(reader.language).imports;
  return card(reader, unreadable, [
    heading(unreadable),
    line(bold(fileName)),
    // Columns are named by whoever wrote the file.
    line(say(fileFaults, fault)),
    help(reader),
  ]);
};
