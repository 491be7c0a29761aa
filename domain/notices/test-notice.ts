import type { Actor, Language } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { type KeptNotice, type Listener, listenerId } from './notice.ts';
import { tell } from './tell.ts';

/** Asks for a notice that tells nothing, on the way that every notice takes (R31). Its id. */
export const sendTest = (
  ports: Ports,
  actor: Actor,
  listener: Listener,
  reader: { readonly language: Language; readonly timeZone: string },
): Promise<string> =>
  ports.inTx(async (tx) => {
    const at = ports.clock.now();
    const occasion = `test:${ports.random.id()}`;
    const facts = { language: reader.language, timeZone: reader.timeZone, by: actor.personId };
    await tell(ports, tx, 'test', listener, occasion, { facts }, at);
    const notice = await tx.notices.findByKey(`${occasion}:${listenerId(listener)}`);
    if (notice === null) throw new Error('the test notice was not kept');
    return notice.id;
  });

/** The stations of a notice: when it was written down, taken up to be posted, and taken by Teams; null: not yet. */
export type Hops = {
  readonly written: Date;
  readonly taken: Date | null;
  readonly accepted: Date | null;
  readonly state: KeptNotice['state'];
  readonly trouble: string | null;
};

export const hopsOf = ({ createdAt, facts, state, trouble }: KeptNotice): Hops => ({
  written: createdAt,
  taken: facts.taken === undefined ? null : new Date(facts.taken),
  accepted: facts.accepted === undefined ? null : new Date(facts.accepted),
  state,
  trouble,
});

/** A test that this person asked for, or that stands where they look; null: there is none. */
export const showTest = async (ports: Ports, actor: Actor, id: string, here: Listener): Promise<Hops | null> => {
  const notice = await ports.reads.notices.findNotice(id);
  if (notice?.kind !== 'test') return null;
  const { audience, facts } = notice;
  const own = facts.by === actor.personId;
  return own || ('channelId' in audience && 'channelId' in here && audience.channelId === here.channelId)
    ? hopsOf(notice)
    : null;
};
