// What an API server refuses though the schema allows it, and what two objects must not share: names, labels,
// ports, selectors.
import {
  containersOf,
  type Labels,
  list,
  type Manifest,
  matches,
  namespaceOf,
  whereOf,
} from './manifest-set';
import { located, podRule, type Rule, repeated, setRule } from './rule';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

const SECRET_KEYS: Record<string, string[]> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/basic-auth': ['username', 'password'],
};

const isSubdomain = (name: string): boolean =>
  name.length <= 253 && name.split('.').every((part) => DNS_LABEL.test(part));

function isName({ kind, metadata: { name } }: Manifest): boolean {
  return kind === 'Service'
    ? SERVICE_NAME.test(name)
    : kind === 'Namespace'
      ? DNS_LABEL.test(name)
      : ['Role', 'RoleBinding'].includes(kind)
        ? !/[/%]/.test(name)
        : isSubdomain(name);
}

function isQualified(key: string): boolean {
  const [name = '', prefix, ...rest] = key.split('/').reverse();
  return (
    rest.length === 0 && name !== '' && LABEL.test(name) && (prefix === undefined || isSubdomain(prefix))
  );
}

function labelFindings(what: string, labels: Labels | undefined): (string | false)[] {
  return Object.entries(labels ?? {}).map(
    ([key, value]) =>
      (!isQualified(key) || !LABEL.test(value)) && `${what} ${key}: ${value} is not a valid label`,
  );
}

export const OBJECT_RULES: readonly Rule[] = [
  setRule('duplicate-object', ({ manifests }) =>
    repeated(manifests.map((it) => `${whereOf(it)} of namespace ${namespaceOf(it) || '(none)'}`)).map(
      (name) => `${name.split(' ')[0] ?? ''}: ${name} is in the set twice`,
    ),
  ),

  setRule('object-name', ({ manifests }) =>
    manifests.flatMap((it) =>
      located(
        whereOf(it),
        !isName(it) && `metadata.name ${it.metadata.name} is not a valid name for a ${it.kind}`,
      ),
    ),
  ),

  setRule('label', ({ manifests }) =>
    manifests.flatMap((it) =>
      located(whereOf(it), [
        ...labelFindings('label', it.metadata.labels),
        ...Object.keys(it.metadata.annotations ?? {}).map(
          (key) => !isQualified(key) && `annotation ${key} is not a valid key`,
        ),
      ]),
    ),
  ),
  podRule('label', ({ kind, labels }) => (kind === 'Pod' ? [] : labelFindings('pod label', labels))),

  podRule('duplicate-name', (pod) => {
    const containers = containersOf(pod).map(({ container }) => container);
    return [
      ...repeated(containers.map(({ name }) => name)).map((name) => `container name ${name} is used twice`),
      ...repeated(list(pod.spec.volumes).map(({ name }) => name)).map(
        (name) => `volume name ${name} is used twice`,
      ),
      ...repeated(containers.flatMap((it) => list(it.ports).flatMap(({ name }) => name ?? []))).map(
        (name) => `port name ${name} is used twice`,
      ),
      ...repeated(
        containers.flatMap((it) =>
          list(it.ports).map((port) => `${port.containerPort}/${port.protocol ?? 'TCP'}`),
        ),
      ).map((port) => `containerPort ${port} is used twice`),
    ];
  }),

  podRule('port-name', (pod) =>
    containersOf(pod).flatMap(({ container }) =>
      list(container.ports).map(
        ({ name }) =>
          name !== undefined &&
          !PORT_NAME.test(name) &&
          `port name ${name} is not valid: at most 15 of a-z, 0-9 and -`,
      ),
    ),
  ),

  setRule('secret-keys', (set) =>
    set.of<{ type?: string }>('Secret').flatMap((secret) => {
      const keys = set.keys('Secret', namespaceOf(secret), secret.metadata.name) ?? [];
      return located(
        whereOf(secret),
        (SECRET_KEYS[secret.type ?? ''] ?? []).map(
          (key) => !keys.includes(key) && `a Secret of type ${secret.type ?? ''} must have the key ${key}`,
        ),
      );
    }),
  ),

  setRule('secret-data', (set) =>
    set
      .of<{ stringData?: object }>('Secret')
      .filter(({ stringData }) => stringData !== undefined)
      .map(
        (secret) =>
          `${whereOf(secret)}: stringData is sent again by each kubectl apply, and a key taken out of it stays; write data`,
      ),
  ),

  podRule(
    'selector-template',
    ({ selector, labels }) =>
      selector !== undefined &&
      !matches(selector, labels) &&
      'spec.selector does not match the labels of its own template',
  ),

  podRule('selector-overlap', (pod, set) =>
    set
      .podsMatching(pod.namespace, pod.selector)
      .map((other) => other !== pod && `spec.selector also matches the pods of ${other.where}`),
  ),
];
