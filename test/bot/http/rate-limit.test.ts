import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { textFor } from '../../../cards/format.ts';
import { personIn, textOf } from '../../support/person.ts';
import { type Came, refusalIn, tabOf } from '../../support/tab.ts';
import { ROBIN, startWorld, type World } from '../../support/world.ts';

/** As many as the settings let pass; strangers have a limit of their own. */
const PEOPLE = 12;
const STRANGERS = 60;

let world: World;
beforeAll(async () => {
  world = await startWorld('pglite', { settings: { REQUESTS_PER_MINUTE: String(PEOPLE), PROXY_HOPS: '2' } });
});
afterAll(() => world?.stop());

const waits = (came: Pick<Came, 'headers'>) => Number(came.headers.get('retry-after'));

/** So many requests without a valid token; the statuses they are answered with. */
const strangers = async (forwarded: string, times: number): Promise<readonly Came[]> => {
  const came: Came[] = [];
  for (let time = 0; time < times; time += 1) {
    const answer = await fetch(`${world.url}/api/me`, {
      headers: { 'X-Forwarded-For': forwarded, Authorization: 'Bearer a.b.c', 'Accept-Language': 'nl' },
    });
    came.push({ status: answer.status, headers: answer.headers, text: await answer.text() });
  }
  return came;
};

const count = (came: readonly Came[], status: number) => came.filter((one) => one.status === status).length;

describe('somebody who asks without end', () => {
  test('is asked to wait, in words; somebody else at the same address is not', async () => {
    const eager = tabOf(world, { objectId: randomUUID(), locale: 'nl' });
    const came: Came[] = [];
    for (let time = 0; time < PEOPLE + 3; time += 1) came.push(await eager.send('/api/me'));
    expect([count(came, 200), count(came, 429)]).toEqual([PEOPLE, 3]);
    const last = came.at(-1) as Came;
    expect(refusalIn(last)).toEqual({ code: 'tooMany', ...textFor('nl').tab.tooMany });
    expect(waits(last)).toBeGreaterThanOrEqual(1);
    expect(waits(last)).toBeLessThanOrEqual(60);
    // Buttons count as questions do.
    expect((await eager.post('{"verb":"help.show","data":{}}')).status).toBe(429);
    expect((await tabOf(world, { objectId: randomUUID() }).send('/api/me')).status).toBe(200);
  });

  test('is heard in the chat all the same', async () => {
    const objectId = randomUUID();
    const tab = tabOf(world, { objectId });
    for (let time = 0; time < PEOPLE + 1; time += 1) await tab.send('/api/me');
    const card = await personIn(world, objectId).tap('help.show');
    expect(textOf(card)).toContain('Request access');
    await world.app.drain();
  });
});

describe('whoever has no valid token', () => {
  test('is asked to wait by address: the second last that proxies wrote down, whatever stands before it', async () => {
    const first = await strangers('198.51.100.1, 10.0.0.1', STRANGERS + 2);
    expect([count(first, 401), count(first, 429)]).toEqual([STRANGERS, 2]);
    const last = first.at(-1) as Came;
    expect(refusalIn(last)).toEqual({ code: 'tooMany', ...textFor('nl').tab.tooMany });
    expect(waits(last)).toBeGreaterThanOrEqual(1);
    // Made up by who asks: it counts for nothing.
    for (const spoofed of ['203.0.113.7', '203.0.113.8, 203.0.113.9']) {
      expect(count(await strangers(`${spoofed}, 198.51.100.1, 10.0.0.1`, 1), 429)).toBe(1);
    }
    // Another address, by way of the same proxy.
    expect(count(await strangers('198.51.100.2, 10.0.0.1', 1), 401)).toBe(1);
    expect(count(await strangers('198.51.100.1, 198.51.100.3, 10.0.0.1', 1), 401)).toBe(1);
    // Fewer addresses than proxies: the request came by another way, and the connection says from where.
    expect(count(await strangers('198.51.100.1', 1), 401)).toBe(1);
  });

  test('makes nobody wait who has one, though they share the address', async () => {
    const shared = '198.51.100.50, 10.0.0.1';
    expect(count(await strangers(shared, STRANGERS + 1), 429)).toBe(1);
    const colleague = tabOf(world, { objectId: randomUUID() });
    expect((await colleague.send('/api/me', { headers: { 'X-Forwarded-For': shared } })).status).toBe(200);
  });

  test('is asked to wait at the bot’s endpoint too, and Teams at the same address is not', async () => {
    const address = '198.51.100.60, 10.0.0.1';
    const post = (authorization: string, body: unknown) =>
      fetch(`${world.url}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address, Authorization: authorization },
        body: JSON.stringify(body),
      });
    const robin = personIn(world, ROBIN);
    const activity = robin.activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', id: '', verb: 'help.show', data: {} }, trigger: 'manual' },
    });
    const statuses: number[] = [];
    for (let time = 0; time < STRANGERS + 2; time += 1) statuses.push((await post('Bearer a.b.c', activity)).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(STRANGERS);
    expect(statuses.slice(-2)).toEqual([429, 429]);
    const token = await world.authority.tokenFor({ serviceUrl: world.connector.serviceUrl });
    for (let time = 0; time < PEOPLE + 3; time += 1) {
      const answer = await post(`Bearer ${token}`, { ...activity, id: randomUUID() });
      expect(answer.status).toBe(200);
    }
    await world.app.drain();
  });
});

test('a consent page is shown to an address only so often', async () => {
  const statuses: number[] = [];
  for (let time = 0; time < PEOPLE + 2; time += 1) {
    const answer = await fetch(`${world.url}/consent/${'x'.repeat(43)}`, {
      headers: { 'X-Forwarded-For': '198.51.100.70, 10.0.0.1' },
    });
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  }
  expect(statuses.slice(PEOPLE)).toEqual([429, 429]);
  expect(statuses.slice(0, PEOPLE)).not.toContain(429);
  const elsewhere = await fetch(`${world.url}/consent/${'x'.repeat(43)}`, {
    headers: { 'X-Forwarded-For': '198.51.100.71, 10.0.0.1' },
  });
  expect(elsewhere.status).not.toBe(429);
});
