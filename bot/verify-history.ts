import { firstBreak } from '../domain/audit/chain.ts';
import { onRecord } from '../prisma/database.ts';
import { auditStore, listChains } from '../prisma/stores/records.ts';
import { readConfig } from './config.ts';
import { program } from './program.ts';
import { sha256 } from './random.ts';

/** `npm run verify-history`: checks every claim's history against its hashes (R33). Ends with status 1 on a break. */
await program(() =>
  onRecord(readConfig(), async ({ prisma }) => {
    const store = auditStore(prisma);
    const chains = await listChains(prisma);
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
    if (broken > 0) process.exitCode = 1;
    return null;
  }),
);
