import type { ConsentText } from './consent-en.ts';

export const consentNl: ConsentText = {
  locale: 'nl-NL',
  moment: (day, time) => `${day} om ${time} uur (UTC)`,

  statement: {
    title: (partner) => `${partner} vraagt om uw toestemming`,
    yourCompany: 'uw bedrijf',

    who: 'Wie dit vraagt',
    asks: (partner, location, company, engagement) =>
      `${partner} (vestiging: ${location}) vraagt ${company} om mee te doen aan het traject ‘${engagement}’.`,

    meaning: 'Wat meedoen betekent',
    choice: (partner, company) =>
      `Geeft u namens ${company} toestemming, dan mag ${partner} dit traject starten. Geeft u die niet, dan gaat het ` +
      'traject niet door. De keuze is aan u.',

    cost: 'Wie betaalt',
    noCost: (partner) =>
      'Uw toestemming kost u niets en is geen bestelling. ' +
      `Microsoft kan ${partner} een vergoeding betalen voor het uitvoeren van dit traject.`,
    otherWork: (partner) =>
      `Wil ${partner} u iets in rekening brengen, dan is daarvoor een aparte overeenkomst met u nodig.`,

    sharing: 'Wat er wordt gedeeld, en met wie',
    shares: (partner) =>
      `Geeft u toestemming, dan mag ${partner} het volgende bewaren en delen met Microsoft, ` +
      'voor het programma dat partners vergoedingen betaalt:',
    shared: (partner) => [
      'contactgegevens: naam, e-mailadres, bedrijf en land;',
      'de claim: dat u aan dit traject meedoet, wanneer u toestemming gaf, wat er is gedaan en hoe het is afgelopen;',
      `een schatting door ${partner} van de omzet die eruit kan voortkomen.`,
    ],
    sellers:
      'U kiest daarnaast of ook verkopers van Microsoft dit mogen zien, en of zij er contact met u over mogen opnemen. ' +
      'Meedoen kan zonder allebei. Wat eenmaal aan Microsoft is getoond, kan niet worden teruggenomen.',
    kept: (partner) =>
      'Of u nu wel of geen toestemming geeft: uw antwoord wordt als bewijs bewaard, met de naam die u invult, ' +
      `het tijdstip en een vingerafdruk (hash) van deze tekst. ${partner} ziet uw antwoord en, als u die geeft, uw reden.`,

    until: 'Tot wanneer',
    deadline: (moment) => `U kunt antwoorden tot ${moment}. Daarna vervalt dit verzoek en werkt de link niet meer.`,

    questions: 'Vragen',
    askThem: (partner, claim) => `Neem contact op met ${partner} en noem daarbij kenmerk ${claim}.`,
    contact: (name, email, phone) => [`Naam: ${name}`, `E-mail: ${email}`, `Telefoon: ${phone}`],

    notMicrosoft: 'Geen bericht van Microsoft',
    sender: (partner) =>
      `${partner} doet dit verzoek via Claimdesk. Het komt niet van Microsoft: ` +
      'de e-mail en de pagina waar die naar verwijst, zijn niet van Microsoft.',
  },

  mail: {
    subject: (partner, engagement) => `${partner} vraagt om uw toestemming: ${engagement}`,
    preheader: (moment) => `Lees wat het inhoudt. U kunt antwoorden tot ${moment}.`,
    greeting: (name) => `Beste ${name},`,
    invitation: (partner, engagement) =>
      `${partner} vraagt uw antwoord over het traject ‘${engagement}’. ` +
      'Hieronder staat het hele verzoek. Antwoorden doet u op de pagina die erbij hoort.',
    timing: (moment) => `Met het openen van die pagina beslist u nog niets. U kunt antwoorden tot ${moment}.`,
    open: 'Lezen en antwoorden',
    personal: 'De link is alleen voor u: wie hem heeft, kan dit verzoek openen. Geef hem dus niet door.',
    reminder: {
      subject: (partner, engagement) => `Herinnering: ${partner} vraagt om uw toestemming: ${engagement}`,
      preheader: (moment) => `Er is nog geen antwoord van u. U kunt antwoorden tot ${moment}.`,
      invitation: (partner, engagement, day) =>
        `Dit is een herinnering. Op ${day} vroeg ${partner} uw antwoord over het traject ‘${engagement}’, ` +
        'en dat is er nog niet. Hieronder staat het hele verzoek. Antwoorden doet u op de pagina die erbij hoort.',
      day: (day) => `${day} (UTC)`,
      last: 'Zodra u hebt geantwoord, krijgt u geen herinneringen meer.',
    },
    unexpected: 'Had u dit niet verwacht? Dan hoeft u niets te doen: zonder uw antwoord gaat er niets door.',
  },

  page: {
    otherLanguage: 'English',
    kind: 'Verzoek om toestemming',
    errorTitle: 'Fout:',
    faultsTitle: 'Uw antwoord is nog niet verstuurd',
    errorPrefix: 'Fout:',
    faults: {
      'choice.missing': () => 'Kies of u wel of geen toestemming geeft.',
      'name.missing': () => 'Vul uw naam in.',
      'name.other': (partner) =>
        'Dit is niet de naam van degene aan wie dit is gevraagd. ' +
        `Vul uw eigen naam in, of vraag ${partner} om het verzoek naar u te sturen.`,
      'text.changed': () => 'Het verzoek is gewijzigd terwijl u het las. Lees het nog eens voordat u antwoordt.',
      'reason.tooLong': (_, most) => `Kort uw reden in tot hooguit ${most} tekens.`,
    },
    answer: 'Uw antwoord',
    choose: 'Geeft u toestemming?',
    accept: 'Ja, ik geef toestemming',
    acceptHint: 'Het traject mag beginnen.',
    decline: 'Nee, ik geef geen toestemming',
    declineHint: 'Het traject gaat niet door.',
    sellers: 'Verkopers van Microsoft (niet verplicht)',
    sellersHint: 'Uw keuze hier verandert niets aan het traject.',
    mayShare: 'Zij mogen dit zien',
    mayShareHint: 'Uw contactgegevens, het traject en de schatting worden aan verkopers van Microsoft getoond.',
    mayContact: 'Zij mogen contact met mij opnemen',
    mayContactHint: 'Een verkoper van Microsoft mag u er dan over bellen of schrijven.',
    reason: 'Waarom geeft u geen toestemming? (niet verplicht)',
    reasonHint: (partner, most) => `${partner} krijgt dit te lezen. Hooguit ${most} tekens.`,
    name: 'Uw naam',
    nameHint: 'Vul uw eigen naam in, zoals die in de e-mail staat.',
    send: 'Antwoord versturen',
    final: 'U kunt één keer antwoorden. Zodra u uw antwoord verstuurt, staat het vast.',
  },

  thanks: {
    accepted: 'Dank u wel: u hebt toestemming gegeven',
    declined: 'U hebt geen toestemming gegeven',
    acceptedText: (partner, engagement) =>
      `Uw toestemming voor het traject ‘${engagement}’ is vastgelegd en ${partner} heeft bericht gekregen. ` +
      `${partner} neemt contact met u op over het vervolg.`,
    declinedText: (partner, engagement) =>
      `Uw antwoord is vastgelegd en ${partner} heeft bericht gekregen. Het traject ‘${engagement}’ gaat niet door. ` +
      'U hoeft verder niets te doen.',
    mayShare: 'U vond het ook goed dat verkopers van Microsoft dit zien.',
    mayContact: 'U vond het ook goed dat verkopers van Microsoft contact met u opnemen.',
    changed: 'Een vraag, of van gedachten veranderd?',
    close: 'U kunt deze pagina nu sluiten. De link uit de e-mail werkt niet meer.',
  },

  failed: {
    title: 'Er ging bij ons iets mis',
    text: 'Er is niets vastgelegd. Ga terug en probeer het over een paar minuten opnieuw.',
  },

  dead: {
    title: 'Deze link kan niet worden gebruikt',
    text:
      'Misschien is hij al gebruikt, vervangen door een nieuwere e-mail, ingetrokken of verlopen, of was het nooit een ' +
      'geldige link. Voor uw veiligheid zegt deze pagina niet welk van deze het is.',
    todo: 'Wat u kunt doen',
    steps: [
      'Hebt u zojuist uw antwoord verstuurd? Misschien is het al aangekomen: de partner kan u dat vertellen.',
      'Kijk of u een nieuwere e-mail over hetzelfde verzoek hebt en gebruik de link daaruit.',
      'Controleer of de link niet is afgebroken: kopieer hem helemaal uit de e-mail.',
      'Vraag het anders aan de partner die u de e-mail stuurde. Die weet hoe het staat en kan een nieuwe link sturen.',
    ],
  },
};
