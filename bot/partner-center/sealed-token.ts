import { createHash, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { z } from 'zod';

/** Another client secret is another key: what was sealed under the old one then opens no more. */
const keyFrom = (clientSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', clientSecret, '', 'claimdesk: partner center refresh token', 32));

/** What a token is sealed for: the client's secret, and the configured token that it descends from. */
type SealedFor = { readonly clientSecret: string; readonly configured: string };

const contentSchema = z.object({ token: z.string().min(1), of: z.string() });
const nameOf = (configured: string): string => createHash('sha256').update(configured).digest('hex');

/** A token as the database may hold it: whoever reads it there still cannot sign in with it. */
export const sealToken = (token: string, { clientSecret, configured }: SealedFor): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ token, of: nameOf(configured) })))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyFrom(clientSecret));

/** The token, or null: sealed under another secret, or not at all, or a descendant of another configured token. */
export const unsealToken = async (sealed: string, { clientSecret, configured }: SealedFor): Promise<string | null> => {
  try {
    const { plaintext } = await compactDecrypt(sealed, keyFrom(clientSecret), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const { token, of } = contentSchema.parse(JSON.parse(new TextDecoder().decode(plaintext)));
    return of === nameOf(configured) ? token : null;
  } catch {
    return null;
  }
};
