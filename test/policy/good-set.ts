// A registry and its UI written by hand, with nothing to complain about: what the checks and the planted
// faults are tried on.

export interface GoodObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

type Fields = Record<string, unknown>;

const NAMESPACE = 'registry';

export function labels(name: string): Record<string, string> {
  return {
    app: name,
    'app.kubernetes.io/name': name,
    'app.kubernetes.io/instance': 'registry',
    'app.kubernetes.io/component': name,
    'app.kubernetes.io/part-of': 'registry',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

export function selector(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'registry' };
}

/** Texts as a Secret's `data` has them. */
export function encoded(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
  );
}

export function object(
  apiVersion: string,
  kind: string,
  name: string,
  owner: string,
  fields: Fields,
): GoodObject {
  return { apiVersion, kind, metadata: { name, namespace: NAMESPACE, labels: labels(owner) }, ...fields };
}

export const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

export const pod = {
  automountServiceAccountToken: false,
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    fsGroup: 65532,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  },
};

function probes(port: string, scheme: string): Fields {
  return {
    livenessProbe: { tcpSocket: { port }, periodSeconds: 10, failureThreshold: 3 },
    readinessProbe: { httpGet: { path: '/', port, scheme }, periodSeconds: 5 },
  };
}

export function deployment(name: string, strategy: Fields, spec: Fields): GoodObject {
  return object('apps/v1', 'Deployment', name, name, {
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      strategy,
      selector: { matchLabels: selector(name) },
      template: {
        metadata: { labels: labels(name), annotations: { 'checksum/config': '5d41402a' } },
        spec: { ...pod, ...spec },
      },
    },
  });
}

function service(name: string, port: number): GoodObject {
  return object('v1', 'Service', name, name, {
    spec: {
      type: 'ClusterIP',
      selector: selector(name),
      ports: [{ name: 'http', port, targetPort: 'http', protocol: 'TCP' }],
    },
  });
}

export function networkPolicy(name: string, egress: Fields[]): GoodObject {
  return object('networking.k8s.io/v1', 'NetworkPolicy', name, name, {
    spec: {
      podSelector: { matchLabels: selector(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 'http', protocol: 'TCP' }] }],
      egress,
    },
  });
}

function ingress(name: string, path: string): GoodObject {
  const it = object('networking.k8s.io/v1', 'Ingress', name, name, {
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: ['registry.example.com'], secretName: 'registry-tls' }],
      rules: [
        {
          host: 'registry.example.com',
          http: {
            paths: [{ path, pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }],
          },
        },
      ],
    },
  });
  it.metadata.annotations = { 'nginx.ingress.kubernetes.io/proxy-body-size': '0' };
  return it;
}

export const registryContainer = {
  name: 'registry',
  image: 'registry:3.1.1',
  imagePullPolicy: 'IfNotPresent',
  command: ['registry'],
  args: ['serve', '/etc/distribution/config.yml'],
  ports: [{ name: 'http', containerPort: 5000, protocol: 'TCP' }],
  env: [
    { name: 'REGISTRY_HTTP_SECRET', valueFrom: { secretKeyRef: { name: 'registry-http', key: 'secret' } } },
    { name: 'OTEL_TRACES_EXPORTER', value: 'none' },
    { name: 'REGISTRY_AUTH_HTPASSWD_PATH', value: '/auth/htpasswd' },
  ],
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  ...probes('http', 'HTTPS'),
  lifecycle: { preStop: { exec: { command: ['sleep', '10'] } } },
  securityContext,
  volumeMounts: [
    { name: 'config', mountPath: '/etc/distribution', readOnly: true },
    { name: 'data', mountPath: '/var/lib/registry' },
    { name: 'auth', mountPath: '/auth', readOnly: true },
    { name: 'certs', mountPath: '/certs', readOnly: true },
  ],
};

export const uiContainer = {
  name: 'registry-ui',
  image: 'joxit/docker-registry-ui:2.6.0',
  ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
  env: [
    { name: 'SINGLE_REGISTRY', value: 'true' },
    { name: 'REGISTRY_URL', value: 'https://registry.example.com' },
  ],
  resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
  ...probes('http', 'HTTP'),
  securityContext: { ...securityContext, runAsUser: 101, runAsGroup: 101 },
  volumeMounts: [
    { name: 'html', mountPath: '/usr/share/nginx/html' },
    { name: 'tmp', mountPath: '/tmp' },
  ],
};

const uiCopy = {
  name: 'copy',
  image: uiContainer.image,
  command: ['cp', '-r', '/usr/share/nginx/html/.', '/copy/html'],
  resources: uiContainer.resources,
  securityContext: uiContainer.securityContext,
  volumeMounts: [{ name: 'html', mountPath: '/copy/html' }],
};

const registryConfig = `version: 0.1
auth: { htpasswd: { realm: Registry Realm, path: /auth/htpasswd } }
http: { addr: ':5000', tls: { certificate: /certs/tls.crt, key: /certs/tls.key } }
storage: { filesystem: { rootdirectory: /var/lib/registry } }
`;

/** A fresh copy at every call. The credentials open nothing. */
export function goodSet(): GoodObject[] {
  const dns = {
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  };
  return unshared([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels: labels('registry') } },
    object('v1', 'Secret', 'registry-auth', 'registry', {
      data: encoded({ htpasswd: 'admin:$2y$05$abcdefghijklmnopqrstuuRZ8eV0wJ6XkYB3nT2oYbq1m5uHcLq9e\n' }),
    }),
    object('v1', 'Secret', 'registry-http', 'registry', {
      data: encoded({ secret: 'fR3sHsEcReTfOrUpLoAdStAtE0123456' }),
    }),
    object('v1', 'Secret', 'registry-tls', 'registry', {
      type: 'kubernetes.io/tls',
      data: encoded({
        'tls.crt': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
        'tls.key': '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
        'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n',
      }),
    }),
    service('registry', 5000),
    object('v1', 'PersistentVolumeClaim', 'registry', 'registry', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
    }),
    object('v1', 'ConfigMap', 'registry-config', 'registry', { data: { 'config.yml': registryConfig } }),
    networkPolicy('registry', [dns]),
    deployment(
      'registry',
      { type: 'Recreate' },
      {
        terminationGracePeriodSeconds: 330,
        containers: [registryContainer],
        volumes: [
          { name: 'config', configMap: { name: 'registry-config' } },
          { name: 'data', persistentVolumeClaim: { claimName: 'registry' } },
          { name: 'auth', secret: { secretName: 'registry-auth', defaultMode: 0o440 } },
          {
            name: 'certs',
            secret: {
              secretName: 'registry-tls',
              items: [
                { key: 'tls.crt', path: 'tls.crt' },
                { key: 'tls.key', path: 'tls.key' },
              ],
            },
          },
        ],
      },
    ),
    ingress('registry', '/'),
    service('registry-ui', 80),
    networkPolicy('registry-ui', [dns]),
    deployment(
      'registry-ui',
      { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      {
        initContainers: [uiCopy],
        containers: [uiContainer],
        volumes: [
          { name: 'html', emptyDir: {} },
          { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
        ],
      },
    ),
    ingress('registry-ui', '/ui'),
  ]);
}

/**
 * Copies so that no two places share an object: structuredClone would keep them shared, and a fault would
 * show twice.
 */
export function unshared<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
