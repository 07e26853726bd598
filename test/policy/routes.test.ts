// The policy and the schema check on custom resources: what an object refers to and is not there, and what an
// API does not know, is noticed.
import { ALL_MODELS } from '../../tools/policy/custom-resources';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { REGISTRIES } from '../catalogue/catalogue';
import { objectsOf } from '../catalogue/kind';
import type { Manifest } from '../support/synth';

const kinds = new Map(REGISTRIES);

/** The objects of a registry of the catalogue, one of them changed. */
function changed(name: string, id: string, change: (object: any) => void): Manifest[] {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`the catalogue has no ${name}`);
  const objects = objectsOf(kind);
  change(objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === id));
  return objects;
}

test('what an API does not know is noticed in a custom resource too', () => {
  const objects = changed('an IngressRoute', 'IngressRoute/registry', ({ spec }) => (spec.entrypoints = []));
  expect(schemaProblems(objects, ALL_MODELS)).toEqual([
    'IngressRoute/registry: spec.entrypoints is not a field of the API [unknown-field]',
  ]);
});

const POD = 'an IngressRoute, TLS in the pod';
const GATEWAY = 'an HTTPRoute, TLS in the pod';

test.each<[string, string, string, (spec: any) => void, string]>([
  [
    'Service',
    POD,
    'IngressRoute/registry',
    ({ routes }) => (routes[0].services[0].name = 'none'),
    'refers to Service/none',
  ],
  [
    'port',
    POD,
    'IngressRoute/registry',
    ({ routes }) => (routes[0].services[0].port = 80),
    'Service/registry has no port 80',
  ],
  [
    'transport',
    POD,
    'IngressRoute/registry',
    ({ routes }) => (routes[0].services[0].serversTransport = 'none'),
    'ServersTransport/none',
  ],
  [
    'Middleware',
    POD,
    'IngressRoute/registry',
    ({ routes }) => (routes[0].middlewares = [{ name: 'none' }]),
    'Middleware/none',
  ],
  [
    'certificate',
    POD,
    'IngressRoute/registry',
    ({ tls }) => (tls.secretName = 'none'),
    'refers to Secret/none',
  ],
  [
    'CA',
    POD,
    'ServersTransport/registry',
    (spec) => (spec.rootCAsSecrets = ['none']),
    'refers to Secret/none',
  ],
  [
    'Gateway',
    GATEWAY,
    'HTTPRoute/registry',
    ({ parentRefs }) => (parentRefs[0].name = 'none'),
    'refers to Gateway/none',
  ],
  [
    'port',
    GATEWAY,
    'HTTPRoute/registry',
    ({ rules }) => (rules[0].backendRefs[0].port = 443),
    'Service/registry has no port 443',
  ],
  [
    'certificate',
    GATEWAY,
    'Gateway/registry',
    ({ listeners }) => (listeners[0].tls.certificateRefs[0].name = 'none'),
    'Secret/none',
  ],
  [
    'Service',
    GATEWAY,
    'BackendTLSPolicy/registry',
    ({ targetRefs }) => (targetRefs[0].name = 'none'),
    'refers to Service/none',
  ],
  [
    'CA',
    GATEWAY,
    'BackendTLSPolicy/registry',
    ({ validation }) => (validation.caCertificateRefs[0].name = 'none'),
    'ConfigMap/none',
  ],
])('a %s that is not there is noticed: %s, %s', (_, name, id, change, problem) => {
  expect(policyProblems(changed(name, id, ({ spec }) => change(spec)))).toEqual([
    expect.stringMatching(new RegExp(`^${id}: .*${problem}.*\\[route-dangling\\]$`)),
  ]);
});

const NGINX = 'nginx.ingress.kubernetes.io/auth-secret';
const F5 = 'nginx.org/basic-auth-secret';
const TRAEFIK = 'traefik.ingress.kubernetes.io/router.middlewares';

test.each<[string, string, (object: any) => void, string]>([
  [
    'a login by an IngressRoute on a host',
    'Middleware/registry-ui-login',
    ({ spec }) => (spec.basicAuth.secret = 'none'),
    'Secret/none',
  ],
  [
    "a login by the community's nginx",
    'Ingress/registry-ui',
    ({ metadata }) => (metadata.annotations[NGINX] = 'none'),
    'Secret/none',
  ],
  [
    "a login by F5's nginx",
    'Ingress/registry-ui',
    ({ metadata }) => (metadata.annotations[F5] = 'none'),
    'Secret/none',
  ],
  [
    "a login by Traefik's ingress",
    'Ingress/registry-ui',
    ({ metadata }) => (metadata.annotations[TRAEFIK] = 'registry-none@kubernetescrd'),
    'Middleware/none',
  ],
])('%s: what is not there is noticed in %s', (name, id, change, problem) => {
  expect(policyProblems(changed(name, id, change))).toEqual([
    `${id}: refers to ${problem}, which does not exist [route-dangling]`,
  ]);
});
