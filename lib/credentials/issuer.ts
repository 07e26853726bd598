// Issues a CA or a leaf: `selfsigned` makes the keys and `@peculiar/x509`, on which it is built, the certificate, because selfsigned's own
// certificates lack the subject and authority key identifiers without which `openssl verify -x509_strict` refuses a chain.
import { execFileSync } from 'node:child_process';
import { isIPv4 } from 'node:net';
import type { KeyPair } from './certificate';

/** What to issue. Without a CA, a CA. */
export interface IssueRequest {
  readonly keyType: string;
  readonly days: number;
  readonly hosts: readonly string[];
  readonly ca?: KeyPair;
}

/**
 * Runs in a child of its own. Plain JavaScript, since it is handed over as text: a file would have to be found again from sources, from the
 * compiled package and from a test runner, each of which loads it in another way.
 */
const SCRIPT = `
const { input, modules } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const selfsigned = require(modules.selfsigned);
const x509 = require(modules.x509);
const { webcrypto } = require('node:crypto');
x509.cryptoProvider.set(webcrypto);

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const der = (pem) => Buffer.from(pem.replace(/-----[^-]+-----|\\s/g, ''), 'base64');
const importPrivate = (pem, alg) => webcrypto.subtle.importKey('pkcs8', der(pem), alg, false, ['sign']);

async function main() {
  const { keyType, days, hosts, ca } = input;
  const alg = keyType === 'RSA_4096' ? RSA : EC;
  const options = keyType === 'RSA_4096' ? { keyType: 'rsa', keySize: 4096 } : { keyType: 'ec', curve: 'P-256' };
  const keys = await selfsigned.generate([{ name: 'commonName', value: 'registry' }], { ...options, algorithm: 'sha256' });
  const publicKey = await webcrypto.subtle.importKey('spki', der(keys.public), alg, true, ['verify']);
  const authority = ca && new x509.X509Certificate(ca.certificate);
  const caAlg = ca && (authority.publicKey.algorithm.name.startsWith('RSA') ? RSA : EC);
  const keyId = Buffer.from(await webcrypto.subtle.digest('SHA-256', der(keys.public))).toString('hex').slice(0, 8);
  const subject = ca ? 'CN=registry' : 'CN=cdk8s-registry CA ' + keyId;
  // A few minutes back, so that a client whose clock is slow accepts it at once.
  const notBefore = new Date(Math.floor(Date.now() / 1000) * 1000 - 5 * 60 * 1000);
  const { KeyUsageFlags: usage } = x509;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '01' + Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex'),
    subject,
    issuer: ca ? authority.subject : subject,
    notBefore,
    notAfter: new Date(notBefore.getTime() + days * 24 * 60 * 60 * 1000),
    publicKey,
    signingKey: ca ? await importPrivate(ca.privateKey, caAlg) : await importPrivate(keys.private, alg),
    signingAlgorithm: ca ? caAlg : alg,
    extensions: [
      new x509.BasicConstraintsExtension(!ca, ca ? undefined : 0, true),
      new x509.KeyUsagesExtension(ca ? usage.digitalSignature | (alg === RSA ? usage.keyEncipherment : 0) : usage.keyCertSign | usage.cRLSign, true),
      ...(ca ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth])] : []),
      ...(ca ? [new x509.SubjectAlternativeNameExtension(hosts)] : []),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca ? authority.publicKey : publicKey),
    ],
  });
  process.stdout.write(JSON.stringify({ certificate: certificate.toString('pem'), privateKey: keys.private }));
}
main().catch((error) => { process.stderr.write(String(error && error.stack || error)); process.exit(1); });
`;

/** Issues, and waits for it: 0.4 s with an EC key, 1.5 to 3 s with RSA 4096. */
export function runIssuer({ hosts, ...request }: IssueRequest): KeyPair {
  const named = hosts.map((host) => ({ type: isIPv4(host) ? 'ip' : 'dns', value: host }));
  const answer = execFileSync(process.execPath, ['-e', SCRIPT], {
    input: JSON.stringify({
      input: { ...request, hosts: named },
      modules: { selfsigned: require.resolve('selfsigned'), x509: require.resolve('@peculiar/x509') },
    }),
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1024 * 1024,
  });
  return JSON.parse(answer) as KeyPair;
}
