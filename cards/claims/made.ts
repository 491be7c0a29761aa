import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { bold, button, buttons, type Card, card, dotted, heading, line, para, type Reader, subtle } from '../card.ts';
import { deadline, textFor } from '../format.ts';

/** What confirming made: each claim with its deadline and its one next action. */
export const claimsMadeCard = (reader: Reader, views: readonly ClaimView[]): Card => {
  const text = textFor(reader.language);
  const words = text.add.done;
  // One way on is pointed at; six at once would point nowhere.
  const look = views.length === 1 ? { style: 'positive' as const } : {};
  return card(reader, words.title(views.length), [
    heading(words.title(views.length)),
    // All were made by one form, for one customer.
    ...views.slice(0, 1).map(({ claim }) => line(dotted(bold(claim.name), claim.contacts.customer.company))),
    para(words.body),
    ...views.flatMap(({ claim, engagement, possible }) => {
      const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
      return [
        line(dotted(bold(text.claim.heading(claim.number)), engagement.name[reader.language]), {
          spacing: 'Medium',
          separator: true,
        }),
        ...(due === null ? [] : [line(subtle(words.consentBy(due.date)), { spacing: 'None' })]),
        buttons(
          [
            ...(possible.includes('sendConsent')
              ? [button('consent.start', { claim: claim.number }, words.send(claim.number), look)]
              : []),
            button('claim.show', { claim: claim.number }, text.common.openClaim(claim.number)),
          ],
          { spacing: 'Small' },
        ),
      ];
    }),
  ]);
};
