import { z } from 'zod';
import { emailDomain, parseEmail } from '../claims/contacts.ts';
import { domainsToTry, parseIdentifier } from '../customers/identifier.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { requiredLine } from '../typed.ts';

export const fromMessageSchema = z.object({
  email: z.string(),
  /** Null: the message does not say whose address it is. */
  name: z.string().nullable(),
});
/** What a form knows from the message it was begun at: whom to ask, and by its domain which customer. */
export type FromMessage = z.infer<typeof fromMessageSchema>;

/** A message in Teams, as far as it is read: its words without markup, and what its sender is called. */
export type Message = { readonly text: string; readonly sender: string };

/** Far more than anybody writes into one message; what looks like an address is judged one by one. */
const MOST_ADDRESSES = 50;
/** Each may be looked up, while somebody waits. */
const MOST_DOMAINS = 3;

const BETWEEN = /[\s<>()[\]{},;:"“”|\\]+/u;

/** Whatever may be an address, in the order of the text, without the marks of the sentence around it. */
const addressesIn = (text: string): readonly string[] =>
  text
    .split(BETWEEN)
    .filter((word) => word.includes('@') && word.length <= 260)
    .slice(0, MOST_ADDRESSES)
    .map((word) => word.replace(/^['‘’.]+|['‘’.!?…]+$/gu, ''));

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The ways in which a mailbox is named after somebody: `anna`, `anna.de.vries`, `a.devries`, `devries`, `devries.anna`. */
const mailboxesOf = (name: string): ReadonlySet<string> => {
  const [first = '', ...rest] = folded(name).match(/[a-z]+/g) ?? [];
  const last = rest.at(-1) ?? '';
  const whole = rest.join('');
  const both = [whole, last]
    .filter((one) => one.length > 1)
    .flatMap((one) => [one, first + one, first.charAt(0) + one, one + first]);
  return new Set([first, ...both].filter((one) => one.length > 1));
};

/** A name without what Teams puts behind it (`(Guest)`), the way one is called: `Bakker, Carla` is Carla Bakker. */
const asCalled = (name: string): string =>
  name
    .slice(0, 500)
    .replace(/\([^()]*\)/g, ' ')
    .replace(/^([^,]+),([^,]+)$/, '$2 $1');

/** The name, when the mailbox is named after it; nobody else's is the contact's. */
const nameFor = (email: string, name: string): string | null => {
  const line = requiredLine(asCalled(name), 100);
  // A name of letters: what has braces or brackets in it is none.
  if ('fault' in line || !/^[\p{L}\p{M} .'’-]+$/u.test(line.value)) return null;
  const mailbox = folded(email.slice(0, email.lastIndexOf('@')))
    .replace(/\+.*$/, '')
    .replace(/[^a-z]/g, '');
  return mailboxesOf(line.value).has(mailbox) ? line.value : null;
};

/** An address of a company and, where it is that of the one who is called so, their name. Anything else is dropped. */
export const fromMessage = (email: string, called: string): FromMessage | null => {
  const parsed = parseEmail(email);
  if (parsed === null || 'fault' in parseIdentifier('domain', emailDomain(parsed))) return null;
  return { email: parsed, name: nameFor(parsed, called) };
};

const registrable = (email: string): string => domainsToTry(emailDomain(email).toLowerCase()).at(-1) ?? '';

/**
 * Whom a message is about: the first address in it that is neither at a public mail host nor at the person's own
 * organisation. Null: it names nobody.
 */
export const heardIn = async (ports: Ports, actor: Actor, { text, sender }: Message): Promise<FromMessage | null> => {
  const own = actor.email === null ? null : registrable(actor.email);
  const heard = addressesIn(text)
    .flatMap((address) => fromMessage(address, sender) ?? [])
    .filter(({ email }) => registrable(email) !== own);
  const domains = [...new Set(heard.map(({ email }) => emailDomain(email)))].slice(0, MOST_DOMAINS);
  // An organisation has more domains than the one its people are known by here.
  const tenants = await Promise.all(domains.map((domain) => ports.resolveTenant(domain)));
  const theirs = domains.filter((_, at) => {
    const tenant = tenants[at];
    return tenant?.kind !== 'found' || tenant.tenantId !== actor.tenantId;
  });
  return heard.find(({ email }) => theirs.includes(emailDomain(email))) ?? null;
};
