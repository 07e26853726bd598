// What users may change about pods: the same props reach the registry's pod and that of its UI.
import { DnsPolicy, ImagePullPolicy, k8s, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { type PodOptions, Registry } from '../../lib';
import { type Manifest, manifest, newChart, problemsIn } from '../support/synth';

const WEAKER = 'would weaken the pods, which comply with Pod Security "restricted"; leave it out';
const OWN_INIT = { registry: [], 'registry-ui': ['prepare'] };
const OWN_VOLUMES = {
  registry: ['config', 'auth', 'data'],
  'registry-ui': ['nginx', 'html', 'tmp', 'cache'],
};

describe.each(['registry', 'registry-ui'] as const)('the pod of %s', (name) => {
  function deploymentOf(options: PodOptions, chart = newChart()): Manifest {
    const props = name === 'registry' ? { ...options, ingress: {} } : { ingress: {}, ui: options };
    new Registry(chart, 'registry', props);
    return manifest(chart, `Deployment/${name}`).spec;
  }

  const templateOf = (options: PodOptions, chart = newChart()): Manifest =>
    deploymentOf(options, chart).template;

  const podOf = (options: PodOptions, chart = newChart()): Manifest => templateOf(options, chart).spec;
  const named = (list: { name: string }[]) => list.map((item) => item.name);

  test('labels and annotations', () => {
    const { metadata } = templateOf({
      podLabels: { 'example.com/scrape': 'yes' },
      podAnnotations: { 'example.com/note': 'hello' },
    });
    expect(metadata.labels).toMatchObject({
      'example.com/scrape': 'yes',
      'app.kubernetes.io/instance': 'registry',
    });
    expect(metadata.annotations).toMatchObject({ 'example.com/note': 'hello' });
  });

  test('where it runs', () => {
    // GIVEN
    const tolerations: k8s.Toleration[] = [{ key: 'storage', operator: 'Exists', effect: 'NoSchedule' }];
    const affinity: k8s.Affinity = {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {
            topologyKey: 'topology.kubernetes.io/zone',
            labelSelector: { matchLabels: { 'example.com/big': 'yes' } },
          },
        ],
      },
    };

    // WHEN
    const pod = podOf({
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      tolerations,
      affinity,
      priorityClassName: 'high',
    });

    // THEN
    expect(pod).toMatchObject({
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      tolerations,
      affinity,
      priorityClassName: 'high',
    });
  });

  test('how it is spread: constraints count its own pods unless they select others', () => {
    // GIVEN
    const zone = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
    const others = { ...zone, topologyKey: 'rack', labelSelector: { matchLabels: { app: 'others' } } };

    // WHEN
    const { selector, template } = deploymentOf({ topologySpreadConstraints: [zone, others] });

    // THEN
    expect(template.spec.topologySpreadConstraints).toEqual([{ ...zone, labelSelector: selector }, others]);
  });

  test('how it resolves names, and in which runtime it runs', () => {
    // GIVEN
    const hostAliases = [{ ip: '192.0.2.7', hostnames: ['ldap.example.com'] }];
    const dnsConfig = { nameservers: ['192.0.2.53'], options: [{ name: 'ndots', value: '1' }] };

    // WHEN
    const pod = podOf({ hostAliases, dnsPolicy: DnsPolicy.NONE, dnsConfig, runtimeClassName: 'gvisor' });

    // THEN
    expect(pod).toMatchObject({ hostAliases, dnsPolicy: 'None', dnsConfig, runtimeClassName: 'gvisor' });
  });

  test('no name server at all is refused', () => {
    const chart = newChart();
    expect(() =>
      podOf({ dnsPolicy: DnsPolicy.NONE, dnsConfig: { searches: ['example.com'] } }, chart),
    ).toThrow();
    expect(problemsIn(chart)).toEqual([
      `${name === 'registry' ? '' : 'ui.'}dnsPolicy: "None" leaves the pods without a name server; add dnsConfig: { nameservers: [...] }, or leave it out`,
    ]);
  });

  test('more name servers than a resolver reads are refused, and containers without an image', () => {
    const chart = newChart();
    const nameservers = [1, 2, 3, 4].map((last) => `192.0.2.${last}`);
    const container: k8s.Container = { name: 'a' };
    expect(() =>
      podOf(
        { dnsConfig: { nameservers }, sidecars: [container], initContainers: [{ ...container, name: 'b' }] },
        chart,
      ),
    ).toThrow();
    const prefix = name === 'registry' ? '' : 'ui.';
    expect(problemsIn(chart).sort()).toEqual([
      `${prefix}dnsConfig.nameservers: 4 name servers, and a pod has 3 at most; leave out all but 3`,
      `${prefix}initContainers[0].image: is missing; write e.g. "busybox:1.37.0"`,
      `${prefix}sidecars[0].image: is missing; write e.g. "busybox:1.37.0"`,
    ]);
  });

  test('its security contexts have what is added to them, and its containers their own fields', () => {
    // GIVEN
    const profile = { type: 'Localhost', localhostProfile: 'profiles/registry.json' };
    const labels = { level: 's0:c1,c2' };

    // WHEN
    const { securityContext, containers } = podOf({
      podSecurityContext: {
        fsGroup: undefined,
        fsGroupChangePolicy: 'Always',
        supplementalGroups: [2000],
        seccompProfile: profile,
      },
      securityContext: { seLinuxOptions: labels, privileged: false },
      sidecars: [{ name: 'logs', image: 'busybox:1.37', securityContext: { runAsUser: 7 } }],
    });

    // THEN
    expect(securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: expect.any(Number),
      fsGroup: securityContext.runAsUser,
      fsGroupChangePolicy: 'Always',
      supplementalGroups: [2000],
      seccompProfile: profile,
    });
    const [main, logs] = containers.map((one: k8s.Container) => one.securityContext);
    expect(main).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seLinuxOptions: labels,
    });
    expect(logs).toEqual({ ...main, runAsUser: 7 });
  });

  test.each<[at: string, context: k8s.PodSecurityContext, problem: string]>([
    [
      'runAsUser',
      { runAsUser: 1000 },
      "1000 is not read here, because userId is the pods' user and group; leave it out, and write userId: 1000 or userFromPlatform: true",
    ],
    ['runAsGroup', { runAsGroup: 0 }, `0 ${WEAKER}`],
    ['runAsNonRoot', { runAsNonRoot: false }, `false ${WEAKER}`],
    [
      'fsGroupChangePolicy',
      { fsGroupChangePolicy: 'Never' },
      '"Never" is not supported; write one of OnRootMismatch, Always',
    ],
    [
      'supplementalGroups[1]',
      { supplementalGroups: [5, 0] },
      '0 is not a whole number from 1 to 2147483647; write e.g. 1',
    ],
    ['seccompProfile.type', { seccompProfile: { type: 'Unconfined' } }, `"Unconfined" ${WEAKER}`],
    [
      'seccompProfile',
      { seccompProfile: { type: 'Localhost' } },
      'has type: Localhost without localhostProfile, or the other way round; write { type: "Localhost", localhostProfile: "profiles/registry.json" }, or leave it out',
    ],
    ...['/profiles/a.json', 'profiles/../../a.json'].map(
      (localhostProfile): [string, k8s.PodSecurityContext, string] => [
        'seccompProfile.localhostProfile',
        { seccompProfile: { type: 'Localhost', localhostProfile } },
        `"${localhostProfile}" is not a relative path without ".."; write e.g. "profiles/registry.json", below the folder seccomp of the kubelet`,
      ],
    ),
    [
      'sysctls[1].name',
      { sysctls: ['0', '1'].map((value) => ({ name: 'net.ipv4.tcp_syncookies', value })) },
      '"net.ipv4.tcp_syncookies" is listed twice; leave one of the two out',
    ],
    ['seLinuxOptions.type', { seLinuxOptions: { type: 'spc_t' } }, `"spc_t" ${WEAKER}`],
    ['sysctls[0].name', { sysctls: [{ name: 'kernel.sem', value: '1' }] }, `"kernel.sem" ${WEAKER}`],
    ['windowsOptions', { windowsOptions: { hostProcess: true } }, `an object ${WEAKER}`],
  ])('refused in the security context of the pod: %s', (at, podSecurityContext, problem) => {
    const chart = newChart();
    expect(() => podOf({ podSecurityContext }, chart)).toThrow();
    const prefix = name === 'registry' ? '' : 'ui.';
    expect(problemsIn(chart)).toEqual([`${prefix}podSecurityContext.${at}: ${problem}`]);
  });

  test.each<[at: string, context: k8s.SecurityContext, problem: string]>([
    ['privileged', { privileged: true }, `true ${WEAKER}`],
    ['allowPrivilegeEscalation', { allowPrivilegeEscalation: true }, `true ${WEAKER}`],
    ['procMount', { procMount: 'Unmasked' }, `"Unmasked" ${WEAKER}`],
    [
      'readOnlyRootFilesystem',
      { readOnlyRootFilesystem: false },
      'false would let a program change what the image contains; leave it out, and add volumes and volumeMounts with an emptyDir for what is written',
    ],
    [
      'capabilities',
      { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
      'would keep capabilities, and the pods need none; leave it out, or write { drop: ["ALL"] }',
    ],
  ])('refused in the security context of containers: %s', (at, securityContext, problem) => {
    const chart = newChart();
    expect(() => podOf({ securityContext }, chart)).toThrow();
    const prefix = name === 'registry' ? '' : 'ui.';
    expect(problemsIn(chart)).toEqual([`${prefix}securityContext.${at}: ${problem}`]);
  });

  test('its own images are pulled as asked, those of others as they say', () => {
    const pod = podOf({
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      sidecars: [{ name: 'logs', image: 'busybox:1.37' }],
    });
    const policies = [...(pod.initContainers ?? []), ...pod.containers].map(
      (one: k8s.Container) => one.imagePullPolicy,
    );
    expect(policies).toEqual([...OWN_INIT[name].map(() => 'Always'), 'Always', undefined]);
  });

  test('old ReplicaSets are kept as asked', () => {
    expect(deploymentOf({ revisionHistoryLimit: 0 }).revisionHistoryLimit).toBe(0);
    expect(deploymentOf({})).not.toHaveProperty('revisionHistoryLimit');
  });

  test('how often it is probed, with the defaults for what is not said', () => {
    const main = podOf({
      startupProbe: { failureThreshold: 90 },
      readinessProbe: { initialDelaySeconds: 1, periodSeconds: 4 },
    }).containers[0];
    expect(main.startupProbe).toMatchObject({
      httpGet: expect.anything(),
      initialDelaySeconds: 2,
      periodSeconds: 2,
      failureThreshold: 90,
    });
    expect(main.readinessProbe).toMatchObject({
      initialDelaySeconds: 1,
      periodSeconds: 4,
      timeoutSeconds: 5,
    });
    expect(podOf({ livenessProbe: { timeoutSeconds: 9 } }).containers[0].livenessProbe).toMatchObject({
      tcpSocket: expect.anything(),
      periodSeconds: 20,
      timeoutSeconds: 9,
    });
  });

  test('whose account it runs under, and how its image is pulled', () => {
    // GIVEN
    const chart = newChart();
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'robot');
    const imagePullSecrets = ['hub', 'quay'].map((id) => Secret.fromSecretName(chart, id, `pull-${id}`));

    // WHEN
    const { spec } = templateOf({ serviceAccount, imagePullSecrets }, chart);

    // THEN
    expect(spec.serviceAccountName).toBe('robot');
    expect(spec.automountServiceAccountToken).toBe(false);
    expect(spec.imagePullSecrets).toEqual([{ name: 'pull-hub' }, { name: 'pull-quay' }]);
  });

  test('more variables, volumes and mounts stand behind its own', () => {
    const pod = podOf({
      env: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
      volumes: [{ name: 'scratch', emptyDir: {} }],
      volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    });
    expect(pod.containers[0].env.at(-1)).toEqual({
      name: 'HTTPS_PROXY',
      value: 'http://proxy.example.com:3128',
    });
    expect(named(pod.volumes)).toEqual([...OWN_VOLUMES[name], 'scratch']);
    expect(pod.containers[0].volumeMounts.at(-1)).toEqual({ name: 'scratch', mountPath: '/scratch' });
  });

  test('sidecars and init containers stand behind its own and are locked down like them', () => {
    // WHEN
    const pod = podOf({
      sidecars: [{ name: 'logs', image: 'busybox:1.37' }],
      initContainers: [
        {
          name: 'wait',
          image: 'busybox:1.37',
          securityContext: { runAsUser: 1234, readOnlyRootFilesystem: false },
        },
      ],
    });

    // THEN
    const locked = {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    };
    expect(named(pod.containers).slice(1)).toEqual(['logs']);
    expect(named(pod.initContainers)).toEqual([...OWN_INIT[name], 'wait']);
    expect(pod.containers[1]).toEqual({ name: 'logs', image: 'busybox:1.37', securityContext: locked });
    expect(pod.initContainers.at(-1).securityContext).toEqual({
      ...locked,
      runAsUser: 1234,
      readOnlyRootFilesystem: false,
    });
  });

  test('nothing empty is written', () => {
    const empty = podOf({
      tolerations: [],
      nodeSelector: {},
      imagePullSecrets: [],
      sidecars: [],
      topologySpreadConstraints: [],
      hostAliases: [],
      dnsConfig: {},
    });
    expect(empty).toEqual(podOf({}));
    for (const field of [
      'tolerations',
      'nodeSelector',
      'imagePullSecrets',
      'affinity',
      'priorityClassName',
      'serviceAccountName',
      'runtimeClassName',
      'dnsPolicy',
    ]) {
      expect(empty).not.toHaveProperty(field);
    }
  });
});
