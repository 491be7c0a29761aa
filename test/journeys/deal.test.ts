import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CO_SELL, dealsIn, partnerManager, referralOf, seller, sellersIn, waitingDeal } from '../support/co-sell.ts';
import { asked } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, someone } from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { AMSTERDAM, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const CHANNEL = channelNamed('deal');
const ROTTERDAM = '00000000-0000-4000-8000-000000000302';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let count = 0;
  beforeAll(async () => {
    world = await startWorld(engine);
    partner = await partnerManager(world);
    await sellersIn(world, CHANNEL);
  }, 120_000);
  /** Whoever keeps deals hears of each: what is heard is told elsewhere (R28). */
  afterEach(() => void world.connector.takePosts());
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>) => unheardBy(world, work);
  const made = async (): Promise<number> => (await asked(world, partner, `deal-${++count}`, CO_SELL)).claim;
  const opened = (claim: number, person = partner) => person.tap('referral.show', { claim });
  const editing = async (claim: number, person = partner) =>
    person.press(await opened(claim, person), 'Update the deal');
  const closing = async (claim: number, button: string, person = partner) =>
    person.press(await opened(claim, person), button);
  /** Everything that can be sent about a referral, put together by hand. */
  const tries = (claim: number) => {
    const typed = { 'stage~1': 'proposed', 'value~1': '1', 'closeOn~1': '2026-11-23' };
    return [
      ['referral.show', { claim }],
      ['referral.edit', { claim }],
      ['referral.askClose', { claim, what: 'won' }],
      ['referral.save', { claim, seen: 1, command: randomUUID(), ...typed }],
      ['referral.close', { claim, seen: 1, what: 'lost', command: randomUUID(), ...typed }],
      ['referral.check', { claim, command: randomUUID() }],
    ] as const;
  };

  describe('R2: a referral', () => {
    test('is opened by a Referrals admin of everywhere or of its location', async () => {
      const claim = await made();
      const local = await someone(world, 'Ada Amsterdam', [{ role: 'referralsAdmin', scope: AMSTERDAM }]);
      for (const admin of [partner, local]) {
        const card = await unmoved(() => opened(claim, admin));
        expect(textOf(card)).toContain(`Referral of claim ${claim}`);
        expect(textOf(card)).toContain('Kept in\nClaimdesk’s own record');
        expect(buttonsOf(card).slice(0, 3)).toEqual(['Update the deal', 'Deal won', 'Deal lost']);
      }
    });

    test('is neither opened nor changed by anybody else, who are told the same of a claim that never was', async () => {
      const claim = await made();
      for (const [name, roles, tenantId] of [
        ['Rot Terdam', [{ role: 'referralsAdmin', scope: ROTTERDAM }], undefined],
        ['Lee Referrals', [{ role: 'referralsAdmin' }], TAILSPIN],
        ['Ines Admin', [{ role: 'incentivesAdmin' }], undefined],
        ['Sel Ler', [{ role: 'seller' }, { role: 'programAdmin' }], undefined],
        ['No Body', [], undefined],
      ] as const) {
        const person = await someone(world, name, roles, tenantId);
        for (const number of [claim, 9_999_999]) {
          for (const [verb, data] of tries(number)) {
            const card = await unmoved(() => person.tap(verb, data));
            expect(textOf(card)).toContain(`There is no referral of claim ${number} that you may open.`);
            expect(JSON.stringify(card)).not.toMatch(/Anna|anna@|deal-\d/);
          }
        }
      }
    });

    test('whoever works on the claim sees its id and status there, and does not open it', async () => {
      const claim = await made();
      const card = await (await colleague(world)).tap('claim.show', { claim });
      const { id } = await referralOf(world, claim);
      expect(textOf(card)).toContain('Partner-led · active');
      expect(textOf(card)).toContain(id);
      expect(buttonsOf(card)).not.toContain('Open referral');
      expect(buttonsOf(await partner.tap('claim.show', { claim }))).toContain('Open referral');
    });

    test('of an admin whose role was removed a moment ago is not changed any more', async () => {
      const claim = await made();
      const leaver = await someone(world, 'Fem Leaver', [{ role: 'referralsAdmin' }]);
      const [form, lost] = [await editing(claim, leaver), await closing(claim, 'Deal lost', leaver)];
      await world.app.drain();
      await world.database.prisma.roleGrant.deleteMany({ where: { person: { objectId: leaver.objectId } } });
      for (const press of [
        () => leaver.press(form, 'Save', { value: '1' }),
        () => leaver.press(lost, 'Close as lost'),
      ]) {
        expect(textOf(await unmoved(press))).toContain('that you may open');
      }
    });
  });

  describe('a deal', () => {
    test('is updated: stage, day and value, with what they were on the record', async () => {
      const claim = await made();
      const card = await partner.press(await editing(claim), 'Save', {
        stage: 'negotiated',
        closeOn: '2026-11-23',
        value: '$ 40.000,50',
      });
      for (const part of ['The deal was updated.', '40,000.50 USD', 'Negotiated · 80%', '23 Nov 2026']) {
        expect(textOf(card)).toContain(part);
      }
      const [event] = await world.database.prisma.auditEvent.findMany({
        where: { chain: `referral:${claim}`, what: 'changed' },
      });
      expect(event?.facts).toEqual({
        ...{ stage: 'negotiated', closeOn: '2026-11-23', valueCents: 4_000_050 },
        ...{ stageBefore: 'accepted', closeOnBefore: '2027-02-21', valueCentsBefore: 2_500_000 },
      });
    });

    test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
      ['worth nothing', { value: '0' }, ['value']],
      ['worth less than nothing', { value: '-5' }, ['value']],
      ['of a value that is left out', { value: '' }, ['value']],
      ['of a day that is over', { closeOn: '2026-11-22' }, ['closeOn']],
      ['of a day far away', { closeOn: '2126-11-22' }, ['closeOn']],
      ['of no stage', { stage: '' }, ['stage']],
      ['with everything wrong', { value: 'a lot', closeOn: '', stage: '' }, ['value', 'closeOn', 'stage']],
    ])('%s is refused, and everything that was typed stays', async (_what, typed, wrong) => {
      const form = await editing(await made());
      const all = { value: '12,345', closeOn: '2027-06-01', stage: 'proposed', ...typed };
      const card = await unmoved(() => partner.press(form, 'Save', all));
      expect(textOf(card)).toContain(
        `${wrong.length === 1 ? 'One field needs' : `${wrong.length} fields need`} your attention. Nothing was lost.`,
      );
      for (const [field, value] of Object.entries(all)) expect(inputsOf(card).get(field)?.value ?? '').toBe(value);
    });

    test('that two admins update at once: the second sees what is kept, and what they typed stays until they save it', async () => {
      const claim = await made();
      const other = await partnerManager(world);
      const [mine, theirs] = [await editing(claim), await editing(claim, other)];
      await other.press(theirs, 'Save', { value: '30,000', stage: 'qualified' });
      const typed = { value: '40,000', stage: 'developed', closeOn: '2027-03-01' };
      const stale = await unmoved(() => partner.press(mine, 'Save', typed));
      expect(textOf(stale).match(/What you typed is below and not kept yet/g)).toHaveLength(1);
      expect(textOf(stale)).toContain('30,000 USD');
      for (const [field, value] of Object.entries(typed)) expect(inputsOf(stale).get(field)?.value).toBe(value);
      const card = await partner.press(stale, 'Save');
      expect(textOf(card)).toContain('40,000 USD');
      expect(await referralOf(world, claim)).toMatchObject({ stage: 'developed', valueCents: 4_000_000n });
    });

    test('that two admins close at the same moment, differently, is closed once', async () => {
      const other = await partnerManager(world);
      for (const round of [0, 1]) {
        const claim = await made();
        const presses = [
          await closing(claim, 'Deal won').then((card) => () => partner.press(card, 'Close as won')),
          await closing(claim, 'Deal lost', other).then((card) => () => other.press(card, 'Close as lost')),
        ];
        if (round === 1) presses.reverse();
        const said = (await Promise.all(presses.map((press) => press()))).map(textOf).join('\n');
        const { substatus } = await referralOf(world, claim);
        expect(said.match(/The deal was closed as/g)).toHaveLength(1);
        expect(said).toContain(`The deal was closed as ${String(substatus).toLowerCase()}.`);
        expect(said).toContain('Nothing was changed: the deal is closed.');
      }
    });

    test.each([
      ['Deal won', 'Close as won', 'Won'],
      ['Deal lost', 'Close as lost', 'Lost'],
    ])('“%s” is final: every card from before changes nothing', async (ask, yes, substatus) => {
      const claim = await made();
      const old = { edit: await editing(claim), won: await closing(claim, 'Deal won'), show: await opened(claim) };
      const ahead = await unmoved(async () => partner.press(await closing(claim, ask), yes, { closeOn: '2026-11-24' }));
      expect(textOf(ahead)).toContain('One field needs your attention.');
      const data = dataFor(ahead, yes, { closeOn: '2026-11-20', value: '31.000' });
      const twice = await Promise.all([0, 1].map(() => partner.tap('referral.close', data)));
      for (const card of twice) {
        expect(textOf(card)).toContain(`The deal was closed as ${substatus.toLowerCase()}.`);
        expect(buttonsOf(card)).not.toContain('Update the deal');
      }
      expect(await referralOf(world, claim)).toMatchObject({
        ...{ status: 'Closed', substatus, statusReason: 'partner', valueCents: 3_100_000n },
        closeOn: new Date('2026-11-20'),
      });
      for (const press of [
        () => partner.press(old.edit, 'Save', { value: '1' }),
        () => partner.press(old.won, 'Close as won'),
        () => partner.press(old.show, 'Update the deal'),
        () => partner.press(old.show, 'Deal lost'),
      ]) {
        expect(textOf(await unmoved(press))).toContain('Nothing was changed: the deal is closed.');
      }
    });

    test('R28: that is closed while its sellers are asked is asked of nobody any more', async () => {
      const { claim, asking } = await waitingDeal(world, CHANNEL, 'closed-while-asked');
      const kim = also(world, await seller(world, 'Kim Seller'), { name: 'Kim Seller', channel: CHANNEL });
      const view = await kim.press(asking, 'Answer');
      await partner.press(await closing(claim, 'Deal lost', partner), 'Close as lost');
      await world.app.drain();
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'withdrawn', answerDueAt: null, warnAt: null });
      const [card] = dealsIn(world, CHANNEL, claim);
      expect(textOf(card as SeenCard)).toContain('Withdrawn');
      expect(textOf(card as SeenCard)).toContain('lost');
      expect(buttonsOf(card as SeenCard)).toEqual(['Open']);
      expect(textOf(await unmoved(() => kim.press(view, 'Take it')))).toContain(
        'Nothing was changed: Robin Demo ended it before a seller answered',
      );
      readIn(world, CHANNEL);
      world.connector.takePosts(partner.conversationId);
    });

    test('of a claim that was canceled is closed with it, and says why', async () => {
      const claim = await made();
      const form = await editing(claim);
      await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
      expect(await referralOf(world, claim)).toMatchObject({
        ...{ status: 'Closed', substatus: 'Lost', statusReason: 'claimCanceled' },
      });
      expect(textOf(await unmoved(() => partner.press(form, 'Save', { value: '1' })))).toContain(
        'Nothing was changed: the deal is closed.',
      );
      const card = await opened(claim);
      expect(textOf(card)).toContain('Partner-led · lost · the claim was canceled');
      expect(buttonsOf(card)).not.toContain('Check co-sell again');
    });
  });

  test('a form that brings no number of what was seen, or another’s, changes nothing', async () => {
    const claim = await made();
    const typed = { 'stage~1': 'proposed', 'value~1': '1', 'closeOn~1': '2027-01-01' };
    for (const seen of [0, 99]) {
      const data = { claim, seen, command: randomUUID(), ...typed };
      expect(textOf(await unmoved(() => partner.tap('referral.save', data)))).toContain(
        'Somebody changed the deal since.',
      );
    }
    for (const seen of [-1, 1.5, 'one', null]) {
      const { value } = await partner.invoke('referral.save', { claim, seen, command: randomUUID(), ...typed });
      expect(JSON.stringify(value)).not.toContain('The deal was updated.');
    }
    expect(await referralOf(world, claim)).toMatchObject({ valueCents: 2_500_000n, stage: 'accepted' });
  });
});
