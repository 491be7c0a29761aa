/** How a language writes what is no word: numbers, days, countries, enumerations. */
export const spelling = (locale: 'en-GB' | 'nl-NL') => {
  const numbers = new Intl.NumberFormat(locale);
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const alternatives = new Intl.ListFormat(locale, { type: 'disjunction' });
  const all = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    number: (value: number): string => numbers.format(value),
    /** `2026-09-14` → `14 September 2026`. */
    day: (isoDate: string): string => days.format(new Date(isoDate)),
    /** ISO 3166-1 alpha-2; the code itself where nobody has named the country. */
    country: (code: string): string => countries.of(code) ?? code,
    anyOf: (items: readonly string[]): string => alternatives.format(items),
    allOf: (items: readonly string[]): string => all.format(items),
    capital: (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
  };
};

const DESIGNATIONS: Readonly<Record<string, string>> = {
  modernWork: 'Modern Work',
  security: 'Security',
  infrastructure: 'Infrastructure',
  dataAi: 'Data & AI',
  digitalAppInnovation: 'Digital & App Innovation',
  businessApplications: 'Business Applications',
};

/** A partner designation under Microsoft's own name, which is the same in every language; others as they were given. */
export const designation = (code: string): string => DESIGNATIONS[code] ?? code;
