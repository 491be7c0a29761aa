import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { type Composer, composing, secretsOf, sharedText } from '../support/composer.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { personIn } from '../support/person.ts';
import { recordAndTraffic } from '../support/record.ts';
import { ALEX, LEE, NOOR, SAM, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const HOME = 'https://claimdesk.example';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Composer;
  let claim: number;
  beforeAll(async () => {
    world = await startWorld(engine);
    const person = await colleague(world);
    robin = composing(person);
    claim = await claimFor(person, await newcomer(world, 'zebra-logistics'), { name: 'Quokka rollout' });
    await world.app.drain();
  });
  afterAll(() => world?.stop());

  const pasted = (who: Composer, url: unknown, extra: Record<string, unknown> = {}) =>
    who.send('queryLink', { url }, extra);

  /** What a link that leads nowhere for the sender is answered with: it stays a plain link. */
  const PLAIN = {
    http: 200,
    text: JSON.stringify({ composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } }),
  };

  const shownFor = async (url: string, extra: Record<string, unknown> = {}) => {
    const { composeExtension } = await robin.ask('queryLink', { url }, extra);
    const [shown, ...others] = composeExtension?.attachments ?? [];
    if (shown === undefined || others.length > 0) throw new Error(`not one card: ${JSON.stringify(composeExtension)}`);
    return shown;
  };

  test.each([
    ['as it is copied', () => `${HOME}/claims/${claim}`],
    ['of the tab', () => `${HOME}/tab/claims/${claim}`],
    ['with what a mail program adds', () => `${HOME}/claims/${claim}/?utm_source=mail#top`],
    ['in capitals, as hosts may be', () => `HTTPS://CLAIMDESK.EXAMPLE/claims/${claim}`],
  ])('the link to a claim, %s, is shown as a card', async (_what, url) => {
    const shown = await shownFor(url());
    expect(sharedText([shown])).toBe(
      [
        `Claim ${claim}`,
        'Endpoint Management Workshop',
        'Consent not asked yet',
        'Deadline 23 Dec 2026 (UTC)',
        'As it stood on 23 Nov 2026 (UTC)',
        `[Open claim ${claim}]`,
      ].join('\n'),
    );
    expect(shown.preview).toEqual({
      contentType: 'application/vnd.microsoft.card.thumbnail',
      content: {
        title: `Claim ${claim}`,
        text: 'Endpoint Management Workshop · Consent not asked yet · Deadline 23 Dec 2026 (UTC)',
      },
    });
  });

  test('R34: everybody in the conversation reads it, and only the sender was asked: it does not say who the customer is', async () => {
    const whole = JSON.stringify(await shownFor(`${HOME}/claims/${claim}`));
    expect(whole).not.toMatch(/zebra|quokka|@|USD/i);
    expect((await secretsOf(world, claim)).filter((secret) => whole.includes(secret))).toEqual([]);
  });

  test('nothing in it is newer than version 1.3', async () => {
    const { content } = await shownFor(`${HOME}/claims/${claim}`);
    expect(content.version).toBe('1.3');
    expect(lintCard(content)).toEqual([]);
  });

  test('in Dutch for a sender who speaks Dutch', async () => {
    const shown = await shownFor(`${HOME}/claims/${claim}`, { locale: 'nl-NL', entities: [] });
    expect(sharedText([shown])).toContain('Uiterlijk 23 dec 2026 (UTC)');
  });

  test('R2: whoever may not see the claim gets, to the byte, what a claim that is not there gives', async () => {
    const nobody = composing(personIn(world, '00000000-0000-4000-8000-0000000000aa', { name: 'Nobody Yet' }));
    const others = {
      'another organisation': composing(personIn(world, LEE, { tenantId: TAILSPIN })),
      'another location': composing(personIn(world, NOOR)),
      'no role': composing(personIn(world, SAM)),
      'a reviewer': composing(personIn(world, ALEX)),
      'nobody we know': nobody,
    };
    const before = await recordAndTraffic(world);
    for (const [who, other] of Object.entries(others)) {
      expect({ who, ...(await pasted(other, `${HOME}/claims/${claim}`)) }).toEqual({ who, ...PLAIN });
    }
    expect(await pasted(robin, `${HOME}/claims/9999999`)).toEqual(PLAIN);
    const unserved = { channelData: { tenant: { id: '00000000-0000-4000-8000-0000000000ff' } } };
    expect(await pasted(robin, `${HOME}/claims/${claim}`, unserved)).toEqual(PLAIN);
    expect(await recordAndTraffic(world)).toEqual(before);
  });

  test.each<[string, (path: string) => unknown]>([
    ['another host', (path) => `https://evil.example${path}`],
    ['our host as the beginning of another', (path) => `${HOME}.evil.example${path}`],
    ['our host as the end of another', (path) => `https://evilclaimdesk.example${path}`],
    ['a host below ours', (path) => `https://www.claimdesk.example${path}`],
    ['our host as a user', (path) => `${HOME}@evil.example${path}`],
    ['a user at our host', (path) => `https://evil.example:x@claimdesk.example${path}`],
    ['another port', (path) => `${HOME}:8443${path}`],
    ['no encryption', (path) => `http://claimdesk.example${path}`],
    ['another scheme', (path) => `ftp://claimdesk.example${path}`],
    ['letters that look alike', (path) => `https://сlaimdesk.example${path}`],
    ['our address in another’s query', (path) => `https://evil.example/?${HOME}${path}`],
    ['another path', (path) => `${HOME}/consent${path}`],
    ['a path that goes on', (path) => `${HOME}${path}/history`],
    ['another page', () => `${HOME}/tab/claims`],
    ['a number with a sign', () => `${HOME}/claims/-1`],
    ['a number with a fraction', () => `${HOME}/claims/1.5`],
    ['a number that is none', () => `${HOME}/claims/0x10`],
    ['a huge number', () => `${HOME}/claims/${'9'.repeat(400)}`],
    ['the number behind the last', () => `${HOME}/claims/2147483648`],
    ['an endless address', (path) => `${HOME}${path}?${'x'.repeat(50_000)}`],
    ['words', () => 'claim 1000027'],
    ['nothing', () => ''],
    ['a list', (path) => [`${HOME}${path}`]],
    ['no address', () => undefined],
  ])('%s is no link of ours, and stays a plain link', async (_what, url) => {
    expect(await pasted(robin, url(`/claims/${claim}`))).toEqual(PLAIN);
  });
});
