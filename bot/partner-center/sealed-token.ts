import { hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** Another client secret is another key: what was sealed under the old one then opens no more. */
const keyFrom = (clientSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', clientSecret, '', 'claimdesk: partner center refresh token', 32));

/** A token as the database may hold it: whoever reads it there still cannot sign in with it. */
export const sealToken = (token: string, clientSecret: string): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode(token))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyFrom(clientSecret));

/** The token, or null: sealed under another secret, or not at all. */
export const unsealToken = async (sealed: string, clientSecret: string): Promise<string | null> => {
  try {
    const { plaintext } = await compactDecrypt(sealed, keyFrom(clientSecret), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    return null;
  }
};
