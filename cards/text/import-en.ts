import type { Fault, FileFault } from '../../domain/imports/faults.ts';
import type { ImportKind } from '../../domain/imports/import.ts';
import type { By } from './en.ts';
import { spelling } from './spelling.ts';

const { number, anyOf, allOf } = spelling('en-GB');

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`);

const faults: By<Fault> = {
  'text.missing': () => 'is missing.',
  'text.tooLong': (f) => `has ${number(f.typed)} characters; at most ${number(f.most)} are kept.`,
  'choice.invalid': (f) => `must be ${anyOf(f.allowed)}.`,
  'number.invalid': () => 'must be a whole number, 0 or more, in digits alone.',
  'flag.invalid': () => 'must be yes or no.',
  'country.invalid': () => 'must be a country in two letters, such as NL.',
  'date.invalid': () => 'must be a day such as 2026-11-23.',
  'json.invalid': () => 'must be JSON.',
  'partnerId.invalid': () => 'must be a PartnerID of 5 to 8 digits.',
  'value.invalid': () => 'is not a value that fits here.',
  'cell.nested': () => 'must be one value, not a structure.',
  'domain.url': (f) =>
    `is a web address; a domain name alone is needed${f.suggestion === null ? '' : `: ${f.suggestion}`}.`,
  'domain.email': (f) =>
    `is an e-mail address; a domain name alone is needed${f.suggestion === null ? '' : `: ${f.suggestion}`}.`,
  'domain.invalid': () => 'is not a domain name such as fabrikam.example.',
  'domain.isGuid': () => 'is an ID, not a domain name: check identifierType.',
  'domain.isNumber': () => 'is a number, not a domain name: check identifierType.',
  'domain.publicMail': () => "is a mail provider's domain, which anyone can have an address at.",
  'domain.sharedParent': () => 'is shared by everyone: the whole name is needed, such as fabrikam.onmicrosoft.com.',
  'domain.facts': () =>
    'must be empty: a domain is judged by the facts of its tenant, so put them on the tenantId row.',
  'guid.invalid': () => 'is not an ID of 32 hexadecimal digits.',
  'tenantId.consumer': () => 'is the tenant of personal Microsoft accounts, which is no company.',
  'tpid.invalid': () => 'must be a TPID of 3 to 12 digits that does not begin with 0.',
  'tpid.negative': () => 'is negative: such customers have no account team and no TPID.',
  'msx.invalid': () => 'must be an MSX opportunity ID such as 7-1A2B3C4D5E.',
  'msx.elsewhere': () => 'cannot be imported here: MSX opportunity IDs come in a file of opportunities.',
  'money.invalid': () => 'must be an amount in US dollars, such as 25000 or 25,000.00.',
  'money.notPositive': () => 'must not be negative.',
  'money.tooLarge': () => 'is more than any deal.',
  'engagement.identifierTypes': () =>
    'do not fit the payment: variable payment takes msxOpportunityId alone, fixed payment never takes it.',
  'engagement.payment': () => 'does not fit: fixed payment has rates, variable payment has variable terms.',
  'engagement.evidence': () => 'names two items alike: each needs a key of its own.',
  'engagement.hours': () => 'does not fit: the least hours are more than the most.',
  'engagement.dates': () => 'must not lie before effectiveFrom.',
  'engagement.window': () => 'must be a number of days from 1 to 3,650.',
  'key.twice': () => 'stands there twice: which one counts?',
  'key.unknown': () => 'is not known here: check its spelling.',
  duplicate: (f) => `stands on line ${number(f.line)} already.`,
  'name.differs': (f) => `is “${f.other}” on line ${number(f.line)}, for the same one: spell it alike.`,
  'customer.two': (f) =>
    f.customer === f.other
      ? `belongs to another customer called “${f.customer}” than line ${number(f.line)} does: one customer cannot be both.`
      : `belongs to “${f.customer}”, but line ${number(f.line)} makes it “${f.other}”: one customer cannot be both.`,
  'customer.known': () =>
    'is the name of a customer that is kept: say which one is meant in customerIdentifier, such as tpid:1234567.',
  'version.old': (f) => `is lower than version ${number(f.newest)}, which is kept: give it a higher number.`,
  'payment.changed': () => 'is not how the version before is paid. What is paid another way is another engagement.',
  'identifier.unknown': () => 'is not known: import that customer first.',
  'organisation.unknown': () => 'is not an organisation of this deployment: add its tenant to ALLOWED_TENANTS.',
  'location.moved': () => 'is not the one this location belongs to; a location never moves.',
  'version.differs': () => 'exists with another content. Versions never change; give it the next version number.',
  'row.cells': (f) => `The row has ${number(f.found)} cells; the header has ${number(f.needed)}.`,
  'row.notObject': () => 'The element is not an object.',
};

const fileFaults: By<FileFault> = {
  'file.empty': () => 'The file is empty.',
  'file.noRows': () => 'The file has no rows: there is nothing below its header.',
  'file.tooManyRows': (f) => `The file has more than ${number(f.most)} rows. Split it.`,
  'file.workbook': () => 'This is an Excel workbook. Save it as “CSV UTF-8” and send that.',
  'file.tooLarge': () => 'The file is larger than 50 MB. Split it, or import it from the command line.',
  'file.unreachable': () => 'The file could not be fetched. Send it once more.',
  'file.refused': () => 'The file is not where Teams keeps files, so it was not fetched.',
  'encoding.unknown': (f) => `The file is not UTF-8: line ${number(f.line)} holds something else. Save it as UTF-8.`,
  'encoding.utf16': () => 'The file is UTF-16. Save it as UTF-8 (in Excel: “CSV UTF-8”).',
  'kind.unknown': () =>
    'The first line names the columns, and they are of no kind that can be imported. Customers have identifierValue, opportunities msxOpportunityId, locations partnerId, engagements slug.',
  'columns.missing': (f) => `Columns are missing: ${allOf(quoted(f.columns))}.`,
  'columns.unknown': (f) => `Columns are not known: ${allOf(quoted(f.columns))}. Correct or remove them.`,
  'columns.twice': (f) => `Columns stand there twice: ${allOf(quoted(f.columns))}.`,
  'csv.quote': (f) => `A quotation mark in the record on line ${number(f.line)} is out of place, or never closed.`,
  'json.notArray': () => 'The file is JSON, but not a list: it must begin with [ and hold one object per row.',
  'json.truncated': () => 'The JSON ends too early: part of the file is missing.',
  'json.trailing': () => 'Something follows after the end of the JSON list.',
  'json.malformed': (f) => `Element ${number(f.element)} of the list is not JSON.`,
  'json.tooLarge': (f) => `Element ${number(f.element)} of the list is larger than any row can be.`,
};

const kinds: Record<ImportKind, string> = {
  customers: 'Customers',
  opportunities: 'MSX opportunities',
  locations: 'Partner locations',
  engagements: 'Engagement catalogue',
};

/** What an import says, in a chat and on the command line. */
export const importEn = {
  kinds,
  faults,
  fileFaults,
  labels: { kind: 'Holds', added: 'New', changed: 'Changed', same: 'Already so', refused: 'Refused' },
  namesakes: (count: number) =>
    count === 1
      ? 'One new customer has the name of one that is kept already. If they are the same, put a row with an identifier that is known beside it, under the same name.'
      : `${number(count)} new customers have the names of some that are kept already. If they are the same, put a row with an identifier that is known beside each, under the same name.`,
  rows: (count: number) => (count === 1 ? '1 row' : `${number(count)} rows`),
  line: (line: number) => `Line ${number(line)}`,
  how: {
    title: 'Send a file to import it',
    body: 'Attach one CSV or JSON file (UTF-8) to a message here: customers, MSX opportunities, partner locations or engagements. You see first what would change, and nothing changes before you press Apply.',
  },
  reading: {
    title: 'Reading the file',
    body: 'What it would change is shown here in a moment. Nothing is changed by reading.',
  },
  notAdmin: {
    title: 'Files are for program admins',
    body: 'Only a program admin can import a file. Nothing was read. To add a customer of your own, use the form.',
    offer: 'add.start' as const,
  },
  oneAtATime: {
    title: 'One file at a time',
    body: 'Several files came in one message, so none was read. Send each in a message of its own.',
  },
  unreadable: 'The file could not be read',
  dryRun: {
    title: 'What the file would change',
    nothing: 'Nothing was changed yet.',
    same: 'Everything in the file is already so: there is nothing to apply.',
    refused: 'Nothing can be applied until these rows are right: correct them and send the file again.',
    moved: 'The record changed since the file was read, and these rows no longer fit. Nothing was changed.',
    apply: 'Apply',
    discard: 'Discard',
    more: (rows: number) => (rows === 1 ? 'One more row is refused.' : `${number(rows)} more rows are refused.`),
  },
  applied: { title: 'The import was applied', body: 'Every row of the file is in the record.' },
  discarded: { title: 'The file was discarded', body: 'Nothing was changed.' },
  tooLate: 'The import was applied before, so it could not be discarded.',
  gone: {
    title: 'That file is gone',
    body: 'It was discarded, or it waited for more than a day. Nothing was changed; send it again.',
  },
};
