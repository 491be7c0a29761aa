import { partnerManager, seller, upgraded } from './co-sell.ts';
import type { Channel, Person } from './person.ts';
import { also, channelNamed, reviewer, setUp } from './review.ts';
import { type Engine, startWorld } from './world.ts';

/** What an admin hears of a deal that no channel takes. */
export const WAITS = 'A co-sell deal waits, but no channel takes it';

/** A world without a channel of sellers: Vera, who sets them up, Kim, who sells, and a partner for each deal. */
export const openSellersStage = async (engine: Engine) => {
  const world = await startWorld(engine);
  const vera = await reviewer(world, 'Vera Admin');
  const kim = await seller(world, 'Kim Seller');
  let count = 0;
  let partner: Person | undefined;
  const veraIn = (channel: Channel) => also(world, vera, { name: 'Vera Admin', channel });
  return {
    world,
    vera,
    kim,
    veraIn,
    kimIn: (channel: Channel) => also(world, kim, { name: 'Kim Seller', channel }),
    /** A channel that nobody has spoken in. */
    fresh: (name: string): Channel => channelNamed(`${name}-${++count}-${engine}`),
    /** Sets the channel up for sellers. */
    take: (channel: Channel, typed: Readonly<Record<string, string>> = {}) =>
      setUp(world, veraIn(channel), { duties: 'sellers', ...typed }),
    /** A deal of which the sellers are to be asked: its claim's number. */
    deal: async (customerCountry = 'US', engagement = 'SIEM Plus XDR'): Promise<number> => {
      partner = await partnerManager(world);
      const intake = { engagements: [engagement], contacts: { customerCountry } };
      const { claim } = await upgraded(world, partner, `routed-${++count}-${engine}`, intake);
      world.connector.takePosts(partner.conversationId);
      return claim;
    },
    /** Whoever keeps the newest deal. */
    partner: (): Person => {
      if (partner === undefined) throw new Error('there is no deal yet');
      return partner;
    },
    noticeOf: (claim: number) =>
      world.database.prisma.notice.findUniqueOrThrow({ where: { key: `claim:${claim}:co-sell` } }),
    /** What Vera heard in her own chat since this was last asked, in short. */
    inPerson: () => world.connector.takePosts(vera.conversationId).map(({ activity }) => String(activity.summary)),
    /** What one test left open moves to no channel of the next. */
    clear: async (): Promise<void> => {
      await world.app.drain();
      const { prisma } = world.database;
      await prisma.channelDuty.deleteMany({});
      await prisma.referral.updateMany({ data: { coSell: 'withdrawn', answerDueAt: null, warnAt: null } });
      await prisma.notice.updateMany({ where: { state: 'waiting' }, data: { state: 'dropped' } });
      await prisma.conversation.updateMany({ data: { active: true, closedWhy: null } });
      world.connector.takePosts();
    },
  };
};
export type SellersStage = Awaited<ReturnType<typeof openSellersStage>>;
