import type { PlaygroundPage } from './playground.ts';

const ENGAGEMENTS = 'Eligible: your location and this customer qualify';

/** *Add customer* in the open chat, about Fabrikam and one engagement, with Anna as the contact: the claim's number. */
export const addFabrikam = async (chat: PlaygroundPage, name: string, engagement: string): Promise<string> => {
  const see = (text: string) => chat.lastCard().getByText(text).first().waitFor();
  await chat.say('add customer');
  await see('What do you want to call it?');
  await chat.fill('Friendly name', name);
  await chat.press('Next');
  await see('Which of your locations runs it?');
  await chat.choose('Location', 'Northbridge Amsterdam · 90000101 · Netherlands');
  await chat.press('Next');
  await see('Who is the customer?');
  await chat.choose('Kind of identifier', 'Domain name');
  await chat.fill('Identifier', 'fabrikam.example');
  await chat.press('Next');
  await see('Which engagements?');
  await chat.check(ENGAGEMENTS, [engagement]);
  await chat.press('Next');
  await see('Who are the contacts?');
  await chat.fill('Name of the contact', 'Anna de Vries');
  await chat.fill('E-mail of the contact', 'anna@fabrikam.example');
  await chat.press('Next');
  await see('Is everything right?');
  await chat.press('Confirm');
  await see('One claim was made');
  return /Claim (\d{7})/.exec((await chat.lastCard().textContent()) ?? '')?.[1] ?? '';
};
