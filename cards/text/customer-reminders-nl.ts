import type { customerRemindersEn } from './customer-reminders-en.ts';
import { spelling } from './spelling.ts';

const { allOf } = spelling('nl-NL');

const reminders = (count: number) =>
  count === 1 ? 'één herinnering' : count === 2 ? 'twee herinneringen' : 'drie herinneringen';

export const customerRemindersNl: typeof customerRemindersEn = {
  label: 'Herinneringen',
  start: 'Klant herinneren',
  stop: 'Klant niet meer herinneren',
  ahead: (days) => `De klant krijgt een herinnering per e-mail op ${allOf(days)} (UTC)`,
  done: (days) => `De klant heeft ${reminders(days.length)} gehad, op ${allOf(days)} (UTC)`,
  next: (days) => `de volgende op ${allOf(days)}`,
  noMore: 'er volgen er geen meer',
  choice: 'De klant per e-mail herinneren zolang er geen antwoord is',
  choiceHint: (days) => `Op ${allOf(days)} (UTC). Na een antwoord volgt er niets meer.`,
  on: 'De klant krijgt herinneringen per e-mail zolang er geen antwoord is.',
  off: 'De klant krijgt geen herinneringen meer.',
  history: {
    remindersOn: 'heeft de herinneringen aan de klant aangezet',
    remindersOff: 'heeft de herinneringen aan de klant uitgezet',
    customerReminded: 'De klant is per e-mail herinnerd',
    reminderUnsure: 'Er is misschien een herinnering verstuurd: de mailserver gaf geen uitsluitsel',
    reminderRefused: 'De mailserver weigerde een herinnering aan de klant definitief; de herinneringen zijn uitgezet',
    reminderFailed: 'Een herinnering aan de klant kon niet worden verstuurd',
  },
};
