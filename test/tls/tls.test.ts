// Certificates: what a new one says, when a stored one is renewed, and the three ways to bring one's own.
import { X509Certificate } from 'node:crypto';
import * as path from 'node:path';
import { Secret } from 'cdk8s-plus-27';
import {
  FixedStore,
  LocalStore,
  RegistryCertificate,
  RegistryTls,
  type RegistryTlsProps,
  TlsTermination,
} from '../../lib';
import { inDays, issue, type Pem } from '../support/certificates';
import { contentsOf, fill, newFolder } from '../support/folder';
import { manifest, manifestsIn, newChart, textsOf } from '../support/synth';

const { selfSigned, pem, existingSecret, none } = RegistryCertificate;
const DAY = 24 * 60 * 60 * 1000;
const HOSTS = [
  'registry.localhost',
  'registry',
  'registry.registry',
  'registry.registry.svc',
  'registry.registry.svc.cluster.local',
  'localhost',
  '127.0.0.1',
];

interface Made {
  readonly leaf: X509Certificate;
  readonly ca: X509Certificate;
  readonly key: string;
  readonly pem: string;
}

/** What stands in the Secret of a chart that uses this store. */
function make(
  folder: string,
  props: RegistryTlsProps = {},
  namespace: string | undefined = 'registry',
): Made {
  const chart = newChart(new LocalStore({ directory: folder }), namespace === '' ? {} : { namespace });
  new RegistryTls(chart, 'tls', props);
  const texts = textsOf(manifest(chart, 'Secret/registry-tls'));
  const [leaf, ca] = [texts['tls.crt'], texts['ca.crt']].map((text) => new X509Certificate(text)) as [
    X509Certificate,
    X509Certificate,
  ];
  return { leaf, ca, key: texts['tls.key'], pem: texts['tls.crt'] };
}

const namesOf = ({ subjectAltName }: X509Certificate) =>
  subjectAltName?.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
const lifetimeOf = ({ validFrom, validTo }: X509Certificate) =>
  (Date.parse(validTo) - Date.parse(validFrom)) / DAY;
const text = ({ certificate, privateKey }: Pem) => certificate + privateKey;

describe('a new certificate', () => {
  const folder = path.join(newFolder(), 'store');
  let made: Made;
  beforeAll(() => {
    made = make(folder);
  });

  test('covers the host, the Service, localhost and 127.0.0.1', () => {
    expect(made.leaf.subjectAltName).toContain('IP Address:127.0.0.1');
    expect(namesOf(made.leaf)).toEqual(HOSTS);
    expect(
      HOSTS.slice(0, -1).filter((host) => made.leaf.checkHost(host, { subject: 'never' }) === undefined),
    ).toEqual([]);
  });

  test('is signed by a CA that is good for ten years and for nothing but certificates', () => {
    const { leaf, ca } = made;
    expect(leaf.checkIssued(ca) && leaf.verify(ca.publicKey)).toBe(true);
    expect(ca.checkIssued(ca) && ca.verify(ca.publicKey)).toBe(true);
    expect({ ca: ca.ca, leaf: leaf.ca }).toEqual({ ca: true, leaf: false });
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(lifetimeOf(ca)).toBe(3650);
    expect(ca.subject).toMatch(/^CN=cdk8s-registry CA [0-9a-f]{8}$/);
    expect(made.leaf.subject).toBe('CN=registry.localhost');
  });

  test('is good for 365 days from now, or two hours before for slow clocks', () => {
    expect(lifetimeOf(made.leaf)).toBe(365);
    expect(Date.parse(made.leaf.validFrom)).toBeLessThanOrEqual(Date.now() - 119 * 60 * 1000);
    expect(Date.parse(made.leaf.validFrom)).toBeGreaterThan(Date.now() - 125 * 60 * 1000);
  });

  test('has an elliptic key, which is its own and not the CA’s', () => {
    const { leaf, ca, key } = made;
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(leaf.publicKey.equals(ca.publicKey)).toBe(false);
    expect(contentsOf(folder)['registry/registry/tls']).toBe(`${made.pem.trim()}\n${key.trim()}\n`);
    expect(leaf.serialNumber).not.toBe(ca.serialNumber);
  });

  test('stays from one synth to the next', () => {
    const before = contentsOf(folder);
    expect(make(folder).pem).toBe(made.pem);
    expect(contentsOf(folder)).toEqual(before);
  });

  test('is followed by one of the same CA when the host changes', () => {
    const { leaf, ca } = make(folder, {
      host: '192.168.1.10',
      certificate: selfSigned({ days: 30, extraHosts: ['node-1', '10.0.0.1'] }),
    });
    expect(namesOf(leaf)).toEqual(['192.168.1.10', 'node-1', '10.0.0.1', ...HOSTS.slice(1)]);
    expect(leaf.checkIP('10.0.0.1')).toBe('10.0.0.1');
    expect(lifetimeOf(leaf)).toBe(30);
    expect(ca.raw.equals(made.ca.raw)).toBe(true);
    expect(leaf.verify(ca.publicKey)).toBe(true);
  });

  test('names no namespace where none is named', () => {
    expect(namesOf(make(folder, {}, '').leaf)).toEqual([
      'registry.localhost',
      'registry',
      'localhost',
      '127.0.0.1',
    ]);
  });
});

describe('a stored certificate', () => {
  const HERE = 'registry/registry';
  /** A store with a certificate of 365 days of which so many are left. */
  async function storeWith(daysLeft: number, caDaysLeft = 3000): Promise<string> {
    const ca = await issue({ commonName: 'test CA', from: inDays(-10), to: inDays(caDaysLeft) });
    const leaf = await issue({ hosts: HOSTS, from: inDays(daysLeft - 365), to: inDays(daysLeft), ca });
    const folder = newFolder();
    fill(folder, { [`${HERE}/ca`]: text(ca), [`${HERE}/tls`]: text(leaf) });
    return folder;
  }

  test('stays while more than a third of its life is left', async () => {
    const folder = await storeWith(123);
    const before = contentsOf(folder);
    expect(make(folder).pem.trim()).toBe(before[`${HERE}/tls`]?.split('-----BEGIN PRIVATE')[0]?.trim());
    expect(contentsOf(folder)).toEqual(before);
  });

  test('is renewed in its last third under the same CA', async () => {
    // GIVEN
    const folder = await storeWith(121);
    const before = contentsOf(folder);

    // WHEN
    const { leaf, ca } = make(folder);

    // THEN
    expect(ca.subject).toBe('CN=test CA');
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(lifetimeOf(leaf)).toBe(365);
    expect(Date.parse(leaf.validTo)).toBeGreaterThan(inDays(364).getTime());
    expect(Object.keys(contentsOf(folder))).toEqual(['.gitignore', ...Object.keys(before)]);
    expect(contentsOf(folder)[`${HERE}/ca`]).toBe(before[`${HERE}/ca`]);
    expect(contentsOf(folder)[`${HERE}/tls`]).not.toBe(before[`${HERE}/tls`]);
  });
});

describe('a certificate of the user’s', () => {
  test('is written as it is, with the CA if there is one', async () => {
    const ca = await issue({ commonName: 'company CA' });
    const given = await issue({ hosts: ['*.example.com', '192.168.1.10'], ca });
    for (const [host, more] of [
      ['registry.example.com', {}] as const,
      ['192.168.1.10', { ca: ca.certificate }] as const,
    ]) {
      const chart = newChart();
      const tls = new RegistryTls(chart, 'tls', { host, certificate: pem({ ...given, ...more }) });
      expect(manifest(chart, 'Secret/registry-tls')).toMatchObject({ type: 'kubernetes.io/tls' });
      expect(textsOf(manifest(chart, 'Secret/registry-tls'))).toEqual({
        'tls.crt': given.certificate,
        'tls.key': given.privateKey,
        ...('ca' in more && { 'ca.crt': ca.certificate }),
      });
      expect(tls.privateCa).toBe('ca' in more);
    }
  });

  test('in a Secret that exists is named, not written', () => {
    const chart = newChart();
    const tls = new RegistryTls(chart, 'tls', {
      certificate: existingSecret(Secret.fromSecretName(chart, 'secret', 'wildcard')),
    });
    expect(manifestsIn(chart)).toEqual([]);
    expect({
      enabled: tls.enabled,
      secretName: tls.secretName,
      secret: tls.secret,
      privateCa: tls.privateCa,
    }).toEqual({
      enabled: true,
      secretName: 'wildcard',
      secret: undefined,
      privateCa: false,
    });
  });

  test('can be none at all', () => {
    const chart = newChart();
    const tls = new RegistryTls(chart, 'tls', { certificate: none(), termination: TlsTermination.POD });
    expect(manifestsIn(chart)).toEqual([]);
    expect({ enabled: tls.enabled, inPod: tls.inPod, secretName: tls.secretName }).toEqual({
      enabled: false,
      inPod: false,
      secretName: undefined,
    });
  });
});

test('TLS ends in the pod where that is said', () => {
  const inPod = (termination?: TlsTermination) =>
    new RegistryTls(newChart(new FixedStore()), 'tls', { termination }).inPod;
  expect({ unset: inPod(), ingress: inPod(TlsTermination.INGRESS), pod: inPod(TlsTermination.POD) }).toEqual({
    unset: false,
    ingress: false,
    pod: true,
  });
});

test('a host of more than 64 characters is in the names only, since no common name can hold it', () => {
  const host = `${'r'.repeat(60)}.example.com`;
  const { leaf } = make(path.join(newFolder(), 'store'), { host });
  expect({ subject: leaf.subject, name: namesOf(leaf)?.[0] }).toEqual({ subject: 'CN=registry', name: host });
});

test('the Secret has the name that it is given', () => {
  const chart = newChart();
  const tls = new RegistryTls(chart, 'tls', { secretName: 'certs-secret' });
  expect({ secretName: tls.secretName, type: manifest(chart, 'Secret/certs-secret').type }).toEqual({
    secretName: 'certs-secret',
    type: 'kubernetes.io/tls',
  });
});
