import { pageAt } from '../../domain/paging.ts';
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
import { pageButtons } from '../page-buttons.ts';
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

/** Roles of one person in the list; all of them stand on their own card. */
const ROLES_IN_LIST = 4;

/** Who holds which role, five at a time, and what waits for a decision above it. */
export const peopleCard = (reader: Reader, page: PeoplePage): Card => {
  const { people: words, access, common } = textFor(reader.language);
  const { people, locations, requests, total, find } = page;
  const turn = pageButtons(reader, page, (to, title) => button('people.list', { page: to, find }, title));
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
      ...person.roles
        .slice(0, ROLES_IN_LIST)
        .map((grant) => line(roleRuns(reader, grant, placeOf(locations, grant)), { spacing: 'None' })),
      ...(person.roles.length <= ROLES_IN_LIST
        ? []
        : [para(common.more(person.roles.length - ROLES_IN_LIST), { subtle: true, spacing: 'None' })]),
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

/** A card takes six buttons, so roles come a few at a time. */
const ROLES_ON_PAGE = 4;

/** One person's roles, with a way to take each away that is the reader's to take. */
export const personCard = (
  reader: Reader,
  { person, locations, removable }: PersonView,
  wanted: number,
  banner?: Banner,
): Card => {
  const { people: words, common } = textFor(reader.language);
  const { page, pages, skip: first } = pageAt(person.roles.length, ROLES_ON_PAGE, wanted);
  const shown = person.roles.slice(first, first + ROLES_ON_PAGE);
  const where = { person: person.personId };
  return card(reader, words.person, [
    heading(words.person),
    line(dotted(bold(person.name), person.organisationName), { spacing: 'None' }),
    ...(person.email === null ? [] : [line(subtle(person.email), { spacing: 'None' })]),
    ...bannerBox(banner),
    ...(person.roles.length === 0 ? [para(words.noRoles)] : []),
    ...(pages > 1 ? [para(common.page(page, pages), { subtle: true })] : []),
    ...shown.map((grant, index) => {
      const mine = removable.includes(grant);
      const name = roleRuns(reader, grant, placeOf(locations, grant));
      const marked = mine ? [subtle(`${first + index + 1}  `), ...name] : [...name, subtle(` · ${words.notYours}`)];
      return line(marked, { spacing: 'Small' });
    }),
    buttons([
      ...shown.flatMap((grant, index) =>
        removable.includes(grant)
          ? [
              button(
                'people.askRemove',
                { ...where, role: grant.role, scope: grant.scope },
                words.remove(first + index + 1),
              ),
            ]
          : [],
      ),
      ...(pages > 1 ? [button('people.show', { ...where, page: page === pages ? 1 : page + 1 }, words.moreRoles)] : []),
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
