// Problems of values that no props stand for.
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { namesRegistry } from '../../core/image';
import { addProblems, type Problem, problemOf } from '../../core/problem';
import type { ChartValues } from '../values/reader';
import { itemsOfCaches, namesOfCaches, secretsOfCache } from './caches';
import { itemsOfCopies, secretsOfCopy } from './copies';
import { hasFront } from './front';
import { chartName, isUsableName, type Release, releaseName } from './release';

/** Reports them at synthesis, beside the constructs' own. */
export function checkValues(chart: Chart, values: ChartValues, release: Release): void {
  const problems = [
    ...names(values, release),
    ...images(values),
    ...labelsOfCaches(values, release),
    ...users(values),
    ...certificates(values),
    ...issuers(values),
    ...helmAnnotations(values),
    ...helmLabels(values),
    ...pullSecretNames(values, release),
    ...pullSecretInUse(values, release),
    ...pullSecretOfJob(values),
    ...uninstallOfNothing(values),
    ...mirrorLoginOfNothing(values),
    ...sidecars(values, release),
    ...hostPaths(values),
    ...claims(values, ''),
    ...itemsOfCaches(values).flatMap((cache, index) => claims(cache, `caches[${index}].`)),
    ...keysBesideSecrets(values),
  ];
  addProblems(new Construct(chart, 'values'), () => problems);
}

function names(values: ChartValues, release: Release): Problem[] {
  const name = releaseName(values, release);
  return isUsableName(name) ? [] : [problemOf('release-name-unusable', 'fullnameOverride', { value: name })];
}

/** A label of pods that the registry and a cache would have, so that Services would select those of both. */
function labelsOfCaches(values: ChartValues, release: Release): Problem[] {
  const value = values.string('nameOverride');
  const names = namesOfCaches(values, releaseName(values, release));
  const index = names.indexOf(chartName(values, release));
  return index < 0
    ? []
    : [problemOf('cache-labels-taken', 'nameOverride', { value, other: `caches[${index}]` })];
}

/** Users whom the registry would not know, or would not ask for. */
function users(values: ChartValues): Problem[] {
  const sources = [
    ...(values.boolean('auth.enabled') ? [] : [{ path: 'auth.enabled', value: false }]),
    { path: 'auth.existingSecret', value: values.string('auth.existingSecret') },
    { path: 'auth.token.enabled', value: values.boolean('auth.token.enabled') || undefined },
    { path: 'auth.verifier.url', value: values.string('auth.verifier.url') },
    // The last one, whose value is not shown.
    { path: 'auth.htpasswd', value: values.string('auth.htpasswd') },
  ].filter(({ value }) => value !== undefined);
  const [first, ...others] = sources;
  return others.map(({ path: other }) =>
    problemOf('users-said-twice', String(first?.path), { value: first?.value, other }),
  );
}

/** A pull secret holds the password, which the Job generates and the chart does not know. */
function pullSecretOfJob(values: ChartValues): Problem[] {
  const given = values.string('auth.existingSecret') ?? values.string('auth.htpasswd');
  const verified = values.string('auth.verifier.url') !== undefined;
  const elsewhere = given !== undefined || verified || values.boolean('auth.token.enabled');
  const generated = values.boolean('auth.enabled') && !elsewhere;
  const made = values.string('secrets.source') === 'job' && values.boolean('pullSecret.enabled');
  return generated && made ? [problemOf('pull-secret-of-a-job', 'pullSecret.enabled')] : [];
}

/** Files of the node trust stay on the nodes where nothing removes them. */
function uninstallOfNothing(values: ChartValues): Problem[] {
  if (values.boolean('nodeTrust.enabled') || !values.boolean('nodeTrust.uninstall')) return [];
  return [problemOf('uninstall-without-node-trust', 'nodeTrust.uninstall')];
}

/** A password for nodes that is written to none. */
function mirrorLoginOfNothing(values: ChartValues): Problem[] {
  const parts = ['nodeTrust.mirrorLogin.username', 'nodeTrust.mirrorLogin.password'] as const;
  const given = parts.some((path) => values.string(path) !== undefined);
  if (values.boolean('nodeTrust.enabled') || !given) return [];
  return [problemOf('mirror-login-without-node-trust', 'nodeTrust.mirrorLogin')];
}

/** A version of Kubernetes for a native sidecar, where there is none, or that the cluster doesn't have. */
function sidecars(values: ChartValues, { cluster }: Release): Problem[] {
  const path = 'front.kubernetesVersion';
  const value = values.string(path);
  if (value === undefined) return [];
  if (!hasFront(values)) return [problemOf('sidecar-without-front', path, { value })];
  const minorOf = (version: string) => Number(version.replace(/^v?1\./, '').replace(/\D.*/, ''));
  if (cluster === undefined || minorOf(value) <= minorOf(cluster)) return [];
  return [problemOf('kubernetes-newer-than-cluster', path, { value, cluster })];
}

/** A claim that would not be used. */
function claims(values: ChartValues, at: string): Problem[] {
  const value = values.string('persistence.existingClaim');
  const type = values.string('storage.type');
  if (value === undefined) return [];
  return [
    ...(type === 'filesystem' ? [] : [`storage.type: ${type}`]),
    ...(values.boolean('persistence.enabled') ? [] : ['persistence.enabled: false']),
  ].map((other) =>
    problemOf('volume-said-twice', `${at}persistence.existingClaim`, {
      value,
      other: other.startsWith('persistence') ? `${at}${other}` : other,
    }),
  );
}

/** A directory of a node that would not be used, or that is missing. */
function hostPaths(values: ChartValues): Problem[] {
  const hostPath = {
    nodeName: values.string('persistence.hostPath.nodeName'),
    volumeName: values.string('persistence.hostPath.volumeName'),
    fixOwner: values.boolean('persistence.hostPath.fixOwner'),
  };
  const value = values.string('persistence.hostPath.path');
  if (value === undefined)
    return (['nodeName', 'volumeName', 'fixOwner'] as const)
      .map((property) => ({ property, given: hostPath[property] }))
      .filter(({ given }) => given)
      .map(({ property, given }) =>
        problemOf('host-path-missing', `persistence.hostPath.${property}`, { value: given, property }),
      );
  const type = values.string('storage.type');
  return [
    ...(type === 'filesystem' ? [] : [`storage.type: ${type}`]),
    ...(values.boolean('persistence.enabled') ? [] : ['persistence.enabled: false']),
    ...(values.string('persistence.existingClaim') === undefined ? [] : ['persistence.existingClaim']),
  ].map((other) => problemOf('volume-said-twice', 'persistence.hostPath.path', { value, other }));
}

/** What is written to a Secret, by the type of storage, where no Secret is named. */
const KEYS = {
  s3: ['storage.s3.accessKeyId', 'storage.s3.secretAccessKey'],
  gcs: ['storage.gcs.keyFile'],
  azure: ['storage.azure.accountKey', 'storage.azure.clientSecret'],
  swift: ['storage.swift.password'],
} as const;

/** Keys that would not be used, since a Secret has them. */
function keysBesideSecrets(values: ChartValues): Problem[] {
  const type = values.string('storage.type') as keyof typeof KEYS | 'filesystem';
  if (type === 'filesystem') return [];
  const other = `storage.${type}.existingSecret` as const;
  if (values.string(other) === undefined) return [];
  return KEYS[type]
    .filter((path) => values.string(path) !== undefined)
    .map((path) => problemOf('key-said-twice', path, { other }));
}

function certificates(values: ChartValues): Problem[] {
  const secret = values.string('tls.existingSecret') === undefined ? [] : ['tls.existingSecret'];
  const issued = values.boolean('tls.certManager.enabled') ? ['tls.certManager.enabled: true'] : [];
  if (!values.boolean('tls.external')) {
    if (secret.length === 0 || issued.length === 0) return [];
    return [problemOf('certificate-said-twice', 'tls.certManager.enabled', { other: 'tls.existingSecret' })];
  }
  const none = values.boolean('tls.enabled') ? [] : ['tls.enabled: false'];
  return [...none, ...secret, ...issued].map((other) =>
    problemOf('certificate-said-twice', 'tls.external', { other }),
  );
}

/** Annotations by which cert-manager makes a certificate. */
const ISSUERS = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'] as const;

function issuers(values: ChartValues): Problem[] {
  const given = values.map('commonAnnotations') ?? {};
  return ISSUERS.filter((key) => given[key]).map((key) =>
    problemOf('issuer-for-all-objects', `commonAnnotations["${key}"]`),
  );
}

/** Annotations that make an object a hook of Helm, or keep it. */
const OF_HELM = /^helm\.sh\/(hook|resource-policy$)/;

function helmAnnotations(values: ChartValues): Problem[] {
  return Object.keys(values.map('commonAnnotations') ?? {})
    .filter((key) => OF_HELM.test(key))
    .map((key) => problemOf('helm-annotation-for-all-objects', `commonAnnotations["${key}"]`));
}

/** Labels that say something of Helm, or seem to. */
function helmLabels(values: ChartValues): Problem[] {
  return Object.keys(values.map('commonLabels') ?? {})
    .filter((key) => key.startsWith('helm.sh/'))
    .map((key) => problemOf('helm-label-for-all-objects', `commonLabels["${key}"]`));
}

const IMAGES = [
  'image',
  'front.image',
  'ui.image',
  'verification.image',
  'secrets.job.image',
  'collection.image',
  'snapshots.image',
  'retention.image',
  'retention.spareRunning.image',
  'nodeTrust.image',
  'storage.descriptorCache.image',
] as const;

function images(values: ChartValues): Problem[] {
  return [
    ...IMAGES.flatMap((at) => registrySaidTwice(values, at, at)),
    ...itemsOfCaches(values).flatMap((cache, index) => [
      ...registrySaidTwice(cache, 'image', `caches[${index}].image`),
      ...registrySaidTwice(cache, 'prefetch.image', `caches[${index}].prefetch.image`),
    ]),
    ...itemsOfCopies(values).flatMap((copy, index) =>
      (['image', 'compareImage'] as const).flatMap((at) =>
        registrySaidTwice(copy, at, `copies[${index}].${at}`),
      ),
    ),
  ];
}

function registrySaidTwice(
  values: ChartValues,
  at: (typeof IMAGES)[number] | 'prefetch.image' | 'compareImage',
  path: string,
): Problem[] {
  const registry = values.string(`${at}.registry`);
  const repository = values.string(`${at}.repository`) as string;
  if (registry === undefined || !namesRegistry(repository)) return [];
  return [problemOf('image-registry-said-twice', `${path}.registry`, { value: registry, repository })];
}

/** commonAnnotations without what is refused, so that it is not reported again of every object. */
export function commonAnnotations(values: ChartValues): Record<string, string> | undefined {
  const given = Object.entries(values.map('commonAnnotations') ?? {});
  const rest = given.filter(([key]) => !ISSUERS.some((issuer) => issuer === key));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** The name of the pull secret, where the release may have a Secret of that name. */
export function ownSecretName(values: ChartValues, release: Release): string | undefined {
  const name = values.string('pullSecret.name');
  const own = releaseName(values, release);
  return name?.startsWith(`${own}-`) && name !== `${own}-pull` ? name : undefined;
}

function pullSecretNames(values: ChartValues, release: Release): Problem[] {
  const value = values.boolean('pullSecret.enabled') ? ownSecretName(values, release) : undefined;
  if (value === undefined) return [];
  const own = releaseName(values, release);
  return [problemOf('pull-secret-name-taken', 'pullSecret.name', { value, own })];
}

/** Values that name Secrets which exist in the namespace of the release. */
const SECRETS = [
  'auth.existingSecret',
  'auth.token.jwksSecret',
  'auth.token.certificateSecret',
  'auth.verifier.caSecret',
  'tls.existingSecret',
  'httpSecret.existingSecret',
  'retention.login.existingSecret',
  'storage.s3.existingSecret',
  'storage.s3.caSecret',
  'storage.gcs.existingSecret',
  'storage.azure.existingSecret',
  'storage.swift.existingSecret',
  'storage.descriptorCache.existingSecret',
  'storage.descriptorCache.caSecret',
  'ui.loginSecret',
  'ui.registryCaSecret',
  'ui.tlsSecret',
  'verification.loginSecret',
  'verification.caSecret',
] as const;

/** The pull secret must not replace one of them. */
function pullSecretInUse(values: ChartValues, release: Release): Problem[] {
  const namespaces = values.list<string>('pullSecret.namespaces') ?? [release.namespace];
  if (!values.boolean('pullSecret.enabled') || !namespaces.includes(release.namespace)) return [];
  const value = values.string('pullSecret.name') ?? `${releaseName(values, release)}-pull`;
  const used = [
    ...SECRETS.map((path) => values.string(path)),
    ...itemsOfCaches(values).flatMap(secretsOfCache),
    ...itemsOfCopies(values).flatMap(secretsOfCopy),
  ];
  if (!used.includes(value)) return [];
  return [problemOf('pull-secret-name-in-use', 'pullSecret.name', { value })];
}
