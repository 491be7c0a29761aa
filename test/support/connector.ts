import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Activity, ConversationParameters, TeamsChannelAccount } from 'botbuilder';

export type Operation = 'create' | 'send' | 'edit' | 'delete' | 'members';

/** In a channel `conversationId` is the thread's. `history` holds earlier versions, oldest first. `at` is in ms. */
export type Post = Readonly<{
  id: string;
  conversationId: string;
  activity: Partial<Activity>;
  history: readonly Partial<Activity>[];
  deleted: boolean;
  at: number;
}>;

/**
 * What goes wrong with the next `times` (1) requests that match. `after` answers so once the request took effect.
 * `reset` drops the connection instead, `cut` in the middle of the answer. `retryAfter` is in seconds. With `stallMs`
 * alone the true answer comes late.
 */
export type Failure = Readonly<{
  status?: number;
  code?: string;
  retryAfter?: number;
  times?: number;
  when?: 'before' | 'after';
  reset?: boolean;
  cut?: boolean;
  stallMs?: number;
  /** Called, with the sender's token, when the request has arrived; the answer waits for it. */
  hold?: (token: string) => Promise<void>;
  conversationId?: string;
  on?: Operation;
}>;

type Call = Readonly<{ on: Operation; conversationId: string; id: string; paged: boolean; bytes: number; body: Body }>;
type Body = Partial<Activity> & Partial<ConversationParameters>;
type Answer = Readonly<{ status: number; body: unknown; retryAfter?: number | undefined }>;
type Roster = readonly Partial<TeamsChannelAccount>[];
export type Connector = Awaited<ReturnType<typeof startConnector>>;

const LARGEST_MESSAGE = 100 * 1024;
// Seconds and how many messages one conversation takes in them; twice as many reads.
const WINDOWS = { 1: 7, 2: 8, 30: 60, 3600: 1800 } as const;
const CODES: Readonly<Record<number, string>> = {
  400: 'Bad Argument',
  401: 'BotNotRegistered',
  403: 'BotNotInConversationRoster',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  413: 'MessageSizeTooBig',
  429: 'Throttled',
};

const error = (status: number, message: string, code = CODES[status] ?? 'ServiceError'): Answer => ({
  status,
  body: { error: { code, message } },
});
const channelOf = (conversationId: string) => conversationId.replace(/;messageid=.*/, '');
const covers = (wanted: string | undefined, id: string) =>
  wanted === undefined || wanted === id || wanted === channelOf(id);

/**
 * A stand-in for the Bot Connector of Teams on 127.0.0.1. `now` (ms) drives the rate windows. A post is unread until
 * `takePosts` or `waitForPost` gave it out, and again once edited. A channel's id stands for all its threads.
 * `waitForPost` resolves with the first unread match, now or later, and rejects with what was there instead.
 */
export async function startConnector({ now = Date.now }: Readonly<{ now?: () => number }> = {}) {
  const posts: Post[] = [];
  const rosters = new Map<string, Roster>();
  const unseen = new Set<string>();
  const failures: { failure: Failure; left: number }[] = [];
  const changes = new EventEmitter().setMaxListeners(0);
  const counts = {
    create: 0,
    send: 0,
    edit: 0,
    delete: 0,
    members: 0,
    accepted: 0,
    refused: 0,
    throttled: 0,
    failed: 0,
  };
  const peaks = { inFlight: 0, perSecond: 0 };
  const watched = watchTraffic(peaks);
  const stopping = new AbortController();
  const throttled = rateWindows(now);
  let lastId = 1_700_000_000_000;

  const posted = (conversationId?: string): readonly Post[] =>
    posts.filter((post) => !post.deleted && covers(conversationId, post.conversationId));
  const unread = (conversationId?: string): readonly Post[] =>
    posted(conversationId).filter(({ id }) => unseen.has(id));
  const changed = (id: string) => {
    unseen.add(id);
    changes.emit('change');
  };

  const store = (to: string, activity: Partial<Activity>): string => {
    const id = `${++lastId}`;
    const conversationId = to.startsWith('19:') && to.endsWith('@thread.tacv2') ? `${to};messageid=${id}` : to;
    posts.push({ id, conversationId, activity, history: [], deleted: false, at: now() });
    changed(id);
    return id;
  };

  const replace = ({ conversationId, id }: Call, change: (post: Post) => Post): Answer => {
    const post = posted(channelOf(conversationId)).find((one) => one.id === id);
    if (!post) return error(404, 'Activity not found.', 'ActivityNotFoundInConversation');
    posts[posts.indexOf(post)] = change(post);
    changed(id);
    return { status: 200, body: { id } };
  };

  const create = ({ conversationId, body: { members = [], activity, tenantId, channelData } }: Call): Answer => {
    if (channelData?.channel) {
      if (!activity) return error(400, 'A new thread needs its first message.');
      const activityId = store(conversationId, activity);
      return { status: 201, body: { id: `${conversationId};messageid=${activityId}`, activityId } };
    }
    if (members.length !== 1) return error(400, 'A bot can only start a chat with one person.');
    if (!tenantId && !channelData?.tenant?.id) return error(400, 'The tenant is missing.');
    return { status: 201, body: { id: conversationId, activityId: activity && store(conversationId, activity) } };
  };

  const members = ({ conversationId, id, paged }: Call): Answer => {
    const roster = rosters.get(channelOf(conversationId));
    if (!roster) return error(404, 'Conversation not found.');
    if (!id) return { status: 200, body: paged ? { members: roster } : roster };
    const member = roster.find((one) => one.id === id || one.aadObjectId === id);
    return member ? { status: 200, body: member } : error(404, 'Member not found.', 'MemberNotFoundInConversation');
  };

  const effects: Readonly<Record<Operation, (call: Call) => Answer>> = {
    create,
    members,
    send: ({ conversationId, body }) => ({ status: 201, body: { id: store(conversationId, body) } }),
    edit: (call) =>
      replace(call, (post) => ({ ...post, activity: call.body, history: [...post.history, post.activity] })),
    delete: (call) => replace(call, (post) => ({ ...post, deleted: true })),
  };
  const accept = (call: Call) =>
    call.bytes > LARGEST_MESSAGE ? error(413, 'Message size too large.') : effects[call.on](call);

  const scripted = (call: Call): Failure | undefined => {
    const next = failures.find(
      ({ failure: { on = call.on, conversationId } }) => on === call.on && covers(conversationId, call.conversationId),
    );
    if (next && --next.left <= 0) failures.splice(failures.indexOf(next), 1);
    return next?.failure;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await parse(request);
    if (!call) return answer(response, error(404, `There is no ${request.method} ${request.url} here.`));
    if (!request.headers.authorization?.startsWith('Bearer ')) return answer(response, error(401, 'No token.'));
    counts[call.on] += 1;
    response.once('close', watched(call));
    const failure = scripted(call);
    const fails = failure?.reset || failure?.cut || failure?.status !== undefined;
    const done = fails && failure?.when !== 'after' ? undefined : (throttled(call) ?? accept(call));
    counts[!done ? 'failed' : done.status === 429 ? 'throttled' : done.status < 400 ? 'accepted' : 'refused'] += 1;
    await failure?.hold?.(request.headers.authorization.slice('Bearer '.length));
    if (failure?.stallMs) await pause(failure.stallMs, undefined, { signal: stopping.signal });
    if (done && (!fails || done.status >= 400)) return answer(response, done);
    if (failure?.reset) return void request.socket.resetAndDestroy();
    if (failure?.cut) {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': 1_000 });
      return void response.write('{"id":"17', () => request.socket.resetAndDestroy());
    }
    const { status = 500, code, retryAfter } = failure ?? {};
    answer(response, { ...error(status, 'Scripted failure.', code), retryAfter });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((thrown) => answer(response, error(400, `${thrown}`)));
  }).listen(0, '127.0.0.1');
  let connections = 0;
  const hangUps = new EventEmitter();
  server.on('connection', (socket) => {
    connections += 1;
    socket.once('end', () => hangUps.emit('one', 'caller'));
    socket.once('timeout', () => hangUps.emit('one', 'connector'));
  });
  await once(server, 'listening');

  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/emea/`,
    /** Everything ever posted, deleted posts too, in order; `posted` is what people see now. */
    get conversations(): ReadonlyMap<string, readonly Post[]> {
      return Map.groupBy(posts, ({ conversationId }) => conversationId);
    },
    posted,
    /** Requests by kind, and by how they ended here, whatever the answer said. */
    counts: counts as Readonly<typeof counts>,
    /** The most messages and edits that were under way in one conversation at a time, and that came in any one second. */
    peaks: peaks as Readonly<typeof peaks>,
    /** How many were ever opened. */
    get connections(): number {
      return connections;
    },
    /** From now on it says that it hangs up on connections that stand idle for so many seconds, and does. */
    hangUpAfter: (seconds: number): void => {
      server.keepAliveTimeout = seconds * 1_000;
    },
    /** Who hangs up first on a connection that stands idle. */
    hungUpBy: async (): Promise<'caller' | 'connector'> => (await once(hangUps, 'one', { signal: stopping.signal }))[0],
    failNext: (failure: Failure): void => void failures.push({ failure, left: failure.times ?? 1 }),
    setMembers: (conversationId: string, roster: Roster): void => void rosters.set(conversationId, roster),
    waitForPost: async (conversationId?: string, matches = (_: Post): boolean => true, timeoutMs = 5000) => {
      const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), stopping.signal]);
      for (;;) {
        const found = unread(conversationId).find(matches);
        if (found) {
          unseen.delete(found.id);
          return found;
        }
        await once(changes, 'change', { signal }).catch(() => {
          const what = stopping.signal.aborted ? 'before the connector stopped' : `within ${timeoutMs} ms`;
          throw new Error(
            `No such unread post ${what}, in ${conversationId ?? 'any conversation'}. ${listed(posts, unseen)}`,
          );
        });
      }
    },
    takePosts: (conversationId?: string): readonly Post[] => {
      const taken = unread(conversationId);
      for (const { id } of taken) unseen.delete(id);
      return taken;
    },
    unread,
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  } as const;
}

function answer(response: ServerResponse, { status, body, retryAfter }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
  });
  response.end(JSON.stringify(body));
}

async function parse(request: IncomingMessage): Promise<Call | undefined> {
  const { pathname } = new URL(request.url ?? '', 'http://connector');
  const found = pathname.match(/\/v3\/conversations(?:\/([^/]+)\/(\w+)(?:\/([^/]+))?)?$/);
  const [, conversation = '', part = '', item = ''] = found ?? [];
  const on = found && operations[`${request.method} ${part}`];
  if (!on) return undefined;
  const text = Buffer.concat(await request.toArray());
  const body = text.length > 0 ? JSON.parse(text.toString()) : {};
  const created = body.channelData?.channel?.id ?? `a:chat-with-${body.members?.[0]?.id}`;
  return {
    on,
    conversationId: on === 'create' ? created : decodeURIComponent(conversation),
    id: decodeURIComponent(item),
    paged: part === 'pagedmembers',
    bytes: text.length,
    body,
  };
}

const operations: Readonly<Record<string, Operation>> = {
  'POST ': 'create',
  'POST activities': 'send',
  'PUT activities': 'edit',
  'DELETE activities': 'delete',
  'GET members': 'members',
  'GET pagedmembers': 'members',
};

/** Gives the 429 a call meets, or counts it in. Threads share their channel's windows; edits and deletes have none. */
function rateWindows(now: () => number): (call: Call) => Answer | undefined {
  const passed = new Map<string, readonly number[]>();
  return ({ on, conversationId }) => {
    if (on === 'edit' || on === 'delete') return undefined;
    const key = `${on} ${channelOf(conversationId)}`;
    const times = (passed.get(key) ?? []).filter((time) => time > now() - 3_600_000);
    const ends = Object.entries(WINDOWS).map(([seconds, limit]) => {
      const first = times.at(-limit * (on === 'members' ? 2 : 1));
      return first === undefined ? 0 : first + Number(seconds) * 1000;
    });
    const wait = Math.max(...ends) - now();
    if (wait > 0) return { ...error(429, 'API calls quota exceeded.'), retryAfter: Math.ceil(wait / 1000) };
    passed.set(key, [...times, now()]);
    return undefined;
  };
}

/** Notes that a call has come; what it returns notes that it is over. Reads are not watched. */
function watchTraffic(peaks: { inFlight: number; perSecond: number }): (call: Call) => () => void {
  const underWay = new Map<string, number>();
  let second: readonly number[] = [];
  return ({ on, conversationId }) => {
    if (on === 'members') return () => {};
    const at = performance.now();
    const key = channelOf(conversationId);
    const change = (by: number) => underWay.set(key, (underWay.get(key) ?? 0) + by);
    change(1);
    second = [...second.filter((time) => time > at - 1_000), at];
    peaks.inFlight = Math.max(peaks.inFlight, underWay.get(key) ?? 0);
    peaks.perSecond = Math.max(peaks.perSecond, second.length);
    return () => void change(-1);
  };
}

function listed(posts: readonly Post[], unseen: ReadonlySet<string>): string {
  const line = ({ id, conversationId, deleted, activity }: Post) => {
    const state = deleted ? 'deleted' : unseen.has(id) ? 'unread' : 'read';
    return `- ${state}, ${conversationId}: ${JSON.stringify(activity).slice(0, 500)}`;
  };
  return posts.length === 0 ? 'Nothing was posted.' : `Last posts:\n${posts.slice(-20).map(line).join('\n')}`;
}
