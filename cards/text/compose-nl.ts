import type { ComposeText } from './compose-en.ts';

export const composeNl: ComposeText = {
  shared: {
    customer: 'Klant',
    deadline: (date) => `Uiterlijk ${date}`,
    asOf: (date) => `Zoals het stond op ${date}`,
    openCustomers: 'Klanten openen',
  },
  none: {
    searchClaims: {
      found: 'Niets gevonden bij de claims die u mag zien. Zoek op bedrijf, herkenbare naam of claimnummer.',
      yet: 'Uw vestigingen hebben nog geen claims.',
    },
    searchCustomers: {
      found: 'Niets gevonden bij uw klanten. Zoek op naam, domein of een ander kenmerk.',
      yet: 'Nog geen van uw klanten heeft toestemming gegeven. Wie alleen is toegevoegd, vindt u bij de claims.',
    },
  },
  late: 'Dit duurt langer dan anders. Probeer het zo meteen opnieuw.',
  dialog: {
    close: 'Sluiten',
    again: 'Opnieuw proberen',
    late: {
      title: 'Dit duurt langer dan anders',
      body: 'Het loopt nog, en wat u typte is veilig. Probeer het opnieuw om te zien wat ervan is gekomen; niets gebeurt dubbel.',
    },
  },
  fromMessage: {
    heard: 'Uit het bericht:',
    correct: 'Dit is ingevuld bij de stappen voor klantkenmerk en contactpersonen; daar kunt u het verbeteren.',
    over: (email) => `Opnieuw beginnen vult ${email} uit het bericht in.`,
  },
};
