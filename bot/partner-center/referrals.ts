import { ZodError } from 'zod';
import type { Answer, PartnerCenter, RemoteReferral } from '../../domain/co-sell/partner-center.ts';
import type { Clock } from '../../domain/ports.ts';
import { asker, type Failure, failureIn, type Heard, jsonIn, type TokenSource } from './http.ts';
import { type Listed, pageIn, referralIn } from './referral-answer.ts';
import { type BodyOptions, bodyOf, patchOf } from './referral-body.ts';

type ReferralsApi = BodyOptions & {
  readonly apiUrl?: string;
  readonly token: TokenSource;
  readonly clock: Clock;
  readonly timeoutMs?: number;
  /** A list is not followed further; 100 referrals are on a page. */
  readonly mostPages?: number;
};

const PATH = '/v1.0/engagements/referrals';
const MOST_BYTES = 8 * 1024 * 1024;

const JSON_BODY = { 'content-type': 'application/json' } as const;

/** What could not be a question is an answer as well: which fields, not what stands in them. */
const orRefused = <T>(make: () => T): { readonly made: T } | Failure => {
  try {
    return { made: make() };
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const fields = [...new Set(error.issues.map(({ path }) => path.join('.')))].join(', ');
    return { kind: 'refused', trouble: `not sent: ${fields || 'the change'}` };
  }
};

type Order = 'createdDateTime' | 'updatedDateTime';
const ORDERS: Readonly<Record<Order, (one: Listed) => Date>> = {
  // A list may leave it out; what was changed before cannot have been made later.
  createdDateTime: ({ createdAt, referral }) => createdAt ?? referral.updatedAt,
  updatedDateTime: ({ referral }) => referral.updatedAt,
};

/** R29: Partner Center's referrals API. */
export const referralsApi = ({
  apiUrl = 'https://api.partner.microsoft.com',
  token,
  clock,
  timeoutMs = 20_000,
  mostPages = 100,
  ...options
}: ReferralsApi): PartnerCenter => {
  const ask = asker(apiUrl, token, { timeoutMs, mostBytes: MOST_BYTES });
  const failed = (heard: Heard | Failure): Failure | null =>
    heard.kind === 'heard' || heard.kind === 'lost' ? failureIn(heard, clock.now()) : heard;

  const one = (heard: Heard | Failure): Answer<RemoteReferral> => {
    const failure = failed(heard);
    if (failure !== null || heard.kind !== 'heard') return failure ?? { kind: 'unsure', trouble: 'no answer' };
    const referral = referralIn(jsonIn(heard.body), heard.headers.get('etag'));
    return referral === null
      ? { kind: 'unsure', trouble: `${heard.status}, unreadable` }
      : { kind: 'ok', value: referral };
  };

  /** The same address at our own host, whatever protocol the link names; null for any other host. */
  const onward = (link: string): string | null => {
    const next = URL.parse(link, apiUrl);
    const here = new URL(apiUrl);
    if (next === null || next.host !== here.host) return null;
    const path = `${next.pathname}${next.search}`;
    // A path that begins with two slashes, of either kind, is the address of another host.
    return URL.parse(path, here.href)?.origin === here.origin ? path : null;
  };

  /** Page by page, until `enough` says so. */
  const walk = async (query: string, enough: (page: readonly Listed[]) => boolean): Promise<Answer<Listed[]>> => {
    const found = new Map<string, Listed>();
    let path: string | null = `${PATH}?${query}`;
    for (let pages = 0; path !== null; pages += 1) {
      if (pages === mostPages) return { kind: 'unsure', trouble: `more than ${mostPages} pages` };
      const heard: Heard | Failure = await ask(path);
      const failure = failed(heard);
      if (failure !== null || heard.kind !== 'heard') return failure ?? { kind: 'unsure', trouble: 'no answer' };
      const page = pageIn(jsonIn(heard.body));
      if (page === null) return { kind: 'unsure', trouble: `${heard.status}, unreadable` };
      // What moves while the pages are turned comes twice: the first time it came newest.
      for (const listed of page.listed) {
        if (!found.has(listed.referral.id)) found.set(listed.referral.id, listed);
      }
      if (page.next === null || enough(page.listed)) break;
      path = onward(page.next);
      if (path === null) return { kind: 'unsure', trouble: 'the next page is elsewhere' };
    }
    return { kind: 'ok', value: [...found.values()] };
  };

  /**
   * Those made or changed at `since` or later, newest first. The API documents no filter by time, only the order: the
   * list is left at the first that is older, as long as it keeps to the order.
   */
  const listSince = async (order: Order, since: Date): Promise<Answer<RemoteReferral[]>> => {
    const timeOf = ORDERS[order];
    let ordered = true;
    let latest = Number.POSITIVE_INFINITY;
    const answer = await walk(`$orderby=${order}%20desc`, (page) => {
      for (const listed of page) {
        ordered &&= timeOf(listed).getTime() <= latest;
        latest = timeOf(listed).getTime();
      }
      return ordered && latest < since.getTime();
    });
    if (answer.kind !== 'ok') return answer;
    const recent = answer.value.filter((listed) => timeOf(listed) >= since);
    return { kind: 'ok', value: recent.map(({ referral }) => referral) };
  };

  const listGroup = async (groupId: string): Promise<Answer<RemoteReferral[]>> => {
    const filter = encodeURIComponent(`engagementId eq '${groupId.replaceAll("'", "''")}'`);
    const answer = await walk(`$filter=${filter}`, () => false);
    if (answer.kind !== 'ok') return answer;
    return { kind: 'ok', value: answer.value.map(({ referral }) => referral) };
  };

  const find: PartnerCenter['find'] = async (id) => one(await ask(`${PATH}/${encodeURIComponent(id)}`));

  return {
    find,
    listUpdated: (since) => listSince('updatedDateTime', since),
    listByReference: async (reference, since) => {
      const answer = await listSince('createdDateTime', since);
      if (answer.kind !== 'ok') return answer;
      const found = answer.value.filter(({ externalReferenceId }) => externalReferenceId === reference);
      // A list need not hold Microsoft's half, which is not the partner's own: its group does.
      const groups = new Set(found.map(({ groupId }) => groupId));
      for (const { side, groupId } of found) if (side === 'microsoft') groups.delete(groupId);
      for (const groupId of groups) {
        const group = await listGroup(groupId);
        if (group.kind !== 'ok') return group;
        const missing = group.value.filter(
          ({ id, side, externalReferenceId }) =>
            (side === 'microsoft' || externalReferenceId === reference) && !found.some((known) => known.id === id),
        );
        found.push(...missing);
      }
      return { kind: 'ok', value: found };
    },
    create: async (referral) => {
      const body = orRefused(() => bodyOf(referral, options));
      if (!('made' in body)) return body;
      return one(await ask(PATH, { method: 'POST', headers: JSON_BODY, body: JSON.stringify(body.made) }));
    },
    change: async (id, eTag, change) => {
      const patch = orRefused(() => patchOf(change));
      if (!('made' in patch)) return patch;
      if (patch.made.length === 0) return find(id);
      // A list may have told of it without one; whoever looks again has it.
      if (eTag === '') return { kind: 'stale' };
      const heard = await ask(`${PATH}/${encodeURIComponent(id)}`, {
        method: 'PATCH',
        headers: { ...JSON_BODY, 'if-match': eTag, prefer: 'return=representation' },
        body: JSON.stringify(patch.made),
      });
      if (heard.kind !== 'heard' || heard.status !== 204) return one(heard);
      // It was done; what it looks like now was not said.
      const now = await find(id);
      return now.kind === 'ok' ? now : { kind: 'unsure', trouble: '204, and then not found again' };
    },
  };
};
