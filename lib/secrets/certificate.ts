// Certificates: what a PEM text says, and whether it fits. Node's own X509Certificate reads them; issuer.ts makes them.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { shortAddress } from '../core/addresses';
import { CertificateRequest } from './store';

/** A day, in milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;
/** How far clocks may be apart: what begins in so little time has begun. */
const SKEW = 5 * 60 * 1000;
const BLOCK = /-----BEGIN ([A-Z ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----\n?/g;

/** A certificate and its private key, PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A pair that was read and found to go together. */
export interface ReadPair extends KeyPair {
  readonly parsed: X509Certificate;
}

/** Pairs by their text: reading a key takes 0.4 ms, and a stored one is looked at three times in a synth. */
const pairs = new Map<string, ReadPair>();

/** Reads a certificate and its key from one text. Throws an Error that says what else it holds. */
export function readPair(text: string): ReadPair {
  const known = pairs.get(text);
  if (known) return known;
  const [certificate, privateKey, ...more] = text.match(BLOCK) ?? [];
  if (!certificate || !privateKey || more.length > 0) throw new Error('is not a certificate and its key in PEM');
  const problem = pairProblem(certificate, privateKey);
  if (problem) throw new Error(problem);
  const pair = { certificate, privateKey, parsed: new X509Certificate(certificate) };
  pairs.set(text, pair);
  return pair;
}

/** Reads certificates, each with its key behind it. Throws as {@link readPair} does. */
export function pairsIn(text: string): ReadPair[] {
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0) return [readPair(text)];
  const starts = blocks.map((_, index) => index).filter((index) => index % 2 === 0);
  return starts.map((index) => readPair(blocks.slice(index, index + 2).join('')));
}

/** The text that {@link readPair} reads. */
export function writePair({ certificate, privateKey }: KeyPair): string {
  return `${certificate.trim()}\n${privateKey.trim()}\n`;
}

/** Why a certificate and a key, both PEM, don't go together. */
export function pairProblem(certificate: string, privateKey: string): string | undefined {
  const parsed = readCertificate(certificate);
  if (!parsed) return 'is not a certificate in PEM';
  try {
    return parsed.checkPrivateKey(createPrivateKey(privateKey)) ? undefined : 'does not belong to the private key';
  } catch {
    return 'comes with a private key that is not PEM, or is encrypted';
  }
}

/** All certificates of a PEM text, as far as they can be read. */
export function certificatesIn(pem: string): X509Certificate[] {
  return (String(pem).match(BLOCK) ?? []).flatMap((block) => readCertificate(block) ?? []);
}

/** A certificate from PEM, or undefined. */
export function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** Is a host name or an address among a certificate's names? The common name does not count: registry clients don't look at it. */
export function covers(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host, { subject: 'never' })) !== undefined;
}

/** Did a CA sign a certificate? */
export function signed(ca: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}

/** May a stored leaf go on serving: right names, key, lifetime and CA, begun, and more than a third of its life left? */
export function fitsRequest({ parsed: leaf }: ReadPair, request: CertificateRequest, ca: ReadPair): boolean {
  const names = (leaf.subjectAltName ?? '').split(', ').map((name) => shortAddress(name.replace(/^(DNS|IP Address):/, '')));
  const [begin, end, caEnd] = [leaf.validFrom, leaf.validTo, ca.parsed.validTo].map((date) => Date.parse(date)) as [number, number, number];
  const lifetime = request.days * DAY;
  return (
    names.join() === request.hosts.join() &&
    keyTypeOf(leaf) === request.keyType &&
    hasBegun(leaf) &&
    !hasEnded(leaf) &&
    // No leaf outlives its CA, and where that is what ends it, a new one would end as soon.
    end <= caEnd &&
    Math.abs(end - Math.min(begin + lifetime, caEnd)) < DAY / 2 &&
    (daysLeft(leaf) > request.days / 3 || end > caEnd - DAY / 2) &&
    leaf.verify(ca.parsed.publicKey)
  );
}

/** Is a certificate valid already? */
export function hasBegun(certificate: X509Certificate): boolean {
  return Date.parse(certificate.validFrom) <= Date.now() + SKEW;
}

/** Is a certificate no longer valid? */
export function hasEnded(certificate: X509Certificate): boolean {
  return Date.parse(certificate.validTo) < Date.now();
}

/** A certificate's date as people write it: 2026-11-26. */
export function dateOf(moment: string | number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

export function daysLeft(certificate: X509Certificate): number {
  return (Date.parse(certificate.validTo) - Date.now()) / DAY;
}

function keyTypeOf(certificate: X509Certificate): string {
  return certificate.publicKey.asymmetricKeyType === 'rsa' ? 'RSA_4096' : 'EC_P256';
}
