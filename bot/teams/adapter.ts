import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
  type TurnContext,
} from 'botbuilder';
import type { Config } from '../config.ts';
import { type Log, loggable } from '../log.ts';

/** Stand-ins for what lives in Microsoft's cloud; left out in production. */
export type Cloud = {
  readonly settings?: ConfigurationBotFrameworkAuthenticationOptions;
  readonly credentials?: NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;
  /** Hosts, with port, that count as Teams' connector besides the real ones. */
  readonly connectorHosts?: readonly string[];
  /** Where the keys of the tab's sign-in are found. */
  readonly signInKeysUrl?: string;
  /** Hosts, with port, that count as where Teams keeps files besides the real one; http will do there. */
  readonly fileHosts?: readonly string[];
};

const settingsOf = ({ app }: Config): ConfigurationBotFrameworkAuthenticationOptions =>
  app === null
    ? {}
    : {
        MicrosoftAppId: app.id,
        MicrosoftAppType: app.type,
        ...(app.tenantId === null ? {} : { MicrosoftAppTenantId: app.tenantId }),
        ...(app.password === null ? {} : { MicrosoftAppPassword: app.password }),
      };

type Caller = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** The SDK's adapter without its HTTP half, which prints every caller it turns away and answers in its own words. */
export class BotAdapter extends CloudAdapter {
  /** Checks the caller's token against the activity; throws for everybody but Teams (in local mode for nobody). */
  authenticate(activity: Activity, authorization: string): Promise<Caller> {
    return this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
  }

  /** One turn; the answer is what an invoke is answered with. */
  run(caller: Caller, activity: Activity, turn: (context: TurnContext) => Promise<void>) {
    return this.processActivity(caller, activity, turn);
  }
}

export const createAdapter = (config: Config, cloud: Cloud, log: Log): BotAdapter => {
  const authentication = new ConfigurationBotFrameworkAuthentication(
    cloud.settings ?? settingsOf(config),
    cloud.credentials,
  );
  const adapter = new BotAdapter(authentication);
  // Turns catch their own errors; what arrives here is the SDK's. Answering it with its message would leak.
  adapter.onTurnError = async (_context, error) => {
    log.error({ error: loggable(error) }, 'the Bot Framework failed a turn');
  };
  return adapter;
};

type Request = { readonly url: string; agent?: HttpAgent };
type Policy = {
  readonly name: string;
  readonly sendRequest: (request: Request, next: (request: Request) => Promise<unknown>) => Promise<unknown>;
};
type Pipeline = {
  removePolicy(policy: Pick<Policy, 'name'>): unknown;
  addPolicy(policy: Policy, options: { readonly afterPhase: 'Sign' }): void;
};

/** What we use of the SDK's client for one turn, beyond its published types. */
type Connector = {
  readonly client?: { readonly pipeline?: Pipeline };
  readonly credentials?: { readonly appId?: string; getToken?(renew?: boolean): Promise<unknown> };
};

const connectorOf = (adapter: CloudAdapter, context: TurnContext): Connector =>
  (context.turnState.get(adapter.ConnectorClientKey) as Connector | undefined) ?? {};

/**
 * The SDK's own connections are used again however long they stood idle, and whether a post arrived that left just as
 * the other side hung up nobody can tell. With a limit, the time that the other side names is kept to as well.
 */
const IDLE_MS = 4_000;
const AGENTS: Readonly<Record<string, HttpAgent>> = {
  'http:': new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
  'https:': new HttpsAgent({ keepAlive: true, timeout: IDLE_MS }),
};
const LIVE_CONNECTIONS: Policy = {
  name: 'liveConnections',
  sendRequest: (request, next) => {
    // Who goes through a proxy has an agent by now.
    const agent = request.agent ?? AGENTS[new URL(request.url).protocol];
    if (agent !== undefined) request.agent = agent;
    return next(request);
  },
};

/**
 * A post is not idempotent. The SDK silently sends again after 5xx, and one answer lost becomes up to four messages; it
 * offers no switch for that, so its retry step is taken out of the client of this turn, and what made posts get lost too.
 */
export const sendingOnce = (adapter: CloudAdapter, context: TurnContext): void => {
  const pipeline = connectorOf(adapter, context).client?.pipeline;
  pipeline?.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline?.removePolicy(LIVE_CONNECTIONS);
  pipeline?.addPolicy(LIVE_CONNECTIONS, { afterPhase: 'Sign' });
};

/** Gets (or finds kept) the bot's own token, before anything is sent with it. Throws when there is none to be had. */
export const ownToken = async (adapter: CloudAdapter, context: TurnContext): Promise<void> => {
  const { credentials } = connectorOf(adapter, context);
  // Local mode has no app, and needs no token to speak to this machine.
  if (credentials?.appId) await credentials.getToken?.();
};

/** Gets another token of the bot's own than the one that is kept; false when there is none to be had. */
export const freshToken = async (adapter: CloudAdapter, context: TurnContext): Promise<boolean> => {
  const { credentials } = connectorOf(adapter, context);
  if (!credentials?.appId || credentials.getToken === undefined) return false;
  await credentials.getToken(true);
  return true;
};
