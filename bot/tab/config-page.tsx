import { Field, Select, Title3 } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { type Place, pathOf } from '../../cards/links.ts';
import type { Answer } from '../../cards/tab/contract.ts';
import { onSave } from './host.ts';
import type { Words } from './words.ts';

/** What a tab of a channel may show: a page, or the customers of one engagement. */
const placesFor = (me: Answer<'me'>, words: Words): readonly { readonly place: Place; readonly name: string }[] => [
  { place: { page: 'claims' }, name: words.pages.claims },
  { place: { page: 'overview' }, name: words.pages.overview },
  { place: { page: 'customers', engagement: null }, name: words.pages.customers },
  ...me.engagements.map(({ slug, name }) => ({
    place: { page: 'customers', engagement: slug } as const,
    name: `${words.pages.customers}: ${name}`,
  })),
];

/** Where somebody who adds the tab to a channel or chat chooses what it shows. */
export const ConfigPage = ({ me, words }: { readonly me: Answer<'me'>; readonly words: Words }) => {
  const places = placesFor(me, words);
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    onSave(() => {
      const { place, name } = placesFor(me, words)[chosen] ?? { place: { page: 'claims' } as const, name: '' };
      const path = pathOf(place);
      const url = new URL(path, document.baseURI).href;
      return { entityId: path, contentUrl: url, websiteUrl: url, suggestedDisplayName: words.config.name(name) };
    });
  }, [chosen, me, words]);
  return (
    <main className="config">
      <Title3 as="h1">{words.config.title}</Title3>
      <p>{words.config.body}</p>
      <Field label={words.config.page}>
        <Select value={String(chosen)} onChange={(_, { value }) => setChosen(Number(value))}>
          {places.map(({ place, name }, index) => (
            <option key={pathOf(place)} value={String(index)}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </main>
  );
};
