// The chart's settings of how clients come in.
import { ServiceType } from 'cdk8s-plus-27';
import { IngressController } from '../routing/controllers/controller';
import { RegistryGateway } from '../routing/gateway';
import { RegistryHttpRouteOptions } from '../routing/http-route';
import { RegistryIngressOptions } from '../routing/ingress';
import { RegistryIngressRouteOptions } from '../routing/ingress-route';
import { TraefikApi } from '../routing/traefik-objects';
import { ExternalTrafficPolicy, RegistryServiceOptions } from '../server/service';
import { ChartPlace, MAPS, mapping, scalar, TEXTS } from './chart-settings';

const isAddress = (value: string) => `regexMatch "^[0-9]+(\\\\.[0-9]+){3}(:[0-9]+)?$" ${value}`;

/** As lib/core/addresses.ts has it. */
const isOnDockerHub = (value: string) => `not (or (eq ${value} "localhost") (regexMatch "[.:]" ${value}))`;

/** The host under which clients come. */
export function hostFromValues({ values }: ChartPlace): string | undefined {
  const kinds = {
    name: {
      samples: ['zqhost.example.com', 'zqghost.example.com'],
      test: (value: string) => `not (or (${isAddress(value)}) (${isOnDockerHub(value)}))`,
    },
    bare: { samples: ['zqbarehost', 'zqbareplace'], test: isOnDockerHub },
    address: { samples: ['198.51.100.17', '198.51.100.19'], test: isAddress },
  };
  return values.text('host', scalar({ property: 'RegistryProps.host', kinds, schema: TEXTS.hostOrAddress }));
}

/** What nodes pull by. */
export function pullAddressFromValues({ values }: ChartPlace): string | undefined {
  const kinds = {
    name: {
      samples: ['zqpull.example.com:21101', 'zqfetch.example.com:21103'],
      test: (value: string) => `not (or (${isAddress(value)}) (${isOnDockerHub(value)}))`,
    },
    bare: { samples: ['zqbarepull', 'zqbarefetch'], test: isOnDockerHub },
    address: { samples: ['198.51.100.33:21107', '198.51.100.37:21109'], test: isAddress },
  };
  const host = {
    name: 'host',
    apply: (text: string) => text.replace(/:\d+$/, ''),
    expression: (value: string) => `(regexReplaceAll ":[0-9]+$" ${value} "")`,
  };
  return values.text(
    'pullAddress',
    scalar({ property: 'RegistryProps.pullAddress', kinds, derivations: [host], schema: TEXTS.pullAddress }),
  );
}

/** What clients need not write. */
const PORTS = {
  https: { samples: [443], test: (value: string) => `eq (int ${value}) 443` },
  other: { samples: [21201, 21203], test: (value: string) => `ne (int ${value}) 443` },
};

/** The Service. */
export function serviceFromValues({ values }: ChartPlace): RegistryServiceOptions {
  const property = (name: string) => `RegistryServiceOptions.${name}`;
  const type = values.choice(
    'service.type',
    [ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER],
    {
      property: property('type'),
    },
  );
  return {
    type,
    port: values.integer(
      'service.port',
      scalar({ property: property('port'), kinds: PORTS, schema: { minimum: 1, maximum: 65535 } }),
    ),
    clusterIP: values.text('service.clusterIP', {
      property: property('clusterIP'),
      samples: ['198.51.100.85', '198.51.100.87'],
      schema: TEXTS.anyAddress,
    }),
    nodePort: values.integer('service.nodePort', {
      property: property('nodePort'),
      samples: [30123, 30127],
      schema: { minimum: 30000, maximum: 32767 },
    }),
    loadBalancerSourceRanges: values.list('service.loadBalancerSourceRanges', {
      property: property('loadBalancerSourceRanges'),
      samples: [['198.51.100.64/29'], ['198.51.100.72/29']],
      schema: { items: { type: 'string', ...TEXTS.range } },
    }),
    loadBalancerClass: values.text('service.loadBalancerClass', {
      property: property('loadBalancerClass'),
      samples: ['zqbalance.example.com/one', 'zqweigh.example.com/two'],
      schema: MAPS.annotations.propertyNames,
    }),
    loadBalancerIP: values.text('service.loadBalancerIP', {
      property: property('loadBalancerIP'),
      samples: ['198.51.100.81', '198.51.100.83'],
      schema: TEXTS.address,
    }),
    externalTrafficPolicy: values.choice(
      'service.externalTrafficPolicy',
      Object.values(ExternalTrafficPolicy),
      {
        property: property('externalTrafficPolicy'),
      },
    ),
    annotations: values.map('service.annotations', {
      property: property('annotations'),
      schema: MAPS.annotations,
    }),
  };
}

const isClassOf = (program: string) => (value: string) => `regexMatch "(^|[-.])${program}([-.]|$)" ${value}`;
const isTraefik = isClassOf('traefik');
const isHaproxy = isClassOf('haproxy');

/** The Ingress, if it is wanted. */
export function ingressFromValues({ values }: ChartPlace): RegistryIngressOptions | undefined {
  if (!values.flag('ingress.enabled', { description: 'Make an Ingress for the host?', defaultValue: false }))
    return undefined;
  return {
    className: values.text(
      'ingress.className',
      scalar({
        property: 'RegistryIngressOptions.className',
        kinds: {
          other: {
            samples: ['zqclassy', 'zqsorted'],
            test: (value) => `not (or (${isTraefik(value)}) (${isHaproxy(value)}))`,
          },
          traefik: { samples: ['zqone-traefik', 'zqtwo-traefik'], test: isTraefik },
          haproxy: {
            samples: ['zqone-haproxy', 'zqtwo-haproxy'],
            test: (value) => `and (${isHaproxy(value)}) (not (${isTraefik(value)}))`,
          },
        },
        schema: TEXTS.name,
      }),
    ),
    controller: values.choice('ingress.controller', Object.values(IngressController), {
      property: 'RegistryIngressOptions.controller',
    }),
    annotations: values.map(
      'ingress.annotations',
      mapping({
        property: 'RegistryIngressOptions.annotations',
        emptyRemoves: true,
        kinds: ANNOTATIONS,
        schema: MAPS.annotations,
      }),
    ),
  };
}

const [CLUSTER_ISSUER, ISSUER] = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'];
const has = (key: string, value: string) => `hasKey ${value} "${key}"`;

/** cert-manager makes a certificate for an Ingress with one of its annotations. */
const ANNOTATIONS = {
  other: {
    samples: [{ 'example.com/zqinway': 'zqwaya' }, { 'example.com/zqinroad': 'zqroada' }],
    test: (value: string) =>
      `and ${value} (not (${has(CLUSTER_ISSUER, value)})) (not (${has(ISSUER, value)}))`,
  },
  clusterIssuer: {
    samples: [{ [CLUSTER_ISSUER]: 'zqsignera' }, { [CLUSTER_ISSUER]: 'zqsignerb' }],
    test: (value: string) => `and ${value} (${has(CLUSTER_ISSUER, value)})`,
  },
  issuer: {
    samples: [{ [ISSUER]: 'zqissuera' }, { [ISSUER]: 'zqissuerb' }],
    test: (value: string) => `and ${value} (${has(ISSUER, value)}) (not (${has(CLUSTER_ISSUER, value)}))`,
  },
};

/** Traefik's IngressRoute, if it is wanted. */
export function ingressRouteFromValues({ values }: ChartPlace): RegistryIngressRouteOptions | undefined {
  if (
    !values.flag('ingressRoute.enabled', {
      description: "Make Traefik's IngressRoute for the host?",
      defaultValue: false,
    })
  )
    return undefined;
  const property = (name: string) => `RegistryIngressRouteOptions.${name}`;
  const name = { type: 'string', pattern: '^[A-Za-z0-9][-_A-Za-z0-9]*$' };
  const middlewares = values.list('ingressRoute.middlewares', {
    property: property('middlewares'),
    samples: [[{ name: 'zqmiddlea' }], [{ name: 'zqmiddleb' }]],
    schema: {
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: { name: { type: 'string', ...TEXTS.name } },
      },
    },
  }) as { name: string }[] | undefined;
  return {
    entryPoints: values.list('ingressRoute.entryPoints', {
      property: property('entryPoints'),
      samples: [['zqentrya'], ['zqentryb']],
      schema: { items: name },
    }),
    certResolver: values.text('ingressRoute.certResolver', {
      property: property('certResolver'),
      schema: { pattern: name.pattern },
    }),
    api: values.choice('ingressRoute.apiVersion', Object.values(TraefikApi), { property: property('api') }),
    stripUiPrefix: values.flag('ingressRoute.stripUiPrefix', { property: property('stripUiPrefix') }),
    middlewares: middlewares?.map((one) => one.name),
    annotations: values.map('ingressRoute.annotations', {
      property: property('annotations'),
      schema: MAPS.annotations,
    }),
  };
}

/** The Gateway API's HTTPRoute, if it is wanted. */
export function httpRouteFromValues(place: ChartPlace): RegistryHttpRouteOptions | undefined {
  const { values } = place;
  if (
    !values.flag('httpRoute.enabled', {
      description: "Make the Gateway API's HTTPRoute for the host?",
      defaultValue: false,
    })
  )
    return undefined;
  return {
    gateway: gatewayFromValues(place),
    annotations: values.map('httpRoute.annotations', {
      property: 'RegistryHttpRouteOptions.annotations',
      schema: MAPS.annotations,
    }),
  };
}

function gatewayFromValues({ values }: ChartPlace): RegistryGateway {
  const name = values.text('httpRoute.gateway.name', {
    description: 'Name of a Gateway that exists. Without one, a Gateway is made for this registry alone.',
    schema: TEXTS.name,
  });
  if (name === undefined) {
    return RegistryGateway.newGateway({
      className: values.text('httpRoute.gateway.className', {
        property: 'NewGatewayOptions.className',
        required: true,
        schema: TEXTS.name,
      }) as string,
      annotations: values.map('httpRoute.gateway.annotations', {
        property: 'NewGatewayOptions.annotations',
        schema: MAPS.annotations,
      }),
    });
  }
  return RegistryGateway.existing({
    name,
    namespace: values.text('httpRoute.gateway.namespace', {
      property: 'ExistingGatewayOptions.namespace',
      schema: TEXTS.label,
    }),
    sectionName: values.text('httpRoute.gateway.sectionName', {
      property: 'ExistingGatewayOptions.sectionName',
      schema: TEXTS.name,
    }),
    https: values.flag('httpRoute.gateway.https', { property: 'ExistingGatewayOptions.https' }),
  });
}
