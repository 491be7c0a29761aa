// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight are in the page, so it is no table to the browser.
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are only read; what is pressed in them is a button.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Failed } from './said.tsx';
import { useSession } from './session.tsx';

/** Rows that are asked for together. */
const PAGE = 50;

/** One part of a list: how long it is, what is said above it, and how its rows are asked for. */
export type Part<R> = {
  /** What tells it from every other list: sought, sorted, of which engagement. */
  readonly key: readonly unknown[];
  readonly total: number;
  readonly heading: string | null;
  /** `after`: the row before the stretch, or one further up, with as many left out as lie between. */
  readonly load: (
    stretch: { readonly after: R | null; readonly skip: number; readonly take: number },
    signal: AbortSignal,
  ) => Promise<readonly R[]>;
};

/** What scrolls: the list, or on a narrow screen the page it stands in. */
const scrollerOf = (rows: HTMLElement | null): HTMLElement | null =>
  rows === null || getComputedStyle(rows).overflowY !== 'visible' ? rows : rows.closest<HTMLElement>('.page');

/** While the list is scrolled, rows that stay in sight are not drawn anew. */
const Drawn = memo(({ row, draw }: { readonly row: unknown; readonly draw: (row: unknown) => ReactNode }) => draw(row));

type Item = { readonly part: number; readonly row: number | null };

/**
 * A table of any length, of which only what is in sight is in the page, and only what was in sight is asked for. Reading
 * on costs the server the same at row 90,000 as at row 9; jumping there costs it one longer look.
 */
export const LongList = <R,>({
  parts,
  columns,
  renderRow,
  label,
}: {
  readonly parts: readonly Part<R>[];
  /** The row of column headings, as cells. */
  readonly columns: ReactNode;
  readonly renderRow: (row: R) => ReactNode;
  readonly label: string;
}) => {
  const { words } = useSession();
  const rows = useRef<HTMLElement>(null);
  const [margin, setMargin] = useState(0);
  // What stands above the list, where that scrolls along.
  useLayoutEffect(() => {
    const own = rows.current;
    const above = own === null || scrollerOf(own) === own ? 0 : own.offsetTop;
    if (above !== margin) setMargin(above);
  });
  const queries = useQueryClient();
  const items = partsOf(parts);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollerOf(rows.current),
    scrollMargin: margin,
    estimateSize: (index) => (items.at(index)?.row === null ? 40 : 64),
    overscan: 8,
    // Several turns of the wheel in one frame are drawn once.
    useFlushSync: false,
  });
  const visible = virtual.getVirtualItems();
  const cached = (part: number, page: number) =>
    queries.getQueryData<readonly R[]>([...(parts[part]?.key ?? []), page]);
  const wanted = new Map<string, { readonly part: number; readonly page: number }>();
  for (const { index } of visible) {
    const item = items.at(index);
    if (item === undefined || item.row === null) continue;
    const page = Math.floor(item.row / PAGE);
    // While somebody races through, only what follows on is fetched; where they stop, what they see.
    const near = page === 0 || cached(item.part, page) !== undefined || cached(item.part, page - 1) !== undefined;
    if (!virtual.isScrolling || near) wanted.set(`${item.part}/${page}`, { part: item.part, page });
  }
  const asked = [...wanted.values()];
  const results = useQueries({
    queries: asked.map(({ part, page }) => ({
      queryKey: [...(parts[part]?.key ?? []), page],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => {
        let known = page - 1;
        while (known >= 0 && cached(part, known)?.at(-1) === undefined) known -= 1;
        const after = cached(part, known)?.at(-1) ?? null;
        const skip = (page - known - 1) * PAGE;
        return parts[part]?.load({ after, skip, take: PAGE }, signal) ?? Promise.resolve([]);
      },
    })),
  });
  const rowAt = (part: number, row: number): R | undefined => {
    const page = Math.floor(row / PAGE);
    const index = asked.findIndex((one) => one.part === part && one.page === page);
    return (results[index]?.data ?? cached(part, page))?.[row % PAGE];
  };
  const failed = results.filter(({ isError }) => isError);
  return (
    <>
      {failed[0] !== undefined && (
        <Failed error={failed[0].error} words={words} again={() => failed.forEach((one) => void one.refetch())} />
      )}
      {/* A region that scrolls has to be reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls. */}
      <section className="rows" ref={rows} tabIndex={0} aria-label={label}>
        <div
          role="table"
          aria-label={label}
          aria-rowcount={items.length + 1}
          aria-busy={results.some((r) => r.isPending)}
        >
          <div role="row" aria-rowindex={1} className="row head" tabIndex={-1}>
            {columns}
          </div>
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {visible.map(({ index, start, key }) => {
              const item = items.at(index);
              if (item === undefined) return null;
              const row = item.row === null ? null : rowAt(item.part, item.row);
              return (
                <div
                  key={key}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  ref={virtual.measureElement}
                  className={item.row === null ? 'row part' : 'row'}
                  style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${start - margin}px)` }}
                  tabIndex={-1}
                >
                  {item.row === null ? (
                    <div role="cell" aria-colspan={99}>
                      <h2 className="part-title">{parts[item.part]?.heading}</h2>
                    </div>
                  ) : row === null || row === undefined ? (
                    <div role="cell" aria-colspan={99}>
                      <div className="waiting">
                        <span className="unseen">{words.loading}</span>
                      </div>
                    </div>
                  ) : (
                    <Drawn row={row} draw={renderRow as (row: unknown) => ReactNode} />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </section>
    </>
  );
};

/** What stands where: a heading above each part that has one, then its rows. Never spelled out: there may be 100,000. */
const partsOf = <R,>(parts: readonly Part<R>[]) => {
  const sizes = parts.map(({ total, heading }) => (total === 0 ? 0 : total + (heading === null ? 0 : 1)));
  return {
    length: sizes.reduce((sum, size) => sum + size, 0),
    at: (index: number): Item | undefined => {
      let rest = index;
      for (const [part, size] of sizes.entries()) {
        if (rest < size) {
          const above = parts[part]?.heading === null ? 0 : 1;
          return { part, row: rest < above ? null : rest - above };
        }
        rest -= size;
      }
      return undefined;
    },
  };
};
