// The UI: on the registry's host under /ui/, not as root, on a read-only root.
import {
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  RegistryUIAccess,
  type RegistryUIOptions,
  TlsTermination,
} from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

function synth(ui: RegistryUIOptions = {}, props: RegistryProps = {}) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    host: 'registry.example.com',
    ingress: {},
    ...props,
    ui,
  });
  expect(problemsIn(chart)).toEqual([]);
  const { metadata, spec } = manifest(chart, 'Deployment/registry-ui').spec.template;
  const env = Object.fromEntries(
    spec.containers[0].env.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
  return { chart, registry, metadata, pod: spec, container: spec.containers[0], env };
}

test('shows the one registry of its host', () => {
  const { container, env, registry } = synth();
  expect(container.image).toBe('joxit/docker-registry-ui:2.6.0');
  expect(env).toEqual({
    SINGLE_REGISTRY: 'true',
    REGISTRY_TITLE: 'registry.example.com',
    REGISTRY_URL: 'https://registry.example.com',
    PULL_URL: 'registry.example.com',
    REGISTRY_SECURED: 'true',
    DELETE_IMAGES: 'false',
    NGINX_LISTEN_PORT: '8080',
    ENABLE_VERSION_NOTIFICATION: 'false',
  });
  expect(registry.ui?.url).toBe('https://registry.example.com/ui/');
});

test('with a title, an image and deletion', () => {
  const { container, pod, env } = synth(
    { title: 'Our images', image: 'joxit/docker-registry-ui:2.5.7', deleteImages: true },
    { storage: { deletion: true } },
  );
  expect({ REGISTRY_TITLE: env.REGISTRY_TITLE, DELETE_IMAGES: env.DELETE_IMAGES }).toEqual({
    REGISTRY_TITLE: 'Our images',
    DELETE_IMAGES: 'true',
  });
  expect({ container: container.image, initContainer: pod.initContainers[0].image }).toEqual({
    container: 'joxit/docker-registry-ui:2.5.7',
    initContainer: 'joxit/docker-registry-ui:2.5.7',
  });
});

test('is reached under /ui by the host, class and certificate of the registry', () => {
  const { chart } = synth({}, { ingress: { className: 'nginx' } });
  expect(manifest(chart, 'Ingress/registry-ui').spec).toEqual({
    ingressClassName: 'nginx',
    tls: [{ hosts: ['registry.example.com'], secretName: 'registry-tls' }],
    rules: [
      {
        host: 'registry.example.com',
        http: {
          paths: [
            {
              path: '/ui',
              pathType: 'Prefix',
              backend: { service: { name: 'registry-ui', port: { name: 'http' } } },
            },
          ],
        },
      },
    ],
  });
});

test('stays plain HTTP behind the ingress where the registry’s pod speaks TLS', () => {
  const { chart, registry } = synth({}, { tls: { termination: TlsTermination.POD } });
  expect(
    Object.keys(manifest(chart, 'Ingress/registry-ui').metadata.annotations).filter(
      (key) => !key.startsWith('traefik'),
    ),
  ).toEqual([]);
  expect(registry.ui?.url).toBe('https://registry.example.com/ui/');
});

test('has no TLS where the registry has none', () => {
  const { chart, env, registry } = synth(
    {},
    {
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
    },
  );
  expect(env.REGISTRY_URL).toBe('http://registry.example.com');
  expect(registry.ui?.url).toBe('http://registry.example.com/ui/');
  expect(manifest(chart, 'Ingress/registry-ui').spec).not.toHaveProperty('tls');
});

test('its Service leads to its pod and not to the registry’s', () => {
  const { chart, metadata } = synth();
  const { selector, ports, type } = manifest(chart, 'Service/registry-ui').spec;
  expect(ports).toEqual([{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }]);
  expect(type).toBe('ClusterIP');
  expect(metadata.labels).toMatchObject(selector);
  expect(manifest(chart, 'Deployment/registry').spec.template.metadata.labels).not.toMatchObject(selector);
});

test('runs as the user nginx on a read-only root, with folders for what its start script edits', () => {
  // WHEN
  const { pod, container } = synth();

  // THEN
  expect(pod.securityContext).toMatchObject({
    runAsUser: 101,
    runAsGroup: 101,
    fsGroup: 101,
    runAsNonRoot: true,
  });
  expect(container.securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
  });
  const paths = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  expect(paths).toEqual(['/etc/nginx', '/usr/share/nginx/html', '/tmp', '/var/cache/nginx']);
  expect(new Set(pod.volumes.map(({ emptyDir }: { emptyDir: unknown }) => JSON.stringify(emptyDir)))).toEqual(
    new Set(['{"sizeLimit":"64Mi"}']),
  );
  const [prepare] = pod.initContainers;
  expect(prepare.command).toEqual(['sh', '-ec', expect.stringContaining('ln -s . /prepared/html/ui\n')]);
  expect(prepare.resources).toEqual(container.resources);
});

test('is asked for the UI itself', () => {
  const { container } = synth();
  expect(container.ports).toEqual([{ name: 'http', containerPort: 8080 }]);
  expect(container.readinessProbe.httpGet).toEqual({ path: '/ui/', port: 'http' });
  expect(container.livenessProbe.tcpSocket).toEqual({ port: 'http' });
});

test('stands under another path', () => {
  const { chart, container, pod, registry } = synth({ access: RegistryUIAccess.path({ path: '/browse' }) });
  expect(registry.ui?.url).toBe('https://registry.example.com/browse/');
  expect(manifest(chart, 'Ingress/registry-ui').spec.rules[0].http.paths[0].path).toBe('/browse');
  expect(container.readinessProbe.httpGet.path).toBe('/browse/');
  expect(pod.initContainers[0].command[2]).toContain('\nln -s . /prepared/html/browse\n');
});

test('lets nothing out but DNS, and is reached by its port alone', () => {
  const { spec } = manifest(synth().chart, 'NetworkPolicy/registry-ui');
  expect(spec.egress).toEqual([
    {
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
        { port: 5353, protocol: 'UDP' },
        { port: 5353, protocol: 'TCP' },
      ],
    },
  ]);
  expect(spec.ingress).toEqual([{ ports: [{ port: 'http', protocol: 'TCP' }] }]);
});

test('does without a network policy where that is said', () => {
  const { registry } = synth({ networkPolicy: { enabled: false } });
  expect(registry.ui?.node.tryFindChild('network')).toBeUndefined();
  expect(synth().registry.ui?.node.tryFindChild('network')).toBeDefined();
});
