// The constructs' problems in the words of values.yaml: their paths name props, which a chart does not have.
import { messageOf, type Problem } from '../core/problem';
import { HelmValues } from './helm-values';

/** A problem of props as one of values. */
export function messageInValues(problem: Problem, values: HelmValues): string {
  const backend = values._asked.get('storage.type') ?? 'filesystem';
  const storage = backend === 'filesystem' ? 'persistence' : `storage.${backend}`;
  return messageOf(problem, {
    path: (path) => pathInValues(path, storage),
    words: ({ says, instead, values: others }) => ({ says, instead, ...others }),
    // A digest is cut short in messages, and is no sample then.
    value: (value) => (typeof value === 'string' ? value.split('@sha256:')[0] : value),
  });
}

/** Props whose values are elsewhere, the longer paths first. STORAGE stands for the storage that is set. */
const PATHS: readonly (readonly [prop: string, value: string])[] = [
  ['storage.backend.credentials', 'STORAGE'],
  ['storage.backend', 'STORAGE'],
  ['tls.certificate.issuer', 'tls.certManager.issuer'],
  ['ui.access', 'ui'],
  ['replicas', 'replicaCount'],
];

function pathInValues(path: string, storage: string): string {
  const [prop, value] = PATHS.find(([one]) => path === one || path.startsWith(`${one}.`)) ?? ['', ''];
  return value.replace('STORAGE', storage) + path.slice(prop.length);
}
