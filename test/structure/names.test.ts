import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesIn, isCode, ROOT, read } from './tree.ts';

const NAMELESS = /^(utils?|helpers?|common|types?|index|misc|shared)$/i;

/** A file or folder that is named for nothing it says or does. */
const namelessPart = (path: string): string | undefined =>
  path.split('/').find((part) => NAMELESS.test(isCode(part) ? part.replace(/(\.d|\.test)?\.[^.]+$/, '') : part));

describe('files are named for what they say or do', () => {
  test('none is called utils, helpers, common, types or index', () => {
    const faults = filesIn()
      .filter((path) => namelessPart(path) !== undefined)
      .map(
        (path) => `${path}: name it for what it says or does; a drawer named ${namelessPart(path)} collects anything.`,
      );
    expect(faults).toEqual([]);
  });

  test.each(['domain/utils.ts', 'bot/helpers/mail.ts', 'cards/index.ts', 'test/support/types.d.ts', 'bot/Common.mjs'])(
    'the rule notices %s',
    (path) => {
      expect(namelessPart(path)).toBeDefined();
    },
  );

  test.each(['bot/tab/index.html', 'domain/typed.ts', 'cards/card.ts'])('and lets %s pass', (path) => {
    expect(namelessPart(path)).toBeUndefined();
  });
});

const EXTENSIONS = 'ts|tsx|mts|mjs|js|json|md|yml|yaml|prisma|sql|png|svg|sh|toml|html|css';

/** Every path of this project that a page of Markdown names: links, code in the text, and the map of the folders. */
const pathsIn = (markdown: string): readonly string[] => {
  const fences = [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  const text = markdown.replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, token = '']) => token);
  const map = fences.flatMap((fence) =>
    [...fence.matchAll(/^\s*([\w.@-]+(?:\/[\w.@-]+)*\/)(?:\s|$)/gm)].map(([, path = '']) => path),
  );
  const path = new RegExp(
    `^(?!/|https?:|mailto:|#|@|(application|text|image)/)[\\w.@-]+(/[\\w.@-]+)*(/|(?<=/.*|\\.(${EXTENSIONS})))$`,
  );
  return [...new Set([...links, ...code, ...map].map((one) => one.replace(/#.*$/, '')))].filter((one) =>
    path.test(one),
  );
};

describe('what the README says is there', () => {
  const there = existsSync(join(ROOT, 'README.md'));
  // Skipped aloud, not passed, as long as there is nothing to check.
  const readmeTest = there ? test : test.skip;
  const readme = there ? read('README.md') : '';

  readmeTest(there ? 'every path it names exists' : 'every path it names exists (there is no README.md yet)', () => {
    const paths = pathsIn(readme);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  readmeTest('every npm command it names exists', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const commands = [...readme.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test))\b/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });

  test('paths are found where a README names them, and nothing else is taken for one', () => {
    const page = [
      'See [the rules](domain/claims/transitions.ts#L3) and ![a picture](manifest/playground.png), `bot/teams` or',
      '`package.json`; not [the web](https://example.com/a.ts), `npm start`, `POST /local/clock`, `/healthz`,',
      '`fabrikam.example`, `application/json`, `@microsoft/teams.cards`, `add customer` or `MICROSOFT_APP_ID`.',
      '```',
      'domain/    the rules',
      'npm start    # everything',
      '```',
      `${basename(ROOT)} ends here.`,
    ].join('\n');
    expect(pathsIn(page)).toEqual([
      'domain/claims/transitions.ts',
      'manifest/playground.png',
      'bot/teams',
      'package.json',
      'domain/',
    ]);
  });
});
