// The certificate of the example self-signed, as it is made for real. What the example does with it runs in
// test/cluster/example-self-signed.test.ts.

import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Objects } from '../../tools/pod-runner/manifests';
import { describeWith, ENVIRONMENT } from '../../tools/programs';
import { synthesize } from './scenario';

const NAME = 'docker-registry';

describeWith('the example self-signed', ['openssl'], () => {
  test('Certificate: CN and DNS SAN `docker-registry`, RSA 4096, SHA-256, 365 days', () => {
    const { folder, manifests } = synthesize('examples/self-signed/main.ts');
    const pem = new Objects(manifests).data('Secret', 'certs-secret').get('tls.crt') ?? '';
    const leaf = new X509Certificate(pem);
    const { modulusLength } = leaf.publicKey.asymmetricKeyDetails ?? {};
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / (24 * 60 * 60 * 1000);
    expect({
      subject: leaf.subject,
      asymmetricKeyType: leaf.publicKey.asymmetricKeyType,
      modulusLength,
      days,
    }).toEqual({
      subject: `CN=${NAME}`,
      asymmetricKeyType: 'rsa',
      modulusLength: 4096,
      days: 365,
    });
    expect(leaf.subjectAltName?.split(', ')).toContain(`DNS:${NAME}`);
    const file = join(folder, 'tls.crt');
    writeFileSync(file, pem);
    const { stdout } = spawnSync('openssl', ['x509', '-noout', '-text', '-in', file], {
      encoding: 'utf8',
      env: ENVIRONMENT,
    });
    expect(stdout).toContain('Signature Algorithm: sha256WithRSAEncryption');
    rmSync(folder, { recursive: true, force: true });
  });
});
