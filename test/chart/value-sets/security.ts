// Who may log in, certificates, the text that replicas share.
import {
  CertificateIssuer,
  RegistryCertificate,
  RegistryCredentials,
  RegistryUser,
  TlsTermination,
} from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

const insecure = { credentials: RegistryCredentials.anonymous() };
const unencrypted = { certificate: RegistryCertificate.none() };

export const SECURITY: readonly ValueSet[] = [
  { name: 'no values', values: {}, props: () => ({}) },
  {
    name: 'a user of another name',
    values: { host: 'registry.example.com', auth: { username: 'ci-robot' } },
    props: () => ({
      host: 'registry.example.com',
      auth: { credentials: RegistryCredentials.users(RegistryUser.generated('ci-robot')) },
    }),
  },
  {
    name: 'a line of an htpasswd file',
    values: { auth: { htpasswd: LINES.alice } },
    props: () => ({ auth: { credentials: RegistryCredentials.htpasswd(LINES.alice) } }),
  },
  {
    name: 'an htpasswd file of two users, and a realm with signs that YAML knows',
    values: {
      auth: { htpasswd: `\n${LINES.alice}\n${LINES.bob}\n\n`, realm: "Team A's images: #1 {{ .Values }} %s" },
    },
    props: () => ({
      auth: {
        credentials: RegistryCredentials.htpasswd(`${LINES.alice}\n${LINES.bob}\n`),
        realm: "Team A's images: #1 {{ .Values }} %s",
      },
    }),
  },
  {
    name: 'a realm that YAML takes for a boolean',
    values: { auth: { realm: 'no' } },
    props: () => ({ auth: { realm: 'no' } }),
  },
  {
    name: 'users in a Secret',
    values: { auth: { existingSecret: 'team-users' } },
    props: (chart) => ({
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secretNamed(chart, 'team-users') }) },
    }),
  },
  {
    name: 'everything there already',
    values: {
      auth: { existingSecret: 'team-users', existingSecretKey: 'users' },
      tls: { existingSecret: 'team.certificate' },
      httpSecret: { existingSecret: 'upload-state', existingSecretKey: 'text' },
    },
    props: (chart) => ({
      auth: {
        credentials: RegistryCredentials.existingSecret({
          secret: secretNamed(chart, 'team-users'),
          key: 'users',
        }),
      },
      tls: { certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'team.certificate')) },
      httpSecret: { secret: secretNamed(chart, 'upload-state'), key: 'text' },
    }),
  },
  {
    name: 'a shared text under the usual key',
    values: { httpSecret: { existingSecret: '12345' } },
    props: (chart) => ({ httpSecret: { secret: secretNamed(chart, '12345') } }),
  },
  {
    name: 'secrets that a Job makes, with an image of a mirror, where all of them are given',
    values: {
      secrets: { source: 'job', job: { image: { registry: 'mirror.example.com' } } },
      auth: { existingSecret: 'team-users' },
      tls: { existingSecret: 'certificate' },
      httpSecret: { existingSecret: 'upload-state' },
    },
    props: (chart) => ({
      auth: { credentials: RegistryCredentials.existingSecret({ secret: secretNamed(chart, 'team-users') }) },
      tls: { certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'certificate')) },
      httpSecret: { secret: secretNamed(chart, 'upload-state') },
    }),
  },
  {
    name: 'no login and no TLS',
    values: { auth: { enabled: false }, tls: { enabled: false } },
    props: () => ({ auth: insecure, tls: unencrypted }),
  },
  {
    name: 'passwords in clear, on purpose',
    values: { auth: { insecurePasswordsOverHttp: true }, tls: { enabled: false } },
    props: () => ({ auth: { insecurePasswordsOverHttp: true }, tls: unencrypted }),
  },
  {
    name: "cert-manager's certificate from a ClusterIssuer",
    values: {
      host: 'registry.example.com',
      tls: { certManager: { enabled: true, issuer: { name: 'letsencrypt' } } },
    },
    props: () => ({
      host: 'registry.example.com',
      tls: {
        certificate: RegistryCertificate.certManager({
          issuer: CertificateIssuer.clusterIssuer('letsencrypt'),
        }),
      },
    }),
  },
  {
    name: "cert-manager's certificate from an Issuer of a private CA, for more hosts, behind an Ingress",
    values: {
      host: 'registry.example.com',
      pullAddress: 'pull.example.com:8443',
      ingress: { enabled: true },
      tls: {
        certManager: {
          enabled: true,
          issuer: { kind: 'Issuer', name: 'company-ca' },
          extraHosts: ['images.example.com', 'registry.internal'],
          privateCa: true,
        },
        termination: 'POD',
      },
    },
    props: () => ({
      host: 'registry.example.com',
      pullAddress: 'pull.example.com:8443',
      ingress: {},
      tls: {
        certificate: RegistryCertificate.certManager({
          issuer: CertificateIssuer.issuer('company-ca'),
          extraHosts: ['images.example.com', 'registry.internal'],
          privateCa: true,
        }),
        termination: TlsTermination.POD,
      },
    }),
  },
];
