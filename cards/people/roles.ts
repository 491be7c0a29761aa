import { EVERYWHERE, isLocal, type RoleGrant } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
import type { PeoplePage, PersonView } from '../../domain/people/roles.ts';
import {
  bold,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  heading,
  line,
  para,
  type Reader,
  type Run,
  subheading,
  subtle,
  textInput,
} from '../card.ts';
import { type Banner, bannerBox } from '../form.ts';
import { textFor } from '../format.ts';
import { inputId } from '../verbs.ts';

/** A role, and for which of the organisation's locations where that matters. */
export const roleRuns = (
  { language }: Pick<Reader, 'language'>,
  { role, scope }: RoleGrant,
  location: Location | null,
): readonly Run[] => {
  const { roles, everywhere } = textFor(language);
  if (!isLocal(role)) return [roles[role]];
  return dotted(roles[role], subtle(scope === EVERYWHERE ? everywhere : (location?.name ?? scope)));
};

const placeOf = (locations: ReadonlyMap<string, Location>, { scope }: RoleGrant): Location | null =>
  locations.get(scope) ?? null;

/** Who holds which role, five at a time, and what waits for a decision above it. */
export const peopleCard = (reader: Reader, page: PeoplePage): Card => {
  const { people: words, access, common } = textFor(reader.language);
  const { people, locations, requests, total, find } = page;
  const turn = [
    ...(page.page > 1 ? [button('people.list', { page: page.page - 1, find }, words.previous)] : []),
    ...(page.page < page.pages ? [button('people.list', { page: page.page + 1, find }, words.next)] : []),
  ];
  return card(reader, words.title, [
    heading(words.title),
    ...(requests.length === 0
      ? []
      : [
          subheading(words.waiting),
          ...requests.flatMap(({ request, person, location }, index) => [
            line(
              [
                ...(requests.length === 1 ? [] : [subtle(`${index + 1}  `)]),
                ...dotted(bold(person.name), subtle(person.organisationName)),
              ],
              { spacing: 'Small' },
            ),
            line(roleRuns(reader, request, location), { spacing: 'None' }),
          ]),
          buttons(
            requests.map(({ request }, index) =>
              button(
                'access.show',
                { request: request.id },
                requests.length === 1 ? access.decide : words.decide(index + 1),
              ),
            ),
            { spacing: 'Small' },
          ),
        ]),
    para(
      total === 0
        ? find === ''
          ? words.none
          : words.noneFound
        : `${words.count(total)}${page.pages > 1 ? ` · ${common.page(page.page, page.pages)}` : ''}`,
      { subtle: true },
    ),
    ...people.flatMap((person, index): Element[] => [
      line([subtle(`${index + 1}  `), ...dotted(bold(person.name), subtle(person.organisationName))], {
        spacing: 'Medium',
        separator: true,
      }),
      ...person.roles.map((grant) => line(roleRuns(reader, grant, placeOf(locations, grant)), { spacing: 'None' })),
    ]),
    ...(people.length === 0
      ? []
      : [
          buttons(
            people.map(({ personId }, index) => button('people.show', { person: personId }, words.open(index + 1))),
            { spacing: 'Small' },
          ),
        ]),
    ...(turn.length === 0 ? [] : [buttons(turn)]),
    textInput({
      id: inputId('find', reader.mark),
      label: words.find,
      maxLength: 100,
      ...(find === '' ? {} : { value: find }),
    }),
    buttons(
      [
        button('people.list', { page: 1 }, words.search),
        ...(find === '' ? [] : [button('people.list', { page: 1 }, words.all, { skipInputs: true })]),
      ],
      { spacing: 'Small' },
    ),
  ]);
};

/** A card takes six buttons; whoever holds more roles has some removed before the rest are shown. */
const MOST_REMOVABLE = 5;

/** One person's roles, with a way to take each away that is the reader's to take. */
export const personCard = (reader: Reader, { person, locations, removable }: PersonView, banner?: Banner): Card => {
  const { people: words } = textFor(reader.language);
  const shown = removable.slice(0, MOST_REMOVABLE);
  return card(reader, words.person, [
    heading(words.person),
    line(dotted(bold(person.name), person.organisationName), { spacing: 'None' }),
    ...(person.email === null ? [] : [line(subtle(person.email), { spacing: 'None' })]),
    ...bannerBox(banner),
    ...(person.roles.length === 0 ? [para(words.noRoles)] : []),
    ...person.roles.map((grant) => {
      const at = shown.indexOf(grant);
      const name = roleRuns(reader, grant, placeOf(locations, grant));
      return line(
        at < 0
          ? [...name, ...(removable.includes(grant) ? [] : [subtle(` · ${words.notYours}`)])]
          : [subtle(`${at + 1}  `), ...name],
        { spacing: 'Small' },
      );
    }),
    buttons([
      ...shown.map(({ role, scope }, index) =>
        button('people.askRemove', { person: person.personId, role, scope }, words.remove(index + 1)),
      ),
      button('people.list', { page: 1 }, words.all),
    ]),
  ]);
};

/** A role ends at once, so it is asked once more. */
export const askRemoveCard = (
  reader: Reader,
  { person, locations }: PersonView,
  grant: RoleGrant,
  command: string,
): Card => {
  const { people: words } = textFor(reader.language);
  const where = { person: person.personId, role: grant.role, scope: grant.scope };
  return card(reader, words.askRemove, [
    heading(words.askRemove),
    line(dotted(bold(person.name), person.organisationName), { spacing: 'None' }),
    line(roleRuns(reader, grant, placeOf(locations, grant)), { spacing: 'None' }),
    para(words.askBody),
    buttons([
      button('people.remove', { ...where, command }, words.yes, { style: 'destructive' }),
      button('people.show', { person: person.personId }, words.no),
    ]),
  ]);
};
