import type { Intake } from './intake.ts';
import { claimFor, type Newcomer, newcomer } from './newcomer.ts';
import { inputsOf, type Person, type SeenCard } from './person.ts';
import type { World } from './world.ts';

/** Where the one link of a mail leads, as a path of this world. */
export const linkIn = (mail: { readonly text: string } | undefined): string => {
  const link = /https:\/\/claimdesk\.example(\/consent\/\S+)/.exec(mail?.text ?? '')?.[1];
  if (link === undefined) throw new Error(`no link in ${mail?.text ?? 'no mail'}`);
  return link;
};

export const tokenIn = (link: string): string => link.slice('/consent/'.length);

/** From a claim to the sent mail, first or again; returns the claim card. `changes` are typed over the contacts. */
export const askConsent = async (
  world: World,
  person: Person,
  claim: number,
  changes: Readonly<Record<string, string>> = {},
): Promise<SeenCard> => {
  // Two requests of one claim are told apart by when they were made.
  world.clock.advance(1_000);
  let card = await person.press(await person.tap('consent.start', { claim }), 'Next', changes);
  card = await person.press(card, 'Next', inputsOf(card).has('dealSize') ? { dealSize: '25,000' } : {});
  card = await person.press(card, 'Send consent e-mail');
  await world.app.drain();
  return card;
};

export type Asked = { readonly customer: Newcomer; readonly claim: number; readonly link: string };

/** A claim of a newcomer whose contact, Anna, was mailed; the mail counts as read. */
export const asked = async (world: World, person: Person, name: string, intake: Intake = {}): Promise<Asked> => {
  const customer = await newcomer(world, name);
  const claim = await claimFor(person, customer, intake);
  await askConsent(world, person, claim);
  const [mail] = world.mailbox.take(`anna@${customer.domain}`);
  return { customer, claim, link: linkIn(mail) };
};

export const open = (world: World, link: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${world.url}${link}`, init);

/** Sends the page's form. Fields left out of `fields` are as on an untouched page. */
export const answer = (
  world: World,
  link: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  open(world, link, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ name: '', reason: '', lang: 'en', ...fields }),
  });

export const ACCEPT = { decision: 'accept', name: 'Anna de Vries' } as const;

export const statusOf = async ({ database }: World, claim: number): Promise<string> =>
  (await database.prisma.claim.findUniqueOrThrow({ where: { number: claim } })).status;
