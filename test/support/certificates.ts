// Makes certificates with the names and dates that a test needs, in this process and within milliseconds.
import { createPublicKey, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate and its key, PEM. */
export interface Pem {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface Wanted {
  /** Names for the subjectAltName extension; none leaves the extension out. */
  readonly hosts?: readonly string[];
  readonly commonName?: string;
  readonly from?: Date;
  readonly to?: Date;
  /** Who signs; without one the certificate signs itself. */
  readonly ca?: Pem;
  /** Whether it says that it may sign others, as programs in Go expect of a CA. */
  readonly signs?: boolean;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;

x509.cryptoProvider.set(webcrypto);

/** The moment that is some days from now; negative ones are in the past. */
export function inDays(days: number): Date {
  return new Date(Date.now() + days * DAY);
}

export async function issue({
  hosts = [],
  commonName = 'registry',
  from = inDays(-1),
  to = inDays(100),
  ca,
  signs = false,
}: Wanted = {}): Promise<Pem> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority = ca && new x509.X509Certificate(ca.certificate);
  const subject = `CN=${commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
    subject,
    issuer: authority?.subject ?? subject,
    notBefore: from,
    notAfter: to,
    publicKey: keys.publicKey,
    signingKey: ca ? await importKey(ca.privateKey) : keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      ...(hosts.length === 0
        ? []
        : [new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: typeOf(value), value })))]),
      ...(signs ? [new x509.BasicConstraintsExtension(true)] : []),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, privateKey: pemOf(keys.privateKey) };
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** A certificate of a given RSA or P-256 key, by itself. */
export async function certificateOf(privateKey: KeyObject): Promise<string> {
  const { subtle } = webcrypto;
  const algorithm = privateKey.asymmetricKeyType === 'rsa' ? RSA : ALGORITHM;
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
  const keys = {
    publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
    privateKey: await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
  };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=token service',
    notBefore: inDays(-1),
    notAfter: inDays(100),
    signingAlgorithm: algorithm,
    keys,
  });
  return `${certificate.toString('pem')}\n`;
}

function typeOf(host: string): 'ip' | 'dns' {
  return /^[\d.]+$/.test(host) ? 'ip' : 'dns';
}

function pemOf(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }) as string;
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign']);
}
