import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { serverDatabase } from '../support/world.ts';

let database: Database;
let client: pg.Client;
beforeAll(async () => {
  const url = await serverDatabase();
  client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET timezone TO 'Asia/Tokyo'`);
  database = await openDatabase({ url });
});
afterAll(async () => {
  await client?.end();
  await database?.close();
});

test('R17: on a server whose clock is set to another zone, moments are kept and compared as they are, and days are those of UTC', async () => {
  const { prisma } = database;
  const at = new Date('2026-11-29T23:59:59.999Z');
  const id = randomUUID();
  await prisma.customer.create({ data: { id, name: 'Monday', createdAt: at } });
  const kept = await client.query(`SELECT extract(epoch FROM "createdAt") * 1000 AS ms FROM "Customer"`);
  expect(Number(kept.rows[0].ms)).toBe(at.getTime());
  const [row] = await prisma.$queryRaw<{ week: string; after: boolean; createdAt: Date }[]>`
    SELECT to_char(date_trunc('week', "createdAt" AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week,
           "createdAt" > ${new Date(at.getTime() - 1)} AS after, "createdAt" FROM "Customer" WHERE "id" = ${id}::uuid`;
  expect(row).toEqual({ week: '2026-11-23', after: true, createdAt: at });
});
