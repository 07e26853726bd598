// Certificates: what a PEM text says, whether it fits, and issuing a CA and leaves. Node's own X509Certificate reads them; issuing runs in a
// child process (see issuer.ts), because the libraries that can do it are asynchronous and a construct is not.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { runIssuer } from './issuer';
import { CertificateRequest } from './store';

const DAY = 24 * 60 * 60 * 1000;
/** Days that a CA is good for. It outlives its leaves, so that what trusts it need not be touched when a leaf is renewed. */
const AUTHORITY_DAYS = 3650;
const BLOCK = /-----BEGIN ([A-Z ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----\n?/g;

/** A certificate and its private key, PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Reads a certificate and its key from one text. Throws when it holds something else. */
export function readPair(text: string): KeyPair {
  const problem = certificateProblem(text);
  if (problem) throw new Error(problem);
  const [certificate, privateKey] = text.match(BLOCK) as [string, string];
  return { certificate, privateKey };
}

/** The text that {@link readPair} reads. */
export function writePair({ certificate, privateKey }: KeyPair): string {
  return `${certificate.trim()}\n${privateKey.trim()}\n`;
}

/** What is wrong with a text that should hold a certificate and its key. */
export function certificateProblem(text: string): string | undefined {
  const [certificate, privateKey, ...more] = text.match(BLOCK) ?? [];
  if (!certificate || !privateKey || more.length > 0) return 'is not a certificate and its key in PEM';
  return pairProblem(certificate, privateKey);
}

/** Why a certificate and a key, both PEM, don't go together. */
export function pairProblem(certificate: string, privateKey: string): string | undefined {
  const parsed = readCertificate(certificate);
  if (!parsed) return 'is not a certificate in PEM';
  try {
    return parsed.checkPrivateKey(createPrivateKey(privateKey)) ? undefined : 'does not belong to the private key';
  } catch {
    return 'comes with a private key that is not PEM';
  }
}

/** A certificate from PEM, or undefined. */
export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Is a host name or an address among a certificate's names? */
export function covers(certificate: X509Certificate, host: string): boolean {
  return certificate.checkHost(host) !== undefined || certificate.checkIP(host) !== undefined;
}

/** May a stored leaf go on serving: right names, key, lifetime and CA, and more than a third of its life left? */
export function fitsRequest(pair: KeyPair, request: CertificateRequest, ca: KeyPair): boolean {
  const leaf = new X509Certificate(pair.certificate);
  const names = (leaf.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  const lifetime = Math.round((Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY);
  return (
    names.join() === request.hosts.join() &&
    lifetime === request.days &&
    keyTypeOf(leaf) === request.keyType &&
    daysLeft(leaf) > request.days / 3 &&
    leaf.verify(new X509Certificate(ca.certificate).publicKey)
  );
}

/** Will a CA still be good when a leaf issued now ends? */
export function outlives(ca: KeyPair, days: number): boolean {
  return daysLeft(new X509Certificate(ca.certificate)) > days;
}

/** A new CA, with a key of the requested type. */
export function issueAuthority({ keyType }: CertificateRequest): KeyPair {
  return runIssuer({ keyType, days: AUTHORITY_DAYS, hosts: [] });
}

/** A new server certificate under a CA. */
export function issueLeaf({ keyType, days, hosts }: CertificateRequest, ca: KeyPair): KeyPair {
  return runIssuer({ keyType, days, hosts, ca });
}

function daysLeft(certificate: X509Certificate): number {
  return (Date.parse(certificate.validTo) - Date.now()) / DAY;
}

function keyTypeOf(certificate: X509Certificate): string {
  return certificate.publicKey.asymmetricKeyType === 'rsa' ? 'RSA_4096' : 'EC_P256';
}
