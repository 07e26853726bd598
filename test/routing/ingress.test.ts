// The Ingress: host, certificate, class, and what a push of big layers needs to be told to the controllers.
import { Secret } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryIngress,
  type RegistryProps,
  TlsTermination,
} from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

function synth(props: RegistryProps) {
  const chart = newChart();
  new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  expect(problemsIn(chart)).toEqual([]);
  const { metadata, spec } = manifest(chart, 'Ingress/registry');
  return { annotations: metadata.annotations, spec };
}

const PUSH = {
  // The cluster's default class may be Traefik's, which would serve the host on port 80 as well.
  'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
  'traefik.ingress.kubernetes.io/router.tls': 'true',
  'nginx.ingress.kubernetes.io/proxy-body-size': '0',
  'nginx.ingress.kubernetes.io/proxy-read-timeout': '900',
  'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-send-timeout': '900',
  'nginx.org/client-max-body-size': '0',
  'nginx.org/proxy-read-timeout': '900s',
  'nginx.org/proxy-send-timeout': '900s',
};

test('leads all paths of the host to the Service, with the certificate', () => {
  const { annotations, spec } = synth({ ingress: {} });
  expect(spec).toEqual({
    tls: [{ hosts: ['registry.example.com'], secretName: 'registry-tls' }],
    rules: [
      {
        host: 'registry.example.com',
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: { service: { name: 'registry', port: { name: 'http' } } },
            },
          ],
        },
      },
    ],
  });
  expect(annotations).toEqual(PUSH);
});

test('speaks HTTPS with pods that do', () => {
  const { annotations, spec } = synth({ ingress: {}, tls: { termination: TlsTermination.POD } });
  expect(spec.rules[0].http.paths[0].backend.service.port).toEqual({ name: 'https' });
  expect(annotations).toEqual({
    ...PUSH,
    'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
    'nginx.org/ssl-services': 'registry',
  });
});

test('has the class that is named', () => {
  expect(synth({ ingress: { className: 'nginx' } }).spec.ingressClassName).toBe('nginx');
});

test('shows the certificate of a Secret that exists', () => {
  const certificate = RegistryCertificate.existingSecret(
    Secret.fromSecretName(newChart(), 'certificate', 'wildcard'),
  );
  expect(synth({ ingress: {}, tls: { certificate } }).spec.tls).toEqual([
    { hosts: ['registry.example.com'], secretName: 'wildcard' },
  ]);
});

test.each<[string, RegistryProps]>([
  ['nobody logs in', { auth: { credentials: RegistryCredentials.anonymous() } }],
  ['that is accepted', { auth: { insecurePasswordsOverHttp: true } }],
])('has no TLS where there is no certificate and %s', (_, props) => {
  expect(
    synth({ ...props, ingress: {}, tls: { certificate: RegistryCertificate.none() } }).spec,
  ).not.toHaveProperty('tls');
});

test('own annotations are added, replace, and remove where they are empty', () => {
  const { annotations } = synth({
    annotations: { 'example.com/owner': 'Team A', 'nginx.org/proxy-send-timeout': 'all' },
    ingress: {
      annotations: {
        'cert-manager.io/cluster-issuer': 'letsencrypt',
        'nginx.ingress.kubernetes.io/proxy-body-size': '10g',
        'nginx.org/client-max-body-size': '',
        'nginx.org/proxy-send-timeout': '60s',
      },
    },
  });
  const { 'nginx.org/client-max-body-size': _removed, ...kept } = PUSH;
  expect(annotations).toEqual({
    ...kept,
    'cert-manager.io/cluster-issuer': 'letsencrypt',
    'example.com/owner': 'Team A',
    'nginx.ingress.kubernetes.io/proxy-body-size': '10g',
    'nginx.org/proxy-send-timeout': '60s',
  });
});

test('a second one for the same Service', () => {
  // GIVEN
  const chart = newChart();
  const { service, tls } = new Registry(chart, 'registry', { ingress: {} });

  // WHEN
  const inside = new RegistryIngress(chart, 'inside', {
    name: 'registry-inside',
    service,
    tls,
    host: 'registry.inside.example.com',
  });

  // THEN
  expect(problemsIn(chart)).toEqual([]);
  expect(inside.host).toBe('registry.inside.example.com');
  expect(manifest(chart, 'Ingress/registry-inside').spec.rules[0].http.paths[0].backend.service.name).toBe(
    'registry',
  );
});
