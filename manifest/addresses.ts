import type { Texts } from './locale.ts';

/** As it is written: an URL that was parsed has its host in lower case already. */
const hostIn = (address: string): string | undefined => /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(address)?.[1];

/** Of whoever offers the app, on a site of their own. Teams opens these in a browser and loads none of them. */
const isAside = (path: string): boolean => path.startsWith('developer.');

const LISTED = /^validDomains\[\d+\]$/;
const LINKS = /^composeExtensions\[\d+\]\.messageHandlers\[\d+\]\.value\.domains\[\d+\]$/;

/** Whether everything that Teams loads, unfurls or signs in for lies in the domains that the manifest declares. */
export const addressFaults = (texts: Texts): readonly string[] => {
  const domains = [...texts].filter(([path]) => LISTED.test(path)).map(([, host]) => host);
  const foreign = (path: string, host: string) =>
    domains.includes(host) ? [] : [`${path}: ${host} is not one of validDomains`];
  return [...texts].flatMap(([path, text]) => {
    if (path === '$schema') return [];
    const host = LISTED.test(path) || LINKS.test(path) ? text : hostIn(text);
    if (host === undefined) return [];
    return [
      ...(/^http:/i.test(text) ? [`${path}: must begin with https:`] : []),
      ...(host === host.toLowerCase() || isAside(path) ? [] : [`${path}: the host ${host} must be in lower case`]),
      ...(isAside(path) ? [] : foreign(path, host)),
    ];
  });
};

/** Whether all that belongs to one Entra app names the same one. */
export const appIdFaults = (texts: Texts): readonly string[] => {
  const id = texts.get('webApplicationInfo.id') ?? '';
  const bots = [...texts].filter(([path]) => /^(bots|composeExtensions)\[\d+\]\.botId$/.test(path));
  const resource = texts.get('webApplicationInfo.resource') ?? '';
  return [
    ...bots.filter(([, bot]) => bot !== id).map(([path]) => `${path}: must be webApplicationInfo.id, ${id}`),
    ...(resource.endsWith(`/botid-${id}`) ? [] : [`webApplicationInfo.resource: must end with /botid-${id}`]),
  ];
};
