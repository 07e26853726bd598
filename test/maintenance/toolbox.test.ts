// The toolbox, and the collection at the start. What both do is in test/e2e/toolbox.test.ts.
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryToolbox,
  type RegistryToolboxProps,
  StorageBackend,
} from '../../lib';
import { notesOf } from '../../lib/app/notes/collector';
import { type Manifest, manifest, namesIn, newChart, textsOf } from '../support/synth';

function toolboxOf(
  about: RegistryProps = {},
  props: Partial<RegistryToolboxProps> = {},
): { chart: Chart; toolbox: RegistryToolbox; container: Manifest; spec: Manifest } {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', about);
  const toolbox = new RegistryToolbox(chart, 'toolbox', { registry, ...props });
  const { spec } = toolbox.deployment.toJson();
  return { chart, toolbox, spec, container: spec.template.spec.containers[0] };
}
const variables = ({ env }: Manifest) =>
  Object.fromEntries(env.map(({ name, value }: { name: string; value: string }) => [name, value]));
const hosts = (chart: Chart) =>
  JSON.parse(manifest(chart, 'ConfigMap/registry-toolbox').data['regctl.json']).hosts;

describe('toolbox', () => {
  test('trusts the CA where TLS ends in the pod', () => {
    const { chart, toolbox, container, spec } = toolboxOf();
    expect(toolbox.address).toBe('registry:5000');
    expect(variables(container)).toEqual({
      REGISTRY: 'registry:5000',
      REGCTL_CONFIG: '/toolbox/regctl.json',
      DOCKER_CONFIG: '/login',
      SSL_CERT_FILE: '/ca/ca.crt',
    });
    expect(hosts(chart)).toEqual({ 'registry:5000': { tls: 'enabled' } });
    expect(spec.template.spec.volumes.map(({ name }: { name: string }) => name)).toEqual([
      'tools',
      'login',
      'ca',
    ]);
    expect(
      Object.keys(JSON.parse(textsOf(manifest(chart, 'Secret/registry-toolbox'))['.dockerconfigjson']).auths),
    ).toEqual(['registry:5000']);
  });

  test('speaks plain HTTP inside where TLS ends at the ingress', () => {
    const { chart, container } = toolboxOf({ ingress: {} });
    expect(hosts(chart)).toEqual({ 'registry:5000': { tls: 'disabled' } });
    expect(
      Object.keys(JSON.parse(textsOf(manifest(chart, 'Secret/registry-toolbox'))['.dockerconfigjson']).auths),
    ).toEqual(['http://registry:5000']);
    expect(variables(container)).not.toHaveProperty('SSL_CERT_FILE');
  });

  test("goes by the address for everybody where the certificate is the user's own", () => {
    const tls = { certificate: RegistryCertificate.existingSecret({ name: 'certificate' } as never) };
    const { chart, toolbox } = toolboxOf({ host: 'registry.example.com', service: { port: 443 }, tls });
    expect(toolbox.address).toBe('registry.example.com');
    expect(hosts(chart)).toEqual({ 'registry.example.com': { tls: 'enabled' } });
    const ports = manifest(chart, 'NetworkPolicy/registry-toolbox').spec.egress.at(-1);
    expect(ports).toEqual({
      ports: [
        { port: 443, protocol: 'TCP' },
        { port: 5000, protocol: 'TCP' },
      ],
    });
  });

  test('needs no Secret for a registry without login', () => {
    const { chart, container } = toolboxOf({
      ingress: {},
      auth: { credentials: RegistryCredentials.anonymous() },
    });
    expect(namesIn(chart)).not.toContain('Secret/registry-toolbox');
    expect(variables(container)).not.toHaveProperty('DOCKER_CONFIG');
  });

  test('takes a Secret that exists', () => {
    const login = RegistryLogin.existingSecret(Secret.fromSecretName(newChart(), 'login', 'robot'));
    const { chart, spec } = toolboxOf({}, { login });
    expect(namesIn(chart)).not.toContain('Secret/registry-toolbox');
    expect(spec.template.spec.volumes[1].secret).toMatchObject({
      secretName: 'robot',
      items: [{ key: '.dockerconfigjson', path: 'config.json' }],
    });
  });

  test('stands still until it is scaled', () => {
    expect(toolboxOf({}, { running: false }).spec.replicas).toBe(0);
    expect(toolboxOf().spec.replicas).toBe(1);
  });

  test.each([true, false])('its notes have the commands that work, deletion: %s', (deletion) => {
    const { chart } = toolboxOf({ storage: { deletion } });
    const text = notesOf(chart.node.root).at(-1) ?? '';
    expect(text).toContain(
      'kubectl -n registry exec deployment/registry-toolbox -- regctl repo ls registry:5000\n',
    );
    expect(text.includes('delete-tag')).toBe(deletion);
  });
});

describe('collection at the start', () => {
  function collectorOf(props: RegistryProps): {
    collector: Manifest;
    registry: Manifest;
    strategy: Manifest;
  } {
    const chart = newChart();
    new Registry(chart, 'registry', {
      storage: { deletion: true },
      garbageCollection: { onStart: true },
      ...props,
    });
    const { strategy, template } = manifest(chart, 'Deployment/registry').spec;
    return {
      collector: template.spec.initContainers.at(-1),
      registry: template.spec.containers[0],
      strategy,
    };
  }

  test('runs as the registry does, with its own variables and mounts', () => {
    const { collector, registry } = collectorOf({
      env: [{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }],
    });
    for (const field of ['image', 'env', 'volumeMounts', 'resources', 'securityContext'])
      expect(collector[field]).toEqual(registry[field]);
    expect(collector.command).toEqual([
      'sh',
      '-c',
      expect.stringMatching(/\nregistry garbage-collect \/etc\/distribution\/config\.yml \|\| echo /),
    ]);
  });

  test.each<[string, RegistryProps, RegExp]>([
    ['2.8', { image: 'registry:2.8.3' }, /garbage-collect \/etc\/docker\/registry\/config\.yml/],
    ['3.x', {}, /garbage-collect \/etc\/distribution\/config\.yml/],
  ])('%s', (_, props, command) => {
    expect(collectorOf(props).collector.command[2]).toMatch(command);
  });

  test('comes after the containers of the user, who may prepare the volume', () => {
    const initContainers = [{ name: 'owner', image: 'busybox:1.37' }];
    expect(collectorOf({ initContainers }).collector.name).toBe('collect-garbage');
  });

  test('stops the pod before its successor starts, on shared storage too', () => {
    const backend = StorageBackend.existingClaim({ name: 'images' } as never, {
      accessMode: 'ReadWriteMany' as never,
    });
    expect(collectorOf({ storage: { backend, deletion: true } }).strategy).toEqual({ type: 'Recreate' });
  });
});
