import { z } from 'zod';

/** What the tab's page knows before anybody is signed in: where it is, and nothing about anybody. */
export const pageSchema = z.object({
  /** No sign-in: the Playground's user looks at it. */
  local: z.boolean(),
  /** The app in Teams and its bot; null: there is none. */
  teamsAppId: z.string().nullable(),
  botId: z.string().nullable(),
  /** Where the tab is opened. */
  open: z.string(),
});
export type Page = z.infer<typeof pageSchema>;
