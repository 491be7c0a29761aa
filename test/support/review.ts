import { randomUUID } from 'node:crypto';
import { ACCEPT, answer, asked } from './consent-link.ts';
import type { Intake } from './intake.ts';
import type { Newcomer } from './newcomer.ts';
import { buttonsOf, type Channel, type Person, personIn, type SeenCard } from './person.ts';
import { NORTHBRIDGE, type World } from './world.ts';

export const PROGRAMME = '00000000-0000-4000-8000-000000000003';
/** What the Endpoint Management Workshop asks for, and no more is required. */
export const REQUIRED = ['findings', 'customerSurvey'] as const;

type Grant = { readonly role: string; readonly scope?: string };

/** A channel of a team of its own. */
export const channelNamed = (name: string): Channel => ({
  id: `19:${name}@thread.tacv2`,
  teamId: `19:team-of-${name}@thread.tacv2`,
  name,
});

export const personIdOf = async ({ database }: World, { tenantId, objectId }: Person): Promise<string> =>
  (await database.prisma.person.findUniqueOrThrow({ where: { tenantId_objectId: { tenantId, objectId } } })).id;

/** Somebody new whose chat is known, with these roles; not one of them is told of it. */
export const someone = async (
  world: World,
  name: string,
  roles: readonly Grant[],
  tenantId: string = NORTHBRIDGE,
): Promise<Person> => {
  const person = personIn(world, randomUUID(), { name, tenantId });
  await person.tap('help.show');
  await world.app.drain();
  const personId = await personIdOf(world, person);
  const grantedAt = world.clock.now();
  await world.database.prisma.roleGrant.createMany({
    data: roles.map(({ role, scope = '*' }) => ({ personId, role, scope, grantedAt })),
  });
  return person;
};

/** Somebody new of the programme's own organisation who reviews claims and works on none. */
export const reviewer = (world: World, name: string): Promise<Person> =>
  someone(world, name, [{ role: 'programAdmin' }], PROGRAMME);

/** The same person in a channel, or with Teams in another language. */
export const also = (
  world: World,
  { objectId, tenantId }: Person,
  options: { readonly name: string; readonly channel?: Channel; readonly locale?: string },
): Person => personIn(world, objectId, { tenantId, ...options });

/** Sets the channel up that the person speaks in; nothing is posted for that. */
export const setUp = async (
  world: World,
  admin: Person,
  typed: Readonly<Record<string, string>> = {},
): Promise<SeenCard> => {
  const form = await admin.tap('channel.setUp');
  const card = await admin.press(form, 'Set up', { duties: 'reviews,access', scope: '*', language: 'en', ...typed });
  await world.app.drain();
  return card;
};

/** Keeps a link for one item of a claim's evidence. */
export const give = async (
  person: Person,
  claim: number,
  item: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<SeenCard> => {
  const form = await person.tap('evidence.edit', { claim, item });
  return person.press(form, 'Save', { title: item, url: `https://files.example/${claim}/${item}`, ...typed });
};

export type Consented = { readonly claim: number; readonly customer: Newcomer };

/** A claim of a newcomer who consented; the partner has heard of it. */
export const consented = async (
  world: World,
  partner: Person,
  name: string,
  intake: Intake = {},
): Promise<Consented> => {
  const { claim, customer, link } = await asked(world, partner, name, intake);
  const { status } = await answer(world, link, ACCEPT);
  if (status !== 200) throw new Error(`the consent page answered ${status}`);
  await partner.hear();
  return { claim, customer };
};

/** The same with everything that is required. */
export const complete = async (world: World, partner: Person, name: string, intake: Intake = {}) => {
  const made = await consented(world, partner, name, intake);
  for (const item of REQUIRED) await give(partner, made.claim, item);
  return made;
};

/** Submits a claim, first or again; what the reviewers hear has left then. */
export const submit = async (world: World, partner: Person, claim: number, remark = ''): Promise<SeenCard> => {
  // Two steps of one claim are told apart by when they were taken.
  world.clock.advance(1_000);
  const sure = await partner.tap('claim.askSubmit', { claim });
  const card = await partner.press(sure, 'Submit claim', remark === '' ? {} : { remark });
  await world.app.drain();
  return card;
};

/** A claim that waits for its reviewers. What they were posted is for the test to look at. */
export const submitted = async (
  world: World,
  partner: Person,
  name: string,
  intake: Intake = {},
): Promise<Consented> => {
  const made = await complete(world, partner, name, intake);
  await submit(world, partner, made.claim);
  return made;
};

const ASKED = { approve: 'Approve', askForMore: 'Ask for more', reject: 'Reject' } as const;
const SURE = {
  approve: 'Approve the claim',
  askForMore: 'Send to the partner',
  reject: 'Reject the claim',
} as const;
export type Decision = keyof typeof ASKED;

/** What a decision is asked for with, the review begun where it was not. */
export const asking = async (person: Person, claim: number, what: Decision): Promise<SeenCard> => {
  let card = await person.tap('review.show', { claim });
  if (buttonsOf(card).includes('Start review')) card = await person.press(card, 'Start review');
  return person.press(card, ASKED[what]);
};

/** Presses the last button of a decision. */
export const sure = (
  person: Person,
  card: SeenCard,
  what: Decision,
  typed: Readonly<Record<string, string>> = {},
): Promise<SeenCard> => {
  const needed = {
    approve: {},
    askForMore: { comment: 'Please add the signed survey.' },
    reject: { comment: 'The dates are too old.', reason: 'datesWrong' },
  };
  return person.press(card, SURE[what], { ...needed[what], ...typed });
};

/** A decision from beginning to end, and everybody told. */
export const decided = async (
  world: World,
  person: Person,
  claim: number,
  what: Decision,
  typed: Readonly<Record<string, string>> = {},
): Promise<SeenCard> => {
  world.clock.advance(1_000);
  const card = await sure(person, await asking(person, claim, what), what, typed);
  await world.app.drain();
  return card;
};

/** What stands unread in a channel, as cards. */
export const readIn = (world: World, { id }: Channel): readonly SeenCard[] =>
  world.connector.takePosts(id).flatMap(({ activity }) => {
    const card = activity.attachments?.[0]?.content as SeenCard | undefined;
    return card === undefined ? [] : [card];
  });

/** How often a claim's card stands in a channel, as people see it now. */
export const cardsOf = (world: World, { id }: Channel, claim: number): readonly SeenCard[] =>
  world.connector.posted(id).flatMap(({ activity }) => {
    const card = activity.attachments?.[0]?.content as SeenCard | undefined;
    return card !== undefined && JSON.stringify(card).includes(`Review of claim ${claim}`) ? [card] : [];
  });
