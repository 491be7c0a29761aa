/** What a look-up of a domain said. `notFound` is not "does not exist": it may be another Microsoft cloud (R10). */
export type TenantAnswer =
  | { readonly kind: 'found'; readonly domain: string; readonly tenantId: string; readonly name: string | null }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unavailable' };
