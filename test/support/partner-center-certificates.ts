import { generateKeyPairSync, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';

/** Certificates made while the tests run: just enough DER to write them down. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const octets = (content: Uint8Array): Buffer => der(0x04, content);
const bits = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
const yes = Buffer.from([0x01, 0x01, 0xff]);
const nothing = Buffer.from([0x05, 0x00]);

const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const arcs = [first * 40 + second, ...rest].flatMap((arc) => {
    const septets = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) septets.unshift((left & 0x7f) | 0x80);
    return septets;
  });
  return der(0x06, Buffer.from(arcs));
};

const time = (at: Date): Buffer => der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));
const attribute = (type: string, text: string) => der(0x31, sequence(oid(type), der(0x0c, Buffer.from(text))));
const name = (organisation: string, common: string): Buffer =>
  sequence(attribute('2.5.4.10', organisation), attribute('2.5.4.3', common));

const SIGNED_WITH = {
  sha256: sequence(oid('1.2.840.113549.1.1.11'), nothing),
  sha1: sequence(oid('1.2.840.113549.1.1.5'), nothing),
} as const;

export type Made = { readonly certificate: X509Certificate; readonly key: KeyObject; readonly subject: Buffer };

export type Wish = {
  readonly organisation?: string;
  readonly common?: string;
  readonly from?: Date;
  readonly until?: Date;
  readonly ca?: boolean;
  /** Extended key usages; server authentication unless said otherwise. */
  readonly purposes?: readonly string[];
  /** Where the issuer's certificate is said to be. */
  readonly issuerAt?: string;
  readonly hash?: 'sha256' | 'sha1';
};

const DAY_MS = 24 * 60 * 60_000;

/** A certificate with a key of its own, issued by another, or by itself. */
export const issue = (wish: Wish, now: Date, issuer?: Made): Made => {
  const { organisation = 'Microsoft Corporation', common = 'pcnotifications-dispatch.microsoft.com' } = wish;
  const { ca = false, purposes = ['1.3.6.1.5.5.7.3.1'], hash = 'sha256' } = wish;
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const subject = name(organisation, common);
  const extension = (id: string, content: Buffer, critical = false) =>
    sequence(oid(id), ...(critical ? [yes] : []), octets(content));
  const extensions = sequence(
    extension('2.5.29.19', sequence(...(ca ? [yes] : [])), true),
    ...(ca || purposes.length === 0 ? [] : [extension('2.5.29.37', sequence(...purposes.map(oid)))]),
    ...(wish.issuerAt === undefined
      ? []
      : [
          extension(
            '1.3.6.1.5.5.7.1.1',
            sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), der(0x86, Buffer.from(wish.issuerAt)))),
          ),
        ]),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    SIGNED_WITH[hash],
    issuer?.subject ?? subject,
    sequence(
      time(wish.from ?? new Date(now.getTime() - 30 * DAY_MS)),
      time(wish.until ?? new Date(now.getTime() + 365 * DAY_MS)),
    ),
    subject,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  );
  const signature = sign(hash, body, issuer?.key ?? keys.privateKey);
  const certificate = new X509Certificate(sequence(body, SIGNED_WITH[hash], bits(signature)));
  return { certificate, key: keys.privateKey, subject };
};
