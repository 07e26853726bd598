// Formats that Kubernetes, the registry and its clients accept for names, hosts, paths and quantities.
// Sources: k8s.io/apimachinery validation.go, the distribution reference grammar, RFC 1123.

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** RFC 1123 label: namespaces. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** A namespace that every cluster has: `default`, or one reserved for system pods. */
export function isClustersOwn(namespace: string): boolean {
  return ['default', 'openshift'].includes(namespace) || /^(kube|openshift)-/.test(namespace);
}

/** RFC 1123 subdomain as the API server reads it: most object names, storage classes, prefixes of keys. */
export function isObjectName(text: string): boolean {
  return text.length <= 253 && text.split('.').every((part) => LABEL.test(part));
}

/** The same as DNS reads it, where a label has at most 63 characters. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && text.split('.').every(isDnsLabel);
}

/** A host name. Not an IP address: no top-level domain is numeric. */
export function isHostName(text: string): boolean {
  return isDnsName(text) && !/(^|\.)\d+$/.test(text);
}

/** The name of an environment variable. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_.-][A-Za-z0-9_.-]*$/.test(text);
}

/** A dotted IPv4 address. Without leading zeros, with which some programs read an octal number. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** A TCP port without leading zeros. */
export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535;
}

/** Protocols of ports. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** The name of a port, as Services and NetworkPolicies have it: with a letter, and no two hyphens in a row. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && /[a-z]/.test(text);
}

/** A label value: at most 63 characters, may be empty. */
export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && QUALIFIED.test(text));
}

/** The key of a label or an annotation: an optional DNS prefix, a slash, a name. */
export function isMetadataKey(text: string): boolean {
  const [name, prefix, ...more] = text.split('/').reverse() as [string, string?, ...string[]];
  return (
    more.length === 0 &&
    name.length <= 63 &&
    QUALIFIED.test(name) &&
    (prefix === undefined || isObjectName(prefix))
  );
}

/** A key inside a Secret or ConfigMap. */
export function isDataKey(text: string): boolean {
  return text.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(text) && text !== '.' && text !== '..';
}

/** Kibibytes per unit of cdk8s' `Size`. */
export const SIZE_UNITS: Readonly<Record<string, number>> = {
  Ki: 1,
  Mi: 1024,
  Gi: 1024 ** 2,
  Ti: 1024 ** 3,
  Pi: 1024 ** 4,
};

/** Why a public host name is invalid, or undefined. `example` is the suggested value. */
export function hostProblem(host: string): { what: string; instead: string } | undefined {
  const bare = host
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/:\d*$/, '')
    .toLowerCase();
  const instead = isHostName(bare) ? bare : 'registry.example.com';
  if (/^[a-z]+:\/\//i.test(host)) return { what: 'has a scheme', instead };
  if (/[/?#]/.test(host)) return { what: 'has a path', instead };
  if (/^[0-9a-f.]*:[0-9a-f.]*:/i.test(host)) return { what: 'is an IPv6 address', instead };
  if (/:\d*$/.test(host)) return { what: 'has a port', instead };
  if (isIpv4(host)) return { what: 'is an address, not a host name', instead };
  if (host.startsWith('*.'))
    return {
      what: 'is a wildcard',
      instead: isHostName(bare.slice(2)) ? `registry.${bare.slice(2)}` : instead,
    };
  if (!isHostName(host)) return { what: 'is not a host name in lower case', instead };
  return undefined;
}
