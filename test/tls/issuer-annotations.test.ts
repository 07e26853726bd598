// cert-manager's annotations, given for all objects of a registry, at its Ingress, or at both: one issuer
// orders one certificate, or the app is refused.

import { type ApiObject, Testing } from 'cdk8s';
import { k8s, Secret } from 'cdk8s-plus-27';
import {
  FixedStore,
  IngressController,
  Registry,
  RegistryCertificate,
  RegistryGateway,
  type RegistryProps,
  RegistryUIAccess,
} from '../../lib';
import { withoutCode } from '../support/messages';
import { type Manifest, newChart, problemsIn } from '../support/synth';

const ISSUER = 'cert-manager.io/issuer';
const CLUSTER_ISSUER = 'cert-manager.io/cluster-issuer';
const access = RegistryUIAccess.host('images.example.com');

function made(props: RegistryProps): { problems: string[]; objects: Manifest[] } {
  const chart = newChart();
  new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  const problems = problemsIn(chart);
  return { problems, objects: problems.length > 0 ? [] : (Testing.synth(chart) as Manifest[]) };
}

/** What cert-manager is told: Secrets, by the issuers of the Ingresses that name them. */
function orders(objects: readonly Manifest[]): string[] {
  return objects.flatMap(({ kind, metadata: { annotations = {} }, spec }) =>
    kind !== 'Ingress' || !(annotations[ISSUER] || annotations[CLUSTER_ISSUER])
      ? []
      : spec.tls.map(
          (tls: Manifest) =>
            `${tls.secretName} by ${annotations[ISSUER] ?? ''}/${annotations[CLUSTER_ISSUER] ?? ''}`,
        ),
  );
}

const FINE: Record<string, [RegistryProps, string[]]> = {
  'for all objects': [{ annotations: { [ISSUER]: 'ca' }, ingress: {} }, ['registry-tls by ca/']],
  'for all objects, with a UI': [
    { annotations: { [CLUSTER_ISSUER]: 'ca' }, ingress: {}, ui: {} },
    ['registry-tls by /ca'],
  ],
  'for all objects, with a UI on its own host': [
    { annotations: { [ISSUER]: 'ca' }, ingress: {}, ui: { access } },
    ['registry-tls by ca/', 'registry-ui-tls by ca/'],
  ],
  'for all objects, F5’s nginx': [
    { annotations: { [ISSUER]: 'ca' }, ingress: { controller: IngressController.F5_NGINX }, ui: {} },
    ['registry-tls by ca/'],
  ],
  'at both, the same': [
    { annotations: { [ISSUER]: 'ca' }, ingress: { annotations: { [ISSUER]: 'ca' } } },
    ['registry-tls by ca/'],
  ],
  'at both, of which the Ingress’s counts': [
    { annotations: { [ISSUER]: 'ca' }, ingress: { annotations: { [ISSUER]: 'other' } }, ui: { access } },
    ['registry-tls by other/', 'registry-ui-tls by other/'],
  ],
  'of another kind, where the Ingress takes away the first': [
    {
      annotations: { [ISSUER]: 'ca' },
      ingress: { annotations: { [ISSUER]: '', [CLUSTER_ISSUER]: 'other' } },
      ui: {},
    },
    ['registry-tls by /other'],
  ],
  'taken away at the Ingress': [
    { annotations: { [ISSUER]: 'ca' }, ingress: { annotations: { [ISSUER]: '' } }, ui: {} },
    [],
  ],
  'without an Ingress': [{ annotations: { [ISSUER]: 'ca' } }, []],
  'with a kind of its own': [
    {
      ingress: {
        annotations: {
          [ISSUER]: 'ca',
          'cert-manager.io/issuer-kind': 'AWSPCAIssuer',
          'cert-manager.io/issuer-group': 'x.io',
        },
      },
    },
    ['registry-tls by ca/'],
  ],
};

test.each(Object.entries(FINE))('%s', (_, [props, wanted]) => {
  const { problems, objects } = made(props);
  expect(problems).toEqual([]);
  expect(orders(objects)).toEqual(wanted);
  // Nobody else writes what cert-manager fills.
  const secrets = objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name);
  for (const order of wanted) expect(secrets).not.toContain(order.split(' ')[0]);
});

test('with a Secret that exists, cert-manager fills that', () => {
  const chart = newChart();
  const certificate = RegistryCertificate.existingSecret(Secret.fromSecretName(chart, 'pair', 'pair'));
  new Registry(chart, 'registry', {
    tls: { certificate },
    annotations: { [ISSUER]: 'ca' },
    ingress: {},
    ui: {},
  });
  expect(problemsIn(chart)).toEqual([]);
  expect(orders(Testing.synth(chart) as Manifest[])).toEqual(['pair by ca/']);
});

const both = (key: string, value: string, other: string, at = 'chart/registry/ingress/ingress') =>
  `annotations["${key}"]: "${value}" conflicts with "${CLUSTER_ISSUER}": "${other}" at ${at}, and cert-manager accepts only one issuer; remove one of them: in ingress.annotations an empty string removes what annotations sets`;
const ANOTHER =
  'requests a certificate from cert-manager, but tls.certificate sets another one; leave one of them out';
const certManager = 'tls: { certificate: RegistryCertificate.certManager({...}) }';

const WRONG: Record<string, [RegistryProps, string[], atPage?: Record<string, string>]> = {
  'an issuer at one, a ClusterIssuer at the other': [
    { annotations: { [ISSUER]: 'ca' }, ingress: { annotations: { [CLUSTER_ISSUER]: 'all' } } },
    [both(ISSUER, 'ca', 'all')],
  ],
  'the other way round': [
    { annotations: { [CLUSTER_ISSUER]: 'all' }, ingress: { annotations: { [ISSUER]: 'ca' } } },
    [both(ISSUER, 'ca', 'all')],
  ],
  'both at the Ingress': [
    { ingress: { annotations: { [ISSUER]: 'ca', [CLUSTER_ISSUER]: 'all' } } },
    [both(ISSUER, 'ca', 'all')],
  ],
  'the kind of an issuer beside a ClusterIssuer': [
    {
      annotations: { 'cert-manager.io/issuer-kind': 'X' },
      ingress: { annotations: { [CLUSTER_ISSUER]: 'all' } },
    },
    [both('cert-manager.io/issuer-kind', 'X', 'all')],
  ],
  'an issuer for all objects beside a certificate': [
    { annotations: { [ISSUER]: 'ca' }, ingress: {}, tls: { certificate: RegistryCertificate.selfSigned() } },
    [`[chart/registry] annotations["${ISSUER}"]: ${ANOTHER}`],
  ],
  'an issuer at the UI, on the registry’s host': [
    { ingress: {}, ui: {} },
    [
      `annotations: the issuer at chart/registry/ui/ingress makes cert-manager write the Secret "registry-tls", which chart/registry/tls/secret also provides; remove the issuer there (an empty string removes a common annotation), or let cert-manager issue the certificate: ${certManager}`,
    ],
    { [ISSUER]: 'ca' },
  ],
  'an issuer at the UI and another at the registry': [
    { ingress: { annotations: { [ISSUER]: 'ca' } }, ui: {} },
    [
      'annotations: the issuers at chart/registry/ingress/ingress and at chart/registry/ui/ingress each make cert-manager write the Secret "registry-tls", which only one Certificate can own; leave one of them out',
    ],
    { [CLUSTER_ISSUER]: 'all' },
  ],
  'an issuer at a Gateway whose certificate is made here': [
    {
      httpRoute: {
        gateway: RegistryGateway.newGateway({ className: 'nginx', annotations: { [ISSUER]: 'ca' } }),
      },
    },
    [
      `annotations: the issuer at chart/registry/http-route/gateway makes cert-manager write the Secret "registry-tls", which chart/registry/tls/secret also provides; remove the issuer there (an empty string removes a common annotation), or let cert-manager issue the certificate: ${certManager}`,
    ],
  ],
};

test.each(Object.entries(WRONG))('%s is refused', (_, [props, wanted, atPage = {}]) => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ...props });
  for (const [key, value] of Object.entries(atPage))
    (registry.node.findChild('ui').node.findChild('ingress') as ApiObject).metadata.addAnnotation(key, value);
  const problems = chart.node.root.node.findAll().flatMap(({ node }) =>
    node
      .validate()
      .map(withoutCode)
      .map((problem) => (node.path ? `[${node.path}] ${problem}` : problem)),
  );
  expect(problems).toEqual(wanted);
});

test('an issuer of the Ingress fills no Secret that the app writes', () => {
  const chart = newChart(new FixedStore(), { namespace: 'registry' });
  new k8s.KubeSecret(chart, 'secret', { metadata: { name: 'my-tls' } });
  new Registry(chart, 'registry', {
    host: 'a.example.com',
    ingress: { annotations: { 'cert-manager.io/cluster-issuer': 'le' } },
    tls: { certificate: RegistryCertificate.existingSecret(Secret.fromSecretName(chart, 'tls', 'my-tls')) },
  });
  expect(problemsIn(chart).join()).toContain('makes cert-manager write the Secret "my-tls"');
});
