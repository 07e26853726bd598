// The Pod Security Standard `restricted`, field by field, and the locks beyond it that every pod of the
// library has.
import type { IProbe } from 'kubernetes-models/v1/Probe';
import { list, type ManifestSet, namespaceOf, type PodSource } from './manifest-set';
import { containerRule, podRule, type Rule } from './rule';

const VOLUME_TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];
const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
];

interface Context {
  readonly seLinuxOptions?: { type?: string; user?: string; role?: string };
  readonly appArmorProfile?: { type: string };
  readonly windowsOptions?: { hostProcess?: boolean };
}

/** What the standard says of the context of a pod and of a container alike. */
function sharedContext(
  context: Context | undefined,
): Record<'selinux' | 'apparmor' | 'windows', string | false> {
  const { type = '', user = '', role = '' } = context?.seLinuxOptions ?? {};
  const armor = context?.appArmorProfile?.type ?? 'RuntimeDefault';
  return {
    selinux:
      (!SELINUX_TYPES.includes(type) || user !== '' || role !== '') &&
      'securityContext.seLinuxOptions leaves what restricted allows',
    apparmor:
      !['RuntimeDefault', 'Localhost'].includes(armor) &&
      `securityContext.appArmorProfile.type is ${armor}: write RuntimeDefault`,
    windows:
      context?.windowsOptions?.hostProcess === true && 'securityContext.windowsOptions.hostProcess is true',
  };
}

const isConfined = (type: string | undefined): boolean => type === 'RuntimeDefault' || type === 'Localhost';

function contextRules(name: 'selinux' | 'apparmor' | 'windows'): Rule[] {
  return [
    podRule(name, (pod) => sharedContext(pod.spec.securityContext)[name]),
    containerRule(name, (container) => sharedContext(container.securityContext)[name]),
  ];
}

/** Only a pod whose account a RoleBinding of the set names has use for a token. */
function mayUseToken(pod: PodSource, set: ManifestSet): boolean {
  type Binding = { subjects?: { kind: string; name: string; namespace?: string }[] };
  return set
    .of<Binding>('RoleBinding')
    .some((binding) =>
      list(binding.subjects).some(
        (subject) =>
          subject.kind === 'ServiceAccount' &&
          subject.name === pod.spec.serviceAccountName &&
          (subject.namespace ?? namespaceOf(binding)) === pod.namespace,
      ),
    );
}

export const POD_SECURITY_RULES: readonly Rule[] = [
  podRule('host-namespaces', ({ spec }) =>
    (['hostNetwork', 'hostPID', 'hostIPC'] as const).map(
      (field) => spec[field] === true && `${field} is true: leave it out`,
    ),
  ),

  podRule('volume-types', ({ spec }) =>
    list(spec.volumes).flatMap((volume) =>
      Object.keys(volume)
        .filter((key) => key !== 'name' && !VOLUME_TYPES.includes(key))
        .map(
          (type) => `volume ${volume.name} is of type ${type}: restricted allows ${VOLUME_TYPES.join(', ')}`,
        ),
    ),
  ),

  podRule('sysctls', ({ spec }) =>
    list(spec.securityContext?.sysctls).map(
      ({ name }) => !SAFE_SYSCTLS.includes(name) && `sysctl ${name} is not a safe one`,
    ),
  ),

  podRule(
    'service-account-token',
    (pod, set) =>
      pod.spec.automountServiceAccountToken !== false &&
      !mayUseToken(pod, set) &&
      'automountServiceAccountToken must be false, since no RoleBinding gives the pod rights',
  ),

  podRule(
    'service-links',
    ({ spec }) =>
      spec.enableServiceLinks !== false &&
      'enableServiceLinks must be false: a Service called registry injects REGISTRY_* variables',
  ),

  podRule(
    'run-as-non-root',
    ({ spec }) => spec.securityContext?.runAsNonRoot === false && 'securityContext.runAsNonRoot is false',
  ),
  containerRule('run-as-non-root', ({ securityContext }, { spec }) => {
    const level = spec.securityContext?.runAsNonRoot;
    return (
      level !== false &&
      (securityContext?.runAsNonRoot ?? level) !== true &&
      'runAsNonRoot must be true, for the container or for the pod'
    );
  }),

  podRule(
    'run-as-user',
    ({ spec }) => spec.securityContext?.runAsUser === 0 && 'securityContext.runAsUser is 0, which is root',
  ),
  // The images' own user may be root, which runAsNonRoot alone turns into a pod that does not start.
  containerRule('run-as-user', ({ securityContext }, { spec }) => [
    securityContext?.runAsUser === 0 && 'runAsUser is 0, which is root',
    (securityContext?.runAsUser ?? spec.securityContext?.runAsUser) === undefined &&
      'runAsUser must be set, for the container or for the pod',
  ]),

  podRule('seccomp', ({ spec }) => {
    const type = spec.securityContext?.seccompProfile?.type;
    return (
      type !== undefined &&
      !isConfined(type) &&
      `securityContext.seccompProfile.type is ${type}: write RuntimeDefault`
    );
  }),
  containerRule('seccomp', ({ securityContext }, { spec }) => {
    const own = securityContext?.seccompProfile?.type;
    return (
      (own !== undefined || spec.securityContext?.seccompProfile?.type === undefined) &&
      !isConfined(own) &&
      'seccompProfile.type must be RuntimeDefault, for the container or for the pod'
    );
  }),

  podRule('apparmor', (pod) =>
    Object.entries(pod.annotations).map(
      ([key, value]) =>
        key.startsWith('container.apparmor.security.beta.kubernetes.io/') &&
        !/^(runtime\/default|localhost\/.*)$/.test(value) &&
        `annotation ${key} is ${value}`,
    ),
  ),

  ...contextRules('selinux'),
  ...contextRules('apparmor'),
  ...contextRules('windows'),

  containerRule(
    'privileged',
    ({ securityContext }) => securityContext?.privileged === true && 'privileged is true',
  ),

  containerRule(
    'privilege-escalation',
    ({ securityContext }) =>
      securityContext?.allowPrivilegeEscalation !== false && 'allowPrivilegeEscalation must be false',
  ),

  containerRule('capabilities', ({ securityContext }) => [
    !list(securityContext?.capabilities?.drop).includes('ALL') && 'capabilities.drop must hold ALL',
    ...list(securityContext?.capabilities?.add).map(
      (added) =>
        added !== 'NET_BIND_SERVICE' &&
        `capabilities.add holds ${added}: restricted allows NET_BIND_SERVICE only`,
    ),
  ]),

  containerRule(
    'proc-mount',
    ({ securityContext }) =>
      (securityContext?.procMount ?? 'Default') !== 'Default' && 'procMount must be Default',
  ),

  containerRule(
    'read-only-root',
    ({ securityContext }) =>
      securityContext?.readOnlyRootFilesystem !== true && 'readOnlyRootFilesystem must be true',
  ),

  containerRule('host-ports', ({ ports }) =>
    list(ports).map(
      ({ hostPort }) => hostPort !== undefined && hostPort !== 0 && `hostPort ${hostPort} is set`,
    ),
  ),

  containerRule('host-probes', ({ livenessProbe, readinessProbe, startupProbe, lifecycle }) => {
    const hosts = (
      [livenessProbe, readinessProbe, startupProbe, lifecycle?.preStop, lifecycle?.postStart] as (
        | IProbe
        | undefined
      )[]
    ).flatMap((probe) => [probe?.httpGet?.host, probe?.tcpSocket?.host]);
    return hosts.map(
      (host) => host !== undefined && host !== '' && `a probe or hook calls host ${host}: leave the host out`,
    );
  }),
];
