// A server that speaks S3 on the cluster, in a namespace of its own, with one bucket.

import { type Cluster } from './cluster';

export const BUCKET = 'images';
export const KEYS = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const PORT = 7070;

/** Starts it and gives its address for pods. */
export async function startBucket(
  cluster: Cluster,
  node?: string,
): Promise<{ readonly namespace: string; readonly endpoint: string }> {
  const namespace = cluster.newNamespace('bucket');
  const metadata = { name: 's3', namespace, labels: { app: 's3' } };
  const mounted = {
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'users', mountPath: '/users' },
    ],
  };
  const env = Object.entries({ ROOT_ACCESS_KEY: KEYS.id, ROOT_SECRET_KEY: KEYS.secret }).map(
    ([name, value]) => ({ name, value }),
  );
  // With users, so that there can be more than one pair of keys.
  const args = ['--port', `:${PORT}`, '--iam-dir', '/users', 'posix', '/data'];
  await cluster.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { app: 's3' }, ports: [{ port: PORT }] },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: { app: 's3' } },
        template: {
          metadata: { labels: { app: 's3' } },
          spec: {
            ...(node !== undefined && { nodeSelector: { 'kubernetes.io/hostname': node } }),
            initContainers: [
              {
                name: 'bucket',
                image: 'busybox:1.37.0',
                command: ['mkdir', '-p', `/data/${BUCKET}`],
                ...mounted,
              },
            ],
            containers: [
              {
                name: 's3',
                image: 'versity/versitygw:v1.8.0',
                args,
                env,
                readinessProbe: { tcpSocket: { port: PORT }, periodSeconds: 1 },
                ...mounted,
              },
            ],
            volumes: [
              { name: 'data', emptyDir: {} },
              { name: 'users', emptyDir: {} },
            ],
          },
        },
      },
    },
  );
  await cluster.rolledOut(namespace, 'deployment/s3');
  return { namespace, endpoint: `http://s3.${namespace}.svc:${PORT}` };
}
