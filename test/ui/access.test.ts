// The ways to the UI on a host of its own: one whose nginx is a proxy, and one with CORS.
// registry-ui.test.ts has the path.
import { Secret } from 'cdk8s-plus-27';
import {
  LocalStore,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  RegistryUIAccess,
  RegistryUser,
  TlsTermination,
} from '../../lib';
import { newFolder } from '../support/folder';
import { manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const HOST = 'images.example.com';
const access = RegistryUIAccess.host(HOST);
const anonymous = { auth: { credentials: RegistryCredentials.anonymous() } };
const pod = { tls: { termination: TlsTermination.POD } };

function synth(props: RegistryProps, chart = newChart()) {
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  expect(problemsIn(chart)).toEqual([]);
  const { metadata, spec } = manifest(chart, 'Deployment/registry-ui').spec.template;
  const env = Object.fromEntries(
    spec.containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  return { chart, registry, metadata, pod: spec, env, prepare: spec.initContainers[0].command[2] as string };
}

describe('on a host of its own', () => {
  const { chart, env, pod: spec, prepare, registry } = synth({ ingress: {}, ui: { access } });

  test('is its own origin, and passes requests on to the Service', () => {
    expect({ url: registry.ui?.url, host: registry.ui?.host }).toEqual({
      url: 'https://images.example.com/',
      host: HOST,
    });
    expect(env).toMatchObject({
      REGISTRY_URL: 'https://images.example.com',
      PULL_URL: 'registry.example.com',
      NGINX_PROXY_PASS_URL: 'http://registry:5000',
      NGINX_PROXY_HEADER_Host: '$http_host',
    });
  });

  test('needs no link in the UI, no CORS and no TLS to the registry', () => {
    expect(spec.containers[0].readinessProbe.httpGet.path).toBe('/');
    expect(prepare).not.toContain('ln -s');
    expect(prepare).not.toContain('proxy_ssl');
    expect(prepare).toContain("'proxy_read_timeout 900s;' >> /prepared/nginx/conf.d/registry.conf");
    expect(registry.deployment.configuration.toYaml()).not.toContain('Access-Control');
  });

  test("has a rule of its own, under the registry's certificate", () => {
    const { tls, rules } = manifest(chart, 'Ingress/registry-ui').spec;
    expect(tls).toEqual([{ hosts: [HOST], secretName: 'registry-tls' }]);
    expect(rules).toMatchObject([{ host: HOST, http: { paths: [{ path: '/' }] } }]);
    expect(manifest(chart, 'Ingress/registry').spec.rules).toMatchObject([{ host: 'registry.example.com' }]);
  });

  test("lets out to the registry's pods, whose policy lets everybody in as before", () => {
    const { egress } = manifest(chart, 'NetworkPolicy/registry-ui').spec;
    const labels = manifest(chart, 'Deployment/registry').spec.template.metadata.labels;
    expect(egress).toHaveLength(2);
    expect(labels).toMatchObject(egress[1].to[0].podSelector.matchLabels);
    expect(egress[1].ports).toEqual([{ port: 5000, protocol: 'TCP' }]);
    expect(manifest(chart, 'NetworkPolicy/registry').spec.ingress[0]).not.toHaveProperty('from');
  });
});

describe('as a proxy for a pod that speaks TLS', () => {
  const allowFrom = [{ namespaceSelector: { matchLabels: { team: 'ingress' } } }];
  const {
    chart,
    env,
    metadata,
    pod: spec,
    prepare,
  } = synth({ ...pod, ingress: {}, networkPolicy: { allowFrom }, ui: { access } });

  test('checks its certificate by its CA and by the name that it is for', () => {
    expect(env.NGINX_PROXY_PASS_URL).toBe('https://registry:5000');
    for (const directive of [
      'proxy_ssl_verify on;',
      'proxy_ssl_verify_depth 5;',
      'proxy_ssl_trusted_certificate /registry-ca/ca.crt;',
      'proxy_ssl_name registry.example.com;',
    ]) {
      expect(prepare).toContain(`echo '${directive}' >> /prepared/nginx/conf.d/registry.conf`);
    }
    const volume = spec.volumes.find(({ name }: { name: string }) => name === 'registry-ca');
    expect(volume.secret).toEqual({
      secretName: 'registry-tls',
      defaultMode: 0o440,
      items: [{ key: 'ca.crt', path: 'ca.crt' }],
    });
    expect(spec.containers[0].volumeMounts).toContainEqual({
      name: 'registry-ca',
      mountPath: '/registry-ca',
      readOnly: true,
    });
  });

  test('is let in where few are, beside them', () => {
    const [{ from }] = manifest(chart, 'NetworkPolicy/registry').spec.ingress;
    expect(from).toHaveLength(2);
    expect(from[0]).toEqual(allowFrom[0]);
    expect(metadata.labels).toMatchObject(from[1].podSelector.matchLabels);
  });

  test('is rolled when the CA is another one', () => {
    const digest = () =>
      synth({ ...pod, ingress: {}, ui: { access } }, newChart(new LocalStore({ directory: newFolder() })))
        .metadata.annotations;
    expect(digest()['checksum/registry-ca']).toMatch(/^[0-9a-f]{64}$/);
    expect(digest()).not.toEqual(digest());
  });

  test('takes public CAs where none is known, and one that was named', () => {
    const chart = newChart();
    const certificate = RegistryCertificate.existingSecret(
      Secret.fromSecretName(chart, 'certificate', 'registry-cert'),
    );
    const tls = { ...pod.tls, certificate };
    const unknown = synth({ tls, ingress: {}, ui: { access } }, chart);
    expect(unknown.prepare).toContain('proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;');
    expect(JSON.stringify(unknown.pod.volumes)).not.toContain('registry-ca');
    const other = newChart();
    const registryCa = Secret.fromSecretName(other, 'ca', 'company-ca');
    const named = synth(
      {
        tls,
        ingress: {},
        ui: { access: RegistryUIAccess.host(HOST, { registryCaSecret: { secret: registryCa } }) },
      },
      other,
    );
    expect(JSON.stringify(named.pod.volumes)).toContain('"secretName":"company-ca"');
    expect(named.metadata).not.toHaveProperty('annotations');
  });
});

describe('what guards the registry', () => {
  const office = 'nginx.ingress.kubernetes.io/whitelist-source-range';
  const annotations = {
    [office]: '10.0.0.0/8',
    'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS',
    'nginx.org/ssl-services': 'registry',
  };

  test('by annotations guards a host that leads to it, but what is said of its pod stays with it', () => {
    const given = manifest(synth({ ingress: { annotations }, ui: { access } }).chart, 'Ingress/registry-ui')
      .metadata.annotations;
    expect(given).toMatchObject({
      [office]: '10.0.0.0/8',
      'nginx.ingress.kubernetes.io/proxy-body-size': '0',
    });
    expect(Object.keys(given).filter((key) => /backend-protocol|ssl-services/.test(key))).toEqual([]);
  });

  test('is not needed by a UI that leads nowhere', () => {
    const uiOf = (ui: RegistryProps['ui']) =>
      manifest(synth({ ...anonymous, ingress: { annotations }, ui }).chart, 'Ingress/registry-ui');
    for (const ui of [{}, { access: RegistryUIAccess.hostWithCors(HOST) }]) {
      expect(Object.keys(uiOf(ui).metadata.annotations ?? {})).not.toContain(office);
    }
  });

  test('by Middlewares comes before the login', () => {
    const { chart } = synth({ ingressRoute: { middlewares: ['allow-office'] }, ui: { access, login: true } });
    expect(manifest(chart, 'IngressRoute/registry-ui').spec.routes[0].middlewares).toEqual([
      { name: 'allow-office' },
      { name: 'registry-ui-login' },
    ]);
    const key = 'traefik.ingress.kubernetes.io/router.middlewares';
    const ingress = { className: 'traefik', annotations: { [key]: 'registry-allow-office@kubernetescrd' } };
    expect(
      manifest(synth({ ingress, ui: { access, login: true } }).chart, 'Ingress/registry-ui').metadata
        .annotations[key],
    ).toBe('registry-allow-office@kubernetescrd,registry-registry-ui-login@kubernetescrd');
  });

  test('by its NetworkPolicy guards the UI, unless that has its own', () => {
    const allowFrom = [{ namespaceSelector: { matchLabels: { team: 'ingress' } } }];
    const peersOf = (ui: RegistryProps['ui']) =>
      manifest(synth({ ingress: {}, networkPolicy: { allowFrom }, ui }).chart, 'NetworkPolicy/registry-ui')
        .spec.ingress[0].from;
    expect(peersOf({ access })).toEqual(allowFrom);
    expect(peersOf({ access, networkPolicy: { allowFrom: [{ podSelector: {} }] } })).toEqual([
      { podSelector: {} },
    ]);
    expect(peersOf({})).toBeUndefined();
  });

  test("by a NetworkPolicy of its own is named where it can't be", () => {
    const networkPolicy = { allowFrom: [{}], allowTo: [{}] };
    const chart = newChart();
    new Registry(chart, 'registry', { ingress: {}, ui: { access, networkPolicy } });
    const paths = problemsIn(chart).map((problem) => problem.split(':')[0]);
    expect(paths).toEqual(['ui.networkPolicy.allowFrom[0]', 'ui.networkPolicy.allowTo[0]']);
  });
});

describe('with CORS', () => {
  const cors = RegistryUIAccess.hostWithCors(HOST);
  const headers = (props: RegistryProps) => {
    const { registry } = synth({ ...anonymous, ingress: {}, ...props });
    const lines = registry.deployment.configuration.toYaml().split('\n');
    const names = lines
      .filter((line) => line.includes('Access-Control'))
      .map((line) => line.trim().replace(':', ''));
    return Object.fromEntries(
      names.map((name) => [name, lines[lines.findIndex((line) => line.includes(name)) + 1]?.trim()]),
    );
  };

  test('the browser talks to the registry, which lets the UI in', () => {
    const { env, prepare } = synth({ ...anonymous, ingress: {}, ui: { access: cors } });
    expect(env.REGISTRY_URL).toBe('https://registry.example.com');
    expect(env).not.toHaveProperty('NGINX_PROXY_PASS_URL');
    expect(env).not.toHaveProperty('REGISTRY_SECURED');
    expect(prepare).not.toContain('proxy_');
    expect(headers({ ui: { access: cors } })).toEqual({
      'Access-Control-Allow-Origin': '- https://images.example.com',
      'Access-Control-Allow-Methods': '- GET, HEAD',
      'Access-Control-Allow-Headers': '- Accept, Cache-Control',
      'Access-Control-Expose-Headers': '- Docker-Content-Digest',
      'Access-Control-Max-Age': '- "7200"',
    });
  });

  test('deletion is let in where the registry has it', () => {
    expect(headers({ storage: { deletion: true }, ui: { access: cors } })).toMatchObject({
      'Access-Control-Allow-Methods': '- GET, HEAD, DELETE',
    });
    expect(headers({ storage: { deletion: true, readOnly: true }, ui: { access: cors } })).toMatchObject({
      'Access-Control-Allow-Methods': '- GET, HEAD',
    });
  });

  test('all origins, said by hand, hold', () => {
    expect(headers({ configuration: { corsOrigin: '*' }, ui: { access: cors } })).toMatchObject({
      'Access-Control-Allow-Origin': '- "*"',
    });
  });

  test('another UI is let in without one here', () => {
    const chart = newChart();
    const { deployment } = new Registry(chart, 'registry', {
      ...anonymous,
      ingress: {},
      configuration: { corsOrigin: 'http://localhost:8000' },
    });
    expect(problemsIn(chart)).toEqual([]);
    expect(deployment.configuration.toYaml()).toContain(
      'Access-Control-Allow-Origin:\n      - http://localhost:8000\n',
    );
  });
});

test('the ConfigMap and the pods’ checksum hold what the UI added', () => {
  const text = (props: RegistryProps) =>
    JSON.stringify(
      manifestsIn(synth({ ingress: {}, ...props }).chart).filter(
        ({ metadata }) => metadata.name === 'registry-config',
      ),
    );
  expect(text({ ui: { catalogElementsLimit: 5000 } })).toContain('catalog:\\n  maxentries: 5000\\n');
  expect(text({ ui: { catalogElementsLimit: 500 } })).not.toContain('maxentries');
  const checksum = (limit?: number) =>
    manifest(synth({ ingress: {}, ui: { catalogElementsLimit: limit } }).chart, 'Deployment/registry').spec
      .template.metadata.annotations['checksum/config'];
  expect(checksum(5000)).not.toBe(checksum());
});

test('the notes name both hosts for the hosts file, and where the UI is', () => {
  const credentials = RegistryCredentials.users(RegistryUser.password('admin', 'correct-horse-battery'));
  const { registry } = synth(
    { auth: { credentials }, ingress: {}, ui: { access } },
    newChart(new LocalStore({ directory: newFolder() })),
  );
  expect(registry.notes()).toContain('If registry.example.com or images.example.com is not in your DNS');
  expect(registry.notes()).toContain('  <address> registry.example.com images.example.com\n');
  expect(registry.notes()).toContain('Open the UI\n   https://images.example.com/\n');
});
