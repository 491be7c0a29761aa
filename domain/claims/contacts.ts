import { parse } from 'tldts';
import { z } from 'zod';
import { COUNTRIES } from '../engagements/markets.ts';
import { LANGUAGES } from '../people/actor.ts';
import { requiredLine, type TextFault } from '../typed.ts';

export const customerContactSchema = z.object({
  company: z.string(),
  name: z.string(),
  email: z.string(),
  country: z.string(),
  language: z.enum(LANGUAGES),
});
/** Who is asked for consent, and in which language. */
export type CustomerContact = z.infer<typeof customerContactSchema>;

export const partnerContactSchema = z.object({ name: z.string(), email: z.string(), phone: z.string() });
/** Whom the customer can call. */
export type PartnerContact = z.infer<typeof partnerContactSchema>;

export const CONTACT_FIELDS = [
  'customerCompany',
  'customerName',
  'customerEmail',
  'customerCountry',
  'customerLanguage',
  'partnerName',
  'partnerEmail',
  'partnerPhone',
] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

export type ContactFault = TextFault | { readonly code: 'email.invalid' | 'phone.invalid' | 'choice.missing' };

// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break in an address is how mail headers are forged.
const FORGERY = /[\u0000-\u001f\u007f]/;

const isLocalPart = (text: string): boolean =>
  text.length <= 64 && z.email().safeParse(`${text}@fabrikam.example`).success;

/** A domain as mail servers know it: lower case, other scripts in their ASCII form. */
const asAscii = (domain: string): string => {
  const url = `http://${domain}`;
  return /^[^\s/?#:@%\\]+$/.test(domain) && URL.canParse(url) ? new URL(url).hostname : domain;
};

/** An address of one mailbox, its domain in ASCII, or null. */
export const parseEmail = (raw: string): string | null => {
  const text = raw.trim();
  if (FORGERY.test(text) || text.length > 254) return null;
  const at = text.lastIndexOf('@');
  const domain = asAscii(text.slice(at + 1));
  const host = parse(domain);
  // zod knows top-level domains in Latin letters only, so the two halves are judged apart.
  const named =
    host.domain !== null && !host.isIp && /^[a-z0-9.-]*[a-z0-9]$/.test(domain) && /\.[^.]*[a-z][^.]*$/.test(domain);
  return isLocalPart(text.slice(0, at)) && named ? `${text.slice(0, at)}@${domain}` : null;
};

export const emailDomain = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

type Parsed = { readonly value: string } | { readonly fault: ContactFault };

const email = (raw: string): Parsed => {
  if (raw.trim() === '') return { fault: { code: 'text.missing' } };
  const value = parseEmail(raw);
  return value === null ? { fault: { code: 'email.invalid' } } : { value };
};

const phone = (raw: string): Parsed => {
  const line = requiredLine(raw, 40);
  if ('fault' in line) return line;
  const digits = line.value.replace(/\D/g, '').length;
  const shaped = /^\+?[\d\s().\-/]+( ?(x|ext\.?|tst\.?) ?\d+)?$/i.test(line.value);
  return shaped && digits >= 5 ? line : { fault: { code: 'phone.invalid' } };
};

const oneOf =
  (choices: readonly string[]) =>
  (raw: string): Parsed =>
    choices.includes(raw) ? { value: raw } : { fault: { code: 'choice.missing' } };

const parsers: Record<ContactField, (raw: string) => Parsed> = {
  customerCompany: (raw) => requiredLine(raw, 200),
  customerName: (raw) => requiredLine(raw, 100),
  customerEmail: email,
  customerCountry: oneOf(COUNTRIES),
  customerLanguage: oneOf(LANGUAGES),
  partnerName: (raw) => requiredLine(raw, 100),
  partnerEmail: email,
  partnerPhone: phone,
};

export type Contacts = { readonly customer: CustomerContact; readonly partner: PartnerContact };

/** Read by one schema, both spell their fields in one order. */
export const sameContacts = (some: Contacts, others: Contacts): boolean =>
  JSON.stringify([some.customer, some.partner]) === JSON.stringify([others.customer, others.partner]);

/** All contact fields of a form, or every fault at once, by field. */
export const parseContacts = (
  inputs: Readonly<Record<string, string>>,
):
  | { readonly contacts: Contacts }
  | { readonly faults: readonly { readonly field: ContactField; readonly fault: ContactFault }[] } => {
  const parsed = CONTACT_FIELDS.map((field) => ({ field, ...parsers[field](inputs[field] ?? '') }));
  const faults = parsed.flatMap((result) => ('fault' in result ? [{ field: result.field, fault: result.fault }] : []));
  if (faults.length > 0) return { faults };
  const value = Object.fromEntries(parsed.map((result) => [result.field, 'value' in result ? result.value : '']));
  return {
    contacts: {
      customer: customerContactSchema.parse({
        company: value.customerCompany,
        name: value.customerName,
        email: value.customerEmail,
        country: value.customerCountry,
        language: value.customerLanguage,
      }),
      partner: partnerContactSchema.parse({
        name: value.partnerName,
        email: value.partnerEmail,
        phone: value.partnerPhone,
      }),
    },
  };
};
