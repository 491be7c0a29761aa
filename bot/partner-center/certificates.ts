import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { Clock } from '../../domain/ports.ts';
import { hear } from './http.ts';

/** Why a certificate is not believed; `unreachable`: it could not be looked at. */
export type CertificateFault =
  | 'elsewhere'
  | 'unreachable'
  | 'unreadable'
  | 'expired'
  | 'unknown issuer'
  | 'not Microsoft Corporation'
  | 'made for something else'
  | 'weak';

export type CertificateHosts = {
  /** Where the signing certificate may be fetched, over https: names, or suffixes that begin with a dot. */
  readonly signing: readonly string[];
  /** Where those of its issuers may be, over http as well: each proves itself by its signature. */
  readonly issuers: readonly string[];
  /** Hosts, with port, that count besides, whatever their protocol. */
  readonly others: readonly string[];
};

/** Partner Center's own example keeps the certificate in a storage account: that one, not everybody's. */
export const MICROSOFT_HOSTS: CertificateHosts = {
  signing: ['3psostorageacct.blob.core.windows.net', '.microsoft.com'],
  issuers: ['.microsoft.com', '.digicert.com'],
  others: [],
};

const MOST_BYTES = 128 * 1024;
/** From the signing certificate to its root; Microsoft's have two or three in between. */
const LONGEST_CHAIN = 6;
const ORGANISATION = 'Microsoft Corporation';
/** To prove oneself as a server or a client, or for anything. */
const PURPOSES = new Set(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.5.29.37.0']);

const listed = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((one) => (one.startsWith('.') ? host.endsWith(one) : host === one));

/** A header names the address, so anybody does: nothing but Microsoft's own hosts is ever asked. */
export const mayFetch = (address: string, what: 'signing' | 'issuers', hosts: CertificateHosts): boolean => {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (hosts.others.includes(url.host)) return /^https?:$/.test(url.protocol);
  const protocol = what === 'signing' ? /^https:$/ : /^https?:$/;
  return protocol.test(url.protocol) && url.port === '' && listed(url.hostname, hosts[what]);
};

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** One certificate in DER, or any number in PEM, the signing one first. */
const certificatesIn = (bytes: Buffer): readonly X509Certificate[] => {
  const pems = bytes.toString('latin1').match(PEM);
  return (pems ?? [bytes]).slice(0, LONGEST_CHAIN).map((one) => new X509Certificate(one));
};

const valid = ({ validFrom, validTo }: X509Certificate, now: Date): boolean =>
  new Date(validFrom) <= now && now < new Date(validTo);

const organisationOf = ({ subject }: X509Certificate): string | undefined =>
  subject
    .split('\n')
    .find((line) => line.startsWith('O='))
    ?.slice('O='.length);

/** Not told by every Node; the signatures themselves are checked in any case. */
const weak = ({ signatureAlgorithm }: X509Certificate): boolean => /sha1|md5|md2/i.test(signatureAlgorithm ?? '');

const issuedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean => {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
};

const faultOfSigner = (signer: X509Certificate): CertificateFault | null => {
  if (organisationOf(signer) !== ORGANISATION) return 'not Microsoft Corporation';
  // `keyUsage` is Node's name for the extended one.
  const purposes = signer.keyUsage as readonly string[] | undefined;
  if (signer.ca || (purposes !== undefined && !purposes.some((one) => PURPOSES.has(one)))) {
    return 'made for something else';
  }
  return null;
};

let trusted: readonly X509Certificate[] | null = null;
const trustedRoots = (): readonly X509Certificate[] => {
  trusted ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return trusted;
};

export type CheckCertificate = (address: string) => Promise<X509Certificate | { readonly fault: CertificateFault }>;

type Certificates = {
  readonly clock: Clock;
  readonly hosts?: CertificateHosts;
  /** Left out: those that Node trusts. */
  readonly roots?: readonly X509Certificate[];
  readonly timeoutMs?: number;
};

/** The certificate at an address, if it is Microsoft's by an unbroken chain to a trusted root, now. */
export const certificateChecker = ({
  clock,
  hosts = MICROSOFT_HOSTS,
  roots,
  timeoutMs = 5_000,
}: Certificates): CheckCertificate => {
  const load = async (
    address: string,
    what: 'signing' | 'issuers',
  ): Promise<readonly X509Certificate[] | { readonly fault: CertificateFault }> => {
    if (!mayFetch(address, what, hosts)) return { fault: 'elsewhere' };
    const heard = await hear(address, {}, { timeoutMs, mostBytes: MOST_BYTES });
    if (heard.kind === 'lost' || heard.status !== 200) return { fault: 'unreachable' };
    try {
      return certificatesIn(heard.body);
    } catch {
      return { fault: 'unreadable' };
    }
  };

  /** Where a certificate says that its issuer's is to be had. */
  const issuersOf = async ({ infoAccess }: X509Certificate): Promise<readonly X509Certificate[]> => {
    const address = /^CA Issuers - URI:"?([^"\s]+)/m.exec(infoAccess ?? '')?.[1];
    const found = address === undefined ? [] : await load(address, 'issuers');
    return 'fault' in found ? [] : found;
  };

  const faultOfChain = async (bundle: readonly X509Certificate[]): Promise<CertificateFault | null> => {
    const now = clock.now();
    let [certificate] = bundle;
    for (let length = 1; certificate !== undefined && length < LONGEST_CHAIN; length += 1) {
      if (!valid(certificate, now)) return 'expired';
      if (weak(certificate)) return 'weak';
      const current = certificate;
      const root = (roots ?? trustedRoots()).find((one) => issuedBy(current, one));
      if (root !== undefined) return valid(root, now) ? null : 'expired';
      const isIssuer = (one: X509Certificate) =>
        one.fingerprint256 !== current.fingerprint256 && issuedBy(current, one);
      certificate = bundle.find(isIssuer) ?? (await issuersOf(current)).find(isIssuer);
    }
    return 'unknown issuer';
  };

  return async (address) => {
    const bundle = await load(address, 'signing');
    if ('fault' in bundle) return bundle;
    const [signer] = bundle;
    if (signer === undefined) return { fault: 'unreadable' };
    const fault = faultOfSigner(signer) ?? (await faultOfChain(bundle));
    return fault === null ? signer : { fault };
  };
};
