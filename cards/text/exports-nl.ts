import type { ExportsText } from './exports-en.ts';
import { spelling } from './spelling.ts';

const { number } = spelling('nl-NL');

export const exportsNl: ExportsText = {
  title: { claims: 'Uw claims als bestand', customers: 'Uw klanten als bestand' },
  holds: {
    claims:
      'Elke claim die u mag zien, op een eigen regel: status en datums, traject, vestiging, klant, beide contactpersonen en bedragen.',
    customers:
      'Elke klant met een claim die u mag zien: een regel per kenmerk, met de eerste claim, de toestemming en het aantal lopende en beëindigde claims.',
  },
  lines: {
    claims: (count) => (count === 1 ? '1 claim' : `${number(count)} claims`),
    customers: (count) => (count === 1 ? '1 regel' : `${number(count)} regels`),
  },
  labels: { now: 'Nu in het bestand', format: 'Indeling', until: 'Link werkt tot' },
  format: 'CSV (UTF-8, komma’s), voor Excel en andere programma’s',
  care: 'De link is van u: wie hem heeft, krijgt het bestand zonder zich aan te melden. Er staan klantgegevens in, dus bewaar het net zo zorgvuldig als die.',
  formulas: 'Tekst die een spreadsheet voor een formule zou aanzien, heeft een apostrof ervoor.',
  download: 'Downloaden',
  none: {
    claims: {
      title: 'Er is nog niets te exporteren',
      body: 'Uw vestigingen hebben nog geen claims. Voeg een klant toe om de eerste aan te maken.',
      offer: 'add.start',
    },
    customers: {
      title: 'Er is nog niets te exporteren',
      body: 'Uw vestigingen hebben nog geen klanten met een claim. Voeg er een toe om te beginnen.',
      offer: 'add.start',
    },
  },
  page: {
    dead: {
      title: 'Deze downloadlink werkt niet',
      text: 'Een link naar een bestand werkt maar tien minuten. Vraag Claimdesk in uw chat om een nieuwe: typ “exporteer claims” of “exporteer klanten”.',
    },
    failed: {
      title: 'Er ging bij ons iets mis',
      text: 'Het bestand kon niet worden gemaakt. Probeer het over een paar minuten opnieuw.',
    },
  },
};
