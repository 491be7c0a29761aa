import { describe, expect, test } from '@jest/globals';
import { mayOpenReferral, maySell } from '../../../domain/co-sell/referral.ts';
import type { OrganisationKind, RoleGrant } from '../../../domain/people/actor.ts';

const claim = { organisationId: 'ours', location: { id: 'here' } };

const everywhere = (role: RoleGrant['role']): RoleGrant => ({ role, scope: '*' });

describe('R2: who opens a referral and keeps the deal', () => {
  test.each<[string, readonly RoleGrant[], string, boolean]>([
    ['a Referrals admin of every location', [everywhere('referralsAdmin')], 'ours', true],
    ['a Referrals admin of this location', [{ role: 'referralsAdmin', scope: 'here' }], 'ours', true],
    ['a Referrals admin of another location', [{ role: 'referralsAdmin', scope: 'there' }], 'ours', false],
    [
      'a Referrals admin of two locations, this one among them',
      [
        { role: 'referralsAdmin', scope: 'there' },
        { role: 'referralsAdmin', scope: 'here' },
      ],
      'ours',
      true,
    ],
    ['a Referrals admin of another organisation', [everywhere('referralsAdmin')], 'theirs', false],
    ['one of theirs, at a location of the same name', [{ role: 'referralsAdmin', scope: 'here' }], 'theirs', false],
    ['somebody without a role', [], 'ours', false],
    ['an Incentives user', [everywhere('incentivesUser')], 'ours', false],
    ['an Incentives admin', [everywhere('incentivesAdmin')], 'ours', false],
    ['a seller', [everywhere('seller')], 'ours', false],
    ['a program admin', [everywhere('programAdmin')], 'ours', false],
  ])('%s: %#', (_who, roles, organisationId, may) => {
    expect(mayOpenReferral({ organisationId, roles }, claim)).toBe(may);
  });
});

describe('R28: who answers for the sellers', () => {
  test.each<[string, readonly RoleGrant[], string, OrganisationKind, boolean]>([
    ['a seller of the organisation whose deal it is', [everywhere('seller')], 'ours', 'partner', true],
    ['a seller of another organisation', [everywhere('seller')], 'theirs', 'partner', false],
    ['a seller of the operator’s', [everywhere('seller')], 'programme', 'operator', true],
    ['somebody of the operator’s who does not sell', [everywhere('programAdmin')], 'programme', 'operator', false],
    ['somebody of the organisation who does not sell', [everywhere('incentivesAdmin')], 'ours', 'partner', false],
    ['a Referrals admin', [everywhere('referralsAdmin')], 'ours', 'partner', false],
    ['somebody without a role', [], 'ours', 'partner', false],
  ])('%s: %#', (_who, roles, organisationId, organisationKind, may) => {
    expect(maySell({ organisationId, organisationKind, roles }, { organisationId: 'ours' })).toBe(may);
  });
});
