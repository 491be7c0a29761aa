import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { bold, dotted, type Element, line, type Reader, subtle } from '../card.ts';

/** Which claim a question is about: its name, and below it the customer, or whoever else says more, and the engagement. */
export const aboutClaim = (
  { language }: Pick<Reader, 'language'>,
  { claim, engagement }: Pick<ClaimView, 'claim' | 'engagement'>,
  whose: string = claim.contacts.customer.company,
): Element[] => [
  line(bold(claim.name), { spacing: 'None' }),
  line(dotted(subtle(whose), subtle(engagement.name[language])), { spacing: 'None' }),
];
