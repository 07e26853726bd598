// The definitions of custom resources that the library writes, by kubernetes-models' sister packages, and of kinds that
// few registries have; the schema check's MODELS joined by them.
import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { IngressRoute as OlderIngressRoute } from '@kubernetes-models/traefik/traefik.containo.us/v1alpha1/IngressRoute';
import { Middleware as OlderMiddleware } from '@kubernetes-models/traefik/traefik.containo.us/v1alpha1/Middleware';
import { ServersTransport as OlderServersTransport } from '@kubernetes-models/traefik/traefik.containo.us/v1alpha1/ServersTransport';
import { IngressRoute } from '@kubernetes-models/traefik/traefik.io/v1alpha1/IngressRoute';
import { Middleware } from '@kubernetes-models/traefik/traefik.io/v1alpha1/Middleware';
import { ServersTransport } from '@kubernetes-models/traefik/traefik.io/v1alpha1/ServersTransport';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { list, map, object, only, optional, string } from '../pod-runner/decode';
import { MODELS, type Model } from './schema';

/** The package has an alpha version of this kind only, whose fields were others. */
const backendTlsPolicy = object({
  apiVersion: only('gateway.networking.k8s.io/v1'),
  kind: only('BackendTLSPolicy'),
  metadata: object({
    name: string,
    namespace: optional(string),
    labels: optional(map(string)),
    annotations: optional(map(string)),
  }),
  spec: object({
    targetRefs: list(object({ group: string, kind: string, name: string, sectionName: optional(string) })),
    validation: object({
      hostname: string,
      wellKnownCACertificates: optional(only('System')),
      caCertificateRefs: optional(
        list(object({ group: string, kind: only('ConfigMap', 'Secret'), name: string })),
      ),
    }),
  }),
});

const BackendTLSPolicy: Model = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'BackendTLSPolicy',
  prototype: validatedBy(backendTlsPolicy, 'BackendTLSPolicy'),
};

const grafanaDashboard = object({
  apiVersion: only('grafana.integreatly.org/v1beta1'),
  kind: only('GrafanaDashboard'),
  metadata: object({
    name: string,
    namespace: optional(string),
    labels: optional(map(string)),
    annotations: optional(map(string)),
  }),
  spec: object({
    allowCrossNamespaceImport: optional(only(true)),
    folder: optional(string),
    instanceSelector: object({ matchLabels: map(string) }),
    json: string,
  }),
});

/** No package has it. The fields are those of the operator's definition. */
const GrafanaDashboard: Model = {
  apiVersion: 'grafana.integreatly.org/v1beta1',
  kind: 'GrafanaDashboard',
  prototype: validatedBy(grafanaDashboard, 'GrafanaDashboard'),
};

const veleroSchedule = object({
  apiVersion: only('velero.io/v1'),
  kind: only('Schedule'),
  metadata: object({
    name: string,
    namespace: optional(string),
    labels: optional(map(string)),
    annotations: optional(map(string)),
  }),
  spec: object({
    schedule: string,
    paused: optional(only(true)),
    template: object({
      metadata: object({ labels: map(string) }),
      includedNamespaces: list(string),
      excludedResources: list(string),
      snapshotVolumes: only(true, false),
      snapshotMoveData: optional(only(true)),
      defaultVolumesToFsBackup: only(true, false),
      storageLocation: optional(string),
      ttl: string,
    }),
  }),
});

/** Nor this one. test/e2e/api-server-kinds.test.ts asks Velero's own definition. */
const VeleroSchedule: Model = {
  apiVersion: 'velero.io/v1',
  kind: 'Schedule',
  prototype: validatedBy(veleroSchedule, 'Schedule'),
};

/** What a model has that a class of a package has: problems as such a class throws them. */
function validatedBy(decode: (value: unknown, path: string) => unknown, kind: string): Model['prototype'] {
  return {
    validate(): void {
      try {
        decode(this, kind);
      } catch (error) {
        throw Object.assign(new Error(), {
          errors: [{ instancePath: '', message: (error as Error).message }],
        });
      }
    },
  };
}

/** Every kind that the library can write. */
export const ALL_MODELS: readonly Model[] = [
  ...MODELS,
  HorizontalPodAutoscaler,
  Certificate,
  IngressRoute,
  Middleware,
  ServersTransport,
  OlderIngressRoute,
  OlderMiddleware,
  OlderServersTransport,
  Gateway,
  HTTPRoute,
  BackendTLSPolicy,
  ServiceMonitor,
  PrometheusRule,
  GrafanaDashboard,
  VeleroSchedule,
];
