import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { button, buttons, type Card, card, heading, line, para, type Reader } from '../card.ts';
import { deadline, textFor } from '../format.ts';

/** What confirming made: each claim with its deadline and its one next action. */
export const claimsMadeCard = (reader: Reader, views: readonly ClaimView[]): Card => {
  const text = textFor(reader.language);
  const words = text.add.done;
  return card(reader, words.title(views.length), [
    heading(words.title(views.length)),
    para(words.body),
    ...views.flatMap(({ claim, engagement, possible }) => {
      const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
      return [
        line(
          [
            { text: text.claim.heading(claim.number), bold: true },
            ` · ${engagement.name[reader.language]}`,
            ...(due === null ? [] : [{ text: ` · ${text.add.review.consentBy(due.date)}`, subtle: true } as const]),
          ],
          { spacing: 'Medium', separator: true },
        ),
        buttons(
          [
            ...(possible.includes('sendConsent')
              ? [
                  button('consent.start', { claim: claim.number }, words.send(claim.number), {
                    style: 'positive' as const,
                  }),
                ]
              : []),
            button('claim.show', { claim: claim.number }, text.common.openClaim(claim.number)),
          ],
          { spacing: 'Small' },
        ),
      ];
    }),
  ]);
};
