import { audit, chainOf } from '../audit/chain.ts';
import { tellPartner } from '../notices/tell.ts';
import type { Ports, Tx } from '../ports.ts';
import { type ConsentView, liveConsent } from './answer-consent.ts';

export type ConsentMail = ConsentView & { readonly token: string };

/**
 * What to mail for a request, with a fresh link; null when it is not wanted any more (answered, replaced, canceled,
 * expired, or mailed already). The token leaves here and is never kept: another try makes another link, and all links
 * of one request live and die together.
 */
export const prepareConsentMail = async (ports: Ports, requestId: string): Promise<ConsentMail | null> => {
  const request = await ports.reads.consent.findRequest(requestId);
  const view = request?.mailState === 'waiting' ? await liveConsent(ports.reads, request, ports.clock.now()) : null;
  if (view === null) return null;
  const token = ports.random.token();
  await ports.inTx((tx) => tx.consent.keepLink(ports.sha256(token), requestId, ports.clock.now()));
  return { ...view, token };
};

const record = (ports: Ports, tx: Tx, number: number, what: 'mailed' | 'mailFailed', at: Date) =>
  audit(tx, ports.sha256, { chain: chainOf(number), at, actor: 'clock', what, facts: {} });

export const noteMailed = (ports: Ports, requestId: string): Promise<void> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    const request = await tx.consent.findRequest(requestId);
    if (request === null) return;
    await tx.claims.hold(request.claimNumber);
    if (await tx.consent.markMail(requestId, 'mailed', now))
      await record(ports, tx, request.claimNumber, 'mailed', now);
  });

/** The mail server refused for good, or every try failed: the partner hears, because only they can mend it. */
export const noteMailFailed = (
  ports: Ports,
  requestId: string,
  why: 'consentMailRefused' | 'consentMailStuck',
): Promise<void> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    const found = await tx.consent.findRequest(requestId);
    if (found === null) return;
    await tx.claims.hold(found.claimNumber);
    // Read again under the lock: a re-send or an answer may have overtaken this.
    const request = await tx.consent.findRequest(requestId);
    if (request?.state !== 'open' || !(await tx.consent.markMail(requestId, 'failed', now))) return;
    await record(ports, tx, request.claimNumber, 'mailFailed', now);
    const claim = await tx.claims.find(request.claimNumber);
    if (claim !== null) await tellPartner(ports, tx, claim, why, `mail-failed:${requestId}`, now);
  });
