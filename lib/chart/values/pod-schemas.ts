// The shapes of what is copied into a pod spec, as keywords of JSON Schema. They are closed: the constructs know
// these fields only, and a field that is misspelled would say nothing.
import { GROUP_CHANGES, HIGHEST_ID, SAFE_SYSCTLS, SELINUX_TYPES } from '../../core/security-context';

const STRING = { type: 'string' };
const STRING_LIST = { type: 'array', items: STRING };

/** An object of these fields and no others. */
function closed(properties: Readonly<Record<string, unknown>>) {
  return { type: 'object', additionalProperties: false, properties };
}

export const DNS_CONFIG = closed({
  nameservers: STRING_LIST,
  searches: STRING_LIST,
  options: { type: 'array', items: closed({ name: STRING, value: STRING }) },
});

export const HOST_ALIASES = { items: closed({ ip: STRING, hostnames: STRING_LIST }) };

export const TOLERATIONS = {
  items: closed({
    key: STRING,
    operator: STRING,
    value: STRING,
    effect: STRING,
    tolerationSeconds: { type: 'integer' },
  }),
};

const LABEL_SELECTOR = {
  ...closed({
    matchLabels: { type: 'object', additionalProperties: STRING },
    matchExpressions: {
      type: 'array',
      items: closed({ key: STRING, operator: STRING, values: STRING_LIST }),
    },
  }),
  // Null is as good as leaving it out.
  type: ['object', 'null'],
};

export const TOPOLOGY_SPREAD = {
  items: closed({
    maxSkew: { type: 'integer' },
    topologyKey: STRING,
    whenUnsatisfiable: STRING,
    labelSelector: LABEL_SELECTOR,
    matchLabelKeys: STRING_LIST,
    minDomains: { type: 'integer' },
    nodeAffinityPolicy: STRING,
    nodeTaintsPolicy: STRING,
  }),
};

/** What is in them is Kubernetes' to check. */
export const AFFINITY = closed({
  nodeAffinity: { type: 'object' },
  podAffinity: { type: 'object' },
  podAntiAffinity: { type: 'object' },
});

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
  capabilities: closed({ add: STRING_LIST, drop: STRING_LIST }),
  seLinuxOptions: SELINUX_OPTIONS,
  seccompProfile: SECCOMP_PROFILE,
});
