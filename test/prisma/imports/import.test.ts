import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstBreak } from '../../../domain/audit/chain.ts';
import { applyAsOperator, applyImport, discardImport } from '../../../domain/imports/apply-import.ts';
import { tidy } from '../../../prisma/stores/tidy.ts';
import { customerLines } from '../../support/customer-lines.ts';
import { applied, csv, dryRun, refusals, stage } from '../../support/import-text.ts';
import { recordOf } from '../../support/record.ts';
import { DAY, ENGINES, ROBIN, SAM } from '../../support/world.ts';
import { openRecord, type Record } from '../record.ts';

const HEAD = 'name,identifierType,identifierValue,seats,reference';
const file = (...rows: readonly string[]) => csv(HEAD, ...rows);

describe.each(ENGINES)('an import on %s', (engine) => {
  let record: Record;
  beforeAll(async () => {
    record = await openRecord(engine);
  });
  afterAll(() => record?.close());

  const command = () => ({ id: record.ports.random.id(), verb: 'import.apply' });
  const without = async (tables: RegExp) => (await recordOf(record)).filter((row) => !tables.test(row));

  test('a dry run changes nothing but the waiting room', async () => {
    const before = await without(/^Import/);
    const { counts } = await dryRun(record.ports, file('Dry,tpid,700000001,5,'));
    expect(counts).toEqual({ added: 1, changed: 0, same: 0, refused: 0 });
    expect(await without(/^Import/)).toEqual(before);
  });

  test('one bad row keeps all the others out', async () => {
    const before = await without(/^(Import|HandledCommand)/);
    const read = await dryRun(record.ports, file('Good,tpid,700000002,5,', 'Bad,tpid,700000003,many,'));
    expect(refusals(read)).toEqual(['3 seats number.invalid']);
    expect(await applyAsOperator(record.ports, read.import.id)).toMatchObject({ kind: 'refused' });
    expect(await without(/^(Import|HandledCommand)/)).toEqual(before);
  });

  test('what goes wrong half-way undoes all of it', async () => {
    const { import: batch } = await dryRun(record.ports, file('Half,tpid,700000004,5,'));
    const before = await recordOf(record);
    const { ports } = record;
    const failing = {
      ...ports,
      inTx: ((work, takes) =>
        ports.inTx(
          (tx) =>
            work({
              ...tx,
              imports: {
                ...tx.imports,
                write: async (...rows) => {
                  await tx.imports.write(...rows);
                  throw new Error('the machine stumbled');
                },
              },
            }),
          takes,
        )) satisfies typeof ports.inTx,
    };
    await expect(applyAsOperator(failing, batch.id)).rejects.toThrow('the machine stumbled');
    expect(await recordOf(record)).toEqual(before);
  });

  test('the same file a second time finds everything as it is', async () => {
    const twice = file('Twice,tpid,700000005,5,', 'Twice,tpid,700000006,6,');
    expect(await applied(record.ports, twice)).toMatchObject({ added: 2 });
    const before = await without(/^(Import|AuditEvent)/);
    expect(await applied(record.ports, twice)).toEqual({ added: 0, changed: 0, same: 2, refused: 0 });
    expect(await without(/^(Import|AuditEvent)/)).toEqual(before);
  });

  test('applying the same import twice answers what the first time reached', async () => {
    const { import: batch } = await dryRun(record.ports, file('Again,tpid,700000007,5,'));
    const first = await applyAsOperator(record.ports, batch.id);
    expect(first).toMatchObject({ kind: 'applied', counts: { added: 1 } });
    expect(await applyAsOperator(record.ports, batch.id)).toEqual(first);
  });

  test('R33: what was applied, by whom and from which file, is history that holds', async () => {
    const { ports } = record;
    const robin = await record.actor(ROBIN);
    const read = await stage(ports, file('Audited,tpid,700000008,5,'), robin.personId);
    if (read.kind !== 'staged') throw new Error(read.fault.code);
    const { id } = read.dryRun.import;
    await applyImport(ports, robin, command(), id);
    const events = await ports.reads.audit.list(`import:${id}`);
    expect(events).toMatchObject([
      {
        actor: `person:${robin.personId}`,
        what: 'applied',
        facts: { kind: 'customers', file: 'test.csv', added: 1, changed: 0, same: 0, refused: 0 },
      },
    ]);
    expect(firstBreak(ports.sha256, events)).toBeNull();
  });

  test('R2: nobody but the program admin who sent it applies or discards it', async () => {
    const { ports } = record;
    const [robin, sam] = [await record.actor(ROBIN), await record.actor(SAM)];
    const read = await stage(ports, file('Guarded,tpid,700000009,5,'), robin.personId);
    if (read.kind !== 'staged') throw new Error(read.fault.code);
    const { id } = read.dryRun.import;
    const admin = { ...sam, roles: [{ role: 'programAdmin' as const, scope: '*' }] };
    for (const stranger of [sam, admin, { ...robin, roles: [] }]) {
      expect(await applyImport(ports, stranger, command(), id)).toEqual({ kind: 'notYours' });
      expect(await discardImport(ports, stranger, id)).toEqual({ kind: 'notYours' });
    }
    expect(await applyAsOperator(ports, id)).toEqual({ kind: 'notYours' });
    expect(await discardImport(ports, robin, id)).toEqual({ kind: 'discarded' });
    expect(await applyImport(ports, robin, command(), id)).toEqual({ kind: 'gone' });
  });

  test('rows that fitted when they were read, and do not any more, are refused when they are applied', async () => {
    const { ports } = record;
    const late = await dryRun(ports, file('Late,tpid,700000010,5,L', 'Late,tpid,700000011,5,L'));
    await applied(ports, file('One,tpid,700000010,5,'));
    await applied(ports, file('Two,tpid,700000011,5,'));
    expect(await applyAsOperator(ports, late.import.id)).toMatchObject({ kind: 'refused' });
    expect(await ports.reads.imports.listFaults(late.import.id, 0, 10)).toMatchObject([
      { line: 3, faults: [{ code: 'customer.two', customer: 'Two', other: 'One', line: 2 }] },
    ]);
  });

  test('a key that stands there twice is refused by the line of the second', async () => {
    const read = await dryRun(
      record.ports,
      file('A,tpid,700000012,5,', 'B,tpid,700000013,5,', 'A,TPID,700 000 012,5,'),
    );
    expect(refusals(read)).toEqual(['4 identifierValue duplicate']);
    expect(read.firstFaults[0]?.faults[0]).toMatchObject({ line: 2 });
  });

  test.each([
    ['', 'file.empty'],
    [`${HEAD}\n`, 'file.noRows'],
    ['[]', 'file.noRows'],
    ['name,seats\nx,1\n', 'kind.unknown'],
    ['[{"name": "x"}]', 'kind.unknown'],
    ['name,identifierValue\nx,1\n', 'columns.missing'],
    [`${HEAD},shoeSize\nx,tpid,123456,1,,44\n`, 'columns.unknown'],
    [`${HEAD}\nx,tpid,700000014,1,\n"y,tpid,1,1,\n`, 'csv.quote'],
    ['{"name": "x"}', 'json.notArray'],
    ['[{"name": "x", "identifierType": "tpid", "identifierValue": "700000015"}', 'json.truncated'],
  ])('%.50j leaves nothing behind', async (content, code) => {
    const before = await recordOf(record);
    expect(await stage(record.ports, content)).toMatchObject({ kind: 'unreadable', fault: { code } });
    expect(await recordOf(record)).toEqual(before);
  });

  test('R33: what it changed, and what stood there before, is kept with it for two years', async () => {
    const { clock, database, ports } = record;
    await applied(ports, file('Before,tpid,700000040,5,'));
    const { import: batch } = await dryRun(ports, file('After,tpid,700000040,6,'));
    await applyAsOperator(ports, batch.id);
    const at = (days: number) => new Date(clock.now().getTime() + days * DAY);
    await tidy(database.prisma, at(700));
    const rows = await database.prisma.importRow.findMany({ where: { importId: batch.id } });
    expect(rows).toMatchObject([
      {
        data: { name: 'After', facts: { seats: 6 } },
        before: { name: 'Before', facts: { seats: 5 }, source: 'imported' },
      },
    ]);
  });

  test('is gone after a day, unless it was applied', async () => {
    const { clock, database, ports } = record;
    const waiting = await dryRun(ports, file('Old,tpid,700000016,5,'));
    const done = await dryRun(ports, file('Done,tpid,700000017,5,'));
    const outcome = await applyAsOperator(ports, done.import.id);
    const at = (days: number) => new Date(clock.now().getTime() + days * DAY);

    await tidy(database.prisma, at(0.9));
    expect(await ports.reads.imports.find(waiting.import.id)).not.toBeNull();
    await tidy(database.prisma, at(1.1));

    expect(await applyAsOperator(ports, waiting.import.id)).toEqual({ kind: 'gone' });
    expect(await applyAsOperator(ports, done.import.id)).toEqual(outcome);
    const left = await database.prisma.importRow.findMany({ select: { import: { select: { state: true } } } });
    expect(new Set(left.map((row) => row.import.state))).toEqual(new Set(['applied']));
    await tidy(database.prisma, at(733));
    expect(await database.prisma.importRow.count()).toBe(0);
  });

  const rows = engine === 'pglite' ? 10_000 : 100_000;

  test(`one bad row among ${rows.toLocaleString('en')} is found by its line, and nothing is applied`, async () => {
    const bad = Math.round(rows * 0.77);
    const lines = customerLines(rows, (line) =>
      line === bad ? `Bad,tpid,${20_000_000 + line},NL,many,smb,no,x,` : undefined,
    );
    const { import: batch, counts, firstFaults } = await dryRun(record.ports, lines);
    expect(counts).toEqual({ added: rows - 1, changed: 0, same: 0, refused: 1 });
    expect(firstFaults).toMatchObject([
      { line: bad, faults: [{ field: 'seats', given: 'many', code: 'number.invalid' }] },
    ]);
    expect(await applyAsOperator(record.ports, batch.id)).toMatchObject({ kind: 'refused' });
    expect(await record.database.prisma.identifier.count({ where: { type: 'tpid', value: '10000001' } })).toBe(0);
  });
});

describe('two imports at once on postgresql', () => {
  let record: Record;
  beforeAll(async () => {
    record = await openRecord('postgresql');
  });
  afterAll(() => record?.close());

  test('come one after the other: the second finds what the first left', async () => {
    const { ports } = record;
    const content = [...customerLines(2_000)];
    const [one, two] = await Promise.all([dryRun(ports, content), dryRun(ports, content)]);
    expect([one.counts.added, two.counts.added]).toEqual([2_000, 2_000]);
    const outcomes = await Promise.all([one, two].map((read) => applyAsOperator(ports, read.import.id)));
    expect(outcomes.map((outcome) => outcome.kind === 'applied' && outcome.counts)).toEqual(
      expect.arrayContaining([
        { added: 2_000, changed: 0, same: 0, refused: 0 },
        { added: 0, changed: 0, same: 2_000, refused: 0 },
      ]),
    );
    expect(await record.database.prisma.customer.count({ where: { name: { startsWith: 'Company ' } } })).toBe(2_000);
  });

  test('of the same press count once', async () => {
    const { ports } = record;
    const robin = await record.actor(ROBIN);
    const read = await stage(ports, file('Pressed,tpid,700000020,5,'), robin.personId);
    if (read.kind !== 'staged') throw new Error(read.fault.code);
    const { id } = read.dryRun.import;
    const command = { id: ports.random.id(), verb: 'import.apply' };
    const outcomes = await Promise.all([1, 2, 3].map(() => applyImport(ports, robin, command, id)));
    const once = { kind: 'applied', import: id, counts: { added: 1, changed: 0, same: 0, refused: 0 } };
    expect(outcomes).toEqual([once, once, once]);
    expect(await ports.reads.audit.list(`import:${id}`)).toHaveLength(1);
  });

  test('one that is given up while it is applied is applied, whole, and who gave it up is told', async () => {
    const { ports } = record;
    const robin = await record.actor(ROBIN);
    const read = await stage(
      ports,
      customerLines(5_000, (line) => `Given up,tpid,${80_000_000 + line},NL,5,smb,no,x,`),
      robin.personId,
    );
    if (read.kind !== 'staged') throw new Error(read.fault.code);
    const { id } = read.dryRun.import;
    let begun = () => {};
    const writing = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const slow = {
      ...ports,
      inTx: ((work, takes) =>
        ports.inTx(
          (tx) =>
            work({
              ...tx,
              imports: {
                ...tx.imports,
                judge: async (batch) => {
                  await tx.imports.judge(batch);
                  begun();
                },
              },
            }),
          takes,
        )) satisfies typeof ports.inTx,
    };
    const applying = applyImport(slow, robin, { id: ports.random.id(), verb: 'import.apply' }, id);
    await writing;
    const [outcome, given] = await Promise.all([
      applying,
      discardImport(ports, robin, id),
      tidy(record.database.prisma, new Date('2027-01-01')),
    ]);
    expect(outcome).toMatchObject({ kind: 'applied', counts: { added: 5_000 } });
    expect(given).toMatchObject({ kind: 'applied', counts: { added: 5_000 } });
    const where = { type: 'tpid', value: { startsWith: '8000' } };
    expect(await record.database.prisma.identifier.count({ where })).toBe(5_000);
    expect(await ports.reads.audit.list(`import:${id}`)).toHaveLength(1);
  });

  test('a partner who names a newcomer while an import brings it ends up with the same customer', async () => {
    const { ports, clock } = record;
    const newcomers = Array.from({ length: 20 }, (_, index) => `70000003${String(index).padStart(2, '0')}`);
    const read = await dryRun(
      ports,
      csv('name,identifierType,identifierValue', ...newcomers.map((tpid) => `Both ${tpid},tpid,${tpid}`)),
    );
    const [outcome, ...kept] = await Promise.all([
      applyAsOperator(ports, read.import.id),
      ...newcomers.map((value) =>
        ports.inTx((tx) => tx.customers.keep(null, `Both ${value}`, [{ type: 'tpid', value }], clock.now())),
      ),
    ]);
    expect(outcome.kind).toBe('applied');
    for (const [index, value] of newcomers.entries()) {
      const known = await ports.reads.customers.findIdentifier({ type: 'tpid', value });
      expect(known?.customerId).toBe(kept[index]);
    }
    expect(await record.database.prisma.customer.count({ where: { name: { startsWith: 'Both ' } } })).toBe(20);
  });
});
