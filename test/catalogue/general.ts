// Registries that differ in their image, login, TLS, replicas and pods.
import { Duration, Size } from 'cdk8s';
import {
  Cpu,
  k8s,
  PersistentVolumeAccessMode,
  PersistentVolumeClaim,
  Secret,
  ServiceAccount,
  ServiceType,
} from 'cdk8s-plus-27';
import {
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  RegistryUser,
  RegistryVersion,
  StorageBackend,
  TlsTermination,
} from '../../lib';
import type { Kind } from './kind';

/** What main.ts says when no variable is set. */
export const DEFAULT_PROPS: RegistryProps = {
  createNamespace: true,
  host: 'registry.localhost',
  auth: {
    credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('admin', 'REGISTRY_ADMIN_PASSWORD')),
  },
  storage: { backend: StorageBackend.newClaim(), deletion: true },
  ingress: {},
  ui: { deleteImages: true },
};

const shared = StorageBackend.newClaim({
  accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
  size: Size.tebibytes(1),
});

export const GENERAL: Readonly<Record<string, Kind>> = {
  'the default app': { props: () => DEFAULT_PROPS },
  'nothing set': { props: () => ({}) },
  'registry 2.8': { props: () => ({ ...DEFAULT_PROPS, image: 'registry:2.8.3' }) },
  'an image by its digest': {
    props: () => ({
      image: `ghcr.io/team/registry@sha256:${'0123456789abcdef'.repeat(4)}`,
      version: RegistryVersion.V3,
    }),
  },
  'TLS in the pod, behind a load balancer': {
    props: () => ({ service: { type: ServiceType.LOAD_BALANCER, port: 443 } }),
  },
  'TLS in the pod, behind an ingress': {
    props: () => ({ ingress: { className: 'nginx' }, tls: { termination: TlsTermination.POD }, ui: {} }),
  },
  'a node port': {
    props: () => ({ host: '192.168.1.10', service: { type: ServiceType.NODE_PORT, nodePort: 30500 } }),
  },
  'no login and no TLS': {
    props: () => ({
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
      ingress: {},
      ui: {},
    }),
  },
  'logins by tokens': {
    props: () => ({
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token',
          service: 'registry.example.com',
          issuer: 'auth.example.com',
          jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
        }),
      },
      ingress: {},
      ui: {},
    }),
  },
  'passwords in clear, on purpose': {
    props: () => ({
      auth: { insecurePasswordsOverHttp: true },
      tls: { certificate: RegistryCertificate.none() },
    }),
  },
  'everything there already': {
    props: (scope) => ({
      auth: {
        credentials: RegistryCredentials.existingSecret({
          secret: Secret.fromSecretName(scope, 'users', 'basic-auth'),
          key: 'users',
        }),
      },
      tls: {
        certificate: RegistryCertificate.existingSecret(
          Secret.fromSecretName(scope, 'certificate', 'registry-cert'),
        ),
      },
      storage: {
        backend: StorageBackend.existingClaim(PersistentVolumeClaim.fromClaimName(scope, 'images', 'images')),
      },
      httpSecret: { secret: Secret.fromSecretName(scope, 'shared', 'upload-state'), key: 'text' },
      serviceAccount: ServiceAccount.fromServiceAccountName(scope, 'account', 'robot'),
      imagePullSecrets: [Secret.fromSecretName(scope, 'hub', 'docker-hub')],
      ingress: {},
      ui: {},
    }),
    existing: [
      'Secret/basic-auth',
      'Secret/registry-cert',
      'PersistentVolumeClaim/images',
      'Secret/upload-state',
      'ServiceAccount/robot',
      'Secret/docker-hub',
    ],
  },
  'three replicas on shared storage': {
    props: () => ({ replicas: 3, storage: { backend: shared }, ingress: {}, ui: {} }),
  },
  'three replicas with TLS in the pod': { props: () => ({ replicas: 3, storage: { backend: shared } }) },
  'ephemeral storage': {
    props: () => ({ storage: { backend: StorageBackend.ephemeral({ sizeLimit: Size.gibibytes(5) }) } }),
  },
  'a network policy that lets out to 443': {
    props: () => ({ networkPolicy: { allowTo: [{ ports: [{ port: k8s.IntOrString.fromNumber(443) }] }] } }),
  },
  metrics: { props: () => ({ ingress: {}, metrics: {} }) },
  'more in the pods': {
    props: () => ({
      name: 'images',
      namespace: 'team-a',
      createNamespace: true,
      labels: { 'example.com/team': 'a', app: 'images' },
      annotations: { 'example.com/owner': 'Team A' },
      podLabels: { 'example.com/scrape': 'yes' },
      podAnnotations: { 'example.com/note': 'hello' },
      resources: {
        cpu: { request: Cpu.millis(250), limit: Cpu.units(2) },
        memory: { limit: Size.gibibytes(1) },
      },
      nodeSelector: { 'kubernetes.io/arch': 'amd64' },
      tolerations: [{ key: 'storage', operator: 'Exists', effect: 'NoSchedule' }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] },
            ],
          },
        },
      },
      priorityClassName: 'system-cluster-critical',
      userId: 1000,
      configuration: { drainTimeout: Duration.minutes(10) },
      env: [{ name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' }],
      volumes: [{ name: 'scratch', emptyDir: { sizeLimit: k8s.Quantity.fromString('1Gi') } }],
      volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
      sidecars: [{ ...helper('logs'), ...probes }],
      initContainers: [helper('wait')],
      ingress: { className: 'nginx', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      ui: {
        title: 'Our images',
        sidecars: [{ ...helper('logs'), ...probes }],
        initContainers: [helper('wait')],
      },
    }),
  },
};

function helper(name: string): k8s.Container {
  const [cpu, memory] = [k8s.Quantity.fromString('10m'), k8s.Quantity.fromString('16Mi')];
  return {
    name,
    image: 'busybox:1.37',
    command: ['sleep', '1'],
    resources: { requests: { cpu, memory }, limits: { memory } },
  };
}

const probes: Partial<k8s.Container> = {
  readinessProbe: { exec: { command: ['true'] } },
  livenessProbe: { exec: { command: ['true'] } },
};
