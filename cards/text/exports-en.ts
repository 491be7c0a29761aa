import type { ExportKind } from '../../domain/exports/export-store.ts';
import { spelling } from './spelling.ts';

const { number } = spelling('en-GB');

/** What is said about files to take along. */
export const exportsEn = {
  title: { claims: 'Your claims as a file', customers: 'Your customers as a file' } satisfies Record<
    ExportKind,
    string
  >,
  holds: {
    claims:
      'Every claim that you may see, a line each: status and dates, engagement, location, customer, both contacts, amounts.',
    customers:
      'Every customer with a claim that you may see: a line for each identifier, with the first claim, the consent, and how many claims are open and ended.',
  } satisfies Record<ExportKind, string>,
  /** Nothing to export is another card. */
  lines: {
    claims: (count: number) => (count === 1 ? '1 claim' : `${number(count)} claims`),
    customers: (count: number) => (count === 1 ? '1 line' : `${number(count)} lines`),
  } satisfies Record<ExportKind, (count: number) => string>,
  labels: { now: 'In it now', format: 'Format', until: 'Link works until' },
  format: 'CSV (UTF-8, commas), for Excel and other programs',
  care: 'The link is yours: whoever has it gets the file without signing in. Customers’ details are in it, so keep it as you keep those.',
  formulas: 'Text that a spreadsheet would take for a formula has an apostrophe in front.',
  download: 'Download',
  none: {
    claims: {
      title: 'There is nothing to export yet',
      body: 'No claim at your locations yet. Add a customer to make the first.',
      offer: 'add.start' as const,
    },
    customers: {
      title: 'There is nothing to export yet',
      body: 'No customer with a claim at your locations yet. Add one to begin.',
      offer: 'add.start' as const,
    },
  } satisfies Record<ExportKind, object>,
  page: {
    dead: {
      title: 'This download link does not work',
      text: 'Links to a file work for ten minutes only. Ask Claimdesk for a new one in your chat with it: type “export claims” or “export customers”.',
    },
    failed: {
      title: 'Something went wrong on our side',
      text: 'There is no file this time. Please try again in a few minutes.',
    },
  },
};

/** The same, however many literals it is made of. */
export type ExportsText = typeof exportsEn;
