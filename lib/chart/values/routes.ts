// Values of how clients reach the registry: host, Service, and at most one route.
import { IngressController } from '../../routing/controllers/controller';
import { TraefikApi } from '../../routing/traefik-objects';
import { ExternalTrafficPolicy } from '../../server/service';
import { MAPS, STRINGS } from './formats';
import type { ChartEntry } from './value';

export const HOST_VALUES = [
  {
    path: 'host',
    type: 'string',
    default: 'registry.localhost',
    member: 'RegistryProps.host',
    schema: STRINGS.hostOrAddress,
  },
  {
    path: 'pullAddress',
    type: 'string',
    default: '',
    member: 'RegistryProps.pullAddress',
    schema: STRINGS.pullAddress,
  },
] as const satisfies readonly ChartEntry[];

export const INGRESS_VALUES = [
  {
    path: 'ingress',
    type: 'group',
    description: 'Route: an Ingress. At most one of ingress, ingressRoute and httpRoute.',
  },
  {
    path: 'ingress.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is an Ingress for the host.',
  },
  {
    path: 'ingress.className',
    type: 'string',
    default: '',
    member: 'RegistryIngressOptions.className',
    schema: STRINGS.name,
  },
  {
    path: 'ingress.controller',
    type: 'string',
    default: '',
    member: 'RegistryIngressOptions.controller',
    choices: Object.values(IngressController),
  },
  {
    path: 'ingress.annotations',
    type: 'object',
    default: {},
    member: 'RegistryIngressOptions.annotations',
    schema: MAPS.annotations,
  },
] as const satisfies readonly ChartEntry[];

const TRAEFIK_NAME = { pattern: '^[A-Za-z0-9][-_A-Za-z0-9]*$' };

export const INGRESS_ROUTE_VALUES = [
  { path: 'ingressRoute', type: 'group', description: "Route: Traefik's IngressRoute." },
  {
    path: 'ingressRoute.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is an IngressRoute for the host.',
  },
  {
    path: 'ingressRoute.entryPoints',
    type: 'array',
    default: [],
    member: 'RegistryIngressRouteOptions.entryPoints',
    schema: { items: { type: 'string', ...TRAEFIK_NAME } },
  },
  {
    path: 'ingressRoute.certResolver',
    type: 'string',
    default: '',
    member: 'RegistryIngressRouteOptions.certResolver',
    schema: TRAEFIK_NAME,
  },
  {
    path: 'ingressRoute.apiVersion',
    type: 'string',
    default: TraefikApi.TRAEFIK_IO,
    member: 'RegistryIngressRouteOptions.api',
    choices: Object.values(TraefikApi),
  },
  {
    path: 'ingressRoute.middlewares',
    type: 'array',
    default: [],
    member: 'RegistryIngressRouteOptions.middlewares',
    schema: {
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: { name: { type: 'string', ...STRINGS.name } },
      },
    },
  },
  {
    path: 'ingressRoute.stripUiPrefix',
    type: 'boolean',
    default: false,
    member: 'RegistryIngressRouteOptions.stripUiPrefix',
  },
  {
    path: 'ingressRoute.annotations',
    type: 'object',
    default: {},
    member: 'RegistryIngressRouteOptions.annotations',
    schema: MAPS.annotations,
  },
] as const satisfies readonly ChartEntry[];

export const HTTP_ROUTE_VALUES = [
  { path: 'httpRoute', type: 'group', description: "Route: the Gateway API's HTTPRoute." },
  {
    path: 'httpRoute.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is an HTTPRoute for the host.',
  },
  {
    path: 'httpRoute.gateway',
    type: 'group',
    description: 'The Gateway of the route: an existing one, or one that is made.',
  },
  {
    path: 'httpRoute.gateway.name',
    type: 'string',
    default: '',
    description: 'Name of a Gateway that exists. Without one, a Gateway is made for this registry alone.',
    schema: STRINGS.name,
  },
  {
    path: 'httpRoute.gateway.namespace',
    type: 'string',
    default: '',
    member: 'ExistingGatewayOptions.namespace',
    schema: STRINGS.label,
  },
  {
    path: 'httpRoute.gateway.sectionName',
    type: 'string',
    default: '',
    member: 'ExistingGatewayOptions.sectionName',
    schema: STRINGS.name,
  },
  {
    path: 'httpRoute.gateway.https',
    type: 'boolean',
    default: true,
    member: 'ExistingGatewayOptions.https',
  },
  {
    path: 'httpRoute.gateway.className',
    type: 'string',
    default: '',
    member: 'NewGatewayOptions.className',
    schema: STRINGS.name,
  },
  {
    path: 'httpRoute.gateway.annotations',
    type: 'object',
    default: {},
    member: 'NewGatewayOptions.annotations',
    schema: MAPS.annotations,
  },
  {
    path: 'httpRoute.annotations',
    type: 'object',
    default: {},
    member: 'RegistryHttpRouteOptions.annotations',
    schema: MAPS.annotations,
  },
] as const satisfies readonly ChartEntry[];

export const SERVICE_VALUES = [
  { path: 'service', type: 'group', description: "The registry's Service." },
  {
    path: 'service.type',
    type: 'string',
    default: 'ClusterIP',
    member: 'RegistryServiceOptions.type',
    choices: ['ClusterIP', 'NodePort', 'LoadBalancer'],
  },
  {
    path: 'service.port',
    type: 'integer',
    default: 5000,
    member: 'RegistryServiceOptions.port',
    schema: { minimum: 1, maximum: 65535 },
  },
  {
    path: 'service.clusterIP',
    type: 'string',
    default: '',
    member: 'RegistryServiceOptions.clusterIP',
    schema: STRINGS.anyAddress,
  },
  {
    path: 'service.nodePort',
    type: 'integer',
    default: null,
    member: 'RegistryServiceOptions.nodePort',
    schema: { minimum: 30000, maximum: 32767 },
  },
  {
    path: 'service.loadBalancerSourceRanges',
    type: 'array',
    default: [],
    member: 'RegistryServiceOptions.loadBalancerSourceRanges',
    schema: { items: { type: 'string', ...STRINGS.range } },
  },
  {
    path: 'service.loadBalancerClass',
    type: 'string',
    default: '',
    member: 'RegistryServiceOptions.loadBalancerClass',
    schema: MAPS.annotations.propertyNames,
  },
  {
    path: 'service.loadBalancerIP',
    type: 'string',
    default: '',
    member: 'RegistryServiceOptions.loadBalancerIP',
    schema: STRINGS.address,
  },
  {
    path: 'service.externalTrafficPolicy',
    type: 'string',
    default: '',
    member: 'RegistryServiceOptions.externalTrafficPolicy',
    choices: Object.values(ExternalTrafficPolicy),
  },
  {
    path: 'service.annotations',
    type: 'object',
    default: {},
    member: 'RegistryServiceOptions.annotations',
    schema: MAPS.annotations,
  },
] as const satisfies readonly ChartEntry[];
