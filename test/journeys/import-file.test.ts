import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { type FileHost, promising, redirect, startFileHost } from '../support/file-host.ts';
import { csv } from '../support/import-text.ts';
import { actionOf, buttonsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { DAY, ENGINES, SAM, startWorld, type World } from '../support/world.ts';

const CSV = csv('name;identifierType;identifierValue;seats', 'Sent;tpid;830000001;5', 'Sent;tpid;830000002;6');
const DOWNLOAD = 'application/vnd.microsoft.teams.file.download.info';

describe.each(ENGINES)('a file sent in the chat, on %s', (engine) => {
  let world: World;
  let files: FileHost;
  let elsewhere: FileHost;
  let robin: Person;
  let sam: Person;
  beforeAll(async () => {
    [files, elsewhere] = await Promise.all([startFileHost(), startFileHost()]);
    world = await startWorld(engine, { fileHosts: [files.host] });
    sam = personIn(world, SAM, { name: 'Sam Norole' });
    await sam.tap('help.show');
    await world.app.drain();
  });
  // A chat takes few messages a second, so every test has a program admin of its own.
  beforeEach(async () => {
    const objectId = randomUUID();
    robin = personIn(world, objectId);
    await robin.tap('help.show');
    await world.app.drain();
    const person = await world.database.prisma.person.findFirstOrThrow({ where: { objectId } });
    const grant = { personId: person.id, role: 'programAdmin', grantedAt: world.clock.now() };
    await world.database.prisma.roleGrant.create({ data: grant });
  });
  afterAll(async () => {
    await world?.stop();
    await Promise.all([files?.stop(), elsewhere?.stop()]);
  });

  const attachment = (downloadUrl: unknown, name = 'customers.csv') => ({
    contentType: DOWNLOAD,
    name,
    content: { downloadUrl, uniqueId: 'unique', fileType: 'csv' },
  });

  /** Every card that comes of sending these attachments, oldest first. */
  const send = async (
    person: Person,
    attachments: readonly object[],
    fields: Record<string, unknown> = {},
  ): Promise<readonly SeenCard[]> => {
    // As Teams does: the words of the message come along as HTML.
    const html = { contentType: 'text/html', content: '<p>here</p>' };
    const activity = person.activity({ type: 'message', text: 'here', attachments: [...attachments, html], ...fields });
    const response = await person.post(activity);
    expect(response.status).toBe(200);
    await world.app.drain();
    return world.connector
      .takePosts((activity.conversation as { id: string }).id)
      .map(({ activity: { attachments: posted } }) => posted?.[0]?.content as SeenCard);
  };

  /** The dry run, or why there is none. */
  const sent = async (url: unknown, person = robin, name?: string): Promise<SeenCard> => {
    const [reading, answer, ...more] = await send(person, [attachment(url, name)]);
    expect(reading && textOf(reading)).toContain('Reading the file');
    expect(more).toEqual([]);
    if (answer === undefined) throw new Error('nothing followed');
    return answer;
  };

  const posts = () => world.connector.conversations.get(robin.conversationId) ?? [];
  const record = async () => (await recordOf(world)).filter((row) => !/^(HandledCommand|Import)/.test(row));

  test('is answered at once; then comes what it would change, and one press applies it', async () => {
    const card = await sent(files.put('good.csv', CSV));
    const text = textOf(card);
    expect(text).toContain('customers.csv');
    expect(text).toContain('New\n2 rows');
    expect(buttonsOf(card)).toEqual(['Apply', 'Discard']);
    expect(lintCard(card)).toEqual([]);

    const message = posts().at(-1)?.id;
    const { verb, data } = actionOf(card, 'Apply');
    const answer = await robin.tap(verb, data, { replyToId: message });
    expect(textOf(answer)).toContain('The import was applied');
    await world.app.drain();
    expect(await world.database.prisma.identifier.count({ where: { value: { startsWith: '83000000' } } })).toBe(2);
    // What the button stood on shows it too, on every device.
    const post = posts().find(({ id }) => id === message);
    expect(textOf(post?.activity.attachments?.[0]?.content as SeenCard)).toContain('The import was applied');
    world.connector.takePosts(robin.conversationId);

    const before = await record();
    expect(textOf(await robin.tap(verb, data))).toContain('New\n2 rows');
    expect(textOf(await robin.tap('import.discard', { import: data.import }))).toContain('could not be discarded');
    expect(await record()).toEqual(before);
  });

  test('that changes nothing offers nothing to apply', async () => {
    const content = csv('name,identifierType,identifierValue', 'Same,tpid,830000010');
    const card = await sent(files.put('same.csv', content));
    await robin.press(card, 'Apply');
    const again = await sent(files.put('same.csv', content));
    expect(textOf(again)).toContain('Everything in the file is already so');
    expect(buttonsOf(again)).toEqual(['Help']);
  });

  test('with bad rows names the first ten by line and field, and how many more', async () => {
    const bad = Array.from({ length: 13 }, (_, index) => `Bad,tpid,${830_001_000 + index},many`);
    const card = await sent(files.put('bad.csv', csv('name,identifierType,identifierValue,seats', ...bad)));
    const text = textOf(card);
    expect(text).toContain('Line 2 · seats “many” must be a whole number');
    expect(text).toContain('Line 11 · seats');
    expect(text).not.toContain('Line 12 · ');
    expect(text).toContain('3 more rows are refused.');
    expect(buttonsOf(card)).toEqual(['Help']);
  });

  test('as JSON is read just so, whatever its name', async () => {
    const card = await sent(
      files.put('x', '[{"name": "J", "identifierType": "tpid", "identifierValue": 830000020}]'),
      robin,
      'J',
    );
    expect(textOf(card)).toContain('New\n1 row');
    expect(textOf(await robin.press(card, 'Discard'))).toContain('Nothing was changed');
    expect(textOf(await robin.tap('import.apply', actionOf(card, 'Apply').data))).toContain('That file is gone');
  });

  test('that waited for more than a day is gone', async () => {
    const card = await sent(files.put('old.csv', csv('name,identifierType,identifierValue', 'Old,tpid,830000030')));
    world.clock.advance(1.1 * DAY);
    await world.app.sweep();
    expect(textOf(await robin.press(card, 'Apply'))).toContain('That file is gone');
  });

  test('is only for program admins: nothing is fetched for others', async () => {
    const before = files.asked().length;
    const [answer, ...more] = await send(sam, [attachment(files.put('sam.csv', CSV))]);
    expect(answer && textOf(answer)).toContain('Files are for program admins');
    expect(more).toEqual([]);
    expect(files.asked()).toHaveLength(before);
  });

  test('is not read in a channel', async () => {
    const before = files.asked().length;
    const channel = { id: '19:general@thread.tacv2', conversationType: 'channel', isGroup: true };
    const [answer] = await send(robin, [attachment(files.put('channel.csv', CSV))], { conversation: channel });
    expect(answer && textOf(answer)).not.toContain('Reading');
    expect(files.asked()).toHaveLength(before);
  });

  test('comes alone: of several none is read', async () => {
    const before = files.asked().length;
    const two = [attachment(files.put('one.csv', CSV)), attachment(files.put('two.csv', CSV))];
    const [answer] = await send(robin, two);
    expect(answer && textOf(answer)).toContain('One file at a time');
    expect(files.asked()).toHaveLength(before);
  });

  describe('is never fetched from anywhere else', () => {
    test.each([
      ['another host', () => elsewhere.put('file.csv', CSV)],
      ['a host that only sounds right', () => `https://sharepoint.com.${elsewhere.host}/file.csv`],
      ['a file store without https', () => 'http://northbridge-my.sharepoint.com/file.csv'],
      ['another port of the file store', () => 'https://northbridge-my.sharepoint.com:8443/file.csv'],
      ['an address that logs in', () => `http://robin:secret@${files.host}/good.csv`],
      ['the disk', () => 'file:///etc/passwd'],
      ['the message itself', () => 'data:text/csv,name'],
      ['nowhere', () => undefined],
      ['a structure', () => ({ href: elsewhere.put('file.csv', CSV) })],
      ['another host by a redirect', () => files.put('moved.csv', redirect(elsewhere.put('file.csv', CSV)))],
      ['circles', () => files.put('circle.csv', redirect('/circle.csv'))],
    ])('%s', async (_, url) => {
      const before = await record();
      const card = await sent(url());
      expect(textOf(card)).toContain('The file is not where Teams keeps files');
      expect(elsewhere.asked()).toEqual([]);
      expect(await record()).toEqual(before);
    });
  });

  test('is followed where the file store itself leads', async () => {
    files.put('there.csv', csv('name,identifierType,identifierValue', 'There,tpid,830000040'));
    const url = files.put('here.csv', redirect('/there.csv'));
    expect(textOf(await sent(url))).toContain('New\n1 row');
  });

  test.each([
    ['that is gone', () => `http://${files.host}/nothing.csv`, 'could not be fetched'],
    [
      'that breaks off',
      () => files.put('broken.csv', (response) => response.write(CSV, () => response.destroy())),
      'could not be fetched',
    ],
    ['that says it is too large', () => files.put('large.csv', promising(60_000_000)), 'larger than 50 MB'],
    ['that is empty', () => files.put('empty.csv', ''), 'The file is empty.'],
    [
      'in Latin-1',
      () => files.put('latin.csv', Buffer.from(CSV.replace('Sent', 'Zürich'), 'latin1')),
      'line 2 holds something else',
    ],
  ])('%s leaves nothing behind, and its sender is told why', async (_, url, why) => {
    const before = await recordOf(world);
    const card = await sent(url());
    expect(textOf(card)).toContain(why);
    expect(await recordOf(world)).toEqual(before);
  });

  test('that cannot be kept just now is answered with a reference', async () => {
    const url = files.put('unlucky.csv', (response) => {
      void world.database.prisma.$executeRaw`ALTER TABLE "ImportRow" RENAME TO "ImportRowAway"`.then(() =>
        response.end(CSV),
      );
    });
    const card = await sent(url);
    await world.database.prisma.$executeRaw`ALTER TABLE "ImportRowAway" RENAME TO "ImportRow"`;
    expect(textOf(card)).toMatch(/[0-9A-F]{8}/);
  });

  test('can be asked about: who may not send one is told so', async () => {
    expect(textOf(await robin.say('import'))).toContain('Attach one CSV or JSON file');
    expect(textOf(await sam.say('importeren'))).toContain('Files are for program admins');
  });
});
