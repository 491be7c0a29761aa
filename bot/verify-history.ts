import { firstBreak } from '../domain/audit/chain.ts';
import { openDatabase } from '../prisma/database.ts';
import { auditStore, listChains } from '../prisma/stores/records.ts';
import { ConfigError, readConfig } from './config.ts';
import { loggable } from './log.ts';
import { sha256 } from './random.ts';

/** `npm run verify-history`: checks every claim's history against its hashes (R33). Ends with status 1 on a break. */
try {
  const { databaseUrl, dataDir } = readConfig();
  const database = await openDatabase(databaseUrl === null ? { folder: dataDir } : { url: databaseUrl });
  try {
    const store = auditStore(database.prisma);
    const chains = await listChains(database.prisma);
    let broken = 0;
    for (const chain of chains) {
      const at = firstBreak(sha256, await store.list(chain));
      if (at === null) continue;
      broken += 1;
      console.error(`${chain}: entry ${at} does not follow from the ones before it`);
    }
    console.log(`${chains.length} histories checked, ${broken} broken`);
    process.exitCode = broken === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : loggable(error));
  process.exit(1);
}
