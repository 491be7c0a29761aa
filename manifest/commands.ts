import { textFor } from '../cards/format.ts';
import type { Language } from '../domain/people/actor.ts';

type Scope = 'personal' | 'team' | 'groupChat';

const sentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** The menus of what can be said, for each place: the words of the help card. Teams shows at most 12 of each. */
export const commandLists = (language: Language) => {
  const { help, referrals, deals, settings, status, test } = textFor(language);
  const said = help.commands;
  const list = (scope: Scope, commands: readonly { readonly command: string; readonly what: string }[]) => ({
    scopes: [scope],
    commands: commands.map(({ command, what }) => ({ title: command, description: sentence(what) })),
  });
  return [
    list('personal', [
      said.add,
      said.claimCustomer,
      said.customers,
      said.claims,
      said.exports,
      said.files,
      referrals.command,
      deals.command,
      said.reviews,
      said.access,
      settings.command,
      said.help,
    ]),
    list('team', [said.channel, status.command, test.command, said.language, said.help]),
    list('groupChat', [said.language, said.help]),
  ];
};
