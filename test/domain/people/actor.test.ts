import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Actor, claimScope, mayClaim, mayClaimFor, ROLES, type RoleGrant } from '../../../domain/people/actor.ts';

const actor = (...roles: readonly RoleGrant[]): Actor => ({
  personId: 'a person',
  tenantId: 'a tenant',
  objectId: 'an object',
  organisationId: 'ours',
  organisationName: 'Ours',
  organisationKind: 'partner',
  name: 'Robin',
  email: null,
  phone: null,
  language: 'en',
  languageChosen: false,
  timeZone: null,
  chatId: null,
  roles,
});
const here = { id: 'here', organisationId: 'ours' };
const there = { id: 'there', organisationId: 'ours' };
const theirs = { id: 'here', organisationId: 'theirs' };

describe('R2: who may work on claims, and where', () => {
  test.each<[readonly RoleGrant[], boolean, boolean, boolean]>([
    [[], false, false, false],
    [[{ role: 'incentivesUser', scope: '*' }], true, true, true],
    [[{ role: 'incentivesAdmin', scope: '*' }], true, true, true],
    [[{ role: 'incentivesUser', scope: 'here' }], true, true, false],
    [[{ role: 'incentivesAdmin', scope: 'there' }], true, false, true],
    [
      [
        { role: 'incentivesUser', scope: 'here' },
        { role: 'incentivesAdmin', scope: 'there' },
      ],
      true,
      true,
      true,
    ],
    [
      [
        { role: 'incentivesUser', scope: 'here' },
        { role: 'referralsAdmin', scope: '*' },
      ],
      true,
      true,
      false,
    ],
    [[{ role: 'referralsAdmin', scope: '*' }], false, false, false],
    [[{ role: 'seller', scope: '*' }], false, false, false],
    [[{ role: 'programAdmin', scope: '*' }], false, false, false],
  ])('%j: at all %s, here %s, there %s', (roles, atAll, isHere, isThere) => {
    expect(mayClaim(actor(...roles))).toBe(atAll);
    expect(mayClaimFor(actor(...roles), here)).toBe(isHere);
    expect(mayClaimFor(actor(...roles), there)).toBe(isThere);
  });

  test('R1: no role reaches into another organisation, even for a location of the same id', () => {
    for (const role of ROLES) {
      expect(mayClaimFor(actor({ role, scope: '*' }, { role, scope: 'here' }), theirs)).toBe(false);
    }
  });
});

describe('R2: the list of claims reaches as far as the roles do', () => {
  test.each<[readonly RoleGrant[], readonly string[] | 'all']>([
    [[], []],
    [[{ role: 'programAdmin', scope: '*' }], []],
    [
      [
        { role: 'incentivesUser', scope: 'here' },
        { role: 'referralsAdmin', scope: '*' },
      ],
      ['here'],
    ],
    [
      [
        { role: 'incentivesUser', scope: 'here' },
        { role: 'incentivesAdmin', scope: 'there' },
      ],
      ['here', 'there'],
    ],
    [
      [
        { role: 'incentivesUser', scope: 'here' },
        { role: 'incentivesUser', scope: '*' },
      ],
      'all',
    ],
  ])('%j: %j', (roles, locationIds) => {
    expect(claimScope(actor(...roles))).toEqual({ organisationId: 'ours', locationIds });
  });

  test('a claim is in the list exactly when it may be worked on', () => {
    const scope = fc.constantFrom('*', 'here', 'there', 'elsewhere');
    const grants = fc.array(fc.record({ role: fc.constantFrom(...ROLES), scope }), { maxLength: 5 });
    const place = fc.record({
      id: fc.constantFrom('here', 'there', 'elsewhere', 'nowhere'),
      organisationId: fc.constantFrom('ours', 'theirs'),
    });
    fc.assert(
      fc.property(grants, place, (roles, location) => {
        const { organisationId, locationIds } = claimScope(actor(...roles));
        const listed =
          location.organisationId === organisationId && (locationIds === 'all' || locationIds.includes(location.id));
        expect(listed).toBe(mayClaimFor(actor(...roles), location));
        if (listed) expect(mayClaim(actor(...roles))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
