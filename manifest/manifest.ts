import type { TeamsManifestV1D25 } from '@microsoft/app-manifest';
import { TAB } from '../cards/links.ts';
import type { Language } from '../domain/people/actor.ts';
import { commandLists } from './commands.ts';
import { APP_TEXT } from './text.ts';

export type Manifest = TeamsManifestV1D25.TeamsManifestV1D25;

/** What differs from one deployment to the next. Ids are GUIDs, addresses https, without a slash at their end. */
export type Deployment = {
  /** Of the bot, and of the Entra app it signs in with. */
  readonly appId: string;
  readonly teamsAppId: string;
  readonly publicUrl: string;
  readonly developer: Manifest['developer'];
  /** Three numbers. Teams takes another package for the same app by it. */
  readonly version: string;
};

/** The background of the colour icon, and the colour of the consent mail and page. */
export const ACCENT = '#0f6b60';

/** For the sign-in of the tab: what the Entra app must expose as its Application ID URI. */
export const resourceOf = ({ appId, publicUrl }: Pick<Deployment, 'appId' | 'publicUrl'>): string =>
  `api://${new URL(publicUrl).host}/botid-${appId}`;

const search = (id: string, { title, description, find }: (typeof APP_TEXT)['en']['searchClaims']) => ({
  id,
  type: 'query' as const,
  context: ['compose' as const, 'commandBox' as const],
  title,
  description,
  // What is next is there before anything is typed.
  initialRun: true,
  parameters: [{ name: 'find', inputType: 'text' as const, ...find }],
});

const composeExtension = (appId: string, host: string, language: Language) => {
  const { searchCustomers, searchClaims, addCustomer } = APP_TEXT[language];
  return {
    botId: appId,
    commands: [
      search('searchCustomers', searchCustomers),
      search('searchClaims', searchClaims),
      {
        id: 'addCustomer',
        type: 'action' as const,
        context: ['compose' as const, 'commandBox' as const, 'message' as const],
        ...addCustomer,
        fetchTask: true,
        taskInfo: { title: addCustomer.title },
      },
    ],
    // Whoever has not installed the app sees the bare link: what it shows depends on who looks.
    messageHandlers: [{ type: 'link' as const, value: { domains: [host] } }],
  };
};

/** The manifest, with its texts in one language. Schema 1.25 is the oldest in which an app can be in every kind of channel. */
export const manifestFor = (deployment: Deployment, language: Language = 'en'): Manifest => {
  const { appId, teamsAppId, publicUrl, developer, version } = deployment;
  const { host } = new URL(publicUrl);
  const { fullName, inShort, inFull } = APP_TEXT[language];
  return {
    $schema: 'https://developer.microsoft.com/en-us/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
    manifestVersion: '1.25',
    version,
    id: teamsAppId,
    localizationInfo: { defaultLanguageTag: 'en', additionalLanguages: [{ languageTag: 'nl', file: 'nl.json' }] },
    developer,
    name: { short: 'Claimdesk', full: fullName },
    description: { short: inShort, full: inFull.join('\n\n') },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: ACCENT,
    staticTabs: [
      { entityId: 'conversations', scopes: ['personal'] },
      {
        entityId: TAB,
        name: 'Claimdesk',
        contentUrl: `${publicUrl}/tab`,
        websiteUrl: `${publicUrl}/tab`,
        scopes: ['personal'],
      },
      { entityId: 'about', scopes: ['personal'] },
    ],
    configurableTabs: [
      {
        configurationUrl: `${publicUrl}/tab/config`,
        canUpdateConfiguration: true,
        scopes: ['team', 'groupChat'],
        context: ['channelTab', 'privateChatTab'],
      },
    ],
    bots: [
      {
        botId: appId,
        scopes: ['personal', 'team', 'groupChat'],
        // Files to import are sent to the bot in the own chat.
        supportsFiles: true,
        commandLists: commandLists(language),
      },
    ],
    composeExtensions: [composeExtension(appId, host, language)],
    // Who somebody is for the tab; a chat of its own with people it has not heard from yet.
    permissions: ['identity', 'messageTeamMembers'],
    validDomains: [host],
    webApplicationInfo: { id: appId, resource: resourceOf(deployment) },
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    // Channels that are private or shared with other organisations too.
    supportsChannelFeatures: 'tier1',
  };
};
