// Who may talk to the pods, and what they may talk to.
import { k8s } from 'cdk8s-plus-27';
import { Registry, type RegistryProps, RegistryToolbox, RegistryUIAccess } from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

function policies(props: RegistryProps) {
  const chart = newChart();
  new Registry(chart, 'registry', props);
  expect(problemsIn(chart)).toEqual([]);
  return {
    registry: manifest(chart, 'NetworkPolicy/registry').spec,
    ui: props.ui && manifest(chart, 'NetworkPolicy/registry-ui').spec,
  };
}

const DNS = {
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
    { port: 5353, protocol: 'UDP' },
    { port: 5353, protocol: 'TCP' },
  ],
};
const podsOf = (component: string) => ({
  matchLabels: {
    'app.kubernetes.io/name': 'registry',
    'app.kubernetes.io/instance': 'registry',
    'app.kubernetes.io/component': component,
  },
});

test('both pods: in by their one port, out to DNS', () => {
  const { registry, ui } = policies({ ingress: {}, ui: {} });
  const spec = {
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ ports: [{ port: 'http', protocol: 'TCP' }] }],
    egress: [DNS],
  };
  expect(registry).toEqual({ ...spec, podSelector: podsOf('registry') });
  expect(ui).toEqual({ ...spec, podSelector: podsOf('ui') });
});

test('the port is that of HTTPS where the pod speaks it', () => {
  expect(policies({}).registry.ingress).toEqual([{ ports: [{ port: 'https', protocol: 'TCP' }] }]);
});

test('narrowed to a namespace, and opened to a storage, for each pod by itself', () => {
  // GIVEN
  const controller: k8s.NetworkPolicyPeer = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
  };
  const storage: k8s.NetworkPolicyEgressRule = {
    to: [{ ipBlock: { cidr: '10.0.0.0/8' } }],
    ports: [{ port: k8s.IntOrString.fromNumber(443), protocol: 'TCP' }],
  };

  // WHEN
  const { registry, ui } = policies({
    networkPolicy: { allowFrom: [controller], allowTo: [storage] },
    ingress: {},
    ui: { networkPolicy: { allowFrom: [{ podSelector: {} }] } },
  });

  // THEN
  expect(registry.ingress).toEqual([{ from: [controller], ports: [{ port: 'http', protocol: 'TCP' }] }]);
  expect(registry.egress).toEqual([
    DNS,
    { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443, protocol: 'TCP' }] },
  ]);
  expect(ui.ingress).toEqual([{ from: [{ podSelector: {} }], ports: [{ port: 'http', protocol: 'TCP' }] }]);
  expect(ui.egress).toEqual([DNS]);
});

test('a port that is a plain number or name is written, and does not open all ports', () => {
  const ports = [{ port: 443 }, { port: 'https', protocol: 'UDP' }] as never[];
  const { registry } = policies({ networkPolicy: { allowTo: [{ ports }] } });
  expect(registry.egress).toContainEqual({ ports: [{ port: 443 }, { port: 'https', protocol: 'UDP' }] });
});

test('none where that is said', () => {
  const { node } = new Registry(newChart(), 'registry', { networkPolicy: { enabled: false } });
  expect(node.findAll().filter(({ node: { id } }) => id === 'network')).toEqual([]);
});

describe('the toolbox', () => {
  const controller: k8s.NetworkPolicyPeer = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
  };
  const inward = (props: RegistryProps) => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', { ingress: {}, ...props });
    new RegistryToolbox(chart, 'toolbox', { registry });
    expect(problemsIn(chart)).toEqual([]);
    return manifest(chart, 'NetworkPolicy/registry').spec.ingress;
  };

  test('is let in beside those who are named', () => {
    const ports = [{ port: 'http', protocol: 'TCP' }];
    const from = [controller, { podSelector: podsOf('toolbox') }];
    expect(inward({ networkPolicy: { allowFrom: [controller] } })).toEqual([{ from, ports }]);
    expect(inward({})).toEqual([{ ports }]);
  });

  test("is not let in to the UI's proxy by that", () => {
    const chart = newChart();
    const ui = { access: RegistryUIAccess.host('ui.example.com') };
    const registry = new Registry(chart, 'registry', {
      ingress: {},
      ui,
      networkPolicy: { allowFrom: [controller] },
    });
    new RegistryToolbox(chart, 'toolbox', { registry });
    expect(manifest(chart, 'NetworkPolicy/registry').spec.ingress[0].from).toEqual([
      controller,
      { podSelector: podsOf('ui') },
      { podSelector: podsOf('toolbox') },
    ]);
    expect(manifest(chart, 'NetworkPolicy/registry-ui').spec.ingress[0].from).toEqual([controller]);
  });

  test('needs no policy to be let in by', () => {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', { networkPolicy: { enabled: false } });
    new RegistryToolbox(chart, 'toolbox', {
      registry,
      env: [{ name: 'HTTPS_PROXY', value: 'http://10.0.0.9:3128' }],
    });
    expect(manifest(chart, 'NetworkPolicy/registry-toolbox').spec.egress.at(-1)).toEqual({
      to: [{ ipBlock: { cidr: '10.0.0.9/32' } }],
      ports: [{ port: 3128, protocol: 'TCP' }],
    });
  });
});
