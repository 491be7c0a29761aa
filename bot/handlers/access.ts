import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import type { Banner } from '../../cards/form.ts';
import { textFor } from '../../cards/format.ts';
import { accessCard, askAccessCard, requestAccessCard } from '../../cards/people/access.ts';
import { askRemoveCard, peopleCard, personCard } from '../../cards/people/roles.ts';
import { standInCard } from '../../cards/people/stand-in.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { isShownIn } from '../../domain/notices/shown-in.ts';
import {
  type AccessView,
  accessKey,
  accessView,
  askAccess,
  decideAccess,
  mayDecide,
  withdrawAccess,
} from '../../domain/people/access.ts';
import { isProgramAdmin } from '../../domain/people/actor.ts';
import { listPeople, removeRole, showPerson } from '../../domain/people/roles.ts';
import { endStandIn, nameStandIn } from '../../domain/people/stand-in.ts';
import { findColleagues, findLocations } from '../../domain/pickers.ts';
import { forGood, type Reply, said, type Turn, typedIn } from './turn.ts';

const textOf = ({ reader }: Turn) => textFor(reader.language);

const requestReply = async (turn: Turn, notes: Notes): Promise<Reply> => {
  const { ports, actor, reader } = turn;
  const [locations, asked] = await Promise.all([
    ports.reads.people.listLocations(actor.organisationId),
    ports.reads.access.listOpen(actor.personId),
  ]);
  const views = await Promise.all(asked.map(({ id }) => accessView(ports, id)));
  const open = views.filter((view) => view !== null);
  const found = findLocations(locations, notes.find ?? '');
  const card = requestAccessCard(reader, { locations: found, open }, notes, ports.random.id());
  return { card, summary: textOf(turn).access.title };
};

export const startAccess = (turn: Turn): Promise<Reply> => requestReply(turn, NO_NOTES);

/** Looks for a location; what else was typed stays. */
export const findAccessLocation = (turn: Turn): Promise<Reply> =>
  requestReply(turn, { ...NO_NOTES, find: '', ...typedIn(turn) });

export const sendAccess = async (turn: Turn, data: VerbData<'access.send'>): Promise<Reply> => {
  const outcome = await askAccess(turn.ports, turn.actor, { id: data.command, verb: 'access.send' }, turn.inputs);
  if (outcome.kind === 'asked') return forGood(said(turn.reader, textOf(turn).access.asked));
  return requestReply(turn, { ...NO_NOTES, faults: outcome.faults, ...typedIn(turn) });
};

export const dropAccess = async (turn: Turn, { request }: VerbData<'access.withdraw'>): Promise<Reply> => {
  const outcome = await withdrawAccess(turn.ports, turn.actor, request);
  const { withdrawn, withdrawTooLate } = textOf(turn).access;
  return forGood(said(turn.reader, outcome.kind === 'withdrawn' ? withdrawn : withdrawTooLate));
};

const accessReply = (turn: Turn, view: AccessView, banner?: Banner): Reply => ({
  card: accessCard(turn.reader, view, mayDecide(turn.actor, view) ? 'decider' : 'other', [], banner),
  summary: textOf(turn).access.card,
});

/** A request is seen by who may decide on it, and by everybody in the channel where it stands. */
const seenAccess = async (turn: Turn, request: string): Promise<AccessView | null> => {
  const view = await accessView(turn.ports, request);
  if (view === null || mayDecide(turn.actor, view)) return view;
  const { ports, channel } = turn;
  const shown = channel !== null && (await isShownIn(ports, accessKey(request), channel.conversationId));
  return shown ? view : null;
};

const notDecider = (turn: Turn): Reply => said(turn.reader, textOf(turn).access.notDecider);

export const openAccess = async (turn: Turn, { request }: VerbData<'access.show'>): Promise<Reply> => {
  const view = await seenAccess(turn, request);
  return view === null ? notDecider(turn) : accessReply(turn, view);
};

const askReply = async (turn: Turn, { request, what }: VerbData<'access.ask'>, notes: Notes): Promise<Reply> => {
  const view = await seenAccess(turn, request);
  if (view === null || !mayDecide(turn.actor, view)) return notDecider(turn);
  if (view.request.state !== 'open') {
    return accessReply(turn, view, { text: textOf(turn).access.tooLate, style: 'warning' });
  }
  const card = askAccessCard(turn.reader, view, what, notes, turn.ports.random.id());
  return { card, summary: textOf(turn).access.card };
};

export const askAboutAccess = (turn: Turn, data: VerbData<'access.ask'>): Promise<Reply> =>
  askReply(turn, data, NO_NOTES);

export const decideOnAccess = async (turn: Turn, data: VerbData<'access.decide'>): Promise<Reply> => {
  const { request, what } = data;
  const command = { id: data.command, verb: 'access.decide' };
  const outcome = await decideAccess(turn.ports, turn.actor, command, request, what, turn.inputs.comment ?? '');
  if (outcome.kind === 'notYours') return notDecider(turn);
  if (outcome.kind === 'faults') {
    return askReply(turn, data, {
      ...NO_NOTES,
      faults: [{ field: 'comment', fault: outcome.fault }],
      typed: turn.inputs,
    });
  }
  const view = await accessView(turn.ports, request);
  const words = textOf(turn).access;
  if (view === null) return notDecider(turn);
  return outcome.kind === 'done'
    ? accessReply(turn, view, { text: words.done[what], style: 'good' })
    : accessReply(turn, view, { text: words.tooLate, style: 'warning' });
};

/** `people`: who holds which role. What was typed into the search field is looked for; turning the page keeps it. */
export const openPeople = async (turn: Turn, { page, find = '' }: VerbData<'people.list'>): Promise<Reply> => {
  const wanted = page === 1 && turn.inputs.find !== undefined ? turn.inputs.find.slice(0, 100) : find;
  const found = await listPeople(turn.ports, turn.actor, { page, find: wanted });
  if (found === null) return said(turn.reader, textOf(turn).people.notAdmin);
  return { card: peopleCard(turn.reader, found), summary: textOf(turn).people.title };
};

const personReply = async (turn: Turn, person: string, banner?: Banner, page = 1): Promise<Reply> => {
  const view = await showPerson(turn.ports, turn.actor, person);
  if (view === null) return said(turn.reader, textOf(turn).people.gone);
  return { card: personCard(turn.reader, view, page, banner), summary: textOf(turn).people.person };
};

export const openPerson = (turn: Turn, { person, page }: VerbData<'people.show'>): Promise<Reply> =>
  personReply(turn, person, undefined, page);

export const askRemove = async (turn: Turn, data: VerbData<'people.askRemove'>): Promise<Reply> => {
  const view = await showPerson(turn.ports, turn.actor, data.person);
  const words = textOf(turn).people;
  if (view === null) return said(turn.reader, words.gone);
  const grant = view.removable.find(({ role, scope }) => role === data.role && scope === data.scope);
  if (grant === undefined) return personReply(turn, data.person, { text: words.alreadyGone, style: 'warning' });
  return { card: askRemoveCard(turn.reader, view, grant, turn.ports.random.id()), summary: words.askRemove };
};

export const remove = async (turn: Turn, data: VerbData<'people.remove'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'people.remove' };
  const { kind } = await removeRole(turn.ports, turn.actor, command, data.person, data);
  const words = textOf(turn).people;
  const banners: Record<typeof kind, Banner> = {
    removed: { text: words.removed, style: 'good' },
    gone: { text: words.alreadyGone, style: 'warning' },
    lastProgramAdmin: { text: words.lastProgramAdmin, style: 'warning' },
    configured: { text: words.configured, style: 'warning' },
    notYours: { text: words.notAllowed, style: 'warning' },
  };
  // Whoever took their own role away may not see the list any more: the roles they hold are read anew.
  const actor = (await turn.ports.reads.people.findActorById(turn.actor.personId)) ?? turn.actor;
  return personReply({ ...turn, actor }, data.person, banners[kind]);
};

const standInReply = async (turn: Turn, notes: Notes, banner?: Banner): Promise<Reply> => {
  const { ports, actor, reader } = turn;
  const words = textOf(turn).standIn;
  const names = isProgramAdmin(actor);
  const standIns = await ports.reads.people.listStandIns(actor.personId, reader.now);
  if (!names && standIns.length === 0) return said(reader, words.notAdmin);
  const colleagues = names ? await findColleagues(ports, actor, notes.find ?? '') : { options: [], searched: false };
  const view = { personId: actor.personId, names, standIns, colleagues };
  return { card: standInCard(reader, view, notes, ports.random.id(), banner), summary: words.title };
};

export const openStandIns = (turn: Turn): Promise<Reply> => standInReply(turn, NO_NOTES);

export const findStandIn = (turn: Turn): Promise<Reply> =>
  standInReply(turn, { ...NO_NOTES, find: '', ...typedIn(turn) });

export const saveStandIn = async (turn: Turn, data: VerbData<'standIn.save'>): Promise<Reply> => {
  const outcome = await nameStandIn(turn.ports, turn.actor, { id: data.command, verb: 'standIn.save' }, turn.inputs);
  const words = textOf(turn).standIn;
  if (outcome.kind === 'faults') {
    return standInReply(turn, { ...NO_NOTES, faults: outcome.faults, ...typedIn(turn) });
  }
  if (outcome.kind !== 'named') return said(turn.reader, words.notAdmin);
  return standInReply(turn, NO_NOTES, { text: words.named, style: 'good' });
};

export const finishStandIn = async (turn: Turn, { standIn }: VerbData<'standIn.end'>): Promise<Reply> => {
  const outcome = await endStandIn(turn.ports, turn.actor, standIn);
  const words = textOf(turn).standIn;
  if (outcome.kind === 'notAdmin') return said(turn.reader, words.notAdmin);
  const ended = outcome.kind === 'ended';
  return standInReply(turn, NO_NOTES, { text: ended ? words.ended : words.gone, style: ended ? 'good' : 'warning' });
};
