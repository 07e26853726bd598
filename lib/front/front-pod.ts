// The front's container in the registry's pod: ports, mounts, probes, and the way down.
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { kubeResources } from '../core/restricted-pod';

/** The registry's port on 127.0.0.1. */
export const BEHIND_FRONT_PORT = 5002;

/** The registry's own port is nginx' now; the others are on 127.0.0.1. */
export const PORTS = { port: 5000, registryPort: BEHIND_FRONT_PORT, passwordPort: 5003 };

/** Folders and files in the container. */
export const FRONT_PATHS = {
  configuration: '/etc/front',
  htpasswd: '/auth',
  tls: '/certs',
  run: '/run/front',
  switches: '/etc/front-switches',
  verifier: '/etc/front-verifier',
} as const;

/** What the container is made of. */
export interface FrontNeeds {
  readonly image: string;
  readonly portName: string;
  readonly preStopSeconds: number;
  /** Whether TLS ends in the pod. */
  readonly tls: boolean;
  readonly resources: ContainerResources;
  readonly configMapName: string;
  readonly switchName: string;
  /** Whether there is a file of users. */
  readonly users: boolean;
  readonly verifierCa?: { readonly name: string; readonly key: string };
}

/** What the front adds to the registry's pod. */
export interface FrontPod {
  readonly container: k8s.Container;
  readonly volumes: k8s.Volume[];
}

/** The container and its volumes. */
export function frontPod(needs: FrontNeeds): FrontPod {
  const { image, portName, preStopSeconds, tls, resources, configMapName, switchName, users } = needs;
  const { verifierCa: ca } = needs;
  const port = k8s.IntOrString.fromString(portName);
  const answers = { httpGet: { path: '/', port, scheme: tls ? 'HTTPS' : 'HTTP' }, timeoutSeconds: 5 };
  return {
    container: {
      name: FRONT,
      image,
      command: ['sh', `${FRONT_PATHS.configuration}/front.sh`],
      ports: [{ name: portName, containerPort: PORTS.port }],
      resources: kubeResources(resources),
      volumeMounts: [
        { name: FRONT, mountPath: FRONT_PATHS.configuration, readOnly: true },
        { name: 'front-run', mountPath: FRONT_PATHS.run },
        { name: 'front-switches', mountPath: FRONT_PATHS.switches, readOnly: true },
        ...(users ? [{ name: 'auth', mountPath: FRONT_PATHS.htpasswd, readOnly: true }] : []),
        ...(tls ? [{ name: 'tls', mountPath: FRONT_PATHS.tls, readOnly: true }] : []),
        ...(ca ? [{ name: 'verifier-ca', mountPath: FRONT_PATHS.verifier, readOnly: true }] : []),
      ],
      startupProbe: { ...answers, initialDelaySeconds: 2, periodSeconds: 2, failureThreshold: STARTUP_TRIES },
      readinessProbe: { ...answers, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      // Endpoints drop the pod first; then nginx ends what is under way, before the registry stops.
      lifecycle: { preStop: { exec: { command: ['sleep', String(preStopSeconds)] } } },
    },
    volumes: [
      { name: FRONT, configMap: { name: configMapName } },
      // Memory: what is remembered of logins is in it.
      { name: 'front-run', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('16Mi') } },
      { name: 'front-switches', configMap: { name: switchName, optional: true } },
      ...(ca
        ? [{ name: 'verifier-ca', secret: { secretName: ca.name, items: [{ key: ca.key, path: ca.key }] } }]
        : []),
    ],
  };
}

/** Name of the container. */
const FRONT = 'front';
/** Ten minutes, as the registry's own: its storage may take that long to answer. */
const STARTUP_TRIES = 300;
