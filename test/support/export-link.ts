import { parse } from 'csv-parse/sync';
import type { SeenCard } from './person.ts';
import type { World } from './world.ts';

/** Where the card's one download leads, as a path of this world. */
export const downloadOn = (card: SeenCard): string => {
  const link = /"Action\.OpenUrl"[^{}]*"https:\/\/claimdesk\.example(\/export\/[^"]+)"/.exec(JSON.stringify(card))?.[1];
  if (link === undefined) throw new Error(`no download on ${JSON.stringify(card).slice(0, 300)}`);
  return link;
};

export const exportTokenIn = (link: string): string => link.slice('/export/'.length);

export type Line = Readonly<Record<string, string>>;

/** The lines of a file, by the names in its header; cells as they stand there. */
export const linesIn = (csv: string): readonly Line[] => parse<Line>(csv, { bom: true, columns: true });

/** Fetches the file of a live link. */
export const fileAt = async (world: Pick<World, 'url'>, link: string): Promise<readonly Line[]> => {
  const response = await fetch(`${world.url}${link}`);
  if (response.status !== 200) throw new Error(`the link was answered with ${response.status}`);
  return linesIn(await response.text());
};
