import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { packageFaults } from '../manifest/check.ts';
import { type Deployment, resourceOf } from '../manifest/manifest.ts';
import { packageFiles, zipped } from '../manifest/package.ts';
import { whyNoFile, writeWhole } from './export-file.ts';
import { readPackageConfig } from './package-config.ts';
import { program, type Wrong } from './program.ts';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'manifest', 'claimdesk.zip');

const USAGE = `Usage: npm run manifest -- [--out FILE]
  Without --out: to ${relative(process.cwd(), OUT)}.`;

const readArguments = (): { readonly out: string } | Wrong => {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string', default: OUT } } });
    return values;
  } catch (error) {
    return { wrong: `${(error as Error).message}\n${USAGE}` };
  }
};

const versionOf = (packageJson: string): string =>
  (JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string }).version;

const done = (out: string, deployment: Deployment): string =>
  [
    `${relative(process.cwd(), out)} is written: Claimdesk ${deployment.version}, in English and Dutch.`,
    `  Teams app ${deployment.teamsAppId}, bot and Entra app ${deployment.appId}, at ${new URL(deployment.publicUrl).host}`,
    `Next: in the Entra app, under "Expose an API", make ${resourceOf(deployment)} the Application ID URI.`,
    'Then in Teams: Apps > Manage your apps > Upload an app. For everybody: Teams admin centre > Manage apps > Upload new app.',
  ].join('\n');

/** `npm run manifest`: the app package for Teams, checked and zipped. Ends with status 1 when there is none. */
await program(async () => {
  const wanted = readArguments();
  if ('wrong' in wanted) return wanted;
  const { out } = wanted;
  const deployment = { ...readPackageConfig(), version: versionOf(join(ROOT, 'package.json')) };
  const noFile = await whyNoFile(out);
  if (noFile !== null) return { wrong: noFile };
  const icon = (name: string) => readFileSync(join(ROOT, 'manifest', `${name}.png`));
  const files = packageFiles(deployment, { color: icon('color'), outline: icon('outline') });
  const faults = packageFaults(files);
  if (faults.length > 0) return { wrong: ['Teams would refuse the package:', ...faults].join('\n  - ') };
  await writeWhole(out, Readable.from([zipped(files)]), new PassThrough());
  console.log(done(out, deployment));
  return null;
});
