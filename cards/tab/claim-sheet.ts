import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { button, type Reader } from '../card.ts';
import { onward } from '../claims/onward.ts';
import { payoutTerms } from '../claims/payout.ts';
import { claimRows, detailRows, payoutOf } from '../claims/rows.ts';
import { nextOf } from '../claims/standing.ts';
import { whatHappened, whoDid } from '../claims/story.ts';
import { openReferral, type Row, whyCoSell } from '../co-sell/on-claim.ts';
import { dateTime, textFor } from '../format.ts';
import type { Answer } from './contract.ts';
import { dueSaid, plainly, statusSaid, stepsOf, textIn } from './lines.ts';

const said = (rows: readonly Row[]) =>
  rows.flatMap((row) => (row === null ? [] : [{ label: row[0], value: plainly(row[1]) }]));

/** Everything one may know of a claim, as a page instead of a card. `command` is the id of what its buttons may do. */
export const claimSheet = (reader: Reader, view: ClaimView, command: string): Answer<'claim'> => {
  const { claim, checklist, possible } = view;
  const text = textFor(reader.language);
  const { language } = reader;
  const payout = payoutOf(reader, view);
  const { number } = claim;
  const cancel = possible.includes('cancel') ? [button('claim.askCancel', { claim: number }, text.claim.cancel)] : [];
  return {
    number,
    name: claim.name,
    company: claim.contacts.customer.company,
    heading: text.claim.heading(number),
    status: statusSaid(reader, claim.status),
    due: dueSaid(reader, claim.dueAt),
    next: nextOf(reader, view),
    steps: [...stepsOf([...onward(reader, view, command), ...openReferral(reader, view.deal), ...cancel])],
    rows: said(claimRows(reader, view)),
    details: said(detailRows(reader, view)),
    terms: payout === null ? [] : payoutTerms(reader, payout).flatMap(textIn),
    coSell: whyCoSell(reader, view.deal).fold.flatMap(textIn),
    evidence:
      claim.consentedAt === null
        ? []
        : checklist.map(({ item, link }) => ({
            name: item.name[language],
            required: item.required,
            title: link?.title ?? null,
            url: link?.url ?? null,
            note: link?.note ?? null,
          })),
    history: view.history.toReversed().map((entry) => ({
      at: dateTime(entry.at, reader),
      who: whoDid(reader, entry),
      what: whatHappened(reader, entry, view),
      remark: entry.remark,
    })),
    link: reader.links.claim(number),
  };
};
