// From the chart's default values to others and back, on a real API server: strict validation takes what
// other values make, Pod Security admits the pods, no upgrade meets a field that may not change, and at home
// again everything is as it was.

import { compareSync } from 'bcryptjs';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { admitPods, asInput, outcomes, startServer } from './admission';
import { Helm, type HelmProgram, helmsOrOnly } from './helm';
import { nameOf, RELEASE_PROGRAMS, RENEWAL, Release, STRICT, type Texts } from './release';

/** For the user that the chart would make too. */
const OWN_HASH = { auth: { htpasswd: 'admin:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO' } };
const S3 = {
  type: 's3',
  s3: {
    bucket: 'images',
    region: 'eu-central-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'not-a-real-key',
  },
};

/** Each of them changes several parts that have nothing to do with each other. */
const OTHERS: Readonly<Record<string, object>> = {
  'the values that it has': {},
  'replicas on S3, with metrics': { replicaCount: 3, storage: S3, metrics: { enabled: true } },
  'one pod on S3, of registry 2.8': { storage: { ...S3, redirect: false }, image: { tag: '2.8.3' } },
  'a LoadBalancer, no volume that lasts, users of a Secret': {
    host: 'registry.example.com',
    service: { type: 'LoadBalancer', port: 443, externalTrafficPolicy: 'Local' },
    persistence: { enabled: false, sizeLimit: '2Gi' },
    auth: { existingSecret: 'users' },
  },
  'a port of the nodes, a claim that exists, nobody asked who they are': {
    service: { type: 'NodePort', nodePort: 30555 },
    persistence: { existingClaim: 'images' },
    auth: { enabled: false },
  },
  'an Ingress with a page, and a certificate of a Secret': {
    host: 'registry.example.com',
    ingress: { enabled: true, className: 'nginx' },
    ui: { enabled: true },
    tls: { existingSecret: 'certificate' },
  },
  "Traefik's IngressRoute, and a page with a login": {
    host: 'registry.example.com',
    ingressRoute: { enabled: true },
    ui: { enabled: true, login: true },
  },
  'a Gateway, and a certificate by cert-manager': {
    host: 'registry.example.com',
    httpRoute: { enabled: true, gateway: { className: 'istio' } },
    tls: { certManager: { enabled: true, issuer: { name: 'letsencrypt' } } },
  },
  "the same user's own hash": OWN_HASH,
  'no encryption, no network policy, and collections of garbage': {
    tls: { enabled: false },
    auth: { insecurePasswordsOverHttp: true },
    networkPolicy: { enabled: false },
    storage: { deletion: true },
    garbageCollection: { onStart: true },
  },
  'everything about pods': {
    userId: 10001,
    commonLabels: { team: 'images' },
    commonAnnotations: { 'example.com/contact': 'images@example.com' },
    podLabels: { tier: 'storage' },
    podAnnotations: { 'example.com/scrape': 'no' },
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'storage', operator: 'Exists', effect: 'NoSchedule' }],
    priorityClassName: 'system-cluster-critical',
    extraEnv: [{ name: 'TZ', value: 'UTC' }],
    extraVolumes: [{ name: 'scratch', emptyDir: {} }],
    extraVolumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    initContainers: [{ name: 'first', image: 'busybox:1.37.0', command: ['true'] }],
    sidecars: [{ name: 'beside', image: 'busybox:1.37.0', command: ['sleep', '3600'] }],
  },
};

/** Of these, each of which takes seconds, Helm 3 takes all, and Helm 4 a quarter. */
const EVERY: Readonly<Record<HelmProgram, number>> = { helm3: 1, helm4: 4 };

for (const [program, title] of helmsOrOnly('helm3')) {
  describeWith(`Other values of the chart with ${title}`, [...RELEASE_PROGRAMS, program], () => {
    const namespace = 'changed';
    let server: ApiServer;
    let release: Release;
    beforeAll(async () => {
      server = await startServer();
      await server.createNamespace(namespace, STRICT);
      release = new Release(server, new Helm(program, server), registryChart(), 'first', namespace);
      await release.install();
    });
    afterAll(() => server?.machine.stop());

    test('a version of Kubernetes that the cluster does not have is refused, where there is a cluster', async () => {
      const helm = new Helm(program, server);
      const front = (kubernetesVersion: string) => ({ front: { enabled: true, kubernetesVersion } });
      const upgrade = ['upgrade', 'first', registryChart(), '--dry-run=server'];
      const refused = await helm.run(upgrade, { values: front('1.99'), namespace });
      expect(refused.stderr).toMatch(
        /front\.kubernetesVersion: "1\.99" is newer than this cluster, which is v1\.\d+/,
      );
      const taken = await helm.run(upgrade, { values: front('1.29'), namespace });
      expect({ code: taken.code, stderr: taken.stderr }).toEqual({ code: 0, stderr: '' });
      const rendered = await helm.template('first', registryChart(), { values: front('1.99'), namespace });
      expect(rendered).toContain('restartPolicy: Always');
    });

    test('what a collection has written outlives upgrades while it runs', async () => {
      const collected = { storage: { deletion: true }, collection: { enabled: true } };
      await release.upgrade(collected);
      const name = 'first-registry-collection';
      const written = {
        metadata: { annotations: { 'cdk8s-registry.io/last-collection': '{}' } },
        data: { collecting: 'run 1' },
      };
      const patch = JSON.stringify(written);
      await server.must(['patch', 'configmap', name, '-n', namespace, '--type=merge', '-p', patch]);
      await release.upgrade({ ...collected, commonAnnotations: { 'example.com/a': 'b' } });
      const { metadata, data } = await release.object('configmap', name);
      expect(data).toEqual(written.data);
      expect(metadata.annotations).toMatchObject({
        ...written.metadata.annotations,
        'example.com/a': 'b',
      });
      await release.upgrade({}, ['--reset-values']);
    });

    test.each(Object.entries(OTHERS).filter((_, index) => index % EVERY[program] === 0))(
      '%s, and back',
      async (_, values) => {
        const before = await stateOf(release);

        await release.upgrade(values);
        const manifests = await release.manifests();
        const input = asInput(manifests);
        const taken = await server.kubectl(
          ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict', '-f', '-'],
          { input },
        );
        expect({
          code: taken.code,
          stderr: taken.stderr,
          outcomes: outcomes(taken.stdout.trim().split('\n')),
        }).toEqual({
          code: 0,
          stderr: '',
          outcomes: ['serverside-applied (server dry run)'],
        });
        expect(await admitPods(server, manifests)).toEqual({ [namespace]: 'restricted' });
        await server.must(['delete', 'pods', '--all', '--force', '-n', namespace]);

        await release.upgrade({}, ['--reset-values']);
        const after = await stateOf(release);
        expect(after.objects).toEqual(before.objects);
        expect(after.kept).toEqual(before.kept);
        // Another host needs another certificate, and a line of one's own takes the place of the generated
        // one, which has to be hashed anew.
        const renewed = [
          ...('host' in values ? ['tls.crt', 'tls.key'] : []),
          ...(values === OWN_HASH ? ['htpasswd'] : []),
        ];
        expect(without(after.generated, renewed)).toEqual(without(before.generated, renewed));
        expect(letsIn(after.generated)).toBe(true);
      },
    );
  });
}

interface State {
  /**
   * Without what tells that an object was changed, or was gone in between, and without what is looked at
   * apart.
   */
  readonly objects: readonly object[];
  /** What must never be made anew. */
  readonly kept: Readonly<Record<string, string>>;
  readonly generated: Readonly<Record<string, Texts>>;
}

async function stateOf(release: Release): Promise<State> {
  const objects = await release.objects();
  const kept = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim' || kind === 'Secret');
  return {
    objects: objects.map((object) => JSON.parse(JSON.stringify(object, lasting))),
    kept: Object.fromEntries(kept.map((object) => [nameOf(object), object.metadata.uid])),
    generated: await release.generated('first-registry'),
  };
}

const PASSING = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'tls.crt',
  'tls.key',
  'htpasswd',
  RENEWAL,
  'checksum/config',
];

function lasting(key: string, value: unknown): unknown {
  return PASSING.includes(key) ? undefined : value;
}

function without(generated: State['generated'], keys: readonly string[]): State['generated'] {
  return JSON.parse(JSON.stringify(generated, (key, value) => (keys.includes(key) ? undefined : value)));
}

/** Is the password that is shown the one of the user in the file? */
function letsIn({ auth, login }: State['generated']): boolean {
  const [user, hash] = auth.htpasswd.trim().split(':');
  return user === login.username && compareSync(login.password, hash);
}
