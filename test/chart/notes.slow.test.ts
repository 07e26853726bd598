// NOTES.txt says what the constructs' notes say, in Helm's terms: compared to the byte, for each step and each
// condition of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { registryFromValues } from '../../lib/chart/from-values';
import { describeWith } from '../../tools/programs';
import { ROOT } from '../support/project';
import { HelmRender, type RenderProgram } from './helm-render';
import { notesAsHelm } from './notes-as-helm';
import { AskedStore, NAMESPACE } from './plain-registry';
import { LINES, nested, type Values } from './value-sets/value-set';

const CHART = join(ROOT, 'chart', 'registry');
const PROGRAMS = { helmRender3: 'Helm 3', helmRender4: 'Helm 4' } as const;

type ByPath = Readonly<Record<string, unknown>>;

const INGRESS = { 'ingress.enabled': true };
const INGRESS_ROUTE = { 'ingressRoute.enabled': true };
const GATEWAY = { 'httpRoute.enabled': true, 'httpRoute.gateway.className': 'nginx' };
const EXISTING = { 'httpRoute.enabled': true, 'httpRoute.gateway.name': 'public' };
const CERT_MANAGER = { 'tls.certManager.enabled': true, 'tls.certManager.issuer.name': 'ca' };
const IN_POD = { 'tls.termination': 'POD' };
const ANNOTATED = { ...INGRESS, 'ingress.annotations': { 'cert-manager.io/issuer': 'ca' } };
const PLAIN = { 'tls.enabled': false, 'auth.insecurePasswordsOverHttp': true };
const EXTERNAL = { 'tls.external': true };
const NODE_PORT = { 'service.type': 'NodePort' };
const APART = { pullAddress: '192.0.2.1:30500' };
const TRUST = { 'nodeTrust.enabled': true };
const RETAINED = {
  'storage.deletion': true,
  'retention.enabled': true,
  'retention.rules': [{ repositories: ['**'], keep: [{ newest: 10 }] }],
};
const TOKENS = {
  'auth.token.enabled': true,
  'auth.token.service': 'registry.example.com',
  'auth.token.issuer': 'auth.example.com',
  'auth.token.jwksSecret': 'keys',
};
const DASHBOARD = { 'metrics.enabled': true, 'dashboard.enabled': true, 'dashboard.job': 'a' };
const UI = { 'ui.enabled': true };
const UI_HOST = { ...UI, 'ui.host': 'images.example.com' };

/** For each step, what changes it. */
const CASES: Readonly<Record<string, readonly ByPath[]>> = {
  'the address': [
    {},
    { 'service.port': 443 },
    NODE_PORT,
    { ...NODE_PORT, 'service.nodePort': 30500, host: '192.0.2.1' },
    { 'service.type': 'LoadBalancer' },
    { 'service.type': 'LoadBalancer', 'service.loadBalancerIP': '192.0.2.1', host: 'registry.example.com' },
    INGRESS,
    { ...INGRESS, ...UI_HOST, host: 'registry.example.com' },
    { ...INGRESS, ...UI, 'ui.host': 'ui.localhost' },
    INGRESS_ROUTE,
    GATEWAY,
    EXISTING,
    { ...EXISTING, 'httpRoute.gateway.namespace': 'gateways' },
    EXTERNAL,
    { ...EXTERNAL, ...NODE_PORT },
    { ...EXTERNAL, ...NODE_PORT, 'service.nodePort': 30500 },
    { ...EXTERNAL, 'service.type': 'LoadBalancer' },
  ],
  'the certificate': [
    CERT_MANAGER,
    { ...CERT_MANAGER, ...INGRESS, ...IN_POD, 'tls.certManager.privateCa': true },
    ANNOTATED,
    { ...ANNOTATED, ...UI_HOST },
    { ...ANNOTATED, ...UI_HOST, 'ui.tlsSecret': 'ui' },
    { ...ANNOTATED, ...IN_POD },
    { 'tls.existingSecret': 'certificate' },
  ],
  pushes: [
    ...['COMMUNITY_NGINX', 'F5_NGINX', 'TRAEFIK', 'HAPROXY'].map((controller) => ({
      ...INGRESS,
      'ingress.controller': controller,
    })),
    { ...INGRESS, 'ingress.className': 'nginx' },
    { ...INGRESS, 'ingress.className': 'our-traefik', ...PLAIN },
    { ...INGRESS_ROUTE, 'ingressRoute.entryPoints': ['one', 'two'] },
    { ...INGRESS_ROUTE, ...PLAIN },
  ],
  trust: [
    APART,
    { ...APART, ...INGRESS },
    { ...APART, ...NODE_PORT },
    { ...NODE_PORT, ...INGRESS, ...IN_POD },
    { ...APART, ...INGRESS_ROUTE, 'ingressRoute.certResolver': 'acme', ...IN_POD },
    { ...INGRESS_ROUTE, 'ingressRoute.certResolver': 'acme' },
    { ...EXISTING, ...APART, ...IN_POD },
    { ...EXISTING, ...IN_POD },
    PLAIN,
    { ...PLAIN, ...APART },
    { ...PLAIN, pullAddress: '127.0.0.1:30500' },
    { ...PLAIN, ...INGRESS },
    { ...PLAIN, ...INGRESS, ...APART },
    { ...INGRESS, ...APART, ...NODE_PORT, 'auth.insecurePasswordsOverHttp': true },
    { ...INGRESS, ...NODE_PORT, pullAddress: '127.0.0.1:30500', 'auth.insecurePasswordsOverHttp': true },
  ],
  login: [
    { 'auth.enabled': false },
    { 'auth.enabled': false, 'storage.deletion': true },
    { 'auth.enabled': false, 'storage.readOnly': true },
    { 'auth.existingSecret': 'users' },
    { 'auth.htpasswd': `# people\n ${LINES.alice}\n${LINES.bob}\n` },
    { 'auth.username': 'a$b', fullnameOverride: 'images' },
    { ...TOKENS, 'auth.token.realm': 'https://auth.example.com/token' },
    { ...TOKENS, 'auth.token.autoRedirect': true },
    { 'auth.verifier.url': 'http://auth.auth.svc/check' },
  ],
  'who may do what': [
    { 'front.enabled': true },
    { 'access.administrators': ['admin'], 'storage.deletion': true },
    {
      'auth.existingSecret': 'users',
      'access.rules': [
        { action: 'pull', repositories: ['public/**', 'base'], everyone: true },
        {
          action: 'push',
          repositories: ['team/*', '**/cache', 'a-long-prefix-of-one-team/**'],
          groups: ['devs'],
        },
        { action: 'push', repositories: ['another-long-prefix-of-a-team/**'], users: ['a'] },
      ],
      'access.groups': { devs: ['bob', 'a'] },
    },
    {
      'auth.verifier.url': 'https://auth.example.com',
      'access.rules': [
        { action: 'push', repositories: ['team/**'], groups: ['devs', 'Team A'], users: ['anna'] },
        { action: 'catalog', allUsers: true, groups: ['devs'] },
      ],
    },
  ],
  verification: [{ 'verification.enabled': true }],
  dashboard: [
    DASHBOARD,
    { ...DASHBOARD, 'verification.enabled': true, 'dashboard.operatorLabels': { a: 'b' } },
  ],
  nodes: [
    TRUST,
    { ...TRUST, 'nodeTrust.runtimes': ['docker', 'k3s'] },
    ...[['docker'], ['k3s'], ['containerd', 'docker', 'k3s'], ['containerd', 'k3s']].flatMap((runtimes) =>
      [
        { ...INGRESS },
        { ...INGRESS, ...APART, ...NODE_PORT, ...IN_POD },
        { ...EXISTING, ...APART, ...IN_POD },
      ].map((route) => ({ ...TRUST, 'nodeTrust.runtimes': runtimes, ...route })),
    ),
    { ...TRUST, 'nodeTrust.uninstall': true, 'nodeTrust.namespace': 'trust' },
    { ...TRUST, 'nodeTrust.uninstall': true, 'nodeTrust.runtimes': ['docker', 'k3s'], ...INGRESS },
    { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io', 'quay.io'] },
    { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io', 'quay.io'], 'nodeTrust.mirrorLogin.username': 'admin' },
    {
      ...TRUST,
      'nodeTrust.mirrorOf': ['docker.io', 'quay.io'],
      'nodeTrust.runtimes': ['k3s'],
      'nodeTrust.mirrorLogin.username': 'admin',
      'access.rules': [{ action: 'push', repositories: ['library/*'], users: ['admin'] }],
    },
    { ...TRUST, 'nodeTrust.mirrorOf': ['docker.io'], 'auth.enabled': false },
    { ...TRUST, 'nodeTrust.endpoint': 'https://10.0.0.5:30500', ...INGRESS },
  ],
  caches: [
    { caches: [{ upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } }] },
    {
      caches: [
        { upstream: 'docker.io', name: 'hub', login: { existingSecret: 'hub', publicImagesOnly: true } },
        { upstream: 'registry.example.com:5000', upstreamUrl: 'http://10.0.0.5:80' },
      ],
      ...INGRESS,
      ...TRUST,
      'nodeTrust.mirrorOf': ['quay.io', 'docker.io', 'ghcr.io'],
    },
    {
      caches: [{ upstream: 'docker.io' }],
      ...TRUST,
      'nodeTrust.mirrorOf': ['docker.io'],
      'nodeTrust.mirrorLogin.username': 'admin',
      'access.rules': [{ action: 'pull', repositories: ['docker.io/**'], users: ['admin'] }],
    },
    { caches: [{ upstream: 'quay.io' }], ...APART, ...INGRESS, fullnameOverride: 'images' },
  ],
  collections: [
    { 'collection.enabled': true, 'storage.deletion': true },
    {
      'collection.enabled': true,
      'storage.deletion': true,
      fullnameOverride: 'images',
      caches: [{ upstream: 'docker.io' }],
      ...TRUST,
    },
  ],
  snapshots: [
    { 'snapshots.enabled': true },
    {
      'snapshots.enabled': true,
      fullnameOverride: 'images',
      'collection.enabled': true,
      'storage.deletion': true,
      copies: [{ target: 'backup.example.com', remote: { loginSecret: 'backup' } }],
    },
  ],
  retentions: [
    RETAINED,
    { ...RETAINED, 'retention.dryRun': false, 'collection.enabled': true },
    { ...RETAINED, 'retention.spareRunning.enabled': true, fullnameOverride: 'images' },
  ],
  copies: [
    {
      copies: [
        { name: 'nightly', target: 'backup.example.com', remote: { loginSecret: 'backup' } },
        { source: 'docker.io', remote: { anonymous: true }, repositories: ['library/alpine'] },
      ],
    },
  ],
  'the UI': [
    { ...INGRESS, ...UI },
    { ...INGRESS, ...UI, ...PLAIN, 'ui.path': '/images' },
    { ...INGRESS, ...UI_HOST, 'ui.login': true, 'ingress.controller': 'COMMUNITY_NGINX' },
    { ...GATEWAY, ...UI_HOST, 'ui.cors': true, 'auth.enabled': false },
  ],
  egress: [
    { redis: { addr: 'redis', addrs: ['redis:6379', '', '?'], mastername: 'a' } },
    { redis: { sentinelmasterset: 'a' }, notifications: { endpoints: [{ url: '?' }, { url: 'localhost' }] } },
    { notifications: { endpoints: [{ url: '?', disabled: true }, { url: 'https://hooks.example.com' }] } },
    { proxy: { remoteurl: 'https://registry-1.docker.io' } },
    { proxy: { remoteurl: 'http://mirror:5000' }, health: { tcp: [{ addr: 'unix:/a' }, { addr: 'a' }] } },
    { proxy: { remoteurl: '?' }, health: { http: [{ uri: 'a b' }] }, log: { hooks: [{ options: {} }] } },
  ]
    .map((extra): ByPath => ({ 'configuration.extra': extra }))
    .concat(
      { 'networkPolicy.enabled': false, 'configuration.extra': { redis: { addr: '?' } } },
      { extraEnv: [{ name: 'HTTP_PROXY', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }] },
      {
        extraEnv: [
          { name: 'HTTPS_PROXY', value: '?' },
          { name: 'REGISTRY_NOTIFICATIONS_ENDPOINTS', value: '- url: https://hooks.example.com' },
          { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'collector' },
          { name: 'NO_PROXY', value: '?' },
        ],
      },
    ),
};

/** What the constructs' notes are for values. */
function wanted(values: Values): string {
  const app = Testing.app();
  new AskedStore().useIn(app);
  const release = { name: 'registry', namespace: NAMESPACE };
  return notesAsHelm(registryFromValues(new Chart(app, 'chart'), values, release));
}

const cases = Object.entries(CASES).flatMap(([step, all]) =>
  all.map((byPath, index) => [`${step} ${index + 1}`, nested(byPath)] as const),
);

for (const [program, title] of Object.entries(PROGRAMS) as [RenderProgram, string][]) {
  describeWith(`NOTES of the chart by ${title}`, [program], () => {
    const helm = new HelmRender({ program, chart: CHART, standIns: true });
    const all: string[] = [];
    afterAll(() => helm.close());

    test.each(cases)('%s', async (_, values) => {
      const { notes, error } = await helm.render({ values, namespace: NAMESPACE });
      expect(error).toBeUndefined();
      expect(notes).toBe(wanted(values));
      all.push(String(notes));
    });

    test('and no line of the templates was left out', () => {
      const folder = join(CHART, 'templates');
      const lines = readdirSync(folder)
        .filter((name) => name.startsWith('_notes'))
        .flatMap((name) =>
          readFileSync(join(folder, name), 'utf8')
            .replace(/\{\{- \/\*.*?\*\/ ?-?\}\}/gs, '')
            .split('\n'),
        )
        // What is left of a line without its expressions.
        .map((line) => line.split(/\{\{.*?\}\}/).map((text) => text.trim()))
        .filter((texts) => texts.some((text) => text !== ''));
      const said = all.join('\n').split('\n');
      const missing = lines.filter(
        (texts) => !said.some((line) => texts.every((text) => line.includes(text))),
      );
      expect(missing).toEqual([]);
    });
  });
}
