import type { Claim } from '../claims/claim-store.ts';
import type { Ports, Tx } from '../ports.ts';
import type { ClaimNotice, Notice } from './notice.ts';

type Subject = Partial<Pick<Notice, 'claimNumber' | 'accessRequestId' | 'facts'>>;

/** Keeps one notice; `occasion` and the audience make its key, so no sweep, replica or retry says it twice (R30). */
export const tell = (
  { random }: Pick<Ports, 'random'>,
  tx: Pick<Tx, 'notices'>,
  kind: Notice['kind'],
  audience: Notice['audience'],
  occasion: string,
  subject: Subject,
  at: Date,
): Promise<void> =>
  tx.notices.tell({
    id: random.id(),
    key: 'personId' in audience ? `${occasion}:person:${audience.personId}` : occasion,
    kind,
    audience,
    claimNumber: null,
    accessRequestId: null,
    facts: {},
    ...subject,
    createdAt: at,
  });

/** Tells the people of the partner who work on a claim: its owner, and whoever asked for consent or submitted last. */
export const tellPartner = async (
  ports: Pick<Ports, 'random'>,
  tx: Tx,
  claim: Pick<Claim, 'number' | 'ownerId' | 'submittedById'>,
  kind: ClaimNotice,
  occasion: string,
  at: Date,
): Promise<void> => {
  const request = await tx.consent.findNewest(claim.number);
  const audience = new Set([claim.ownerId, request?.sentById ?? claim.ownerId, claim.submittedById ?? claim.ownerId]);
  for (const personId of audience) {
    await tell(ports, tx, kind, { personId }, `claim:${claim.number}:${occasion}`, { claimNumber: claim.number }, at);
  }
};
