// The security contexts of a pod and its containers: they comply with Pod Security "restricted", also with what
// users add.
import { k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { PodOptions } from './pod-options';

/** Types of SELinux that Pod Security allows. */
export const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
/** Sysctls that Pod Security allows. */
export const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
];
/** When Kubernetes changes the group of a volume. */
export const GROUP_CHANGES = ['OnRootMismatch', 'Always'];
/** The highest UID and GID. */
export const HIGHEST_ID = 2 ** 31 - 1;

/** The security context of a pod with the user's additions. Without a UID, user and groups are the platform's. */
export function podSecurityContext(
  check: Check,
  options: PodOptions,
  userId: number | undefined,
): k8s.PodSecurityContext {
  const property = 'podSecurityContext';
  const given = check.options<k8s.PodSecurityContext>(property, options.podSecurityContext);
  check.enum(`${property}.fsGroupChangePolicy`, given.fsGroupChangePolicy, undefined, GROUP_CHANGES);
  for (const [index, group] of check
    .list<number>(`${property}.supplementalGroups`, given.supplementalGroups)
    .entries())
    check.integer(`${property}.supplementalGroups[${index}]`, group, undefined, 1, HIGHEST_ID);
  return {
    runAsNonRoot: true,
    ...(userId !== undefined && { runAsUser: userId, runAsGroup: userId, fsGroup: userId }),
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
    ...safe(check, property, given),
  };
}

/** The security context of a container that sets none of its own, with the user's additions. */
export function containerSecurityContext(check: Check, { securityContext }: PodOptions): k8s.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    ...safe(check, 'securityContext', check.options('securityContext', securityContext)),
  };
}

/**
 * Reports what weakens the pod in containers that the user adds. A UID and a root file system of their own are
 * allowed, as Pod Security allows them.
 */
export function checkContainers(check: Check, property: string, given: unknown): void {
  for (const [index, container] of (Array.isArray(given) ? given : []).entries()) {
    const at = `${property}[${index}]`;
    for (const [port, { hostPort }] of objectsIn(container?.ports).entries())
      if (hostPort) check.report('pod-weakened', `${at}.ports[${port}].hostPort`, { value: hostPort });
    const own = `${at}.securityContext`;
    for (const [field, value] of Object.entries(
      check.options(own, container?.securityContext ?? undefined),
    )) {
      // Null would take away what the container has without it.
      if (value === null || (field === 'runAsUser' && value === 0))
        check.report('pod-weakened', `${own}.${field}`, { value });
      else if (value !== undefined && !OWN_FIELDS.includes(field))
        checkField(check, `${own}.${field}`, field, value);
    }
  }
}

/** Reports volumes that show a pod what is on its node. */
export function checkVolumes(check: Check, property: string, given: unknown): void {
  for (const [index, { hostPath }] of objectsIn(given).entries())
    if (hostPath !== undefined && hostPath !== null)
      check.report('pod-weakened', `${property}[${index}].hostPath`, { value: hostPath.path || hostPath });
}

/** What is not an object is reported elsewhere. */
function objectsIn(given: unknown): any[] {
  return Array.isArray(given) ? given.map((item) => item ?? {}) : [];
}

/** What a container that the user adds may set as it likes. */
const OWN_FIELDS = ['runAsUser', 'runAsGroup', 'readOnlyRootFilesystem'];
const USER_FIELDS = ['runAsUser', 'runAsGroup', 'fsGroup'];

/** A value, by where it is in its field. */
type Places = readonly (readonly [at: string, value: unknown])[];

const unless =
  (harmless: unknown) =>
  (value: unknown): Places =>
    value === harmless ? [] : [['', value]];

/** What weakens a pod, by field. */
const WEAKENS: Readonly<Record<string, (value: any) => Places>> = {
  runAsNonRoot: unless(true),
  privileged: unless(false),
  allowPrivilegeEscalation: unless(false),
  procMount: unless('Default'),
  windowsOptions: unless(undefined),
  seccompProfile: ({ type }) => (['RuntimeDefault', 'Localhost'].includes(type) ? [] : [['.type', type]]),
  seLinuxOptions: (options) =>
    ['user', 'role', 'type']
      .map((key): Places[number] => [`.${key}`, options[key]])
      .filter(([at, value]) => value && !(at === '.type' && SELINUX_TYPES.includes(value as string))),
  sysctls: (given: { readonly name: string }[]) =>
    given
      .map(({ name }, index): Places[number] => [`[${index}].name`, name])
      .filter(([, name]) => !SAFE_SYSCTLS.includes(name as string)),
};

/** The given fields, which are reported where they weaken a pod. */
function safe<T extends object>(check: Check, property: string, given: T): T {
  const fields = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [field, value] of fields) {
    const at = `${property}.${field}`;
    if (USER_FIELDS.includes(field))
      check.report(value === 0 ? 'pod-weakened' : 'user-in-security-context', at, { value });
    else if (field === 'readOnlyRootFilesystem') {
      if (value !== true) check.report('root-file-system-writable', at, { value });
    } else checkField(check, at, field, value);
  }
  return Object.fromEntries(fields) as T;
}

/** Reports a field that weakens a pod, whoever it belongs to. */
function checkField(check: Check, at: string, field: string, value: any): void {
  if (field === 'capabilities') {
    const { add, drop } = check.options<k8s.Capabilities>(at, value);
    if (add?.length || !drop?.includes('ALL')) check.report('capabilities-kept', at);
    return;
  }
  const weak = WEAKENS[field]?.(shaped(check, at, value)) ?? [];
  for (const [place, one] of weak) check.report('pod-weakened', `${at}${place}`, { value: one });
  if (field === 'sysctls') checkSysctls(check, at, value);
  if (weak.length > 0 || field !== 'seccompProfile') return;
  if (!isComplete(value)) check.report('seccomp-profile-incomplete', at);
  else if (value.localhostProfile !== undefined)
    check.string(
      `${at}.localhostProfile`,
      value.localhostProfile,
      '',
      isDescending,
      'seccomp-profile-not-a-path',
    );
}

/** Kubernetes takes each once. */
function checkSysctls(check: Check, at: string, given: unknown): void {
  const names = objectsIn(given).map(({ name }) => name);
  for (const [index, value] of names.entries())
    if (typeof value === 'string' && names.indexOf(value) < index)
      check.report('sysctl-given-twice', `${at}[${index}].name`, { value });
}

/** A path that stays below the folder that it is in. */
function isDescending(path: string): boolean {
  return !path.startsWith('/') && !path.split('/').includes('..');
}

/** A map or a list of maps as it is, or an empty one in the place of something else, which is reported. */
function shaped(check: Check, at: string, value: unknown): unknown {
  if (/\.(seccompProfile|seLinuxOptions)$/.test(at)) return check.options(at, value);
  return at.endsWith('.sysctls') ? check.objects(at, value) : value;
}

function isComplete({ type, localhostProfile }: k8s.SeccompProfile): boolean {
  return (type === 'Localhost') === Boolean(localhostProfile);
}
