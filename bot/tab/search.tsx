import { SearchBox } from '@fluentui/react-components';
import { useEffect, useState } from 'react';

/** How long nothing is typed before it is looked for. */
const PAUSE_MS = 250;

/** Looks for what is typed, a moment after the last key. */
export const Search = ({
  value,
  label,
  clear,
  find,
}: {
  readonly value: string;
  readonly label: string;
  readonly clear: string;
  readonly find: (text: string) => void;
}) => {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const later = setTimeout(() => find(typed), PAUSE_MS);
    return () => clearTimeout(later);
  }, [typed, value, find]);
  return (
    <SearchBox
      className="search"
      aria-label={label}
      placeholder={label}
      maxLength={100}
      value={typed}
      dismiss={{ 'aria-label': clear }}
      onChange={(_, { value: next }) => setTyped(next)}
    />
  );
};
