import { verify, type X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../domain/ports.ts';
import type { CertificateFault, CheckCertificate } from './certificates.ts';

/** Null: Partner Center signed it. */
export type CheckSignature = (
  headers: IncomingHttpHeaders,
  body: Buffer,
) => Promise<CertificateFault | 'unsigned' | 'algorithm' | 'wrong signature' | null>;

/** SHA-1 is in Microsoft's own example; it is not taken. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512',
};

const KEPT_FOR_MS = 60 * 60_000;
/** A certificate that is renewed at its old address; not oftener, so that nobody can have it fetched at will. */
const LOOK_AGAIN_AFTER_MS = 60_000;
const MOST_KEPT = 8;

const said = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** From Authorization, or from x-ms-signature where that was asked for at registration; the scheme is the same. */
const signatureIn = (headers: IncomingHttpHeaders): Buffer | null => {
  for (const name of ['authorization', 'x-ms-signature']) {
    const [, base64] = /^signature +([A-Za-z0-9+/]{40,1400}={0,2})$/i.exec(said(headers, name)) ?? [];
    if (base64 !== undefined) return Buffer.from(base64, 'base64');
  }
  return null;
};

type Kept = { readonly at: number; readonly certificate: ReturnType<CheckCertificate> };

export const signatureChecker = (check: CheckCertificate, clock: Clock): CheckSignature => {
  const kept = new Map<string, Kept>();

  const certificateAt = (address: string, mostMs: number): Kept => {
    const now = clock.now().getTime();
    const known = kept.get(address);
    if (known !== undefined && now - known.at < mostMs) return known;
    kept.delete(address);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const fresh = { at: now, certificate: check(address) };
    kept.set(address, fresh);
    // What was not believed is looked at again the next time.
    fresh.certificate.then((certificate) => {
      if ('fault' in certificate && kept.get(address) === fresh) kept.delete(address);
    });
    return fresh;
  };

  return async (headers, body) => {
    const signature = signatureIn(headers);
    const address = said(headers, 'x-ms-certificate-url');
    if (signature === null || address === '') return 'unsigned';
    const name = said(headers, 'x-ms-signature-algorithm').toLowerCase();
    const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
    if (algorithm === undefined) return 'algorithm';

    const signed = ({ publicKey }: X509Certificate): boolean =>
      publicKey.asymmetricKeyType === 'rsa' && verify(algorithm, body, publicKey, signature);
    const first = certificateAt(address, KEPT_FOR_MS);
    const certificate = await first.certificate;
    if ('fault' in certificate) return certificate.fault;
    const expired = new Date(certificate.validTo) <= clock.now();
    if (!expired && signed(certificate)) return null;

    const again = certificateAt(address, LOOK_AGAIN_AFTER_MS);
    if (again === first) return expired ? 'expired' : 'wrong signature';
    const renewed = await again.certificate;
    if ('fault' in renewed) return renewed.fault;
    return signed(renewed) ? null : 'wrong signature';
  };
};
