// A Helm chart of constructs of one's own: an application whose images are in the registry. The constructs are
// an ordinary cdk8s chart; `helmChart` declares which places in their manifests are values.
import { App, Chart, Duration, Size } from 'cdk8s';
import {
  ConfigMap,
  Cpu,
  Deployment,
  EnvValue,
  Ingress,
  IngressBackend,
  Probe,
  Secret,
  Service,
  Volume,
} from 'cdk8s-plus-27';
import { HelmChart } from '../../lib';

const PORT = 8080;
const HOST = 'shop.example.com';

/** The objects of the shop. */
export class Shop extends Chart {
  readonly config: ConfigMap;
  readonly session: Secret;
  readonly web: Deployment;
  readonly service: Service;
  readonly ingress: Ingress;

  constructor(app: App) {
    super(app, 'shop', { namespace: 'shop' });
    this.session = new Secret(this, 'session', {
      metadata: { name: 'shop-session' },
      stringData: { key: '' },
    });
    this.config = new ConfigMap(this, 'config', {
      metadata: { name: 'shop-config' },
      data: {
        'shop.yml': [
          `listen: ${PORT}`,
          'log:',
          '  level: info',
          `publicUrl: https://${HOST}/`,
          `internalUrl: http://shop-web.shop.svc:${PORT}/`,
          '',
        ].join('\n'),
      },
    });
    this.web = new Deployment(this, 'web', {
      metadata: { name: 'shop-web' },
      replicas: 2,
      dockerRegistryAuth: Secret.fromSecretName(this, 'pull', 'registry-pull'),
      securityContext: { user: 65532, group: 65532, fsGroup: 65532 },
      containers: [
        {
          image: 'registry.example.com/shop/web:1.0',
          portNumber: PORT,
          envVariables: { SESSION_KEY: EnvValue.fromSecretValue({ secret: this.session, key: 'key' }) },
          volumeMounts: [
            {
              path: '/etc/shop',
              volume: Volume.fromConfigMap(this, 'config-volume', this.config),
              readOnly: true,
            },
          ],
          resources: {
            cpu: { request: Cpu.millis(50), limit: Cpu.units(1) },
            memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
          },
          readiness: Probe.fromHttpGet('/healthz', { port: PORT, periodSeconds: Duration.seconds(5) }),
          securityContext: { user: 65532, group: 65532 },
        },
      ],
    });
    this.service = this.web.exposeViaService({ name: 'shop-web' });
    this.ingress = new Ingress(this, 'ingress', {
      metadata: { name: 'shop-web' },
      rules: [{ host: HOST, backend: IngressBackend.fromService(this.service) }],
      tls: [{ hosts: [HOST], secret: Secret.fromSecretName(this, 'tls', 'shop-tls') }],
    });
  }
}

/** What values set. Everything else is in the templates as it is in the manifests. */
export function helmChart(shop: Shop): HelmChart {
  const { config, session, web, service, ingress } = shop;
  const helm = new HelmChart(shop, { name: 'shop', version: '1.0.0', description: 'The shop.' });
  // In a release called `blue`, `shop-web` is `blue-shop-web`: so two releases fit into one namespace.
  helm.name(shop);

  const pod = '/spec/template/spec';
  helm.value(web, '/spec/replicas', 'replicaCount', { description: 'Pods.', schema: { minimum: 1 } });
  // Two values in one string: its parts.
  helm.text(web, `${pod}/containers/0/image`, 'image.repository', {
    inside: 'registry.example.com/shop/web',
    description: 'The image without its tag.',
  });
  helm.text(web, `${pod}/containers/0/image`, 'image.tag', {
    inside: '1.0',
    description: "The image's tag.",
  });
  helm.value(web, `${pod}/imagePullSecrets`, 'imagePullSecrets', {
    description: "Secrets with the registry's login.",
  });
  helm.value(web, `${pod}/containers/0/resources`, 'resources', { description: 'CPU and memory.' });

  // A setting inside a file.
  helm.text(config, '/data/shop.yml', 'log.level', {
    inside: 'info',
    description: 'What is logged.',
    schema: { enum: ['debug', 'info', 'error'] },
  });
  // The URL inside the cluster has the Service's name and the namespace, which the release sets. `shop` is in
  // the public host too: `around` says which one is the namespace.
  helm.reference(config, '/data/shop.yml', service);
  helm.namespace(config, '/data/shop.yml', { around: '.shop.svc' });

  helm.secret(session, '/stringData/key', 'session.key', { description: 'Key that signs sessions.' });

  helm.optional(ingress, 'ingress.enabled', { description: 'Is there an Ingress?', defaultValue: false });
  // One value in several places is declared for each.
  helm.value(ingress, '/spec/rules/0/host', 'ingress.host', { description: "The shop's host." });
  helm.value(ingress, '/spec/tls/0/hosts/0', 'ingress.host');
  helm.text(config, '/data/shop.yml', 'ingress.host', { inside: HOST });
  helm.value(ingress, '/spec/tls/0/secretName', 'ingress.tlsSecret', {
    description: 'Secret with the certificate.',
  });

  helm.note('https://{value:ingress.host}/ is the shop.', { when: 'ingress.enabled' });
  helm.note(
    [
      'To see it without an Ingress:',
      '',
      '  kubectl port-forward -n {release:namespace} service/{release:fullname}-web 8080',
    ].join('\n'),
  );
  return helm;
}

if (require.main === module) {
  try {
    helmChart(new Shop(new App())).write('dist/own-chart/shop');
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
