import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { domainsToTry, IDENTIFIER_TYPES, parseIdentifier } from '../../../domain/customers/identifier.ts';

const GUID = '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';

describe('R9: a domain is kept in one spelling', () => {
  test.each([
    ['contoso.com', 'contoso.com'],
    ['  Contoso.COM ', 'contoso.com'],
    ['contoso.com.', 'contoso.com'],
    ['www.contoso.com', 'www.contoso.com'],
    ['contoso.co.uk', 'contoso.co.uk'],
    ['mail.contoso.co.uk', 'mail.contoso.co.uk'],
    ['münchen.de', 'xn--mnchen-3ya.de'],
    ['MÜNCHEN.de', 'xn--mnchen-3ya.de'],
    ['mu\u0308nchen.de', 'xn--mnchen-3ya.de'],
    ['xn--mnchen-3ya.de', 'xn--mnchen-3ya.de'],
    ['faß.de', 'xn--fa-hia.de'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['contoso。com', 'contoso.com'],
    ['con\u200btoso.com', 'contoso.com'],
    ['contoso.onmicrosoft.com', 'contoso.onmicrosoft.com'],
    ['contoso.mail.onmicrosoft.com', 'contoso.mail.onmicrosoft.com'],
  ])('%j becomes %j', (typed, kept) => {
    expect(parseIdentifier('domain', typed)).toEqual({ value: kept });
  });
});

describe('R9: what is no company domain is refused, and why', () => {
  test.each([
    ['', 'domain.invalid'],
    ['contoso', 'domain.invalid'],
    ['.com', 'domain.invalid'],
    ['co.uk', 'domain.invalid'],
    ['a..com', 'domain.invalid'],
    ['-contoso.com', 'domain.invalid'],
    ['con_toso.com', 'domain.invalid'],
    ['contoso com', 'domain.invalid'],
    ['contoso.com, fabrikam.com', 'domain.invalid'],
    ['192.0.2.7', 'domain.invalid'],
    ['0x7f.1', 'domain.invalid'],
    [`${'a'.repeat(64)}.com`, 'domain.invalid'],
    [`${'abcdefg.'.repeat(32)}com`, 'domain.invalid'],
    ['gmail.com', 'domain.publicMail'],
    ['Outlook.com', 'domain.publicMail'],
    ['www.gmail.com', 'domain.publicMail'],
    ['mail.yahoo.co.uk', 'domain.publicMail'],
    ['onmicrosoft.com', 'domain.sharedParent'],
  ])('%j: %s', (typed, code) => {
    expect(parseIdentifier('domain', typed)).toEqual({ fault: { code } });
  });
});

describe('R9: an address typed for a domain is refused with the domain that was probably meant', () => {
  test.each([
    ['https://www.contoso.com/about?x=1', 'domain.url', 'contoso.com'],
    ['HTTP://Contoso.com', 'domain.url', 'contoso.com'],
    ['https:contoso.com', 'domain.url', 'contoso.com'],
    ['//contoso.com', 'domain.url', 'contoso.com'],
    ['ftp://files.contoso.com', 'domain.url', 'files.contoso.com'],
    ['contoso.com/', 'domain.url', 'contoso.com'],
    ['contoso.com:443', 'domain.url', 'contoso.com'],
    ['contoso.com?utm=1', 'domain.url', 'contoso.com'],
    ['https://münchen.de', 'domain.url', 'xn--mnchen-3ya.de'],
    ['anna@contoso.com', 'domain.email', 'contoso.com'],
    ['mailto:anna@contoso.com', 'domain.email', 'contoso.com'],
    ['@contoso.com', 'domain.email', 'contoso.com'],
  ])('%j: %s, %s', (typed, code, suggestion) => {
    expect(parseIdentifier('domain', typed)).toEqual({ fault: { code, suggestion } });
    expect(parseIdentifier('domain', suggestion)).toEqual({ value: suggestion });
  });

  test.each([
    ['https://gmail.com/', 'domain.url'],
    ['anna@gmail.com', 'domain.email'],
    ['anna@localhost', 'domain.email'],
    ['http://[::1]/', 'domain.url'],
    ['\\\\server\\share', 'domain.url'],
  ])('%j: %s, and nothing is suggested that would be refused in turn', (typed, code) => {
    expect(parseIdentifier('domain', typed)).toEqual({ fault: { code, suggestion: null } });
  });
});

describe('R9: a GUID is kept with dashes and in lower case, however it was copied', () => {
  describe.each(['tenantId', 'azureSubscriptionId'] as const)('as %s', (type) => {
    test.each([
      GUID,
      GUID.toUpperCase(),
      `{${GUID}}`,
      `(${GUID})`,
      GUID.replaceAll('-', ''),
      `  ${GUID}\n`,
      GUID.replaceAll('-', ' - '),
    ])('%j', (typed) => {
      expect(parseIdentifier(type, typed)).toEqual({ value: GUID });
    });

    test.each([
      '',
      'contoso.com',
      GUID.slice(1),
      `${GUID}0`,
      GUID.replace('0f', '0g'),
      '00000000-0000-0000-0000-000000000000',
      `urn:uuid:${GUID}`,
    ])('%j is none', (typed) => {
      expect(parseIdentifier(type, typed)).toEqual({ fault: { code: 'guid.invalid' } });
    });
  });

  test("the tenant of personal accounts is no company's tenant", () => {
    expect(parseIdentifier('tenantId', '9188040D-6C67-4C5B-B112-36A304B66DAD')).toEqual({
      fault: { code: 'tenantId.consumer' },
    });
  });
});

describe('R9: a TPID is a number of 3 to 12 digits', () => {
  test.each([
    ['123', '123'],
    [' 1234567 ', '1234567'],
    ['1 234 567', '1234567'],
    ['123456789012', '123456789012'],
  ])('%j becomes %j', (typed, kept) => {
    expect(parseIdentifier('tpid', typed)).toEqual({ value: kept });
  });

  test.each(['', '12', '1234567890123', '0123', '12a4', '1.234', '１２３４', '+1234'])('%j is none', (typed) => {
    expect(parseIdentifier('tpid', typed)).toEqual({ fault: { code: 'tpid.invalid' } });
  });

  test.each(['-123456', '−123456', '- 42'])('%j says that no account team manages the customer', (typed) => {
    expect(parseIdentifier('tpid', typed)).toEqual({ fault: { code: 'tpid.negative' } });
  });
});

describe('R9: an MSX opportunity id is 7- and 8 to 12 letters and digits', () => {
  test.each([
    ['7-1A2B3C4D5E', '7-1A2B3C4D5E'],
    [' 7-1a2b3c4d ', '7-1A2B3C4D'],
    ['7–1A2B 3C4D 5E', '7-1A2B3C4D5E'],
    ['7-ABCDEFGHIJKL', '7-ABCDEFGHIJKL'],
  ])('%j becomes %j', (typed, kept) => {
    expect(parseIdentifier('msxOpportunityId', typed)).toEqual({ value: kept });
  });

  test.each(['', '7-', '7-1234567', '7-1234567890123', '8-1A2B3C4D5E', '71A2B3C4D5E', '7-1A2B3C4D_E', '7--1A2B3C4D'])(
    '%j is none',
    (typed) => {
      expect(parseIdentifier('msxOpportunityId', typed)).toEqual({ fault: { code: 'msx.invalid' } });
    },
  );
});

const label = fc.stringMatching(/^[A-Za-z0-9äöüßéØжд界-]{1,12}$/);
const typedDomain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.'));
const likely = {
  domain: typedDomain,
  tenantId: fc.uuid(),
  tpid: fc.integer().map(String),
  azureSubscriptionId: fc.uuid(),
  msxOpportunityId: fc.stringMatching(/^7-[0-9A-Za-z]{7,13}$/),
};

test.each(IDENTIFIER_TYPES)('R6: a %s that is accepted parses to itself, so one name is never kept twice', (type) => {
  let accepted = 0;
  fc.assert(
    fc.property(fc.oneof(likely[type], fc.string({ unit: 'binary' })), (typed) => {
      const parsed = parseIdentifier(type, typed);
      if ('fault' in parsed) return;
      accepted += 1;
      expect(parseIdentifier(type, parsed.value)).toEqual(parsed);
      expect(parseIdentifier(type, `  ${typed}\t`)).toEqual(parsed);
    }),
    { numRuns: 500 },
  );
  expect(accepted).toBeGreaterThan(20);
});

describe('R10, R11: the names that are tried for a host', () => {
  test.each([
    ['contoso.com', ['contoso.com']],
    ['mail.contoso.com', ['mail.contoso.com', 'contoso.com']],
    ['a.b.contoso.co.uk', ['a.b.contoso.co.uk', 'contoso.co.uk']],
    ['contoso.co.uk', ['contoso.co.uk']],
    ['contoso.onmicrosoft.com', ['contoso.onmicrosoft.com']],
    ['contoso.mail.onmicrosoft.com', ['contoso.mail.onmicrosoft.com']],
  ])('%s: %j', (host, names) => {
    expect(domainsToTry(host)).toEqual(names);
  });
});
