import type { Slice } from '../paging.ts';
import { type Actor, claimScope } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { oneLine } from '../typed.ts';
import type { MetCustomer } from './customer-store.ts';

/**
 * Customers by name that the organisation knows (R19) and that a claim names which the person may see (R2): those that
 * `find` names by name or identifier; empty: all.
 */
export const findCustomers = (ports: Ports, actor: Actor, find: string, page: Slice): Promise<readonly MetCustomer[]> =>
  ports.reads.customers.listMet(claimScope(actor), oneLine(find), page);
