// Few objects for many: of each form one, for what takes long to ask of all. The form is which keys stand beside each
// other in each map, and what is empty; names and numbers do not matter.
import { CLUSTER_SCOPED } from '../../tools/pod-runner/manifests';
import type { Manifest } from '../support/synth';

/** Objects that have, together, every form that is in any of them. */
export function ofEachForm(objects: readonly Manifest[]): Manifest[] {
  const seen = new Set<string>();
  return objects.filter((object) => {
    const unseen = formsIn(object, object.kind).filter((form) => !seen.has(form));
    for (const form of unseen) seen.add(form);
    return unseen.length > 0;
  });
}

/** Maps by names that users choose: which keys they have says nothing. */
const NAMED = /\.(labels|annotations|matchLabels|nodeSelector|data|stringData)$/;

function formsIn(value: unknown, path: string): string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${path} is empty`] : value.flatMap((one) => formsIn(one, `${path}.*`));
  if (typeof value !== 'object' || value === null)
    return [`${path}: ${value === '' ? 'empty' : typeof value}`];
  const keys = Object.keys(value).sort();
  if (NAMED.test(path)) return [`${path} has ${keys.length > 0}`];
  return [`${path} {${keys}}`, ...keys.flatMap((key) => formsIn((value as any)[key], `${path}.${key}`))];
}

/** The same in one namespace, under names that differ; ports of nodes and addresses of Services once. */
export function inOnePlace(objects: readonly Manifest[], namespace: string): Manifest[] {
  const taken = new Set<unknown>();
  return objects
    .map((object, index) => {
      const name = `${String(object.metadata.name).slice(0, 40).replace(/\W$/, '')}-${index}`;
      const { namespace: _, ...metadata } = object.metadata;
      const isNamespaced = !CLUSTER_SCOPED.includes(object.kind);
      return { ...object, metadata: { ...metadata, name, ...(isNamespaced && { namespace }) } } as Manifest;
    })
    .filter(({ kind, spec }) => {
      if (kind !== 'Service') return true;
      const claimed = [spec.clusterIP, ...spec.ports.map((port: Manifest) => port.nodePort)];
      const free = claimed.every((one) => one === undefined || !taken.has(one));
      for (const one of claimed) taken.add(one);
      return free;
    });
}
