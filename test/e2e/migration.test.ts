// docs/migrate.md on a real API server, by its own commands: the claim with the images survives the old
// release, the new one has it, and so has the old one again when it comes back. What needs pods, which the
// API server alone has not, is in migration-chart.test.ts.

import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { fill } from '../support/folder';
import { blocksIn, readPage } from '../support/page';
import { Helm, helmsOrOnly } from './helm';
import { Reader } from './reader';

const PAGE = readPage('docs/migrate.md');
const [SETTINGS = '', ...BLOCKS] = blocksIn(PAGE, 'sh');
/** Without controllers there are no pods, and without pods nothing to wait for, to test or to pull from. */
const NEEDS_PODS = /^(kubectl rollout status|helm test|docker pull) .*\n/gm;

/**
 * What matters of an old chart: a Service, and a claim that goes with the release unless another one is
 * named.
 */
const OLD_CHART = {
  'Chart.yaml': 'apiVersion: v1\nname: docker-registry\nversion: 3.0.0\n',
  'values.yaml': 'persistence: { enabled: false, size: 10Gi }\n',
  'templates/service.yaml': [
    'apiVersion: v1',
    'kind: Service',
    'metadata: { name: {{ .Release.Name }} }',
    'spec: { ports: [{ port: 5000 }], selector: { app: docker-registry, release: {{ .Release.Name }} } }',
    '',
  ].join('\n'),
  'templates/pvc.yaml': [
    '{{- if and .Values.persistence.enabled (not .Values.persistence.existingClaim) }}',
    'apiVersion: v1',
    'kind: PersistentVolumeClaim',
    'metadata: { name: {{ .Release.Name }} }',
    'spec:',
    '  accessModes: [ReadWriteOnce]',
    '  storageClassName: ""',
    '  volumeName: images-of-{{ .Release.Namespace }}',
    '  resources: { requests: { storage: {{ .Values.persistence.size }} } }',
    '{{- end }}',
    '',
  ].join('\n'),
};
const OLD_VALUES = {
  persistence: { enabled: true, size: '20Gi' },
  tlsSecretName: 'registry-example-com',
  secrets: { htpasswd: 'alice:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO' },
  service: { type: 'LoadBalancer', port: 443 },
};
const RELEASE = 'docker-registry';

test('all commands are run but those that need pods', () => {
  expect(BLOCKS).toHaveLength(8);
  expect(
    BLOCKS.join('')
      .match(NEEDS_PODS)
      ?.map((line) => line.trim()),
  ).toEqual([
    'kubectl rollout status deployment/"$NAME" -n "$NAMESPACE"',
    'helm test "$NEW" -n "$NAMESPACE"',
    'docker pull registry.example.com/team/app:1.0',
  ]);
});

for (const [program, title] of helmsOrOnly('helm3')) {
  describeWith(`Moving by ${title}`, [...API_PROGRAMS, program], () => {
    let machine: Machine | undefined;
    let server: ApiServer;
    let helm: Helm;
    let chart: string;
    let reader: Reader;
    beforeAll(async () => {
      registryChart();
      machine = await Machine.start();
      server = await ApiServer.start(machine);
      helm = new Helm(program, server);
      chart = machine.makeFolder('old');
      fill(chart, OLD_CHART);
      reader = new Reader(server, program);
    });
    afterAll(() => machine?.stop());

    const install = async (namespace: string) => {
      await server.createNamespace(namespace);
      const volume = {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `images-of-${namespace}` },
        spec: {
          capacity: { storage: '20Gi' },
          accessModes: ['ReadWriteOnce'],
          hostPath: { path: '/srv' },
          storageClassName: '',
        },
      };
      await server.must(['create', '-f', '-'], { input: JSON.stringify(volume) });
      await helm.install(RELEASE, chart, { namespace, values: OLD_VALUES });
    };
    /** Blocks of the page, to be run one after the other in one shell. */
    const script = (namespace: string, blocks: readonly string[]): string => {
      const settings: Record<string, string> = {
        NAMESPACE: namespace,
        OLD: RELEASE,
        OLD_CHART: chart,
        OLD_VERSION: '3.0.0',
        NEW: 'registry',
        NEW_CHART: registryChart(),
      };
      expect(SETTINGS.match(/^\w+(?==)/gm)).toEqual(Object.keys(settings));
      const lines = Object.entries(settings).map(([name, value]) => `${name}='${value}'\n`);
      return [...lines, ...blocks].join('').replace(NEEDS_PODS, '');
    };
    /** Empty where the claim is there and stays; the API server alone never finishes a deletion. */
    const deletion = (namespace: string) =>
      server.must(['get', 'pvc', RELEASE, '-n', namespace, '-o', 'jsonpath={.metadata.deletionTimestamp}']);
    const get = (namespace: string, ...args: string[]) => server.must(['get', '-n', namespace, ...args]);

    const upTo = (heading: string) => {
      const before = PAGE.slice(0, PAGE.indexOf(`\n## ${heading}`));
      return BLOCKS.slice(0, blocksIn(before, 'sh').length - 1);
    };

    test('the claim survives the old release, the new one has it, and the names are as they were', async () => {
      const namespace = 'moved';
      await install(namespace);
      const { stdout, stderr } = await reader.must(namespace, script(namespace, upTo('If it fails')));
      expect(stderr).toContain('Works, but look at it:');
      expect(stdout).toContain('the release has let go of the claim');
      expect(await deletion(namespace)).toBe('');
      const claimName = '{.spec.template.spec.volumes[?(@.name=="data")].persistentVolumeClaim.claimName}';
      expect(await get(namespace, 'deployment', RELEASE, '-o', `jsonpath=${claimName}`)).toBe(RELEASE);
      expect(
        await get(namespace, 'service', RELEASE, '-o', 'jsonpath={.spec.type} {.spec.ports[0].port}'),
      ).toBe('LoadBalancer 443');
      expect(
        await get(
          namespace,
          'pv',
          `images-of-${namespace}`,
          '-o',
          'jsonpath={.spec.persistentVolumeReclaimPolicy}',
        ),
      ).toBe('Retain');
    });

    test('the way back leads to the same claim', async () => {
      const namespace = 'back';
      await install(namespace);
      await reader.must(namespace, script(namespace, BLOCKS));
      expect(await deletion(namespace)).toBe('');
      expect(await helm.manifest(RELEASE, { namespace })).not.toContain('PersistentVolumeClaim');
      expect(await get(namespace, 'service', RELEASE, '-o', 'jsonpath={.spec.selector.app}')).toBe(
        'docker-registry',
      );
    });

    test('the annotation alone does not keep it', async () => {
      const namespace = 'lost';
      await install(namespace);
      await server.must(['annotate', 'pvc', RELEASE, 'helm.sh/resource-policy=keep', '-n', namespace]);
      await helm.uninstall(RELEASE, { namespace });
      expect(await deletion(namespace)).not.toBe('');
    });

    test('the new release does not come over the old one', async () => {
      const namespace = 'both';
      await install(namespace);
      const uninstall = upTo('4. Uninstall').length;
      const without = [...BLOCKS.slice(0, uninstall), ...BLOCKS.slice(uninstall + 1, uninstall + 2)];
      const { code, stderr } = await reader.follow(namespace, script(namespace, without));
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/"docker-registry" in namespace "both" exists/),
      });
      expect(await deletion(namespace)).toBe('');
    });
  });
}
