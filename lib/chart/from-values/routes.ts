// Routes and the Service from values.
import type { ServiceType } from 'cdk8s-plus-27';
import type { RegistryProps } from '../../registry-props';
import type { IngressController } from '../../routing/controllers/controller';
import { RegistryGateway } from '../../routing/gateway';
import type { RegistryHttpRouteOptions } from '../../routing/http-route';
import type { RegistryIngressOptions } from '../../routing/ingress';
import type { RegistryIngressRouteOptions } from '../../routing/ingress-route';
import type { TraefikApi } from '../../routing/traefik-objects';
import type { ExternalTrafficPolicy, RegistryServiceOptions } from '../../server/service';
import type { ChartValues } from '../values/reader';

/** The routes that are enabled; the constructs refuse more than one. */
export function routesFromValues(
  values: ChartValues,
): Pick<RegistryProps, 'ingress' | 'ingressRoute' | 'httpRoute'> {
  return {
    ingress: values.boolean('ingress.enabled') ? ingressFromValues(values) : undefined,
    ingressRoute: values.boolean('ingressRoute.enabled') ? ingressRouteFromValues(values) : undefined,
    httpRoute: values.boolean('httpRoute.enabled') ? httpRouteFromValues(values) : undefined,
  };
}

function ingressFromValues(values: ChartValues): RegistryIngressOptions {
  return {
    className: values.string('ingress.className'),
    controller: values.enum<IngressController>('ingress.controller'),
    annotations: values.map('ingress.annotations'),
  };
}

function ingressRouteFromValues(values: ChartValues): RegistryIngressRouteOptions {
  return {
    entryPoints: values.list('ingressRoute.entryPoints'),
    certResolver: values.string('ingressRoute.certResolver'),
    api: values.enum<TraefikApi>('ingressRoute.apiVersion'),
    middlewares: values.list<{ name: string }>('ingressRoute.middlewares')?.map(({ name }) => name),
    stripUiPrefix: values.boolean('ingressRoute.stripUiPrefix'),
    annotations: values.map('ingressRoute.annotations'),
  };
}

function httpRouteFromValues(values: ChartValues): RegistryHttpRouteOptions {
  return { gateway: gatewayFromValues(values), annotations: values.map('httpRoute.annotations') };
}

function gatewayFromValues(values: ChartValues): RegistryGateway {
  const name = values.string('httpRoute.gateway.name');
  return name === undefined
    ? RegistryGateway.newGateway({
        // The constructs say it where it is missing.
        className: values.string('httpRoute.gateway.className') as string,
        annotations: values.map('httpRoute.gateway.annotations'),
      })
    : RegistryGateway.existing({
        name,
        namespace: values.string('httpRoute.gateway.namespace'),
        sectionName: values.string('httpRoute.gateway.sectionName'),
        https: values.boolean('httpRoute.gateway.https'),
      });
}

export function serviceFromValues(values: ChartValues): RegistryServiceOptions {
  return {
    type: values.enum<ServiceType>('service.type'),
    port: values.integer('service.port'),
    clusterIP: values.string('service.clusterIP'),
    nodePort: values.integer('service.nodePort'),
    loadBalancerSourceRanges: values.list('service.loadBalancerSourceRanges'),
    loadBalancerClass: values.string('service.loadBalancerClass'),
    loadBalancerIP: values.string('service.loadBalancerIP'),
    externalTrafficPolicy: values.enum<ExternalTrafficPolicy>('service.externalTrafficPolicy'),
    annotations: values.map('service.annotations'),
  };
}
