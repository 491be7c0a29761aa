import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import type { Session } from '../../prisma/migrate.ts';

export type Opened = { readonly session: Session; readonly close: () => Promise<void> };

/** A session of a database on the run's server. */
export const sessionOn = async (url: string): Promise<Opened> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    session: { query: (sql, values) => client.query(sql, [...(values ?? [])]), exec: (script) => client.query(script) },
    close: () => client.end(),
  };
};

/** The one session of an empty embedded database. */
export const embeddedSession = async (): Promise<Opened> => {
  const pglite = await PGlite.create();
  return {
    session: {
      query: async (sql, values) => ({
        rows: (await pglite.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
      }),
      exec: (script) => pglite.exec(script),
    },
    close: () => pglite.close(),
  };
};
