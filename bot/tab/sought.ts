import { useCallback } from 'react';
import { useSearchParams } from 'wouter';

/** What is sought stands in the address: going back, reloading and sharing keep it. Empty: it was left out. */
export const useSought = <Name extends string>(
  names: readonly Name[],
): readonly [Readonly<Record<Name, string>>, (change: Partial<Record<Name, string>>) => void] => {
  const [query, setQuery] = useSearchParams();
  const sought = Object.fromEntries(names.map((name) => [name, query.get(name) ?? ''])) as Record<Name, string>;
  const change = useCallback(
    (next: Partial<Record<Name, string>>) => {
      setQuery(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries<string | undefined>(next)) {
            if (value === undefined || value === '') after.delete(name);
            else after.set(name, value);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setQuery],
  );
  return [sought, change];
};
