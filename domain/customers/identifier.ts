import { parse } from 'tldts';
import { isPublicMailDomain } from './public-mail-domains.ts';

/** The kinds of name a customer can be nominated by (mci-domain, section 7). */
export const IDENTIFIER_TYPES = ['domain', 'tenantId', 'tpid', 'azureSubscriptionId', 'msxOpportunityId'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

export type Identifier = { readonly type: IdentifierType; readonly value: string };

export type IdentifierFault =
  | { readonly code: 'domain.url' | 'domain.email'; readonly suggestion: string | null }
  | { readonly code: 'domain.invalid' | 'domain.publicMail' | 'domain.sharedParent' }
  /** What was typed as a domain is plainly another kind of identifier. */
  | { readonly code: 'domain.isGuid' | 'domain.isNumber' }
  | { readonly code: 'guid.invalid' | 'tenantId.consumer' }
  | { readonly code: 'tpid.invalid' | 'tpid.negative' }
  | { readonly code: 'msx.invalid' };

type Parsed = { readonly value: string } | { readonly fault: IdentifierFault };

/** The tenant in which Microsoft keeps personal accounts: no company's. */
const CONSUMER_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

const asHostName = (text: string): string | null => {
  // URL would read these away in silence.
  if (/[%\t\n\r]/.test(text)) return null;
  try {
    const { hostname } = new URL(`http://${text}`);
    const parsed = parse(hostname);
    const labels = hostname.split('.');
    const wellFormed = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
    const usable = !parsed.isIp && parsed.domain !== null && labels.length > 1 && /[a-z]/.test(labels.at(-1) ?? '');
    return wellFormed && usable && hostname.length <= 253 ? hostname : null;
  } catch {
    return null;
  }
};

/** Offered instead of what was typed, so it must be one that would be taken. */
const suggestion = (text: string): string | null => {
  const parsed = parseDomain(text);
  return 'value' in parsed ? parsed.value : null;
};

const parseDomain = (raw: string): Parsed => {
  const text = raw.trim().toLowerCase().replace(/\.$/, '');
  if (text.includes('@')) {
    return { fault: { code: 'domain.email', suggestion: suggestion(text.slice(text.lastIndexOf('@') + 1)) } };
  }
  if (/[/:?#\\]/.test(text)) {
    const host = text.replace(/^(https?:\/*|[a-z][a-z0-9+.-]*:\/\/|\/+)/, '').split(/[/:?#\\]/)[0] ?? '';
    return { fault: { code: 'domain.url', suggestion: suggestion(host.replace(/^www\./, '')) } };
  }
  if ('value' in parseGuid(text)) return { fault: { code: 'domain.isGuid' } };
  if (/^\d+$/.test(text)) return { fault: { code: 'domain.isNumber' } };
  const value = asHostName(text);
  if (value === null) return { fault: { code: 'domain.invalid' } };
  if (value === 'onmicrosoft.com') return { fault: { code: 'domain.sharedParent' } };
  return isPublicMailDomain(parse(value).domain ?? value) ? { fault: { code: 'domain.publicMail' } } : { value };
};

const parseGuid = (raw: string): Parsed => {
  const hex = raw.toLowerCase().replace(/[\s{}()-]/g, '');
  if (!/^[0-9a-f]{32}$/.test(hex) || /^0+$/.test(hex)) return { fault: { code: 'guid.invalid' } };
  return { value: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') };
};

const parseTenantId = (raw: string): Parsed => {
  const parsed = parseGuid(raw);
  return 'value' in parsed && parsed.value === CONSUMER_TENANT ? { fault: { code: 'tenantId.consumer' } } : parsed;
};

const parseTpid = (raw: string): Parsed => {
  const text = raw.replace(/\s/g, '');
  // Exports show negative numbers for customers that no Microsoft account team manages: not an account to name.
  if (/^[-−]\d+$/.test(text)) return { fault: { code: 'tpid.negative' } };
  return /^[1-9]\d{2,11}$/.test(text) ? { value: text } : { fault: { code: 'tpid.invalid' } };
};

/** Milestones have the same shape, so shape alone proves nothing: the id must be one that was imported. */
const parseMsxId = (raw: string): Parsed => {
  const text = raw
    .replace(/\s/g, '')
    .replace(/[‐-―−]/g, '-')
    .toUpperCase();
  return /^7-[0-9A-Z]{8,12}$/.test(text) ? { value: text } : { fault: { code: 'msx.invalid' } };
};

const parsers: Record<IdentifierType, (raw: string) => Parsed> = {
  domain: parseDomain,
  tenantId: parseTenantId,
  tpid: parseTpid,
  azureSubscriptionId: parseGuid,
  msxOpportunityId: parseMsxId,
};

/** Text as typed → the one spelling that is kept and compared, or what is wrong with it. */
export const parseIdentifier = (type: IdentifierType, raw: string): Parsed => parsers[type](raw);

/**
 * The names to try for a host, nearest first. `*.onmicrosoft.com` is compared whole: its registrable domain is shared
 * by everyone (R11).
 */
export const domainsToTry = (host: string): readonly string[] => {
  const registrable = parse(host).domain;
  return registrable === null || registrable === host || registrable === 'onmicrosoft.com'
    ? [host]
    : [host, registrable];
};
