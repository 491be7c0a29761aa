import { emailDomain, parseContacts } from '../claims/contacts.ts';
import type { Identifier } from '../customers/identifier.ts';
import type { Ports } from '../ports.ts';
import { requiredLine } from '../typed.ts';
import type { Inputs, StepResult } from './draft.ts';

export const MOST_REASON = 500;

type Agreement = 'agrees' | 'differs' | 'notKnown';

/** R11: only a tenant id that was given is compared; a domain or another id has nothing to disagree with. */
const agreementOf = async (ports: Ports, chosen: Identifier | undefined, domain: string): Promise<Agreement> => {
  if (chosen?.type !== 'tenantId') return 'agrees';
  const tenant = await ports.resolveTenant(domain);
  // A look-up that failed proves nothing either way: the reason is asked for all the same.
  if (tenant.kind === 'unavailable') return 'notKnown';
  return tenant.kind === 'found' && tenant.tenantId === chosen.value ? 'agrees' : 'differs';
};

/** Both contacts, checked; and, where a given tenant and the customer's e-mail domain disagree, why (R9, R11). */
export const contactsStep = async (
  ports: Ports,
  chosen: Identifier | undefined,
  inputs: Inputs,
): Promise<StepResult> => {
  const parsed = parseContacts(inputs);
  if ('faults' in parsed) return { faults: parsed.faults };
  const { customer, partner } = parsed.contacts;
  const domain = emailDomain(customer.email);
  const agreement = await agreementOf(ports, chosen, domain);
  if (agreement === 'agrees') return { answers: { customer, partner, mismatchReason: null } };
  const reason = requiredLine(inputs.mismatchReason ?? '', MOST_REASON);
  if ('value' in reason) return { answers: { customer, partner, mismatchReason: reason.value } };
  const code = agreement === 'differs' ? 'mismatch.reasonMissing' : 'mismatch.notKnown';
  const fault = reason.fault.code === 'text.missing' ? ({ code, emailDomain: domain } as const) : reason.fault;
  return { faults: [{ field: 'mismatchReason', fault }] };
};
