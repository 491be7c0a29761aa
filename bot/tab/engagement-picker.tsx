import { Combobox, Option, OptionGroup } from '@fluentui/react-components';
import { useState } from 'react';
import type { Answer } from '../../cards/tab/contract.ts';
import { useSession } from './session.tsx';

const KEPT = 'claimdesk.engagement';

/** The engagement that was looked at last in this browser, where it may remember and there still is one. */
export const rememberedEngagement = (engagements: Answer<'me'>['engagements']): string | undefined => {
  try {
    const kept = localStorage.getItem(KEPT);
    return engagements.find(({ slug }) => slug === kept)?.slug;
  } catch {
    return undefined;
  }
};

const remember = (slug: string): void => {
  try {
    localStorage.setItem(KEPT, slug);
  } catch {
    // A browser that keeps nothing of framed pages: the next visit begins with the first one.
  }
};

/** Finds an engagement by typing a part of its name. */
export const EngagementPicker = ({
  slug,
  choose,
}: {
  readonly slug: string;
  readonly choose: (slug: string) => void;
}) => {
  const { me, words } = useSession();
  const name = me.engagements.find((one) => one.slug === slug)?.name ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const fits = me.engagements.filter(
    (one) => typed === null || one.name.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const areas = Map.groupBy(fits, ({ area }) => area);
  return (
    <Combobox
      aria-label={words.engagement}
      className="picker"
      value={typed ?? name}
      selectedOptions={[slug]}
      onChange={(event) => setTyped(event.target.value)}
      onOpenChange={(_, { open }) => {
        if (!open) setTyped(null);
      }}
      onOptionSelect={(_, { optionValue }) => {
        // Typing undoes what was chosen, which is said as a choice of nothing.
        if (optionValue === undefined) return;
        setTyped(null);
        remember(optionValue);
        choose(optionValue);
      }}
    >
      {fits.length === 0 && (
        <Option value="" disabled>
          {words.nothing}
        </Option>
      )}
      {[...areas].map(([area, ones]) => (
        <OptionGroup key={area} label={area}>
          {ones.map((one) => (
            <Option key={one.slug} value={one.slug}>
              {one.name}
            </Option>
          ))}
        </OptionGroup>
      ))}
    </Combobox>
  );
};
