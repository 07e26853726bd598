// A product of what changes a pod with a front, or stands before it. The tests take a sample; `npm run prove` takes
// all of it.
import { PersistentVolumeAccessMode, Secret, ServiceType } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
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
import { registryOf } from '../catalogue/kind';
import { numberFrom } from '../chart/equality/scope';
import { problemsIn } from '../support/synth';

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
    'of a token service': (scope) => ({
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token?a=$b',
          service: 'registry.example.com',
          issuer: 'auth.example.com',
          certificateSecret: { secret: Secret.fromSecretName(scope, 'keys', 'keys') },
        }),
      },
    }),
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
/** What the objects name, and others make. */
export const EXISTING = ['Secret/keys', 'Secret/users', 'Secret/wildcard'];

/** What is refused without a front too, or of rules without users that are known. */
const UNFIT = [
  /^ui: needs a route to be served on/,
  /^tls\.(certificate|termination): /,
  /^tls: /,
  /^httpRoute\.gateway: /,
  /^service\.type: /,
  /^access: does not work with tokens/,
  /^access\.rules\[\d\]\.subjects\[0\]: is for users, but the registry has none/,
];

/** One of the product. */
export interface ProductFront {
  readonly name: string;
  readonly chart: ReturnType<typeof registryOf>['chart'];
  /** What is refused, and would not be refused without a front. */
  readonly problems: string[];
  /** Whether it is refused at all. */
  readonly refused: boolean;
}

/** A sample of the product, each time the same, made one by one. */
export function* fronts(): Generator<ProductFront> {
  for (const [name, choices] of some(
    product(),
    numberFrom('PROVE_FRONTS', 150),
    numberFrom('PROVE_SEED', 1),
  )) {
    const { chart } = registryOf({
      props: (scope) =>
        Object.assign({ host: 'registry.example.com' }, ...choices.map((make) => make(scope))),
    });
    const all = problemsIn(chart);
    const problems = all.filter((problem) => !UNFIT.some((unfit) => unfit.test(problem)));
    yield { name, chart, problems, refused: all.length > 0 };
  }
}

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
