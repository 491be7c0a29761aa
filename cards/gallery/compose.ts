import type { FoundClaim } from '../../domain/claims/find-claims.ts';
import { CLAIM_STATUSES, type ClaimStatus } from '../../domain/claims/status.ts';
import type { Language } from '../../domain/people/actor.ts';
import type { Card } from '../card.ts';
import { linkedClaim, sharedClaim, sharedCustomer } from '../compose/shareable.ts';
import { againCard, closingCard, dialogCard } from '../dialog-card.ts';
import { textFor } from '../format.ts';
import { claimPoses } from './claims.ts';
import { draftPoses } from './drafts.ts';
import { peoplePoses } from './people.ts';
import { claimOf, engagementOf, HOSTILE, HOSTILES, id, type Pose, readerIn, TYPED, UNTRUSTED } from './sample.ts';

const foundOf = (status: ClaimStatus, over: Partial<FoundClaim> = {}): FoundClaim => ({
  ...claimOf(status),
  company: TYPED.company,
  engagement: engagementOf(1),
  ...over,
});

const IDENTIFIER = { type: 'domain', value: TYPED.domain } as const;

/** Cards of the chat that stand in a dialog as well: a form's every step, and what it can end with. */
const IN_DIALOG = [
  ...['name at a message', 'location filled', 'identifier filled', 'engagements filled', 'contacts filled'],
  ...['contacts every fault', 'review filled', 'review stale'],
].map((name) => `add ${name}`);
const ENDED = ['made one', 'said form canceled'];

/** What is shared where one writes a message, and what stands in a dialog there. */
export const composePoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const pose = (name: string, card: Card): Pose => ({ name, card, untrusted: UNTRUSTED });
  const others = [...draftPoses(language), ...claimPoses(language), ...peoplePoses(language)];
  const inDialog = (names: readonly string[], made: (card: Card) => Card) =>
    names.map((wanted) => {
      const found = others.find(({ name }) => name === wanted);
      if (found === undefined) throw new Error(`no pose “${wanted}”`);
      return { ...found, name: `dialog ${wanted}`, card: made(found.card) };
    });
  const { refused, compose } = textFor(language);
  const failed = refused.failed('1A2B3C4D');
  return [
    ...CLAIM_STATUSES.map((status) => pose(`shared claim ${status}`, sharedClaim(reader, foundOf(status)).card)),
    ...HOSTILES.flatMap((hostile) => {
      const name = HOSTILE[hostile];
      const claim = foundOf('AWAITING_CONSENT', { name, company: name });
      return [
        pose(`shared claim hostile ${hostile}`, sharedClaim(reader, claim).card),
        pose(
          `shared customer hostile ${hostile}`,
          sharedCustomer(reader, { id: id(21), name, identifier: IDENTIFIER }).card,
        ),
      ];
    }),
    pose('shared customer', sharedCustomer(reader, { id: id(21), name: TYPED.company, identifier: IDENTIFIER }).card),
    ...CLAIM_STATUSES.map((status) => pose(`linked claim ${status}`, linkedClaim(reader, foundOf(status)).card)),
    ...inDialog([...IN_DIALOG, 'resume at a message'], dialogCard),
    ...inDialog(ENDED, (card) => closingCard(card, reader)),
    pose('dialog failed', againCard(reader, failed, { verb: 'help.show' })),
    pose('dialog late', againCard(reader, compose.dialog.late, { verb: 'help.show' })),
    pose('dialog failed with too much', againCard(reader, failed, { name: 'x'.repeat(30_000) })),
  ];
};
