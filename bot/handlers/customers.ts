import { chooseEngagementCard } from '../../cards/customers/choose.ts';
import { customersCard } from '../../cards/customers/page.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import { textFor } from '../../cards/format.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { showCustomers } from '../../domain/customers/show-customers.ts';
import { everyEngagement } from '../../domain/engagements/engagement.ts';
import { mayClaim } from '../../domain/people/actor.ts';
import { findEngagements } from '../../domain/pickers.ts';
import { noRole } from './claims.ts';
import type { Reply, Turn } from './turn.ts';

const choose = async (turn: Turn, notes: Notes): Promise<Reply> => {
  if (!mayClaim(turn.actor)) return noRole(turn);
  const found = findEngagements(
    await everyEngagement(turn.ports.reads.engagements, turn.ports.clock.now()),
    notes.find ?? '',
    turn.reader.language,
  );
  const { title } = textFor(turn.reader.language).customers.choose;
  return { card: chooseEngagementCard(turn.reader, found, notes), summary: title };
};

type Asked = Parameters<typeof showCustomers>[2];

const pageReply = async (turn: Turn, asked: Asked): Promise<Reply> => {
  if (!mayClaim(turn.actor)) return noRole(turn);
  const page = await showCustomers(turn.ports, turn.actor, asked);
  if (page === null) {
    return choose(turn, { ...NO_NOTES, faults: [{ field: 'engagement', fault: { code: 'choice.missing' } }] });
  }
  return { card: customersCard(turn.reader, page), summary: textFor(turn.reader.language).customers.title };
};

/** `customers`: which engagement; and the search among them, where the list is long. */
export const chooseEngagement = (turn: Turn): Promise<Reply> => {
  const { find } = turn.inputs;
  return choose(turn, find === undefined ? NO_NOTES : { ...NO_NOTES, find });
};

export const openEngagement = (turn: Turn): Promise<Reply> =>
  pageReply(turn, { engagement: turn.inputs.engagement ?? '', list: 'eligible', find: '', turned: null });

export const findCustomers = (turn: Turn, { engagement, list }: VerbData<'customers.find'>): Promise<Reply> =>
  pageReply(turn, { engagement, list, find: (turn.inputs.find ?? '').slice(0, 100), turned: null });

export const turnCustomers = (turn: Turn, data: VerbData<'customers.show'>): Promise<Reply> => {
  const { engagement, list, find = '', turned = null } = data;
  return pageReply(turn, { engagement, list, find, turned });
};
