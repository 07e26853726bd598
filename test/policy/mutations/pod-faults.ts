// Planted faults inside one pod: its security, its containers' image, resources, probes, environment and
// mounts.
import { CONTAINER, fault, type Mutation, POD } from './fault';

type Edit = Parameters<typeof fault>[2];

const registry = (name: string, edit: Edit, red: string): Mutation =>
  fault(name, 'Deployment/registry', edit, red);

/** A field of the container's security context set to what the rule refuses. */
function context(name: string, fields: Record<string, unknown>, red: string): Mutation {
  return registry(name, (it) => it.merge(`${CONTAINER}/securityContext`, fields), red);
}

function podContext(name: string, fields: Record<string, unknown>, red: string): Mutation {
  return registry(name, (it) => it.merge(`${POD}/securityContext`, fields), red);
}

const SECURITY_FAULTS: readonly Mutation[] = [
  registry(
    'host network',
    (it) => it.set(`${POD}/hostNetwork`, true),
    'hostNetwork is true [host-namespaces]',
  ),
  registry('host processes', (it) => it.set(`${POD}/hostPID`, true), 'hostPID is true [host-namespaces]'),
  registry(
    'hostPath volume',
    (it) => it.merge(`${POD}/volumes/?configMap`, { configMap: undefined, hostPath: { path: '/etc' } }),
    'type hostPath [volume-types]',
  ),
  registry(
    'NFS volume in an init container',
    (it) =>
      it
        .push(`${POD}/volumes`, { name: 'nfs', nfs: { server: 'x', path: '/' } })
        .push(`${CONTAINER}/volumeMounts`, { name: 'nfs', mountPath: '/nfs' }),
    'type nfs [volume-types]',
  ),
  podContext(
    'unsafe sysctl',
    { sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
    'kernel.msgmax [sysctls]',
  ),
  registry(
    'token mounted',
    (it) => it.remove(`${POD}/automountServiceAccountToken`),
    '[service-account-token]',
  ),
  registry('service links', (it) => it.remove(`${POD}/enableServiceLinks`), '[service-links]'),
  context(
    'root by runAsNonRoot',
    { runAsNonRoot: false },
    'container registry: runAsNonRoot must be true [run-as-non-root]',
  ),
  podContext(
    'pod may be root',
    { runAsNonRoot: false },
    'securityContext.runAsNonRoot is false [run-as-non-root]',
  ),
  context('root user', { runAsUser: 0 }, 'runAsUser is 0 [run-as-user]'),
  podContext('root user of the pod', { runAsUser: 0 }, 'securityContext.runAsUser is 0 [run-as-user]'),
  registry(
    'image decides the user',
    (it) =>
      it
        .merge(`${POD}/securityContext`, { runAsUser: undefined })
        .merge(`${CONTAINER}/securityContext`, { runAsUser: undefined }),
    'runAsUser must be set [run-as-user]',
  ),
  context('seccomp off', { seccompProfile: { type: 'Unconfined' } }, 'seccompProfile.type [seccomp]'),
  podContext(
    'seccomp off in the pod',
    { seccompProfile: { type: 'Unconfined' } },
    'seccompProfile.type is Unconfined [seccomp]',
  ),
  registry(
    'no seccomp profile',
    (it) =>
      it
        .merge(`${POD}/securityContext`, { seccompProfile: undefined })
        .merge(`${CONTAINER}/securityContext`, { seccompProfile: undefined }),
    'seccompProfile.type must be RuntimeDefault [seccomp]',
  ),
  context(
    'AppArmor off',
    { appArmorProfile: { type: 'Unconfined' } },
    'appArmorProfile.type is Unconfined [apparmor]',
  ),
  registry(
    'AppArmor off by annotation',
    (it) =>
      it.merge('spec/template/metadata/annotations', {
        'container.apparmor.security.beta.kubernetes.io/registry': 'unconfined',
      }),
    '[apparmor]',
  ),
  podContext('SELinux user', { seLinuxOptions: { user: 'system_u' } }, 'seLinuxOptions [selinux]'),
  context('Windows host process', { windowsOptions: { hostProcess: true } }, 'hostProcess is true [windows]'),
  context('privileged', { privileged: true }, 'privileged is true [privileged]'),
  context('escalation', { allowPrivilegeEscalation: true }, '[privilege-escalation]'),
  context('capabilities kept', { capabilities: {} }, 'capabilities.drop must hold ALL [capabilities]'),
  context(
    'capability added',
    { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } },
    'SYS_ADMIN [capabilities]',
  ),
  context('unmasked proc', { procMount: 'Unmasked' }, '[proc-mount]'),
  context('writable root', { readOnlyRootFilesystem: false }, '[read-only-root]'),
  registry(
    'host port',
    (it) => it.merge(`${CONTAINER}/ports/0`, { hostPort: 5000 }),
    'hostPort 5000 [host-ports]',
  ),
  registry(
    'probe of another host',
    (it) =>
      it.merge(`${CONTAINER}/livenessProbe`, {
        tcpSocket: { port: 5000, host: '10.0.0.1' },
        httpGet: undefined,
      }),
    '10.0.0.1 [host-probes]',
  ),
  fault(
    'init container as root',
    'Deployment/registry-ui',
    (it) => it.merge(`${POD}/initContainers/0/securityContext`, { runAsUser: 0 }),
    'runAsUser is 0 [run-as-user]',
  ),
  fault(
    'escalation in a scheduled job',
    'CronJob/gc',
    (it) =>
      it.merge('spec/jobTemplate/spec/template/spec/containers/0/securityContext', {
        allowPrivilegeEscalation: true,
      }),
    '[privilege-escalation]',
  ),
];

const CONTAINER_FAULTS: readonly Mutation[] = [
  registry(
    'latest',
    (it) => it.set(`${CONTAINER}/image`, 'registry:latest'),
    'image registry:latest has no fixed tag [image-tag]',
  ),
  registry(
    'no tag behind a port',
    (it) => it.set(`${CONTAINER}/image`, 'localhost:5000/registry'),
    'localhost:5000/registry has no fixed tag [image-tag]',
  ),
  fault(
    'latest in an init container',
    'Deployment/registry-ui',
    (it) => it.set(`${POD}/initContainers/0/image`, 'ui:latest'),
    'image ui:latest [image-tag]',
  ),
  registry('no CPU request', (it) => it.remove(`${CONTAINER}/resources/requests/cpu`), '[cpu-request]'),
  registry(
    'no memory request',
    (it) => it.remove(`${CONTAINER}/resources/requests/memory`),
    '[memory-request]',
  ),
  registry(
    'no limits',
    (it) => it.remove(`${CONTAINER}/resources/limits`),
    'limits.memory is missing [memory-limit]',
  ),
  fault(
    'no memory limit in an init container',
    'Deployment/registry-ui',
    (it) => it.remove(`${POD}/initContainers/0/resources/limits`),
    'limits.memory is missing [memory-limit]',
  ),
  registry(
    'limit below the request',
    (it) => it.set(`${CONTAINER}/resources/limits/memory`, '1Mi'),
    'limit 1Mi of memory is below [limit-below-request]',
  ),
  fault(
    'no liveness',
    'Deployment/registry-ui',
    (it) => it.remove(`${CONTAINER}/livenessProbe`),
    '[liveness-probe]',
  ),
  registry('no readiness', (it) => it.remove(`${CONTAINER}/readinessProbe`), '[readiness-probe]'),
  registry(
    'probe of a missing port',
    (it) => it.merge(`${CONTAINER}/readinessProbe`, { httpGet: { path: '/', port: 5001 } }),
    'readinessProbe asks port 5001 [probe-port]',
  ),
  registry(
    'probe of a missing named port',
    (it) => it.set(`${CONTAINER}/startupProbe`, { tcpSocket: { port: 'metrics' } }),
    'startupProbe asks port metrics [probe-port]',
  ),
  registry(
    'probe that asks nothing',
    (it) => it.set(`${CONTAINER}/startupProbe`, { periodSeconds: 1 }),
    'exactly one of [probe-port]',
  ),
  registry(
    'secret in the open',
    (it) => it.push(`${CONTAINER}/env`, { name: 'MY_SECRET', value: 'x' }),
    'env MY_SECRET [env-secret]',
  ),
  registry(
    'password in the open',
    (it) => it.push(`${CONTAINER}/env`, { name: 'REGISTRY_REDIS_PASSWORD', value: 'x' }),
    'env REGISTRY_REDIS_PASSWORD [env-secret]',
  ),
  registry(
    'access key in the open',
    (it) => it.push(`${CONTAINER}/env`, { name: 'REGISTRY_STORAGE_S3_ACCESSKEY', value: 'AKIA' }),
    'ACCESSKEY holds a literal [env-secret]',
  ),
  registry(
    'variable given twice',
    (it) => it.push(`${CONTAINER}/env`, it.get(`${CONTAINER}/env/0`)),
    'is listed twice [env-duplicate]',
  ),
  registry(
    'mount without a volume',
    (it) => it.push(`${CONTAINER}/volumeMounts`, { name: 'cache', mountPath: '/cache' }),
    'volumeMount cache has no volume [volume-mount]',
  ),
  registry(
    'two mounts in one place',
    (it) => it.push(`${CONTAINER}/volumeMounts`, it.get(`${CONTAINER}/volumeMounts/0`)),
    'is used twice [volume-mount]',
  ),
  registry(
    'volume for nothing',
    (it) => it.push(`${POD}/volumes`, { name: 'cache', emptyDir: {} }),
    'volume cache is mounted by no container [unused-volume]',
  ),
  registry(
    'port name too long',
    (it) => it.push(`${CONTAINER}/ports`, { name: 'registry-metrics', containerPort: 5001 }),
    'registry-metrics is not valid [port-name]',
  ),
  registry(
    'port given twice',
    (it) => it.push(`${CONTAINER}/ports`, { containerPort: 5000, protocol: 'TCP' }),
    'containerPort 5000/TCP is used twice [duplicate-name]',
  ),
];

export const POD_FAULTS: readonly Mutation[] = [...SECURITY_FAULTS, ...CONTAINER_FAULTS];
