import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Server } from 'restify';
import { csvFile } from '../../../bot/export-csv.ts';
import { exportRoutes } from '../../../bot/http/export.ts';
import { close, createServer, listen } from '../../../bot/http/server.ts';
import type { Cell } from '../../../domain/exports/columns.ts';
import { findExport } from '../../../domain/exports/fetch-export.ts';
import { offerExport } from '../../../domain/exports/offer-export.ts';
import { BATCH, SHEETS } from '../../../domain/exports/rows.ts';
import { claimScope } from '../../../domain/people/actor.ts';
import type { Ports } from '../../../domain/ports.ts';
import { claimOf, made, openRecord, type Record } from '../../prisma/record.ts';
import { linesIn } from '../../support/export-link.ts';
import { ROBIN, START } from '../../support/world.ts';

const CLAIMS = 20_000;

type Listed = (rows: number) => void;

/** The same ports; each batch of claims is told to `listed`, which may throw instead. */
const watching = (ports: Ports, listed: Listed): Ports => {
  const { exports, ...reads } = ports.reads;
  const listClaims: typeof exports.listClaims = async (...asked) => {
    const batch = await exports.listClaims(...asked);
    listed(batch.length);
    return batch;
  };
  return { ...ports, reads: { ...reads, exports: { ...exports, listClaims } } };
};

describe(`an export of ${CLAIMS.toLocaleString('en')} claims`, () => {
  let record: Record;
  let token: string;
  let total: number;
  let server: Server;
  let url: string;
  let onBatch: Listed = () => {};
  const logged: string[] = [];

  beforeAll(async () => {
    record = await openRecord('postgresql');
    const first = await made(record, await claimOf(record, await record.customer('Many')));
    const { prisma } = record.database;
    await prisma.$executeRaw`
      INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
        "kind", "name", "status", "statusAt", "identifierType", "identifierValue", "market", "createdAt", "dueAt")
      SELECT "organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug", "kind",
             'Claim ' || n, 'CANCELED', "statusAt", "identifierType", 'value ' || n, "market", ${START}::timestamptz, NULL
        FROM "Claim", generate_series(1, ${CLAIMS}::int) n WHERE "number" = ${first}`;
    await prisma.$executeRaw`
      INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email")
      SELECT c."number", side, 'Company', 'Anna', 'anna@company.example'
        FROM "Claim" c, unnest(ARRAY['customer', 'partner']) side ON CONFLICT DO NOTHING`;
    const robin = await record.actor(ROBIN);
    const offer = await offerExport(record.ports, robin, 'claims');
    if (offer.kind !== 'offered') throw new Error('nothing was offered');
    token = offer.token;
    total = offer.rows;
    const log = pino({ level: 'trace' }, { write: (entry: string) => void logged.push(entry) });
    const ports = watching(record.ports, (rows) => onBatch(rows));
    server = createServer(
      exportRoutes(ports, () => true),
      log,
      { local: false, proxyHops: 0 },
    );
    url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  });
  afterAll(async () => {
    if (server !== undefined) await close(server);
    await record?.close();
  });

  test('holds each of them once, in the order of their numbers, read in batches', async () => {
    const batches: number[] = [];
    onBatch = (rows) => batches.push(rows);
    const lines = linesIn(await (await fetch(`${url}/export/${token}`)).text());
    expect(lines).toHaveLength(total);
    expect(total).toBeGreaterThan(CLAIMS);
    const numbers = lines.map(({ number }) => Number(number));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(Math.max(...batches)).toBe(BATCH);
    expect(batches.length).toBe(Math.ceil(total / BATCH) + 1);
  });

  test('is never in memory whole: as slow as its reader is, as few batches are read ahead', async () => {
    let read = 0;
    let written = 0;
    let ahead = 0;
    const { reads } = watching(record.ports, (rows) => {
      read += rows;
      ahead = Math.max(ahead, read - written);
    });
    const scope = claimScope(await record.actor(ROBIN));
    const slow = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        written += chunk.toString('utf8').split('\r\n').length - 1;
        setImmediate(done);
      },
    });
    await pipeline(Readable.from(SHEETS.claims.rows(reads, scope)), csvFile(SHEETS.claims.columns), slow);
    // The header is a line too.
    expect([read, written]).toEqual([total, total + 1]);
    expect(ahead).toBeLessThanOrEqual(3 * BATCH);
  });

  test('stops being read when its reader leaves', async () => {
    const batches: number[] = [];
    const leaving = new AbortController();
    // The reader leaves while the third batch is on its way.
    onBatch = (rows) => {
      batches.push(rows);
      if (batches.length === 3) leaving.abort();
    };
    const left = fetch(`${url}/export/${token}`, { signal: leaving.signal }).then((response) => response.text());
    await expect(left).rejects.toThrow();
    await new Promise<void>((resolve) => server.server.close(() => resolve()));
    expect(batches.length).toBeLessThan(total / BATCH);
    expect(logged).toEqual([]);
    await new Promise<void>((resolve) => server.server.listen(Number(new URL(url).port), '127.0.0.1', () => resolve()));
  });

  test('that breaks off arrives as broken off, not as a shorter file, and its link is in no log', async () => {
    let batches = 0;
    onBatch = () => {
      batches += 1;
      if (batches === 3) throw new Error('the database went away');
    };
    const response = await fetch(`${url}/export/${token}`);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(logged.join()).toContain('the database went away');
    expect(logged.join()).not.toContain(token);
  });

  test('that cannot begin is answered with a page that says so', async () => {
    const broken: Ports = {
      ...record.ports,
      inTx: () => {
        throw new Error('the database is away');
      },
    };
    const log = pino({ level: 'silent' });
    const other = createServer(
      exportRoutes(broken, () => true),
      log,
      { local: false, proxyHops: 0 },
    );
    const port = await listen(other, 0, '127.0.0.1');
    try {
      const response = await fetch(`http://127.0.0.1:${port}/export/${token}`);
      expect(response.status).toBe(500);
      const body = await response.text();
      expect(body).toContain('Something went wrong on our side');
      expect(body).toContain('Er ging bij ons iets mis');
      expect(body).not.toContain('database');
    } finally {
      await close(other);
    }
  });

  test('R1: leads nowhere once the organisation of its person is served no more', async () => {
    expect(await findExport(record.ports, token, () => true)).toMatchObject({ what: 'claims' });
    const { tenantId } = await record.actor(ROBIN);
    expect(await findExport(record.ports, token, (served) => served !== tenantId)).toBeNull();
  });

  test('of customers is read in batches too, a customer’s identifiers together', async () => {
    const sizes: number[] = [];
    const { exports } = record.ports.reads;
    const listCustomers: typeof exports.listCustomers = async (scope, after, take) => {
      // Two customers at a time, so that there are several batches.
      expect(take).toBe(BATCH);
      const batch = await exports.listCustomers(scope, after, 2);
      sizes.push(new Set(batch.map(({ customerId }) => customerId)).size);
      return batch;
    };
    const reads = { ...record.ports.reads, exports: { ...exports, listCustomers } };
    const scope = claimScope(await record.actor(ROBIN));
    const rows: (readonly Cell[])[] = [];
    for await (const row of SHEETS.customers.rows(reads, scope)) rows.push(row);
    expect(rows).toHaveLength(await exports.countCustomers(scope));
    expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
    // Five of the demo and the one with all those identifiers.
    expect(sizes).toEqual([2, 2, 2, 0]);
  });
});
