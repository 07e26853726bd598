// A front with everything else: each kind of registry of the catalogue gets one, and so does a product of what
// changes its pod. The objects fit together, or the front is refused in words.

import { PersistentVolumeAccessMode, Secret, ServiceType } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { parse } from 'yaml';
import {
  AccessRule,
  RegistryAccess,
  RegistryCertificate,
  RegistryCredentials,
  RegistryGateway,
  type RegistryProps,
  RegistryUIAccess,
  StorageBackend,
  TlsTermination,
} from '../../lib';
import { policyProblems } from '../../tools/policy/policy';
import { REGISTRIES } from '../catalogue/catalogue';
import { type Kind, registryOf } from '../catalogue/kind';
import { numberFrom } from '../chart/equality/scope';
import { type Manifest, manifestsIn, problemsIn } from '../support/synth';

/** Kinds of the catalogue that can have no front, and why. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'logins by tokens': /^front: does not work with tokens/,
  'a host with CORS': /^ui\.access: .* does not work with the front/,
  'a host with CORS and no TLS, on a Gateway': /^ui\.access: .* does not work with the front/,
};

describe.each(REGISTRIES)('%s', (name, kind) => {
  test('with a front', () => {
    const props: Kind['props'] = (scope) => ({ front: {}, ...kind.props(scope) });
    const { chart } = registryOf({ ...kind, props });
    const problems = problemsIn(chart);
    if (REFUSED[name] !== undefined) return expect(problems.join('\n')).toMatch(REFUSED[name]);
    expect(problems).toEqual([]);
    expect(misfits(manifestsIn(chart), kind.existing)).toEqual([]);
  });
});

const RULES = RegistryAccess.rules([
  AccessRule.pull('public/**').toEveryone(),
  AccessRule.push('**').toAllUsers(),
  AccessRule.catalog().toAllUsers(),
]);
const EVERYBODY = RegistryAccess.rules([
  AccessRule.pull('**').toEveryone(),
  AccessRule.catalog().toEveryone(),
]);
const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
type Choice = (scope: Construct) => Partial<RegistryProps>;

/** What changes a pod with a front, or what is before it. */
const AXES: Readonly<Record<string, Readonly<Record<string, Choice>>>> = {
  front: {
    'without rules': () => ({ front: {} }),
    'with rules': () => ({ access: RULES }),
    'with limits': () => ({ access: RULES, front: { limits: { requestsPerSecond: 9 } } }),
    'for everybody': () => ({ access: EVERYBODY }),
  },
  users: {
    generated: () => ({}),
    hashes: () => ({ auth: { credentials: RegistryCredentials.htpasswd(`anna:${HASH}`) } }),
    'in a Secret': (scope) => ({
      auth: {
        credentials: RegistryCredentials.existingSecret({
          secret: Secret.fromSecretName(scope, 'users', 'users'),
          key: 'file',
        }),
      },
    }),
    none: () => ({ auth: { credentials: RegistryCredentials.anonymous() } }),
  },
  tls: {
    'at the route': () => ({}),
    'in the pod': () => ({ tls: { termination: TlsTermination.POD } }),
    'in the pod, of a Secret': (scope) => ({
      tls: {
        termination: TlsTermination.POD,
        certificate: RegistryCertificate.existingSecret(Secret.fromSecretName(scope, 'tls', 'wildcard')),
      },
    }),
    'before the cluster': () => ({ tls: { certificate: RegistryCertificate.external() } }),
    none: () => ({ tls: { certificate: RegistryCertificate.none() } }),
  },
  route: {
    none: () => ({}),
    'load balancer': () => ({ service: { type: ServiceType.LOAD_BALANCER, port: 443 } }),
    Ingress: () => ({ ingress: { className: 'nginx' } }),
    IngressRoute: () => ({ ingressRoute: {} }),
    HTTPRoute: () => ({ httpRoute: { gateway: RegistryGateway.newGateway({ className: 'nginx' }) } }),
  },
  ui: {
    none: () => ({}),
    'at a path': () => ({ ui: {} }),
    'at a host': () => ({ ui: { access: RegistryUIAccess.host('images.example.com') } }),
  },
  more: {
    nothing: () => ({}),
    metrics: () => ({ metrics: {} }),
    'two pods': () => ({
      replicas: 2,
      metrics: {},
      storage: {
        backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      },
    }),
    'registry 2.8, read-only': () => ({ image: 'registry:2.8.3', storage: { readOnly: true } }),
  },
};
const EXISTING = ['Secret/users', 'Secret/wildcard'];

/** What is refused without a front too, or of rules without users. */
const UNFIT = [
  /^ui: needs a route to be served on/,
  /^tls\.(certificate|termination): /,
  /^tls: /,
  /^httpRoute\.gateway: /,
  /^service\.type: /,
  /^access\.rules\[\d\]\.subjects\[0\]: is for users, but the registry has none/,
];

function product(): [name: string, choices: Choice[]][] {
  return Object.entries(AXES).reduce<[string, Choice[]][]>(
    (all, [, choices]) =>
      all.flatMap(([name, before]) =>
        Object.entries(choices).map(([label, choice]): [string, Choice[]] => [
          name === '' ? label : `${name} + ${label}`,
          [...before, choice],
        ]),
      ),
    [['', []]],
  );
}

/** Some of them, each time the same. */
function some<T>(all: readonly T[], most: number, seed: number): readonly T[] {
  if (most >= all.length) return all;
  // A step without a common divisor with the length comes to each once.
  const step = 1009;
  return Array.from({ length: most }, (_, index) => all[((index + seed) * step) % all.length] as T);
}

test('a product of fronts, users, TLS, routes, UIs and more', () => {
  const all = product();
  const chosen = some(all, numberFrom('PROVE_FRONTS', 150), numberFrom('PROVE_SEED', 1));
  let fit = 0;
  for (const [name, choices] of chosen) {
    const { chart } = registryOf({
      props: (scope) =>
        Object.assign({ host: 'registry.example.com' }, ...choices.map((make) => make(scope))),
    });
    const problems = problemsIn(chart).filter((problem) => !UNFIT.some((unfit) => unfit.test(problem)));
    expect([name, ...problems]).toEqual([name]);
    if (problemsIn(chart).length > 0) continue;
    fit += 1;
    expect([name, ...misfits(manifestsIn(chart), EXISTING)]).toEqual([name]);
  }
  expect(fit).toBeGreaterThan(chosen.length / 5);
}, 1_200_000);

/** Everything about a registry with a front that does not fit together. */
function misfits(objects: Manifest[], existing: readonly string[] = []): string[] {
  const problems = policyProblems(objects, { existing });
  const one = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name) as Manifest;
  const pods = objects.filter(({ kind, spec }) => kind === 'Deployment' && hasFront(spec));
  if (pods.length === 0) return [...problems, 'no pod has a front'];
  for (const { metadata, spec } of pods) {
    const { containers, initContainers = [], volumes } = spec.template.spec;
    const [registry, front] = ['registry', 'front'].map((name) =>
      containers.find((each: Manifest) => each.name === name),
    );
    const expect = (is: boolean, says: string) => is || problems.push(`${metadata.name}: ${says}`);
    const ports = containers.flatMap((each: Manifest) => each.ports ?? []);
    const [service] = one('Service', metadata.name).spec.ports;
    expect(front.ports[0].name === service.targetPort, "the Service's port is not the front's");
    expect(
      new Set(ports.map(({ name }: Manifest) => name)).size === ports.length,
      'a port has two containers',
    );
    expect(
      registry.readinessProbe === undefined && front.readinessProbe.httpGet.port === service.targetPort,
      'probes do not ask the front',
    );
    const mounted = [...containers, ...initContainers].flatMap((each: Manifest) => each.volumeMounts ?? []);
    for (const { name } of volumes)
      expect(
        mounted.some((mount) => mount.name === name),
        `nobody mounts ${name}`,
      );
    const config = parse(one('ConfigMap', `${metadata.name}-config`).data['config.yml']) as Manifest;
    expect(
      Object.keys(config.auth).length === 0 && config.http.tls === undefined,
      'the registry checks logins or ends TLS',
    );
    const nginx: string = one('ConfigMap', `${metadata.name}-front`).data['nginx.conf'];
    expect(nginx.includes(`server ${config.http.addr};`), 'nginx passes on to another port');
    for (const [, file] of nginx.matchAll(/(?:auth_basic_user_file|ssl_certificate) (\/[^/]+)/g))
      expect(
        front.volumeMounts.some(({ mountPath }: Manifest) => mountPath === file),
        `${file} is not mounted`,
      );
    expect(
      /listen \d+ ssl/.test(one('ConfigMap', `${metadata.name}-front`).data['front.sh']) ===
        (service.targetPort === 'https'),
      'TLS ends elsewhere',
    );
    expect(
      spec.template.metadata.annotations['kubectl.kubernetes.io/default-container'] === 'registry',
      'kubectl would choose another container',
    );
  }
  return problems;
}

function hasFront(spec: Manifest): boolean {
  return spec.template.spec.containers.some(({ name }: Manifest) => name === 'front');
}
