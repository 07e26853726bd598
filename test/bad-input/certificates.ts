// Wrong certificates.
import { createPrivateKey } from 'node:crypto';
import { Secret } from 'cdk8s-plus-27';
import { RegistryCertificate, RegistryCredentials } from '../../lib';
import { type AnyProps, type Pems, type Row, wrong } from './row';

const { selfSigned, pem, existingSecret } = RegistryCertificate;
const tls = (certificate: unknown): AnyProps => ({ tls: { certificate } });
const host = 'registry.example.com';
const given = (choose: (pems: Pems) => unknown, more: AnyProps = {}) => ({
  props: ({ pems }: { pems: Pems }): AnyProps => ({ host, ...tls(pem(wrong(choose(pems)))), ...more }),
});
const encrypted = (key: string) =>
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'test' });

export const CERTIFICATES: readonly Row[] = [
  {
    name: 'a certificate of 1 day',
    props: tls(selfSigned({ days: 1 })),
    says: [
      '[chart/registry/tls] tls.certificate.days: 1 is not a whole number from 2 to 825; write e.g. 365',
    ],
  },
  {
    name: 'a certificate of 826 days',
    props: tls(selfSigned({ days: 826 })),
    says: [
      '[chart/registry/tls] tls.certificate.days: 826 is not a whole number from 2 to 825; write e.g. 365',
    ],
  },
  {
    name: 'a key type that is not known',
    props: tls(selfSigned({ keyType: wrong('ED25519') })),
    says: [
      '[chart/registry/tls] tls.certificate.keyType: "ED25519" is not supported; write one of EC_P256, RSA_4096',
    ],
  },
  {
    name: 'an extra host with a scheme',
    props: tls(selfSigned({ extraHosts: ['node-1', 'https://node-2'] })),
    says: [
      '[chart/registry/tls] tls.certificate.extraHosts[1]: "https://node-2" is not a host name or an IPv4 address; write e.g. "192.168.1.10"',
    ],
  },
  {
    name: 'an extra host that is an address out of range',
    props: tls(selfSigned({ extraHosts: ['10.0.0.256'] })),
    says: [
      '[chart/registry/tls] tls.certificate.extraHosts[0]: "10.0.0.256" is not a host name or an IPv4 address; write e.g. "192.168.1.10"',
    ],
  },
  {
    name: 'a text for extra hosts',
    props: tls(selfSigned({ extraHosts: wrong('node-1') })),
    says: [
      '[chart/registry/tls] tls.certificate.extraHosts: "node-1" is not a list; write tls.certificate.extraHosts: [...]',
    ],
  },
  {
    name: 'null for the options of a certificate',
    props: tls(selfSigned(wrong(null))),
    says: [
      '[chart/registry/tls] tls.certificate.options: null is not an object; write e.g. tls.certificate.options: {}',
    ],
  },
  {
    name: 'a text instead of a certificate',
    props: tls('self-signed'),
    says: [
      '[chart/registry/tls] tls.certificate: is not a RegistryCertificate; write e.g. RegistryCertificate.selfSigned()',
    ],
  },
  {
    name: 'a PEM that is none',
    ...given(({ good }) => ({ ...good, certificate: 'registry.crt' })),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: is not a certificate in PEM; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'a PEM that is undefined',
    ...given(() => ({})),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: is not a certificate in PEM; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'no PEM texts at all',
    ...given(() => undefined),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: is not a certificate in PEM; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'a key that is none',
    ...given(({ good }) => ({ ...good, privateKey: 'registry.key' })),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: comes with a private key that is not PEM, or is encrypted; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'an encrypted key',
    ...given(({ good }) => ({ ...good, privateKey: encrypted(good.privateKey) })),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: comes with a private key that is not PEM, or is encrypted; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'certificate and key the wrong way round',
    ...given(({ good }) => ({ certificate: good.privateKey, privateKey: good.certificate })),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: is not a certificate in PEM; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: "another certificate's key",
    ...given(({ good, otherHost }) => ({ ...good, privateKey: otherHost.privateKey })),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: does not belong to the private key; give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'a certificate for another host',
    ...given(({ otherHost }) => otherHost),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: covers DNS:other.example.com, not the host "registry.example.com"; use one that covers it, or change host',
    ],
  },
  {
    name: 'a wildcard certificate for a deeper host',
    ...given(({ wildcard }) => wildcard, { host: 'a.registry.example.com' }),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: covers DNS:*.example.com, not the host "a.registry.example.com"; use one that covers it, or change host',
    ],
  },
  {
    name: 'a certificate that names its host in the common name only',
    ...given(({ commonNameOnly }) => commonNameOnly),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: covers no names, not even the host "registry.example.com"; use one that covers it, or change host',
    ],
  },
  {
    name: 'a certificate that has ended',
    ...given(({ ended }) => ended),
    says: ['[chart/registry/tls] tls.certificate.certificate: expired on 2020-01-02; renew it'],
  },
  {
    name: 'a certificate that has not begun',
    ...given(({ early }) => early),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: is not valid before 2100-01-01; use one that is already valid',
    ],
  },
  {
    name: 'a chain whose middle has ended',
    ...given(({ endedMiddle: { certificate, privateKey } }) => ({ certificate, privateKey })),
    says: [
      '[chart/registry/tls] tls.certificate.certificate: the certificate of "CN=old CA" in it: expired on 2020-01-02; renew it',
    ],
  },
  {
    name: 'a CA that has ended',
    ...given(({ endedCa }) => endedCa),
    says: ['[chart/registry/tls] tls.certificate.ca: expired on 2020-01-02; renew it'],
  },
  {
    name: 'a CA that has not begun, with another one that signed nothing',
    ...given(({ earlyCa, good }) => ({ ...earlyCa, ca: good.certificate + earlyCa.ca })),
    says: [
      '[chart/registry/tls] tls.certificate.ca: is not valid before 2100-01-01; use one that is already valid',
    ],
  },
  {
    name: 'a certificate of another CA',
    ...given(({ good, otherHost }) => ({ ...good, ca: otherHost.certificate })),
    says: [
      '[chart/registry/tls] tls.certificate.ca: did not sign the certificate; give the CA that did, or leave it out',
    ],
  },
  {
    name: 'a CA that is none',
    ...given(({ good }) => ({ ...good, ca: 'ca.crt' })),
    says: [
      "[chart/registry/tls] tls.certificate.ca: is not a certificate in PEM; give the content of the CA's file",
    ],
  },
  {
    name: 'an existing Secret by its name alone',
    props: tls(existingSecret(wrong('registry-tls'))),
    says: [
      "[chart/registry/tls] tls.certificate.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'an existing Secret that is undefined',
    props: {
      ...tls(existingSecret(wrong(undefined))),
      auth: { credentials: RegistryCredentials.anonymous() },
    },
    says: [
      "[chart/registry/tls] tls.certificate.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'an existing Secret of a wrong name',
    props: ({ chart }) => tls(existingSecret(Secret.fromSecretName(chart, 'secret', 'Registry_TLS'))),
    says: [
      "[chart/registry/tls] tls.certificate.secret: \"Registry_TLS\" is not the name of a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'a place for TLS to end that is not known',
    props: { tls: { termination: 'SERVICE' } },
    says: ['[chart/registry/tls] tls.termination: "SERVICE" is not supported; write one of INGRESS, POD'],
  },
  {
    name: 'a name for the Secret of a certificate that is in another one',
    props: ({ chart }) => ({
      tls: {
        certificate: existingSecret(Secret.fromSecretName(chart, 'certificate', 'mine')),
        secretName: 'certs',
      },
    }),
    says: [
      '[chart/registry/tls] tls.secretName: "certs" has no effect, because no such Secret is written; leave it out',
    ],
  },
  {
    name: 'one name for the Secrets of users and certificate',
    props: { auth: { secretName: 'secrets' }, tls: { secretName: 'secrets' } },
    says: [
      'name: chart/registry/auth and chart/registry/tls each define Secret "secrets" in namespace "registry"; give each its own name or namespace',
    ],
  },
];
