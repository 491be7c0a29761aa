import { createRequire } from 'node:module';
import type { ErrorObject } from 'ajv';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const require = createRequire(import.meta.url);

type Schema = {
  readonly properties: Readonly<Record<string, object>>;
  readonly patternProperties?: Readonly<Record<string, object>>;
};

/** Microsoft's own, as published for 1.25: what Teams checks when the package is uploaded. */
const SCHEMAS: Record<'manifest' | 'locale', Schema> = {
  manifest: require('@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.schema.json'),
  locale: require('@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json'),
};

// The schemas hold words that draft 04 does not know, and patterns that are none under the stricter rules of Unicode.
const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats.default(ajv);

/** `/bots/0/scopes/1` as locale files write it: `bots[0].scopes[1]`. */
const pathOf = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

const words = ({ instancePath, message = 'is wrong', params }: ErrorObject): string => {
  const { additionalProperty, allowedValues, allowedValue } = params;
  if (typeof additionalProperty === 'string') {
    return `${pathOf(`${instancePath}/${additionalProperty}`)}: the schema knows nothing of that name`;
  }
  const allowed = [allowedValues ?? allowedValue ?? []].flat();
  return `${pathOf(instancePath) || 'all of it'}: ${message}${allowed.length === 0 ? '' : ` (${allowed.join(', ')})`}`;
};

/** What Microsoft's schema says against it, one line for each fault. */
export const schemaFaults = (which: keyof typeof SCHEMAS, value: unknown): readonly string[] => {
  const validate = ajv.getSchema(which) ?? ajv.addSchema(SCHEMAS[which], which).getSchema(which);
  return validate?.(value) === false ? [...new Set((validate.errors ?? []).map(words))] : [];
};

const { properties, patternProperties = {} } = SCHEMAS.locale;
const patterns = Object.keys(patternProperties).map((pattern) => new RegExp(pattern));

/** Whether a locale file can have its own text for that path of the manifest. */
export const isTranslatable = (path: string): boolean =>
  path !== '$schema' && (path in properties || patterns.some((pattern) => pattern.test(path)));
