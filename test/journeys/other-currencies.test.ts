import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { CO_SELL, inPartnerCenter, partnerManager, referralOf } from '../support/co-sell.ts';
import { claimFor, newcomer } from '../support/newcomer.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../support/partner-center.ts';
import { inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also } from '../support/review.ts';
import { NORTHBRIDGE, SERVER, startWorld, testClock, type World } from '../support/world.ts';

const RATES = { '202611': { EUR: '1.1628', GBP: '1.3215' } };
const MONTH_LATER = new Date('2026-12-01T00:00:00.000Z');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let fake: FakePartnerCenter;
  let partner: Person;
  let count = 0;

  beforeAll(async () => {
    const clock = testClock();
    fake = await startPartnerCenter({ now: clock.now, tenantId: NORTHBRIDGE, rates: RATES });
    world = await startWorld(engine, { clock, ...inPartnerCenter(fake) });
    partner = await partnerManager(world);
  }, 120_000);
  afterAll(async () => {
    await world?.stop();
    await fake?.stop();
  });

  /** The step that asks for the deal size. */
  const sized = async (person = partner): Promise<{ readonly claim: number; readonly form: SeenCard }> => {
    const claim = await claimFor(partner, await newcomer(world, `currency-${++count}`), CO_SELL);
    world.clock.advance(1_000);
    const form = await person.press(
      await person.tap('consent.start', { claim }),
      person === partner ? 'Next' : 'Volgende',
    );
    return { claim, form };
  };
  const sent = async (review: SeenCard) => {
    await partner.press(review, 'Send consent e-mail');
    await world.app.drain();
    world.mailbox.take();
  };
  const kept = async (claim: number) => {
    const { dealSizeCents, dealSizeTyped } = await world.database.prisma.claim.findUniqueOrThrow({
      where: { number: claim },
    });
    return { dealSizeCents, dealSizeTyped };
  };

  test('R20: where Partner Center gives rates a deal size can be typed in another currency', async () => {
    const { form } = await sized();
    expect(textOf(form)).toContain('Another currency is converted to US dollars');
    expect(textOf(form)).not.toContain('US dollars only');
    const currency = inputsOf(form).get('currency');
    expect(currency?.value).toBe('USD');
    expect(currency?.choices?.map(({ value }) => value)).toEqual(expect.arrayContaining(['USD', 'EUR', 'GBP', 'INR']));
    expect(lintCard(form)).toEqual([]);
  });

  test('R20: it is shown converted, with its rate, before it is sent, on the claim and on the referral', async () => {
    const { claim, form } = await sized();
    const review = await partner.press(form, 'Next', { dealSize: '€ 40.000,50', currency: 'EUR' });
    for (const part of ['46,512.58 USD', '40,000.50 EUR, at 1.1628']) expect(textOf(review)).toContain(part);
    const back = await partner.press(review, 'Back');
    expect(inputsOf(back).get('dealSize')?.value).toBe('40,000.50');
    expect(inputsOf(back).get('currency')?.value).toBe('EUR');
    await sent(await partner.press(back, 'Next'));
    expect(await kept(claim)).toEqual({
      dealSizeCents: 4_651_258n,
      dealSizeTyped: { cents: 4_000_050, currency: 'EUR', rate: 1.1628, month: '2026-11' },
    });
    const shown = textOf(await partner.tap('claim.show', { claim }));
    for (const part of ['46,512.58 USD', '40,000.50 EUR, at 1.1628']) expect(shown).toContain(part);
    expect(textOf(await partner.tap('referral.show', { claim }))).toContain('46,512.58 USD');
    expect(await referralOf(world, claim)).toMatchObject({ valueCents: 4_651_258n });
    const [half] = fake.referrals().filter(({ externalReferenceId }) => externalReferenceId === String(claim));
    expect(JSON.stringify(half)).toContain('46512.58');
  });

  test('R20: in Dutch it is typed and shown in the Dutch way', async () => {
    const dutch = also(world, partner, { name: 'Robin Demo', locale: 'nl-NL' });
    const { form } = await sized(dutch);
    const review = await dutch.press(form, 'Volgende', { dealSize: '40.000,50', currency: 'GBP' });
    expect(textOf(review)).toContain('52.860,66');
    expect(textOf(review)).toContain('40.000,50');
    expect(textOf(review)).toContain('1,3215');
  });

  test('R15: the rate is the one of the month in which it was typed, and stays', async () => {
    const { claim, form } = await sized();
    await sent(await partner.press(form, 'Next', { dealSize: '1,000', currency: 'EUR' }));
    const before = world.clock.now();
    world.clock.set(MONTH_LATER);
    const again = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
    expect(textOf(again)).toContain('The deal size stays as it is');
    expect(textOf(again)).toContain('1,162.80 USD');
    expect(inputsOf(again).size).toBe(0);
    await sent(await partner.press(again, 'Next'));
    expect(await kept(claim)).toMatchObject({ dealSizeCents: 116_280n, dealSizeTyped: { month: '2026-11' } });
    world.clock.set(before);
  });

  test.each([
    ['of which Partner Center has no rate', 'INR', 'Partner Center has no rate for INR this month.'],
    // ISO 4217's code for no currency at all.
    ['that is none of the list', 'XXX', 'Choose one from the list.'],
    ['that is no currency at all', '(', 'Choose one from the list.'],
  ])('R20: a currency %s is refused in plain words, and what was typed stays', async (_what, currency, words) => {
    const { claim, form } = await sized();
    const card = await partner.press(form, 'Next', { dealSize: '40,000', currency });
    expect(textOf(card)).toContain(words);
    expect(inputsOf(card).get('dealSize')?.value).toBe('40,000');
    expect(inputsOf(card).get('currency')?.value).toBe(currency);
    await sent(await partner.press(card, 'Next', { currency: 'USD' }));
    expect(await kept(claim)).toEqual({ dealSizeCents: 4_000_000n, dealSizeTyped: null });
  });

  test('R20: while the rates cannot be asked for, that is said, US dollars work, and later the currency does', async () => {
    const before = world.clock.now();
    world.clock.set(new Date(before.getTime() + 7 * 60 * 60_000));
    const { form } = await sized();
    fake.down();
    const card = await partner.press(form, 'Next', { dealSize: '40,000', currency: 'EUR' });
    expect(textOf(card)).toContain('The rate for EUR could not be asked for just now.');
    expect(inputsOf(card).get('dealSize')?.value).toBe('40,000');
    expect(inputsOf(card).get('currency')?.value).toBe('EUR');
    const dollars = await partner.press(card, 'Next', { currency: 'USD' });
    expect(textOf(dollars)).toContain('40,000 USD');
    fake.up();
    const euros = await partner.press(await partner.press(dollars, 'Back'), 'Next', { currency: 'EUR' });
    expect(textOf(euros)).toContain('46,512 USD');
  });

  test('R20: a month that Partner Center has no rates of is said like that, too', async () => {
    const before = world.clock.now();
    world.clock.set(MONTH_LATER);
    const { form } = await sized();
    const card = await partner.press(form, 'Next', { dealSize: '40,000', currency: 'EUR' });
    expect(textOf(card)).toMatch(/gives Claimdesk no rate for EUR here/);
    expect(textOf(await partner.press(card, 'Next', { currency: 'USD' }))).toContain('40,000 USD');
    world.clock.set(before);
  });
});

describe.each(SERVER)('without Partner Center, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(engine);
  }, 120_000);
  afterAll(() => world?.stop());

  test('R20: the form says that it takes US dollars only, and takes no other currency that is put in by hand', async () => {
    const partner = await partnerManager(world);
    const claim = await claimFor(partner, await newcomer(world, 'dollars-only'), CO_SELL);
    const form = await partner.press(await partner.tap('consent.start', { claim }), 'Next');
    expect(textOf(form)).toContain('US dollars only: exchange rates are not configured here.');
    expect(inputsOf(form).has('currency')).toBe(false);
    const euros = await partner.press(form, 'Next', { dealSize: '€ 40.000' });
    expect(textOf(euros)).toContain('One field needs your attention. Nothing was lost.');
    expect(inputsOf(euros).get('dealSize')?.value).toBe('€ 40.000');
    const action = await partner.press(euros, 'Next', { dealSize: '40.000' });
    expect(textOf(action)).toContain('40,000 USD');
  });
});
