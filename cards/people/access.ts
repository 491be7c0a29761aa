import { type AccessView, MOST_WHY } from '../../domain/people/access.ts';
import { EVERYWHERE, ROLES } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
import type { Found } from '../../domain/pickers.ts';
import {
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  choiceInput,
  dotted,
  type Element,
  facts,
  heading,
  line,
  lines,
  para,
  type Reader,
  subtle,
  textInput,
} from '../card.ts';
import { pickerElements } from '../drafts/picker.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { countryName, dateTime, textFor } from '../format.ts';
import { roleRuns } from './roles.ts';

/** R3: asks for a role; what was asked before and is not decided stands above it. */
export const requestAccessCard = (
  reader: Reader,
  { locations, open }: { readonly locations: Found<Location>; readonly open: readonly AccessView[] },
  notes: Notes,
  command: string,
): Card => {
  const { access: words, roles, roleHints } = textFor(reader.language);
  const fields = fieldsOf(notes, reader);
  // A client lets no search through while a required field is empty.
  const must = (errorMessage: string) => (locations.searched ? {} : { isRequired: true, errorMessage });
  const every = { title: [words.every], value: EVERYWHERE };
  const choices = locations.options.map(({ id, name, partnerId, country }) => ({
    title: [name, partnerId, countryName(country, reader.language)],
    value: id,
  }));
  const asks: Element[] = [
    choiceInput({
      id: fields.id('role'),
      label: words.role,
      placeholder: words.rolePlaceholder,
      ...must(words.roleError),
      style: 'compact',
      choices: ROLES.map((role) => ({ title: [roles[role], roleHints[role]], value: role })),
      ...fields.value('role'),
    }),
    ...fields.faults('role'),
    ...pickerElements({ ...reader, typeahead: false }, fields, {
      field: 'location',
      label: words.location,
      placeholder: words.locationPlaceholder,
      error: words.locationError,
      dataset: 'locations',
      found: { ...locations, options: [every, ...choices] },
      kept: every,
      find: notes.find,
      search: (title) => button('access.find', {}, title),
    }),
    para(words.locationHint, { subtle: true, spacing: 'Small' }),
    textInput({
      id: fields.id('why'),
      label: words.why,
      isMultiline: true,
      ...must(words.whyError),
      maxLength: MOST_WHY,
      ...fields.value('why'),
    }),
    ...fields.faults('why'),
  ];
  const asked = open.slice(0, 4);
  const before: Element[] = [
    para(words.hint, { subtle: true, spacing: 'None' }),
    ...(asked.length === 0
      ? []
      : [
          box([
            para(words.open),
            ...asked.map(({ request, location }, index) =>
              line(
                [
                  subtle(`${index + 1}  `),
                  ...roleRuns(reader, request, location),
                  subtle(` · ${words.since(dateTime(request.createdAt, reader))}`),
                ],
                { spacing: 'Small' },
              ),
            ),
          ]),
        ]),
  ];
  return formCard(reader, words.title, notes, { before, asks }, [
    button('access.send', { command }, words.send, { style: 'positive' }),
    ...asked.map(({ request }, index) =>
      button('access.withdraw', { request: request.id }, words.withdraw(index + 1), { skipInputs: true }),
    ),
  ]);
};

/** Who looks at a request: whoever may decide on it has the buttons, everybody else a way to get them. */
type AccessLooker = 'decider' | 'other' | 'reader';

/** Whoever decides may write to the person; the channel has no use for an address. */
const about = (reader: Reader, { request, person, location }: AccessView, decides: boolean): Element[] => {
  const { access: words, roles } = textFor(reader.language);
  const held = [...new Set(person.roles.map(({ role }) => roles[role]))];
  const [why = '', ...more] = request.why.split('\n').filter((one) => one !== '');
  return [
    ...facts([
      [words.person, dotted(bold(person.name), person.organisationName, decides ? person.email : null)],
      [words.asks, roleRuns(reader, request, location)],
      [words.held, held.length === 0 ? words.none : held.join(', ')],
      [words.reason, why],
    ]),
    ...more.map((one) => line(one, { spacing: 'None' })),
  ];
};

/** One request, kept up to date where it was posted (R3). */
export const accessCard = (
  reader: Reader,
  view: AccessView,
  looker: AccessLooker,
  viewers: readonly string[],
  banner?: Banner,
): Card => {
  const { access: words } = textFor(reader.language);
  const { request, decidedBy } = view;
  const { state, decidedAt } = request;
  const open = state === 'open';
  const ask = (what: 'grant' | 'refuse') =>
    button('access.ask', { request: request.id, what }, words[what], what === 'grant' ? { style: 'positive' } : {});
  const actions: Record<AccessLooker, Element[]> = {
    decider: [buttons([ask('grant'), ask('refuse')])],
    other: [para(words.notYours)],
    reader: [
      buttons([button('access.show', { request: request.id }, words.decide)]),
      para(words.hint2, { subtle: true }),
    ],
  };
  return card(
    reader,
    words.card,
    [
      heading(words.card),
      ...bannerBox(banner),
      box(
        [
          line(bold(words.states[state])),
          ...(decidedBy === null || decidedAt === null || state === 'withdrawn'
            ? []
            : [line(words.decidedBy(decidedBy, dateTime(decidedAt, reader)), { spacing: 'None' })]),
          ...(request.comment === null ? [] : lines(`“${request.comment}”`, { spacing: 'None' })),
        ],
        state === 'granted' ? 'good' : 'emphasis',
      ),
      ...about(reader, view, looker === 'decider'),
      ...(open ? actions[looker] : []),
    ],
    {
      verb: 'access.show',
      data: { request: request.id },
      ...(looker === 'reader' ? { viewers: open ? viewers : [] } : {}),
    },
  );
};

/** A role is given, or refused with the reason. */
export const askAccessCard = (
  reader: Reader,
  view: AccessView,
  what: 'grant' | 'refuse',
  notes: Notes,
  command: string,
): Card => {
  const { access: words } = textFor(reader.language);
  const fields = fieldsOf(notes, reader);
  const grant = what === 'grant';
  return formCard(
    reader,
    grant ? words.grantTitle : words.refuseTitle,
    notes,
    {
      before: about(reader, view, true),
      asks: [
        textInput({
          id: fields.id('comment'),
          label: grant ? words.grantComment : words.refuseComment,
          isMultiline: true,
          maxLength: MOST_WHY,
          ...(grant ? {} : { isRequired: true, errorMessage: words.commentError }),
          ...fields.value('comment'),
        }),
        ...fields.faults('comment'),
      ],
    },
    [
      button(
        'access.decide',
        { request: view.request.id, what, command },
        grant ? words.grantYes : words.refuseYes,
        grant ? { style: 'positive' } : {},
      ),
      button('access.show', { request: view.request.id }, words.back, { skipInputs: true }),
    ],
  );
};
