import { isTranslatable } from './schema.ts';

/** Texts by their path in the manifest, such as `bots[0].commandLists[0].commands[0].title`. */
export type Texts = ReadonlyMap<string, string>;

const entriesOf = (value: unknown, path: string): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => entriesOf(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => entriesOf(item, path === '' ? name : `${path}.${name}`));
};

/** Every text there is, whatever the shape: also of a manifest that the schema refuses. */
export const textsIn = (manifest: unknown): Texts => new Map(entriesOf(manifest, ''));

/** Those of them that are read by people. */
export const translatable = (texts: Texts): Texts => new Map([...texts].filter(([path]) => isTranslatable(path)));

/** A locale file: the texts of a manifest that was made in that language. */
export const localeOf = (manifest: unknown): Readonly<Record<string, string>> => ({
  $schema: 'https://developer.microsoft.com/en-us/json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json',
  ...Object.fromEntries(translatable(textsIn(manifest))),
});
