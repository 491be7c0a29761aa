import closeWithGrace from 'close-with-grace';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

/** `npm run serve`: the bot alone. */
try {
  const config = readConfig();
  const app = await startApp(config);
  closeWithGrace({ delay: 20_000 }, ({ err }) => {
    if (err) console.error(err);
    return app.stop();
  });
  console.log(
    `Claimdesk listens on ${app.url}${config.local ? ' (local mode: no authentication, loopback only)' : ''}`,
  );
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
