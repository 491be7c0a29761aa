import type { Cents } from '../claims/money.ts';

/** Where an opportunity stands in Microsoft's sales system. Only an open one can be nominated. */
export const OPPORTUNITY_STATES = ['open', 'won', 'lost'] as const;

/** A deal in MSX, as the import told it. `valueCents` null: never told. */
export type Opportunity = {
  /** The MSX opportunity id. */
  readonly id: string;
  readonly name: string;
  readonly state: (typeof OPPORTUNITY_STATES)[number];
  readonly valueCents: Cents | null;
};
