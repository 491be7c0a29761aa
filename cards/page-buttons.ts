import type { Action, Reader } from './card.ts';
import { textFor } from './format.ts';

/** Buttons to the page before and the page after, where there is one. Pages count from 1. */
export const pageButtons = (
  { language }: Pick<Reader, 'language'>,
  { page, pages }: { readonly page: number; readonly pages: number },
  to: (page: number, title: string) => Action,
): Action[] => {
  const { previous, next } = textFor(language).claims;
  return [...(page > 1 ? [to(page - 1, previous)] : []), ...(page < pages ? [to(page + 1, next)] : [])];
};
