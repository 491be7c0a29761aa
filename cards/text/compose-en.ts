/** What is said where one writes a message: shared claims and customers, links, and forms in a dialog. */
export const composeEn = {
  shared: {
    customer: 'Customer',
    deadline: (date: string) => `Deadline ${date}`,
    asOf: (date: string) => `As it stood on ${date}`,
    openCustomers: 'Open customers',
  },
  /** Nothing was found, or there is nothing yet. */
  none: {
    searchClaims: {
      found: 'Nothing found among the claims that you may see. Look for a company, a friendly name or a claim number.',
      yet: 'There are no claims yet at your locations.',
    },
    searchCustomers: {
      found: 'Nothing found among your customers. Look for a name, a domain or another identifier.',
      yet: 'None of your customers has consented yet. One that was only added is found among the claims.',
    },
  },
  late: 'This takes longer than usual. Try again in a moment.',
  dialog: {
    close: 'Close',
    again: 'Try again',
    late: {
      title: 'This takes longer than usual',
      body: 'It is still going on, and what you typed is safe. Try again shows what came of it; nothing is done twice.',
    },
  },
  fromMessage: {
    heard: 'From the message:',
    correct: 'This is filled in on the steps for identifier and contacts, where you can correct it.',
    over: (email: string) => `Start over fills in ${email} from the message.`,
  },
};

/** The same, however many literals it is made of. */
export type ComposeText = typeof composeEn;
