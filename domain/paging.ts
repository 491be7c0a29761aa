/** A page of a list: its rows, of how many in all, and which page of how many it is, both from 1. */
export type Paged<R> = {
  readonly rows: readonly R[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
};

/** Which page of how many, both from 1, and how many rows stand before it. A page beyond the last is the last. */
export const pageAt = (
  total: number,
  size: number,
  wanted: number,
): { readonly page: number; readonly pages: number; readonly skip: number } => {
  const pages = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, wanted), pages);
  return { page, pages, skip: (page - 1) * size };
};

/** Rows of a list: how many stand before them, and how many there are at most. */
export type Slice = { readonly skip: number; readonly take: number };
