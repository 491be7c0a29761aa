import { isOver } from '../claims/deadlines.ts';
import { tellPartner } from '../notices/tell-partner.ts';
import type { Ports } from '../ports.ts';
import type { ConsentView } from './answer-consent.ts';

export type ConsentMail = ConsentView & { readonly token: string };

/**
 * What to mail for a request, with a fresh link; null when it is not wanted any more (answered, replaced, canceled,
 * expired, or mailed already). The token leaves here and is never kept: another try makes another link, and all links
 * of one request live and die together.
 */
export const prepareConsentMail = async (ports: Ports, requestId: string): Promise<ConsentMail | null> => {
  const request = await ports.reads.consent.findRequest(requestId);
  if (request === null || request.state !== 'open' || request.mailState !== 'waiting') return null;
  const claim = await ports.reads.claims.find(request.claimNumber);
  if (claim?.status !== 'AWAITING_CONSENT' || claim.dueAt === null || isOver(claim.dueAt, ports.clock.now()))
    return null;
  const engagement = await ports.reads.engagements.findVersion(claim.engagementVersionId);
  if (engagement === null) return null;
  const token = ports.random.token();
  await ports.inTx((tx) => tx.consent.keepLink(ports.sha256(token), requestId, ports.clock.now()));
  return { request, claim, engagement, token };
};

export const noteMailed = (ports: Ports, requestId: string): Promise<void> =>
  ports.inTx((tx) => tx.consent.markMail(requestId, 'mailed', ports.clock.now()));

/** The mail server refused for good, or every try failed: the partner hears, because only they can correct it. */
export const noteMailFailed = (ports: Ports, requestId: string): Promise<void> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    const request = await tx.consent.findRequest(requestId);
    if (request === null || request.state !== 'open' || request.mailState !== 'waiting') return;
    await tx.consent.markMail(requestId, 'failed', now);
    const claim = await tx.claims.find(request.claimNumber);
    if (claim !== null) await tellPartner(ports, tx, claim, 'consentMailFailed', `mail-failed:${requestId}`, now);
  });
