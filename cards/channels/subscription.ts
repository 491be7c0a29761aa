import type { Engagement } from '../../domain/engagements/engagement.ts';
import { type Subscription, TOPICS } from '../../domain/notices/subscription.ts';
import { type Actor, EVERYWHERE } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
import {
  bold,
  button,
  type Card,
  choiceInput,
  dotted,
  type Element,
  line,
  para,
  type Reader,
  subtle,
  textInput,
} from '../card.ts';
import { type Fields, fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { textFor } from '../format.ts';
import { languageField, scopeField } from './fields.ts';

/** More than this are not chosen from a list on a card, but typed. */
const MOST_LISTED = 15;

/** What a channel, or a person, hears of claims, in a few lines. */
export const subscriptionLines = (
  reader: Reader,
  { scope, topics, engagements, language, timeZone, digestAt, quiet, expiredLater }: Subscription,
  locations: readonly Location[],
  actor: Pick<Actor, 'organisationId' | 'organisationName'>,
): Element[] => {
  const { subscription: words, topics: names, channel } = textFor(reader.language);
  const whose =
    scope === EVERYWHERE ? channel.everyoneShort : scope === actor.organisationId ? actor.organisationName : null;
  const filters = [
    ...(locations.length === 0
      ? []
      : [
          locations.length <= 3
            ? words.line(locations.map(({ name }) => name))
            : words.filters(locations.length, 'location'),
        ]),
    ...(engagements.length === 0 ? [] : [words.filters(engagements.length, 'engagement')]),
  ];
  const times = [
    words.digestLine(digestAt, timeZone ?? reader.timeZone),
    words.expiredLine[expiredLater ? 'digest' : 'atOnce'],
    ...(quiet === null ? [] : [words.quietLine(quiet.from, quiet.until)]),
  ];
  return [
    line(
      dotted(
        bold(words.current),
        whose === null ? null : channel.scopeLine(whose),
        language === null ? null : subtle(channel.languages[language]),
      ),
      { spacing: 'Small' },
    ),
    ...(topics.length === TOPICS.length
      ? [para(words.all, { subtle: true, spacing: 'None' })]
      : topics.map((topic) => para(names[topic], { subtle: true, spacing: 'None' }))),
    ...(filters.length === 0 ? [] : [line(dotted(...filters), { spacing: 'None' })]),
    line(subtle(times.join(' · ')), { spacing: 'None' }),
  ];
};

export type SubscriptionForm = {
  readonly subscription: Subscription;
  /** Whether that is what is kept, and not what is offered. */
  readonly kept: boolean;
  /** For whom one may choose; empty: a person's own settings. */
  readonly scopes: readonly string[];
  readonly locations: readonly Location[];
  readonly engagements: readonly Engagement[];
  readonly actor: Pick<Actor, 'organisationId' | 'organisationName'>;
};

type Choice = { readonly title: readonly string[]; readonly value: string; readonly typed: string };

const isListed = (choices: readonly unknown[]): boolean => choices.length > 0 && choices.length <= MOST_LISTED;

/** Several of a list; where it is long, its members are typed by the name that others know them by. */
const several = (
  fields: Fields,
  field: 'locations' | 'engagements',
  labels: { readonly listed: string; readonly typed: string },
  choices: readonly Choice[],
  kept: readonly string[],
): Element[] => {
  const long = !isListed(choices);
  const shown = long ? kept.map((value) => choices.find((one) => one.value === value)?.typed ?? value) : kept;
  const value = fields.value(field, shown.join(','));
  return [
    long
      ? textInput({ id: fields.id(field), label: labels.typed, isMultiline: true, ...value })
      : choiceInput({
          id: fields.id(field),
          label: labels.listed,
          isMultiSelect: true,
          style: 'expanded',
          choices: [...choices],
          ...value,
        }),
    ...fields.faults(field),
  ];
};

const timeInput = (fields: Fields, field: string, label: string, kept: string, required?: string): Element[] => [
  {
    type: 'Input.Time',
    id: fields.id(field),
    label,
    ...(required === undefined ? {} : { isRequired: true, errorMessage: required }),
    ...fields.value(field, kept),
  },
  ...fields.faults(field),
];

/** The fields of what is heard, and when: the same for a channel and for a person's own chat (R31). */
const asksOf = (reader: Reader, notes: Notes, form: SubscriptionForm, personal: boolean): Element[] => {
  const { subscription: words, settings, topics: names } = textFor(reader.language);
  const { subscription, scopes, locations, engagements, actor } = form;
  const fields = fieldsOf(notes, reader);
  const own = locations.filter(({ organisationId }) => organisationId === actor.organisationId);
  const elsewhere = locations.filter((location) => !own.includes(location));
  const listed = isListed(own);
  return [
    choiceInput({
      id: fields.id('topics'),
      label: personal ? settings.topics : words.topics,
      isMultiSelect: true,
      ...(personal ? {} : { isRequired: true, errorMessage: words.topicsError }),
      style: 'expanded',
      choices: TOPICS.map((topic) => ({ title: [names[topic]], value: topic })),
      ...fields.value('topics', subscription.topics.join(',')),
    }),
    ...fields.faults('topics'),
    ...(scopes.length === 0 ? [] : scopeField(reader, fields, scopes, subscription.scope, actor)),
    ...several(
      fields,
      'locations',
      { listed: words.locations, typed: words.locationsTyped },
      (listed ? own : locations).map(({ id, name, partnerId }) => ({
        title: [name, partnerId],
        value: id,
        typed: partnerId,
      })),
      subscription.locationIds.filter((id) => !listed || own.some((location) => location.id === id)),
    ),
    // Whoever chooses for every organisation may name locations that are not their own.
    ...(scopes.includes(EVERYWHERE) && listed
      ? [
          textInput({
            id: fields.id('elsewhere'),
            label: words.elsewhere,
            isMultiline: true,
            ...fields.value('elsewhere', elsewhere.map(({ partnerId }) => partnerId).join(', ')),
          }),
          ...fields.faults('elsewhere'),
        ]
      : []),
    ...several(
      fields,
      'engagements',
      { listed: words.engagements, typed: words.engagementsTyped },
      engagements.map(({ slug, name }) => ({ title: [name[reader.language]], value: slug, typed: slug })),
      subscription.engagements,
    ),
    ...languageField(reader, fields, subscription.language ?? reader.language),
    ...timeInput(fields, 'digest', words.digest, subscription.digestAt, words.digestError),
    textInput({
      id: fields.id('zone'),
      label: words.zone,
      placeholder: personal ? settings.zoneHint : words.zoneHint,
      ...(personal ? {} : { isRequired: true, errorMessage: words.zoneError }),
      ...fields.value('zone', subscription.timeZone ?? (personal ? undefined : reader.timeZone)),
    }),
    ...fields.faults('zone'),
    ...timeInput(fields, 'quietFrom', words.quietFrom, subscription.quiet?.from ?? ''),
    ...timeInput(fields, 'quietUntil', words.quietUntil, subscription.quiet?.until ?? ''),
    para(words.quietHint, { subtle: true, spacing: 'None' }),
    choiceInput({
      id: fields.id('expired'),
      label: words.expired,
      style: 'expanded',
      choices: (['atOnce', 'digest'] as const).map((value) => ({ title: [words.expiredChoices[value]], value })),
      ...fields.value('expired', subscription.expiredLater ? 'digest' : 'atOnce'),
    }),
    ...(personal
      ? [
          choiceInput({
            id: fields.id('own'),
            label: settings.own,
            style: 'expanded' as const,
            choices: (['true', 'false'] as const).map((value) => ({ title: [settings.ownChoices[value]], value })),
            ...fields.value('own', String(subscription.ownActions)),
          }),
        ]
      : []),
  ];
};

/** What a channel hears of claims: the form. */
export const subscriptionCard = (reader: Reader, form: SubscriptionForm, notes: Notes, command: string): Card => {
  const { subscription: words, channel } = textFor(reader.language);
  const asks = asksOf(reader, notes, form, false);
  return formCard(reader, words.title, notes, { before: [para(words.hint, { subtle: true, spacing: 'None' })], asks }, [
    button('channel.subscribe', { command }, words.save, { style: 'positive' }),
    ...(form.kept ? [button('channel.askRemove', {}, channel.remove, { skipInputs: true })] : []),
    button('channel.status', {}, words.back, { skipInputs: true }),
  ]);
};

/** `settings`: what a person hears of claims in their own chat: the form, and below it how that was said last. */
export const settingsCard = (
  reader: Reader,
  form: SubscriptionForm,
  notes: Notes,
  command: string,
  banner?: Banner,
): Card => {
  const { settings: words, subscription, help } = textFor(reader.language);
  const before = [para(words.hint, { subtle: true, spacing: 'None' }), ...bannerBox(banner)];
  return formCard(reader, words.title, notes, { before, asks: asksOf(reader, notes, form, true) }, [
    button('settings.save', { command }, subscription.save, { style: 'positive' }),
    button('help.show', {}, help.button, { skipInputs: true }),
  ]);
};
