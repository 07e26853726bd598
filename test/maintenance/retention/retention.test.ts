// The manifests of a retention. What its script does is in retention.slow.test.ts.
import type { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryRetention,
  type RegistryRetentionProps,
  RetentionRule,
} from '../../../lib';
import { notesOf } from '../../../lib/app/notes/collector';
import { type Manifest, manifest, namesIn, newChart, problemsIn } from '../../support/synth';

const RULES = [
  RetentionRule.repositories('team/**')
    .keepNewest(10, { tags: ['pr-*'] })
    .keepTags('v*'),
];

function retentionOf(
  about: RegistryProps = {},
  props: Partial<RegistryRetentionProps> = {},
): { readonly chart: Chart; readonly spec: Manifest; readonly pod: Manifest } {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { storage: { deletion: true }, ...about });
  new RegistryRetention(chart, 'retention', { registry, rules: RULES, ...props });
  expect(problemsIn(chart)).toEqual([]);
  const { spec } = manifest(chart, 'CronJob/registry-retention');
  return { chart, spec, pod: spec.jobTemplate.spec.template.spec };
}
const variables = ({ env }: Manifest) =>
  Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));

test('reports, and deletes only where it is told to', () => {
  expect(variables(retentionOf().pod.containers[0])).toEqual({
    REGISTRY: 'registry:5000',
    RETENTION: '/retention',
    DRY_RUN: 'true',
    DOCKER_CONFIG: '/login',
    SSL_CERT_FILE: '/ca/ca.crt',
  });
  expect(variables(retentionOf({}, { dryRun: false }).pod.containers[0]).DRY_RUN).toBe('false');
});

test('runs alone, is tried again, and ends', () => {
  const { spec } = retentionOf();
  expect(spec).toMatchObject({
    schedule: '0 1 * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 3600,
    jobTemplate: { spec: { backoffLimit: 5, activeDeadlineSeconds: 14_400 } },
  });
});

test('reaches the registry alone, and no pod has a token', () => {
  const { chart, pod } = retentionOf({ service: { port: 8443 } });
  expect(pod).toMatchObject({ automountServiceAccountToken: false });
  expect(pod).not.toHaveProperty('serviceAccountName');
  const { spec } = manifest(chart, 'NetworkPolicy/registry-retention');
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(spec.egress.slice(1)).toEqual([
    {
      ports: [{ port: 5000, protocol: 'TCP' }],
      to: [
        { podSelector: { matchLabels: manifest(chart, 'Deployment/registry').spec.selector.matchLabels } },
      ],
    },
  ]);
});

test('the rules as the script reads them', () => {
  const { chart } = retentionOf({ image: 'registry:2.8.3' });
  expect(manifest(chart, 'ConfigMap/registry-retention').data['rules.lua']).toBe(`return {
  tagDeletion = false,
  attempts = 60,
  pause = 20,
  rules = {
    {
      repositories = { "team/**" },
      dates = true,
      keep = {
        {
          by = "newest",
          count = 10,
          tags = { "pr-*" },
        },
        {
          by = "tags",
          tags = { "v*" },
        },
      },
    },
  },
}
`);
});

test('without stars it does not list the repositories', () => {
  const rules = [RetentionRule.repositories('team/b', 'team/a').keepNewest(1)];
  const { chart } = retentionOf({}, { rules });
  expect(manifest(chart, 'ConfigMap/registry-retention').data['rules.lua']).toContain(
    'names = { "team/a", "team/b" },',
  );
});

test('what runs is listed by a container of its own, with the right to list pods', () => {
  const { chart, pod } = retentionOf({}, { spareRunning: {} });
  const name = 'registry.registry-retention';
  expect(manifest(chart, `ClusterRole/${name}`)).toMatchObject({
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
  });
  expect(manifest(chart, `ClusterRole/${name}`).metadata).not.toHaveProperty('namespace');
  expect(manifest(chart, `ClusterRoleBinding/${name}`)).toMatchObject({
    roleRef: { name },
    subjects: [{ kind: 'ServiceAccount', name: 'registry-retention', namespace: 'registry' }],
  });
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    serviceAccountName: 'registry-retention',
  });
  const mounts = ({ volumeMounts }: Manifest) => volumeMounts.map((mount: Manifest) => mount.name);
  expect(mounts(pod.initContainers[0])).toEqual(['running', 'account']);
  expect(mounts(pod.containers[0])).toEqual(['files', 'login', 'ca', 'running']);
  expect(variables(pod.containers[0]).RUNNING).toBe('/running/list');
  expect(notesOf(chart.node.root).at(-1)).toContain(`The ClusterRole ${name} lets it list the pods`);
});

test('logs in by a Secret that exists, or not at all', () => {
  const login = RegistryLogin.existingSecret(Secret.fromSecretName(newChart(), 'login', 'robot'));
  expect(namesIn(retentionOf({}, { login }).chart)).not.toContain('Secret/registry-retention');
  const { chart, pod } = retentionOf({
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  });
  expect(namesIn(chart)).not.toContain('Secret/registry-retention');
  expect(variables(pod.containers[0])).toEqual({
    REGISTRY: 'registry:5000',
    RETENTION: '/retention',
    DRY_RUN: 'true',
  });
});

test.each([true, false])('its notes say whether it deletes, dry run: %s', (dryRun) => {
  const text = notesOf(retentionOf({}, { dryRun }).chart.node.root).at(-1) ?? '';
  expect(text.includes('IT DELETES IMAGES')).toBe(!dryRun);
  expect(text).toContain('kubectl -n registry create job $job --from=cronjob/registry-retention &&\n');
});
