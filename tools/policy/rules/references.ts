// What objects refer to must exist, in the set or by declaration: Secrets, ConfigMaps and their keys, claims,
// volumes, accounts and roles.
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import { containersOf, list, type ManifestSet, namespaceOf, type PodSource, whereOf } from './manifest-set';
import { type Findings, located, podRule, type Rule, setRule } from './rule';

interface Reference {
  /** The pod, or its container, as problems name it. */
  readonly where: string;
  /** Where in it the reference stands: `env REGISTRY_HTTP_SECRET`. */
  readonly via: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly keys: readonly string[];
}

interface Keyed {
  name?: string;
  key: string;
  optional?: boolean;
}
interface Whole {
  name?: string;
  optional?: boolean;
  items?: { key: string }[];
}

type Found = Omit<Reference, 'where'>;

const keyed = (via: string, kind: string, source: Keyed | undefined): Found[] =>
  source === undefined || source.optional === true
    ? []
    : [{ via, kind, name: source.name, keys: [source.key] }];

const whole = (via: string, kind: string, source: Whole | undefined): Found[] =>
  source === undefined || source.optional === true
    ? []
    : [{ via, kind, name: source.name, keys: list(source.items).map((it) => it.key) }];

function ofEnvironment(container: IContainer): Found[] {
  return [
    ...list(container.env).flatMap(({ name, valueFrom }) => [
      ...keyed(`env ${name}`, 'Secret', valueFrom?.secretKeyRef),
      ...keyed(`env ${name}`, 'ConfigMap', valueFrom?.configMapKeyRef),
    ]),
    ...list(container.envFrom).flatMap(({ secretRef, configMapRef }) => [
      ...whole('envFrom', 'Secret', secretRef),
      ...whole('envFrom', 'ConfigMap', configMapRef),
    ]),
  ];
}

function ofVolume(volume: IVolume): Found[] {
  const via = `volume ${volume.name}`;
  const { secret, configMap, projected, persistentVolumeClaim: claim } = volume;
  return [
    ...whole(
      via,
      'Secret',
      secret && { ...secret, ...(secret.secretName === undefined ? {} : { name: secret.secretName }) },
    ),
    ...whole(via, 'ConfigMap', configMap),
    ...(claim === undefined ? [] : [{ via, kind: 'PersistentVolumeClaim', name: claim.claimName, keys: [] }]),
    ...list(projected?.sources).flatMap((source) => [
      ...whole(via, 'Secret', source.secret),
      ...whole(via, 'ConfigMap', source.configMap),
    ]),
  ];
}

/** The keys that mounts pick out of a Secret or ConfigMap volume by `subPath`. */
function ofSubPaths({ spec }: PodSource, container: IContainer): Found[] {
  return list(container.volumeMounts).flatMap(({ name, subPath }) => {
    const volume = list(spec.volumes).find((it) => it.name === name);
    const source = volume?.secret ?? volume?.configMap;
    return volume === undefined ||
      source === undefined ||
      subPath === undefined ||
      list(source.items).length > 0
      ? []
      : ofVolume(volume).map((it) => ({ ...it, via: `subPath of volume ${name}`, keys: [subPath] }));
  });
}

function referencesOf(pod: PodSource): Reference[] {
  const ofPod = [
    ...list(pod.spec.volumes).flatMap(ofVolume),
    ...list(pod.spec.imagePullSecrets).map(({ name }) => ({
      via: 'imagePullSecrets',
      kind: 'Secret',
      name,
      keys: [],
    })),
  ];
  return [
    ...ofPod.map((it) => ({ ...it, where: pod.where })),
    ...containersOf(pod).flatMap(({ where, container }) =>
      [...ofEnvironment(container), ...ofSubPaths(pod, container)].map((it) => ({ ...it, where })),
    ),
  ];
}

function overReferences(
  check: (reference: Reference, pod: PodSource, set: ManifestSet) => Findings,
): Rule['check'] {
  return (set) =>
    set.pods.flatMap((pod) => referencesOf(pod).flatMap((it) => located(it.where, check(it, pod, set))));
}

function missingKeys(reference: Reference, pod: PodSource, set: ManifestSet): string[] {
  const keys = set.keys(reference.kind, pod.namespace, reference.name ?? '');
  return reference.keys.filter((key) => keys !== undefined && !keys.includes(key));
}

const isSystemAccount = (name: string | undefined): boolean => name === undefined || name === 'default';

interface Binding {
  readonly roleRef?: { kind: string; name: string };
  readonly subjects?: { kind: string; name: string; namespace?: string }[];
}

export const REFERENCE_RULES: readonly Rule[] = [
  setRule(
    'missing-object',
    overReferences(
      ({ via, kind, name = '(none)' }, pod, set) =>
        !set.has(kind, pod.namespace, name) && `${via} refers to ${kind}/${name}, which does not exist`,
    ),
  ),

  setRule(
    'missing-key',
    overReferences((reference, pod, set) =>
      missingKeys(reference, pod, set).map(
        (key) =>
          `${reference.via} refers to key ${key}, which ${reference.kind}/${reference.name ?? ''} does not have`,
      ),
    ),
  ),

  podRule('missing-account', (pod, set) => {
    const name = pod.spec.serviceAccountName;
    return (
      !isSystemAccount(name) &&
      !set.has('ServiceAccount', pod.namespace, name ?? '') &&
      `serviceAccountName ${name ?? ''} does not exist`
    );
  }),

  setRule('missing-volume', (set) =>
    set.of<{ spec?: { volumeName?: string } }>('PersistentVolumeClaim').flatMap((claim) => {
      const name = claim.spec?.volumeName;
      return name !== undefined && name !== '' && !set.has('PersistentVolume', '', name)
        ? [`${whereOf(claim)}: volumeName ${name} does not exist`]
        : [];
    }),
  ),

  setRule('dangling-binding', (set) =>
    [...set.of<Binding>('RoleBinding'), ...set.of<Binding>('ClusterRoleBinding')].flatMap((binding) => {
      const { kind = '', name = '' } = binding.roleRef ?? {};
      return located(whereOf(binding), [
        !set.has(kind, namespaceOf(binding), name) && `roleRef ${kind}/${name} does not exist`,
        ...list(binding.subjects).map(
          (subject) =>
            subject.kind === 'ServiceAccount' &&
            !isSystemAccount(subject.name) &&
            !set.has('ServiceAccount', subject.namespace ?? namespaceOf(binding), subject.name) &&
            `subject ServiceAccount/${subject.name} does not exist`,
        ),
      ]);
    }),
  ),
];
