// The constructs' problems in the voice of values: their paths name props, which a chart does not have.
import type { IConstruct } from 'constructs';
import { messageOf, type Problem, problemsOf } from '../../core/problem';
import { ChartValues, type ValuesTree } from '../values/reader';

/** All problems of the registry that values make, with the paths of values. */
export function problemsInValues(app: IConstruct, given: ValuesTree): string[] {
  const type = new ChartValues(given).string('storage.type');
  const storage = type === 'filesystem' ? 'persistence' : `storage.${type}`;
  const messages = app.node
    .findAll()
    .flatMap((construct) => problemsOf(construct))
    .map((problem) => (typeof problem === 'string' ? problem : messageInValues(problem, storage)));
  // One value may be wrong for several objects.
  return [...new Set(messages)];
}

/**
 * A problem of props as one of values.
 *
 * @param storage the group of the backend that is set
 */
export function messageInValues(problem: Problem, storage: string): string {
  return messageOf(problem, {
    path: (path) => pathInValues(path, storage),
    words: ({ says, instead, values: others }) => ({ says, instead, ...others }),
    // The chart names an image without its digest.
    value: (value) => (typeof value === 'string' ? value.split('@sha256:')[0] : value),
  });
}

/** Props whose values are elsewhere, the longer paths first. STORAGE stands for the backend's group. */
const PATHS: readonly (readonly [prop: RegExp, value: string])[] = [
  [/^storage\.backend\.credentials\b/, 'STORAGE'],
  [/^storage\.backend\b/, 'STORAGE'],
  [/^tls\.certificate\.issuer\b/, 'tls.certManager.issuer'],
  [/^ui\.access\b/, 'ui'],
  [/^auth\.credentials\.htpasswd\b/, 'auth.htpasswd'],
  [/^name$/, 'fullnameOverride'],
  [/^replicas$/, 'replicaCount'],
  [/^version$/, 'image.version'],
  [/^labels\b/, 'commonLabels'],
  [/^annotations\b/, 'commonAnnotations'],
  [/^configuration\.drainTimeout$/, 'configuration.drainTimeoutSeconds'],
  [/^(ui\.)?resources\.(cpu|memory)\.(request|limit)$/, '$1resources.$3s.$2'],
  [/^(ui\.)?env\b/, '$1extraEnv'],
  [/^(ui\.)?volumes\b/, '$1extraVolumes'],
  [/^(ui\.)?volumeMounts\b/, '$1extraVolumeMounts'],
];

function pathInValues(path: string, storage: string): string {
  const [prop, value] = PATHS.find(([one]) => one.test(path)) ?? [];
  return prop === undefined || value === undefined
    ? path
    : path.replace(prop, value.replace('STORAGE', storage));
}
