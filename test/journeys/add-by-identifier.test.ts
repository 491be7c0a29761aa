import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Directory } from '../../bot/entra/tenant-resolver.ts';
import { demoDirectory } from '../../bot/entra/tenant-resolver.ts';
import { demoWorld } from '../../prisma/demo/seed.ts';
import { choiceOf, claimsOn, fillIntake, type Intake } from '../support/intake.ts';
import { claimsFor, emptyForm, fillFor, newcomer } from '../support/newcomer.ts';
import { inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { DAY, ROBIN, SERVER, startWorld, type World } from '../support/world.ts';

const FABRIKAM = '00000000-0000-4000-8000-000000000101';
const CONTOSO = '00000000-0000-4000-8000-000000000102';

/** The demo's directory, which writes down what it was asked and does not answer about `slow.example`. */
const asked: string[] = [];
const known = demoDirectory(demoWorld().directory);
const directory: Directory = {
  source: 'test',
  ask: async (domain) => {
    asked.push(domain);
    return domain === 'slow.example' ? 'unavailable' : known.ask(domain);
  },
};

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  beforeAll(async () => {
    world = await startWorld(engine, { directory });
    robin = personIn(world, ROBIN);
  });
  afterAll(() => world?.stop());

  const fill = async (intake: Intake, until?: 'location' | 'identifier' | 'engagements' | 'contacts' | 'review') =>
    fillIntake(robin, intake, until, await emptyForm(robin));

  const kept = async (claim: number | undefined) =>
    world.database.prisma.claim.findUniqueOrThrow({ where: { number: claim ?? 0 }, include: { contacts: true } });

  const identify = async (identifierType: string, identifierValue: string): Promise<SeenCard> =>
    robin.press(await fill({}, 'identifier'), 'Next', { identifierType, identifierValue });

  test.each([
    ['domain', 'fabrikam.example', 'Endpoint', 'Domain name: fabrikam.example', FABRIKAM],
    ['tenantId', FABRIKAM, 'Secure Identities', `Tenant ID: ${FABRIKAM}`, FABRIKAM],
    ['tpid', '900101', 'SIEM Plus XDR', 'TPID: 900101', null],
    [
      'azureSubscriptionId',
      '00000000-0000-4000-8000-000000000201',
      'Small Project',
      'Azure subscription ID: 00000000-0000-4000-8000-000000000201',
      null,
    ],
  ])('R9: a customer is added by %s', async (type, value, engagement, said, tenantId) => {
    const review = await fill({ identifierType: type, identifierValue: value, engagements: [engagement] });
    expect(textOf(review)).toContain(said);

    const made = await robin.press(review, 'Confirm');

    const [claim] = claimsOn(made);
    expect(await kept(claim)).toMatchObject({
      identifierType: type,
      identifierValue: value,
      tenantId,
      status: 'CUSTOMER_CLAIMED',
      market: 'A',
    });
    expect(textOf(await robin.press(made, `Open claim ${claim}`))).toContain(said);
  });

  test('R9: two engagements at once make two claims with the same name, customer and contacts', async () => {
    const customer = await newcomer(world, 'two-at-once');

    const claims = await claimsFor(robin, customer, {
      name: 'Both workshops',
      engagements: ['Endpoint', 'Secure Identities'],
    });

    expect(claims).toHaveLength(2);
    const [one, two] = await Promise.all(claims.map(kept));
    expect(one?.engagementSlug).not.toBe(two?.engagementSlug);
    expect(two).toMatchObject({ name: 'Both workshops', customerId: one?.customerId, dueAt: one?.dueAt });
    expect(two?.contacts.map(({ email }) => email)).toEqual(one?.contacts.map(({ email }) => email));
  });

  test('R6: a verdict belongs to its identifier: the TPID of a customer qualifies where its domain does not', async () => {
    const byDomain = textOf(await identify('domain', 'tailwind-traders.example'));
    expect(byDomain.split('Not eligible')[1]).toContain('Defend Against Threats with SIEM Plus XDR');

    const byTpid = await identify('tpid', '9001150');

    expect(choiceOf(byTpid, 'engagements', 'SIEM Plus XDR')).toBeDefined();
  });

  test('R12: what this kind of identifier cannot name is listed as not eligible, with what can', async () => {
    const card = await identify('azureSubscriptionId', '00000000-0000-4000-8000-000000000201');

    const notEligible = textOf(card).split('Not eligible')[1] ?? '';
    expect(notEligible).toMatch(
      /Endpoint Management Workshop\nNot accepted here: Azure subscription ID\. Use: Domain name or Tenant ID\./,
    );
    expect(notEligible).toMatch(/New claims were possible until .*2022/);
    expect(textOf(card)).not.toContain('Business Applications Presales');
  });

  test('R5: a customer of whom nothing is known is neither eligible nor ineligible: what is missing is named', async () => {
    const text = textOf(await identify('domain', 'nieuwkomer-logistiek.example'));

    const [, unknown = ''] = text.split('Not known yet');
    expect(unknown.split('Not eligible')[0]).toContain("Missing: the customer's paid seats.");
    expect(text).toContain('No engagement can be chosen yet');
    expect(text).not.toContain('qualify for no engagement');
  });

  test('R10: a name below the customer’s domain leads to the domain itself', async () => {
    expect(textOf(await identify('domain', ' Mail.Fabrikam.Example. '))).toContain('Domain name: fabrikam.example');
  });

  test('R10: what a domain led to is remembered for a day', async () => {
    await identify('domain', 'litware.example');
    asked.length = 0;

    await identify('domain', 'litware.example');
    expect(asked).toEqual([]);

    world.clock.advance(DAY);
    await identify('domain', 'litware.example');
    expect(asked).toEqual(['litware.example']);
  });

  test('R10: a domain without a tenant asks for the tenant id, and the tenant id works', async () => {
    const typed = { identifierType: 'domain', identifierValue: 'elsewhere.example' };
    const asking = await identify('domain', 'elsewhere.example');
    expect(textOf(asking)).toContain('No Microsoft tenant answers to this domain.');
    expect(inputsOf(asking).get('identifierValue')?.value).toBe('elsewhere.example');

    const wrong = await robin.press(asking, 'Next', { ...typed, tenantInstead: 'elsewhere' });
    expect(textOf(wrong)).toContain('Tenant ID (instead of the domain)\nThat is not a valid ID.');
    expect(inputsOf(wrong).get('tenantInstead')?.value).toBe('elsewhere');

    const right = await robin.press(wrong, 'Next', { ...typed, tenantInstead: `{${CONTOSO}}` });
    expect(textOf(right)).toContain(`Tenant ID: ${CONTOSO}`);
    expect(choiceOf(right, 'engagements', 'Endpoint')).toBeDefined();
  });

  test('R10: a directory that does not answer is said to be silent, not that the domain is unknown', async () => {
    const card = await identify('domain', 'slow.example');

    expect(textOf(card)).toContain('The look-up of this domain did not answer.');
    expect(textOf(card)).not.toContain('No Microsoft tenant');
    const instead = await robin.press(card, 'Next', { tenantInstead: CONTOSO });
    expect(textOf(instead)).toContain('Which engagements?');
  });

  test('R11: an onmicrosoft.com name is looked up whole, never as the domain everybody shares', async () => {
    expect(textOf(await identify('domain', 'contoso-demo.onmicrosoft.com'))).toContain('Tenant: Contoso Retail Group');
    asked.length = 0;

    expect(textOf(await identify('domain', 'nobody.onmicrosoft.com'))).toContain('No Microsoft tenant answers');
    expect(asked).toEqual(['nobody.onmicrosoft.com']);
    expect(textOf(await identify('domain', 'onmicrosoft.com'))).toContain('Everyone shares onmicrosoft.com.');
  });

  describe('R11: a tenant id and an e-mail domain that disagree', () => {
    const byTenant = { identifierType: 'tenantId', identifierValue: CONTOSO };

    test.each([
      ['fabrikam.example', 'leads to another tenant', 'fabrikam.example does not lead to the tenant you gave.'],
      ['nowhere.example', 'leads to none', 'nowhere.example does not lead to the tenant you gave.'],
      ['stranger.onmicrosoft.com', 'shares only onmicrosoft.com with it', 'does not lead to the tenant you gave.'],
      ['slow.example', 'could not be looked up', 'The look-up of slow.example did not answer'],
    ])('a reason is asked when %s %s, and the card says which it is', async (domain, _why, said) => {
      const email = `anna@${domain}`;
      const card = await fill({ ...byTenant, contacts: { customerEmail: email, customerName: 'Anna Müller' } });

      expect(textOf(card)).toContain(said);
      expect(inputsOf(card).get('customerEmail')?.value).toBe(email);
      expect(inputsOf(card).get('customerName')?.value).toBe('Anna Müller');
    });

    test.each(['contoso.example', 'contoso-demo.onmicrosoft.com', 'mail.contoso.example'])(
      'none is asked for %s, which leads to the tenant',
      async (domain) => {
        const card = await fill({ ...byTenant, contacts: { customerEmail: `anna@${domain}` } });
        expect(textOf(card)).toContain('Is everything right?');
      },
    );

    test('none is asked when the customer was named by a domain', async () => {
      const card = await fill({
        identifierValue: 'contoso.example',
        contacts: { customerEmail: 'a@trey-research.example' },
      });
      expect(textOf(card)).toContain('Is everything right?');
    });

    test('the reason stands on the review and on the claim, and goes when the address is corrected', async () => {
      const reason = 'The holding owns the tenant, the people still write from their old domain';
      const asking = await fill({ ...byTenant, contacts: { customerEmail: 'anna@fabrikam.example' } });

      let review = await robin.press(asking, 'Next', { mismatchReason: reason });
      expect(textOf(review)).toContain(`E-mail domain differs from the tenant\n${reason}`);

      const contacts = await robin.press(review, 'Change contacts');
      expect(inputsOf(contacts).get('mismatchReason')?.value).toBe(reason);
      review = await robin.press(contacts, 'Next', { customerEmail: 'anna@contoso.example' });
      expect(textOf(review)).not.toContain(reason);

      const again = await robin.press(await robin.press(review, 'Change contacts'), 'Next', {
        customerEmail: 'anna@fabrikam.example',
      });
      const made = await robin.press(await robin.press(again, 'Next', { mismatchReason: reason }), 'Confirm');
      const [claim] = claimsOn(made);
      expect((await kept(claim)).mismatchReason).toBe(reason);
      expect(textOf(await robin.press(made, `Open claim ${claim}`))).toContain(`Why the domain differs\n${reason}`);
    });
  });

  test('R19: a customer who is claimed for an engagement is not offered it again, and the open claim is named', async () => {
    const customer = await newcomer(world, 'once-only');
    const [claim] = await claimsFor(robin, customer);

    const card = await fillFor(robin, customer, {}, 'engagements');

    expect(textOf(card)).toContain(`Your organisation already has claim ${claim} open for this engagement.`);
  });
});
