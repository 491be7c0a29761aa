import { addressFaults, appIdFaults } from './addresses.ts';
import { iconFaults } from './icons.ts';
import { type Texts, textsIn, translatable } from './locale.ts';
import { isTranslatable, schemaFaults } from './schema.ts';

/** The files of a package by name. All lie at its root. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** A file that the manifest names, and the path where it does. */
const missing = (path: string, file: string): readonly string[] => [`${path}: there is no ${file} in the package`];

/** A locale file against the manifest: no text that points at nothing, and none that is left in the first language. */
const localeFaults = (file: string, bytes: Uint8Array, manifest: Texts): readonly string[] => {
  const locale: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const there = Object.keys(locale ?? {});
  const wanted = translatable(manifest);
  return [
    ...schemaFaults('locale', locale),
    ...there.filter((key) => isTranslatable(key) && !wanted.has(key)).map((key) => `${key}: points at nothing`),
    ...[...wanted.keys()].filter((key) => !there.includes(key)).map((key) => `${key}: has no text in this language`),
  ].map((fault) => `${file}: ${fault}`);
};

/** Everything that is wrong with a package, before Teams says it one fault at a time. */
export const packageFaults = (files: Files): readonly string[] => {
  const { 'manifest.json': bytes } = files;
  if (bytes === undefined) return missing('the package', 'manifest.json');
  const manifest: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const texts = textsIn(manifest);
  const own = [...schemaFaults('manifest', manifest), ...addressFaults(texts), ...appIdFaults(texts)];
  const icons = (['color', 'outline'] as const).flatMap((which) => {
    const name = texts.get(`icons.${which}`);
    if (name === undefined) return [];
    const file = files[name];
    return file === undefined ? missing(`manifest.json: icons.${which}`, name) : iconFaults(which, name, file);
  });
  const languages = [...texts].filter(([path]) => /^localizationInfo\..*\.file$/.test(path));
  const locales = languages.flatMap(([path, name]) => {
    const file = files[name];
    return file === undefined ? missing(`manifest.json: ${path}`, name) : localeFaults(name, file, texts);
  });
  return [...own.map((fault) => `manifest.json: ${fault}`), ...locales, ...icons];
};
