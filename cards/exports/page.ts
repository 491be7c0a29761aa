import { LANGUAGES } from '../../domain/people/actor.ts';
import { escapeHtml } from '../html.ts';
import { exportsEn } from '../text/exports-en.ts';
import { exportsNl } from '../text/exports-nl.ts';

/** The whole content of the one <style>, so that the page's policy can allow it by hash. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; }
body { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.55 system-ui, 'Segoe UI', Roboto, Arial, sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
section + section { margin-top: 2rem; padding-top: 2rem; border-top: 1px solid #8888; }
`;

const PAGES = { en: exportsEn.page, nl: exportsNl.page };

/**
 * Instead of a file. `dead`: the same for a link that is over, that was never given out, or whose person may not see
 * claims any more. Nobody is known to read it, so it speaks every language.
 */
export const exportPage = (why: 'dead' | 'failed'): string => `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Claimdesk</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
${LANGUAGES.map((language) => {
  const { title, text } = PAGES[language][why];
  return `<section lang="${language}"><h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p></section>`;
}).join('\n')}
</body>
</html>
`;
