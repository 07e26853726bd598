// Issues a CA and leaf certificates. `selfsigned` generates the keys; `@peculiar/x509`, its own dependency,
// issues the certificates, because those of selfsigned lack the subject and authority key identifiers that
// `openssl verify -x509_strict` requires.
import { execFileSync } from 'node:child_process';
import { isIP } from 'node:net';
import type { KeyPair } from './certificate';
import type { CertificateRequest } from './store';

/** A CA, and a server certificate that it signed. */
export interface Chain {
  readonly ca: KeyPair;
  readonly leaf: KeyPair;
}

/** Lifetime of a CA in days. It outlives its leaves, so that renewing a leaf needs no change of trust. */
const AUTHORITY_DAYS = 3650;

/**
 * Runs in a child process. Plain JavaScript, since it is passed as a string: a file would have to be located
 * from sources, from the compiled package and from a test runner, each of which loads it differently.
 */
const SCRIPT = `
const { input, modules } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const { keyType } = input;
const selfsigned = require(modules.selfsigned);
const x509 = require(modules.x509);
const { webcrypto } = require('node:crypto');
x509.cryptoProvider.set(webcrypto);

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const der = (pem) => Buffer.from(pem.replace(/-----[^-]+-----|\\s/g, ''), 'base64');
const importPrivate = (pem, alg) => webcrypto.subtle.importKey('pkcs8', der(pem), alg, false, ['sign']);

async function issue(days, hosts, ca) {
  const [alg, options] = keyType === 'RSA_4096' ? [RSA, { keyType: 'rsa', keySize: 4096 }] : [EC, { keyType: 'ec', curve: 'P-256' }];
  const keys = await selfsigned.generate([{ name: 'commonName', value: 'registry' }], { ...options, algorithm: 'sha256' });
  const publicKey = await webcrypto.subtle.importKey('spki', der(keys.public), alg, true, ['verify']);
  const authority = ca && new x509.X509Certificate(ca.certificate);
  const signingAlgorithm = ca ? (authority.publicKey.algorithm.name.startsWith('RSA') ? RSA : EC) : alg;
  const keyId = Buffer.from(await webcrypto.subtle.digest('SHA-256', der(keys.public))).toString('hex').slice(0, 8);
  // A common name has at most 64 characters; clients verify the subject alternative names instead.
  const [{ value }] = hosts || [{ value: '' }];
  const subject = ca ? 'CN=' + (value.length > 64 ? 'registry' : value) : 'CN=cdk8s-registry CA ' + keyId;
  // Backdated by two hours, for clients whose clocks are slow, or an hour off as after a change to summer time.
  const notBefore = new Date(Math.floor(input.now / 1000) * 1000 - 2 * 60 * 60 * 1000);
  const end = notBefore.getTime() + days * 24 * 60 * 60 * 1000;
  const { KeyUsageFlags: usage } = x509;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '01' + Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex'),
    subject,
    issuer: ca ? authority.subject : subject,
    notBefore,
    // A certificate must not outlive its CA: clients reject the chain once the CA has expired.
    notAfter: new Date(ca ? Math.min(end, authority.notAfter.getTime()) : end),
    publicKey,
    signingKey: await importPrivate(ca ? ca.privateKey : keys.private, signingAlgorithm),
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(!ca, ca ? undefined : 0, true),
      new x509.KeyUsagesExtension(ca ? usage.digitalSignature | (alg === RSA ? usage.keyEncipherment : 0) : usage.keyCertSign | usage.cRLSign, true),
      ...(ca ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]), new x509.SubjectAlternativeNameExtension(hosts)] : []),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(ca ? authority.publicKey : publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: keys.private };
}

async function main() {
  const ca = input.ca || await issue(input.authorityDays);
  process.stdout.write(JSON.stringify({ ca, leaf: await issue(input.days, input.hosts, ca) }));
}
main().catch((error) => { process.stderr.write(String(error && error.stack || error)); process.exit(1); });
`;

/**
 * Environment by which the child finds packages: with Yarn's Plug'n'Play they are in archives, which only its
 * own module can read. NODE_OPTIONS is not passed on, since a debugger or profiler that it starts would
 * attach to the child too.
 */
function resolver(): string[] {
  return process.versions.pnp === undefined ? [] : ['--require', require.resolve('pnpapi')];
}

/**
 * Issues a server certificate under a CA, a new one if none is given, and blocks until done: 0.2 s with EC
 * keys, 1.5 to 6 s with RSA 4096.
 */
export function issueChain({ keyType, days, hosts }: CertificateRequest, ca?: KeyPair): Chain {
  const named = hosts.map((host) => ({ type: isIP(host) ? 'ip' : 'dns', value: host }));
  const answer = execFileSync(process.execPath, [...resolver(), '-e', SCRIPT], {
    input: JSON.stringify({
      // Uses this process's clock, so that there is only one.
      input: { keyType, days, hosts: named, ca, authorityDays: AUTHORITY_DAYS, now: Date.now() },
      modules: { selfsigned: require.resolve('selfsigned'), x509: require.resolve('@peculiar/x509') },
    }),
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1024 * 1024,
  });
  return JSON.parse(answer) as Chain;
}
