// Wrong ends of a copy: itself, logins that are missing, addresses that are none.
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AccessRule,
  CopyEndpoint,
  type CopyHostOptions,
  Registry,
  RegistryAccess,
  RegistryCertificate,
  RegistryCopy,
  type RegistryCopyProps,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryUser,
  Subject,
} from '../../lib';
import { type Place, type Row, wrong } from './row';

type Ends = (registry: Registry, chart: Chart) => Partial<RegistryCopyProps>;

function copy(ends: Ends, about: RegistryProps = {}): Row['build'] {
  return ({ chart }: Place) => {
    const registry = new Registry(chart, 'registry', about);
    new RegistryCopy(chart, 'copy', {
      source: CopyEndpoint.host('old.example.com', { anonymous: true }),
      target: CopyEndpoint.registry(registry),
      ...ends(registry, chart),
    });
  };
}

const from = (address: string, options: CopyHostOptions = { anonymous: true }): Ends => {
  return () => ({ source: CopyEndpoint.host(address, options) });
};
const login = (chart: Chart) => Secret.fromSecretName(chart, 'login', 'old-login');

export const COPIES: readonly Row[] = [
  {
    name: 'copy of a registry to itself',
    build: copy((registry) => ({ source: CopyEndpoint.registry(registry) })),
    says: ['[chart/copy] target: is the source, too: "registry:5000"; write another registry'],
  },
  {
    name: 'copy of a registry to itself by its host',
    build: copy(from('registry.example.com:443'), { host: 'registry.example.com', ingress: {} }),
    says: ['[chart/copy] target: is the source, too: "registry:5000"; write another registry'],
  },
  {
    name: 'copy of a registry to itself by its Service',
    build: copy(from('registry.registry.svc:5000')),
    says: ['[chart/copy] target: is the source, too: "registry:5000"; write another registry'],
  },
  {
    name: 'copy without a login',
    build: copy(from('old.example.com', {})),
    says: [
      '[chart/copy] source.login: is missing for the source "old.example.com"; write login: Secret.fromSecretName(chart, "login", "registry-login"), or anonymous: true if everybody may',
    ],
  },
  {
    name: 'copy with a login, and without one',
    build: copy((_, chart) =>
      from('old.example.com', { login: login(chart), anonymous: true })(wrong(0), chart),
    ),
    says: ['[chart/copy] source.anonymous: is true, and a login is given; leave out one of them'],
  },
  {
    name: 'copy with a login or a CA in clear',
    build: copy((_, chart) => ({
      source: CopyEndpoint.host('old.example.com', {
        login: login(chart),
        plainHttp: true,
        caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'old-ca') },
      }),
    })),
    says: [
      '[chart/copy] source.plainHttp: would send the login to "old.example.com" unencrypted; leave out plainHttp, or copy anonymously',
      '[chart/copy] source.caSecret: is a CA for "old.example.com", which is connected to without TLS; leave out plainHttp, or the CA',
    ],
  },
  {
    name: 'copy from what is no host',
    build: copy(from('https://old.example.com')),
    says: [
      '[chart/copy] source.address: is not the host of a registry; write it as in the names of images, e.g. "docker.io" or "harbor.example.com:8443"',
    ],
  },
  {
    name: 'copy from a host with a password, with passwords for options',
    build: copy((registry) => ({
      source: CopyEndpoint.host('https://u:hunter2@old.example.com', { login: wrong('hunter2') }),
      target: CopyEndpoint.registry(registry, wrong('hunter2')),
    })),
    says: [
      '[chart/copy] source.address: is not the host of a registry; write it as in the names of images, e.g. "docker.io" or "harbor.example.com:8443"',
      "[chart/copy] source.login: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
      '[chart/copy] target.options: is not a CopyRegistryOptions; write e.g. { login }',
    ],
  },
  {
    name: 'copy with null for options',
    build: copy((registry) => ({
      source: CopyEndpoint.host('old.example.com', wrong(null)),
      target: CopyEndpoint.registry(registry, wrong(null)),
    })),
    says: [
      '[chart/copy] source.options: is not a CopyHostOptions; write e.g. { login }',
      '[chart/copy] source.login: is missing for the source "old.example.com"; write login: Secret.fromSecretName(chart, "login", "registry-login"), or anonymous: true if everybody may',
      '[chart/copy] target.options: is not a CopyRegistryOptions; write e.g. { login }',
    ],
  },
  ...['localhost:5000', '127.0.0.1:5000', '127.1.2.3', '0.0.0.0:5000'].map((host) => ({
    name: `copy from ${host}`,
    build: copy(from(host)),
    says: [
      `[chart/copy] source.address: "${host}" is the pod of the copy itself; write the host that other machines know, or CopyEndpoint.registry(registry) for a registry of this app`,
    ],
  })),
  {
    name: 'copy from Docker Hub by another name',
    build: copy(from('registry-1.docker.io')),
    says: [
      '[chart/copy] source.address: is not the host of a registry; write it as in the names of images, e.g. "docker.io" or "harbor.example.com:8443"',
    ],
  },
  {
    name: 'copy between others',
    build: copy(() => ({ target: CopyEndpoint.host('new.example.com', { anonymous: true }) })),
    says: [
      '[chart/copy] props: has no registry of this app; write CopyEndpoint.registry(registry) for the source or the target',
    ],
  },
  {
    name: 'copy to a read-only registry',
    build: copy(() => ({}), { storage: { readOnly: true } }),
    says: ['[chart/copy] target: is read-only; leave out storage: { readOnly: true } until it is done'],
  },
  {
    name: 'copy across namespaces',
    build: copy((_, chart) => ({
      source: CopyEndpoint.registry(new Registry(chart, 'old', { name: 'old', namespace: 'elsewhere' })),
    })),
    says: [
      `[chart/copy] source: "old" is in another namespace than the target; write CopyEndpoint.host('old.elsewhere.svc:5000', { login, caSecret }), or its external host`,
    ],
  },
  {
    name: 'copy of wrong repositories, at a wrong time',
    build: copy(() => ({
      repositories: ['Team/*', wrong(7)],
      schedule: 'daily',
      overwrite: wrong('yes'),
      image: 'regsync:latest',
    })),
    says: [
      '[chart/copy] repositories[0]: "Team/*" is not a pattern of repositories; write parts of names with "*" for one part and "**" for one or more, e.g. "team/**"',
      '[chart/copy] repositories[1]: 7 is not a pattern of repositories; write parts of names with "*" for one part and "**" for one or more, e.g. "team/**"',
      '[chart/copy] schedule: "daily" is not a schedule of minute, hour, day of month, month and day of week; write e.g. "30 2 * * *"',
      '[chart/copy] overwrite: "yes" is not a boolean; write true or false',
      '[chart/copy] image: "regsync:latest" is tagged "latest", which is not a fixed version; write e.g. "ghcr.io/regclient/regsync:v0.11.7-alpine"',
    ],
  },
  {
    name: 'copy of no repositories, from no ranges',
    build: copy(() => ({
      source: CopyEndpoint.host('old.example.com', { anonymous: true, ranges: [] }),
      repositories: [],
    })),
    says: [
      '[chart/copy] source.ranges: is empty; write e.g. ["10.0.0.0/8"]',
      '[chart/copy] repositories: is empty; write e.g. ["team/**"]',
    ],
  },
  {
    name: 'copy from a range that is none',
    build: copy(from('old.example.com', { anonymous: true, ranges: ['10.1.2.3'] })),
    says: ['[chart/copy] source.ranges[0]: "10.1.2.3" is not a CIDR range; write e.g. "10.1.2.3/32"'],
  },
  {
    name: 'copy by users who may not',
    build: copy(
      (registry, chart) => ({
        source: CopyEndpoint.registry(
          new Registry(chart, 'old', {
            name: 'old',
            auth: { credentials: RegistryCredentials.users(RegistryUser.generated('bot')) },
            access: RegistryAccess.rules([AccessRule.pull('team/**').to(Subject.user('bot'))]),
          }),
        ),
        target: CopyEndpoint.registry(registry),
      }),
      {
        auth: { credentials: RegistryCredentials.users(RegistryUser.generated('admin')) },
        access: RegistryAccess.rules([AccessRule.push('team/**').to(Subject.user('admin'))]),
      },
    ),
    says: [
      `[chart/copy] source.login: no access rule permits "bot" to list the repositories, and patterns with stars need the list; add AccessRule.catalog().to(Subject.user('bot')), name another user, or write repositories without stars`,
      `[chart/copy] source.login: no access rule permits "bot" to pull in **; add AccessRule.pull('**').to(Subject.user('bot')), name another user, or write other repositories`,
      `[chart/copy] target.login: no access rule permits "admin" to push in **; add AccessRule.push('**').to(Subject.user('admin')), name another user, or write other repositories`,
    ],
  },
  {
    name: 'copy of a registry with too long a name',
    build: copy(() => ({}), { name: 'a-registry-whose-name-is-very-long-and-longer-st' }),
    says: [
      '[chart/copy] props: makes the CronJob "a-registry-whose-name-is-very-long-and-longer-st-copy", whose name has 53 characters, and more than 52; write a shorter name of the registry, or of the copy',
    ],
  },
  {
    name: 'copy to a registry whose users are those of a token service',
    build: copy(() => ({}), {
      host: 'registry.example.com',
      ingress: {},
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token',
          service: 'registry',
          issuer: 'auth',
          jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
        }),
      },
    }),
    says: [
      '[chart/copy] target: "registry.example.com" gets its tokens from a server that these manifests do not know; leave the copy out, or give the registry users of its own with RegistryCredentials.users(...)',
    ],
  },
  {
    name: 'copies of one name, of wrong names and of too long ones',
    build: ({ chart }: Place) => {
      const target = CopyEndpoint.registry(new Registry(chart, 'registry', {}));
      const source = CopyEndpoint.host('old.example.com', { anonymous: true });
      ['one', 'two', 'three', 'four', 'five'].forEach((id, index) => {
        const copyName = [undefined, undefined, 'nightly', 'Nightly', 'n'.repeat(39)][index];
        new RegistryCopy(chart, id, { source, target, copyName });
      });
    },
    says: [
      '[chart/two] copyName: chart/one makes "registry-copy", too; name one of them, e.g. copyName: "nightly"',
      '[chart/four] copyName: "Nightly" is not a name of lower-case letters, digits and "-"; write e.g. "nightly"',
      '[chart/four] copyName: chart/one makes "registry-copy", too; name one of them, e.g. copyName: "nightly"',
      `[chart/five] copyName: makes the CronJob "registry-copy-${'n'.repeat(39)}", whose name has 53 characters, and more than 52; write a shorter name of the registry, or of the copy`,
    ],
  },
  {
    name: 'copy into a cache',
    build: copy(() => ({ repositories: ['docker.io/library/*', 'docker.io', '**'] }), {
      caches: [{ upstream: 'docker.io' }],
    }),
    says: [
      '[chart/copy] repositories: "docker.io/library/*" is in the cache of docker.io, where nobody can push; leave it out',
    ],
  },
  {
    name: 'copy by a user whose password is unknown, and with a login that is not asked for',
    build: ({ chart }: Place) => {
      const hashes = RegistryCredentials.htpasswd(
        'alice:$2y$10$WIc5CCTHNP3mXkBYk5aWKuYyUQKNkQxqLY4aFzTjjCVvgg8fAFnrq',
      );
      new RegistryCopy(chart, 'copy', {
        source: CopyEndpoint.registry(
          new Registry(chart, 'old', {
            name: 'old',
            tls: { certificate: RegistryCertificate.none() },
            auth: { credentials: RegistryCredentials.anonymous() },
          }),
          { login: RegistryLogin.existingSecret(login(chart)) },
        ),
        target: CopyEndpoint.registry(new Registry(chart, 'registry', { auth: { credentials: hashes } })),
      });
    },
    says: [
      '[chart/copy] source.login: has no effect: the registry asks nobody for a login; leave it out, or give the registry users',
      "[chart/copy] target.login: the registry's users are known only by hashes or by a Secret; write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    ],
  },
];
