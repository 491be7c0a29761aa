import type { AnswerFault } from '../../domain/consent/answer-consent.ts';

const faults: Readonly<Record<AnswerFault, (partner: string, most: number) => string>> = {
  'choice.missing': () => 'Choose whether you accept or decline.',
  'name.missing': () => 'Type your name.',
  'name.other': (partner) =>
    'This is not the name of the person who was asked. ' +
    `Type your own name, or ask ${partner} to send the request to you.`,
  'text.changed': () => 'The request was changed while you read it. Please read it again before you answer.',
  'reason.tooLong': (_, most) => `Shorten your reason to ${most} characters or fewer.`,
};

/** What a customer reads when asked for consent. The statement's sentences count: see MAIL_VERSION. */
export const consentEn = {
  locale: 'en-GB',
  /** The last minute of a day, in UTC: the reader's own zone is not known. */
  moment: (day: string, time: string) => `${day}, ${time} UTC`,

  statement: {
    title: (partner: string) => `${partner} asks for your consent`,
    yourCompany: 'your company',

    who: 'Who is asking',
    asks: (partner: string, location: string, company: string, engagement: string) =>
      `${partner} (location: ${location}) asks ${company} to take part in the engagement “${engagement}”.`,

    meaning: 'What taking part means',
    choice: (partner: string, company: string) =>
      `If you accept for ${company}, ${partner} may start this engagement. If you decline, it does not go ahead. ` +
      'You are free to choose.',

    cost: 'Who pays',
    noCost: (partner: string) =>
      'Your consent costs you nothing and is not an order. ' +
      `Microsoft may pay ${partner} an incentive for carrying out this engagement.`,
    otherWork: (partner: string) =>
      `If ${partner} wants to charge you for anything, that needs a separate agreement with you.`,

    sharing: 'What is shared, and with whom',
    shares: (partner: string) =>
      `If you accept, ${partner} may keep the following and share it with Microsoft, ` +
      'for the programme that pays incentives to partners:',
    shared: (partner: string): readonly string[] => [
      'contact details: name, e-mail address, company and country;',
      'the claim: that you take part in this engagement, when you consented, what was done and how it ended;',
      `an estimate, made by ${partner}, of the business that may follow from it.`,
    ],
    sellers:
      'You choose besides whether Microsoft’s sellers may see this too, and whether they may contact you about it. ' +
      'Neither is needed to take part. Once shown to Microsoft, it cannot be taken back.',
    kept: (partner: string) =>
      'Whether you accept or decline, your answer is kept as evidence, with the name you type, the time and a ' +
      `fingerprint (hash) of this text. ${partner} sees your answer and, if you give one, your reason.`,

    until: 'Until when',
    deadline: (moment: string) =>
      `You can answer until ${moment}. After that, this request lapses and its link stops working.`,

    questions: 'Questions',
    askThem: (partner: string, claim: number) => `Contact ${partner} and mention reference ${claim}.`,
    contact: (name: string, email: string, phone: string): readonly string[] => [
      `Name: ${name}`,
      `E-mail: ${email}`,
      `Phone: ${phone}`,
    ],

    notMicrosoft: 'Not a message from Microsoft',
    sender: (partner: string) =>
      `${partner} makes this request through Claimdesk. It does not come from Microsoft: ` +
      'neither the e-mail nor the page it leads to is Microsoft’s.',
  },

  mail: {
    subject: (partner: string, engagement: string) => `${partner} asks for your consent: ${engagement}`,
    preheader: (moment: string) => `Read what it means, then accept or decline by ${moment}.`,
    greeting: (name: string) => `Dear ${name},`,
    invitation: (partner: string, engagement: string) =>
      `${partner} would like your answer about the engagement “${engagement}”. ` +
      'The whole request is below. To answer it, open its page and choose there.',
    timing: (moment: string) => `Opening the page decides nothing yet. You can answer until ${moment}.`,
    open: 'Read and answer',
    personal: 'The link is meant for you alone: whoever has it can open this request. Please do not pass it on.',
    reminder: {
      subject: (partner: string, engagement: string) => `Reminder: ${partner} asks for your consent: ${engagement}`,
      preheader: (moment: string) => `There is no answer from you yet. You can accept or decline by ${moment}.`,
      invitation: (partner: string, engagement: string, day: string) =>
        `This is a reminder. On ${day} ${partner} asked for your answer about the engagement “${engagement}”, ` +
        'and there is none yet. The whole request is below. To answer it, open its page and choose there.',
      day: (day: string) => `${day} (UTC)`,
      last: 'Once you have answered, you are not reminded any more.',
    },
    unexpected: 'You did not expect this? You need not do anything: without your answer nothing goes ahead.',
  },

  page: {
    otherLanguage: 'Nederlands',
    kind: 'Request for consent',
    errorTitle: 'Error:',
    faultsTitle: 'Your answer has not been sent yet',
    errorPrefix: 'Error:',
    faults,
    answer: 'Your answer',
    choose: 'Do you give your consent?',
    accept: 'I accept',
    acceptHint: 'The engagement may start.',
    decline: 'I decline',
    declineHint: 'The engagement does not go ahead.',
    sellers: 'Microsoft’s sellers (optional)',
    sellersHint: 'Your choice here changes nothing about the engagement.',
    mayShare: 'They may see this',
    mayShareHint: 'Your contact details, the engagement and the estimate are shown to Microsoft’s sellers.',
    mayContact: 'They may contact me',
    mayContactHint: 'A Microsoft seller may call or write to you about it.',
    reason: 'Why do you decline? (optional)',
    reasonHint: (partner: string, most: number) => `${partner} will read this. At most ${most} characters.`,
    name: 'Your name',
    nameHint: 'Type your own name, as it stands in the e-mail.',
    send: 'Send my answer',
    final: 'You can answer once. Your answer is final as soon as you send it.',
  },

  thanks: {
    accepted: 'Thank you: you accepted',
    declined: 'You declined',
    acceptedText: (partner: string, engagement: string) =>
      `Your consent to the engagement “${engagement}” is recorded and ${partner} has been told. ` +
      `${partner} will contact you about the next steps.`,
    declinedText: (partner: string, engagement: string) =>
      `Your answer is recorded and ${partner} has been told. The engagement “${engagement}” does not go ahead. ` +
      'You need not do anything else.',
    mayShare: 'You also agreed that Microsoft’s sellers may see this.',
    mayContact: 'You also agreed that Microsoft’s sellers may contact you.',
    changed: 'A question, or a change of mind?',
    close: 'You can close this page now. The link from the e-mail no longer works.',
  },

  failed: {
    title: 'Something went wrong on our side',
    text: 'Nothing was recorded. Please go back, and try again in a few minutes.',
  },

  dead: {
    title: 'This link can’t be used',
    text:
      'It may have been used already, replaced by a newer e-mail, withdrawn or expired, or it was never a valid link. ' +
      'For your safety this page does not say which.',
    todo: 'What you can do',
    steps: [
      'Have you just sent your answer? It may have arrived already: the partner can tell you.',
      'Look for a newer e-mail about the same request and use the link in it.',
      'Check that the link was not cut off: copy the whole of it from the e-mail.',
      'Otherwise ask the partner who sent you the e-mail. They can tell you how things stand and send a new link.',
    ] as readonly string[],
  },
};

export type ConsentText = typeof consentEn;
