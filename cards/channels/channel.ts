import {
  type ChannelDuty,
  DUTIES,
  type Duty,
  EVERY_DEAL,
  maySetUp,
  type Route,
} from '../../domain/channels/channel.ts';
import { SOLUTION_AREAS } from '../../domain/engagements/engagement.ts';
import { maySubscribe, type Subscription, subscribableScopes } from '../../domain/notices/subscription.ts';
import { type Actor, EVERYWHERE } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
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
  heading,
  line,
  para,
  type Reader,
  subtle,
  textInput,
} from '../card.ts';
import { type Fields, fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { countryName, textFor } from '../format.ts';
import { languageField, scopeField } from './fields.ts';
import { subscriptionLines } from './subscription.ts';

export type ChannelView = {
  readonly actor: Pick<Actor, 'organisationId' | 'organisationName' | 'roles'> & Actor;
  /** What the channel is set up for. */
  readonly there: readonly ChannelDuty[];
  /** What it hears of claims; null: nothing. */
  readonly subscription: Subscription | null;
  /** Those that its claims are narrowed to. */
  readonly locations: readonly Location[];
  /** What the person may choose from. */
  readonly duties: readonly Duty[];
  readonly scopes: readonly string[];
};

/** Which deals a channel of sellers hears of, where it does not hear of all. */
const routeLines = ({ language }: Pick<Reader, 'language'>, { countries, solutionAreas }: Route): readonly string[] => {
  const { routes, solutionAreas: areas } = textFor(language);
  const chosen = [
    countries.map((code) => countryName(code, language)),
    SOLUTION_AREAS.filter((area) => solutionAreas.includes(area)).map((area) => areas[area]),
  ];
  return chosen.filter(({ length }) => length > 0).map(routes.line);
};

export const dutyLine = (reader: Reader, { duty, scope, language, route }: ChannelDuty, actor: Actor): Element => {
  const { channel: words, duties } = textFor(reader.language);
  const whose =
    scope === EVERYWHERE ? words.everyoneShort : scope === actor.organisationId ? actor.organisationName : null;
  return line(
    dotted(
      bold(duties[duty]),
      whose === null ? null : words.scopeLine(whose),
      ...routeLines(reader, route),
      subtle(words.languages[language]),
    ),
    { spacing: 'Small' },
  );
};

const current = (reader: Reader, { there, actor, subscription, locations }: ChannelView): Element[] => {
  const { channel: words } = textFor(reader.language);
  const sorted = DUTIES.flatMap((duty) => there.filter((one) => one.duty === duty));
  const own = sorted.filter(({ duty, scope }) => maySetUp(actor, duty, scope));
  const others = sorted.filter((duty) => !own.includes(duty));
  const heard = subscription === null ? [] : subscriptionLines(reader, subscription, locations, actor);
  const mine = subscription !== null && maySubscribe(actor, subscription.scope, subscription.locationIds);
  return [
    ...(there.length === 0 && subscription === null ? [para(words.nothing)] : []),
    ...(own.length === 0 && !mine
      ? []
      : [box([para(words.current), ...own.map((duty) => dutyLine(reader, duty, actor)), ...(mine ? heard : [])])]),
    ...(others.length === 0 && (mine || heard.length === 0)
      ? []
      : [
          para(words.others, { subtle: true }),
          ...others.map((duty) => dutyLine(reader, duty, actor)),
          ...(mine ? [] : heard),
        ]),
  ];
};

/** Which deals the sellers in the channel hear of (R28). */
const routeInputs = (reader: Reader, fields: Fields, own: readonly ChannelDuty[]): Element[] => {
  const { routes: words, solutionAreas } = textFor(reader.language);
  const { countries, solutionAreas: areas } = own.find(({ duty }) => duty === 'sellers')?.route ?? EVERY_DEAL;
  return [
    textInput({
      id: fields.id('countries'),
      label: words.countries,
      placeholder: words.countriesPlaceholder,
      maxLength: 200,
      ...fields.value('countries', countries.join(', ')),
    }),
    ...fields.faults('countries'),
    para(words.countriesHint, { subtle: true, spacing: 'Small' }),
    choiceInput({
      id: fields.id('solutionAreas'),
      label: words.areas,
      isMultiSelect: true,
      style: 'expanded',
      choices: SOLUTION_AREAS.map((area) => ({ title: [solutionAreas[area]], value: area })),
      ...fields.value('solutionAreas', areas.join(',')),
    }),
  ];
};

/** What the channel is set up for now, and a form to change it (R31). */
export const setUpCard = (reader: Reader, view: ChannelView, notes: Notes, command: string): Card => {
  const { channel: words, duties: names, subscription } = textFor(reader.language);
  const { there, duties, scopes, actor } = view;
  const fields = fieldsOf(notes, reader);
  const own = there.filter(({ duty, scope }) => maySetUp(actor, duty, scope));
  // Sellers read along where they are chosen to, and not by an oversight.
  const usual = duties.filter((duty) => duty !== 'sellers');
  const asks: Element[] = [
    choiceInput({
      id: fields.id('duties'),
      label: words.duties,
      isMultiSelect: true,
      isRequired: true,
      errorMessage: words.dutiesError,
      style: 'expanded',
      choices: duties.map((duty) => ({ title: [names[duty]], value: duty })),
      ...fields.value('duties', (own.length === 0 ? usual : own.map(({ duty }) => duty)).join(',')),
    }),
    ...fields.faults('duties'),
    ...(duties.includes('sellers') ? routeInputs(reader, fields, own) : []),
    ...scopeField(reader, fields, scopes, own[0]?.scope ?? scopes[0], actor),
    ...languageField(reader, fields, own[0]?.language ?? reader.language),
  ];
  const before = [para(words.hint, { subtle: true, spacing: 'None' }), ...current(reader, view)];
  return formCard(reader, words.title, notes, { before, asks }, [
    button('channel.save', { command }, words.save, { style: 'positive' }),
    ...(subscribableScopes(actor).length === 0
      ? []
      : [button('channel.claims', {}, subscription.button, { skipInputs: true })]),
    ...(own.length === 0 && view.subscription === null
      ? []
      : [button('channel.askRemove', {}, words.remove, { skipInputs: true })]),
  ]);
};

/** What the channel is set up for from now on. */
export const channelCard = (reader: Reader, view: ChannelView, banner?: Banner): Card => {
  const { channel: words, subscription } = textFor(reader.language);
  return card(reader, words.state, [
    heading(words.state),
    ...bannerBox(banner),
    ...current(reader, view),
    buttons([
      button('channel.setUp', {}, words.change),
      ...(subscribableScopes(view.actor).length === 0 ? [] : [button('channel.claims', {}, subscription.button)]),
      ...(view.there.length === 0 && view.subscription === null ? [] : [button('channel.askRemove', {}, words.remove)]),
    ]),
  ]);
};

export const askRemoveChannelCard = (reader: Reader, view: ChannelView, command: string): Card => {
  const { channel: words } = textFor(reader.language);
  return card(reader, words.askRemove, [
    heading(words.askRemove),
    ...current(reader, view),
    para(words.askRemoveBody),
    buttons([
      button('channel.remove', { command }, words.yes, { style: 'destructive' }),
      button('channel.setUp', {}, words.no),
    ]),
  ]);
};
