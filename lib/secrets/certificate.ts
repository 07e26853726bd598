// Reads and validates certificates, with Node's X509Certificate; certificate-authority.ts issues them.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { shortAddress } from '../core/addresses';
import { CertificateRequest } from './store';

/** A day, in milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;
/** Tolerated clock skew: certificates whose validity begins within it count as valid. */
const SKEW = 5 * 60 * 1000;
const BLOCK = /-----BEGIN ([A-Z ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----\n?/g;

/** A certificate and its private key, PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A parsed pair whose key matches. */
export interface ReadPair extends KeyPair {
  readonly parsed: X509Certificate;
}

/** Cache of parsed pairs: reading a key takes 0.4 ms, and a stored one is read three times per synthesis. */
const pairs = new Map<string, ReadPair>();

/** Reads a certificate and its key from one string. Throws an Error that describes other contents. */
export function readPair(text: string): ReadPair {
  const known = pairs.get(text);
  if (known) return known;
  const [certificate, privateKey, ...more] = text.match(BLOCK) ?? [];
  if (!certificate || !privateKey || more.length > 0)
    throw new Error('is not a certificate and its key in PEM');
  const problem = pairProblem(certificate, privateKey);
  if (problem) throw new Error(problem);
  const pair = { certificate, privateKey, parsed: new X509Certificate(certificate) };
  pairs.set(text, pair);
  return pair;
}

/** Reads certificates, each followed by its key. Throws like {@link readPair}. */
export function pairsIn(text: string): ReadPair[] {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) return [readPair(text)];
  const starts = blocks.map((_, index) => index).filter((index) => index % 2 === 0);
  return starts.map((index) => readPair(blocks.slice(index, index + 2).join('')));
}

/** The string that {@link readPair} reads. */
export function writePair({ certificate, privateKey }: KeyPair): string {
  return `${certificate.trim()}\n${privateKey.trim()}\n`;
}

/** Why a PEM certificate and key don't match, or undefined. */
export function pairProblem(certificate: string, privateKey: string): string | undefined {
  const parsed = readCertificate(certificate);
  if (!parsed) return 'is not a certificate in PEM';
  try {
    return parsed.checkPrivateKey(createPrivateKey(privateKey))
      ? undefined
      : 'does not belong to the private key';
  } catch {
    return 'comes with a private key that is not PEM, or is encrypted';
  }
}

/** All readable certificates of a PEM string. */
export function certificatesIn(pem: string): X509Certificate[] {
  return (String(pem).match(BLOCK) ?? []).flatMap((block) => readCertificate(block) ?? []);
}

/** Parses a PEM certificate; undefined if invalid. */
export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/**
 * Whether a certificate covers a host name or an address. The common name does not count: registry clients
 * ignore it.
 */
export function covers(certificate: X509Certificate, host: string): boolean {
  return (
    (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host, { subject: 'never' })) !== undefined
  );
}

/** Whether a CA signed a certificate. */
export function signed(ca: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}

/**
 * Whether a stored leaf can be reused. It needs the right names, key, lifetime and CA, must have begun, and
 * have more than a third of its lifetime left.
 */
export function fitsRequest({ parsed: leaf }: ReadPair, request: CertificateRequest, ca: ReadPair): boolean {
  const names = (leaf.subjectAltName ?? '')
    .split(', ')
    .map((name) => shortAddress(name.replace(/^(DNS|IP Address):/, '')));
  const [begin, end, caEnd] = [leaf.validFrom, leaf.validTo, ca.parsed.validTo].map((date) =>
    Date.parse(date),
  ) as [number, number, number];
  const lifetime = request.days * DAY;
  return (
    names.join() === request.hosts.join() &&
    keyTypeOf(leaf) === request.keyType &&
    hasBegun(leaf) &&
    !hasEnded(leaf) &&
    // No leaf outlives its CA; if the CA's end is the limit, a new leaf would expire just as soon.
    end <= caEnd &&
    Math.abs(end - Math.min(begin + lifetime, caEnd)) < DAY / 2 &&
    (daysLeft(leaf) > request.days / 3 || end > caEnd - DAY / 2) &&
    leaf.verify(ca.parsed.publicKey)
  );
}

/** Whether a certificate's validity has begun. */
export function hasBegun(certificate: X509Certificate): boolean {
  return Date.parse(certificate.validFrom) <= Date.now() + SKEW;
}

/** Whether a certificate has expired. */
export function hasEnded(certificate: X509Certificate): boolean {
  return Date.parse(certificate.validTo) < Date.now();
}

/** A certificate's date as YYYY-MM-DD: 2026-11-26. */
export function dateOf(moment: string | number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

export function daysLeft(certificate: X509Certificate): number {
  return (Date.parse(certificate.validTo) - Date.now()) / DAY;
}

function keyTypeOf(certificate: X509Certificate): string {
  return certificate.publicKey.asymmetricKeyType === 'rsa' ? 'RSA_4096' : 'EC_P256';
}
