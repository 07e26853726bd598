// The files that make nodes trust and find a registry, and the DaemonSet that installs them. What its script
// does is in test/e2e/node-trust.test.ts.
import { Chart, Testing } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  AccessRule,
  ExternalSecretStore,
  FixedStore,
  type NodeFilesOptions,
  NodeRuntime,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLocalHosting,
  RegistryLogin,
  RegistryNodeTrust,
  RegistryNodeTrustProps,
  type RegistryProps,
  RegistryUser,
  Subject,
} from '../../lib';
import { notesOf } from '../../lib/app/notes/collector';
import { issue } from '../support/certificates';
import { manifest, manifestsIn, newChart, newChartWithStore, problemsIn } from '../support/synth';

const HOST = { host: 'registry.example.com' };
const OWNER =
  "# Written by cdk8s-registry for registry/registry. Don't change: it would be left as it is from then on.";

function registryOf(props: RegistryProps = {}): Registry {
  return new Registry(newChart(), 'registry', { ...HOST, ...props });
}

describe('files', () => {
  test('containerd, with a CA of our own', () => {
    const files = registryOf().nodeFiles();
    expect(files.containerdHostsPath).toBe('/etc/containerd/certs.d/registry.example.com:5000/hosts.toml');
    expect(files.containerdCaPath).toBe('/etc/containerd/certs.d/registry.example.com:5000/ca.crt');
    expect(files.containerdHostsToml).toBe(
      `${OWNER}\nserver = "https://registry.example.com:5000"\nca = "ca.crt"\n`,
    );
    expect(files.ca).toMatch(/^# Written by .*\n-----BEGIN CERTIFICATE-----\n/);
  });

  test('containerd, at an endpoint that nodes can resolve', () => {
    const { containerdHostsToml } = registryOf({ ingress: {} }).nodeFiles({
      endpoint: 'https://10.0.0.5:30500',
    });
    expect(containerdHostsToml).toBe(
      `${OWNER}\nserver = "https://registry.example.com"\nca = "ca.crt"\n\n[host."https://10.0.0.5:30500"]\n  capabilities = ["pull", "resolve"]\n  ca = "ca.crt"\n`,
    );
  });

  test('without TLS there is no CA, and the URL says http', () => {
    const files = registryOf({
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
      service: { type: ServiceType.NODE_PORT, nodePort: 30500 },
    }).nodeFiles();
    expect(files.ca).toBe('');
    expect(files.filesFor(NodeRuntime.CONTAINERD)).toEqual([
      {
        path: '/etc/containerd/certs.d/registry.example.com:30500/hosts.toml',
        content: `${OWNER}\nserver = "http://registry.example.com:30500"\n`,
      },
    ]);
    expect(files.filesFor(NodeRuntime.DOCKER)).toEqual([]);
    expect(files.k3sRegistriesYaml).toBe(
      `${OWNER}\nmirrors:\n  registry.example.com:30500:\n    endpoint:\n      - http://registry.example.com:30500\n`,
    );
  });

  test('Docker knows the CA by its folder', () => {
    const files = registryOf({ ingress: {} }).nodeFiles();
    expect(files.dockerCaPath).toBe('/etc/docker/certs.d/registry.example.com/ca.crt');
    expect(files.filesFor(NodeRuntime.DOCKER).map(({ path }) => path)).toEqual([files.dockerCaPath]);
  });

  test('k3s, as a mirror too', () => {
    const files = registryOf({ ingress: {} }).nodeFiles({ mirrorOf: ['docker.io'] });
    expect(files.filesFor(NodeRuntime.K3S).map(({ path }) => path)).toEqual([
      files.k3sCaPath,
      files.k3sRegistriesPath,
    ]);
    expect(files.k3sRegistriesYaml).toBe(
      [
        OWNER,
        'mirrors:',
        ...['registry.example.com', 'docker.io'].flatMap((host) => [
          `  ${host}:`,
          '    endpoint:',
          '      - https://registry.example.com',
        ]),
        'configs:',
        '  registry.example.com:',
        '    tls:',
        '      ca_file: /etc/rancher/k3s/certs.d/registry.example.com/ca.crt',
        '',
      ].join('\n'),
    );
  });

  test('a mirror of another registry has its folder, and goes on there if need be', () => {
    const files = registryOf({ ingress: {} })
      .nodeFiles({ mirrorOf: ['quay.io:443', 'docker.io'] })
      .filesFor(NodeRuntime.CONTAINERD);
    const toml = (host: string) =>
      files.find(({ path }) => path === `/etc/containerd/certs.d/${host}/hosts.toml`)?.content;
    const table =
      '[host."https://registry.example.com"]\n  capabilities = ["pull", "resolve"]\n  ca = "ca.crt"\n';
    expect(toml('quay.io:443')).toBe(`${OWNER}\nserver = "https://quay.io:443"\n\n${table}`);
    expect(toml('docker.io')).toBe(`${OWNER}\nserver = "https://registry-1.docker.io"\n\n${table}`);
    expect(files.filter(({ path }) => path.endsWith('/ca.crt'))).toHaveLength(3);
  });

  test("a CA of one's own stands in for one that is not known here", async () => {
    const { chart } = newChartWithStore();
    const ca = (await issue({ commonName: 'ours' })).certificate;
    const tls = { certificate: RegistryCertificate.existingSecret({ name: 'certificate' } as never) };
    const registry = new Registry(chart, 'registry', { ...HOST, tls });
    expect(registry.nodeFiles({ ca }).ca).toContain(ca.trim());
    expect(problemsIn(chart)).toEqual([]);
  });

  test('a public CA needs none, where nodes are told of an endpoint', () => {
    const tls = { certificate: RegistryCertificate.existingSecret({ name: 'certificate' } as never) };
    const files = registryOf({ tls, ingress: {} }).nodeFiles({ endpoint: 'https://10.0.0.5' });
    expect(files.ca).toBe('');
    expect(files.containerdHostsToml).not.toContain('ca.crt');
  });
});

describe('DaemonSet', () => {
  function podOf(props: Partial<ConstructorParameters<typeof RegistryNodeTrust>[2]> = {}) {
    const registry = registryOf();
    const { daemonSet } = new RegistryNodeTrust(registry.node.scope as Chart, 'nodes', {
      registry,
      ...props,
    });
    return daemonSet.toJson().spec.template;
  }
  const folders = (pod: ReturnType<typeof podOf>) =>
    pod.spec.volumes.flatMap(({ hostPath }: { hostPath?: { path: string } }) => hostPath?.path ?? []);

  test('mounts the folders of the runtimes that are named, and containerd’s if none is', () => {
    expect(folders(podOf())).toEqual(['/etc/containerd/certs.d']);
    expect(folders(podOf({ runtimes: [NodeRuntime.DOCKER, NodeRuntime.K3S, NodeRuntime.DOCKER] }))).toEqual([
      '/etc/docker/certs.d',
      '/etc/rancher/k3s',
    ]);
  });

  test('has no capability, no host namespace, no token and a read-only root', () => {
    const { spec } = podOf();
    expect(spec.containers[0].securityContext).toEqual({
      privileged: false,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(spec).not.toHaveProperty('hostNetwork');
    expect(spec).not.toHaveProperty('hostPID');
    expect(spec.automountServiceAccountToken).toBe(false);
  });

  test('runs on every node, or on those that are named', () => {
    expect(podOf().spec.tolerations).toEqual([{ operator: 'Exists' }]);
    const { spec } = podOf({ nodeSelector: { pool: 'apps' }, tolerations: [] });
    expect(spec.nodeSelector).toEqual({ pool: 'apps' });
    expect(spec).not.toHaveProperty('tolerations');
  });

  test('pulls its image with the pull secrets of its namespace', () => {
    expect(podOf().spec).not.toHaveProperty('imagePullSecrets');
    const { spec } = podOf({ imagePullSecrets: ['mirror', 'hub'] });
    expect(spec.imagePullSecrets).toEqual([{ name: 'mirror' }, { name: 'hub' }]);
  });

  test('removes by the same means', () => {
    const command = (uninstall: boolean) => podOf({ uninstall }).spec.containers[0].command;
    expect(command(true)).toEqual(['sh', '/node-trust/node-trust.sh', 'remove', '300', '10']);
    expect(command(false)).toEqual(['sh', '/node-trust/node-trust.sh', 'install', '300', '10']);
  });

  test('keeps the folders of retired runtimes mounted, and writes nothing there', () => {
    const props = { retiredRuntimes: [NodeRuntime.K3S] };
    expect(folders(podOf(props))).toEqual(['/etc/containerd/certs.d', '/etc/rancher/k3s']);
    const registry = registryOf();
    const { configMap } = new RegistryNodeTrust(registry.node.scope as Chart, 'nodes', {
      registry,
      ...props,
    });
    const { data } = configMap.toJson();
    expect(data).toMatchObject({
      id: 'registry.registry\n',
      folders: '/etc/containerd/certs.d\n/etc/rancher/k3s\n',
    });
    expect(data.plan).not.toContain('k3s');
  });

  test('is not restarted for what is in its way', () => {
    expect(podOf().spec.containers[0]).not.toHaveProperty('livenessProbe');
  });

  test('rolls when a file changes', () => {
    const checksum = (props: object) => podOf(props).metadata.annotations['checksum/files'];
    expect(checksum({})).toBe(checksum({}));
    expect(checksum({})).not.toBe(checksum({ mirrorOf: ['docker.io'] }));
  });

  test('its namespace is its own, and lets folders of the node be mounted', () => {
    const registry = registryOf();
    const chart = registry.node.scope as Chart;
    new RegistryNodeTrust(chart, 'nodes', { registry });
    const { metadata } = manifest(chart, 'Namespace/registry-node-trust-registry');
    expect(metadata).not.toHaveProperty('namespace');
    expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'privileged' });
    for (const name of ['ConfigMap', 'DaemonSet', 'NetworkPolicy'])
      expect(manifest(chart, `${name}/registry-node-trust`).metadata.namespace).toBe(metadata.name);
    expect(manifest(chart, 'NetworkPolicy/registry-node-trust').spec).toEqual({
      podSelector: { matchLabels: expect.any(Object) },
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  test.each([
    ['registry', undefined, 'registry-node-trust'],
    ['a', 'b-c', 'a-node-trust-b-c'],
    ['a-b', 'c', 'a-b-node-trust-c'],
    ['a'.repeat(50), 'b', `${'a'.repeat(50)}-node-trust-b`],
    ['a'.repeat(50), 'bb', expect.stringMatching(/^a{50}-nod-[0-9a-f]{8}$/)],
    ['a', 'b'.repeat(63), expect.stringMatching(/^a-node-trust-b{41}-[0-9a-f]{8}$/)],
    ['a', 'node-trust-b', expect.stringMatching(/^a-node-trust-node-trust-b-[0-9a-f]{8}$/)],
  ])('of the registry %s in %s, it is by default %s', (name, namespace, expected) => {
    const chart = newChart(undefined, { namespace });
    const { trustNamespace } = new RegistryNodeTrust(chart, 'nodes', {
      registry: new Registry(chart, 'registry', { ...HOST, name }),
    });
    expect(trustNamespace).toEqual(expected);
    expect(problemsIn(chart)).toEqual([]);
  });

  test('two registries whose names and namespaces are joined to one text have two of them', () => {
    const names = [
      ['a', 'node-trust-b'],
      ['a-node-trust', 'b'],
      ['a'.repeat(50), `b${'c'.repeat(40)}`],
      ['a'.repeat(50), `b${'c'.repeat(41)}`],
    ].map(([name, namespace]) => {
      const chart = newChart(undefined, { namespace });
      const registry = new Registry(chart, 'registry', { ...HOST, name });
      return new RegistryNodeTrust(chart, 'nodes', { registry }).trustNamespace;
    });
    expect(new Set(names).size).toBe(4);
  });

  test.each([
    [false, ["they don't ask the cluster's DNS", 'config_path = "/etc/containerd/certs.d"']],
    [
      true,
      ['nothing that it wrote is left on the nodes', 'kubectl delete namespace registry-node-trust-registry'],
    ],
  ])('its notes say what is left to do, uninstall: %s', (uninstall, says) => {
    const app = new RegistryApp();
    new FixedStore().useIn(app);
    const chart = new Chart(app, 'chart', { namespace: 'registry' });
    new RegistryNodeTrust(chart, 'nodes', { registry: new Registry(chart, 'registry'), uninstall });
    for (const text of says) expect(notesOf(app).at(-1)).toContain(text);
  });
});

describe('the notes of the registry, on its certificate', () => {
  const notes = (props: Omit<RegistryNodeTrustProps, 'registry'>): string => {
    const registry = registryOf({ ingress: {} });
    new RegistryNodeTrust(registry.node.scope as Chart, 'nodes', { registry, ...props });
    return notesOf(registry.node.root)[0] ?? '';
  };
  const BY_HAND = {
    [NodeRuntime.DOCKER]: 'on nodes with Docker:',
    [NodeRuntime.CONTAINERD]: 'Nodes with containerd',
    [NodeRuntime.K3S]: 'Nodes with k3s:',
  };

  test.each(Object.values(NodeRuntime))('leave out what is done on nodes with %s', (runtime) => {
    const text = notes({ runtimes: [runtime] });
    const left = Object.values(NodeRuntime).filter((other) => text.includes(BY_HAND[other]));
    expect(left).toEqual(Object.values(NodeRuntime).filter((other) => other !== runtime));
    expect(text).toContain('Docker, Podman and skopeo, here');
  });

  test('say all of it where the files are removed', () => {
    const text = notes({ uninstall: true });
    for (const lines of Object.values(BY_HAND)) expect(text).toContain(lines);
  });
});

describe('a mirror', () => {
  const notes = (props: RegistryProps, mirrorOf?: string[]): string => {
    const registry = registryOf({ ingress: {}, ...props });
    new RegistryNodeTrust(registry.node.scope as Chart, 'nodes', { registry, mirrorOf });
    return notesOf(registry.node.root).at(-1) ?? '';
  };
  const OPEN = { auth: { credentials: RegistryCredentials.anonymous() } };
  const WARNING =
    "WARNING: registry.example.com asks for a login, which nodes don't have for images of docker.io, quay.io:";

  test('that asks for a login is never used, which its notes say', () => {
    expect(notes({}, ['docker.io', 'quay.io'])).toContain(WARNING);
  });

  test.each<[string, RegistryProps, string[] | undefined]>([
    ['everybody may pull', OPEN, ['docker.io']],
    ['it is no mirror', {}, undefined],
  ])('nothing of the kind is said where %s', (_, props, mirrorOf) => {
    expect(notes(props, mirrorOf)).not.toContain('WARNING');
  });
});

describe('a login for mirrors', () => {
  const HUB = { caches: [{ upstream: 'docker.io' }], ingress: {} };
  const USERS = RegistryCredentials.users(RegistryUser.generated('admin'), RegistryUser.generated('nodes'));
  const login = RegistryLogin.ofUser({ user: 'nodes' });
  const made = (props: RegistryProps, trust: Partial<RegistryNodeTrustProps> = {}) => {
    const registry = registryOf({ ...HUB, auth: { credentials: USERS }, ...props });
    const chart = registry.node.scope as Chart;
    const nodes = new RegistryNodeTrust(chart, 'nodes', {
      registry,
      mirrorOf: ['docker.io'],
      mirrorLogin: login,
      ...trust,
    });
    return { chart, nodes, notes: () => notesOf(chart.node.root).at(-1) ?? '' };
  };
  const textOf = (chart: Chart, key: string) =>
    Buffer.from(manifest(chart, 'Secret/registry-node-trust').data[key], 'base64').toString();

  test('stands in a Secret, and in no other object', () => {
    const runtimes = [NodeRuntime.CONTAINERD, NodeRuntime.K3S];
    const { chart, nodes } = made({}, { runtimes });
    const [, basic = ''] =
      /Authorization = "Basic (.*)"\n$/.exec(textOf(chart, 'docker.io.hosts.toml')) ?? [];
    expect(Buffer.from(basic, 'base64').toString()).toMatch(/^nodes:.{10,}$/);
    expect(textOf(chart, 'docker.io.hosts.toml')).toContain(
      '  ca = "ca.crt"\n  [host."https://registry.example.com/v2/docker.io".header]\n',
    );
    expect(textOf(chart, 'registries.yaml')).toContain(`    auth:\n      auth: ${basic}\n`);
    const { data } = manifest(chart, 'ConfigMap/registry-node-trust');
    expect(data.plan).toContain('docker.io.hosts.toml /etc/containerd/certs.d/docker.io/hosts.toml 600\n');
    expect(data.plan).toMatch(/^hosts\.toml [^ ]+\/hosts\.toml$/m);
    expect(Object.keys(data)).not.toContain('docker.io.hosts.toml');
    expect(manifest(chart, 'DaemonSet/registry-node-trust').spec.template.spec.volumes[0]).toEqual({
      name: 'files',
      projected: {
        defaultMode: 0o400,
        sources: [
          { configMap: { name: 'registry-node-trust' } },
          { secret: { name: 'registry-node-trust' } },
        ],
      },
    });
    const others = manifestsIn(chart).filter(({ kind }) => kind !== 'Secret');
    expect(JSON.stringify(others)).not.toContain(basic);
    expect(nodes.files.filesFor(NodeRuntime.K3S).map(({ content }) => content)).not.toContainEqual(
      expect.stringContaining(basic),
    );
  });

  test('changes nothing that shows a digest of it', () => {
    const checksum = (password: string) =>
      made({}, { mirrorLogin: RegistryLogin.password('nodes', password) }).nodes.daemonSet.toJson().spec
        .template.metadata.annotations['checksum/files'];
    expect(checksum('one')).toBe(checksum('another'));
  });

  test('at an endpoint of its own', () => {
    const { chart } = made({}, { endpoint: 'https://10.0.0.5:30500', runtimes: [NodeRuntime.K3S] });
    const { configs } = parse(textOf(chart, 'registries.yaml'));
    expect(Object.keys(configs['registry.example.com'])).toEqual(['tls']);
    expect(Object.keys(configs['10.0.0.5:30500'])).toEqual(['tls', 'auth']);
  });

  test('by an ExternalSecret', () => {
    const mirrorLogin = RegistryLogin.externalSecret({
      store: ExternalSecretStore.clusterSecretStore('vault'),
      user: 'nodes',
      password: { key: 'registry', property: 'nodes' },
    });
    const { chart } = made({}, { mirrorLogin });
    const { spec } = manifest(chart, 'ExternalSecret/registry-node-trust');
    expect(spec.target).toMatchObject({ name: 'registry-node-trust', template: { type: 'Opaque' } });
    expect(spec.target.template.data['docker.io.hosts.toml']).toContain(
      'Authorization = "Basic {{ printf "nodes:%s" .password | b64enc }}"\n',
    );
  });

  test('its notes say who may use it, and what it may not pull', () => {
    const all = made({ access: RegistryAccess.rules([AccessRule.pull('**').toAllUsers()]) }).notes();
    expect(all).toContain('All pods of the cluster may use the images of docker.io that nodes may pull.');
    expect(all).not.toContain('WARNING');
    const access = RegistryAccess.rules([AccessRule.pull('docker.io/library/*').to(Subject.user('nodes'))]);
    const some = made({ access }, { runtimes: [NodeRuntime.K3S] }).notes();
    expect(some).toContain('that nodes may pull, and on k3s whatever else that user may pull.');
    expect(some).toContain('WARNING: nodes may not pull all images of docker.io.');
    expect(some).not.toContain('may push');
  });

  test('its notes warn of a login that does more than pull, and of a host without a cache', () => {
    const writes = 'WARNING: nodes may push or delete images, and its login is on every node.';
    const nodes = Subject.user('nodes');
    expect(made({}).notes()).toContain(writes);
    for (const rule of [AccessRule.push('team/**').to(nodes), AccessRule.remove('a').toAllUsers()]) {
      const rules = [AccessRule.pull('docker.io/**').to(nodes), rule];
      const notes = made({ access: RegistryAccess.rules(rules), storage: { deletion: true } }).notes();
      expect(notes).toContain(writes);
    }
    const notes = made({}, { mirrorOf: ['docker.io', 'quay.io'] }).notes();
    expect(notes).toContain(
      'WARNING: registry.example.com has no cache of quay.io. As a mirror it serves its own images under that name, such as team/app for quay.io/team/app.',
    );
  });
});

test('tools find the registry by KEP-1755', () => {
  const registry = registryOf({ ingress: {} });
  const chart = registry.node.scope as Chart;
  new RegistryLocalHosting(chart, 'hosting', { registry, help: 'https://wiki.example.com/registry' });
  const { metadata, data } = Testing.synth(chart).find(
    ({ metadata: { name } }) => name === 'local-registry-hosting',
  );
  expect(metadata.namespace).toBe('kube-public');
  expect(data).toEqual({
    'localRegistryHosting.v1':
      'host: registry.example.com\nhostFromClusterNetwork: registry.registry.svc:5000\nhelp: https://wiki.example.com/registry\n',
  });
});

describe('an address that nodes pull from and that is not the one for pushes', () => {
  test('past the route, without TLS', () => {
    const files = registryOf({
      pullAddress: '127.0.0.1:30500',
      ingress: {},
      auth: { insecurePasswordsOverHttp: true },
      service: { type: ServiceType.NODE_PORT, nodePort: 30500 },
    }).nodeFiles();
    expect(files.containerdHostsPath).toBe('/etc/containerd/certs.d/127.0.0.1:30500/hosts.toml');
    expect(files.containerdHostsToml).toBe(`${OWNER}\nserver = "http://127.0.0.1:30500"\n`);
  });

  test("at the Service's own address, past the route", () => {
    const { containerdHostsToml, ca } = registryOf({
      pullAddress: '10.96.0.9:5000',
      ingress: {},
      auth: { credentials: RegistryCredentials.anonymous() },
      service: { clusterIP: '10.96.0.9' },
    }).nodeFiles();
    expect({ containerdHostsToml, ca }).toEqual({
      containerdHostsToml: `${OWNER}\nserver = "http://10.96.0.9:5000"\n`,
      ca: '',
    });
  });

  test('with TLS in the pod', () => {
    const { containerdHostsToml, dockerCaPath } = registryOf({
      pullAddress: 'images.example.com:5000',
    }).nodeFiles();
    expect(containerdHostsToml).toBe(`${OWNER}\nserver = "https://images.example.com:5000"\nca = "ca.crt"\n`);
    expect(dockerCaPath).toBe('/etc/docker/certs.d/images.example.com:5000/ca.crt');
  });
});

describe('files that are asked for after the synth', () => {
  const WRONG = [
    { endpoint: 'registry' },
    { endpoint: 'http://registry.example.com' },
    { mirrorOf: ['docker.io/library'] },
    { ca: 'x' },
    7,
  ];

  test.each(WRONG)('are refused at once: %j', (options) => {
    const app = Testing.app();
    const registry = new Registry(new Chart(app, 'chart', { namespace: 'registry' }), 'registry', {
      ingress: {},
    });
    new FixedStore().useIn(app);
    app.synth();
    expect(() => registry.nodeFiles(options as NodeFilesOptions)).toThrow(
      /^The app was synthesized before .*:\n {2}\[chart\/registry\] /,
    );
    expect(registry.nodeFiles({ mirrorOf: ['docker.io'] }).containerdHostsPath).toContain(
      'registry.localhost',
    );
  });

  test('are refused by the synth where they were asked for before', () => {
    const registry = registryOf({ ingress: {} });
    for (const options of WRONG) expect(() => registry.nodeFiles(options as NodeFilesOptions)).not.toThrow();
    expect(registry.node.validate().length).toBeGreaterThanOrEqual(WRONG.length);
  });
});
