// Wrong pull secrets and node trust.
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  DefaultServiceAccountPullSecrets,
  NodeRuntime,
  PemCertificate,
  Registry,
  RegistryAccess,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLocalHosting,
  RegistryLogin,
  RegistryNodeTrust,
  type RegistryProps,
  RegistryPullSecret,
  RegistryUser,
} from '../../lib';
import { PASSWORD, type Place, type Row, wrong } from './row';

const OPEN: RegistryProps = { auth: { credentials: RegistryCredentials.anonymous() } };
const HASHED: RegistryProps = {
  auth: {
    credentials: RegistryCredentials.users(
      RegistryUser.bcryptHash('admin', '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO'),
    ),
  },
};
const FROM_VARIABLE: RegistryProps = {
  auth: { credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('ci', 'CI_PASSWORD')) },
};
const HTPASSWD_OF = (user: string) =>
  `${user}:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO\n`;
const pem = ({ pems }: Place, more: Partial<PemCertificate> = {}) =>
  RegistryCertificate.pem({ ...pems.good, ...more });

type Given = Readonly<Record<string, unknown>>;

function pull(given: Given | ((place: Place) => Given), props: RegistryProps = {}): (place: Place) => void {
  return (place) => {
    const registry = new Registry(place.chart, 'registry', props);
    const own = typeof given === 'function' ? given(place) : given;
    new RegistryPullSecret(place.chart, 'pull', wrong({ registry, namespaces: ['shop'], ...own }));
  };
}

function accounts(given: Given): (place: Place) => void {
  return ({ chart }) => void new DefaultServiceAccountPullSecrets(chart, 'accounts', wrong(given));
}

function nodes(
  given: Given,
  props: RegistryProps | ((place: Place) => RegistryProps) = {},
): (place: Place) => void {
  return (place) => {
    const registry = new Registry(
      place.chart,
      'registry',
      typeof props === 'function' ? props(place) : props,
    );
    new RegistryNodeTrust(place.chart, 'nodes', wrong({ registry, ...given }));
  };
}

const WAYS_OUT =
  "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)";

export const PULL_SECRETS: readonly Row[] = [
  {
    name: 'a pull secret for a registry without login',
    build: pull({}, OPEN),
    says: [
      '[chart/pull] registry: allows anonymous pulls, so no pull secret is needed; leave the pull secret out',
    ],
  },
  {
    name: 'a pull secret for nobody',
    build: pull({ namespaces: [] }),
    says: ['[chart/pull] namespaces: is empty; list the namespaces that pull, e.g. ["shop"]'],
  },
  {
    name: 'a pull secret without namespaces',
    build: pull({ namespaces: undefined }),
    says: ['[chart/pull] namespaces: null is not a list; write namespaces: [...]'],
  },
  {
    name: 'namespaces that are none, or twice the same',
    build: pull({ namespaces: ['Shop', 'blog', 'blog'] }),
    says: [
      '[chart/pull] namespaces[0]: "Shop" is not a lower-case DNS label of at most 63 characters; write e.g. "shop"',
      '[chart/pull] namespaces[2]: "blog" is listed twice; remove it',
    ],
  },
  {
    name: 'a password that is known by its hash only',
    build: pull({}, HASHED),
    says: [`[chart/pull] login: "admin" is known only by the hash of the password; ${WAYS_OUT}`],
  },
  {
    name: 'a password that was given once and is not set now',
    build: pull({}, FROM_VARIABLE),
    store: { 'store/registry/registry/ci.htpasswd': HTPASSWD_OF('ci') },
    says: [
      `[chart/pull] login: the password of "ci" was given by CI_PASSWORD, which is not set now, and only its hash is stored; ${WAYS_OUT}`,
    ],
  },
  {
    name: 'users in a Secret that exists',
    build: pull(
      {},
      {
        auth: { credentials: RegistryCredentials.existingSecret({ secret: wrong({ name: 'basic-auth' }) }) },
      },
    ),
    says: [`[chart/pull] login: the registry's users are known only by hashes or by a Secret; ${WAYS_OUT}`],
  },
  {
    name: "the name of the registry's certificate",
    build: pull(
      { secretName: 'wildcard', namespaces: ['registry'] },
      { tls: { certificate: RegistryCertificate.existingSecret(wrong({ name: 'wildcard' })) } },
    ),
    says: [
      '[chart/pull] secretName: "wildcard" is a Secret that the registry uses, which the pull secret would replace; write e.g. "regcred"',
    ],
  },
  {
    name: 'a user that the registry does not have',
    build: pull({ login: RegistryLogin.password('robot', PASSWORD) }),
    says: [
      '[chart/pull] login.user: "robot" is not a user of the registry; write one of admin, or add it there',
    ],
  },
  {
    name: 'a login of a user that the registry does not have',
    build: pull({ login: RegistryLogin.ofUser({ user: 'robot' }) }),
    says: [
      '[chart/pull] login.user: "robot" is not a user of the registry; write one of admin, or add it there',
    ],
  },
  {
    name: 'an empty password',
    build: pull({ login: RegistryLogin.password('admin', '') }),
    says: [
      '[chart/pull] login.password: is not a password; write the password of the user, or use RegistryLogin.ofUser()',
    ],
  },
  {
    name: 'a variable that is not set',
    build: pull(() => ({ login: RegistryLogin.fromEnvironment('admin', 'PULL_PASSWORD_OF_NOBODY') })),
    says: [
      '[chart/pull] login: the environment variable PULL_PASSWORD_OF_NOBODY is not set; set it to the password of the user, or use RegistryLogin.ofUser()',
    ],
  },
  {
    name: 'a text as login',
    build: pull({ login: 'admin' }),
    says: ['[chart/pull] login: is not a RegistryLogin; write e.g. RegistryLogin.ofUser()'],
  },
  {
    name: 'a Secret that exists and nobody to use it',
    build: pull(({ chart }) => ({
      login: RegistryLogin.existingSecret(Secret.fromSecretName(chart, 'hub', 'hub-pull')),
    })),
    says: [
      '[chart/pull] login: the Secret exists, so there is nothing to write; add replaceDefaultPullSecrets: true, or leave this out',
    ],
  },
  {
    name: 'another name for a Secret that exists',
    build: pull(({ chart }) => ({
      login: RegistryLogin.existingSecret(Secret.fromSecretName(chart, 'hub', 'hub-pull')),
      secretName: 'pull',
      replaceDefaultPullSecrets: true,
    })),
    says: ['[chart/pull] secretName: "pull" differs from the existing Secret "hub-pull"; leave it out'],
  },
  {
    name: 'accounts of nobody, with nothing',
    build: accounts({ namespaces: [], secrets: [] }),
    says: [
      '[chart/accounts] namespaces: is empty; write e.g. ["shop"]',
      "[chart/accounts] secrets: is empty; write e.g. [Secret.fromSecretName(this, 'hub', 'docker-hub')]",
    ],
  },
  {
    name: 'accounts of no names',
    build: accounts({ namespaces: ['My Shop', 'shop', 'shop', 'kube-system'], secrets: 'hub' }),
    says: [
      '[chart/accounts] namespaces[0]: "My Shop" is not a lower-case DNS label of at most 63 characters; write e.g. "shop"',
      '[chart/accounts] namespaces[2]: "shop" is listed twice; remove it',
      '[chart/accounts] secrets: "hub" is not a list; write secrets: [...]',
      '[chart/accounts] namespaces: "kube-system" is a system namespace; leave it out',
    ],
  },
  {
    name: 'accounts with names of Secrets, one Secret twice, and one of another namespace',
    build: ({ chart }) => {
      const hub = Secret.fromSecretName(chart, 'hub', 'hub');
      const other = new Secret(chart, 'other', { metadata: { name: 'other', namespace: 'blog' } });
      const secrets = wrong(['hub', 'hub', hub, hub, other]);
      new DefaultServiceAccountPullSecrets(chart, 'accounts', { namespaces: ['shop'], secrets });
    },
    says: [
      "[chart/accounts] secrets[0]: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
      "[chart/accounts] secrets[1]: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
      '[chart/accounts] secrets[4]: "other" is in namespace "blog", but is used in "shop"; create it in "shop"',
      '[chart/accounts] secrets[3]: "hub" is listed twice; remove it',
    ],
  },
  {
    name: 'a port that only Kubernetes knows',
    build: pull({}, { host: '192.168.1.10', service: { type: ServiceType.NODE_PORT } }),
    says: [
      '[chart/pull] registry: Kubernetes assigns the port of the nodes, so it is unknown at synth; set service: { nodePort: 30500 }',
    ],
  },
];

export const NODE_TRUST: readonly Row[] = [
  {
    name: 'node trust of a certificate that nodes know',
    build: nodes({}, (place) => ({ host: 'registry.example.com', tls: { certificate: pem(place) } })),
    says: [
      '[chart/nodes] registry: its certificate was not issued by a CA of this library; leave this out if nodes already trust its CA, or set the CA: ca: "-----BEGIN CERTIFICATE-----..."',
    ],
  },
  {
    name: 'a CA for nodes that has ended',
    build: (place) => nodes({ ca: place.pems.endedCa.ca }).call(undefined, place),
    says: ['[chart/nodes] ca: expired on 2020-01-02; renew it'],
  },
  {
    name: 'a CA that is none',
    build: nodes({ ca: '/etc/ca.crt' }),
    says: [
      '[chart/nodes] ca: is not a certificate in PEM; give the content of the CA\'s file, from "-----BEGIN" to "-----END ...-----"',
    ],
  },
  {
    name: 'a CA with its key',
    build: (place) =>
      nodes({ ca: place.pems.good.certificate + place.pems.good.privateKey }).call(undefined, place),
    says: ['[chart/nodes] ca: contains a private key; write the certificate alone'],
  },
  {
    name: 'no runtimes',
    build: nodes({ runtimes: [] }),
    says: ['[chart/nodes] runtimes: is empty; write e.g. [NodeRuntime.CONTAINERD]'],
  },
  {
    name: 'a runtime that is not known',
    build: nodes({ runtimes: ['cri-o'] }),
    says: ['[chart/nodes] runtimes[0]: "cri-o" is not supported; write one of containerd, docker, k3s'],
  },
  {
    name: 'retired runtimes that are not retired, or not known',
    build: nodes({ retiredRuntimes: ['containerd', 'cri-o'] }),
    says: [
      '[chart/nodes] retiredRuntimes[0]: "containerd" is also in runtimes; remove it from one of the two',
      '[chart/nodes] retiredRuntimes[1]: "cri-o" is not supported; write one of containerd, docker, k3s',
    ],
  },
  {
    name: 'names of pull secrets that are none',
    build: nodes({ imagePullSecrets: ['mirror', 'Docker Hub', { name: 'hub' }] }),
    says: [
      '[chart/nodes] imagePullSecrets[1]: "Docker Hub" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "mirror"',
      '[chart/nodes] imagePullSecrets[2]: an object is not a string; write e.g. "mirror"',
    ],
  },
  {
    name: 'an endpoint with a path',
    build: nodes({ endpoint: 'https://10.0.0.5:30500/v2' }),
    says: [
      '[chart/nodes] endpoint: "https://10.0.0.5:30500/v2" is not a URL without a path; write e.g. "https://10.0.0.5:30500"',
    ],
  },
  {
    name: 'an endpoint without TLS',
    build: nodes({ endpoint: 'http://10.0.0.5:30500' }),
    says: [
      '[chart/nodes] endpoint: "http://10.0.0.5:30500" is not encrypted, but the registry uses TLS; write "https://10.0.0.5:30500"',
    ],
  },
  {
    name: 'an endpoint for Docker',
    build: nodes({ endpoint: 'https://10.0.0.5:30500', runtimes: [NodeRuntime.DOCKER] }),
    says: [
      '[chart/nodes] endpoint: "https://10.0.0.5:30500" is not supported by Docker, which connects to the host of the image name; leave NodeRuntime.DOCKER out',
    ],
  },
  {
    name: 'Docker and a registry without TLS',
    build: nodes(
      { runtimes: [NodeRuntime.DOCKER] },
      { ...OPEN, tls: { certificate: RegistryCertificate.none() } },
    ),
    says: [
      '[chart/nodes] runtimes: Docker accepts a registry without TLS only through daemon.json; leave NodeRuntime.DOCKER out and set "insecure-registries": ["registry.localhost:5000"] there',
    ],
  },
  {
    name: 'mirrors, with Docker on all nodes',
    build: nodes({ runtimes: [NodeRuntime.DOCKER], mirrorOf: ['docker.io'] }, OPEN),
    says: [
      '[chart/nodes] mirrorOf: has no effect on Docker, which is the only runtime; leave out mirrorOf, or add NodeRuntime.CONTAINERD to runtimes',
    ],
  },
  {
    name: 'a login for mirrors, and no mirrors',
    build: nodes({ mirrorLogin: RegistryLogin.ofUser() }),
    says: [
      '[chart/nodes] mirrorLogin: has no effect without mirrorOf; add e.g. mirrorOf: ["docker.io"], or leave it out',
    ],
  },
  {
    name: 'a login for mirrors from which everybody may pull',
    build: nodes({ mirrorOf: ['docker.io', 'quay.io'], mirrorLogin: RegistryLogin.ofUser() }, OPEN),
    says: [
      '[chart/nodes] mirrorLogin: everybody may pull images of docker.io, quay.io without a login; leave it out',
    ],
  },
  {
    name: 'a login for mirrors in a Secret that exists',
    build: nodes({
      mirrorOf: ['docker.io'],
      mirrorLogin: RegistryLogin.existingSecret(wrong({ name: 'regcred' })),
    }),
    says: [
      '[chart/nodes] mirrorLogin: names a Secret with a docker config, and nodes need the login in files of their own; write RegistryLogin.ofUser(...), fromEnvironment(...) or externalSecret(...)',
    ],
  },
  {
    name: 'a login for mirrors of a registry that verifies tokens',
    build: nodes(
      { mirrorOf: ['docker.io'], mirrorLogin: RegistryLogin.password('ci', PASSWORD) },
      ({ pems }) => ({
        auth: {
          credentials: RegistryCredentials.token({
            realm: 'https://auth.example.com/token',
            service: 'registry',
            issuer: 'auth',
            certificate: pems.good.certificate,
          }),
        },
      }),
    ),
    says: ['[chart/nodes] mirrorLogin: does not work with tokens; leave out mirrorLogin and mirrorOf'],
  },
  {
    name: 'a login for mirrors whose password is known by its hash',
    build: nodes({ mirrorOf: ['docker.io'], mirrorLogin: RegistryLogin.ofUser() }, () => ({
      auth: { credentials: RegistryCredentials.htpasswd(`admin:$2y$05$${'a'.repeat(53)}`) },
    })),
    says: [
      "[chart/nodes] mirrorLogin: the registry's users are known only by hashes or by a Secret; write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.externalSecret(...)",
    ],
  },
  {
    name: 'a login for mirrors that may pull nothing of them',
    build: (place) => {
      const access = RegistryAccess.rules([AccessRule.pull('team/**').toAllUsers()]);
      const props = { caches: [{ upstream: 'docker.io' }], access };
      const mirrorLogin = RegistryLogin.ofUser();
      nodes({ mirrorOf: ['docker.io'], mirrorLogin }, props)(place);
    },
    says: [
      "[chart/nodes] mirrorLogin: no access rule permits \"admin\" to pull; add e.g. AccessRule.pull('**').to(Subject.user('admin')), or name another user",
    ],
  },
  {
    name: 'a login for mirrors that is none',
    build: nodes({ mirrorOf: ['docker.io'], mirrorLogin: 'admin' }),
    says: ['[chart/nodes] mirrorLogin: is not a RegistryLogin; write e.g. RegistryLogin.ofUser()'],
  },
  {
    name: 'a CA, and a mirror of itself, without TLS',
    build: nodes(
      { mirrorOf: ['registry.localhost:5000'], ca: '-----BEGIN CERTIFICATE-----' },
      { ...OPEN, tls: { certificate: RegistryCertificate.none() } },
    ),
    says: [
      '[chart/nodes] mirrorOf[0]: "registry.localhost:5000" is the registry\'s own address; leave it out',
      '[chart/nodes] ca: is set, but registry.localhost:5000, which nodes pull from, has no TLS; leave out ca',
    ],
  },
  {
    name: 'a mirror of a URL, and of itself',
    build: nodes({ mirrorOf: ['https://docker.io', 'registry.localhost:5000'] }),
    says: [
      '[chart/nodes] mirrorOf[0]: "https://docker.io" is not the host of a registry; write e.g. "docker.io"',
      '[chart/nodes] mirrorOf[1]: "registry.localhost:5000" is the registry\'s own address; leave it out',
    ],
  },
  {
    name: "the registry's own namespace",
    build: nodes({ trustNamespace: 'registry' }),
    says: [
      '[chart/nodes] trustNamespace: "registry" is the namespace of the registry, which must stay restricted; write e.g. "registry-node-trust-registry"',
    ],
  },
  ...['default', 'kube-system'].map((trustNamespace) => ({
    name: `the cluster's own namespace ${trustNamespace} for node trust`,
    build: nodes({ trustNamespace }),
    says: [
      `[chart/nodes] trustNamespace: "${trustNamespace}" is a system namespace, which this app would own and make privileged; write e.g. "registry-node-trust-registry"`,
    ],
  })),
  {
    name: "another registry's namespace for node trust",
    build: (place) => {
      nodes({ trustNamespace: 'other' })(place);
      new Registry(place.chart, 'other', { namespace: 'other', createNamespace: true });
    },
    says: [
      '[chart/nodes] trustNamespace: "other" is the namespace of the registry chart/other, which must stay restricted; write e.g. "registry-node-trust-registry"',
    ],
  },
  {
    name: 'an image without a tag for the nodes',
    build: nodes({ image: 'busybox' }),
    says: ['[chart/nodes] image: "busybox" has no tag, which means "latest"; write e.g. "busybox:1.37.0"'],
  },
  ...['ask Bob', 'https://wiki:99999/a', 'https://wiki:080', 'http://[fd00::1]:99999/x'].map((help) => ({
    name: `help that is no URL: ${help}`,
    build: ({ chart }: Place) =>
      void new RegistryLocalHosting(chart, 'hosting', { registry: new Registry(chart, 'registry'), help }),
    says: ['[chart/hosting] help: is not a URL; write e.g. "https://wiki.example.com/registry"'],
  })),
  {
    name: 'help with a password, which is not shown',
    build: ({ chart }) =>
      void new RegistryLocalHosting(chart, 'hosting', {
        registry: new Registry(chart, 'registry'),
        help: 'https://me:pass@wiki.example.com',
      }),
    says: [
      '[chart/hosting] help: has a password, which everyone in the cluster could read; write the URL without it',
    ],
  },
  {
    name: 'wrong options of files that are printed',
    build: ({ chart }) => void new Registry(chart, 'registry').nodeFiles({ endpoint: 'registry' }),
    says: [
      '[chart/registry] endpoint: "registry" is not a URL without a path; write e.g. "https://10.0.0.5:30500"',
    ],
  },
];
