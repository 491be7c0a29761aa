/** R34: contacts in a channel are masked: enough to compare, not enough to write to. `Anna de Vries` → `A. d. V.` */
export const maskedName = (name: string): string =>
  name
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => `${[...part][0]}.`)
    .join(' ');

/** `anna@fabrikam.example` → `a…@fabrikam.example`: whose domain it is matters to who compares it with the tenant. */
export const maskedEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  return `${[...email][0] ?? ''}…${email.slice(at)}`;
};
