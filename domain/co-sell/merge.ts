import type { RemoteChange, RemoteReferral } from './partner-center.ts';
import type { Mirror, Referral } from './referral.ts';

type Agreed = NonNullable<Mirror['agreed']>;
type Values = Omit<Agreed, 'shared'>;

/** What Partner Center took in from elsewhere, and the record does not have yet. */
export type Taken = Partial<{ readonly valueCents: number; readonly closeOn: string; readonly closed: 'Won' | 'Lost' }>;

const closedAs = ({ status, substatus }: Pick<RemoteReferral, 'status' | 'substatus'>): Values['closed'] => {
  if (status !== 'Closed') return null;
  return substatus === 'Won' ? 'Won' : 'Lost';
};

/** The values of a half as it stands there. */
const theirsOf = (remote: RemoteReferral): Values => ({
  valueCents: remote.valueCents,
  closeOn: remote.closeOn,
  closed: closedAs(remote),
});

/** What both agree on now: all that is there, and `valueCents` where there it is in another currency. */
export const settledOn = (remote: RemoteReferral, shared: boolean, valueCents: number | null): Agreed => {
  const theirs = theirsOf(remote);
  return { ...theirs, valueCents: theirs.valueCents ?? valueCents, shared };
};

const oursOf = ({ valueCents, closeOn, ...referral }: Referral): Values => ({
  valueCents,
  closeOn,
  closed: closedAs(referral),
});

/**
 * What both sides agreed on last. What was told, with nobody knowing whether it arrived, counts once it is seen there. What
 * is not said in US dollars there agrees with what is kept here, until one of them is changed.
 */
const agreedOn = ({ mirror: { agreed, telling } }: Referral, ours: Values, theirs: Values): Agreed => {
  // Where nothing was agreed on yet, what is there is what was once told.
  if (agreed === null) return { ...theirs, valueCents: theirs.valueCents ?? ours.valueCents, shared: false };
  const arrived = (name: 'valueCents' | 'closeOn') => telling?.[name] != null && telling[name] === theirs[name];
  return {
    ...agreed,
    ...(arrived('valueCents') ? { valueCents: theirs.valueCents } : {}),
    ...(arrived('closeOn') ? { closeOn: theirs.closeOn } : {}),
  };
};

/**
 * What has to move so that the record and Partner Center say the same, value by value: what was changed there since both
 * agreed is taken over, what was changed here is told; where both were, what was typed here counts. Closed there is final.
 */
export const changesOf = (
  referral: Referral,
  remote: RemoteReferral,
): {
  readonly agreed: Agreed;
  readonly taken: Taken | null;
  readonly change: Omit<RemoteChange, 'customerContact'> | null;
} => {
  const [ours, theirs] = [oursOf(referral), theirsOf(remote)];
  const agreed = agreedOn(referral, ours, theirs);
  // Nothing can be told of a deal any more that was closed there, so its values are the ones it was closed with.
  const closedThere = theirs.closed !== null && ours.closed === null;
  const changedThere = (name: 'valueCents' | 'closeOn') =>
    theirs[name] !== null &&
    (closedThere ? theirs[name] !== ours[name] : theirs[name] !== agreed[name] && ours[name] === agreed[name]);
  const taken: Taken = {
    ...(changedThere('valueCents') && theirs.valueCents !== null ? { valueCents: theirs.valueCents } : {}),
    ...(changedThere('closeOn') && theirs.closeOn !== null ? { closeOn: theirs.closeOn } : {}),
    ...(closedThere && theirs.closed !== null ? { closed: theirs.closed } : {}),
  };
  if (Object.keys(taken).length > 0) return { agreed, taken, change: null };
  if (theirs.closed !== null) return { agreed, taken: null, change: null };
  // Nobody needs to know any more who stands behind a deal that is lost.
  const shares = referral.coSell !== null && !agreed.shared && ours.closed !== 'Lost';
  const inDollars = theirs.valueCents !== null;
  const worth = ours.valueCents !== null && ours.valueCents !== (inDollars ? theirs.valueCents : agreed.valueCents);
  const change = {
    ...(worth && ours.valueCents !== null ? { valueCents: ours.valueCents } : {}),
    ...(worth && !inDollars ? { intoDollars: true as const } : {}),
    ...(ours.closeOn !== null && ours.closeOn !== theirs.closeOn ? { closeOn: ours.closeOn } : {}),
    ...(ours.closed === null ? {} : { closed: { as: ours.closed, reason: referral.statusReason ?? 'partner' } }),
    ...(shares ? { consent: { contact: true, share: true } } : {}),
  };
  return { agreed, taken: null, change: Object.keys(change).length > 0 ? change : null };
};
