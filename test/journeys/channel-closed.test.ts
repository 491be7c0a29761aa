import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ACCEPT, answer, asked } from '../support/consent-link.ts';
import {
  changed,
  copiesOf,
  dayWith,
  dueOf,
  heardBy,
  morningOf,
  quieten,
  subscribe,
  sweptAt,
  timeOn,
} from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { type Channel, type Person, textOf } from '../support/person.ts';
import { also, channelNamed, reviewer } from '../support/review.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const CLOSED = 'A channel is closed to Claimdesk';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let otto: Person;
  let partner: Person;
  let channel: Channel;
  let there: Person;
  let claims: readonly number[];
  let dueAt: Date;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    otto = await reviewer(world, 'Otto Admin');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  /** Two claims that are warned of on two days, one after the other, in a channel. */
  beforeEach(async () => {
    count += 1;
    channel = channelNamed(`closed-${count}`);
    partner = await colleague(world);
    there = also(world, vera, { name: 'Vera Reviewer', channel });
    const claim = await claimFor(partner, await newcomer(world, channel.name ?? ''));
    dueAt = await dueOf(world, claim);
    const [copy = 0] = await copiesOf(world, claim, 1, `closed-copy-${count}`);
    claims = [claim, copy];
    const { prisma } = world.database;
    await prisma.claim.update({ where: { number: claim }, data: { warnAt: dayWith(14, dueAt) } });
    await prisma.claim.update({ where: { number: copy }, data: { warnAt: dayWith(13, dueAt) } });
    await subscribe(world, there);
  });
  afterEach(() => quieten(world));

  const titles = (listener: Person) => heardBy(world, listener).map((card) => textOf(card).split('\n')[0]);
  const installation = async (action: 'add' | 'remove') => {
    const said = there.activity({ type: 'installationUpdate', action });
    const { channel: _channel, ...channelData } = said.channelData as { channel?: unknown };
    await vera.post({ ...said, conversation: { ...(said.conversation as object), id: channel.teamId }, channelData });
    await world.app.drain();
  };
  const close = (what: string) => (what === 'remove' ? installation('remove') : changed(world, vera, channel, what));
  const reopen = (what: string) => (what === 'add' ? installation('add') : changed(world, vera, channel, what));
  const digests = async () =>
    (
      await world.database.prisma.notice.findMany({
        where: { channelId: channel.id, kind: 'digest' },
        orderBy: { createdAt: 'asc' },
      })
    ).map(({ state }) => state);

  test.each([
    ['the channel is deleted', 'channelDeleted', 'channelRestored', 'the channel was deleted.'],
    ['its team is deleted', 'teamDeleted', 'teamRestored', 'the team was deleted.'],
    ['its team is archived', 'teamArchived', 'teamUnarchived', 'the team was archived.'],
    ['Claimdesk is removed from its team', 'remove', 'add', 'Claimdesk was removed from the team.'],
  ])(
    'R32: %s while a list is planned: admins hear it once, nothing is posted, and when it is back all that was missed is one list',
    async (_what, closing, opening, why) => {
      await sweptAt(world, dayWith(14, dueAt));
      await close(closing);
      await close(closing);
      for (const admin of [vera, otto]) {
        const texts = heardBy(world, admin).map(textOf);
        expect(texts).toHaveLength(1);
        expect(texts[0]).toMatch(new RegExp(`^${CLOSED}\n`));
        expect(texts[0]).toContain(`${channel.name}: ${why}`);
      }
      const before = world.connector.posted(channel.id).length;
      await sweptAt(world, timeOn(dayWith(14, dueAt)));
      await morningOf(world, dayWith(13, dueAt));
      expect(world.connector.posted(channel.id)).toHaveLength(before);
      expect(await digests()).toEqual(['dropped', 'waiting']);
      heardBy(world, partner);
      const status = textOf(await vera.tap('channels.list', { page: 1 }));
      expect(status).toContain(`Nothing can be posted: ${why}`);
      expect(status).toContain('1 waiting');

      await reopen(opening);
      await reopen(opening);

      const texts = heardBy(world, there).map(textOf);
      expect(texts).toHaveLength(1);
      expect(texts[0]).toMatch(/^2 claims need attention\n/);
      for (const claim of claims) expect(texts[0]).toContain(`Claim ${claim}`);
      expect(await digests()).toEqual(['dropped', 'delivered']);
      expect(textOf(await vera.tap('channels.list', { page: 1 }))).toContain('Posts arrive.');
      await world.app.sweep();
      expect(titles(there)).toEqual([]);
      await morningOf(world, dayWith(7, dueAt));
      expect(titles(there)).toEqual(['2 claims need attention']);
    },
  );

  test.each([403, 404])(
    'R32: Teams refuses the list with %s: the channel is closed, admins hear it, and the list comes when somebody speaks there',
    async (status) => {
      await sweptAt(world, dayWith(14, dueAt));
      world.connector.failNext({ on: 'send', conversationId: channel.id, status });
      await sweptAt(world, timeOn(dayWith(14, dueAt)));
      expect(titles(there)).toEqual([]);
      expect([vera, otto].map(titles)).toEqual([[CLOSED], [CLOSED]]);
      await morningOf(world, dayWith(13, dueAt));
      expect([vera, otto].map(titles)).toEqual([[], []]);
      await there.tap('channel.status');
      await world.app.drain();
      expect(titles(there)).toEqual(['2 claims need attention']);
    },
  );

  test('R32: Claimdesk is removed while the list is on its way: it is not lost, and comes once', async () => {
    await sweptAt(world, dayWith(14, dueAt));
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const hold = () => {
      arrived.resolve();
      return released.promise;
    };
    world.connector.failNext({ on: 'send', conversationId: channel.id, status: 403, hold });
    world.clock.set(timeOn(dayWith(14, dueAt)));
    const sweeping = world.app.sweep();
    await arrived.promise;
    const said = there.activity({ type: 'installationUpdate', action: 'remove' });
    const { channel: _channel, ...channelData } = said.channelData as { channel?: unknown };
    await vera.post({ ...said, conversation: { ...(said.conversation as object), id: channel.teamId }, channelData });
    released.resolve();
    await sweeping;
    expect(await digests()).toEqual(['waiting']);
    expect([vera, otto].map(titles)).toEqual([[CLOSED], [CLOSED]]);
    await reopen('add');
    expect(titles(there)).toEqual(['Consent not asked yet']);
    expect(await digests()).toEqual(['delivered']);
  });

  test('R32: what happens meanwhile waits as well, and what was done meanwhile is not said', async () => {
    const { claim, link } = await asked(world, partner, `${channel.name}-asked`);
    await sweptAt(world, dayWith(14, dueAt));
    await close('channelDeleted');
    await sweptAt(world, timeOn(dayWith(14, dueAt)));
    await answer(world, link, ACCEPT);
    await world.app.drain();
    await partner.press(await partner.tap('claim.askCancel', { claim: claims[0] }), 'Cancel the claim');
    await reopen('channelRestored');
    const texts = heardBy(world, there).map(textOf);
    expect(texts.map((text) => text.split('\n')[0])).toEqual(['Consent received']);
    expect(texts[0]).toContain(`Claim ${claim}`);
    expect(await digests()).toEqual(['dropped']);
  });

  test('R32: admins hear of a closed channel once a day, and of one that was set up for nothing never', async () => {
    await close('channelDeleted');
    expect(titles(vera)).toEqual([CLOSED]);
    world.clock.advance(DAY);
    await close('channelDeleted');
    expect(titles(vera)).toEqual([CLOSED]);
    await reopen('channelRestored');
    await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
    world.clock.advance(DAY);
    await close('channelDeleted');
    expect(titles(vera)).toEqual([]);
  });

  test('R31: a renamed channel is called by its new name', async () => {
    await changed(world, vera, { ...channel, name: `renamed-${count}` }, 'channelRenamed');
    const text = textOf(await vera.tap('channels.list', { page: 1 }));
    expect(text).toContain(`renamed-${count}`);
    expect(text).not.toContain(channel.name);
  });

  test('a change of a channel that Claimdesk does not know, or from an organisation it does not serve, comes to nothing', async () => {
    await changed(world, vera, channelNamed('unknown'), 'channelDeleted');
    const outside = also(world, { ...vera, tenantId: '00000000-0000-4000-8000-00000000dead' }, { name: 'Out Side' });
    await changed(world, outside, channel, 'channelDeleted');
    expect([vera, otto].map(titles)).toEqual([[], []]);
    expect(textOf(await there.tap('channel.status'))).toContain('Posts arrive.');
  });

  test('R32: a list that nobody knows to have arrived is said once more at the next slot, and not a third time', async () => {
    await world.database.prisma.claim.update({
      where: { number: claims[1] ?? 0 },
      data: { dueAt: null, warnAt: null },
    });
    await sweptAt(world, dayWith(14, dueAt));
    world.connector.failNext({ on: 'send', conversationId: channel.id, status: 502, when: 'after' });
    await sweptAt(world, timeOn(dayWith(14, dueAt)));
    expect(titles(there)).toEqual(['Consent not asked yet']);
    expect(await digests()).toEqual(['ambiguous']);
    await sweptAt(world, timeOn(dayWith(13, dueAt)));
    const texts = heardBy(world, there).map(textOf);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/^(This may be a repeat.*\n)?Consent not asked yet\n/);
    await sweptAt(world, timeOn(dayWith(12, dueAt)));
    expect(titles(there)).toEqual([]);
  });
});
