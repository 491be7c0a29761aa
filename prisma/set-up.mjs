// Brings a fresh clone to where everything runs: packages, the database client, the tab. Plain JavaScript that any Node
// from 20 on understands, because it runs before the project's own Node is there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const at = (...parts) => join(root, ...parts);
const fingerprint = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(at(file)));
  return hash.digest('hex');
};
/** Every file beneath some folders, but what was built there. */
const beneath = (...folders) =>
  folders.flatMap((folder) =>
    readdirSync(at(folder), { withFileTypes: true }).flatMap((entry) =>
      entry.name === 'dist' ? [] : entry.isDirectory() ? beneath(join(folder, entry.name)) : [join(folder, entry.name)],
    ),
  );
const isDone = (mark, print) => existsSync(mark) && readFileSync(mark, 'utf8') === print;
const run = (command, args, env = {}) =>
  execFileSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });

const packages = fingerprint('package.json', 'package-lock.json');
const installed = at('node_modules', '.claimdesk-installed');
if (!isDone(installed, packages)) {
  console.log('Installing packages (once)...');
  // As locked, and the lock stays as it is. Not `npm ci`: that would delete the very Node that may be running this.
  // The Node that everything runs on is a development package; NODE_ENV=production would leave it out.
  run('npm', ['install', '--include=dev', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installed, packages);
}

const onOurNode = { PATH: `${at('node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}` };

const schema = fingerprint('package-lock.json', 'prisma/schema.prisma', 'prisma/prisma.config.ts');
const generated = at('prisma', 'generated', '.made-from');
if (!isDone(generated, schema)) {
  rmSync(at('prisma', 'generated'), { recursive: true, force: true });
  // On the Node that was installed, because Prisma asks for a newer one than may have begun this. Generating does not
  // use the schema engine, yet Prisma would download it: naming any program stops that.
  run('node', [at('node_modules', 'prisma', 'build', 'index.js'), 'generate', '--config', 'prisma/prisma.config.ts'], {
    ...onOurNode,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  });
  writeFileSync(generated, schema);
}

// The tab is made of cards and rules as well: what it is told, and in which words.
const tab = fingerprint('package-lock.json', ...beneath('bot/tab', 'cards', 'domain').sort());
const built = at('bot', 'tab', 'dist', '.made-from');
if (!isDone(built, tab)) {
  run('node', [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', at('bot', 'tab'), '--logLevel', 'error'], {
    ...onOurNode,
    NODE_ENV: 'production',
  });
  writeFileSync(built, tab);
}
