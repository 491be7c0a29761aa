import { emptyList, locationsSaid } from '../../cards/customers/page.ts';
import { textFor } from '../../cards/format.ts';
import { claimSheet } from '../../cards/tab/claim-sheet.ts';
import type { Answer, Asked, Question } from '../../cards/tab/contract.ts';
import { claimInList, claimOnPage, customerLine } from '../../cards/tab/lines.ts';
import { overviewSaid } from '../../cards/tab/overview.ts';
import { claimPlace, customerPlace } from '../../cards/verbs.ts';
import { browseClaims, type ClaimsSought, countClaims, showOverview } from '../../domain/claims/browse-claims.ts';
import { showClaim } from '../../domain/claims/show-claim.ts';
import { CLAIM_GROUPS, groupOf } from '../../domain/claims/status.ts';
import { browseCustomers, countCustomers } from '../../domain/customers/browse-customers.ts';
import { CUSTOMER_LISTS } from '../../domain/customers/customers-page.ts';
import { locationsOn } from '../../domain/customers/show-customers.ts';
import { everyEngagement } from '../../domain/engagements/engagement.ts';
import { mayClaim, mayClaimFor } from '../../domain/people/actor.ts';
import type { Turn } from './turn.ts';

/** What a question may come to instead of an answer. */
export type NoAnswer = 'noRole' | 'notFound' | 'badRequest';

/** Somebody at the tab: as in the own chat, without a card that was pressed. */
export type Asking = Pick<Turn, 'ports' | 'actor' | 'reader'>;

type Answers = { readonly [Q in Question]: (asking: Asking, asked: Asked<Q>) => Promise<Answer<Q> | NoAnswer> };

/** A place to read on from, as it was given out; null: it was not. */
const placeIn = <P>(
  schema: { safeParse(value: unknown): { success: boolean; data?: P } },
  cursor: string,
): P | null => {
  try {
    return schema.safeParse(JSON.parse(cursor)).data ?? null;
  } catch {
    return null;
  }
};

const sought = ({ engagement, location, mine, find }: Asked<'claims/counts'>): ClaimsSought => ({
  engagement: engagement ?? null,
  location: location ?? null,
  mine: mine === 'true',
  find,
});

/** Every question of the tab and who answers it. One that nobody answers does not compile. */
const answers: Answers = {
  me: async ({ ports, actor, reader }) => {
    const text = textFor(reader.language);
    const may = mayClaim(actor);
    const [engagements, locations] = may
      ? await Promise.all([
          everyEngagement(ports.reads.engagements, reader.now),
          ports.reads.people.listLocations(actor.organisationId),
        ])
      : [[], []];
    return {
      name: actor.name,
      organisation: actor.organisationName,
      language: reader.language,
      timeZone: reader.timeZone,
      mayClaim: may,
      engagements: engagements
        .map(({ slug, name, solutionArea }) => ({
          slug,
          name: name[reader.language],
          area: text.solutionAreas[solutionArea],
        }))
        .toSorted((a, b) => a.area.localeCompare(b.area) || a.name.localeCompare(b.name, reader.language)),
      locations: locations
        .filter((place) => mayClaimFor(actor, place))
        .map(({ id, name, partnerId }) => ({ id, name, partnerId })),
    };
  },
  'customers/counts': async ({ ports, actor, reader }, asked) => {
    const counted = await countCustomers(ports, actor, asked);
    if (counted === null) return 'notFound';
    const { counts, msxAlone } = counted;
    const empty = Object.fromEntries(
      CUSTOMER_LISTS.map((list) => [list, emptyList(reader, { list, find: asked.find, counts, msxAlone })]),
    ) as Answer<'customers/counts'>['empty'];
    return { counts, warnings: [...locationsSaid(reader, counted)], empty };
  },
  customers: async ({ ports, actor, reader }, { part, after, descending, ...asked }) => {
    const where = { ...asked, descending: descending === 'true' };
    const place = <P>(schema: Parameters<typeof placeIn<P>>[0]) =>
      after === undefined ? null : placeIn(schema, after);
    const wanted =
      part === 'claims'
        ? { ...where, part, after: place(claimPlace) }
        : { ...where, part, after: place(customerPlace) };
    if (after !== undefined && wanted.after === null) return 'badRequest';
    const found = await browseCustomers(ports, actor, wanted);
    if (found === null) return 'notFound';
    const { engagement, rows } = found;
    const eligible = rows.some((row) => row.kind === 'customer' && row.customer.verdict.verdict === 'eligible');
    const claimable = eligible && (await locationsOn(ports, actor, engagement, reader.now)) === null;
    return {
      rows: rows.map((row) =>
        row.kind === 'claim'
          ? claimOnPage(reader, row.claim)
          : customerLine(reader, row.customer, engagement, claimable),
      ),
    };
  },
  'claims/counts': async ({ ports, actor }, asked) => {
    const counts = await countClaims(ports, actor, sought(asked));
    const of = { consent: 0, delivery: 0, review: 0, ended: 0 };
    for (const [status, count] of counts) of[groupOf(status)] += count;
    return { ...of, all: CLAIM_GROUPS.reduce((sum, group) => sum + of[group], 0) };
  },
  claims: async ({ ports, actor, reader }, { group, by, descending, skip, take, ...asked }) => {
    const order = { by, descending: descending === 'true' };
    const rows = await browseClaims(ports, actor, { ...sought(asked), ...order, group: group ?? null, skip, take });
    return { rows: rows.map((claim) => claimInList(reader, claim)) };
  },
  claim: async ({ ports, actor, reader }, { number }) => {
    const view = await showClaim(ports, actor, number);
    return view === null ? 'notFound' : claimSheet(reader, view, ports.random.id());
  },
  overview: async ({ ports, actor, reader }) => overviewSaid(reader, await showOverview(ports, actor)),
};

/** Who they are anybody may ask; of one claim its own rule decides who sees it. */
const ROLELESS: readonly Question[] = ['me', 'claim'];

/** Answers one question, or says why not (R2). */
export const answerTab = async <Q extends Question>(
  question: Q,
  asking: Asking,
  asked: Asked<Q>,
): Promise<Answer<Q> | NoAnswer> =>
  ROLELESS.includes(question) || mayClaim(asking.actor) ? answers[question](asking, asked) : 'noRole';
