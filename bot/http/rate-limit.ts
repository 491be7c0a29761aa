import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Request } from 'restify';
import type { Route } from './server.ts';

/** Seconds until more may be asked. */
export type Wait = { readonly waitSeconds: number };

export type RateLimit = {
  /** Takes one of what a key may still ask for; where all is used, how long to wait. */
  readonly take: (key: string) => Promise<Wait | null>;
};

const waitFor = ({ msBeforeNext }: RateLimiterRes): Wait => ({ waitSeconds: Math.ceil(msBeforeNext / 1000) });

/** So many in a minute for each key, counted by this process alone: a guard against floods, not a quota. */
export const perMinute = (points: number): RateLimit => {
  const limiter = new RateLimiterMemory({ points, duration: 60 });
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return waitFor(refused);
        throw refused;
      }
    },
  };
};

/**
 * The address a request came from. Behind `hops` proxies it is what the first of them wrote down, counted from the end of
 * X-Forwarded-For: what stands before that anybody may have made up.
 */
export const addressOf = (request: Request, hops: number): string => {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return (hops > 0 ? forwarded.at(-hops) : undefined) ?? request.socket.remoteAddress ?? '';
};

/** The same routes, each answering an address only as often as the limit of all of them lets it. */
export const limited = (limit: RateLimit, routes: readonly Route[]): readonly Route[] =>
  routes.map((route) => ({ ...route, limit }));
