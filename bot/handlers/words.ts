import { openPeople, openStandIns, startAccess } from './access.ts';
import { openSetUp, openStatus, testChannel } from './channels.ts';
import { openClaim, openClaims } from './claims.ts';
import { chooseEngagement } from './customers.ts';
import { openDeals } from './deals.ts';
import { startAdding, startClaiming } from './drafts.ts';
import { offerFile } from './exports.ts';
import { howToImport } from './imports.ts';
import { openSettings } from './notices.ts';
import { chooseLanguage, helpReply } from './people.ts';
import { openReferrals } from './referrals.ts';
import { openReviews } from './reviews.ts';
import { personalOnly, type Reply, type Turn } from './turn.ts';

type Command = {
  readonly words: readonly string[];
  readonly run: (turn: Turn) => Promise<Reply>;
  /** What names customers is said in the personal chat alone. */
  readonly personal?: true;
};

/** What can be said, in both languages at any time. The first word of each list is the one that help names. */
const COMMANDS: readonly Command[] = [
  {
    words: ['add customer', 'klant toevoegen', 'add', 'new customer', 'nieuwe klant'],
    run: startAdding,
    personal: true,
  },
  {
    words: ['claim customer', 'klant claimen', 'claim a customer'],
    run: (turn) => startClaiming(turn, {}),
    personal: true,
  },
  { words: ['customers', 'klanten', 'my customers', 'mijn klanten'], run: chooseEngagement, personal: true },
  { words: ['claims', 'my claims', 'mijn claims'], run: (turn) => openClaims(turn, { page: 1 }), personal: true },
  {
    words: ['export claims', 'exporteer claims', 'claims exporteren'],
    run: (turn) => offerFile(turn, 'claims'),
    personal: true,
  },
  {
    words: ['export customers', 'exporteer klanten', 'klanten exporteren'],
    run: (turn) => offerFile(turn, 'customers'),
    personal: true,
  },
  {
    words: ['request access', 'toegang aanvragen', 'access', 'toegang'],
    run: startAccess,
    personal: true,
  },
  {
    words: ['reviews', 'beoordelingen', 'claims to review', 'te beoordelen'],
    run: (turn) => openReviews(turn, { page: 1 }),
    personal: true,
  },
  {
    words: ['referrals', 'mijn referrals', 'my referrals'],
    run: (turn) => openReferrals(turn, { page: 1 }),
    personal: true,
  },
  {
    words: ['deals', 'mijn deals', 'my deals', 'co-sell', 'cosell'],
    run: (turn) => openDeals(turn, { page: 1 }),
    personal: true,
  },
  {
    words: ['people', 'mensen', 'roles', 'rollen'],
    run: (turn) => openPeople(turn, { page: 1 }),
    personal: true,
  },
  { words: ['stand-in', 'vervanger', 'standin', 'stand in'], run: openStandIns, personal: true },
  { words: ['set up this channel', 'kanaal instellen', 'dit kanaal instellen', 'set up channel'], run: openSetUp },
  { words: ['status', 'kanaalstatus', 'channel status'], run: openStatus },
  { words: ['test notice', 'testbericht'], run: testChannel },
  { words: ['settings', 'instellingen', 'my settings', 'mijn instellingen'], run: openSettings, personal: true },
  { words: ['import', 'importeren'], run: howToImport, personal: true },
  { words: ['help', 'hulp', '?', 'menu'], run: (turn) => helpReply(turn, { kind: 'asked' }) },
  {
    words: ['hello', 'hi', 'hallo', 'hoi', 'goedemorgen', 'good morning'],
    run: (turn) => helpReply(turn, { kind: 'hello', name: turn.actor.name }),
  },
  { words: ['nederlands', 'dutch'], run: (turn) => chooseLanguage(turn, { language: 'nl' }) },
  { words: ['english', 'engels'], run: (turn) => chooseLanguage(turn, { language: 'en' }) },
];

/** How many single-letter changes turn one text into the other. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const substitute = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(substitute, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The command that was probably meant, or null when nothing comes near. */
export const nearest = (typed: string): string | null => {
  const all = [...COMMANDS.flatMap(({ words }) => words).filter((word) => word.length > 2), 'claim 1000027'];
  const ranked = all.map((word) => ({ word, far: distance(typed.slice(0, 60), word) })).sort((a, b) => a.far - b.far);
  const [best] = ranked;
  if (best === undefined) return null;
  const { word, far } = best;
  return far <= Math.max(2, Math.floor(word.length / 3)) && far <= word.length / 2 ? word : null;
};

const asTyped = (text: string): string =>
  text.slice(0, 200).toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim();
const fold = (typed: string): string => typed.toLowerCase().replace(/[.!]+$/, '');

/** The command that is said, in whichever language; undefined: none of the table. */
export const commandOf = (text: string): Command | undefined => {
  const folded = fold(asTyped(text));
  return COMMANDS.find(({ words }) => words.includes(folded));
};

/** Words said to the bot. What nobody knows gets help with the nearest command, never silence. */
export const onWords = (turn: Turn, text: string): Promise<Reply> => {
  const typed = asTyped(text);
  const folded = fold(typed);
  const command = commandOf(text);
  if (command !== undefined)
    return command.personal && !turn.personal ? Promise.resolve(personalOnly(turn)) : command.run(turn);
  const number = /^(?:claim\s*#?\s*(\d{1,10})|#?(\d{7,10}))$/
    .exec(folded)
    ?.slice(1)
    .find((digits) => digits !== undefined);
  if (number !== undefined && Number(number) <= 2_147_483_647) {
    return turn.personal ? openClaim(turn, { claim: Number(number) }) : Promise.resolve(personalOnly(turn));
  }
  if (folded === '') return helpReply(turn, { kind: 'asked' });
  return helpReply(turn, { kind: 'unknown', typed: [...typed].slice(0, 80).join(''), nearest: nearest(folded) });
};
