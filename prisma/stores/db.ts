import type { PrismaClient } from '../generated/client.ts';

/** The client, or one transaction of it: what every store works with. */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$use' | '$extends'>;
