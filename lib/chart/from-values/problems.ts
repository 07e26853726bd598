// The constructs' problems in the voice of values: their paths name props, which a chart does not have.
import type { IConstruct } from 'constructs';
import { RegistryLocalHosting } from '../../clients/local-registry-hosting';
import { RegistryNodeTrust } from '../../clients/node-trust/node-trust';
import { RegistryPullSecret } from '../../clients/pull-secret';
import { messageOf, type Problem, problemsOf } from '../../core/problem';
import { RegistrySnapshots } from '../../maintenance/backup/snapshots';
import { RegistryVeleroBackup } from '../../maintenance/backup/velero';
import { RegistryCollection } from '../../maintenance/collection/collection';
import { RegistryCopy } from '../../maintenance/copy/copy';
import { RegistryRetention } from '../../maintenance/retention/retention';
import { RegistryVerification } from '../../maintenance/verification';
import { RegistryAlerts } from '../../monitoring/alerts';
import { RegistryDashboard } from '../../monitoring/dashboard';
import { TestPod } from '../test-pod';
import { ChartValues, type ValuesTree } from '../values/reader';
import { itemsOfCopies, remoteEnd } from './copies';
import { pathInRules } from './front';

/** All problems of the registry that values make, with the paths of values. */
export function problemsInValues(app: IConstruct, given: ValuesTree): string[] {
  const values = new ChartValues(given);
  const type = values.string('storage.type');
  const storage = type === 'filesystem' ? 'persistence' : `storage.${type}`;
  const messages = app.node
    .findAll()
    .flatMap((construct) =>
      problemsOf(construct).map((problem) =>
        typeof problem === 'string' ? problem : messageInValues(problem, values, storage, groupOf(construct)),
      ),
    );
  // One value may be wrong for several objects.
  return [...new Set(messages)];
}

/**
 * A problem of props as one of values.
 *
 * @param storage the group of the backend that is set
 * @param group the group of the construct, if it is not the registry
 */
function messageInValues(
  problem: Problem,
  values: ChartValues,
  storage: string,
  group: string | undefined,
): string {
  return messageOf(problem, {
    path: (path) => {
      if (group?.startsWith('copies[')) return pathInCopy(path, group, values);
      if (group !== undefined) return pathInGroup(path, group);
      const [, cache, ofCache] = /^(caches\[\d+\])\.(.*)$/.exec(path) ?? [];
      if (cache !== undefined && ofCache !== undefined) return pathInCache(cache, ofCache);
      return path.startsWith('access.') ? pathInRules(path, values) : pathInValues(path, storage);
    },
    words: ({ says, instead, values: others }) => ({ says, instead, ...others }),
    // The chart names an image without its digest.
    value: (value) => (typeof value === 'string' ? value.split('@sha256:')[0] : value),
  });
}

/** Props whose values are elsewhere, the longer paths first. STORAGE stands for the backend's group. */
const PATHS: readonly (readonly [prop: RegExp, value: string])[] = [
  [/^storage\.backend\.fixOwner$/, 'persistence.hostPath.fixOwner'],
  [/^storage\.backend\.credentials\b/, 'STORAGE'],
  [/^storage\.backend\b/, 'STORAGE'],
  [/^tls\.certificate\.issuer\b/, 'tls.certManager.issuer'],
  [/^ui\.access\b/, 'ui'],
  [/^auth\.credentials\.htpasswd\b/, 'auth.htpasswd'],
  [/^auth\.credentials\.options\b/, 'auth.verifier'],
  [/^auth\.credentials\b/, 'auth.token'],
  [/^name$/, 'fullnameOverride'],
  [/^imageRegistry$/, 'global.imageRegistry'],
  [/^replicas$/, 'replicaCount'],
  [/^version$/, 'image.version'],
  [/^labels\b/, 'commonLabels'],
  [/^annotations\b/, 'commonAnnotations'],
  [/^configuration\.drainTimeout$/, 'configuration.drainTimeoutSeconds'],
  [/^(ui\.|front\.|prefetch\.)?resources\.(cpu|memory)\.(request|limit)$/, '$1resources.$3s.$2'],
  [/^(ui\.)?env\b/, '$1extraEnv'],
  [/^(ui\.)?volumes\b/, '$1extraVolumes'],
  [/^(ui\.)?volumeMounts\b/, '$1extraVolumeMounts'],
];

/** Props of a cache that have another name in an item of `caches`. */
const PATHS_OF_CACHES: readonly (readonly [prop: RegExp, value: string])[] = [
  [/^cacheName$/, 'name'],
  [/^login\.secret$/, 'login.existingSecret'],
  [/^caSecret\.secret$/, 'caSecret'],
  [/^caSecret\.key$/, 'caSecretKey'],
  [/^alerts$/, 'alerts.enabled'],
];

/** Props of a copy's end that is another registry, and their values. */
const PATHS_OF_REMOTES: readonly (readonly [prop: RegExp, value: string])[] = [
  [/^login$/, 'loginSecret'],
  [/^caSecret\.secret$/, 'caSecret'],
  [/^caSecret\.key$/, 'caSecretKey'],
];

function pathInCopy(path: string, copy: string, values: ChartValues): string {
  const index = Number(/\d+/.exec(copy)?.[0]);
  const item = itemsOfCopies(values)[index];
  const remote = item === undefined ? 'target' : remoteEnd(item);
  const [, end, ofEnd = 'address'] = /^(source|target)(?:\.(.*))?$/.exec(path) ?? [];
  // Of the constructs' problems with this registry, those without a login are about the copy as a whole.
  if (end === undefined || ofEnd === 'address' || path === 'registry') {
    const whole = end === undefined && path !== 'registry' ? path : remote;
    return `${copy}.${whole.replace(/^(copyName|props)$/, 'name').replace(OF_RESOURCES, 'resources.$2s.$1')}`;
  }
  if (end !== remote) return `${copy}.${ofEnd.replace(/^login\.user$/, 'login.username')}`;
  const [prop, value] = PATHS_OF_REMOTES.find(([one]) => one.test(ofEnd)) ?? [];
  return `${copy}.remote.${prop === undefined ? ofEnd : value}`;
}

function pathInCache(cache: string, path: string): string {
  // They are the registry's.
  if (path === 'userId') return path;
  const [prop, value] = PATHS_OF_CACHES.find(([one]) => one.test(path)) ?? [];
  return `${cache}.${prop === undefined || value === undefined ? pathInValues(path, 'persistence') : value}`;
}

function pathInValues(path: string, storage: string): string {
  const [prop, value] = PATHS.find(([one]) => one.test(path)) ?? [];
  return prop === undefined || value === undefined
    ? path
    : path.replace(prop, value.replace('STORAGE', storage));
}

/** The group of a construct beside the registry. */
function groupOf(construct: IConstruct): string | undefined {
  if (construct instanceof RegistryVerification) return 'verification';
  if (construct instanceof TestPod) return 'test';
  if (construct instanceof RegistryPullSecret) return 'pullSecret';
  if (construct instanceof RegistryNodeTrust) return 'nodeTrust';
  if (construct instanceof RegistryAlerts) return 'alerts';
  if (construct instanceof RegistryDashboard) return 'dashboard';
  if (construct instanceof RegistryCollection) return 'collection';
  if (construct instanceof RegistrySnapshots) return 'snapshots';
  if (construct instanceof RegistryVeleroBackup) return 'velero';
  if (construct instanceof RegistryRetention) return 'retention';
  // Its id is its path.
  if (construct instanceof RegistryCopy) return construct.node.id;
  return construct instanceof RegistryLocalHosting ? 'localRegistryHosting' : undefined;
}

/** CPU and memory are the other way round. */
const OF_RESOURCES = /^resources\.(cpu|memory)\.(request|limit)$/;

/** Without the value that enables it there is no such construct. */
function pathInGroup(path: string, group: string): string {
  if (path === 'registry') return `${group}.enabled`;
  if (group === 'retention' && path.startsWith('login'))
    return `retention.${path.replace('login.user', 'login.username')}`;
  if (group === 'test' || group === 'verification')
    return `verification.${(path === 'login' && 'loginSecret') || pathInValues(path, 'persistence')}`;
  if (path === 'registry' || path === 'login') return `${group}.enabled`;
  if (path === 'mirrorLogin.user') return `${group}.mirrorLogin.username`;
  const inGroup = path.replace(OF_RESOURCES, 'resources.$2s.$1').replace('.patterns[', '.repositories[');
  return `${group}.${inGroup === 'trustNamespace' ? 'namespace' : inGroup}`;
}
