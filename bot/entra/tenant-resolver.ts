import { z } from 'zod';
import { domainsToTry, parseIdentifier } from '../../domain/customers/identifier.ts';
import type { Clock, TenantResolver } from '../../domain/ports.ts';

/** What was found before. Only finds are kept: a domain that is unknown today may be registered tomorrow. */
export type TenantCache = {
  find(
    domain: string,
  ): Promise<{ readonly tenantId: string; readonly name: string | null; readonly checkedAt: Date } | null>;
  keep(domain: string, tenantId: string, name: string | null, source: string, at: Date): Promise<void>;
};

/** Asks one directory for one domain. */
export type Directory = {
  readonly source: string;
  ask(
    domain: string,
  ): Promise<{ readonly tenantId: string; readonly name: string | null } | 'notFound' | 'unavailable'>;
};

const KEPT_FOR_MS = 24 * 60 * 60 * 1000;

/** R10: cache, then the directory; the exact name first, then its registrable domain (never for *.onmicrosoft.com). */
export const tenantResolver =
  (cache: TenantCache, directory: Directory, clock: Clock): TenantResolver =>
  async (host) => {
    for (const domain of domainsToTry(host)) {
      const kept = await cache.find(domain);
      if (kept !== null && clock.now().getTime() - kept.checkedAt.getTime() < KEPT_FOR_MS) {
        return { kind: 'found', domain, tenantId: kept.tenantId, name: kept.name };
      }
      const told = await directory.ask(domain);
      if (typeof told === 'object') {
        await cache.keep(domain, told.tenantId, told.name, directory.source, clock.now());
        return { kind: 'found', domain, ...told };
      }
      // The parent domain may be another company's tenant: it is asked only when the name itself is known to be none.
      if (told === 'unavailable') return { kind: 'unavailable' };
    }
    return { kind: 'notFound' };
  };

const discovery = z.object({ issuer: z.string() });
const failure = z.object({ error: z.string() });

/**
 * Entra's public OpenID discovery document names the tenant of a domain in its issuer; a domain it does not know is
 * answered with status 400 and `invalid_tenant`. `base` is Microsoft's login host. Two look-ups in a row
 * must leave time to answer Teams.
 */
export const openIdDirectory = (base = 'https://login.microsoftonline.com', timeoutMs = 900): Directory => ({
  source: 'openid',
  ask: async (domain) => {
    try {
      const response = await fetch(`${base}/${encodeURIComponent(domain)}/v2.0/.well-known/openid-configuration`, {
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
      });
      const body: unknown = await response.json();
      if (response.ok) {
        const issuer = discovery.safeParse(body).data?.issuer ?? '';
        // The tenant of personal accounts is no company's, however it was found.
        const tenant = parseIdentifier(
          'tenantId',
          /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(issuer)?.[0] ?? '',
        );
        return 'fault' in tenant ? 'notFound' : { tenantId: tenant.value, name: null };
      }
      return response.status === 400 && failure.safeParse(body).data?.error === 'invalid_tenant'
        ? 'notFound'
        : 'unavailable';
    } catch {
      return 'unavailable';
    }
  },
});

/** Local mode's directory: the tenants of the demo world. */
export const demoDirectory = (
  known: Readonly<Record<string, { readonly tenantId: string; readonly name: string | null }>>,
): Directory => ({
  source: 'demo',
  ask: async (domain) => (Object.hasOwn(known, domain) ? (known[domain] ?? 'notFound') : 'notFound'),
});
