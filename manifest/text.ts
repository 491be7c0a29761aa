import type { Language } from '../domain/people/actor.ts';

type CommandText = { readonly title: string; readonly description: string };
type SearchText = CommandText & { readonly find: CommandText };

/** What Teams says of the app before anybody has spoken to it. What can be said to the bot is in `cards/text`. */
type AppText = {
  /** At most 100 characters. */
  readonly fullName: string;
  /** At most 80. */
  readonly inShort: string;
  readonly inFull: readonly string[];
  readonly searchCustomers: SearchText;
  readonly searchClaims: SearchText;
  readonly addCustomer: CommandText;
};

export const APP_TEXT: Record<Language, AppText> = {
  en: {
    fullName: 'Claimdesk for MCI engagements',
    inShort: 'MCI claims, the consent of your customers and every deadline, in one place.',
    inFull: [
      'Microsoft pays partners to run engagements with customers (MCI, Microsoft Commerce Incentives). Every one of them has clocks, and a clock that runs out is final. Claimdesk keeps the record, the clocks and the people together.',
      'Partners add or claim a customer in a guided form, ask that customer for consent by e-mail, hand in the evidence and submit the claim. Program admins review and decide in a channel. Sellers hear of every deal that they could help to win. Reminders come in time, as one list, in your own chat and in the channels that you choose.',
      'To begin, add Claimdesk for yourself and say hello. If you have no role yet, press “Request access”. To have reminders, reviews or deals posted in a channel, add Claimdesk to its team and say “@Claimdesk set up this channel” there.',
      'Claimdesk answers people of the organisations that it serves, and tells each what their role allows. It speaks English and Dutch.',
      'Claimdesk is not a Microsoft product, and it submits no claims to Microsoft: what Microsoft asks you to do in Partner Center is still done there.',
    ],
    searchCustomers: {
      title: 'Customers',
      description: 'Find a customer and what can be done next',
      find: { title: 'Customer', description: 'The name, or a part of it' },
    },
    searchClaims: {
      title: 'Claims',
      description: 'Find a claim, where it stands and its next deadline',
      find: { title: 'Claim', description: 'The number, or the name of the customer' },
    },
    addCustomer: { title: 'Add customer', description: 'Nominate a new customer for one or more engagements' },
  },
  nl: {
    fullName: 'Claimdesk voor MCI-trajecten',
    inShort: 'MCI-claims, de toestemming van uw klanten en elke deadline, op één plek.',
    inFull: [
      'Microsoft betaalt partners voor trajecten met klanten (MCI, Microsoft Commerce Incentives). Bij elk traject lopen klokken, en wat verlopen is, is voorbij. Claimdesk houdt de gegevens, de klokken en de mensen bij elkaar.',
      'Partners voegen een klant toe of claimen er een in een formulier dat stap voor stap gaat, vragen die klant per e-mail om toestemming, leveren het bewijs aan en dienen de claim in. Programmabeheerders beoordelen en beslissen in een kanaal. Verkopers horen van elke deal die zij kunnen helpen winnen. Herinneringen komen op tijd, als één lijst, in uw eigen chat en in de kanalen die u kiest.',
      'Om te beginnen voegt u Claimdesk voor uzelf toe en zegt u hallo. Hebt u nog geen rol, kies dan “Toegang aanvragen”. Wilt u herinneringen, beoordelingen of deals in een kanaal, voeg Claimdesk dan toe aan het team en zeg daar “@Claimdesk kanaal instellen”.',
      'Claimdesk antwoordt mensen van de organisaties waarvoor het er is, en vertelt ieder wat bij hun rol hoort. Het spreekt Nederlands en Engels.',
      'Claimdesk is geen product van Microsoft en dient geen claims in bij Microsoft: wat Microsoft u in Partner Center laat doen, doet u nog steeds daar.',
    ],
    searchCustomers: {
      title: 'Klanten',
      description: 'Vind een klant en wat er nu kan',
      find: { title: 'Klant', description: 'De naam, of een deel ervan' },
    },
    searchClaims: {
      title: 'Claims',
      description: 'Vind een claim, hoe het ermee staat en de eerstvolgende deadline',
      find: { title: 'Claim', description: 'Het nummer, of de naam van de klant' },
    },
    addCustomer: { title: 'Klant toevoegen', description: 'Een nieuwe klant voordragen voor een of meer trajecten' },
  },
};
