import { z } from 'zod';
import type { Message } from '../../domain/drafts/from-message.ts';
import { messageText } from './message-text.ts';

/** What the app package declares: the searches, and the form that opens in a dialog. */
export const SEARCHES = ['searchClaims', 'searchCustomers'] as const;
export type SearchName = (typeof SEARCHES)[number];
export const ADD_CUSTOMER = 'addCustomer';

/** What Teams shows at once; it asks for more as somebody scrolls. */
const MOST_RESULTS = 25;
/** Farther than anybody scrolls. */
const MOST_SKIPPED = 100_000;

/** The one parameter that our searches have. Beside it Teams says of the first look that nothing was typed yet. */
export const FIND = 'find';

const page = z
  .object({
    skip: z.number().int().min(0).max(MOST_SKIPPED).default(0),
    count: z.number().int().min(1).default(MOST_RESULTS),
  })
  .prefault({})
  .transform(({ skip, count }) => ({ skip, take: Math.min(count, MOST_RESULTS) }));

export const queryValue = z
  .object({
    commandId: z.enum(SEARCHES),
    parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
    queryOptions: page,
  })
  .transform(({ commandId, parameters, queryOptions }) => {
    const typed = parameters.find(({ name }) => name === FIND)?.value;
    return { search: commandId, find: typeof typed === 'string' ? typed.slice(0, 100) : '', page: queryOptions };
  });

export const linkValue = z.object({ url: z.string().max(2_048) });

/** Of a message only its words and who sent it; whatever else Teams sends along goes no further. */
const payload = z
  .object({
    body: z
      .object({ content: z.string().catch(''), contentType: z.string().catch('') })
      .catch({ content: '', contentType: '' }),
    from: z
      .object({ user: z.object({ displayName: z.string() }) })
      .nullable()
      .catch(null),
  })
  .transform(
    ({ body, from }): Message => ({
      text: messageText(body.content, body.contentType),
      sender: from?.user.displayName ?? '',
    }),
  );

/** `messagePayload` null: there is no message, or none that can be read. */
export const fetchValue = z.object({
  commandId: z.literal(ADD_CUSTOMER),
  messagePayload: payload.nullable().catch(null),
});

export const submitValue = z.object({
  commandId: z.literal(ADD_CUSTOMER),
  data: z.record(z.string(), z.unknown()),
});
