import closeWithGrace from 'close-with-grace';
import { startApp } from './app.ts';
import { readConfig } from './config.ts';
import { createLog, loggable, whyNot } from './log.ts';

/** `npm run serve`: the bot alone. */
try {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const app = await startApp(config, { log });
  closeWithGrace({ delay: 20_000 }, ({ err }) => {
    if (err) log.fatal({ error: loggable(err) }, 'an error that nobody caught');
    return app.stop();
  });
  console.log(
    `Claimdesk listens on ${app.url}${config.local ? ' (local mode: no authentication, loopback only)' : ''}`,
  );
} catch (error) {
  console.error(whyNot(error));
  process.exit(1);
}
