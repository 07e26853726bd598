// What a container must say to run well: image, resources, probes, environment and mounts.
import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IProbe } from 'kubernetes-models/v1/Probe';
import { list, type PodSource } from './manifest-set';
import { containerRule, podRule, type Rule, repeated } from './rule';

const CREDENTIAL_NAME = /passw|passphrase|token|credential|key(_?id)?$/i;
const HARMLESS_NAME = /(_|^)(path|file|dir|realm|service|issuer|url|name|header)$/i;
const HARMLESS_VALUE = /^(|true|false|\/.*|https?:\/\/[^@]*)$/;

/**
 * Whether a literal value under this name is a credential in the open. `secret` in a name never passes, as
 * with kube-linter.
 */
export function looksSecret(name: string, value: string): boolean {
  // What comes from another variable is looked at there.
  if (value === '' || /^(\|2-\n {2})?\$\([^)]+\)$/.test(value)) {
    return false;
  }
  return (
    /secret/i.test(name) ||
    (CREDENTIAL_NAME.test(name) && !HARMLESS_NAME.test(name) && !HARMLESS_VALUE.test(value))
  );
}

/** A registry that listens on the pod's loopback alone: the probes of the front before it ask it. */
function isBehindFront({ name }: IContainer, { spec }: PodSource): boolean {
  const front = list(spec.containers).find((container) => container.name === 'front');
  return name === 'registry' && front?.readinessProbe?.httpGet !== undefined;
}

const SUFFIXES: Record<string, number> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A quantity as a number; undefined where it is not one. */
export function amount(quantity: string | number | undefined): number | undefined {
  const [, digits, suffix] = /^([0-9.]+)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.exec(String(quantity)) ?? [];
  return digits === undefined
    ? undefined
    : Number(digits) * (suffix === undefined ? 1 : (SUFFIXES[suffix] ?? 1));
}

function isPinned(image: string | undefined): boolean {
  if (image === undefined || image === '') {
    return false;
  }
  if (/@sha256:[0-9a-f]{64}$/.test(image)) {
    return true;
  }
  const [, tag] = image.slice(image.lastIndexOf('/') + 1).split(':');
  return tag !== undefined && tag !== '' && tag !== 'latest';
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

function probeFindings(container: IContainer): (string | false)[] {
  return PROBES.flatMap((field) => {
    const probe = container[field];
    if (probe === undefined) {
      return [];
    }
    const handlers = (['exec', 'grpc', 'httpGet', 'tcpSocket'] as const).filter(
      (kind) => probe[kind] !== undefined,
    );
    return [
      handlers.length !== 1 && `${field} must have exactly one of exec, grpc, httpGet, tcpSocket`,
      ...portsOf(probe).map(
        (port) =>
          !hasPort(container, port) && `${field} asks port ${port}, which the container does not have`,
      ),
    ];
  });
}

const portsOf = (probe: IProbe): (string | number)[] =>
  [probe.httpGet?.port, probe.tcpSocket?.port, probe.grpc?.port].filter((port) => port !== undefined);

/** Whether a container declares a port, by name or by number. */
export function hasPort(container: IContainer, port: string | number): boolean {
  return list(container.ports).some((it) => it.name === port || it.containerPort === Number(port));
}

export const CONTAINER_RULES: readonly Rule[] = [
  containerRule(
    'image-tag',
    ({ image }) =>
      !isPinned(image) &&
      `image ${image ?? '(none)'} has no fixed tag: write one that is not latest, or a digest`,
  ),

  containerRule(
    'cpu-request',
    ({ resources }) => !amount(resources?.requests?.cpu) && 'resources.requests.cpu is missing',
  ),
  containerRule(
    'memory-request',
    ({ resources }) => !amount(resources?.requests?.memory) && 'resources.requests.memory is missing',
  ),
  containerRule(
    'memory-limit',
    ({ resources }) => !amount(resources?.limits?.memory) && 'resources.limits.memory is missing',
  ),
  containerRule('limit-below-request', ({ resources }) =>
    Object.entries(resources?.limits ?? {}).map(([name, limit]) => {
      const request = resources?.requests?.[name];
      return (
        (amount(limit) ?? Infinity) < (amount(request) ?? 0) &&
        `the limit ${limit} of ${name} is below the request ${request}`
      );
    }),
  ),

  // A check of the socket is all that a liveness probe may be, and a server that speaks TLS logs each as a
  // failed handshake.
  containerRule(
    'liveness-probe',
    (container, pod, { serves }) =>
      serves &&
      !isBehindFront(container, pod) &&
      !container.livenessProbe &&
      container.readinessProbe?.httpGet?.scheme !== 'HTTPS' &&
      'livenessProbe is missing',
  ),
  containerRule(
    'readiness-probe',
    (container, pod, { serves }) =>
      serves && !isBehindFront(container, pod) && !container.readinessProbe && 'readinessProbe is missing',
  ),
  containerRule('probe-port', probeFindings),

  containerRule('env-secret', ({ env }) =>
    list(env).map(
      ({ name, value }) =>
        value !== undefined && looksSecret(name, value) && `env ${name} holds a literal: write secretKeyRef`,
    ),
  ),
  containerRule('env-duplicate', ({ env }) =>
    repeated(list(env).map(({ name }) => name)).map((name) => `env ${name} is listed twice`),
  ),

  containerRule('volume-mount', ({ volumeMounts }, { spec }) => [
    ...list(volumeMounts).map(
      ({ name }) =>
        !list(spec.volumes).some((volume) => volume.name === name) && `volumeMount ${name} has no volume`,
    ),
    ...repeated(list(volumeMounts).map(({ mountPath }) => mountPath)).map(
      (path) => `mountPath ${path} is used twice`,
    ),
  ]),
  podRule('unused-volume', ({ spec }) =>
    list(spec.volumes).map(
      ({ name }) =>
        ![...list(spec.containers), ...list(spec.initContainers)].some((it) =>
          list(it.volumeMounts).some((mount) => mount.name === name),
        ) && `volume ${name} is mounted by no container`,
    ),
  ),
];
