import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AGREES, CO_SELL, dealsIn, partnerManager, referralOf, sellersIn, waitingDeal } from '../support/co-sell.ts';
import { ACCEPT, answer, askConsent, asked, open, statusOf } from '../support/consent-link.ts';
import { claimFor, newcomer } from '../support/newcomer.ts';
import { buttonsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { channelNamed, readIn } from '../support/review.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const CHANNEL = channelNamed('consent-sellers');
const NEITHER = ['mayContact', 'mayShare'];

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let name: string;
  let count = 0;
  beforeAll(async () => {
    world = await startWorld(engine);
    await sellersIn(world, CHANNEL);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    name = `box-${count}`;
    partner = await partnerManager(world);
  });

  const newest = (claim: number) =>
    world.database.prisma.consentRequest.findFirstOrThrow({
      where: { claimNumber: claim },
      orderBy: { createdAt: 'desc' },
    });
  const lacking = async (claim: number) => {
    const conditions = (await referralOf(world, claim)).coSellConditions as { name: string; holds: string }[] | null;
    return conditions?.filter(({ holds }) => holds !== 'yes').map((one) => one.name);
  };
  const heard = async () => {
    await world.app.drain();
    return world.connector.takePosts(partner.conversationId).map(({ activity }) => String(activity.summary));
  };
  const shown = async (claim: number) => textOf(await partner.tap('claim.show', { claim }));
  const boxes = (html: string) =>
    [...html.matchAll(/<input type="checkbox"[^>]* name="(\w+)" value="(\w+)"( checked)?>/g)].map(
      ([, field, value, checked]) => `${field}=${value}${checked ?? ''}`,
    );

  describe('R27: whether Microsoft’s sellers may see and contact the customer', () => {
    test('is asked on the page where the engagement has co-sell, neither being ticked beforehand', async () => {
      const { link } = await asked(world, partner, name, CO_SELL);
      const html = await (await open(world, link)).text();
      expect(boxes(html)).toEqual(['mayShare=yes', 'mayContact=yes']);
      expect(html).toContain('They may see this');
      const dutch = await (await open(world, `${link}?lang=nl`)).text();
      expect(boxes(dutch)).toEqual(['mayShare=yes', 'mayContact=yes']);
      expect(dutch).not.toContain('They may see this');
    });

    test('is not asked where it has none, and counts for nothing where it is sent all the same', async () => {
      const { claim, link } = await asked(world, partner, name, { engagements: ['Endpoint'] });
      const html = await (await open(world, link)).text();
      expect(boxes(html)).toEqual([]);
      expect(html).not.toContain('Microsoft’s sellers');
      expect((await answer(world, link, AGREES)).status).toBe(200);
      expect(await heard()).toEqual([`Consent received: Claim ${claim}`]);
      expect(await newest(claim)).toMatchObject({ answer: 'accept', mayContact: false, mayShare: false });
      expect(await world.database.prisma.referral.count({ where: { claimNumber: claim } })).toBe(0);
      expect(readIn(world, CHANNEL)).toEqual([]);
      expect(await shown(claim)).not.toContain('Co-sell');
    });

    test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
      ['neither is ticked', {}, NEITHER],
      ['only that they may see it is', { mayShare: 'yes' }, ['mayContact']],
      ['only that they may write is', { mayContact: 'yes' }, ['mayShare']],
      ['something else than a tick comes', { mayContact: 'true', mayShare: 'on' }, NEITHER],
      ['an empty tick comes', { mayContact: '', mayShare: '' }, NEITHER],
    ])('%s: the referral stays partner-led, and the claim says why', async (_what, ticked, missing) => {
      const { claim, link } = await asked(world, partner, name, CO_SELL);
      expect((await answer(world, link, { ...ACCEPT, ...ticked })).status).toBe(200);
      expect(await heard()).toEqual([`Consent received: Claim ${claim}`]);
      expect(await lacking(claim)).toEqual(missing);
      expect(await referralOf(world, claim)).toMatchObject({ status: 'Active', coSell: null });
      expect(await newest(claim)).toMatchObject({
        mayContact: !missing.includes('mayContact'),
        mayShare: !missing.includes('mayShare'),
      });
      const text = await shown(claim);
      const line = (field: string) => (missing.includes(field) ? ['✗', 'no'] : ['✓', 'yes']);
      const [contact, share] = [line('mayContact'), line('mayShare')];
      expect(text).toContain(`${contact[0]} The customer agrees to be contacted by Microsoft’s sellers: ${contact[1]}`);
      expect(text).toContain(`${share[0]} The customer agrees that Microsoft’s sellers see their details: ${share[1]}`);
      expect(readIn(world, CHANNEL)).toEqual([]);
    });

    test('a decline with both ticked agrees to neither', async () => {
      const { claim, link } = await asked(world, partner, name, CO_SELL);
      const response = await answer(world, link, { ...AGREES, decision: 'decline' });
      expect(response.status).toBe(200);
      expect(await heard()).toEqual([`Consent declined: Claim ${claim}`]);
      expect(await newest(claim)).toMatchObject({ answer: 'decline', mayContact: false, mayShare: false });
      expect(await referralOf(world, claim)).toMatchObject({ status: 'Closed', coSell: null, coSellConditions: null });
      expect(readIn(world, CHANNEL)).toEqual([]);
    });

    test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
      ['no name', { ...AGREES, name: '' }, ['mayShare=yes checked', 'mayContact=yes checked']],
      ['another’s name', { ...ACCEPT, name: 'Bob', mayShare: 'yes' }, ['mayShare=yes checked', 'mayContact=yes']],
      ['no choice', { ...AGREES, decision: '' }, ['mayShare=yes checked', 'mayContact=yes checked']],
      ['nothing ticked, and no name', { ...ACCEPT, name: '' }, ['mayShare=yes', 'mayContact=yes']],
    ])('what was ticked stays ticked when the answer is refused: %s', async (_what, fields, expected) => {
      const { claim, link } = await asked(world, partner, name, CO_SELL);
      const response = await answer(world, link, fields);
      expect(response.status).toBe(422);
      expect(boxes(await response.text())).toEqual(expected);
      expect(await newest(claim)).toMatchObject({ answer: null, mayContact: false, mayShare: false });
      expect(await statusOf(world, claim)).toBe('AWAITING_CONSENT');
    });
  });

  describe('R27: what was not known when the customer consented', () => {
    test('is looked at again when a Referrals admin asks for it, once it is known', async () => {
      const { claim, link, customer } = await asked(world, partner, name, CO_SELL);
      const { prisma } = world.database;
      const where = { type_value: { type: 'tenantId', value: customer.tenantId } };
      const { facts } = await prisma.identifier.findUniqueOrThrow({ where });
      const { microsoftManaged: _known, ...unknown } = facts as Record<string, string | number | boolean>;
      await prisma.identifier.update({ where, data: { facts: unknown } });
      await answer(world, link, AGREES);
      await heard();
      expect(await lacking(claim)).toEqual(['managed']);
      expect(await shown(claim)).toContain('? A Microsoft account team manages the customer: not known');
      const still = await partner.press(await partner.tap('referral.show', { claim }), 'Check co-sell again');
      expect(textOf(still)).toContain('Still not: one condition at least does not hold.');
      await prisma.identifier.update({ where, data: { facts: { ...unknown, microsoftManaged: true } } });
      const card = await partner.press(still, 'Check co-sell again');
      expect(textOf(card)).toContain('The referral was upgraded to co-sell. The sellers are asked.');
      expect(await heard()).toEqual([`Upgraded to co-sell: Claim ${claim}`]);
      expect(readIn(world, CHANNEL)).toHaveLength(1);
      expect(textOf(await partner.press(still, 'Check co-sell again'))).toContain('upgraded to co-sell');
      await world.app.drain();
      expect(readIn(world, CHANNEL)).toEqual([]);
    });
  });

  describe('R26: the referral of a claim that ends', () => {
    test('is closed when the customer declines', async () => {
      const { claim, link } = await asked(world, partner, name, CO_SELL);
      await answer(world, link, { decision: 'decline', name: 'Anna de Vries' });
      await heard();
      expect(await referralOf(world, claim)).toMatchObject({ substatus: 'Lost', statusReason: 'consentDeclined' });
      expect(await shown(claim)).toContain('Partner-led · lost · the customer declined');
    });

    test('is closed when the claim is canceled after an upgrade, and the sellers’ card says so', async () => {
      const deal = await waitingDeal(world, CHANNEL, name);
      const { claim } = deal;
      await deal.partner.press(await deal.partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
      await world.app.drain();
      expect(await referralOf(world, claim)).toMatchObject({
        ...{ status: 'Closed', substatus: 'Lost', statusReason: 'claimCanceled', coSell: 'withdrawn', warnAt: null },
      });
      const [card] = dealsIn(world, CHANNEL, claim);
      expect(textOf(card as SeenCard)).toContain('Withdrawn');
      expect(textOf(card as SeenCard)).toContain('the claim was canceled');
      expect(buttonsOf(card as SeenCard)).toEqual(['Open']);
      readIn(world, CHANNEL);
      world.clock.advance(8 * DAY);
      await world.app.sweep();
      expect(readIn(world, CHANNEL).map(textOf).join()).not.toContain(deal.customer.name);
      world.connector.takePosts();
    });

    test('stays not made where none was made, however the claim ends', async () => {
      const customer = await newcomer(world, name);
      const claim = await claimFor(partner, customer, CO_SELL);
      await world.database.prisma.claim.update({ where: { number: claim }, data: { tenantId: null } });
      await askConsent(world, partner, claim);
      world.mailbox.take();
      const words = 'Not made · The customer’s tenant or TPID is known: not known';
      expect(await shown(claim)).toContain(words);
      expect(await referralOf(world, claim)).toMatchObject({ status: 'None', madeAt: null });
      await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
      expect(await referralOf(world, claim)).toMatchObject({ status: 'None', statusReason: null });
      expect(await shown(claim)).toContain(words);
      expect(buttonsOf(await partner.tap('claim.show', { claim }))).not.toContain('Open referral');
    });

    test('is closed when consent expires, and its history says it in a whole sentence', async () => {
      const { claim } = await asked(world, partner, name, CO_SELL);
      world.clock.advance(40 * DAY);
      await world.app.sweep();
      expect(await statusOf(world, claim)).toBe('CONSENT_EXPIRED');
      world.connector.takePosts();
      expect(await referralOf(world, claim)).toMatchObject({ substatus: 'Lost', statusReason: 'consentExpired' });
      const card = textOf(await partner.tap('referral.show', { claim }));
      expect(card).toContain('Partner-led · lost · the customer did not consent in time');
      expect(card).toContain('Closed on\n10 Jan 2027 (UTC)');
      expect(card).toContain('10 Jan 2027, 13:00 CET The referral was closed\n');
    });
  });
});
