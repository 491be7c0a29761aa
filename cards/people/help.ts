import {
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  heading,
  line,
  link,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { textFor } from '../format.ts';

export type HelpReason =
  | { readonly kind: 'asked' }
  | { readonly kind: 'hello'; readonly name: string }
  /** Words nobody knows: the nearest command is named, never silence. */
  | { readonly kind: 'unknown'; readonly typed: string; readonly nearest: string | null }
  | { readonly kind: 'language' };

/** What can be said here. Somebody without a role is told so, what to do, and what can be said all the same. */
export const helpCard = (
  reader: Reader,
  why: HelpReason,
  may: {
    readonly claim: boolean;
    readonly import: boolean;
    readonly review: boolean;
    readonly refer: boolean;
    readonly sell: boolean;
    readonly admin: boolean;
    readonly setUp: boolean;
  },
  personal: boolean,
): Card => {
  const { help: words, refused, referrals, deals, settings, status, test } = textFor(reader.language);
  // What names customers is said in the personal chat alone: elsewhere it is not offered either.
  const works = may.claim && personal;
  const { add, claimCustomer, customers, claims, claim, exports, files, language, help, ...more } = words.commands;
  const commands = [
    ...(works ? [add, claimCustomer, customers, claims, claim, exports] : []),
    ...(may.review && personal ? [more.reviews] : []),
    ...(may.refer && personal ? [referrals.command] : []),
    ...(may.sell && personal ? [deals.command] : []),
    ...(may.admin && personal ? [more.people] : []),
    ...(may.import && personal ? [more.standIn, files] : []),
    ...(may.setUp ? [more.channel] : []),
    ...(may.setUp || !personal ? [status.command] : []),
    ...(may.setUp ? [test.command] : []),
    ...(works ? [settings.command] : []),
    ...(personal ? [more.access] : []),
    language,
    help,
  ];
  const other = reader.language === 'en' ? 'nl' : 'en';
  return card(reader, words.title, [
    heading(words.title),
    ...(why.kind === 'hello' ? [line(bold(words.hello(why.name))), para(words.intro, { spacing: 'Small' })] : []),
    ...(why.kind === 'language' ? [box([para(words.languageChosen)], 'good')] : []),
    ...(why.kind === 'unknown'
      ? [line([...words.unknown(why.typed), ...(why.nearest === null ? [] : [` ${words.nearest(why.nearest)}`])])]
      : []),
    ...(may.claim || may.review || may.refer || may.sell || may.admin ? [] : [box([para(words.noRole)], 'warning')]),
    ...(personal ? [] : [para(refused.personalOnly.body)]),
    ...commands.map(({ command, what }) => line([bold(command), subtle(` – ${what}`)], { spacing: 'Small' })),
    buttons([
      ...(works
        ? [
            button('add.start', {}, words.addButton, { style: 'positive' as const }),
            button('customers.choose', {}, words.customersButton),
            button('claims.list', { page: 1 }, words.claimsButton),
            link(textFor(reader.language).common.openInTab, reader.links.tab({ page: 'overview' })),
          ]
        : []),
      ...(may.review && personal ? [button('review.list', { page: 1 }, words.reviewsButton)] : []),
      ...(may.refer && !may.claim && personal ? [button('referrals.list', { page: 1 }, referrals.title)] : []),
      ...(may.sell && !may.claim && personal ? [button('deals.list', { page: 1 }, deals.title)] : []),
      ...(personal && !may.claim ? [button('access.start', {}, words.accessButton)] : []),
      button('language.choose', { language: other }, words.languageButton),
    ]),
  ]);
};
