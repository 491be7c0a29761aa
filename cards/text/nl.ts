import type { SeenFact } from '../../domain/engagements/eligibility.ts';
import type { Criterion, Segment } from '../../domain/engagements/engagement.ts';
import { accessNl } from './access-nl.ts';
import { coSellNl } from './co-sell-nl.ts';
import { composeNl } from './compose-nl.ts';
import { customerRemindersNl } from './customer-reminders-nl.ts';
import { customersNl } from './customers-nl.ts';
import { say, type Text } from './en.ts';
import { exportsNl } from './exports-nl.ts';
import { importNl } from './import-nl.ts';
import { remindersNl } from './reminders-nl.ts';
import { reviewNl } from './review-nl.ts';
import { designation, spelling } from './spelling.ts';
import { tabNl } from './tab-nl.ts';

const { number, day, country, anyOf, allOf, capital } = spelling('nl-NL');

const identifierTypes: Text['identifierTypes'] = {
  domain: 'Domeinnaam',
  tenantId: 'Tenant-id',
  tpid: 'TPID',
  azureSubscriptionId: 'Azure-abonnements-id',
  msxOpportunityId: 'MSX-opportunity-id',
};

const facts: Text['facts'] = {
  country: 'land',
  seats: 'betaalde licenties',
  monthlyActiveUsers: 'maandelijks actieve gebruikers',
  azureMonthlySpendUsd: 'Azure-uitgaven per maand (USD)',
  servers: 'servers',
  segment: 'segment',
  microsoftManaged: 'beheerd door een accountteam van Microsoft',
};

const segments: Record<Segment, string> = {
  enterprise: 'grootbedrijf',
  smb: 'mkb',
  government: 'overheid',
  education: 'onderwijs',
};

const claims = (count: number) => (count === 1 ? '1 claim' : `${number(count)} claims`);

const needed = (criterion: Criterion): string => {
  if ('oneOf' in criterion) return anyOf(criterion.oneOf.map((segment) => segments[segment]));
  if ('is' in criterion) return criterion.is ? 'ja' : 'nee';
  const { atLeast, atMost } = criterion;
  if (atLeast !== undefined && atMost !== undefined) return `${number(atLeast)} tot en met ${number(atMost)}`;
  return atLeast !== undefined ? `minstens ${number(atLeast)}` : `hoogstens ${number(atMost ?? 0)}`;
};

const seen = (value: SeenFact): string => {
  if (typeof value === 'number') return number(value);
  return typeof value === 'boolean' ? (value ? 'ja' : 'nee') : segments[value];
};

const statuses: Text['statuses'] = {
  CUSTOMER_CLAIMED: 'Toestemming nog niet gevraagd',
  AWAITING_CONSENT: 'Wacht op toestemming',
  CONSENT_RECEIVED: 'Toestemming gekregen',
  SUBMITTED: 'Ingediend',
  UNDER_REVIEW: 'In beoordeling',
  ACTION_REQUIRED: 'Actie nodig',
  REJECTED: 'Afgewezen',
  DISPUTED: 'Betwist',
  APPROVED: 'Goedgekeurd',
  CONSENT_DECLINED: 'Toestemming geweigerd',
  CONSENT_EXPIRED: 'Toestemmingstermijn verlopen',
  NOT_SUBMITTED_EXPIRED: 'Verlopen vóór indiening',
  POST_SUBMISSION_EXPIRED: 'Verlopen na indiening',
  DISPUTE_EXPIRED: 'Betwisting verlopen',
  CANCELED: 'Geannuleerd',
  REJECTED_FINAL: 'Definitief afgewezen',
};

const ended = 'U hoeft niets meer te doen: deze claim is afgesloten.';
const endedAgain = 'Deze claim is definitief afgesloten. Begin opnieuw met een nieuwe als de klant nog wil meedoen.';

const enrolments: Text['enrolments'] = {
  invited: 'uitgenodigd, nog niet ingeschreven',
  enrolling: 'bezig met inschrijven',
  actionRequired: 'inschrijving vraagt actie',
  validating: 'inschrijving wordt gecontroleerd',
  enrolled: 'ingeschreven',
  inactive: 'niet actief',
};

const solutionAreas: Text['solutionAreas'] = {
  modernWork: 'Modern Work',
  security: 'Security',
  azure: 'Azure',
  businessApplications: 'Business Applications',
};

const reasons: Text['reasons'] = {
  locationNotEnrolled: () => 'De vestiging is niet ingeschreven voor MCI.',
  designationMissing: (r) =>
    `De vestiging moet een van deze partneraanduidingen hebben: ${anyOf(r.needed.map(designation))}. Nu heeft de vestiging: ${allOf(r.held.map(designation)) || 'geen'}.`,
  partnerLimit: (r) =>
    `Uw organisatie heeft ${claims(r.open)} open voor dit traject; toegestaan: ${number(r.allowed)}.`,
  nominationClosed: (r) => `Nieuwe claims waren mogelijk tot en met ${day(r.lastDay)}.`,
  identifierNotAccepted: (r) =>
    `Dit soort kenmerk (${identifierTypes[r.given]}) kan voor dit traject niet. Gebruik: ${anyOf(r.accepted.map((type) => identifierTypes[type]))}.`,
  countryNotCovered: (r) =>
    `Dit traject wordt niet aangeboden in het land van de klant (${country(r.country)}), wel in: ${allOf(r.covered.map(country))}.`,
  noRateInMarket: (r) =>
    `Er is geen tarief voor markt ${r.market}, waar het land van de klant (${country(r.country)}) onder valt.`,
  criterion: (r) => `${capital(facts[r.criterion.fact])}: ${seen(r.seen)}; nodig: ${needed(r.criterion)}.`,
  ownOpenClaim: (r) => `Uw organisatie heeft claim ${r.number} hiervoor al openstaan.`,
  activeLimit: (r) => `De klant heeft voor dit traject al ${claims(r.active)} lopen; toegestaan: ${number(r.allowed)}.`,
  totalLimit: (r) =>
    `De klant heeft voor dit traject al ${claims(r.total)} gehad; in totaal toegestaan: ${number(r.allowed)}.`,
  heldByAnotherPartner: () => 'Voor dit traject heeft een andere partner deze klant al.',
};

const faults: Text['faults'] = {
  'text.missing': () => 'Vul dit in.',
  'text.tooLong': (f) => `Gebruik hoogstens ${number(f.most)} tekens; dit zijn er ${number(f.typed)}.`,
  'choice.missing': () => 'Kies er een uit de lijst.',
  'email.invalid': () => 'Vul één e-mailadres in, zoals anna@fabrikam.example.',
  'phone.invalid': () => 'Vul een telefoonnummer in met cijfers, spaties, + ( ) . en -, zoals +31 20 555 0100.',
  'location.notAllowed': () => 'U hebt geen incentivesrol voor die vestiging. Kies er een uit de lijst.',
  'location.notEnrolled': () => 'Die vestiging is niet ingeschreven voor MCI. Kies een vestiging die dat wel is.',
  'domain.url': (f) =>
    f.suggestion === null
      ? 'Dat is een webadres. Vul alleen de domeinnaam in, zoals fabrikam.example.'
      : `Dat is een webadres. Vul alleen de domeinnaam in: ${f.suggestion}`,
  'domain.email': (f) =>
    f.suggestion === null
      ? 'Dat is een e-mailadres. Vul alleen de domeinnaam in, zoals fabrikam.example.'
      : `Dat is een e-mailadres. Vul alleen de domeinnaam in: ${f.suggestion}`,
  'domain.invalid': () => 'Dat is geen domeinnaam. Schrijf die als fabrikam.example.',
  'domain.isGuid': () => 'Dat is een id, geen domeinnaam. Kies hierboven “Tenant-id” of “Azure-abonnements-id”.',
  'domain.isNumber': () => 'Dat is een nummer, geen domeinnaam. Is het een TPID, kies dan hierboven “TPID”.',
  'domain.publicMail': () =>
    'Bij die e-mailaanbieder kan iedereen een adres hebben. Vul het eigen domein van de klant in.',
  'domain.sharedParent': () =>
    'Iedereen deelt onmicrosoft.com. Vul de volledige naam in, zoals fabrikam.onmicrosoft.com.',
  'domain.notFound': () =>
    'Bij dit domein is geen Microsoft-tenant gevonden. Controleer de spelling of vul hieronder de tenant-id in: misschien zit de klant in een andere Microsoft-cloud.',
  'domain.lookUpFailed': () =>
    'Het opzoeken van dit domein is niet gelukt. Probeer het zo dadelijk opnieuw of vul hieronder de tenant-id in.',
  'guid.invalid': () =>
    'Dat is geen geldige id. Een id heeft 32 hexadecimale tekens, zoals 01234567-89ab-cdef-0123-456789abcdef.',
  'tenantId.consumer': () =>
    'Dat is de tenant van persoonlijke Microsoft-accounts. Vraag de klant naar de tenant van het bedrijf.',
  'tpid.invalid': () => 'Een TPID is een getal van 3 tot en met 12 cijfers dat niet met 0 begint.',
  'tpid.negative': () =>
    'Negatieve getallen staan voor klanten zonder accountteam van Microsoft. Gebruik een ander soort kenmerk.',
  'msx.invalid': () => 'Een MSX-opportunity-id is 7- en dan 8 tot 12 letters en cijfers, zoals 7-1A2B3C4D5E.',
  'hours.notWhole': () => 'Vul een heel aantal uren in, zoals 40.',
  'hours.outside': (f) => `Dit traject betaalt ${number(f.least)} tot en met ${number(f.most)} uur.`,
  'location.notEligible': (f) =>
    ['Die vestiging kan voor dit traject niet claimen.', ...f.reasons.map((reason) => say(reasons, reason))].join(' '),
  'customer.changed': () =>
    'Wat er van de klant bekend is, is veranderd sinds u de trajecten koos, en daarmee het klantkenmerk of het bedrag. Druk op “Trajecten wijzigen” en kijk ze na.',
  'engagement.newVersion': (f) =>
    `De voorwaarden van ${f.engagement.nl} zijn veranderd sinds u het koos. Druk op “Trajecten wijzigen” en kies het opnieuw.`,
  'customer.notKnown': () =>
    'Uw organisatie kent deze klant niet van een eerdere toestemming. Kies er een uit de lijst of voeg de klant toe.',
  'opportunity.unknown': () =>
    'Er is geen opportunity met deze id geïmporteerd. Controleer de spelling of vraag een programmabeheerder om die te importeren.',
  'opportunity.closed': (f) =>
    `Deze opportunity is gesloten (${f.state === 'won' ? 'gewonnen' : 'verloren'}). Alleen een open opportunity kunt u voordragen.`,
  'opportunity.used': (f) =>
    f.number === null
      ? 'Een andere claim gebruikt deze opportunity al.'
      : `Uw claim ${f.number} gebruikt deze opportunity al.`,
  'opportunity.noValue': () =>
    'De waarde van deze opportunity is niet bekend, dus er valt geen uitbetaling te berekenen. Vraag een programmabeheerder om die te importeren.',
  'opportunity.zero': () =>
    'Deze opportunity heeft een waarde van 0, dus de uitbetaling zou 0 zijn. Vraag de verkoper van Microsoft om eerst de waarde in te vullen.',
  'opportunity.changed': () =>
    'De opportunity heeft nu een andere waarde dan toen u die koos. Druk op “Klant wijzigen” en ga vandaar verder.',
  'payout.missing': (f) =>
    `Er valt geen uitbetaling te berekenen. Ontbreekt: ${allOf(f.missing.map((input) => customersNl.payout.inputs[input]))}.`,
  'engagement.onlyOne': () => 'Kies één traject: variabele betaling claimt u per traject.',
  'engagement.none': () => 'Kies minstens één traject uit de lijst met mogelijke trajecten.',
  'engagement.notEligible': (f) =>
    [`${f.engagement.nl} kunt u niet meer kiezen.`, ...f.reasons.map((reason) => say(reasons, reason))].join(' '),
  'mismatch.reasonMissing': (f) =>
    `${f.emailDomain} leidt niet naar de tenant die u hebt opgegeven. Verbeter een van beide of leg uit waarom ze verschillen.`,
  'mismatch.notKnown': (f) =>
    `Het opzoeken van ${f.emailDomain} gaf geen antwoord. Het is dus niet bekend of het bij de opgegeven tenant hoort. Probeer het zo opnieuw, of vermeld hoe de twee bij elkaar horen.`,
  'link.invalid': () => 'Dat is geen webadres. Schrijf het voluit, zoals https://fabrikam.example/verslag.',
  'link.notHttps': () =>
    'Alleen links die met https:// beginnen, worden bewaard. Kopieer de link waar het document is gedeeld.',
  'link.password': () => 'In de link staat een naam of een wachtwoord dat iedereen zou zien. Deel het document zelf.',
  'access.held': () => 'U hebt deze rol al.',
  'access.asked': () => 'U hebt al om deze rol gevraagd; er is nog niet over beslist.',
  'day.missing': () => 'Kies een dag.',
  'day.over': () => 'Die dag is voorbij.',
  'day.beforeFirst': () => 'De laatste dag ligt voor de eerste.',
  'day.ahead': () => 'Die dag moet nog komen.',
  'day.farAway': () => 'Kies een dag binnen tien jaar.',
  'countries.unknown': (f) => `‘${f.typed}’ is geen landcode. Gebruik twee letters, zoals NL, BE.`,
  'day.tooFar': (f) => `Een vervanger beoordeelt hooguit ${number(f.most)} dagen.`,
  'time.missing': () => 'Kies een tijd, zoals 09:00.',
  'time.invalid': () => 'Schrijf een tijd als 09:00.',
  'quiet.half': () => 'Vul beide tijden in, of geen van beide.',
  'quiet.allDay': () =>
    'Dan is het de hele dag stil en wordt er nooit iets gezegd. Laat beide leeg voor geen stille uren.',
  'zone.unknown': (f) =>
    f.typed === ''
      ? 'Vul een tijdzone in, zoals Europe/Amsterdam.'
      : 'Die tijdzone bestaat niet. Schrijf er een als Europe/Amsterdam.',
  'location.unknown': (f) => `Er is geen vestiging met PartnerID ${f.typed} voor wie u koos.`,
  'locations.notYours': () => 'Kies alleen vestigingen waarvoor u incentivesbeheerder bent.',
  'engagement.unknown': (f) => `Er is geen traject ${f.typed}.`,
  'rate.none': (f) =>
    `Partner Center heeft deze maand geen koers voor ${f.currency}. Kies een andere valuta of vul Amerikaanse dollars in.`,
  'rate.refused': (f) =>
    `Partner Center geeft Claimdesk hier geen koers voor ${f.currency}. Vul Amerikaanse dollars in.`,
  'rate.unavailable': (f) =>
    `De koers van ${f.currency} was zojuist niet op te vragen. Probeer het later opnieuw of vul Amerikaanse dollars in.`,
  'money.invalid': () => 'Vul een bedrag in cijfers in, zoals 25000, 25.000,00 of 25,000.00.',
  'money.notPositive': () => 'Het bedrag moet meer dan 0 zijn.',
  'money.tooLarge': () => 'Zo groot is geen enkele deal. Vul hele Amerikaanse dollars in cijfers in.',
};

export const nl: Text = {
  language: 'Nederlands',
  identifierTypes,
  facts,
  statuses,
  enrolments,
  solutionAreas,
  reasons,
  faults,
  country,
  missing: (missing) =>
    missing.of === 'location'
      ? 'de partneraanduidingen van de vestiging'
      : missing.of === 'terms'
        ? 'wat dit traject betaalt'
        : `het klantgegeven “${facts[missing.fact]}”`,
  tab: tabNl,
  common: {
    next: 'Volgende',
    back: 'Terug',
    cancel: 'Annuleren',
    openInTab: 'Openen in het tabblad',
    refresh: 'Vernieuwen',
    more: (count) => `En nog ${number(count)}.`,
    step: (at, of) => `Stap ${at} van ${of}`,
    checkFields: (count) =>
      count === 1
        ? 'Eén veld vraagt uw aandacht. Er is niets verloren gegaan.'
        : `${count} velden vragen uw aandacht. Er is niets verloren gegaan.`,
    openClaim: (claim) => `Claim ${claim} openen`,
    days: (left) =>
      left < 0 ? 'voorbij' : left === 0 ? 'vandaag de laatste dag' : left === 1 ? 'nog 1 dag' : `nog ${left} dagen`,
    money: (usd) => `USD\u00a0${usd}`,
    working:
      'Dit duurt langer dan gewoonlijk en is nog bezig. Kijk zo dadelijk opnieuw: druk nog eens op de knop of typ de opdracht.',
    page: (page, pages) => `Pagina ${page} van ${pages}`,
    repeat: 'Mogelijk ziet u dit dubbel: Teams gaf de eerste keer geen antwoord.',
  },
  help: {
    title: 'Wat Claimdesk hier voor u kan doen',
    hello: (name) => `Hallo ${name}`,
    intro: 'Claimdesk houdt uw MCI-claims, de deadlines en de toestemming van uw klanten op één plek bij.',
    unknown: (typed) => ['“', typed, '” ken ik niet.'],
    nearest: (command) => `Bedoelde u “${command}”?`,
    commands: {
      add: { command: 'klant toevoegen', what: 'een nieuwe klant voordragen voor een of meer trajecten' },
      claimCustomer: {
        command: 'klant claimen',
        what: 'een klant voordragen die u kent van een eerdere toestemming',
      },
      customers: {
        command: 'klanten',
        what: 'wie voor een traject in aanmerking komt, wie niet en waarom, en wat is afgerond',
      },
      claims: { command: 'claims', what: 'de claims waaraan u kunt werken, de eerstvolgende deadline bovenaan' },
      claim: { command: 'claim 1000027', what: 'één claim op nummer: gegevens, geschiedenis en wat er nu kan' },
      exports: { command: 'exporteer claims', what: 'uw claims als bestand voor Excel; “exporteer klanten” werkt ook' },
      reviews: { command: 'beoordelingen', what: 'ingediende claims die op een beoordeling wachten' },
      people: { command: 'mensen', what: 'wie welke rol heeft, toegangsverzoeken, een rol afnemen' },
      standIn: { command: 'vervanger', what: 'iemand beoordeelt een tijd in uw plaats' },
      access: { command: 'toegang aanvragen', what: 'om een rol vragen' },
      channel: {
        command: 'kanaal instellen',
        what: 'beoordelingen, toegangsverzoeken, co-selldeals en berichten over claims hier laten plaatsen',
      },
      files: { command: 'importeren', what: 'klanten, opportunities, vestigingen of trajecten uit een bestand' },
      language: { command: 'english', what: 'Claimdesk spreekt Engels met u' },
      help: { command: 'help', what: 'dit overzicht' },
    },
    addButton: tabNl.addCustomer,
    claimsButton: 'Claims bekijken',
    customersButton: 'Klanten',
    languageButton: 'English',
    languageChosen: 'Vanaf nu spreekt Claimdesk Nederlands met u.',
    noRole:
      'U hebt nog geen incentivesrol, dus er is niets om te tonen. Vraag toegang aan: een beheerder beslist en u hoort het hier.',
    accessButton: tabNl.noRole.request,
    reviewsButton: 'Beoordelingen',
    button: 'Hulp',
  },
  refused: {
    notYours: {
      title: 'Dit formulier is niet van u',
      body: 'Alleen wie eraan begonnen is, kan ermee verdergaan.',
      offer: 'add.start',
    },
    staleTyped:
      'Die kaart was van een eerder moment. Wat u hebt getypt, staat hieronder en is nog niet bewaard: kijk het na en druk op Volgende.',
    stale: 'Die kaart was van een eerder moment. Er is niets gewijzigd; zo is de stand nu.',
    noSuchClaim: (claim) => ({
      title: 'Deze claim is er niet',
      body: `Er is geen claim ${claim} die u mag bekijken.`,
      offer: 'claims.list',
    }),
    noRole: { title: tabNl.noRole.title, body: tabNl.noRole.body, offer: 'access.start' },
    malformed: {
      title: 'Die knop werkte niet',
      body: 'De gegevens waren niet die van Claimdesk, dus er is niets gewijzigd. Typ in plaats daarvan wat u wilt doen.',
    },
    failed: (reference) => ({
      title: 'Er ging bij ons iets mis',
      body: `Er is niets verloren gegaan. Probeer het zo opnieuw; blijft het misgaan, geef dan referentie ${reference} door aan uw contactpersoon voor Claimdesk.`,
    }),
    notServed: 'Deze organisatie is niet aangesloten op deze Claimdesk.',
    notKnown: 'Claimdesk kon niet zien wie dit vraagt of waarvandaan. Open de app vanuit Teams en probeer het opnieuw.',
    notSupported: 'Claimdesk kent dit verzoek niet.',
    personalOnly: {
      title: 'Graag in uw persoonlijke chat',
      body: 'Claims en formulieren bevatten gegevens van klanten. Daarom toont Claimdesk ze alleen in uw persoonlijke chat.',
    },
  },
  add: {
    title: 'Klant toevoegen',
    resume: {
      title: 'U hebt nog een formulier openstaan',
      body: 'U was een klant aan het toevoegen en bent nog niet klaar.',
      changed: (date) => `Laatst gewijzigd op ${date}`,
      go: 'Verdergaan',
      over: 'Opnieuw beginnen',
    },
    canceled: {
      title: 'Formulier geannuleerd',
      body: 'Er is niets bewaard.',
      offer: 'add.start',
    },
    name: {
      title: 'Hoe wilt u dit noemen?',
      label: 'Herkenbare naam',
      hint: 'Hieraan herkennen u en uw collega’s de claim. De klant ziet deze naam niet.',
      placeholder: 'Fabrikam, workshop apparaatbeheer, najaar',
      error: 'Geef een naam van 1 tot en met 100 tekens.',
    },
    location: {
      title: 'Welke van uw vestigingen voert het traject uit?',
      label: 'Vestiging',
      placeholder: 'Kies een vestiging',
      hint: 'Deze vestiging krijgt de vergoeding voor het traject. U kunt alleen een ingeschreven vestiging kiezen.',
      error: 'Kies een vestiging.',
      notEnrolled: 'Niet ingeschreven voor MCI, dus niet in de lijst',
      notEligible: 'Komt voor dit traject niet in aanmerking, dus niet in de lijst',
      noneEligible: 'Geen van uw ingeschreven vestigingen kan nu voor dit traject claimen. Hieronder staat waarom.',
      none: 'Geen van de vestigingen waarvoor u een rol hebt, is ingeschreven voor MCI. Vraag een incentivesbeheerder om de inschrijving af te ronden.',
    },
    identifier: {
      title: 'Wie is de klant?',
      type: 'Soort klantkenmerk',
      value: 'Klantkenmerk',
      hint: 'Of de klant in aanmerking komt, wordt voor precies dit kenmerk gecontroleerd; een ander kenmerk van dezelfde klant kan een ander antwoord geven. Zodra u bevestigt, ligt het vast.',
      variable: 'variabele betaling',
      placeholder: 'fabrikam.example, of de id zelf',
      error: 'Vul het kenmerk in.',
      typeError: 'Kies een soort kenmerk.',
      instead: 'Tenant-id (in plaats van het domein)',
    },
    engagements: {
      title: 'Welke trajecten?',
      label: 'Mogelijk: uw vestiging en deze klant komen in aanmerking',
      error: 'Kies minstens één traject.',
      none: 'Met dit kenmerk komen deze vestiging en deze klant voor geen enkel traject in aanmerking. Een ander soort kenmerk kan een ander antwoord geven.',
      noneKnown:
        'Deze vestiging en klant komen voor geen enkel traject in aanmerking. Met een ander kenmerk kan het antwoord anders zijn: voeg de klant daarmee toe.',
      noneMsx: 'Deze vestiging en opportunity komen nu voor geen enkel traject in aanmerking. Hieronder staat waarom.',
      noneYet: 'Er is nog geen traject te kiezen: hieronder staat wat er nog ontbreekt om dat te beoordelen.',
      ineligible: 'Niet mogelijk',
      unknown: 'Nog niet bekend',
      unknownHint:
        'Er ontbreekt iets, dus er is nog geen oordeel. Vraag uw programmabeheerder om het te importeren of probeer een ander kenmerk of een andere vestiging.',
      missing: (what) => `Ontbreekt: ${what}.`,
      rate: (usd, verified) => (verified ? `USD\u00a0${usd}` : `USD\u00a0${usd} (demobedrag)`),
      noRate: 'bedrag nog te bepalen',
      labelOne: 'Mogelijk: kies er één',
      errorOne: 'Kies één traject.',
      byHours: 'betaald per opportunity en uren',
      hours: 'Uren die u gaat werken',
      hoursPlaceholder: '40',
      hoursError: 'Vul een heel aantal uren in.',
      hoursHint: 'De uitbetaling volgt uit de uren en de opportunity. Zodra u bevestigt, liggen de uren vast.',
      opportunity: 'Opportunity',
      whyNone: 'Waarom andere niet mogelijk zijn',
    },
    contacts: {
      title: 'Wie zijn de contactpersonen?',
      customer: 'Bij de klant',
      partner: 'Bij uw organisatie',
      company: 'Bedrijf',
      customerName: 'Naam van de contactpersoon',
      customerEmail: 'E-mailadres van de contactpersoon',
      country: 'Land',
      countryPlaceholder: 'Typ of kies een land',
      countryError: 'Kies een land uit de lijst.',
      language: 'Taal van het toestemmingsverzoek',
      name: 'Naam van uw contactpersoon',
      email: 'E-mailadres van uw contactpersoon',
      phone: 'Telefoonnummer van uw contactpersoon',
      hint: 'De contactpersoon van de klant krijgt per e-mail de vraag om toestemming. Uw contactpersoon staat in die e-mail, voor vragen.',
      mismatch: 'Waarom verschilt het e-maildomein van de tenant?',
      mismatchHint: 'De reden blijft bij de claim staan en is zichtbaar voor wie de claim beoordeelt.',
      fillIn: (label) => `Vul “${label}” in.`,
      changed: 'Als u het adres wijzigt, werkt geen enkele eerder gestuurde link meer.',
    },
    review: {
      title: 'Klopt alles?',
      freezes:
        'Zodra u bevestigt, ligt het klantkenmerk vast en gaat de termijn voor toestemming in. Die loopt vanaf dan, niet vanaf het versturen van de e-mail.',
      freezesHours:
        'Zodra u bevestigt, liggen het klantkenmerk en de uren vast en gaat de termijn voor toestemming in. Die loopt vanaf dan, niet vanaf het versturen van de e-mail.',
      confirm: 'Bevestigen',
      engagements: 'Trajecten',
      change: {
        customer: 'Klant wijzigen',
        name: 'Naam wijzigen',
        location: 'Vestiging wijzigen',
        identifier: 'Klant wijzigen',
        engagements: 'Trajecten wijzigen',
        contacts: 'Contactpersonen wijzigen',
      },
      consentBy: (date) => `toestemming uiterlijk ${date}`,
      mismatch: 'E-maildomein verschilt van de tenant',
      refused: 'Er is niets aangemaakt, omdat er sinds uw keuze iets is veranderd.',
    },
    done: {
      title: (count) => (count === 1 ? 'Er is één claim aangemaakt' : `Er zijn ${count} claims aangemaakt`),
      body: 'Vraag de klant nu om toestemming. Zonder toestemming verloopt een claim op zijn deadline, en dat is definitief.',
      consentBy: (date) => `Toestemming uiterlijk ${date}`,
      send: (claim) => `Verzoek versturen (${claim})`,
    },
    labels: {
      name: 'Herkenbare naam',
      location: 'Vestiging',
      identifier: 'Klantkenmerk',
      opportunity: 'Opportunity',
      hours: 'Uren',
      tenant: 'Tenant',
      customer: 'Klant',
      customerContact: 'Contactpersoon van de klant',
      partnerContact: 'Uw contactpersoon',
    },
  },
  ...customersNl,
  consent: {
    title: 'Toestemmingsverzoek versturen',
    again: 'Toestemmingsverzoek opnieuw versturen',
    canceled: {
      title: 'Er is niets verstuurd',
      body: 'Het formulier is gestopt. Zolang de claim openstaat, loopt de termijn voor toestemming door.',
      offer: 'claims.list',
    },
    dealSize: {
      title: 'Hoe groot is de deal?',
      label: 'Dealomvang in Amerikaanse dollars',
      hint: 'Uw beste schatting van de omzet uit licenties, abonnementen of verbruik in de eerste 12 maanden, zoals Partner Center die bij referrals bedoelt. Het bedrag verandert niets aan wie in aanmerking komt of aan de vergoeding. Zodra u verstuurt, ligt het vast.',
      onlyUsd: 'Alleen Amerikaanse dollars: wisselkoersen zijn hier niet ingesteld.',
      currency: 'Valuta',
      currencyError: 'Kies een valuta.',
      convertLabel: 'Dealomvang',
      converts:
        'Een andere valuta wordt naar Amerikaanse dollars omgerekend met de koers van Partner Center van deze maand.',
      converted: (amount, currency, rate, month) => `${currency} ${amount}, koers ${rate} (${month})`,
      placeholder: '25.000',
      error: 'Vul de dealomvang in.',
      frozenTitle: 'De dealomvang blijft zoals die is',
      frozen: 'Die ligt vast sinds er voor het eerst toestemming is gevraagd.',
    },
    review: {
      title: 'Dit versturen?',
      tells:
        'In de e-mail staat wie u bent, om welk traject het gaat, wat met wie wordt gedeeld en tot wanneer antwoorden kan; en dat Claimdesk de e-mail namens u stuurt, niet Microsoft.',
      read: 'Wat de klant leest',
      freezes: 'Door te versturen legt u de dealomvang vast.',
      disclaimer:
        'Door te versturen verklaart u dat u de gegevens van deze contactpersoon voor dit doel aan Claimdesk mag geven.',
      send: 'Toestemmingsverzoek versturen',
      voids: 'Links in eerdere e-mails werken dan niet meer.',
      deadline: 'Antwoorden kan tot en met',
      to: 'Aan',
      inLanguage: 'Taal',
    },
    sent: 'De e-mail is onderweg. U hoort het meteen als de klant antwoordt.',
    tooLate: 'Daarvoor was het te laat: de claim is intussen veranderd. Er is niets verstuurd.',
  },
  claim: {
    heading: (claim) => `Claim ${claim}`,
    labels: {
      deadline: 'Deadline',
      engagement: 'Traject',
      location: 'Vestiging',
      customer: 'Klant',
      identifier: 'Klantkenmerk',
      tenant: 'Tenant',
      customerContact: 'Contactpersoon van de klant',
      partnerContact: 'Uw contactpersoon',
      dealSize: 'Dealomvang',
      rate: 'Bedrag',
      terms: 'Hoe het bedrag tot stand komt',
      mismatch: 'Waarom het domein verschilt',
      owner: 'Eigenaar',
      rateSource: 'Bron van het bedrag',
      mail: 'Toestemmingsverzoek',
      reason: 'Reden van de klant',
      answeredBy: 'Beantwoord door',
      now: 'Status nu',
    },
    next: {
      CUSTOMER_CLAIMED: 'Vraag de klant om toestemming.',
      AWAITING_CONSENT: 'De klant is aan zet. Verstuur de e-mail opnieuw als een antwoord uitblijft.',
      CONSENT_RECEIVED: 'Voer het traject uit, verzamel het bewijs en dien de claim in.',
      SUBMITTED: 'De beoordelaars beginnen eraan.',
      UNDER_REVIEW: 'De beoordelaars zijn aan zet.',
      ACTION_REQUIRED: 'Vul aan wat de beoordelaars vragen en dien de claim opnieuw in.',
      REJECTED: 'Betwist de afwijzing of laat het erbij.',
      DISPUTED: 'De beoordelaars beslissen over de betwisting. Wijzen zij de claim weer af, dan is dat definitief.',
      APPROVED: 'U hoeft niets meer te doen: deze claim is afgerond.',
      CONSENT_DECLINED: endedAgain,
      CONSENT_EXPIRED: endedAgain,
      NOT_SUBMITTED_EXPIRED: endedAgain,
      POST_SUBMISSION_EXPIRED: endedAgain,
      DISPUTE_EXPIRED: endedAgain,
      CANCELED: ended,
      REJECTED_FINAL: ended,
    },
    nextDispute: 'Vul het bewijs aan waar dat helpt en dien de claim dan in: eerder wordt er niets beoordeeld.',
    details: 'Gegevens',
    earlier: (lines) => `Eerdere geschiedenis (${lines})`,
    mail: {
      waiting: (since) => `wacht sinds ${since} op verzending`,
      mailed: (date) => `verstuurd op ${date}`,
      failed: 'Het toestemmingsverzoek kon niet worden bezorgd: controleer het adres en verstuur het opnieuw.',
    },
    rate: (usd, market, verified) =>
      `USD\u00a0${usd} (${verified ? '' : 'demobedrag; '}markt ${market}; voorlopig, tot de klant toestemming geeft)`,
    final: (usd, market, verified, date) =>
      `USD\u00a0${usd} (${verified ? '' : 'demobedrag; '}definitief; markt ${market}; tarief van ${date})`,
    rateFixed: (usd, market, verified, date) =>
      `USD\u00a0${usd} (${verified ? '' : 'demobedrag; '}markt ${market}; tarief van ${date})`,
    noRate: 'nog te bepalen door het programma',
    rateSource: (source, verifiedOn) =>
      `${source}, ${verifiedOn === null ? 'niet gecontroleerd' : `gecontroleerd op ${day(verifiedOn)}`}. Kijk in de programmagids, na aanmelding, voordat u erop rekent.`,
    send: 'Toestemmingsverzoek versturen',
    resend: 'Verzoek opnieuw versturen',
    cancel: 'Claim annuleren',
    history: 'Geschiedenis',
    historyOf: (claim) => `Geschiedenis van claim ${claim}`,
    wholeHistory: (lines) => `Hele geschiedenis (${number(lines)})`,
    historyLine: {
      added: 'heeft de klant toegevoegd',
      claimed: 'heeft de klant geclaimd',
      sendConsent: 'heeft om toestemming gevraagd',
      resendConsent: 'heeft opnieuw om toestemming gevraagd',
      acceptConsent: 'heeft toestemming gegeven',
      declineConsent: 'heeft geen toestemming gegeven',
      mailed: 'Het toestemmingsverzoek is verstuurd',
      mailFailed: 'Het toestemmingsverzoek kon niet worden verstuurd',
      expireConsent: 'De toestemming is niet op tijd gegeven',
      expireSubmission: 'De claim is niet op tijd ingediend',
      cancel: 'heeft de claim geannuleerd',
      ...reviewNl.historyOfReview,
      snoozed: remindersNl.snooze.history,
      ...customerRemindersNl.history,
    },
    by: (line) => (line.by === 'customer' ? 'De klant' : line.by === 'clock' ? '' : (line.person ?? 'Een collega')),
    cancelAsk: {
      title: (claim) => `Claim ${claim} annuleren?`,
      body: 'Dit is definitief: een geannuleerde claim kan niet opnieuw worden geopend en links die de klant al heeft gekregen, werken dan niet meer.',
      yes: 'De claim annuleren',
      no: 'De claim behouden',
    },
    all: 'Alle claims',
    canceled: 'De claim is geannuleerd.',
    tooLate: 'Iemand anders of een deadline was u voor; er is niets gewijzigd.',
  },
  claims: {
    title: 'Claims van uw vestigingen',
    none: 'Er zijn nog geen claims. Voeg een klant toe om de eerste aan te maken.',
    count: (count) =>
      count === 1
        ? 'Eén claim, de eerstvolgende deadline bovenaan'
        : `${number(count)} claims, de eerstvolgende deadline bovenaan`,
    resend: (claim) => `Opnieuw versturen (${claim})`,
    open: (claim) => `${claim} openen`,
    previous: 'Vorige',
    next: 'Volgende',
  },
  customerReminders: customerRemindersNl,
  ...reviewNl,
  ...coSellNl.cards,
  ...accessNl,
  ...remindersNl,
  exports: exportsNl,
  compose: composeNl,
  imports: importNl,
  notices: {
    consentAccepted: {
      title: 'Toestemming gekregen',
      body: 'De klant doet mee. De termijn voor indiening gaat nu in.',
    },
    consentDeclined: { title: 'Toestemming geweigerd', body: 'De klant wil niet meedoen. De claim is afgesloten.' },
    consentExpired: {
      title: 'Toestemmingstermijn verlopen',
      body: 'De klant heeft niet op tijd toestemming gegeven. De claim is verlopen, en dat is definitief.',
      neverAsked: 'Er is niet op tijd om toestemming gevraagd. De claim is verlopen, en dat is definitief.',
    },
    consentMailRefused: {
      title: 'De e-mail met het toestemmingsverzoek is niet aangenomen',
      body: 'De mailserver van de klant neemt voor dit adres geen e-mail aan. Corrigeer het adres en verstuur opnieuw. De toestemmingstermijn loopt door.',
    },
    consentMailStuck: {
      title: 'Het toestemmingsverzoek kon niet worden verstuurd',
      body: 'De mailserver was uren niet bereikbaar. Meld het uw beheerder en verstuur daarna opnieuw. De toestemmingstermijn loopt door.',
    },
    submissionExpired: {
      title: 'Claim verlopen',
      body: 'De claim is niet op tijd ingediend. De claim is verlopen, en dat is definitief.',
    },
    reviewApproved: {
      title: 'Claim goedgekeurd',
      body: 'De beoordelaars hebben de claim goedgekeurd. Die is afgerond.',
    },
    reviewActionRequired: {
      title: 'Actie nodig',
      body: 'De beoordelaars vragen om een aanvulling. Vul het bewijs aan en dien de claim opnieuw in; uw termijn loopt vanaf nu weer.',
    },
    reviewRejected: {
      title: 'Claim afgewezen',
      body: 'De beoordelaars hebben de claim afgewezen. Dat kunt u één keer betwisten, tot de deadline.',
    },
    reviewRejectedFinally: {
      title: 'Claim definitief afgewezen',
      body: 'De beoordelaars hebben de betwiste claim afgewezen. De claim is afgesloten, en dat is definitief.',
    },
    reviewExpired: {
      title: 'Claim verlopen',
      body: 'Wat de beoordelaars vroegen, is niet op tijd ingediend. De claim is verlopen, en dat is definitief.',
    },
    disputeExpired: {
      title: 'Betwistingstermijn verlopen',
      body: 'De afwijzing is niet op tijd betwist en ingediend. De claim is verlopen, en dat is definitief.',
    },
    ...coSellNl.notices,
  },
};
