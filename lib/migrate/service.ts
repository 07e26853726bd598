// The Service and the Ingress.
import { MAPS, STRINGS } from '../chart/values/formats';
import { fitsIn, isMap, lost, moved, OldKeys, used } from './old-keys';
import { isFilledIn } from './placeholders';
import { textsOf } from './pods';
import { Translation } from './translation';

const ALL_OBJECTS = 'there are no labels for this object alone; commonLabels puts them on all objects';

export const SERVICE_KEYS: OldKeys = {
  'service.name': lost(
    'string',
    'the port is called http, or https where TLS ends in the pod; nothing else used the name',
    'registry',
  ),
  'service.type': used('string'),
  'service.port': moved('number', 'service.port', { minimum: 1, maximum: 65535 }),
  'service.nodePort': used('number'),
  'service.clusterIP': used('string'),
  'service.loadBalancerIP': used('string'),
  'service.loadBalancerSourceRanges': used('list'),
  'service.sessionAffinity': lost(
    'string',
    'not needed: all pods sign uploads with the same secret, so that each can go on with any',
    'None',
  ),
  'service.sessionAffinityConfig': lost('map', 'not needed, as service.sessionAffinity is not'),
  'service.annotations': used('map'),
  'service.labels': lost('map', ALL_OBJECTS),
};

export const INGRESS_KEYS: OldKeys = {
  'ingress.enabled': used('boolean'),
  'ingress.className': used('string'),
  'ingress.path': used('string'),
  'ingress.hosts': used('list'),
  'ingress.annotations': used('map'),
  'ingress.labels': lost('map', ALL_OBJECTS),
  'ingress.tls': used('list'),
};

export function translateService(translation: Translation): void {
  const { old, values } = translation;
  const type = old.string('service.type') ?? 'ClusterIP';
  const known = ['ClusterIP', 'NodePort', 'LoadBalancer'];
  if (!known.includes(type)) translation.lost('service.type', `"${type}" is none of ${known.join(', ')}`);
  else if (type !== 'ClusterIP') translation.set('service.type', type);
  if (values.get('service.port') === 5000) values.delete('service.port');
  translation.set(
    'service.annotations',
    textsOf(translation, 'service.annotations', 'service.annotations', MAPS.annotations),
  );
  translateAddress(translation, type);
  // This chart rejects options that the old charts ignore for other types.
  if (type === 'NodePort') {
    translation.carry('service.nodePort', old.number('service.nodePort'), 'service.nodePort', {
      minimum: 30000,
      maximum: 32767,
    });
  }
  if (type !== 'LoadBalancer') return;
  translation.carry(
    'service.loadBalancerIP',
    old.string('service.loadBalancerIP'),
    'service.loadBalancerIP',
    STRINGS.address,
  );
  const ranges = old.list('service.loadBalancerSourceRanges').map(String);
  const wrong = ranges.filter((range) => !isFilledIn(range) && !fitsIn(range, STRINGS.range));
  if (wrong.length > 0) {
    // Omitting one of several would lock out its clients; omitting all would admit everyone.
    translation.lost(
      'service.loadBalancerSourceRanges',
      `no ranges of addresses: ${wrong.join(', ')}. Set them by hand BEFORE you install, or the LoadBalancer admits everyone`,
    );
  } else if (ranges.length > 0) translation.set('service.loadBalancerSourceRanges', ranges);
}

/** The address by which nodes may reach the Service. */
function translateAddress(translation: Translation, type: string): void {
  const address = translation.old.string('service.clusterIP');
  if (address === undefined) return;
  if (type !== 'ClusterIP')
    return translation.different(
      'service.clusterIP',
      `did nothing: the old charts take it for a ClusterIP only, not for a ${type}`,
    );
  if (address === 'None') {
    return translation.lost(
      'service.clusterIP',
      'None: the Service has a cluster IP here; its DNS name works all the same',
    );
  }
  if (!translation.carry('service.clusterIP', address, 'service.clusterIP', STRINGS.anyAddress)) return;
  translation.different(
    'service.clusterIP',
    `${address} stays; it is free only when the old release's Service is gone, as it is after helm uninstall`,
  );
}

const CLASS = 'kubernetes.io/ingress.class';

/** Returns the host's certificate, if it has one. */
export function translateIngress(translation: Translation): void {
  const { old } = translation;
  if (!old.boolean('ingress.enabled')) {
    translation.different(
      'host',
      "the old values don't say by which name clients come, as there is no Ingress; set `host` to it, for the right commands after the installation",
    );
    return;
  }
  translation.set('ingress.enabled', true);
  const [host, ...others] = old.list('ingress.hosts').map(hostOf);
  if (host === undefined || !translation.carry('ingress.hosts', host, 'host', STRINGS.host)) {
    if (host === undefined)
      translation.guessed(
        'ingress.hosts',
        'no host is named, and this chart has none that answers to all: set `host`',
      );
  }
  for (const other of others) {
    translation.lost(
      'ingress.hosts',
      `${other}: a registry has one host here; write an Ingress of your own for it, which leads to the same Service`,
    );
  }
  const path = old.string('ingress.path') ?? '/';
  if (!['/', '/v2', '/v2/'].includes(path))
    translation.lost('ingress.path', `"${path}": the registry has the whole host, as its clients expect`);
  translateClass(translation);
}

function translateClass(translation: Translation): void {
  const { old } = translation;
  const { [CLASS]: byAnnotation, ...annotations } =
    textsOf(translation, 'ingress.annotations', 'ingress.annotations', MAPS.annotations) ?? {};
  const given = old.string('ingress.className');
  if (given !== undefined || byAnnotation !== undefined) {
    translation.carry('ingress.className', byAnnotation ?? given, 'ingress.className', STRINGS.name);
  } else {
    translation.set('ingress.className', 'nginx');
    translation.guessed(
      'ingress.className',
      'not given: nginx is what the newer charts take then; set it to your class, or to "" for the cluster\'s default',
    );
  }
  for (const old of Object.keys(annotations).filter((name) => name.startsWith('certmanager.k8s.io/'))) {
    delete annotations[old];
    translation.lost(
      `ingress.annotations."${old}"`,
      'cert-manager has not read it since 0.11; write cert-manager.io/cluster-issuer or /issuer',
    );
  }
  if (Object.keys(annotations).length > 0) translation.set('ingress.annotations', annotations);
}

/** The Secret with the certificate that the Ingress serves. */
export function ingressCertificate(translation: Translation): string | undefined {
  const { host, entry, others } = tlsEntries(translation);
  for (const other of others) {
    translation.lost(
      'ingress.tls',
      `the certificate in ${secretIn(other) ?? 'an entry without secretName'}, since it is for another host than ${host}`,
    );
  }
  return entry && secretIn(entry);
}

type TlsEntry = Readonly<Record<string, unknown>>;

/** The entry of `ingress.tls` for the host, and those for others. */
function tlsEntries({ old }: Translation): {
  readonly host?: string;
  readonly entry?: TlsEntry;
  readonly others: readonly TlsEntry[];
} {
  if (!old.boolean('ingress.enabled')) return { others: [] };
  const [host] = old.list('ingress.hosts').map(hostOf);
  const entries = old.list('ingress.tls').filter(isMap);
  const isFor = (name: string) => (entry: TlsEntry) =>
    Array.isArray(entry.hosts) && entry.hosts.map(String).includes(name);
  const entry =
    entries.find(isFor(String(host))) ??
    entries.find(isFor(String(host).replace(/^[^.]*/, '*'))) ??
    entries[0];
  return { host, entry, others: entries.filter((one) => one !== entry) };
}

/** A key without a value, or with an empty string, names none. */
function secretIn({ secretName }: TlsEntry): string | undefined {
  return secretName === undefined || secretName === null || secretName === ''
    ? undefined
    : String(secretName);
}

/** Those annotations that `tls` in an Ingress may override. */
const ALONE = /^(ingress\.gcp|networking\.gke|appgw\.ingress)\./;

/** Annotations by which a cloud or a controller encrypts, without a Secret. */
const ENCRYPTING =
  /^(alb\.ingress\.kubernetes\.io\/certificate-arn|ingress\.gcp\.kubernetes\.io\/pre-shared-cert|networking\.gke\.io\/managed-certificates|appgw\.ingress\.kubernetes\.io\/appgw-ssl-certificate|traefik\.ingress\.kubernetes\.io\/router\.tls(\..+)?|service\.beta\.kubernetes\.io\/(aws-load-balancer-ssl-cert|do-loadbalancer-certificate-id|oci-load-balancer-tls-secret))$/;

/** TLS termination in front of the registry, other than with a Secret. */
export interface Encrypting {
  readonly what: string;
  /** Whether it is at the Service, and not at the Ingress. */
  readonly atService: boolean;
  /** Whether `tls.external` expresses it without other effects. */
  readonly external: boolean;
}

/** TLS termination in front of the registry, other than with a Secret, if any. */
export function encryptedBy(translation: Translation): Encrypting | undefined {
  const { old, values } = translation;
  const ingress = old.boolean('ingress.enabled');
  const { entry } = tlsEntries(translation);
  if (entry && secretIn(entry) === undefined)
    return {
      what: "the controller's own certificate (ingress.tls without secretName)",
      atService: false,
      external: true,
    };
  for (const key of ['service.annotations', ...(ingress ? ['ingress.annotations'] : [])]) {
    const name = Object.keys(old.map(key)).find((one) => ENCRYPTING.test(one));
    if (name === undefined) continue;
    const atService = key === 'service.annotations';
    const external = atService
      ? !ingress && values.get('service.type') === 'LoadBalancer'
      : !ALONE.test(name);
    return { what: `what ${key}."${name}" names`, atService, external };
  }
  return undefined;
}

/** The old charts take names; others' charts take maps with a `host`. */
function hostOf(given: unknown): string {
  return String(isMap(given) ? (given.host ?? '') : given);
}
