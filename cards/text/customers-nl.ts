import type { customersEn } from './customers-en.ts';
import { spelling } from './spelling.ts';
import { tabNl } from './tab-nl.ts';

const { number } = spelling('nl-NL');

export const customersNl: typeof customersEn = {
  picker: {
    find: 'Zoek op naam of nummer',
    search: 'Zoeken',
    instead: 'Liever zoeken',
    nothing: 'Niets gevonden. Probeer het begin van een woord uit de naam.',
    some: 'Er staan er hooguit 15 in de lijst. Zoek om andere te vinden.',
  },
  claimCustomer: {
    title: 'Klant claimen',
    canceled: { title: 'Formulier geannuleerd', body: 'Er is niets bewaard.', offer: 'customers.choose' },
    resume: 'U was een klant aan het claimen en bent nog niet klaar.',
    customer: {
      title: 'Welke klant?',
      label: 'Klant',
      placeholder: 'Kies een klant',
      error: 'Kies een klant.',
      hint: 'Klanten die toestemming gaven voor een eerdere claim van uw organisatie. Ieder ander voegt u toe met een klantkenmerk.',
      none: 'Nog geen klant gaf toestemming voor een claim van uw organisatie. Voeg eerst een klant toe.',
    },
  },
  payout: {
    title: 'Voorgestelde uitbetaling',
    percent: (percent, value) => `${percent}% van de opportunity (${value})`,
    hours: (hours, rate) => `${number(hours)} uur tegen ${rate}`,
    cap: 'Maximum',
    limits: 'het laagste bedrag, dus dit wordt betaald',
    proposed: (market, verified) =>
      `Markt ${market}${verified ? '' : '; demobedragen'}. Voorgesteld tot de klant toestemming geeft: de datum daarvan bepaalt het tarief.`,
    inputs: {
      opportunityValue: 'de waarde van de opportunity',
      hours: 'de uren',
      terms: 'het tarief voor de markt van de klant',
    },
  },
  customers: {
    title: 'Klanten',
    choose: {
      title: 'Klanten van welk traject?',
      label: 'Traject',
      placeholder: 'Kies een traject',
      error: 'Kies een traject.',
      show: 'Toon klanten',
      none: 'Er is nog geen traject. Een programmabeheerder importeert de catalogus.',
    },
    lists: tabNl.lists,
    tab: (name, count) => `${name} (${number(count)})`,
    unknownAmong: (count) =>
      count === 1
        ? 'Van één is het nog niet bekend: er ontbreekt iets om te oordelen.'
        : `Van ${number(count)} is het nog niet bekend: er ontbreekt iets om te oordelen.`,
    find: 'Zoek op klant, claim of klantkenmerk',
    search: 'Zoeken',
    all: 'Toon alles',
    found: (find) => ['Alleen wat past bij “', find, '”.'],
    nothingFound: 'Op deze lijst past niets. Kijk op de andere lijsten of toon alles.',
    noLocation: 'Geen van uw vestigingen kan nu een claim aanmaken voor dit traject:',
    nobodyKnown: 'Nog geen klant gaf toestemming voor een claim van uw organisatie. Voeg de eerste toe.',
    noneEligible:
      'Geen klant die u kent komt nu in aanmerking, en er loopt geen claim. Wie niet in aanmerking komt, staat met de redenen op de volgende lijst. Of voeg een klant toe.',
    noneMsx:
      'Er loopt geen claim. Dit traject wordt per opportunity betaald: voeg een klant toe met een MSX-opportunity-id.',
    noneIneligible: 'Elke klant die u kent komt in aanmerking of heeft een lopende claim.',
    ineligibleMsx:
      'Altijd leeg: dit traject neemt alleen MSX-opportunity-id’s aan, en zonder zo’n id valt over niemand te oordelen. Voeg een klant toe; daar staan dan de redenen.',
    noneCompleted: 'Er is nog geen claim voor dit traject geëindigd.',
    knownAs: (type, value) => [`${type}: `, value],
    since: (date) => `toestemming ${date}`,
    notKnown: 'Nog niet bekend.',
    ended: (date) => `sinds ${date}`,
    claim: (row) => `Klant ${row} claimen`,
    send: (claim) => `Verzoek versturen (${claim})`,
    resend: (claim) => `Opnieuw versturen (${claim})`,
    another: 'Ander traject',
    previous: 'Vorige',
    next: 'Volgende',
  },
  again: {
    button: 'Opnieuw beginnen',
    title: (claim) => `Claim ${claim} opnieuw beginnen?`,
    body: 'De geëindigde claim blijft zoals hij is. Er opent een formulier voor een nieuwe claim, ingevuld met naam, vestiging en contacten. Er wordt niets aangemaakt voordat u daar bevestigt, en de nieuwe termijn voor toestemming loopt vanaf dan.',
    yes: 'Opnieuw beginnen',
    no: 'Laat het zo',
    notNow: 'Deze claim is niet verlopen en de klant heeft niet geweigerd, dus opnieuw beginnen kan niet.',
  },
};
