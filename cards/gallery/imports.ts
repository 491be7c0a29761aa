import type { Fault, FileFault } from '../../domain/imports/faults.ts';
import { type Counts, type DryRun, IMPORT_KINDS, type Import } from '../../domain/imports/import.ts';
import { KINDS } from '../../domain/imports/kinds.ts';
import type { Language } from '../../domain/people/actor.ts';
import { textFor } from '../format.ts';
import { appliedCard, dryRunCard, readingCard, unreadableCard } from '../imports/import.ts';
import { saidCard } from '../people/said.ts';
import { HOSTILE, HOSTILES, id, type Pose, readerIn, UNTRUSTED } from './sample.ts';

const FILE = 'proseware-customers.csv';
/** Columns, and a day as a file writes it: the file's own words, in every language. Common words would be found anywhere. */
const IN_FILES = [
  ...Object.values(KINDS)
    .flatMap(({ columns }) => [...columns.required, ...columns.optional])
    .filter((name) => /[A-Z]/.test(name)),
  'tenantId',
  'ALLOWED_TENANTS',
  '2026-11-23',
];

const MOST = { given: HOSTILE.markdown, field: 'customerIdentifier' };

/** Every fault of a row, once. A new one asks for its own here. */
const FAULTS: { readonly [C in Fault['code']]: Fault & { readonly code: C } } = {
  'text.missing': { ...MOST, given: null, code: 'text.missing' },
  'text.tooLong': { ...MOST, code: 'text.tooLong', most: 200, typed: 1_204 },
  'choice.invalid': { ...MOST, code: 'choice.invalid', allowed: ['open', 'won', 'lost'] },
  'number.invalid': { ...MOST, code: 'number.invalid' },
  'flag.invalid': { ...MOST, code: 'flag.invalid' },
  'country.invalid': { ...MOST, code: 'country.invalid' },
  'date.invalid': { ...MOST, code: 'date.invalid' },
  'json.invalid': { ...MOST, code: 'json.invalid' },
  'partnerId.invalid': { ...MOST, code: 'partnerId.invalid' },
  'value.invalid': { ...MOST, code: 'value.invalid' },
  'cell.nested': { ...MOST, given: null, code: 'cell.nested' },
  'domain.url': { ...MOST, code: 'domain.url', suggestion: 'proseware.example' },
  'domain.email': { ...MOST, code: 'domain.email', suggestion: null },
  'domain.invalid': { ...MOST, code: 'domain.invalid' },
  'domain.isGuid': { ...MOST, code: 'domain.isGuid' },
  'domain.isNumber': { ...MOST, code: 'domain.isNumber' },
  'domain.publicMail': { ...MOST, code: 'domain.publicMail' },
  'domain.sharedParent': { ...MOST, code: 'domain.sharedParent' },
  'domain.facts': { ...MOST, code: 'domain.facts' },
  'guid.invalid': { ...MOST, code: 'guid.invalid' },
  'tenantId.consumer': { ...MOST, code: 'tenantId.consumer' },
  'tpid.invalid': { ...MOST, code: 'tpid.invalid' },
  'tpid.negative': { ...MOST, code: 'tpid.negative' },
  'msx.invalid': { ...MOST, code: 'msx.invalid' },
  'msx.elsewhere': { ...MOST, code: 'msx.elsewhere' },
  'money.invalid': { ...MOST, code: 'money.invalid' },
  'money.notPositive': { ...MOST, code: 'money.notPositive' },
  'money.tooLarge': { ...MOST, code: 'money.tooLarge' },
  'engagement.identifierTypes': { ...MOST, code: 'engagement.identifierTypes' },
  'engagement.payment': { ...MOST, code: 'engagement.payment' },
  'engagement.evidence': { ...MOST, code: 'engagement.evidence' },
  'engagement.hours': { ...MOST, code: 'engagement.hours' },
  'engagement.dates': { ...MOST, code: 'engagement.dates' },
  'engagement.window': { ...MOST, code: 'engagement.window' },
  'key.twice': { ...MOST, code: 'key.twice' },
  'key.unknown': { field: HOSTILE.template, given: null, code: 'key.unknown' },
  duplicate: { ...MOST, code: 'duplicate', line: 2 },
  'name.differs': { ...MOST, code: 'name.differs', line: 2, other: HOSTILE.rightToLeft },
  'customer.two': { ...MOST, code: 'customer.two', line: 2, customer: HOSTILE.mention, other: HOSTILE.unbroken },
  'identifier.unknown': { ...MOST, code: 'identifier.unknown' },
  'organisation.unknown': { ...MOST, code: 'organisation.unknown' },
  'location.moved': { ...MOST, code: 'location.moved' },
  'customer.known': { ...MOST, code: 'customer.known' },
  'version.old': { ...MOST, code: 'version.old', newest: 9 },
  'payment.changed': { ...MOST, code: 'payment.changed' },
  'version.differs': { ...MOST, code: 'version.differs' },
  'row.cells': { field: null, given: null, code: 'row.cells', needed: 9, found: 8 },
  'row.notObject': { field: null, given: HOSTILE.list, code: 'row.notObject' },
};

const COLUMNS = [HOSTILE.markdown, HOSTILE.unbroken];

/** Everything that a whole file is refused for. */
const FILE_FAULTS: { readonly [C in FileFault['code']]: FileFault & { readonly code: C } } = {
  'file.empty': { code: 'file.empty' },
  'file.noRows': { code: 'file.noRows' },
  'file.workbook': { code: 'file.workbook' },
  'file.tooLarge': { code: 'file.tooLarge' },
  'file.unreachable': { code: 'file.unreachable' },
  'file.refused': { code: 'file.refused' },
  'encoding.unknown': { code: 'encoding.unknown', line: 1_204 },
  'encoding.utf16': { code: 'encoding.utf16' },
  'kind.unknown': { code: 'kind.unknown' },
  'columns.missing': { code: 'columns.missing', columns: ['identifierType', 'identifierValue'] },
  'columns.unknown': { code: 'columns.unknown', columns: COLUMNS },
  'columns.twice': { code: 'columns.twice', columns: COLUMNS },
  'file.tooManyRows': { code: 'file.tooManyRows', most: 1_000_000 },
  'csv.quote': { code: 'csv.quote', line: 17 },
  'json.notArray': { code: 'json.notArray' },
  'json.truncated': { code: 'json.truncated' },
  'json.trailing': { code: 'json.trailing' },
  'json.malformed': { code: 'json.malformed', element: 1_204 },
  'json.tooLarge': { code: 'json.tooLarge', element: 1 },
};

const batchOf = (over: Partial<Import> = {}): Import => ({
  id: id(71),
  kind: 'customers',
  fileName: FILE,
  personId: id(11),
  state: 'staged',
  ...over,
});

const COUNTS: Counts = { added: 99_998, changed: 1, same: 1, refused: 0 };

const dryRunOf = (over: Partial<Counts>, faults: readonly Fault[] = [], batch = batchOf()): DryRun => ({
  import: batch,
  counts: { ...COUNTS, ...over },
  namesakes: 0,
  firstFaults: faults.map((fault, index) => ({ line: 2 + index, faults: [fault] })),
});

/** Files that program admins send, from the first word to the last. */
export const importPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const { imports: words } = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({
    name,
    card,
    untrusted: [...UNTRUSTED, FILE, ...IN_FILES],
  });
  const faults: readonly Fault[] = Object.values(FAULTS);
  const tens = Array.from({ length: Math.ceil(faults.length / 10) }, (_, ten) => faults.slice(ten * 10, ten * 10 + 10));
  return [
    ...Object.entries({ how: words.how, 'no admin': words.notAdmin, 'one at a time': words.oneAtATime }).map(
      ([name, said]) => pose(`import ${name}`, saidCard(reader, said)),
    ),
    pose('import reading', readingCard(reader, FILE)),
    ...HOSTILES.map((hostile) => pose(`import reading ${hostile}`, readingCard(reader, HOSTILE[hostile]))),
    ...IMPORT_KINDS.map((kind) =>
      pose(`import of ${kind}`, dryRunCard(reader, dryRunOf({}, [], batchOf({ kind })), id(72))),
    ),
    ...[1, 12].map((namesakes) =>
      pose(`import of ${namesakes} namesakes`, dryRunCard(reader, { ...dryRunOf({}), namesakes }, id(72))),
    ),
    pose('import of nothing new', dryRunCard(reader, dryRunOf({ added: 0, changed: 0 }), id(72))),
    pose('import one bad row', dryRunCard(reader, dryRunOf({ refused: 1 }, faults.slice(0, 1)), id(72))),
    ...tens.map((ten, index) =>
      pose(`import bad rows ${index + 1}`, dryRunCard(reader, dryRunOf({ refused: 100_000 }, ten), id(72))),
    ),
    pose('import moved', dryRunCard(reader, dryRunOf({ refused: 2 }, faults.slice(-3, -2)), id(72), true)),
    pose('import applied', appliedCard(reader, batchOf({ state: 'applied' }), COUNTS)),
    pose('import too late to discard', appliedCard(reader, batchOf({ state: 'applied' }), COUNTS, words.tooLate)),
    pose('import discarded', saidCard(reader, words.discarded)),
    pose('import gone', saidCard(reader, words.gone)),
    ...Object.values(FILE_FAULTS).map((fault: FileFault) =>
      pose(`import unreadable ${fault.code}`, unreadableCard(reader, FILE, fault)),
    ),
  ];
};
