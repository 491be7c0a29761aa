import type { Actor } from '../../domain/people/actor.ts';
import type { StandIn } from '../../domain/people/stand-in.ts';
import type { Found } from '../../domain/pickers.ts';
import { box, button, type Card, dayInput, dotted, type Element, line, para, type Reader, subtle } from '../card.ts';
import { pickerElements } from '../drafts/picker.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { textFor, utcDate } from '../format.ts';

export type StandIns = {
  readonly personId: string;
  /** Whether the reader may name one. */
  readonly names: boolean;
  readonly standIns: readonly StandIn[];
  readonly colleagues: Found<Pick<Actor, 'personId' | 'name' | 'email'>>;
};

/** `30 Nov 2026 to 14 Dec 2026 (UTC)`: both days are in one zone, which is said once. */
export const periodOf = ({ language }: Pick<Reader, 'language'>, from: Date, until: Date): string =>
  textFor(language).standIn.period(utcDate(from, language).replace(' (UTC)', ''), utcDate(until, language));

/** Who reviews in whose place, and until when; and a form to name somebody (R25). */
export const standInCard = (
  reader: Reader,
  { personId, names, standIns, colleagues }: StandIns,
  notes: Notes,
  command: string,
  banner?: Banner,
): Card => {
  const { standIn: words, review, help } = textFor(reader.language);
  const fields = fieldsOf(notes, reader);
  const dayError = colleagues.searched ? null : words.dayError;
  const shown = standIns.slice(0, 4);
  const none = colleagues.options.length === 0 && !colleagues.searched;
  const choices = colleagues.options.map(({ personId: id, name, email }) => ({
    title: email === null ? [name] : [name, email],
    value: id,
  }));
  const asks: Element[] =
    !names || none
      ? []
      : [
          ...pickerElements({ ...reader, typeahead: false }, fields, {
            field: 'person',
            label: words.person,
            placeholder: words.personPlaceholder,
            error: words.personError,
            dataset: '',
            found: { ...colleagues, options: choices },
            kept: undefined,
            find: notes.find,
            search: (title) => button('standIn.find', {}, title),
          }),
          para(words.personHint, { subtle: true, spacing: 'Small' }),
          dayInput(fields.id('from'), words.from, dayError, fields.value('from', isoDay(reader.now))),
          ...fields.faults('from'),
          dayInput(fields.id('until'), words.until, dayError, fields.value('until')),
          ...fields.faults('until'),
          para(words.dayHint, { subtle: true, spacing: 'Small' }),
        ];
  const lines = shown.map(({ adminId, adminName, name, from, until }, index) =>
    line(
      [
        subtle(`${index + 1}  `),
        ...dotted(
          adminId === personId ? words.them(name) : words.youFor(adminName),
          subtle(periodOf(reader, from, until)),
        ),
      ],
      { spacing: index === 0 ? 'None' : 'Small' },
    ),
  );
  const before: Element[] = [
    ...(names ? [para(words.body, { subtle: true, spacing: 'None' })] : []),
    ...bannerBox(banner),
    ...(lines.length === 0 ? [] : [box(lines)]),
    ...(names && none ? [para(words.noColleague)] : []),
  ];
  return formCard(reader, words.title, notes, { before, asks }, [
    ...(asks.length === 0 ? [] : [button('standIn.save', { command }, words.save, { style: 'positive' })]),
    ...shown.map(({ id }, index) => button('standIn.end', { standIn: id }, words.end(index + 1), { skipInputs: true })),
    ...(shown.some(({ adminId }) => adminId !== personId)
      ? [button('review.list', { page: 1 }, review.list.title, { skipInputs: true })]
      : []),
    ...(asks.length === 0 && shown.length === 0 ? [button('help.show', {}, help.button)] : []),
  ]);
};

/** `2026-12-01`, in UTC, as date inputs take it. */
const isoDay = (at: Date): string => at.toISOString().slice(0, 10);
