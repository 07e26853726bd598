// What NOTES.txt says of each route: where it is found, what has to be set elsewhere, and which address is
// for whom.
import { ServiceType } from 'cdk8s-plus-27';
import { IngressController, LocalStore, Registry, type RegistryProps, TlsTermination } from '../../lib';
import { ROUTES } from '../catalogue/routes';
import { newFolder } from '../support/folder';
import { newChart, problemsIn } from '../support/synth';

const before = process.cwd();
beforeAll(() => process.chdir(newFolder()));
afterAll(() => process.chdir(before));

function notesOf(props: RegistryProps): string {
  const chart = newChart(new LocalStore());
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  expect(problemsIn(chart)).toEqual([]);
  return registry.notes();
}

/** The lines under a heading. */
function step(props: RegistryProps, heading: string): string[] {
  const text = notesOf(props)
    .split(/\n\n(?=\d)/)
    .find((one) => one.includes(heading));
  return (text ?? '')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^ {3}/, ''));
}

const READ_TIMEOUT = '--entryPoints.websecure.transport.respondingTimeouts.readTimeout=0s';

describe('the address', () => {
  test.each([
    [
      'an IngressRoute',
      'kubectl get service --all-namespaces -l app.kubernetes.io/name=traefik -o jsonpath=',
    ],
    ['an HTTPRoute on a Gateway that exists', 'kubectl -n gateways get gateway public -o jsonpath='],
    ['an HTTPRoute on a Gateway of its own', 'kubectl -n registry get gateway registry -o jsonpath='],
    ["F5's nginx", 'kubectl -n registry get ingress registry -o jsonpath='],
  ])('of %s', (name, command) => {
    expect(step(ROUTES[name] as RegistryProps, 'Find the address')[0]).toContain(command);
  });

  test('that was asked for can be compared', () => {
    const [, compare] = step(ROUTES['a load balancer with everything'] as RegistryProps, 'Find the address');
    expect(compare).toContain('It should be 192.168.1.50.');
  });
});

describe('what is set elsewhere', () => {
  const elsewhere = (props: RegistryProps) => step(props, 'Allow large and slow pushes').join('\n');

  test('Traefik, by its option for each entry point and by its chart', () => {
    expect(elsewhere({ ingress: { className: 'traefik' } })).toContain(READ_TIMEOUT);
    const two = elsewhere({ ingressRoute: { entryPoints: ['websecure', 'lan'] } });
    expect(two).toContain(READ_TIMEOUT);
    expect(two).toContain('--entryPoints.lan.transport.respondingTimeouts.readTimeout=0s');
    expect(two).toContain('ports: { lan: { transport: { respondingTimeouts: { readTimeout: 0s } } } }');
    expect(elsewhere(ROUTES["Traefik's ingress without TLS"] as RegistryProps)).toContain(
      '--entryPoints.web.transport',
    );
  });

  test("the cluster's default class, which may be Traefik's, as on k3s", () => {
    expect(elsewhere({ ingress: {} })).toContain("If the cluster's default ingress class is Traefik's");
    expect(elsewhere({ ingress: {} })).toContain(READ_TIMEOUT);
  });

  test('Gateways, by the program behind them', () => {
    const text = elsewhere(ROUTES['an HTTPRoute on a Gateway that exists'] as RegistryProps);
    expect(text).toContain('ClientSettingsPolicy');
    expect(text).toContain(READ_TIMEOUT);
  });

  test("F5's nginx and HAProxy", () => {
    expect(elsewhere({ ingress: { controller: IngressController.F5_NGINX } })).toContain(
      'proxy_request_buffering off;',
    );
    expect(elsewhere({ ingress: { className: 'haproxy' } })).toContain('timeout-server: 900s');
  });

  test.each<[string, RegistryProps]>([
    ["the community's nginx", { ingress: { controller: IngressController.COMMUNITY_NGINX } }],
    ['an unknown controller', { ingress: { className: 'own' } }],
    ['no route', {}],
  ])('nothing for %s', (_, props) => {
    expect(elsewhere(props)).toBe('');
  });
});

describe('the certificate', () => {
  test('needs no trust where Traefik or the Gateway has its own', () => {
    for (const name of ['an HTTPRoute on a Gateway that exists', 'an IngressRoute of the older group']) {
      expect(step(ROUTES[name] as RegistryProps, 'Trust')).toEqual([]);
    }
    expect(step(ROUTES['an HTTPRoute on a Gateway of its own'] as RegistryProps, 'Trust')).not.toEqual([]);
  });

  test('of cert-manager is waited for, and a pod that has it is restarted', () => {
    const wait = 'kubectl -n registry wait --for=condition=Ready certificate/registry-tls --timeout=5m';
    expect(step(ROUTES['cert-manager'] as RegistryProps, 'Wait until cert-manager')).toEqual([wait]);
    expect(step(ROUTES['cert-manager by annotation'] as RegistryProps, 'Wait until cert-manager')).toEqual([
      wait,
    ]);
    expect(step(ROUTES['cert-manager for the pod'] as RegistryProps, 'Wait until cert-manager')).toEqual([
      wait,
      expect.stringContaining('after each renewal'),
      'kubectl -n registry rollout restart deployment/registry',
    ]);
  });
});

describe('a pull address of its own', () => {
  const pullAddress = '10.0.0.9:30500';
  const pod = { termination: TlsTermination.POD };
  const nodePort = { type: ServiceType.NODE_PORT, nodePort: 30500 };

  test('is what nodes trust and pull from, and not what people push to', () => {
    const props = { ingress: {}, tls: pod, service: nodePort, pullAddress };
    const trust = step(props, 'Trust').join('\n');
    expect(trust.match(/certs\.d\/\S+\/ca\.crt$/gm)).toEqual([
      'certs.d/registry.example.com/ca.crt',
      'certs.d/10.0.0.9:30500/ca.crt',
      'certs.d/10.0.0.9:30500/ca.crt',
    ]);
    expect(trust).toContain('/etc/containerd/certs.d/10.0.0.9:30500/hosts.toml');
    expect(step(props, 'Push and pull').slice(-3)).toEqual([
      'docker push registry.example.com/hello:1.0',
      expect.stringContaining('On a node'),
      'docker pull 10.0.0.9:30500/hello:1.0',
    ]);
    expect(step(props, 'Log in')[0]).toContain('docker login registry.example.com -u admin');
  });

  test('needs the CA where only the pod has a certificate by it', () => {
    const trust = step(
      { ingressRoute: { certResolver: 'le' }, tls: pod, service: nodePort, pullAddress },
      'Trust',
    ).join('\n');
    expect(trust.match(/\/etc\/docker\/certs\.d\/\S+/g)).toEqual([
      '/etc/docker/certs.d/10.0.0.9:30500/ca.crt',
    ]);
    expect(trust).not.toContain('Browsers');
  });

  test('in clear must be accepted by the nodes', () => {
    const [line] = step(
      { auth: { insecurePasswordsOverHttp: true }, ingress: {}, service: nodePort, pullAddress },
      'Not encrypted',
    );
    expect(line).toContain('"insecure-registries": ["10.0.0.9:30500"]');
    const [inside] = step(
      {
        auth: { insecurePasswordsOverHttp: true },
        ingress: {},
        service: { clusterIP: '10.0.0.9' },
        pullAddress: '10.0.0.9:5000',
      },
      'Not encrypted',
    );
    expect(inside).toContain('"insecure-registries": ["10.0.0.9:5000"]');
  });
});
