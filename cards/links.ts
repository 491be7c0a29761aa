/** The entity of the personal tab, as the app package names it. */
export const TAB = 'desk';

/** A place in the tab. */
export type Place =
  | { readonly page: 'overview' }
  | { readonly page: 'claims' }
  | { readonly page: 'claim'; readonly claim: number }
  | { readonly page: 'customers'; readonly engagement: string | null };

const CLAIM = /^claims\/([1-9]\d{0,9})$/;
const ENGAGEMENT = /^customers\/([a-z0-9-]{1,50})$/;

/** Its path below the tab, without a slash at either end. */
export const pathOf = (place: Place): string => {
  switch (place.page) {
    case 'claim':
      return `claims/${place.claim}`;
    case 'customers':
      return place.engagement === null ? 'customers' : `customers/${place.engagement}`;
    default:
      return place.page;
  }
};

/** The place that a path names; null: none. */
export const placeAt = (path: string): Place | null => {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed === 'overview' || trimmed === 'claims') return { page: trimmed };
  if (trimmed === 'customers') return { page: 'customers', engagement: null };
  const claim = CLAIM.exec(trimmed)?.[1];
  if (claim !== undefined) return { page: 'claim', claim: Number(claim) };
  const engagement = ENGAGEMENT.exec(trimmed)?.[1];
  return engagement === undefined ? null : { page: 'customers', engagement };
};

/** Addresses that lead from what Claimdesk says to where it is opened. */
export type Links = {
  /** Opens the tab at a place: inside Teams, or, where there is no app in Teams, as a page of its own. */
  readonly tab: (place: Place) => string;
  /** What is pasted into a message: Teams shows it as a card, and a browser is led on to the tab. */
  readonly claim: (claim: number) => string;
};

/** `publicUrl` without a slash at its end; `teamsAppId`: the app's id in Teams, null where it is none. */
export const linksFrom = (publicUrl: string, teamsAppId: string | null): Links => {
  const page = (place: Place) => `${publicUrl}/tab/${pathOf(place)}`;
  return {
    tab: (place) => {
      if (teamsAppId === null) return page(place);
      // Teams still calls what teams-js names subPageId by its old name here.
      const context = JSON.stringify({ subEntityId: pathOf(place) });
      return `https://teams.microsoft.com/l/entity/${teamsAppId}/${TAB}?${new URLSearchParams({ webUrl: page(place), context })}`;
    },
    claim: (claim) => `${publicUrl}/claims/${claim}`,
  };
};

/** The claim that an address of ours names; null: it is not one of these. */
export const claimAt = (publicUrl: string, url: string): number | null => {
  if (!URL.canParse(url)) return null;
  const { origin, pathname, username, password } = new URL(url);
  const base = new URL(publicUrl);
  const root = base.pathname.replace(/\/$/, '');
  // `https://claimdesk.example@…` is read as one host by people and as another by machines; nobody links like that.
  if (username !== '' || password !== '') return null;
  if (origin !== base.origin || !pathname.startsWith(`${root}/`)) return null;
  const path = pathname.slice(root.length).replace(/^\/tab\//, '/');
  const place = placeAt(path);
  return place?.page === 'claim' && place.claim <= 2_147_483_647 ? place.claim : null;
};
