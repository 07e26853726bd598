// Traffic must arrive: Services, Ingresses, network policies and monitors meet the pods and the ports they
// name, and no pod is without a network policy.
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { IIngressBackend } from 'kubernetes-models/networking.k8s.io/v1/IngressBackend';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IContainerPort } from 'kubernetes-models/v1/ContainerPort';
import type { IService } from 'kubernetes-models/v1/Service';
import { hasPort } from './containers';
import {
  containersOf,
  list,
  type Manifest,
  type ManifestSet,
  matches,
  namespaceOf,
  type PodSource,
  whereOf,
} from './manifest-set';
import { located, podRule, type Rule, setRule } from './rule';

type Port = string | number;

const servingPods = (service: IService & Manifest, set: ManifestSet): PodSource[] =>
  set.podsMatching(namespaceOf(service), { matchLabels: service.spec?.selector ?? {} });

const hasSelector = (service: IService): boolean => Object.keys(service.spec?.selector ?? {}).length > 0;

const podHasPort = (pod: PodSource, port: Port): boolean =>
  containersOf(pod).some(({ container }) => hasPort(container, port));

const containerPorts = (pod: PodSource): IContainerPort[] =>
  containersOf(pod).flatMap(({ container }) => list(container.ports));

/** Whether the policies over a pod let traffic from somewhere reach one of its ports. */
function admits(policies: readonly INetworkPolicy[], pod: PodSource, target: Port): boolean {
  const { containerPort, name } =
    containerPorts(pod).find((it) => it.name === target || it.containerPort === target) ?? {};
  return policies.some(({ spec }) =>
    list(spec?.ingress).some(
      ({ ports }) =>
        list(ports).length === 0 ||
        list(ports).some(
          ({ port, endPort }) =>
            port === undefined ||
            port === name ||
            port === containerPort ||
            (endPort !== undefined &&
              containerPort !== undefined &&
              containerPort >= Number(port) &&
              containerPort <= endPort),
        ),
    ),
  );
}

function ingressPolicies(set: ManifestSet, pod: PodSource): (INetworkPolicy & Manifest)[] {
  return policiesOver(set, pod).filter(
    ({ spec }) => list(spec?.policyTypes).length === 0 || list(spec?.policyTypes).includes('Ingress'),
  );
}

function policiesOver(set: ManifestSet, pod: PodSource): (INetworkPolicy & Manifest)[] {
  return set
    .of<INetworkPolicy>('NetworkPolicy')
    .filter(
      (policy) =>
        namespaceOf(policy) === pod.namespace && matches(policy.spec?.podSelector ?? {}, pod.labels),
    );
}

function overServices(
  check: (service: IService & Manifest, set: ManifestSet) => (string | false)[],
): Rule['check'] {
  return (set) =>
    set
      .of<IService>('Service')
      .filter(hasSelector)
      .flatMap((service) => located(whereOf(service), check(service, set)));
}

function backendFindings(ingress: IIngress & Manifest, set: ManifestSet): (string | false)[] {
  const backends: (IIngressBackend | undefined)[] = [
    ingress.spec?.defaultBackend,
    ...list(ingress.spec?.rules).flatMap((rule) => list(rule.http?.paths).map((path) => path.backend)),
  ];
  return backends.map((backend) => {
    if (backend?.service === undefined) {
      return false;
    }
    const { name, port } = backend.service;
    const service = set.find<IService>('Service', namespaceOf(ingress), name);
    if (service === undefined) {
      return !set.has('Service', namespaceOf(ingress), name) && `backend Service/${name} does not exist`;
    }
    const wanted = port?.name ?? port?.number;
    return (
      !list(service.spec?.ports).some((it) => it.name === wanted || it.port === wanted) &&
      `backend Service/${name} has no port ${wanted ?? '(none)'}`
    );
  });
}

interface Monitor {
  readonly spec?: {
    readonly selector?: { matchLabels?: Record<string, string> };
    readonly namespaceSelector?: { any?: boolean; matchNames?: string[] };
    readonly endpoints?: { port?: string }[];
  };
}

function monitorFindings(monitor: Monitor & Manifest, set: ManifestSet): (string | false)[] {
  const { selector, namespaceSelector, endpoints } = monitor.spec ?? {};
  const namespaces = namespaceSelector?.matchNames ?? [namespaceOf(monitor)];
  const services = set
    .of<IService>('Service')
    .filter(
      (it) =>
        (namespaceSelector?.any === true || namespaces.includes(namespaceOf(it))) &&
        matches(selector ?? {}, it.metadata.labels ?? {}),
    );
  return services.length === 0
    ? ['selector matches no Service']
    : list(endpoints).map(
        ({ port }) =>
          port !== undefined &&
          !services.some((it) => list(it.spec?.ports).some(({ name }) => name === port)) &&
          `endpoint port ${port} is on no Service that the selector matches`,
      );
}

export const NETWORK_RULES: readonly Rule[] = [
  setRule(
    'service-selector',
    overServices((service, set) => [servingPods(service, set).length === 0 && 'selector matches no pod']),
  ),

  // Each pod, not any pod: one without the port would get a share of the traffic.
  setRule(
    'service-port',
    overServices((service, set) =>
      servingPods(service, set).flatMap((pod) =>
        list(service.spec?.ports).map(
          ({ port, targetPort = port }) =>
            !podHasPort(pod, targetPort) &&
            `targetPort ${targetPort} does not exist in ${pod.where}, which the selector matches`,
        ),
      ),
    ),
  ),

  setRule(
    'service-blocked',
    overServices((service, set) =>
      servingPods(service, set).flatMap((pod) => {
        const policies = ingressPolicies(set, pod);
        return list(service.spec?.ports).map(
          ({ port, targetPort = port }) =>
            policies.length > 0 &&
            podHasPort(pod, targetPort) &&
            !admits(policies, pod, targetPort) &&
            `targetPort ${targetPort} of ${pod.where} is closed by ${policies.map(whereOf).join(', ')}`,
        );
      }),
    ),
  ),

  setRule('ingress-backend', (set) =>
    set.of<IIngress>('Ingress').flatMap((it) => located(whereOf(it), backendFindings(it, set))),
  ),

  setRule('ingress-tls', (set) =>
    set.of<IIngress>('Ingress').flatMap((ingress) =>
      located(
        whereOf(ingress),
        list(ingress.spec?.tls).map(
          ({ secretName }) =>
            secretName !== undefined &&
            !set.has('Secret', namespaceOf(ingress), secretName) &&
            `tls Secret/${secretName} does not exist`,
        ),
      ),
    ),
  ),

  setRule('network-policy-dangling', (set) =>
    set
      .of<INetworkPolicy>('NetworkPolicy')
      .flatMap((policy) =>
        located(
          whereOf(policy),
          set.podsMatching(namespaceOf(policy), policy.spec?.podSelector ?? {}).length === 0 &&
            'podSelector matches no pod',
        ),
      ),
  ),

  setRule('network-policy-port', (set) =>
    set.of<INetworkPolicy>('NetworkPolicy').flatMap((policy) => {
      const pods = set.podsMatching(namespaceOf(policy), policy.spec?.podSelector ?? {});
      const ports = list(policy.spec?.ingress).flatMap((rule) => list(rule.ports));
      return located(
        whereOf(policy),
        ports.map(
          ({ port, endPort }) =>
            port !== undefined &&
            endPort === undefined &&
            pods.length > 0 &&
            !pods.some((pod) => podHasPort(pod, port)) &&
            `ingress port ${port} exists in no pod that podSelector matches`,
        ),
      );
    }),
  ),

  podRule(
    'no-network-policy',
    (pod, set) => policiesOver(set, pod).length === 0 && 'no NetworkPolicy selects the pod',
  ),

  setRule('monitor-dangling', (set) =>
    set.of<Monitor>('ServiceMonitor').flatMap((it) => located(whereOf(it), monitorFindings(it, set))),
  ),
];
