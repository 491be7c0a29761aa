import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { asker } from '../../../bot/partner-center/http.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../../support/partner-center.ts';

let fake: FakePartnerCenter;
let elsewhere: FakePartnerCenter;
beforeEach(async () => {
  [fake, elsewhere] = await Promise.all([startPartnerCenter(), startPartnerCenter()]);
});
afterEach(() => Promise.all([fake.stop(), elsewhere.stop()]));

test('a path that leads to another host is not asked, and no token is fetched for it', async () => {
  let tokens = 0;
  const token = async () => {
    tokens += 1;
    return { kind: 'ok', value: 'a-token' } as const;
  };
  const ask = asker(fake.origin, token, { timeoutMs: 300, mostBytes: 1_024 });
  for (const path of [`//${elsewhere.host}/x`, `/\\${elsewhere.host}/x`, `${elsewhere.origin}/x`, '//']) {
    expect(await ask(path)).toEqual({ kind: 'refused', trouble: 'not sent: the path leads elsewhere' });
  }
  expect([tokens, fake.calls, elsewhere.calls]).toEqual([0, [], []]);
  fake.put('/x', 'here');
  expect(await ask('/x')).toMatchObject({ kind: 'heard', status: 200 });
  expect(fake.calls[0]?.headers.authorization).toBe('Bearer a-token');
});
