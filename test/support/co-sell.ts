import { MICROSOFT_HOSTS } from '../../bot/partner-center/certificates.ts';
import { ACCEPT, answer, asked } from './consent-link.ts';
import type { Intake } from './intake.ts';
import { colleague, type Newcomer } from './newcomer.ts';
import type { FakePartnerCenter } from './partner-center.ts';
import { type Channel, type Person, type SeenCard, textOf } from './person.ts';
import { also, personIdOf, readIn, reviewer, setUp, someone } from './review.ts';
import { NORTHBRIDGE, type World } from './world.ts';

/** What the customer agrees to with both boxes ticked. */
export const AGREES = { ...ACCEPT, mayContact: 'yes', mayShare: 'yes' } as const;
/** An engagement with co-sell, and what is to be said of its deal size at least. */
export const CO_SELL: Intake = { engagements: ['SIEM Plus XDR'] };

/** Somebody new at Northbridge who works on claims and opens referrals, everywhere. */
export const partnerManager = async (world: World): Promise<Person> => {
  const person = await colleague(world);
  const personId = await personIdOf(world, person);
  const grantedAt = world.clock.now();
  await world.database.prisma.roleGrant.create({ data: { personId, role: 'referralsAdmin', scope: '*', grantedAt } });
  return person;
};

export const seller = (world: World, name: string, tenantId: string = NORTHBRIDGE): Promise<Person> =>
  someone(world, name, [{ role: 'seller' }], tenantId);

export type Deal = { readonly claim: number; readonly customer: Newcomer };

/** A claim of a newcomer who is managed and agrees to everything: the sellers are asked. */
export const upgraded = async (world: World, partner: Person, name: string, intake: Intake = {}): Promise<Deal> => {
  const { claim, customer, link } = await asked(world, partner, name, { ...CO_SELL, ...intake });
  const { status } = await answer(world, link, AGREES);
  if (status !== 200) throw new Error(`the consent page answered ${status}`);
  await world.app.drain();
  return { claim, customer };
};

export const referralOf = ({ database }: Pick<World, 'database'>, claim: number) =>
  database.prisma.referral.findUniqueOrThrow({ where: { claimNumber: claim } });

/** The cards in a channel on which the sellers are asked about the claim, as people see them now. */
export const dealsIn = (world: World, { id }: Channel, claim: number): readonly SeenCard[] =>
  world.connector.posted(id).flatMap(({ activity }) => {
    const card = activity.attachments?.[0]?.content as SeenCard | undefined;
    return card !== undefined && textOf(card).includes(`Claim\n${claim}\n`) ? [card] : [];
  });

/** Starts a world whose bot is signed in to a stand-in for Partner Center, as Northbridge. */
export const inPartnerCenter = (fake: FakePartnerCenter) => ({
  settings: {
    PARTNER_CENTER_TENANT_ID: NORTHBRIDGE,
    PARTNER_CENTER_CLIENT_ID: fake.credentials.clientId,
    PARTNER_CENTER_CLIENT_SECRET: fake.credentials.clientSecret,
    PARTNER_CENTER_REFRESH_TOKEN: fake.credentials.refreshToken,
    PARTNER_CENTER_LINK: 'https://partner.example/deals/{id}',
  },
  partnerCenter: {
    origin: fake.origin,
    hosts: { ...MICROSOFT_HOSTS, others: [fake.host] },
    roots: [fake.ca.root().certificate],
  },
});

/** The sellers' channel is set up by a program admin; nothing is posted for that. */
export const sellersIn = async (
  world: World,
  channel: Channel,
  typed: Readonly<Record<string, string>> = {},
): Promise<Person> => {
  const admin = also(world, await reviewer(world, 'Vera Admin'), { name: 'Vera Admin', channel });
  await setUp(world, admin, { duties: 'sellers', ...typed });
  return admin;
};

/** A deal of a partner of its own who has heard of it, and the card on which its sellers are asked, read. */
export const waitingDeal = async (
  world: World,
  channel: Channel,
  name: string,
  intake: Intake = {},
): Promise<Deal & { readonly partner: Person; readonly asking: SeenCard }> => {
  const partner = await colleague(world);
  const deal = await upgraded(world, partner, name, intake);
  world.connector.takePosts(partner.conversationId);
  const [asking] = readIn(world, channel);
  if (asking === undefined) throw new Error('the sellers were not asked');
  return { ...deal, partner, asking };
};
