import { type ChannelDuty, DUTIES, EVERY_DEAL } from '../../domain/channels/channel.ts';
import type { AccessRequest, AccessView } from '../../domain/people/access.ts';
import { type Actor, EVERYWHERE, type Language, ROLES, type RoleGrant } from '../../domain/people/actor.ts';
import { askRemoveChannelCard, type ChannelView, channelCard, setUpCard } from '../channels/channel.ts';
import { NO_NOTES, type Notes } from '../drafts/step.ts';
import { textFor } from '../format.ts';
import { type RoleNoticeView, roleNoticeCard } from '../notices/role.ts';
import { accessCard, askAccessCard, requestAccessCard } from '../people/access.ts';
import { askRemoveCard, peopleCard, personCard } from '../people/roles.ts';
import { type StandIns, standInCard } from '../people/stand-in.ts';
import type { FormFault } from '../text/en.ts';
import { daysAgo, HOSTILE, HOSTILES, id, locationOf, type Pose, readerIn, TYPED, UNTRUSTED } from './sample.ts';

const personOf = (number: number, roles: readonly RoleGrant[], name: string = TYPED.colleague): Actor => ({
  personId: id(700 + number),
  tenantId: id(1),
  objectId: id(800 + number),
  organisationId: id(1),
  organisationName: TYPED.organisation,
  organisationKind: 'partner',
  name,
  email: TYPED.email,
  phone: null,
  language: 'en',
  languageChosen: false,
  timeZone: null,
  chatId: null,
  roles,
});

const everyRole: readonly RoleGrant[] = ROLES.map((role) => ({ role, scope: EVERYWHERE }));
const oneRole: readonly RoleGrant[] = [{ role: 'incentivesUser', scope: id(301) }];
/** At more locations than a card has buttons. */
const manyRoles: readonly RoleGrant[] = Array.from({ length: 30 }, (_, index) => ({
  role: 'incentivesUser',
  scope: id(301 + index),
}));
const places = new Map([[id(301), locationOf(1)]]);

const viewOf = (over: Partial<AccessRequest> = {}, name?: string): AccessView => ({
  request: {
    id: id(91),
    personId: id(701),
    role: 'incentivesUser',
    scope: id(301),
    why: TYPED.why,
    state: 'open',
    createdAt: daysAgo(1),
    decidedById: null,
    decidedAt: null,
    comment: null,
    ...over,
  },
  person: personOf(1, [], name),
  location: locationOf(1),
  decidedBy: over.decidedById === undefined ? null : TYPED.reviewer,
});

const faulty = (field: string, fault: FormFault, typed: Notes['typed'] = {}): Notes => ({
  ...NO_NOTES,
  faults: [{ field, fault }],
  typed,
});

const duty = (over: Partial<ChannelDuty> = {}): ChannelDuty => ({
  duty: 'reviews',
  scope: EVERYWHERE,
  route: EVERY_DEAL,
  conversationId: '19:sample@thread.tacv2',
  name: null,
  language: 'en',
  timeZone: null,
  ...over,
});

/** Roles: asking, deciding, listing, taking away, standing in; and the channels set up for that. */
export const accessPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const text = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const locations = [locationOf(1), locationOf(2, { name: TYPED.elsewhere, country: 'BE' })];
  const request = (name: string, notes: Notes, open: readonly AccessView[] = []) =>
    pose(
      `request access ${name}`,
      requestAccessCard(
        reader,
        { locations: { options: locations, searched: notes.find !== undefined }, open },
        notes,
        id(92),
      ),
    );
  const decided = { decidedById: id(11), decidedAt: daysAgo(0) };
  const admin = personOf(9, everyRole, TYPED.admin);
  const channel = (there: readonly ChannelDuty[], actor: Actor = admin): ChannelView => ({
    actor,
    there,
    subscription: null,
    locations: [],
    duties: actor === admin ? DUTIES : ['access', 'sellers'],
    scopes: actor === admin ? [EVERYWHERE, id(1)] : [id(1)],
  });
  const both = [duty(), duty({ duty: 'access', scope: id(1), language: 'nl' })];
  const sellers = duty({ duty: 'sellers', route: { countries: ['BE', 'NL'], solutionAreas: ['security', 'azure'] } });
  const own = personOf(8, [{ role: 'incentivesAdmin', scope: EVERYWHERE }]);
  const standIn = {
    id: id(95),
    adminId: id(709),
    adminName: TYPED.admin,
    adminHolds: true,
    personId: id(701),
    name: TYPED.colleague,
    from: daysAgo(1),
    until: daysAgo(-13),
  };
  const standIns = (over: Partial<StandIns>): StandIns => ({
    personId: id(709),
    names: true,
    standIns: [],
    colleagues: { options: [personOf(1, []), personOf(2, [], TYPED.reviewer)], searched: false },
    ...over,
  });
  const stands = (name: string, over: Partial<StandIns>, notes: Notes = NO_NOTES) =>
    pose(`stand-in ${name}`, standInCard(reader, standIns(over), notes, id(96)));
  const notices: readonly RoleNoticeView[] = [
    { kind: 'accessGranted', view: viewOf({ ...decided, state: 'granted' }) },
    { kind: 'accessRefused', view: viewOf({ ...decided, state: 'refused', comment: TYPED.comment }) },
    { kind: 'roleRemoved', grant: { role: 'seller', scope: EVERYWHERE }, location: null },
    { kind: 'standInNamed', admin: TYPED.admin, from: daysAgo(0), until: daysAgo(-13) },
  ];
  return [
    request('empty', NO_NOTES),
    request('search', { ...NO_NOTES, find: 'antwerp', typed: { role: 'seller', why: TYPED.why } }),
    request('asked before', NO_NOTES, [viewOf(), viewOf({ id: id(93), role: 'seller', scope: EVERYWHERE })]),
    request('wrong', {
      ...NO_NOTES,
      faults: [
        { field: 'role', fault: { code: 'access.held' } },
        { field: 'location', fault: { code: 'choice.missing' } },
        { field: 'why', fault: { code: 'text.missing' } },
      ],
      typed: { role: 'seller' },
    }),
    request('twice', faulty('role', { code: 'access.asked' }, { role: 'seller', why: TYPED.why })),
    pose('access in the channel', accessCard(reader, viewOf(), 'reader', ['29:admin'])),
    pose('access to decide', accessCard(reader, viewOf(), 'decider', [])),
    pose(
      'access no channel',
      accessCard(reader, viewOf(), 'decider', [], { text: text.access.noChannel, style: 'warning' }),
    ),
    pose('access not mine', accessCard(reader, viewOf(), 'other', [])),
    pose(
      'access granted',
      accessCard(reader, viewOf({ ...decided, state: 'granted' }), 'decider', [], {
        text: text.access.done.grant,
        style: 'good',
      }),
    ),
    pose(
      'access refused',
      accessCard(reader, viewOf({ ...decided, state: 'refused', comment: TYPED.comment }), 'reader', []),
    ),
    pose('access withdrawn', accessCard(reader, viewOf({ ...decided, state: 'withdrawn' }), 'reader', [])),
    ...HOSTILES.map((hostile) =>
      pose(
        `access hostile ${hostile}`,
        accessCard(reader, viewOf({ why: HOSTILE[hostile] }, HOSTILE[hostile]), 'decider', []),
      ),
    ),
    pose('access give question', askAccessCard(reader, viewOf(), 'grant', NO_NOTES, id(94))),
    pose(
      'access refuse question',
      askAccessCard(reader, viewOf(), 'refuse', faulty('comment', { code: 'text.missing' }), id(94)),
    ),
    pose(
      'people a page',
      peopleCard(reader, {
        people: [
          admin,
          personOf(1, oneRole),
          personOf(3, manyRoles),
          personOf(4, manyRoles),
          personOf(2, everyRole.slice(0, 3), HOSTILE.markdown),
        ],
        locations: places,
        requests: [viewOf(), viewOf({ id: id(93) })],
        total: 23,
        find: '',
        page: 2,
        pages: 5,
      }),
    ),
    pose(
      'people one request',
      peopleCard(reader, {
        people: [admin],
        locations: places,
        requests: [viewOf({}, HOSTILE.mention)],
        total: 1,
        find: '',
        page: 1,
        pages: 1,
      }),
    ),
    pose(
      'people not found',
      peopleCard(reader, {
        people: [],
        locations: places,
        requests: [],
        total: 0,
        find: HOSTILE.template,
        page: 1,
        pages: 1,
      }),
    ),
    pose('person', personCard(reader, { person: admin, locations: places, removable: admin.roles }, 1)),
    pose(
      'person with many roles',
      personCard(reader, { person: personOf(1, manyRoles), locations: places, removable: manyRoles }, 2),
    ),
    pose(
      'person not all mine',
      personCard(
        reader,
        { person: personOf(1, [...oneRole, ...everyRole], HOSTILE.rightToLeft), locations: places, removable: [] },
        1,
        { text: text.people.lastProgramAdmin, style: 'warning' },
      ),
    ),
    pose(
      'person without a role',
      personCard(reader, { person: personOf(1, []), locations: places, removable: [] }, 1, {
        text: text.people.removed,
        style: 'good',
      }),
    ),
    pose(
      'person remove question',
      askRemoveCard(
        reader,
        { person: personOf(1, oneRole), locations: places, removable: oneRole },
        { role: 'incentivesUser', scope: id(301) },
        id(97),
      ),
    ),
    stands('none', {}),
    stands('named', { standIns: [standIn, { ...standIn, id: id(98), adminId: id(799), personId: id(709) }] }),
    stands('of others', { names: false, standIns: [{ ...standIn, adminId: id(799), personId: id(709) }] }),
    stands('nobody known', { colleagues: { options: [], searched: false } }),
    stands('search', { colleagues: { options: [personOf(1, [])], searched: true } }, { ...NO_NOTES, find: 'noor' }),
    stands(
      'wrong',
      {},
      {
        ...NO_NOTES,
        faults: [
          { field: 'person', fault: { code: 'choice.missing' } },
          { field: 'from', fault: { code: 'day.missing' } },
          { field: 'until', fault: { code: 'day.over' } },
        ],
        typed: { until: '2026-11-01' },
      },
    ),
    stands(
      'wrong order',
      {},
      faulty('until', { code: 'day.beforeFirst' }, { from: '2026-12-09', until: '2026-12-08' }),
    ),
    stands('too long', {}, faulty('until', { code: 'day.tooFar', most: 183 }, { until: '2028-12-08' })),
    ...notices.map((notice) => pose(`notice ${notice.kind}`, roleNoticeCard(reader, notice))),
    ...HOSTILES.map((hostile) =>
      pose(
        `notice standInNamed hostile ${hostile}`,
        roleNoticeCard(reader, { kind: 'standInNamed', admin: HOSTILE[hostile], from: daysAgo(0), until: daysAgo(-1) }),
      ),
    ),
    pose('channel new', setUpCard(reader, channel([]), NO_NOTES, id(99))),
    pose('channel of sellers', setUpCard(reader, channel([sellers]), NO_NOTES, id(99))),
    pose('channel of sellers set up', channelCard(reader, channel([sellers]))),
    pose(
      'channel of sellers wrong',
      setUpCard(
        reader,
        channel([]),
        faulty('countries', { code: 'countries.unknown', typed: 'Nederland' }, { countries: 'Nederland, BE' }),
        id(99),
      ),
    ),
    pose('channel new for an organisation', setUpCard(reader, channel([duty()], own), NO_NOTES, id(99))),
    pose(
      'channel wrong',
      setUpCard(
        reader,
        channel(both),
        {
          ...NO_NOTES,
          faults: [
            { field: 'duties', fault: { code: 'choice.missing' } },
            { field: 'scope', fault: { code: 'choice.missing' } },
            { field: 'language', fault: { code: 'choice.missing' } },
          ],
        },
        id(99),
      ),
    ),
    pose(
      'channel set up',
      channelCard(reader, channel(both), {
        text: `${text.channel.done} ${text.channel.taken([text.duties.reviews])}`,
        style: 'good',
      }),
    ),
    pose('channel remove question', askRemoveChannelCard(reader, channel(both), id(99))),
    pose(
      'channel hostile',
      channelCard(
        reader,
        channel([duty({ scope: id(1) }), duty({ duty: 'access', scope: id(2) })], {
          ...own,
          organisationName: HOSTILE.markdown,
        }),
      ),
    ),
  ];
};
