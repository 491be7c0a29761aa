import type { Text } from './en.ts';
import { spelling } from './spelling.ts';

const { number, anyOf, allOf } = spelling('nl-NL');

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`);

const faults: Text['imports']['faults'] = {
  'text.missing': () => 'ontbreekt.',
  'text.tooLong': (f) => `telt ${number(f.typed)} tekens; er passen er hoogstens ${number(f.most)}.`,
  'choice.invalid': (f) => `moet ${anyOf(f.allowed)} zijn.`,
  'number.invalid': () => 'moet een geheel getal van 0 of hoger zijn, met alleen cijfers.',
  'flag.invalid': () => 'moet ja of nee zijn.',
  'country.invalid': () => 'moet een land in twee letters zijn, zoals NL.',
  'date.invalid': () => 'moet een datum zijn zoals 2026-11-23.',
  'json.invalid': () => 'moet JSON zijn.',
  'partnerId.invalid': () => 'moet een PartnerID van 5 tot en met 8 cijfers zijn.',
  'value.invalid': () => 'is geen waarde die hier past.',
  'cell.nested': () => 'moet één waarde zijn, geen structuur.',
  'domain.url': (f) =>
    `is een webadres; alleen een domeinnaam is nodig${f.suggestion === null ? '' : `: ${f.suggestion}`}.`,
  'domain.email': (f) =>
    `is een e-mailadres; alleen een domeinnaam is nodig${f.suggestion === null ? '' : `: ${f.suggestion}`}.`,
  'domain.invalid': () => 'is geen domeinnaam zoals fabrikam.example.',
  'domain.isGuid': () => 'is een id en geen domeinnaam: controleer identifierType.',
  'domain.isNumber': () => 'is een getal en geen domeinnaam: controleer identifierType.',
  'domain.publicMail': () => 'is het domein van een mailaanbieder, waar iedereen een adres kan hebben.',
  'domain.sharedParent': () => 'wordt door iedereen gedeeld: de hele naam is nodig, zoals fabrikam.onmicrosoft.com.',
  'domain.facts': () =>
    'moet leeg zijn: voor een domein tellen de gegevens van de tenant, dus zet ze op de regel met de tenantId.',
  'guid.invalid': () => 'is geen id van 32 hexadecimale cijfers.',
  'tenantId.consumer': () => 'is de tenant van persoonlijke Microsoft-accounts, en dus van geen enkel bedrijf.',
  'tpid.invalid': () => 'moet een TPID van 3 tot en met 12 cijfers zijn die niet met 0 begint.',
  'tpid.negative': () => 'is negatief: zulke klanten hebben geen accountteam en geen TPID.',
  'msx.invalid': () => 'moet een MSX-opportunity-id zijn, zoals 7-1A2B3C4D5E.',
  'msx.elsewhere': () =>
    'kan hier niet worden geïmporteerd: MSX-opportunity-id’s staan in een bestand met opportunities.',
  'money.invalid': () => 'moet een bedrag in Amerikaanse dollars zijn, zoals 25000 of 25.000,00.',
  'money.notPositive': () => 'mag niet negatief zijn.',
  'money.tooLarge': () => 'is hoger dan welke deal ook.',
  'engagement.identifierTypes': () =>
    'past niet bij de betaling: bij variabele betaling hoort alleen msxOpportunityId, bij vaste betaling juist nooit.',
  'engagement.payment': () =>
    'klopt niet: vaste betaling heeft tarieven (rates), variabele betaling heeft voorwaarden (variable).',
  'engagement.evidence': () => 'noemt twee onderdelen hetzelfde: elk heeft een eigen sleutel nodig.',
  'engagement.hours': () => 'klopt niet: het minimum aan uren is hoger dan het maximum.',
  'engagement.dates': () => 'mag niet vóór effectiveFrom liggen.',
  'engagement.window': () => 'moet een aantal dagen van 1 tot en met 3.650 zijn.',
  'key.twice': () => 'staat er twee keer: welke telt?',
  'key.unknown': () => 'is hier niet bekend: controleer de spelling.',
  duplicate: (f) => `staat al op regel ${number(f.line)}.`,
  'name.differs': (f) => `is “${f.other}” op regel ${number(f.line)}, voor dezelfde: schrijf het overal gelijk.`,
  'customer.two': (f) =>
    f.customer === f.other
      ? `hoort bij een andere klant met de naam “${f.customer}” dan regel ${number(f.line)}: één klant kan niet allebei zijn.`
      : `hoort bij “${f.customer}”, maar volgens regel ${number(f.line)} is het “${f.other}”: één klant kan niet allebei zijn.`,
  'customer.known': () =>
    'is de naam van een klant die al bekend is: geef in customerIdentifier aan welke bedoeld is, zoals tpid:1234567.',
  'version.old': (f) => `is lager dan versie ${number(f.newest)}, die er al is: geef een hoger nummer.`,
  'payment.changed': () =>
    'is niet hoe de vorige versie wordt betaald. Wat anders wordt betaald, is een ander traject.',
  'identifier.unknown': () => 'is niet bekend: importeer die klant eerst.',
  'organisation.unknown': () => 'is geen organisatie van deze installatie: zet de tenant in ALLOWED_TENANTS.',
  'location.moved': () => 'is niet de organisatie waar deze locatie bij hoort; een locatie verhuist nooit.',
  'version.differs': () =>
    'bestaat al met een andere inhoud. Versies veranderen nooit; geef het volgende versienummer.',
  'row.cells': (f) => `De regel heeft ${number(f.found)} cellen; de kop heeft er ${number(f.needed)}.`,
  'row.notObject': () => 'Het element is geen object.',
};

const fileFaults: Text['imports']['fileFaults'] = {
  'file.empty': () => 'Het bestand is leeg.',
  'file.noRows': () => 'Het bestand bevat geen regels: onder de kopregel staat niets.',
  'file.tooManyRows': (f) => `Het bestand heeft meer dan ${number(f.most)} regels. Splits het.`,
  'file.workbook': () => 'Dit is een Excel-werkmap. Sla het op als “CSV UTF-8” en stuur dat.',
  'file.tooLarge': () => 'Het bestand is groter dan 50 MB. Splits het, of importeer het vanaf de opdrachtregel.',
  'file.unreachable': () => 'Het bestand kon niet worden opgehaald. Stuur het nog een keer.',
  'file.refused': () => 'Het bestand staat niet waar Teams bestanden bewaart en is daarom niet opgehaald.',
  'encoding.unknown': (f) =>
    `Het bestand is geen UTF-8: op regel ${number(f.line)} staat iets anders. Sla het op als UTF-8.`,
  'encoding.utf16': () => 'Het bestand is UTF-16. Sla het op als UTF-8 (in Excel: “CSV UTF-8”).',
  'kind.unknown': () =>
    'De eerste regel noemt de kolommen, en die horen bij niets dat kan worden geïmporteerd. Klanten hebben identifierValue, opportunities msxOpportunityId, vestigingen partnerId, trajecten slug.',
  'columns.missing': (f) => `Er ontbreken kolommen: ${allOf(quoted(f.columns))}.`,
  'columns.unknown': (f) => `Er zijn onbekende kolommen: ${allOf(quoted(f.columns))}. Verbeter of verwijder ze.`,
  'columns.twice': (f) => `Er staan kolommen dubbel in: ${allOf(quoted(f.columns))}.`,
  'csv.quote': (f) =>
    `Op regel ${number(f.line)} staat een aanhalingsteken op de verkeerde plek, of het wordt nergens gesloten.`,
  'json.notArray': () => 'Het bestand is JSON, maar geen lijst: het moet met [ beginnen, met één object per regel.',
  'json.truncated': () => 'De JSON houdt te vroeg op: er ontbreekt een deel van het bestand.',
  'json.trailing': () => 'Na het einde van de JSON-lijst volgt nog iets.',
  'json.malformed': (f) => `Element ${number(f.element)} van de lijst is geen JSON.`,
  'json.tooLarge': (f) => `Element ${number(f.element)} van de lijst is groter dan een regel kan zijn.`,
};

/** Wat een import zegt. */
export const importNl: Text['imports'] = {
  kinds: {
    customers: 'Klanten',
    opportunities: 'MSX-opportunities',
    locations: 'Vestigingen',
    engagements: 'Catalogus van trajecten',
  },
  faults,
  fileFaults,
  labels: { kind: 'Inhoud', added: 'Nieuw', changed: 'Gewijzigd', same: 'Al zo', refused: 'Geweigerd' },
  namesakes: (count) =>
    count === 1
      ? 'Eén nieuwe klant heet net zo als een die al bekend is. Is het dezelfde, zet er dan een regel met een bekend kenmerk bij, onder dezelfde naam.'
      : `${number(count)} nieuwe klanten heten net zo als klanten die al bekend zijn. Zijn het dezelfde, zet er dan een regel met een bekend kenmerk bij, onder dezelfde naam.`,
  rows: (count) => (count === 1 ? '1 regel' : `${number(count)} regels`),
  line: (line) => `Regel ${number(line)}`,
  how: {
    title: 'Stuur een bestand om het te importeren',
    body: 'Voeg hier aan een bericht één CSV- of JSON-bestand (UTF-8) toe: klanten, MSX-opportunities, vestigingen of trajecten. U ziet eerst wat er zou veranderen, en er verandert niets voordat u op Toepassen drukt.',
  },
  reading: {
    title: 'Het bestand wordt gelezen',
    body: 'Zo dadelijk staat hier wat het zou veranderen. Door te lezen verandert er niets.',
  },
  notAdmin: {
    title: 'Bestanden zijn voor programmabeheerders',
    body: 'Alleen een programmabeheerder kan een bestand importeren. Er is niets gelezen. Een eigen klant voegt u toe met het formulier.',
    offer: 'add.start' as const,
  },
  oneAtATime: {
    title: 'Eén bestand tegelijk',
    body: 'Er zaten meer bestanden in één bericht, dus er is niets gelezen. Stuur elk bestand in een eigen bericht.',
  },
  unreadable: 'Het bestand kon niet worden gelezen',
  dryRun: {
    title: 'Wat het bestand zou veranderen',
    nothing: 'Er is nog niets veranderd.',
    same: 'Alles in het bestand is al zo: er valt niets toe te passen.',
    refused: 'Er kan niets worden toegepast zolang deze regels niet kloppen: verbeter ze en stuur het bestand opnieuw.',
    moved: 'Sinds het lezen is er iets gewijzigd, en nu passen deze regels niet meer. Er is niets veranderd.',
    apply: 'Toepassen',
    discard: 'Weggooien',
    more: (rows) => (rows === 1 ? 'Er is nog één geweigerde regel.' : `Er zijn nog ${number(rows)} geweigerde regels.`),
  },
  applied: { title: 'De import is toegepast', body: 'Alle regels van het bestand staan in de administratie.' },
  discarded: { title: 'Het bestand is weggegooid', body: 'Er is niets veranderd.' },
  tooLate: 'De import was al toegepast en kon dus niet meer worden weggegooid.',
  gone: {
    title: 'Dat bestand is er niet meer',
    body: 'Het is weggegooid, of het wachtte langer dan een dag. Er is niets veranderd; stuur het opnieuw.',
  },
};
