import { isLoopback } from '../loopback.ts';

/** Teams' own connector hosts, public cloud and government. Exact names: anyone can register *.trafficmanager.net. */
const CONNECTORS = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);

export type AllowList = {
  readonly tenants: ReadonlySet<string>;
  /** Local mode: the Playground on this machine is the connector. */
  readonly loopback: boolean;
  /** Further connectors, as host:port. */
  readonly connectorHosts: readonly string[];
};

export type Refusal = 'channel' | 'serviceUrl' | 'conversation' | 'tenant' | 'sender';

export type Incoming = {
  readonly channelId?: unknown;
  readonly serviceUrl?: unknown;
  readonly from?: { readonly aadObjectId?: unknown } | undefined;
  readonly conversation?: { readonly id?: unknown; readonly tenantId?: unknown } | null | undefined;
  readonly channelData?: unknown;
};

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const trustedUrl = (serviceUrl: unknown, { loopback, connectorHosts }: AllowList): boolean => {
  if (typeof serviceUrl !== 'string' || !URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  // Our answer, with the bot's own token, goes to this address.
  if (connectorHosts.includes(url.host)) return true;
  if (loopback && isLoopback(url.hostname)) return true;
  return url.protocol === 'https:' && url.port === '' && CONNECTORS.has(url.hostname);
};

/**
 * Who is let in, after the token was checked and before anything else: the SDK itself checks no tenant, and skips its
 * service URL check when there is none. Both places that name a tenant must agree.
 */
export const admit = (
  activity: Incoming,
  allow: AllowList,
): { readonly tenantId: string; readonly objectId: string } | { readonly refused: Refusal } => {
  const from = admitTenant(activity, allow);
  if ('refused' in from) return from;
  const objectId = activity.from?.aadObjectId;
  if (typeof objectId !== 'string' || !GUID.test(objectId)) return { refused: 'sender' };
  return { ...from, objectId: objectId.toLowerCase() };
};

/** The same for what Teams tells of itself, which nobody in particular sends. */
export const admitTenant = (
  activity: Incoming,
  allow: AllowList,
): { readonly tenantId: string } | { readonly refused: Refusal } => {
  if (activity.channelId !== 'msteams') return { refused: 'channel' };
  if (!trustedUrl(activity.serviceUrl, allow)) return { refused: 'serviceUrl' };
  if (typeof activity.conversation?.id !== 'string' || activity.conversation.id === '')
    return { refused: 'conversation' };
  const { tenant } = (activity.channelData ?? {}) as { readonly tenant?: { readonly id?: unknown } };
  const named = [tenant?.id, activity.conversation?.tenantId].filter(
    (id) => id !== undefined && id !== null && id !== '',
  );
  const [tenantId] = named;
  if (typeof tenantId !== 'string' || named.some((id) => id !== tenantId)) return { refused: 'tenant' };
  if (!GUID.test(tenantId) || !allow.tenants.has(tenantId.toLowerCase())) return { refused: 'tenant' };
  return { tenantId: tenantId.toLowerCase() };
};
