// Keys of 4096 bits, which take seconds to make.
import { X509Certificate } from 'node:crypto';
import { CertificateKeyType, RegistryCertificate, RegistryTls } from '../../lib';
import { manifest, newChartWithStore, textsOf } from '../support/synth';

test('RSA keys of 4096 bits, for the CA too', () => {
  const { chart } = newChartWithStore();
  new RegistryTls(chart, 'tls', {
    certificate: RegistryCertificate.selfSigned({ keyType: CertificateKeyType.RSA_4096 }),
  });
  const texts = textsOf(manifest(chart, 'Secret/registry-tls'));
  const [leaf, ca] = [
    new X509Certificate(texts['tls.crt'] ?? ''),
    new X509Certificate(texts['ca.crt'] ?? ''),
  ];
  const bits = ({ publicKey }: X509Certificate) => publicKey.asymmetricKeyDetails?.modulusLength;
  expect({ leaf: bits(leaf), ca: bits(ca) }).toEqual({ leaf: 4096, ca: 4096 });
  expect(leaf.verify(ca.publicKey)).toBe(true);
});
