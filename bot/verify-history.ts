import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { firstBreak } from '../domain/audit/chain.ts';
import { openDatabase } from '../prisma/database.ts';
import { auditStore, listChains } from '../prisma/stores/records.ts';
import { readConfig } from './config.ts';
import { whyNot } from './log.ts';
import { sha256 } from './random.ts';

/** `npm run verify-history`: checks every claim's history against its hashes (R33). Ends with status 1 on a break. */
try {
  const { databaseUrl, dataDir } = readConfig();
  if (databaseUrl === null && !existsSync(join(dataDir, 'pglite'))) throw new Error(`there is no record in ${dataDir}`);
  const database = await openDatabase(databaseUrl === null ? { folder: dataDir } : { url: databaseUrl });
  try {
    const store = auditStore(database.prisma);
    const chains = await listChains(database.prisma);
    let broken = 0;
    for (const chain of chains) {
      const events = await store.list(chain);
      // A claim begins with a line of history: one without any has lost it.
      const at = events.length === 0 ? 1 : firstBreak(sha256, events);
      if (at === null) continue;
      broken += 1;
      console.error(`${chain}: entry ${at} is missing or does not follow from the ones before it`);
    }
    console.log(`${chains.length} histories checked, ${broken} broken`);
    process.exitCode = broken === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(whyNot(error));
  process.exit(1);
}
