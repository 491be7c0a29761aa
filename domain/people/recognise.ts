import type { Ports } from '../ports.ts';
import { type Actor, isProgramAdmin } from './actor.ts';
import type { Sender } from './people-store.ts';

/**
 * Who asks (R1): whoever is known, and whoever comes for the first time, who is kept without a role. Those whom the
 * settings name are program admins from then on (R3). Null: no organisation is kept for the tenant.
 */
export const recognise = async (ports: Ports, sender: Sender): Promise<Actor | null> => {
  const known = await ports.reads.people.findActor(sender.tenantId, sender.objectId);
  const admin = ports.settings.admins.has(sender.objectId);
  if (known !== null && (!admin || isProgramAdmin(known))) return known;
  const id = ports.random.id();
  return ports.inTx((tx) => tx.people.welcome(sender, id, admin, ports.clock.now()));
};

/** The person as the client at hand would have them: their own choice of language first, then what the client says. */
export const spokenTo = (known: Actor, { language, timeZone }: Pick<Sender, 'language' | 'timeZone'>): Actor => ({
  ...known,
  language: known.languageChosen ? known.language : language,
  timeZone: timeZone ?? known.timeZone,
});
