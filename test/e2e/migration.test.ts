// docs/migrate.md on a real API server: the claim with the images survives the old release, and what it holds is what the translated values name.

import { parse, stringify } from 'yaml';
import { migrate } from '../../lib/helm/migration/migration';
import { fill } from '../support/folder';
import { API_PROGRAMS, ApiServer } from './cluster/api-server';
import { Machine } from './cluster/machine';
import { HELM_PROGRAMS, Helm } from './helm';
import { describeWith } from './programs';

jest.setTimeout(90_000);

/** What matters of an old chart: a claim that goes with the release, unless another one is named. */
const OLD_CHART = {
  'Chart.yaml': 'apiVersion: v1\nname: docker-registry\nversion: 3.0.0\n',
  'values.yaml': 'persistence: { enabled: false, size: 10Gi }\n',
  'templates/pvc.yaml': [
    '{{- if and .Values.persistence.enabled (not .Values.persistence.existingClaim) }}',
    'apiVersion: v1',
    'kind: PersistentVolumeClaim',
    'metadata: { name: {{ .Release.Name }} }',
    'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: {{ .Values.persistence.size }} } } }',
    '{{- end }}',
    '',
  ].join('\n'),
};
const RELEASE = 'docker-registry';

for (const [program, title] of HELM_PROGRAMS) {
  describeWith(`Moving by ${title}`, [...API_PROGRAMS, program], () => {
    let machine: Machine | undefined;
    let server: ApiServer;
    let helm: Helm;
    let chart: string;
    beforeAll(async () => {
      machine = await Machine.start();
      server = await ApiServer.start(machine);
      helm = new Helm(program, server);
      chart = machine.makeFolder('old');
      fill(chart, OLD_CHART);
    });
    afterAll(() => machine?.stop());

    const values = { persistence: { enabled: true, size: '20Gi' } };
    const kept = ['annotate', 'pvc', RELEASE, 'helm.sh/resource-policy=keep'];
    const install = async (namespace: string) => {
      await server.createNamespace(namespace);
      await helm.install(RELEASE, chart, { namespace, values });
    };
    /** Empty where the claim is there and stays; the API server alone never finishes a deletion. */
    const deletion = (namespace: string) =>
      server.must(['get', 'pvc', RELEASE, '-n', namespace, '-o', 'jsonpath={.metadata.deletionTimestamp}']);

    test('the claim survives when it is annotated, taken out of the release, and the release goes', async () => {
      const namespace = 'moved';
      await install(namespace);
      await server.must([...kept, '-n', namespace]);
      await helm.upgrade(RELEASE, chart, { namespace, args: ['--reuse-values', '--set', `persistence.existingClaim=${RELEASE}`] });
      expect(await helm.manifest(RELEASE, { namespace })).not.toContain('PersistentVolumeClaim');
      expect(await deletion(namespace)).toBe('');

      const { code, stdout } = await helm.run(['get', 'values', RELEASE, '--all', '--output', 'yaml'], { namespace });
      expect(code).toBe(0);
      const translated = migrate(stdout, { release: RELEASE });
      expect(translated.values.get('persistence.existingClaim')).toBe(RELEASE);
      expect(stringify(parse(stdout))).toContain('existingClaim: docker-registry');

      await helm.uninstall(RELEASE, { namespace });
      expect(await deletion(namespace)).toBe('');
    });

    test('the annotation alone does not keep it', async () => {
      const namespace = 'lost';
      await install(namespace);
      await server.must([...kept, '-n', namespace]);
      await helm.uninstall(RELEASE, { namespace });
      expect(await deletion(namespace)).not.toBe('');
    });
  });
}
