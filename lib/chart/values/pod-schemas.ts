// The shapes of what is copied into a pod spec, as keywords of JSON Schema. They are closed: the constructs know
// these fields only, and a field that is misspelled would say nothing.

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
