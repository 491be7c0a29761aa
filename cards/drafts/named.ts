import type { NominationView } from '../../domain/drafts/show-draft.ts';
import { bold, type Element, line, type Reader, subtle } from '../card.ts';
import { textFor } from '../format.ts';

/** Who was chosen: the name that was given, and what it leads to; for a known customer, who it is and its names. */
export const chosenLine = (reader: Reader, { kind, names, customerName }: NominationView): Element[] => {
  const words = textFor(reader.language);
  if (kind === 'claimCustomer') {
    return [
      line([subtle(`${words.add.labels.customer}: `), bold(customerName ?? '')]),
      ...names.map(({ type, value }) => line([subtle(`${words.identifierTypes[type]}: `), value], { spacing: 'None' })),
    ];
  }
  const [chosen] = names;
  if (chosen === undefined) return [];
  const tenant = chosen.tenantName ?? (chosen.type === 'tenantId' ? null : chosen.tenantId);
  const by = line([
    subtle(`${words.identifierTypes[chosen.type]}: `),
    bold(chosen.value),
    ...(tenant === null ? [] : [subtle(` · ${words.add.labels.tenant}: `), tenant]),
  ]);
  // The name that came with the imported facts, so that a mistyped ID is noticed here and not in the mail.
  const known = customerName === null ? [] : [line([subtle(`${words.add.labels.customer}: `), customerName])];
  return [by, ...known];
};
