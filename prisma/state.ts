import type { Database } from './database.ts';

type Counted = { table: string; status: string; count: number };

/** How many rows each table holds, by status where it has one. */
export const countRows = async ({
  prisma,
}: Pick<Database, 'prisma'>): Promise<Record<string, Record<string, number>>> => {
  const rows = await prisma.$queryRaw<Counted[]>`
    SELECT 'claims' AS table, "status", count(*)::int FROM "Claim" GROUP BY 2
    UNION ALL SELECT 'drafts', "status", count(*)::int FROM "Draft" GROUP BY 2
    UNION ALL SELECT 'consentRequests', "state", count(*)::int FROM "ConsentRequest" GROUP BY 2
    UNION ALL SELECT 'referrals', coalesce("coSell", "status"), count(*)::int FROM "Referral" GROUP BY 2
    UNION ALL SELECT 'notices', "state", count(*)::int FROM "Notice" GROUP BY 2
    UNION ALL SELECT 'organisations', "kind", count(*)::int FROM "Organisation" GROUP BY 2
    UNION ALL SELECT 'locations', "enrolment", count(*)::int FROM "Location" GROUP BY 2
    UNION ALL SELECT 'people', 'all', count(*)::int FROM "Person"
    UNION ALL SELECT 'customers', 'all', count(*)::int FROM "Customer"
    UNION ALL SELECT 'identifiers', "type", count(*)::int FROM "Identifier" GROUP BY 2
    UNION ALL SELECT 'engagements', 'all', count(*)::int FROM "EngagementVersion"
    UNION ALL SELECT 'conversations', CASE WHEN "active" THEN 'active' ELSE 'parked' END, count(*)::int FROM "Conversation" GROUP BY 2
    UNION ALL SELECT 'evidence', 'all', count(*)::int FROM "Evidence"
    UNION ALL SELECT 'channelDuties', "duty", count(*)::int FROM "ChannelDuty" GROUP BY 2
    UNION ALL SELECT 'accessRequests', "state", count(*)::int FROM "AccessRequest" GROUP BY 2
    UNION ALL SELECT 'standIns', CASE WHEN "endedAt" IS NULL THEN 'named' ELSE 'ended' END, count(*)::int FROM "StandIn" GROUP BY 2
    UNION ALL SELECT 'handledCommands', 'all', count(*)::int FROM "HandledCommand"
    UNION ALL SELECT 'auditEvents', 'all', count(*)::int FROM "AuditEvent"`;
  const state: Record<string, Record<string, number>> = {};
  for (const { table, status, count } of rows) state[table] = { ...state[table], [status]: count };
  return state;
};
