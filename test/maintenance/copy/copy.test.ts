// The manifests of a copy, and how it reads logins. What its scripts do else is in copy.slow.test.ts.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  CopyEndpoint,
  Registry,
  RegistryCertificate,
  RegistryCopy,
  type RegistryCopyProps,
  RegistryCredentials,
  StorageBackend,
} from '../../../lib';
import { notesOf } from '../../../lib/app/notes/collector';
import { PLAN_SHELL } from '../../../lib/maintenance/copy/shell-scripts';
import { describeWith } from '../../../tools/programs';
import { newFolder } from '../../support/folder';
import { type Manifest, manifest, namesIn, newChart, problemsIn } from '../../support/synth';

const ROBOT = Secret.fromSecretName(newChart(), 'login', 'robot');
const OTHER = CopyEndpoint.host('old.example.com', { login: ROBOT });

function copyOf(ends: (chart: Chart, registry: Registry) => Partial<RegistryCopyProps> = () => ({})): {
  readonly chart: Chart;
  readonly spec: Manifest;
  readonly pod: Manifest;
  readonly copy: RegistryCopy;
} {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {});
  const copy = new RegistryCopy(chart, 'copy', {
    source: OTHER,
    target: CopyEndpoint.registry(registry),
    ...ends(chart, registry),
  });
  expect(problemsIn(chart)).toEqual([]);
  const { spec } = manifest(chart, `CronJob/${copy.objectName}`);
  return { chart, spec, copy, pod: spec.jobTemplate.spec.template.spec };
}
const variables = ({ env }: Manifest) =>
  Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
const mounts = ({ volumeMounts }: Manifest) => volumeMounts.map(({ name }: Manifest) => name);

test('runs when it is asked to, or on a schedule', () => {
  expect(copyOf().spec).toMatchObject({
    suspend: true,
    concurrencyPolicy: 'Forbid',
    jobTemplate: { spec: { backoffLimit: 5, activeDeadlineSeconds: 86_400 } },
  });
  const { spec } = copyOf(() => ({ schedule: '0 2 * * *', timeZone: 'Europe/Berlin' }));
  expect(spec).toMatchObject({ suspend: false, schedule: '0 2 * * *', timeZone: 'Europe/Berlin' });
});

test('plans, copies and compares, each without a token, and the logins are seen by the plan alone', () => {
  const { pod } = copyOf();
  expect(pod).toMatchObject({ automountServiceAccountToken: false, restartPolicy: 'Never' });
  expect(pod).not.toHaveProperty('serviceAccountName');
  const [plan, copy] = pod.initContainers;
  const [compare] = pod.containers;
  expect([plan, copy, compare].map(({ name, image }) => `${name} ${image}`)).toEqual([
    'plan ghcr.io/regclient/regbot:v0.11.7-alpine',
    'copy ghcr.io/regclient/regsync:v0.11.7-alpine',
    'compare ghcr.io/regclient/regbot:v0.11.7-alpine',
  ]);
  expect(mounts(plan)).toEqual(['files', 'work', 'source-login', 'target-login', 'target-ca']);
  expect(mounts(copy)).toEqual(['files', 'work', 'target-ca']);
  expect(mounts(compare)).toEqual(['files', 'work', 'target-ca']);
  expect(pod.volumes).toContainEqual({ name: 'work', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } });
});

test('is told both addresses, and where their logins and CAs are', () => {
  const caSecret = { secret: Secret.fromSecretName(newChart(), 'ca', 'old-ca') };
  const source = CopyEndpoint.host('old.example.com:8443', { login: ROBOT, caSecret });
  const { pod } = copyOf(() => ({ source, repositories: ['team/*', 'web'], overwrite: true }));
  expect(variables(pod.initContainers[0])).toEqual({
    SOURCE: 'old.example.com:8443',
    TARGET: 'registry:5000',
    REPOSITORIES: 'team/* web',
    OVERWRITE: 'true',
    FILES: '/copy',
    DOCKER_CONFIG: '/work',
    SOURCE_LOGIN: '/source-login',
    SOURCE_LOGIN_AT: 'old.example.com:8443 https://old.example.com:8443',
    SOURCE_LOGIN_AS: 'old.example.com:8443',
    TARGET_LOGIN: '/target-login',
    TARGET_LOGIN_AT: 'registry:5000 registry.localhost:5000 registry',
    TARGET_LOGIN_AS: 'registry:5000',
    SSL_CERT_DIR: '/source-ca:/target-ca',
  });
});

test('Docker Hub has another name in logins', () => {
  const source = CopyEndpoint.host('docker.io', { login: ROBOT });
  const { pod } = copyOf(() => ({ source, repositories: ['library/alpine'] }));
  expect(variables(pod.initContainers[0])).toMatchObject({
    SOURCE: 'docker.io',
    SOURCE_LOGIN_AS: 'https://index.docker.io/v1/',
  });
});

test('reaches the two registries alone, and ours admit it', () => {
  const source = CopyEndpoint.host('old.example.com', { login: ROBOT, ranges: ['10.1.0.0/16'] });
  const { chart } = copyOf(() => ({ source }));
  const { spec } = manifest(chart, 'NetworkPolicy/registry-copy');
  expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(spec.ingress ?? []).toEqual([]);
  const { matchLabels } = manifest(chart, 'Deployment/registry').spec.selector;
  expect(spec.egress.slice(1)).toEqual([
    { ports: [{ port: 443, protocol: 'TCP' }], to: [{ ipBlock: { cidr: '10.1.0.0/16' } }] },
    { ports: [{ port: 5000, protocol: 'TCP' }], to: [{ podSelector: { matchLabels } }] },
  ]);
});

test('several of one registry have names, pods and policies of their own', () => {
  const chart = newChart();
  const allowFrom = [{ podSelector: {} }];
  const registry = new Registry(chart, 'registry', { networkPolicy: { allowFrom } });
  const ours = CopyEndpoint.registry(registry);
  const backup = CopyEndpoint.host('backup.example.com', { login: ROBOT });
  new RegistryCopy(chart, 'nightly', {
    source: ours,
    target: backup,
    copyName: 'nightly',
    schedule: '@daily',
  });
  new RegistryCopy(chart, 'move', { source: OTHER, target: ours });
  expect(problemsIn(chart)).toEqual([]);
  expect(
    namesIn(chart)
      .filter((name) => name.includes('-copy'))
      .sort(),
  ).toEqual([
    'ConfigMap/registry-copy',
    'ConfigMap/registry-copy-nightly',
    'CronJob/registry-copy',
    'CronJob/registry-copy-nightly',
    'NetworkPolicy/registry-copy',
    'NetworkPolicy/registry-copy-nightly',
    'Secret/registry-copy-nightly-source',
    'Secret/registry-copy-target',
  ]);
  for (const name of ['registry-copy', 'registry-copy-nightly']) {
    const { matchLabels } = manifest(chart, `NetworkPolicy/${name}`).spec.podSelector;
    expect(matchLabels).toMatchObject({ 'registry-copy': name });
    const { template } = manifest(chart, `CronJob/${name}`).spec.jobTemplate.spec;
    expect(template.metadata.labels).toMatchObject(matchLabels);
  }
  // Both are admitted by what they have in common.
  const { from } = manifest(chart, 'NetworkPolicy/registry').spec.ingress[0];
  const { 'app.kubernetes.io/component': component } = from[1].podSelector.matchLabels;
  expect([from.length, component]).toEqual([2, 'copy']);
});

test('between two registries of one namespace, with a login of each', () => {
  const { chart, pod, copy } = copyOf((scope) => ({
    source: CopyEndpoint.registry(new Registry(scope, 'old', { name: 'old', host: 'old.example.com' })),
  }));
  expect(copy.secrets.map(({ name }) => name)).toEqual(['registry-copy-source', 'registry-copy-target']);
  expect(Object.keys(manifest(chart, 'Secret/registry-copy-source').data)).toEqual(['login']);
  expect(variables(pod.initContainers[0])).toMatchObject({ SOURCE: 'old:5000', TARGET: 'registry:5000' });
});

test('as a backup it is named after the source, and follows blobs to its bucket', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    tls: { certificate: RegistryCertificate.none() },
    auth: { credentials: RegistryCredentials.anonymous() },
    storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }) },
  });
  new RegistryCopy(chart, 'copy', { source: CopyEndpoint.registry(registry), target: OTHER });
  expect(problemsIn(chart)).toEqual([]);
  expect(
    namesIn(chart)
      .filter((name) => name.endsWith('-copy'))
      .sort(),
  ).toEqual(['ConfigMap/registry-copy', 'CronJob/registry-copy', 'NetworkPolicy/registry-copy']);
  const { data } = manifest(chart, 'ConfigMap/registry-copy');
  expect(JSON.parse(data['creds.json'])).toEqual([
    { registry: 'registry:5000', tls: 'disabled' },
    { registry: 'old.example.com', tls: 'enabled' },
  ]);
});

test('its notes say how to run it', () => {
  const notes = notesOf(copyOf().chart.node.root).at(-1);
  expect(notes).toContain('kubectl -n registry create job $job --from=cronjob/registry-copy &&\n');
});

test('each step of a move to a bucket synthesizes, and a bucket that both write to is refused', () => {
  const step = (bucketOfFirst: boolean, readOnly: boolean, withNext: boolean) => {
    const chart = newChart();
    const bucket = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' });
    const storage = { ...(bucketOfFirst && { backend: bucket }), readOnly };
    const first = new Registry(chart, 'registry', { storage });
    if (withNext) {
      const next = new Registry(chart, 'next', { name: 'next', storage: { backend: bucket } });
      const [source, target] = [CopyEndpoint.registry(first), CopyEndpoint.registry(next)];
      const { objectName } = new RegistryCopy(chart, 'copy', { source, target, overwrite: true });
      expect(objectName).toBe('next-copy');
    }
    return problemsIn(chart);
  };
  expect(step(false, false, true)).toEqual([]); // 1. and 2.
  expect(step(false, true, true)).toEqual([]); // 3.
  expect(step(true, false, false)).toEqual([]); // 4.
  expect(JSON.stringify(step(true, false, true))).toContain('both write to the bucket');
});

describeWith('the login in a docker config', ['sed'], () => {
  test.each([
    ['as kubectl writes it', '"username":"u","password":"p","auth":"dTpwYXM="'],
    ['with braces in a password', '"username":"u","password":"}a{b}c\\"d\\\\","auth":"dTpwYXM="'],
    ['with = and / escaped', '"password":"\\\\u003d","auth":"dTpwYXM\\u003d"'],
    [
      'with a login in a password',
      '"password":"\\"old.example.com\\":{\\"auth\\":\\"EVIL\\"}","auth":"dTpwYXM="',
    ],
  ])('finds the login in a docker config %s', (_, fields) => {
    const folder = newFolder();
    const other = '"x.example.com":{"password":"\\"old.example.com\\":{}","auth":"AAAA"}';
    writeFileSync(
      join(folder, 'config.json'),
      `{"auths": {${other},\n "old.example.com": {${fields}}, "old-example.com": {"auth":"BBBB"}}}`,
    );
    writeFileSync(join(folder, 'regbot'), '#!/bin/sh\n');
    chmodSync(join(folder, 'regbot'), 0o755);
    const work = newFolder();
    execFileSync('sh', ['-c', PLAN_SHELL], {
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        SOURCE_LOGIN: folder,
        SOURCE_LOGIN_AT: 'old.example.com https://old.example.com',
        SOURCE_LOGIN_AS: 'old.example.com',
        TARGET_LOGIN: join(folder, 'none'),
        FILES: folder,
        DOCKER_CONFIG: work,
      },
    });
    const { auths } = JSON.parse(readFileSync(join(work, 'config.json'), 'utf8'));
    expect(auths).toEqual({ 'old.example.com': { auth: 'dTpwYXM=' } });
  });
});
