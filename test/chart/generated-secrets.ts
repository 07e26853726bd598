// What a release generates, as the chart rendered it: looked at, and found by what stands in for it in the
// plain registry.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { passwordMatches } from '../../lib/secrets/passwords';
import type { Objects } from './compared-objects';
import { type PlainRegistry, STAND_INS } from './plain-registry';

const DAY_MS = 86_400_000;

/** What was generated, by its stand-in. */
export function generatedIn(
  rendered: Objects,
  { name, objects, user, certificate }: PlainRegistry,
): ReadonlyMap<string, string> {
  const secret = (suffix: string): Record<string, string> =>
    rendered[`Secret/${name}-${suffix}`]?.stringData ?? {};
  const found = new Map<string, string>();
  if (objects.some((object) => object.kind === 'Secret' && object.metadata.name === `${name}-http`)) {
    expect(secret('http').secret).toMatch(/^[A-Za-z0-9]{43}$/);
    found.set(STAND_INS.httpSecret, secret('http').secret ?? '');
  }
  if (user !== undefined)
    found.set(STAND_INS.line, loginLine(user, secret('auth').htpasswd, secret('login')));
  if (certificate) {
    const { 'tls.crt': leaf = '', 'tls.key': key = '', 'ca.crt': ca = '' } = secret('tls');
    checkCertificate({ leaf, key, ca }, certificate);
    expect(secret('ca')['ca.crt']).toBe(ca);
    expect(new X509Certificate(ca).checkPrivateKey(createPrivateKey(secret('ca')['ca.key'] ?? ''))).toBe(
      true,
    );
    found.set(STAND_INS.certificate, leaf).set(STAND_INS.privateKey, key).set(STAND_INS.ca, ca);
  }
  return found;
}

function loginLine(user: string, file: string | undefined, login: Readonly<Record<string, string>>): string {
  const [, name, hash] = /^([^:]+):(\$2[aby]\$10\$[./A-Za-z0-9]{53})\n$/.exec(file ?? '') ?? [];
  expect({ file, name }).toEqual({ file, name: user });
  expect(login).toEqual({ username: user, password: expect.stringMatching(/^[A-Za-z0-9]{24}$/) });
  expect(passwordMatches(login.password ?? '', hash ?? '')).toBe(true);
  return `${name}:${hash}`;
}

function checkCertificate(
  { leaf, key, ca }: { readonly leaf: string; readonly key: string; readonly ca: string },
  { hosts, days }: { readonly hosts: readonly string[]; readonly days: number },
): void {
  const [certificate, authority] = [new X509Certificate(leaf), new X509Certificate(ca)];
  expect(namesOf(certificate)).toEqual([...hosts].sort());
  expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(authority.ca).toBe(true);
  expect(certificate.ca).toBe(false);
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect(certificate.checkIssued(authority)).toBe(true);
  expect((Date.parse(certificate.validTo) - Date.parse(certificate.validFrom)) / DAY_MS).toBeCloseTo(days);
}

function namesOf({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName
    .split(', ')
    .map((name) => name.replace(/^(DNS|IP Address):/, ''))
    .sort();
}
