// The shapes of what is copied into a pod spec, as keywords of JSON Schema. They are closed: the constructs know
// these fields only, and a field that is misspelled would say nothing.
import { AFFINITY_SHAPE, type Shape } from '../../core/affinity';
import { MOST_NAMESERVERS } from '../../core/pod-dns';
import { GROUP_CHANGES, HIGHEST_ID, SAFE_SYSCTLS, SELINUX_TYPES } from '../../core/security-context';
import { NODE_POLICIES, WHEN_UNSATISFIABLE } from '../../core/spread';
import { TAINT_EFFECTS, TOLERATION_OPERATORS } from '../../core/tolerations';
import { closed, LABEL_SELECTOR, STRINGS } from './formats';

const STRING = { type: 'string' };
const ADDRESS = { type: 'string', ...STRINGS.anyAddress };
const STRING_LIST = { type: 'array', items: STRING };

export const DNS_CONFIG = closed({
  nameservers: { type: 'array', items: ADDRESS, maxItems: MOST_NAMESERVERS },
  searches: STRING_LIST,
  options: { type: 'array', items: closed({ name: STRING, value: STRING }) },
});

export const HOST_ALIASES = {
  items: {
    ...closed({
      ip: ADDRESS,
      hostnames: { type: 'array', minItems: 1, items: { type: 'string', ...STRINGS.name } },
    }),
    required: ['ip', 'hostnames'],
  },
};

/** With an empty string for nothing, as Kubernetes has it. */
const orEmpty = (schema: { readonly pattern: string }) => ({
  type: 'string',
  ...schema,
  pattern: `^$|${schema.pattern}`,
});
const NO_FIELD = (name: string) => ({ not: { required: [name] } });
const FIELD = (name: string, schema: object) => ({ required: [name], properties: { [name]: schema } });

export const TOLERATIONS = {
  items: {
    ...closed({
      key: orEmpty(STRINGS.taintKey),
      operator: { type: 'string', enum: ['', ...TOLERATION_OPERATORS] },
      value: { ...orEmpty(STRINGS.labelValue), maxLength: 63 },
      effect: { type: 'string', enum: ['', ...TAINT_EFFECTS] },
      tolerationSeconds: {
        type: 'integer',
        minimum: Number.MIN_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
      },
    }),
    allOf: [
      { anyOf: [FIELD('key', { minLength: 1 }), FIELD('operator', { const: 'Exists' })] },
      {
        anyOf: [
          NO_FIELD('operator'),
          FIELD('operator', { not: { const: 'Exists' } }),
          { properties: { value: { maxLength: 0 } } },
        ],
      },
      { anyOf: [NO_FIELD('tolerationSeconds'), FIELD('effect', { const: 'NoExecute' })] },
    ],
  },
};

export const TOPOLOGY_SPREAD = {
  items: {
    ...closed({
      maxSkew: { type: 'integer', minimum: 1, maximum: HIGHEST_ID },
      topologyKey: { type: 'string', ...STRINGS.taintKey },
      whenUnsatisfiable: { type: 'string', enum: WHEN_UNSATISFIABLE },
      // Null is as good as leaving it out.
      labelSelector: { ...LABEL_SELECTOR, type: ['object', 'null'] },
      matchLabelKeys: { type: 'array', items: { type: 'string', ...STRINGS.taintKey } },
      minDomains: { type: 'integer', minimum: 1, maximum: HIGHEST_ID },
      nodeAffinityPolicy: { type: 'string', enum: NODE_POLICIES },
      nodeTaintsPolicy: { type: 'string', enum: NODE_POLICIES },
    }),
    required: ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
    anyOf: [NO_FIELD('minDomains'), FIELD('whenUnsatisfiable', { const: 'DoNotSchedule' })],
  },
};

/** Open inside, for what newer versions of Kubernetes have there. */
function schemaOf(shape: Shape): Record<string, unknown> {
  if (shape === 'selector') return LABEL_SELECTOR;
  if (shape === 'integer') return { type: 'integer', minimum: 1, maximum: 100 };
  if (shape === 'string') return STRING;
  if ('list' in shape) return { type: 'array', items: schemaOf(shape.list) };
  return { type: 'object', properties: fieldsOf(shape) };
}
function fieldsOf({ fields }: { readonly fields: Readonly<Record<string, Shape>> }) {
  return Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, schemaOf(shape)]));
}

export const AFFINITY = closed(fieldsOf(AFFINITY_SHAPE));

/** The fields that the chart's rules refuse in words are those that people try. */
const BOOLEAN = { type: 'boolean' };
const ID = { type: 'integer', minimum: 0, maximum: HIGHEST_ID };
const SECCOMP_PROFILE = {
  type: 'object',
  oneOf: [
    { ...closed({ type: { const: 'RuntimeDefault' } }), required: ['type'] },
    {
      ...closed({ type: { const: 'Localhost' }, localhostProfile: { type: 'string', minLength: 1 } }),
      required: ['type', 'localhostProfile'],
    },
  ],
};
const SELINUX_OPTIONS = closed({ level: STRING, type: { type: 'string', enum: SELINUX_TYPES } });

const CAPABILITIES = closed({ add: STRING_LIST, drop: STRING_LIST });

export const POD_SECURITY_CONTEXT = closed({
  runAsUser: ID,
  runAsGroup: ID,
  fsGroup: ID,
  runAsNonRoot: BOOLEAN,
  fsGroupChangePolicy: { type: 'string', enum: GROUP_CHANGES },
  supplementalGroups: { type: 'array', items: { ...ID, minimum: 1 } },
  seLinuxOptions: SELINUX_OPTIONS,
  seccompProfile: SECCOMP_PROFILE,
  sysctls: {
    type: 'array',
    items: {
      ...closed({ name: { type: 'string', enum: SAFE_SYSCTLS }, value: STRING }),
      required: ['name', 'value'],
    },
  },
});

export const SECURITY_CONTEXT = closed({
  runAsUser: ID,
  runAsGroup: ID,
  runAsNonRoot: BOOLEAN,
  privileged: BOOLEAN,
  allowPrivilegeEscalation: BOOLEAN,
  readOnlyRootFilesystem: BOOLEAN,
  capabilities: CAPABILITIES,
  seLinuxOptions: SELINUX_OPTIONS,
  seccompProfile: SECCOMP_PROFILE,
});

const orNull = (schema: { readonly type: string }) => ({ ...schema, type: [schema.type, 'null'] });

/** Containers beside those of the chart. The rules refuse null, which would take away what they have without. */
export const CONTAINERS = {
  items: {
    type: 'object',
    required: ['name'],
    properties: {
      name: STRING,
      ports: {
        type: 'array',
        items: { type: 'object', properties: { hostPort: { type: 'integer' } } },
      },
      securityContext: closed({
        ...SECURITY_CONTEXT.properties,
        runAsUser: orNull(ID),
        runAsGroup: orNull(ID),
        runAsNonRoot: orNull(BOOLEAN),
        privileged: orNull(BOOLEAN),
        allowPrivilegeEscalation: orNull(BOOLEAN),
        readOnlyRootFilesystem: orNull(BOOLEAN),
        capabilities: orNull(CAPABILITIES),
      }),
    },
  },
};

/** Volumes of any type. */
export const VOLUMES = {
  items: {
    type: 'object',
    required: ['name'],
    properties: {
      name: STRING,
      hostPath: { type: 'object', properties: { path: STRING } },
    },
  },
};
