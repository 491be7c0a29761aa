import { rm } from 'node:fs/promises';
import { postgresGlobals } from './postgres.ts';

export default async function globalTeardown(): Promise<void> {
  await postgresGlobals.get()?.stop();
  if (process.env.CLAIMDESK_TEST_SNAPSHOT) await rm(process.env.CLAIMDESK_TEST_SNAPSHOT, { force: true });
}
