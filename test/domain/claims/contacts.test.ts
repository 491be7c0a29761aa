import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONTACT_FIELDS, emailDomain, parseContacts, parseEmail } from '../../../domain/claims/contacts.ts';

const GOOD = {
  customerCompany: 'Fabrikam Manufacturing Inc.',
  customerName: 'Anna de Vries',
  customerEmail: 'anna@fabrikam.example',
  customerCountry: 'NL',
  customerLanguage: 'nl',
  partnerName: 'Robin Demo',
  partnerEmail: 'robin@northbridge.example',
  partnerPhone: '+31 20 555 0100',
};

describe('R9: an e-mail address names one mailbox', () => {
  test.each([
    ['anna@contoso.com', 'anna@contoso.com'],
    ['  Anna.de.Vries@Contoso.COM ', 'Anna.de.Vries@contoso.com'],
    ['anna+mci@contoso.com', 'anna+mci@contoso.com'],
    ["o'brien@contoso.ie", "o'brien@contoso.ie"],
    ['anna@mail.contoso.co.uk', 'anna@mail.contoso.co.uk'],
    ['anna@xn--mnchen-3ya.de', 'anna@xn--mnchen-3ya.de'],
    ['anna@München.de', 'anna@xn--mnchen-3ya.de'],
    ['anna@почта.рф', 'anna@xn--80a1acny.xn--p1ai'],
    ['anna@contoso.onmicrosoft.com', 'anna@contoso.onmicrosoft.com'],
  ])('%j becomes %j', (typed, kept) => {
    expect(parseEmail(typed)).toBe(kept);
  });

  test.each([
    '',
    'anna',
    'anna@',
    '@contoso.com',
    'anna@contoso',
    'anna@co.uk',
    'anna@192.0.2.7',
    'anna@[192.0.2.7]',
    'anna@@contoso.com',
    'anna@contoso..com',
    'anna..b@contoso.com',
    'anna@contoso.com.',
    'anna b@contoso.com',
    'Anna <anna@contoso.com>',
    'anna@contoso.com, bert@contoso.com',
    'anna@contoso.com;bert@contoso.com',
    'anna@contoso.com\r\nBcc: eve@evil.example',
    'anna\u0000@contoso.com',
    'mailto:anna@contoso.com',
    `anna@${'a'.repeat(64)}.com`,
    `${'a'.repeat(65)}@contoso.com`,
    `${'a'.repeat(250)}@contoso.com`,
  ])('%j is none', (typed) => {
    expect(parseEmail(typed)).toBeNull();
  });

  test('what is accepted parses to itself and holds nothing that could forge a mail header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'binary' })), (typed) => {
        const kept = parseEmail(typed);
        if (kept === null) return;
        expect(parseEmail(kept)).toBe(kept);
        expect(kept).toMatch(/^[^\s<>,;:"]+@[a-z0-9.-]+$/);
        expect(emailDomain(kept)).toBe(kept.split('@')[1]);
      }),
      { numRuns: 500 },
    );
  });
});

const faultOf = (field: keyof typeof GOOD, typed: string) => {
  const parsed = parseContacts({ ...GOOD, [field]: typed });
  return 'faults' in parsed ? parsed.faults : [];
};

describe('R9: a phone number is what people write on a card', () => {
  test.each([
    '+31 20 555 0100',
    '0031205550100',
    '+31(0)20-5550100',
    '(020) 555-0100',
    '020/555.01.00',
    '020 555 0100 x12',
    '+1 425 555 0100 ext. 12',
    '020 555 0100 tst 12',
    '14020',
  ])('%j is one', (typed) => {
    expect(faultOf('partnerPhone', typed)).toEqual([]);
  });

  test.each([
    '1234',
    'call me',
    '++31 20 555 0100',
    '+31 20 555 0100 or mail',
    '( ) - - -',
    '020-555-CALL',
    '٠٢٠٥٥٥٠١٠٠',
  ])('%j is none', (typed) => {
    expect(faultOf('partnerPhone', typed)).toEqual([{ field: 'partnerPhone', fault: { code: 'phone.invalid' } }]);
  });
});

describe('R9: every contact field says what is wrong with it', () => {
  test.each([
    ['customerCompany', '', { code: 'text.missing' }],
    ['customerCompany', 'x'.repeat(201), { code: 'text.tooLong', most: 200, typed: 201 }],
    ['customerName', '\u200b', { code: 'text.missing' }],
    ['customerName', 'x'.repeat(101), { code: 'text.tooLong', most: 100, typed: 101 }],
    ['customerEmail', ' ', { code: 'text.missing' }],
    ['customerEmail', 'anna', { code: 'email.invalid' }],
    ['customerCountry', '', { code: 'choice.missing' }],
    ['customerCountry', 'nl', { code: 'choice.missing' }],
    ['customerCountry', 'XX', { code: 'choice.missing' }],
    ['customerLanguage', 'de', { code: 'choice.missing' }],
    ['partnerName', '', { code: 'text.missing' }],
    ['partnerEmail', 'robin@', { code: 'email.invalid' }],
    ['partnerPhone', '', { code: 'text.missing' }],
    ['partnerPhone', `+${'1'.repeat(40)}`, { code: 'text.tooLong', most: 40, typed: 41 }],
  ] as const)('%s %j', (field, typed, fault) => {
    expect(faultOf(field, typed)).toEqual([{ field, fault }]);
  });

  test('all faults are told at once, in the order of the form', () => {
    const parsed = parseContacts({});
    expect('faults' in parsed && parsed.faults.map(({ field }) => field)).toEqual(CONTACT_FIELDS);
  });

  test('a form without faults gives both contacts, cleaned', () => {
    expect(
      parseContacts({ ...GOOD, customerName: '  Anna\u202e de\nVries ', customerEmail: 'Anna@Fabrikam.example' }),
    ).toEqual({
      contacts: {
        customer: {
          company: 'Fabrikam Manufacturing Inc.',
          name: 'Anna de Vries',
          email: 'Anna@fabrikam.example',
          country: 'NL',
          language: 'nl',
        },
        partner: { name: 'Robin Demo', email: 'robin@northbridge.example', phone: '+31 20 555 0100' },
      },
    });
  });
});
