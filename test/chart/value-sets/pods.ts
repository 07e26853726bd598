// The registry's pods, its config.yml, metrics, and what all objects share.
import { Duration, Size } from 'cdk8s';
import { Cpu, k8s, PersistentVolumeAccessMode, ServiceAccount } from 'cdk8s-plus-27';
import { RegistryLogFormat, RegistryLogLevel, RegistryVersion, StorageBackend } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const peer = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const ZONES = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a', 'b'] }] },
      ],
    },
  },
};
const HELPER = {
  name: 'logs',
  image: 'busybox:1.37',
  command: ['sleep', '1e9'],
  securityContext: { runAsUser: 1000, readOnlyRootFilesystem: false },
};

export const PODS: readonly ValueSet[] = [
  {
    name: 'as many pods as their load needs, and layers from elsewhere',
    values: {
      autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 6, averageCpu: '250m' },
      persistence: { accessMode: 'ReadWriteMany' },
      configuration: { foreignLayerUrls: ['^https://mcr[.]microsoft[.]com/'] },
    },
    props: () => ({
      autoscaling: { minReplicas: 3, maxReplicas: 6, averageCpu: Cpu.millis(250) },
      storage: {
        backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      },
      configuration: { foreignLayerUrls: ['^https://mcr[.]microsoft[.]com/'] },
    }),
  },
  {
    name: 'another image, by its digest, of a line that is said',
    values: {
      image: { repository: 'ghcr.io:443/team/registry', tag: 'team-build', digest: DIGEST, version: 'V3' },
    },
    props: () => ({ image: `ghcr.io:443/team/registry:team-build@${DIGEST}`, version: RegistryVersion.V3 }),
  },
  {
    name: 'registry 2.8 by its tag, with an Ingress and a page',
    values: { image: { tag: 'v2.8.3-alpine' }, ingress: { enabled: true }, ui: { enabled: true } },
    props: () => ({ image: 'registry:v2.8.3-alpine', ingress: {}, ui: {} }),
  },
  {
    name: 'an image whose tag says 3, of which it is said that it holds 2.8',
    values: { image: { tag: '3', version: 'V2' } },
    props: () => ({ image: 'registry:3', version: RegistryVersion.V2 }),
  },
  {
    name: 'all that can be set of the pods',
    values: {
      userId: 2147483647,
      resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { cpu: '2', memory: '3Gi' } },
      podLabels: { 'example.com/scrape': 'yes', app: 'images' },
      podAnnotations: { 'example.com/note': 'true', 'example.com/long': 'a: b\n- "c" # d\n' },
      nodeSelector: { 'kubernetes.io/arch': 'amd64', 'example.com/disks': '2' },
      tolerations: [
        { key: 'storage', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 86400 },
        { operator: 'Exists' },
      ],
      affinity: ZONES,
      priorityClassName: 'system-cluster-critical',
      serviceAccount: { name: 'robot' },
      imagePullSecrets: [{ name: 'docker-hub' }, { name: 'quay' }],
      extraEnv: [
        { name: 'NO_PROXY', value: '.svc' },
        { name: 'ZERO', value: '0' },
      ],
      extraVolumes: [{ name: 'scratch', emptyDir: { sizeLimit: '1Gi' } }],
      extraVolumeMounts: [
        { name: 'scratch', mountPath: '/scratch' },
        { name: 'config', mountPath: '/config', readOnly: true },
      ],
      sidecars: [HELPER, { name: 'plain', image: 'busybox:1.37' }],
      initContainers: [{ name: 'wait', image: 'busybox:1.37', resources: { limits: { memory: '16Mi' } } }],
    },
    props: (chart) => ({
      userId: 2147483647,
      resources: {
        cpu: { request: Cpu.millis(250), limit: Cpu.units(2) },
        memory: { request: Size.gibibytes(1), limit: Size.gibibytes(3) },
      },
      podLabels: { 'example.com/scrape': 'yes', app: 'images' },
      podAnnotations: { 'example.com/note': 'true', 'example.com/long': 'a: b\n- "c" # d\n' },
      nodeSelector: { 'kubernetes.io/arch': 'amd64', 'example.com/disks': '2' },
      tolerations: [
        { key: 'storage', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 86400 },
        { operator: 'Exists' },
      ],
      affinity: ZONES,
      priorityClassName: 'system-cluster-critical',
      serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'robot'),
      imagePullSecrets: [secretNamed(chart, 'docker-hub'), secretNamed(chart, 'quay')],
      env: [
        { name: 'NO_PROXY', value: '.svc' },
        { name: 'ZERO', value: '0' },
      ],
      volumes: [{ name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } }],
      volumeMounts: [
        { name: 'scratch', mountPath: '/scratch' },
        { name: 'config', mountPath: '/config', readOnly: true },
      ],
      sidecars: [HELPER, { name: 'plain', image: 'busybox:1.37' }],
      initContainers: [
        {
          name: 'wait',
          image: 'busybox:1.37',
          resources: { limits: { memory: k8s.Quantity.fromString('16Mi') } },
        },
      ],
    }),
  },
  {
    name: 'limits below the default requests, which go down with them',
    values: { resources: { limits: { cpu: '50m', memory: '64Mi' } } },
    props: () => ({ resources: { cpu: { limit: Cpu.millis(50) }, memory: { limit: Size.mebibytes(64) } } }),
  },
  {
    name: 'a request above the default limit, which goes up with it',
    values: { resources: { requests: { memory: '2Gi' } } },
    props: () => ({ resources: { memory: { request: Size.gibibytes(2) } } }),
  },
  {
    name: 'labels and annotations of all objects, of which some have their own',
    values: {
      commonLabels: { 'example.com/team': 'a', app: 'images', 'example.com/cost': '0815' },
      commonAnnotations: { 'example.com/owner': 'Team A', 'example.com/number': '1.0' },
      podLabels: { 'example.com/team': 'pods' },
      service: { annotations: { 'example.com/owner': 'Team S' } },
      ingress: { enabled: true, className: 'nginx', annotations: { 'example.com/owner': 'Team I' } },
      ui: { enabled: true, podLabels: { 'example.com/team': 'pages' } },
    },
    props: () => ({
      labels: { 'example.com/team': 'a', app: 'images', 'example.com/cost': '0815' },
      annotations: { 'example.com/owner': 'Team A', 'example.com/number': '1.0' },
      podLabels: { 'example.com/team': 'pods' },
      service: { annotations: { 'example.com/owner': 'Team S' } },
      ingress: { className: 'nginx', annotations: { 'example.com/owner': 'Team I' } },
      ui: { podLabels: { 'example.com/team': 'pages' } },
    }),
  },
];

export const CONFIGURATIONS: readonly ValueSet[] = [
  {
    name: 'all that can be set in config.yml',
    values: {
      configuration: {
        logLevel: 'debug',
        logFormat: 'logstash',
        accessLog: false,
        drainTimeoutSeconds: 3600,
        extra: {
          http: { headers: { 'Strict-Transport-Security': ['max-age=63072000'] }, http2: { disabled: true } },
          log: { fields: { service: 'images', number: 7, text: '7', nothing: null } },
          notifications: {
            endpoints: [{ name: 'ci', url: 'http://localhost:8080/hook', timeout: '1s', threshold: 10 }],
          },
        },
      },
    },
    props: () => ({
      configuration: {
        logLevel: RegistryLogLevel.DEBUG,
        logFormat: RegistryLogFormat.LOGSTASH,
        accessLog: false,
        drainTimeout: Duration.hours(1),
        extra: {
          http: { headers: { 'Strict-Transport-Security': ['max-age=63072000'] }, http2: { disabled: true } },
          log: { fields: { service: 'images', number: 7, text: '7', nothing: null } },
          notifications: {
            endpoints: [{ name: 'ci', url: 'http://localhost:8080/hook', timeout: '1s', threshold: 10 }],
          },
        },
      },
    }),
  },
  {
    name: 'raw keys that replace rendered ones',
    values: {
      configuration: {
        logLevel: 'warn',
        extra: { log: { level: 'error' }, storage: { delete: { enabled: true } }, http: { drain: 0 } },
      },
    },
    props: () => ({
      configuration: {
        logLevel: RegistryLogLevel.WARN,
        extra: { log: { level: 'error' }, storage: { delete: { enabled: true } }, http: { drain: 0 } },
      },
    }),
  },
  {
    name: 'garbage collected at the start',
    values: { garbageCollection: { onStart: true }, storage: { deletion: true } },
    props: () => ({ garbageCollection: { onStart: true }, storage: { deletion: true } }),
  },
  {
    name: 'a NetworkPolicy that is told of friends',
    values: {
      networkPolicy: {
        enabled: true,
        allowFrom: [peer('builders'), { ipBlock: { cidr: '10.0.0.0/8' } }],
        allowTo: [{ to: [peer('proxies')], ports: [{ port: 3128, protocol: 'TCP' }] }],
      },
    },
    props: () => ({
      networkPolicy: {
        enabled: true,
        allowFrom: [peer('builders'), { ipBlock: { cidr: '10.0.0.0/8' } }],
        allowTo: [
          { to: [peer('proxies')], ports: [{ port: k8s.IntOrString.fromNumber(3128), protocol: 'TCP' }] },
        ],
      },
    }),
  },
  {
    name: 'metrics that Prometheus is told of',
    values: {
      metrics: {
        enabled: true,
        allowFrom: [peer('monitoring')],
        serviceMonitor: { enabled: true, labels: { release: 'kube-prometheus-stack' }, interval: '15s' },
      },
    },
    props: () => ({
      metrics: {
        allowFrom: [peer('monitoring')],
        serviceMonitor: { labels: { release: 'kube-prometheus-stack' }, interval: Duration.seconds(15) },
      },
    }),
  },
  {
    name: 'metrics, and no NetworkPolicy',
    values: {
      networkPolicy: { enabled: false },
      metrics: { enabled: true, insecureWithoutNetworkPolicy: true },
    },
    props: () => ({ networkPolicy: { enabled: false }, metrics: { insecureWithoutNetworkPolicy: true } }),
  },
];
