// All that a release has in its own way, in one list: objects of the constructs are given Helm's labels and
// the annotations and Secrets that keep what is generated. Whatever else differs is a mistake.
import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { Component, standardLabels } from '../../../lib/core/labels';
import type { Registry } from '../../../lib/registry';
import { type Manifest, readable } from '../../support/synth';
import type { StandInStore } from './stand-ins';

/** What the chart says of itself and of the release. */
export interface ReleaseFacts {
  readonly release: string;
  /** The chart's name, as labels have it. */
  readonly chartName: string;
  /** `NAME-VERSION`. */
  readonly chart: string;
  readonly appVersion: string;
}

const LABEL = 'app.kubernetes.io';
const KEEP = { 'helm.sh/resource-policy': 'keep' };
const ABOUT = 'cdk8s-registry.io';
/** 2026-01-01, which tools/helm-render takes for now. */
const NOW_SECONDS = 1_767_225_600;
const DAY_SECONDS = 86_400;
export const CHECKSUMS = ['checksum/config', 'checksum/registry-ca', 'checksum/files'];

/** The objects of the constructs, as a release has them. */
export function asHelm(
  objects: readonly Manifest[],
  store: StandInStore,
  registry: Registry,
  facts: ReleaseFacts,
): Manifest[] {
  // 1. A generated password and a generated CA have Secrets of their own, for people and for upgrades.
  const all = [...objects.map(readable).map(withManifests), ...keptSecrets(registry, store)];
  // 2. Labels name the release, the chart and its version, those of what a Job makes too.
  const about = { ...facts, registry: registry.registryName };
  const labelled = all.map((object) => withChart(withRelease(object, about), facts));
  // 3. Generated Secrets outlive the release, and say what they were made for.
  return labelled.map((object) => comparable(withKeeping(object, store)));
}

/** Both sides: texts that are YAML are read, for how they are quoted does not matter. */
export function comparable(object: Manifest): Manifest {
  if (object.kind === 'Secret' && object.stringData)
    return JSON.parse(JSON.stringify({ ...object, stringData: asRead(object.stringData) }));
  if (object.kind !== 'ConfigMap') return JSON.parse(JSON.stringify(object));
  return JSON.parse(JSON.stringify({ ...object, data: asRead(withManifests(object).data ?? {}) }));
}

function asRead(texts: Readonly<Record<string, string>>): Record<string, unknown> {
  const data = Object.entries<string>(texts).map(([key, text]) => [
    key,
    READ.some((end) => key.endsWith(end)) ? [ownerOf(text), yamlOf(text)] : text,
  ]);
  return Object.fromEntries(data);
}

/** The manifests in a ConfigMap, which a Job completes, as objects. */
function withManifests(object: Manifest): Manifest {
  if (object.kind !== 'ConfigMap') return object;
  const data = Object.entries<unknown>(object.data ?? {}).map(([key, text]) => [
    key,
    key.endsWith('.json') && typeof text === 'string' ? JSON.parse(text) : text,
  ]);
  return { ...object, data: Object.fromEntries(data) };
}

/** Both sides: checksums, which the chart makes of other bytes. They are compared by checksums.ts. */
export function takeChecksums(object: Manifest): Record<string, unknown> {
  const annotations = object.spec?.template?.metadata?.annotations ?? {};
  const taken: Record<string, unknown> = {};
  for (const key of CHECKSUMS) {
    if (!(key in annotations)) continue;
    taken[key] = annotations[key];
    annotations[key] = 'a digest';
  }
  return taken;
}

/** Ends of keys whose texts are YAML. */
const READ = ['.yml', 'localRegistryHosting.v1', 'registries.yaml'];

/** The comment that a file of a node begins with, which is compared to the byte. */
function ownerOf(text: string): string {
  return /^# Written by .*\n/.exec(text)?.[0] ?? '';
}

const read = new Map<string, unknown>();

/** Read as the registry reads it, which knows YAML 1.1: there, `on` is a boolean. */
function yamlOf(text: string): unknown {
  if (!read.has(text)) {
    if (read.size > 2000) read.clear();
    read.set(text, parse(text, { version: '1.1' }));
  }
  return read.get(text);
}

function keptSecrets({ registryName, namespace, _context }: Registry, { login, authority }: StandInStore) {
  const secret = (name: string, type: string, stringData: object): Manifest => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `${registryName}-${name}`,
      namespace,
      labels: { ...standardLabels(registryName, Component.REGISTRY), ..._context.labels },
      annotations: { ..._context.annotations, ...KEEP },
    },
    type,
    stringData,
  });
  return [
    ...(login
      ? [secret('login', 'kubernetes.io/basic-auth', { username: login.user, password: login.password })]
      : []),
    ...(authority
      ? [secret('ca', 'Opaque', { 'ca.crt': authority.certificate, 'ca.key': authority.key })]
      : []),
  ];
}

function withKeeping(object: Manifest, { login, request }: StandInStore): Manifest {
  if (object.kind !== 'Secret') return object;
  const texts: Record<string, string> = object.stringData ?? {};
  const holds = (text: string) => Object.values(texts).some((held) => held.includes(text));
  const generated = [texts.secret, texts.password].includes('x'.repeat(43));
  if (!holds('stand-in for') && !generated) return object;
  const about: Record<string, string> = { ...KEEP };
  if (login && holds('stand-in for a hash'))
    about[`${ABOUT}/password`] = createHash('sha256').update(login.password).digest('hex');
  if (request && texts['tls.crt'] !== undefined) {
    about[`${ABOUT}/names`] = [...new Set(request.hosts)].join(',');
    about[`${ABOUT}/renew-after`] = String(NOW_SECONDS + (request.days * DAY_SECONDS * 2) / 3);
  }
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...about } } };
}

/** The chart's version, in an object's own labels only: it would make new pods in those of pods. */
function withChart(object: Manifest, facts: ReleaseFacts): Manifest {
  const labels = {
    ...object.metadata.labels,
    'helm.sh/chart': facts.chart,
    [`${LABEL}/version`]: facts.appVersion,
  };
  const labelled = { ...object, metadata: { ...object.metadata, labels } };
  if (object.kind !== 'ConfigMap') return labelled;
  const data = Object.entries<any>(object.data).map(([key, value]) => [
    key,
    key.endsWith('.json') && value.kind ? withChart(value, facts) : value,
  ]);
  return { ...labelled, data: Object.fromEntries(data) };
}

/** A selector in a text. */
const SELECTOR = /^app[.]kubernetes[.]io\/name=[^,]+,app[.]kubernetes[.]io\/instance=[^,]+,(.*)$/;

/** Wherever labels or selectors are. Those of a cache have its name, so that all instances are the release. */
function withRelease<T>(part: T, facts: ReleaseFacts & { readonly registry: string }): T {
  if (Array.isArray(part)) return part.map((item) => withRelease(item, facts)) as T;
  if (typeof part === 'string')
    return part.replace(
      SELECTOR,
      `${LABEL}/name=${facts.chartName},${LABEL}/instance=${facts.release},$1`,
    ) as T;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, withRelease(value, facts)]),
  );
  if (!(`${LABEL}/instance` in part)) return entries as T;
  const instance = (entries as Record<string, unknown>)[`${LABEL}/instance`];
  return {
    ...entries,
    [`${LABEL}/name`]: instance === facts.registry ? facts.chartName : instance,
    [`${LABEL}/instance`]: facts.release,
    ...(`${LABEL}/managed-by` in part && { [`${LABEL}/managed-by`]: 'Helm' }),
  } as T;
}
