// A pod whose image comes from the registry, by the pull secret: nginx on port 80, within what Pod Security
// `restricted` allows.
import { k8s } from 'cdk8s-plus-27';

const port = k8s.IntOrString.fromNumber(80);
const quantity = k8s.Quantity.fromString;
/** Where nginx writes. */
const WRITABLE = { cache: '/var/cache/nginx', run: '/run', tmp: '/tmp' };

/** The Pod. nginx's own user is 101; the sysctl lets it have a port below 1024 without root. */
export function nginxPod(
  namespace: string,
  image: string,
  pullSecret: string,
): ReturnType<typeof k8s.KubePod.manifest> {
  return k8s.KubePod.manifest({
    metadata: { name: 'nginx-pod', namespace, labels: { app: 'nginx' } },
    spec: {
      imagePullSecrets: [{ name: pullSecret }],
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
        sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }],
      },
      containers: [
        {
          name: 'nginx',
          image,
          ports: [{ name: 'http', containerPort: 80 }],
          resources: {
            requests: { cpu: quantity('10m'), memory: quantity('32Mi') },
            limits: { memory: quantity('64Mi') },
          },
          readinessProbe: { httpGet: { path: '/', port }, periodSeconds: 5 },
          livenessProbe: { tcpSocket: { port }, periodSeconds: 20 },
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 101,
            runAsGroup: 101,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
          volumeMounts: Object.entries(WRITABLE).map(([name, mountPath]) => ({ name, mountPath })),
        },
      ],
      volumes: Object.keys(WRITABLE).map((name) => ({ name, emptyDir: { sizeLimit: quantity('16Mi') } })),
    },
  });
}
