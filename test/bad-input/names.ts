// Wrong hosts, names and namespaces, and names that clash.
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Registry, RegistryTls } from '../../lib';
import { type Row } from './row';

export const NAMES: readonly Row[] = [
  {
    name: 'a host with a scheme',
    props: { host: 'https://registry.example.com' },
    says: [
      '[chart/registry] host: "https://registry.example.com" has a scheme; write "registry.example.com"',
    ],
  },
  {
    name: 'a host with a path',
    props: { host: 'registry.example.com/v2/' },
    says: ['[chart/registry] host: "registry.example.com/v2/" has a path; write "registry.example.com"'],
  },
  {
    name: 'a host with a port',
    props: { host: 'registry.example.com:5000' },
    says: ['[chart/registry] host: "registry.example.com:5000" has a port; write "registry.example.com"'],
  },
  {
    name: 'a host with scheme, upper case, port and path',
    props: { host: 'HTTPS://Registry.Example.com:443/v2' },
    says: [
      '[chart/registry] host: "HTTPS://Registry.Example.com:443/v2" has a scheme; write "registry.example.com"',
    ],
  },
  {
    name: 'a wildcard host',
    props: { host: '*.example.com' },
    says: ['[chart/registry] host: "*.example.com" is a wildcard; write "registry.example.com"'],
  },
  {
    name: 'a host in upper case',
    props: { host: 'Registry.Example.com' },
    says: [
      '[chart/registry] host: "Registry.Example.com" is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'a host with a user',
    props: { host: 'admin@registry.example.com' },
    says: [
      '[chart/registry] host: "admin@registry.example.com" is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'a host with a space',
    props: { host: 'registry example.com' },
    says: [
      '[chart/registry] host: "registry example.com" is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'a host with an underscore',
    props: { host: 'my_registry.example.com' },
    says: [
      '[chart/registry] host: "my_registry.example.com" is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'a host that ends in a dot',
    props: { host: 'registry.example.com.' },
    says: [
      '[chart/registry] host: "registry.example.com." is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'an IPv6 address as host',
    props: { host: 'fd00::1' },
    says: ['[chart/registry] host: "fd00::1" is an IPv6 address; write "registry.example.com"'],
  },
  {
    name: 'an IPv4 address as the host of an ingress',
    props: { host: '192.168.1.10', ingress: {} },
    says: [
      '[chart/registry/ingress] host: "192.168.1.10" is an address, not a host name; write "registry.example.com"',
    ],
  },
  {
    name: 'an IPv4 address out of range',
    props: { host: '192.168.1.300' },
    says: [
      '[chart/registry] host: "192.168.1.300" is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'an empty host',
    props: { host: '' },
    says: ['[chart/registry] host: "" is not a host name in lower case; write "registry.example.com"'],
  },
  {
    name: 'a host of 254 characters',
    props: { host: `${'a.'.repeat(125)}test` },
    says: [
      '[chart/registry] host: "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a..." is not a host name in lower case; write "registry.example.com"',
    ],
  },
  {
    name: 'a number as host',
    props: { host: 5000 },
    says: ['[chart/registry] host: 5000 is not a string; write e.g. "registry.example.com"'],
  },
  {
    name: 'a wrong host of RegistryTls alone',
    build: ({ chart }) => new RegistryTls(chart, 'tls', { host: 'https://registry.example.com' }),
    says: ['[chart/tls] host: "https://registry.example.com" has a scheme; write "registry.example.com"'],
  },
  {
    name: 'a name in upper case',
    props: { name: 'Registry' },
    says: [
      '[chart/registry] name: "Registry" is not a lower-case DNS label that begins with a letter, of at most 50 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'a name that begins with a digit',
    props: { name: '2nd' },
    says: [
      '[chart/registry] name: "2nd" is not a lower-case DNS label that begins with a letter, of at most 50 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'a name with a dot',
    props: { name: 'my.registry' },
    says: [
      '[chart/registry] name: "my.registry" is not a lower-case DNS label that begins with a letter, of at most 50 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'a name of 51 characters',
    props: { name: 'r'.repeat(51) },
    says: [
      '[chart/registry] name: "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr" is not a lower-case DNS label that begins with a letter, of at most 50 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'an empty name',
    props: { name: '' },
    says: [
      '[chart/registry] name: "" is not a lower-case DNS label that begins with a letter, of at most 50 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'a number as name',
    props: { name: 5 },
    says: ['[chart/registry] name: 5 is not a string; write e.g. "registry"'],
  },
  {
    name: 'a namespace with a space',
    props: { namespace: 'my registry' },
    says: [
      '[chart/registry] namespace: "my registry" is not a lower-case DNS label of at most 63 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'a namespace with a dot',
    props: { namespace: 'team.registry' },
    says: [
      '[chart/registry] namespace: "team.registry" is not a lower-case DNS label of at most 63 characters; write e.g. "registry"',
    ],
  },
  {
    name: "a wrong namespace of the chart's",
    build: ({ app }) => new Registry(new Chart(app, 'other', { namespace: 'Team_A' }), 'registry'),
    says: [
      '[other/registry] the chart\'s namespace: "Team_A" is not a lower-case DNS label of at most 63 characters; write e.g. "registry"',
    ],
  },
  {
    name: 'a namespace to be made that is not named',
    build: ({ app }) => new Registry(new Chart(app, 'other'), 'registry', { createNamespace: true }),
    says: ['[other/registry] createNamespace: true, but no namespace is named; add namespace: "registry"'],
  },
  ...['default', 'kube-system', 'kube-public'].map((namespace) => ({
    name: `the cluster's own namespace ${namespace}, to be made`,
    props: { namespace, createNamespace: true },
    says: [
      `[chart/registry] createNamespace: true would take over the system namespace "${namespace}": Pod Security restricted would apply to other pods there, and \`kubectl delete\` would delete it; write namespace: "registry" (REGISTRY_NAMESPACE in the default app), or createNamespace: false (REGISTRY_CREATE_NAMESPACE=false)`,
    ],
  })),
  {
    name: 'a text for createNamespace',
    props: { createNamespace: 'yes' },
    says: ['[chart/registry] createNamespace: "yes" is not a boolean; write true or false'],
  },
];

export const CLASHES: readonly Row[] = [
  {
    name: 'two registries of one name in a namespace',
    build: ({ chart }) => ['a', 'b'].map((id) => new Registry(chart, id)),
    says: [
      'name: chart/a and chart/b each define Secret "registry-auth" in namespace "registry", Secret "registry-tls" in namespace "registry", PersistentVolumeClaim "registry" in namespace "registry", ConfigMap "registry-config" in namespace "registry", Secret "registry-http" in namespace "registry", NetworkPolicy "registry" in namespace "registry", Deployment "registry" in namespace "registry", Service "registry" in namespace "registry"; give each its own name or namespace',
    ],
  },
  {
    name: "a registry that is called as another one's UI",
    build: ({ chart }) => [
      new Registry(chart, 'a', { ingress: {}, ui: {} }),
      new Registry(chart, 'b', { name: 'registry-ui', host: 'b.example.com', ingress: {} }),
    ],
    says: [
      'name: chart/a and chart/b each define Deployment "registry-ui" in namespace "registry", Service "registry-ui" in namespace "registry", Ingress "registry-ui" in namespace "registry", NetworkPolicy "registry-ui" in namespace "registry"; give each its own name or namespace',
    ],
  },
  {
    name: "an object of the user's with the name of one of the registry's",
    build: ({ chart }) => [
      new Registry(chart, 'registry'),
      new k8s.KubeService(chart, 'mine', { metadata: { name: 'registry' } }),
    ],
    says: [
      'name: chart/registry and chart/mine each define Service "registry" in namespace "registry"; give each its own name or namespace',
    ],
  },
];
