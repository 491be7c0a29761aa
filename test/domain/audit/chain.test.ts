import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AuditEvent, type AuditStore, audit, firstBreak } from '../../../domain/audit/chain.ts';
import type { Tx } from '../../../domain/ports.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

/** A history kept in an array: what the port asks for, and no more. */
const keptIn = (events: AuditEvent[]): AuditStore => ({
  findLast: async (chain) => events.findLast((event) => event.chain === chain) ?? null,
  listLast: async (chains) =>
    new Map(
      chains.flatMap((chain) => {
        const last = events.findLast((event) => event.chain === chain);
        return last === undefined ? [] : [[chain, last]];
      }),
    ),
  list: async (chain) => events.filter((event) => event.chain === chain),
  append: async (more) => {
    events.push(...more);
  },
});

type Entry = Pick<AuditEvent, 'what' | 'facts' | 'actor' | 'at'>;

const anyEntry: fc.Arbitrary<Entry> = fc.record({
  what: fc.constantFrom('added', 'sendConsent', 'acceptConsent', 'cancel'),
  actor: fc.constantFrom('person:1', 'person:2', 'customer', 'clock'),
  at: fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
  facts: fc.dictionary(
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 })),
    { maxKeys: 4, noNullPrototype: true },
  ),
});

const written = async (entries: readonly Entry[]): Promise<AuditEvent[]> => {
  const events: AuditEvent[] = [];
  const tx = { audit: keptIn(events) } as Pick<Tx, 'audit'> as Tx;
  for (const entry of entries) await audit(tx, sha256, { chain: 'claim:1000000', ...entry });
  return events;
};

/** Entries that differ, so that swapping or repeating them is a change. */
const history = (least: number) =>
  fc
    .array(anyEntry, { minLength: least, maxLength: 8 })
    .map((entries) => entries.map((entry, index) => ({ ...entry, facts: { ...entry.facts, index } })));

const at = (index: number, length: number) => index % length;

describe('R33: a history that was only ever added to holds', () => {
  test('however long it is', async () => {
    await fc.assert(
      fc.asyncProperty(history(0), async (entries) => {
        const events = await written(entries);
        expect(events.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
        expect(firstBreak(sha256, events)).toBeNull();
      }),
    );
  });

  test('in whatever order the database gives the names of facts back', async () => {
    await fc.assert(
      fc.asyncProperty(history(1), async (entries) => {
        const events = await written(entries);
        const reordered = events.map((event) => ({
          ...event,
          facts: Object.fromEntries(Object.entries(event.facts).reverse()),
        }));
        expect(firstBreak(sha256, reordered)).toBeNull();
      }),
    );
  });
});

describe('R33: tampering is found, and where', () => {
  const changes: readonly [string, (event: AuditEvent) => AuditEvent][] = [
    ['a fact', (event) => ({ ...event, facts: { ...event.facts, index: -1 } })],
    ['a fact that was added', (event) => ({ ...event, facts: { ...event.facts, 'not there before': true } })],
    [
      'a fact that was left out',
      (event) => ({
        ...event,
        facts: Object.fromEntries(Object.entries(event.facts).filter(([name]) => name !== 'index')),
      }),
    ],
    ['the type of a fact', (event) => ({ ...event, facts: { ...event.facts, index: String(event.facts.index) } })],
    ['who did it', (event) => ({ ...event, actor: 'person:3' })],
    ['what was done', (event) => ({ ...event, what: 'approve' })],
    ['when, by a millisecond', (event) => ({ ...event, at: new Date(event.at.getTime() + 1) })],
    ['whose history it is', (event) => ({ ...event, chain: 'claim:1000001' })],
    ['the hash', (event) => ({ ...event, hash: sha256('something else') })],
    ['the hash before', (event) => ({ ...event, previous: sha256('something else') })],
  ];

  test.each(changes)('changed: %s', async (_, change) => {
    await fc.assert(
      fc.asyncProperty(history(1), fc.nat(), async (entries, pick) => {
        const events = await written(entries);
        const index = at(pick, events.length);
        const tampered = events.map((event, i) => (i === index ? change(event) : event));
        expect(firstBreak(sha256, tampered)).toBe(index + 1);
      }),
    );
  });

  test('rewritten: an event before the last, with the hash that belongs to it', async () => {
    await fc.assert(
      fc.asyncProperty(history(2), anyEntry, fc.nat(), async (entries, other, pick) => {
        const events = await written(entries);
        const index = at(pick, events.length - 1);
        const rewritten = await written([...entries.slice(0, index), { ...other, facts: { rewritten: true } }]);
        expect(firstBreak(sha256, [...rewritten, ...events.slice(index + 1)])).toBe(index + 2);
      }),
    );
  });

  test('removed: an event before the last', async () => {
    await fc.assert(
      fc.asyncProperty(history(2), fc.nat(), async (entries, pick) => {
        const events = await written(entries);
        const index = at(pick, events.length - 1);
        expect(firstBreak(sha256, events.toSpliced(index, 1))).toBe(index + 2);
      }),
    );
  });

  test('removed, and those after it numbered anew', async () => {
    await fc.assert(
      fc.asyncProperty(history(2), fc.nat(), async (entries, pick) => {
        const events = await written(entries);
        const index = at(pick, events.length - 1);
        const renumbered = events.toSpliced(index, 1).map((event, i) => ({ ...event, sequence: i + 1 }));
        expect(firstBreak(sha256, renumbered)).toBe(index + 1);
      }),
    );
  });

  test('swapped: two events, with or without their numbers', async () => {
    await fc.assert(
      fc.asyncProperty(history(2), fc.nat(), async (entries, pick) => {
        const events = await written(entries);
        const index = at(pick, events.length - 1);
        const [one, other] = events.slice(index, index + 2) as [AuditEvent, AuditEvent];
        expect(firstBreak(sha256, events.toSpliced(index, 2, other, one))).toBe(other.sequence);
        const renumbered = events.toSpliced(index, 2, other, one).map((event, i) => ({ ...event, sequence: i + 1 }));
        expect(firstBreak(sha256, renumbered)).toBe(index + 1);
      }),
    );
  });

  test('inserted: an event that carries the right number and the right hash before', async () => {
    await fc.assert(
      fc.asyncProperty(history(1), anyEntry, fc.nat(), async (entries, extra, pick) => {
        const events = await written(entries);
        const index = at(pick, events.length);
        // Written as the product would write it, in the middle of what was there.
        const forged = events.slice(0, index);
        const tx = { audit: keptIn(forged) } as Pick<Tx, 'audit'> as Tx;
        await audit(tx, sha256, { chain: 'claim:1000000', ...extra, facts: { forged: true } });
        const rest = events.slice(index).map((event) => ({ ...event, sequence: event.sequence + 1 }));
        expect(firstBreak(sha256, [...forged, ...rest])).toBe(index + 2);
      }),
    );
  });

  test('repeated: an event that was copied', async () => {
    const events = await written([
      { what: 'added', actor: 'person:1', at: new Date('2026-11-23'), facts: {} },
      { what: 'cancel', actor: 'person:1', at: new Date('2026-11-24'), facts: {} },
    ]);
    expect(firstBreak(sha256, [...events, ...events.slice(-1)])).toBe(2);
  });
});
