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
const MINUTE_MS = 60_000;
/** A certificate may be renewed at its old address. Not oftener: anybody can send what it did not sign. */
const LOOK_AGAIN_AFTER_MS = MINUTE_MS;
const MOST_KEPT = 8;
/**
 * Anybody can name addresses at Microsoft's hosts, too, before anything has proved who they are. So many are looked at at
 * a time, and so many in a minute of those at which no certificate is kept; for the rest Partner Center tries again.
 */
const MOST_UNDER_WAY = 4;
const MOST_NEW_IN_A_MINUTE = 20;

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

/** A certificate is a file: what else an address may say would only make one file out to be many. */
const fileAt = (address: string): string => {
  const url = URL.parse(address);
  return url === null ? address : `${url.origin}${url.pathname}`;
};

type Kept = { readonly at: number; readonly certificate: ReturnType<CheckCertificate> };

export const signatureChecker = (check: CheckCertificate, clock: Clock): CheckSignature => {
  const kept = new Map<string, Kept>();
  let underWay = 0;
  /** When the new ones of the last minute were looked at. */
  let begun: readonly number[] = [];

  const mayLook = (isNew: boolean, now: number): boolean => {
    if (underWay >= MOST_UNDER_WAY) return false;
    if (!isNew) return true;
    begun = begun.filter((at) => now - at < MINUTE_MS);
    if (begun.length >= MOST_NEW_IN_A_MINUTE) return false;
    begun = [...begun, now];
    return true;
  };

  const look = async (address: string): ReturnType<CheckCertificate> => {
    underWay += 1;
    try {
      return await check(address);
    } finally {
      underWay -= 1;
    }
  };

  const certificateAt = (address: string, mostMs: number): Kept => {
    const now = clock.now().getTime();
    const known = kept.get(address);
    if (known !== undefined && now - known.at < mostMs) return known;
    // What is kept stays: it is looked at again another time.
    if (!mayLook(known === undefined, now)) return { at: now, certificate: Promise.resolve({ fault: 'unreachable' }) };
    kept.delete(address);
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const fresh = { at: now, certificate: look(address) };
    kept.set(address, fresh);
    // What was not believed is looked at again the next time.
    fresh.certificate.then((certificate) => {
      if ('fault' in certificate && kept.get(address) === fresh) kept.delete(address);
    });
    return fresh;
  };

  return async (headers, body) => {
    const signature = signatureIn(headers);
    const address = fileAt(said(headers, 'x-ms-certificate-url'));
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
