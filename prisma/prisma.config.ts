import { defineConfig } from 'prisma/config';

// For Prisma's command line only: the application reads its settings in bot/config.ts.
const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...(url ? { datasource: { url } } : {}),
});
