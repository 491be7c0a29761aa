import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresGlobals, startPostgres } from './postgres.ts';

/** One real PostgreSQL for the whole run; every test file makes databases of its own on it. */
export default async function globalSetup(): Promise<void> {
  const server = await startPostgres();
  postgresGlobals.put(server);
  process.env.CLAIMDESK_TEST_SERVER = server.adminUrl;
  process.env.CLAIMDESK_TEST_SNAPSHOT = join(tmpdir(), `claimdesk-snapshot-${process.pid}.tar`);
  await rm(process.env.CLAIMDESK_TEST_SNAPSHOT, { force: true });
}
