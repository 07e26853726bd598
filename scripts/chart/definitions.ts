// Schemas that many values have: values.schema.json has each once, by a name, and refers to it. Helm compiles the file
// for each command, and what stands fifty times would be compiled fifty times.
import {
  EGRESS,
  KUBERNETES_OBJECTS,
  LABEL_SELECTOR,
  MAPS,
  PEERS,
  PULL_SECRETS,
  STRINGS,
  VARIABLES,
} from '../../lib/chart/values/formats';
import {
  AFFINITY,
  CONTAINERS,
  DNS_CONFIG,
  HOST_ALIASES,
  POD_SECURITY_CONTEXT,
  SECURITY_CONTEXT,
  TOLERATIONS,
  TOPOLOGY_SPREAD,
  VOLUMES,
} from '../../lib/chart/values/pod-schemas';

export type Schema = Record<string, unknown>;

const OBJECTS = {
  affinity: AFFINITY,
  annotations: MAPS.annotations,
  dnsConfig: DNS_CONFIG,
  labels: MAPS.labels,
  nodeLabels: MAPS.nodeLabels,
  podSecurityContext: POD_SECURITY_CONTEXT,
  seccompProfile: POD_SECURITY_CONTEXT.properties.seccompProfile,
  securityContext: SECURITY_CONTEXT,
  selector: LABEL_SELECTOR,
  seLinuxOptions: POD_SECURITY_CONTEXT.properties.seLinuxOptions,
};

const LISTS = {
  containers: CONTAINERS,
  egress: EGRESS,
  hostAliases: HOST_ALIASES,
  kubernetesObjects: KUBERNETES_OBJECTS,
  peers: PEERS,
  pullSecrets: PULL_SECRETS,
  strings: { items: { type: 'string' } },
  tolerations: TOLERATIONS,
  topologySpreadConstraints: TOPOLOGY_SPREAD,
  variables: VARIABLES,
  volumes: VOLUMES,
};

/** By name. Each format of strings is there twice: the other time it may be empty. Only those that are used are written. */
const SHARED = new Map<string, Schema>([
  ...Object.entries(OBJECTS).map(typed('object')),
  ...Object.entries(LISTS).map(typed('array')),
  ['podAffinity', AFFINITY.properties.podAffinity as Schema],
  ['selectorRequirements', LABEL_SELECTOR.properties.matchExpressions as Schema],
  ...Object.entries(STRINGS).map(typed('string')),
  ...Object.entries(STRINGS)
    .map(typed('string'))
    .map(([name, schema]): [string, Schema] => [`${name}OrEmpty`, orEmpty(schema)]),
  ['labelValueOrNone', MAPS.labels.additionalProperties],
  ['metadataKey', MAPS.annotations.propertyNames],
]);

const NAMES = new Map([...SHARED].map(([name, schema]) => [textOf(schema), name]));

function typed(type: string) {
  return ([name, schema]: [string, unknown]): [string, Schema] => [name, { type, ...(schema as Schema) }];
}

/** The schema of a string that may be empty, which stands for nothing. */
export function orEmpty({ minLength: _, ...schema }: Schema): Schema {
  const { enum: choices, pattern } = schema as { enum?: string[]; pattern?: string };
  return {
    ...schema,
    ...(choices && { enum: ['', ...choices] }),
    ...(pattern !== undefined && { pattern: `^$|${pattern}` }),
  };
}

/** A schema that refers to the shared ones, which are its definitions. */
export function withDefinitions(schema: Schema): Schema {
  const used = new Set<string>();
  const shorter = referring(schema, used) as Schema;
  const definitions = new Map<string, unknown>();
  for (const name of used) definitions.set(name, inside(SHARED.get(name), used));
  return {
    ...shorter,
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** What is said of a value is beside its reference, where editors read it; Helm reads nothing else there. */
function referring(node: unknown, used: Set<string>): unknown {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return inside(node, used);
  const { description, default: given, writeOnly, ...rest } = node as Schema;
  const name = NAMES.get(textOf(rest));
  if (name === undefined) return inside(node, used);
  used.add(name);
  return {
    ...(description !== undefined && { description }),
    $ref: `#/definitions/${name}`,
    ...(writeOnly !== undefined && { writeOnly }),
    ...(given !== undefined && { default: given }),
  };
}

function inside(node: unknown, used: Set<string>): unknown {
  if (Array.isArray(node)) return node.map((one) => referring(one, used));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, referring(one, used)]));
}

/** The same for the same schema in another order. */
function textOf(schema: unknown): string {
  return JSON.stringify(schema, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
