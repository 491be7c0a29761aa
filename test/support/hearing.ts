import { Temporal } from 'temporal-polyfill';
import type { Channel, Person, SeenCard } from './person.ts';
import type { World } from './world.ts';

/** What was said in a channel or a chat since this was last asked: cards, oldest first. What was edited alone is left out. */
export const heardBy = (world: World, { conversationId }: Pick<Person, 'conversationId'>): readonly SeenCard[] =>
  world.connector.takePosts(conversationId).flatMap(({ activity, history }) => {
    const card = activity.attachments?.[0]?.content as SeenCard | undefined;
    return card === undefined || history.length > 0 ? [] : [card];
  });

/** The last message in a channel or a chat, as people see it now. */
export const standingAt = (world: World, { conversationId }: Pick<Person, 'conversationId'>): SeenCard => {
  const card = world.connector.posted(conversationId).at(-1)?.activity.attachments?.[0]?.content;
  if (card === undefined) throw new Error('nothing stands there');
  return card as SeenCard;
};

/** Has the channel hear of claims that the person speaks in; nothing is posted for that. What is left out is as offered. */
export const subscribe = async (
  world: World,
  admin: Person,
  typed: Readonly<Record<string, string>> = {},
): Promise<SeenCard> => {
  const card = await admin.press(await admin.tap('channel.claims'), 'Save', typed);
  await world.app.drain();
  return card;
};

/** From here on nobody hears of what stood open, so that the tests of one world stay apart. */
export const quieten = async (world: World): Promise<void> => {
  const { prisma } = world.database;
  await world.app.drain();
  await prisma.subscription.deleteMany({});
  await prisma.snooze.deleteMany({});
  await prisma.claim.updateMany({ data: { dueAt: null, warnAt: null, remindAt: null } });
  const open = { in: ['planned', 'pending', 'waiting', 'ambiguous'] };
  await prisma.notice.updateMany({ where: { state: open }, data: { state: 'dropped', sayAt: null } });
  await prisma.conversation.updateMany({ data: { active: true, closedWhy: null } });
  world.connector.takePosts();
  world.mailbox.take();
};

export const dueOf = async ({ database }: World, claim: number): Promise<Date> => {
  const { dueAt } = await database.prisma.claim.findUniqueOrThrow({ where: { number: claim } });
  if (dueAt === null) throw new Error(`no clock runs for claim ${claim}`);
  return dueAt;
};

/** The first moment, in UTC, of the day that lies so many days before the one of a deadline (or after: negative). */
export const dayWith = (left: number, dueAt: Date): Date =>
  new Date(Date.UTC(dueAt.getUTCFullYear(), dueAt.getUTCMonth(), dueAt.getUTCDate() - left));

/** A time of day in a zone, on the UTC day that `day` begins. */
export const timeOn = (day: Date, time = '09:00', zone = 'Europe/Amsterdam'): Date =>
  new Date(
    Temporal.PlainDateTime.from(`${day.toISOString().slice(0, 10)}T${time}`).toZonedDateTime(zone).epochMilliseconds,
  );

/** It is that moment, and everything that is due is done. */
export const sweptAt = async (world: World, at: Date): Promise<void> => {
  world.clock.set(at);
  await world.app.sweep();
};

/** A day begins, and the digests of its morning in Amsterdam are said. */
export const morningOf = async (world: World, day: Date): Promise<void> => {
  await sweptAt(world, day);
  await sweptAt(world, timeOn(day));
};

/** Copies of a claim in its status for as many new customers, with the same clock and warning; their numbers. */
export const copiesOf = async (
  world: World,
  claim: number,
  count: number,
  name: string,
): Promise<readonly number[]> => {
  const { prisma } = world.database;
  await prisma.$executeRaw`
    INSERT INTO "Customer" ("id", "name", "createdAt")
    SELECT md5(${name} || n)::uuid, ${name} || ' ' || n, now() FROM generate_series(1, ${count}::int) n`;
  const rows = await prisma.$queryRaw<{ number: number }[]>`
    INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
      "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt",
      "warnAt", "consentedAt")
    SELECT "organisationId", "ownerId", "locationId", md5(${name} || n)::uuid, "engagementVersionId", "engagementSlug",
           "kind", ${name} || ' ' || n, "status", "statusAt", "openKey" || ${name} || n, "identifierType",
           "identifierValue", "market", "createdAt", "dueAt", "warnAt", "consentedAt"
      FROM "Claim", generate_series(1, ${count}::int) n WHERE "number" = ${claim} RETURNING "number"`;
  const numbers = rows.map(({ number }) => number);
  await prisma.$executeRaw`
    INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email", "phone", "country", "language")
    SELECT c."number", side, c."name" || ' B.V.', 'Anna de Vries', 'anna@copy.example', '14020', 'NL', 'nl'
      FROM "Claim" c, unnest(ARRAY['customer', 'partner']) side WHERE c."number" = ANY(${numbers}::int[])`;
  return numbers.toSorted((a, b) => a - b);
};

/** What Teams says of a channel, or of its team, that changed under the bot. */
export const changed = async (
  world: World,
  person: Person,
  { id, teamId, name }: Channel,
  eventType: string,
): Promise<void> => {
  const said = person.activity({ type: 'conversationUpdate' });
  const whole = eventType.startsWith('team');
  const response = await person.post({
    ...said,
    conversation: { id: teamId, conversationType: 'channel', isGroup: true, tenantId: person.tenantId },
    channelData: {
      eventType,
      tenant: { id: person.tenantId },
      team: { id: teamId },
      ...(whole ? {} : { channel: { id, ...(name === undefined ? {} : { name }) } }),
    },
  });
  if (response.status !== 200) throw new Error(`the bot answered ${response.status}`);
  await world.app.drain();
};
