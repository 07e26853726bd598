// Logins by tokens of a service elsewhere.
import { RegistryCredentials, TlsTermination } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

export const TOKENS: readonly ValueSet[] = [
  {
    name: 'tokens, whose keys are in a Secret as a JWKS',
    values: {
      host: 'registry.example.com',
      auth: {
        token: {
          enabled: true,
          realm: 'https://auth.example.com/token?a=b',
          service: 'registry.example.com',
          issuer: "The company's {{ issuer }}",
          jwksSecret: 'keys',
        },
      },
    },
    props: (chart) => ({
      host: 'registry.example.com',
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token?a=b',
          service: 'registry.example.com',
          issuer: "The company's {{ issuer }}",
          jwksSecret: { secret: secretNamed(chart, 'keys') },
        }),
      },
    }),
  },
  {
    name: 'tokens of a service on the same host, whose keys are certificates, with registry 2.8 behind an Ingress',
    values: {
      host: 'registry.example.com',
      ingress: { enabled: true },
      image: { tag: '2.8.3' },
      auth: {
        token: {
          enabled: true,
          autoRedirect: true,
          service: 'on',
          issuer: '1',
          certificateSecret: 'signing',
          certificateSecretKey: 'ca.pem',
        },
      },
    },
    props: (chart) => ({
      host: 'registry.example.com',
      ingress: {},
      image: 'registry:2.8.3',
      auth: {
        credentials: RegistryCredentials.token({
          autoRedirect: true,
          service: 'on',
          issuer: '1',
          certificateSecret: { secret: secretNamed(chart, 'signing'), key: 'ca.pem' },
        }),
      },
    }),
  },
  {
    name: 'tokens behind a front, which ends TLS, with a native sidecar and limits',
    values: {
      front: { enabled: true, kubernetesVersion: '1.33', limits: { requestsPerSecond: 200 } },
      tls: { termination: 'POD' },
      auth: {
        token: {
          enabled: true,
          realm: 'https://auth.example.com/token?a=$b',
          service: 'images',
          issuer: 'auth',
          jwksSecret: 'keys',
        },
      },
    },
    props: (chart) => ({
      front: { kubernetesVersion: '1.33', limits: { requestsPerSecond: 200 } },
      tls: { termination: TlsTermination.POD },
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token?a=$b',
          service: 'images',
          issuer: 'auth',
          jwksSecret: { secret: secretNamed(chart, 'keys') },
        }),
      },
    }),
  },
  {
    name: 'tokens of a service without TLS, and a JWKS under a key of its own',
    values: {
      auth: {
        insecurePasswordsOverHttp: true,
        token: {
          enabled: true,
          realm: 'http://auth/token',
          service: 'images',
          issuer: 'auth',
          jwksSecret: 'keys',
          jwksSecretKey: 'set',
        },
      },
    },
    props: (chart) => ({
      auth: {
        insecurePasswordsOverHttp: true,
        credentials: RegistryCredentials.token({
          realm: 'http://auth/token',
          service: 'images',
          issuer: 'auth',
          jwksSecret: { secret: secretNamed(chart, 'keys'), key: 'set' },
        }),
      },
    }),
  },
];
