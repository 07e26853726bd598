// What is wrong with access rules and the front.
import { Secret } from 'cdk8s-plus-27';
import {
  AccessRule,
  IngressController,
  Registry,
  RegistryAccess,
  RegistryCredentials,
  RegistryLogin,
  RegistryPullSecret,
  RegistryToolbox,
  RegistryUIAccess,
  RegistryUser,
  Subject,
} from '../../lib';
import { newChart } from '../support/synth';
import type { Row } from './row';

const USERS = {
  credentials: RegistryCredentials.users(RegistryUser.generated('admin'), RegistryUser.generated('ci')),
};
const access = (rules: unknown, groups?: Record<string, string[]>) => ({
  auth: USERS,
  access: RegistryAccess.rules(rules as AccessRule[], { groups }),
});
const at = '[chart/registry/front] access';

export const ACCESS: readonly Row[] = [
  {
    name: 'rules as a list of texts',
    props: { access: ['pull'] },
    says: [
      `${at}: a list of 1 is not a RegistryAccess; write e.g. RegistryAccess.rules([AccessRule.pull('**').toAllUsers()])`,
    ],
  },
  {
    name: 'no rule',
    props: access([]),
    says: [`${at}.rules: is empty; write e.g. AccessRule.pull('**').toAllUsers()`],
  },
  {
    name: 'something else than a rule, and a rule for nobody and nothing',
    props: access(['pull', AccessRule.pull()]),
    says: [
      `${at}.rules[0]: "pull" is not an AccessRule; write e.g. AccessRule.pull('**').toAllUsers()`,
      `${at}.rules[1]: has no pattern; write e.g. AccessRule.pull('team/**')`,
      `${at}.rules[1]: is for nobody; add .to(Subject.user('ci')), .toAllUsers() or .toEveryone()`,
    ],
  },
  ...[
    'Team/*',
    'team/a*',
    'team/',
    '/team',
    'team//a',
    'team/***',
    'team/[ab]',
    'a b',
    '',
    'team/.hidden',
    'a:v1',
  ].map(
    (pattern): Row => ({
      name: `the pattern "${pattern}"`,
      props: access([AccessRule.pull(pattern).toAllUsers()]),
      says: [
        `${at}.rules[0].patterns[0]: ${JSON.stringify(pattern)} is not a pattern of repositories; write parts of names with "*" for one part and "**" for one or more, e.g. "team/**"`,
      ],
    }),
  ),
  {
    name: 'a user and a group that are not there',
    props: access([AccessRule.pull('**').to(Subject.user('CI'), Subject.group('devs'))], {
      ops: ['admin', 'bob'],
    }),
    says: [
      `${at}.groups["ops"][1]: "bob" is not a user of the registry; write one of admin, ci, or add it there`,
      `${at}.rules[0].subjects[0]: "CI" is not a user of the registry; write one of admin, ci, or add it there`,
      `${at}.rules[0].subjects[1]: "devs" is not a group (there are: ops); add it: { groups: { 'devs': ['alice'] } }`,
    ],
  },
  {
    name: 'a group without users, and one whose name has a comma',
    props: access([AccessRule.pull('**').toAllUsers()], { none: [], 'a,b': ['ci'] }),
    says: [
      `${at}.groups["none"]: has no users; name a user, or leave the group out`,
      `${at}.groups["a,b"]: "a,b" is not the name of a group (letters, digits, spaces and "._:/@+-", at most 63); write e.g. "devs"`,
    ],
  },
  {
    name: 'everybody pushes and deletes',
    props: {
      ...access([AccessRule.push('**').toEveryone(), AccessRule.remove('**').toEveryone()]),
      storage: { deletion: true },
    },
    says: [
      `${at}.rules[0].subjects[0]: would permit everybody to push, without a login; write .toAllUsers(), or name users and groups`,
      `${at}.rules[1].subjects[0]: would permit everybody to remove, without a login; write .toAllUsers(), or name users and groups`,
    ],
  },
  {
    name: 'writes to caches, and names that the front completes',
    props: {
      ...access([
        AccessRule.push('team/**', 'docker.io/**', 'a.b_5000/c').toAllUsers(),
        AccessRule.pull(
          'docker.io/alpine',
          'docker.io/*',
          'docker.io/library/*',
          '*/*',
          'docker.io',
        ).toAllUsers(),
      ]),
      caches: [{ upstream: 'docker.io' }, { upstream: 'a.b:5000' }],
    },
    says: [
      `${at}.rules[0].patterns[1]: "docker.io/**" is the cache of docker.io, where nobody can push or delete; write AccessRule.pull('docker.io/**')`,
      `${at}.rules[0].patterns[2]: "a.b_5000/c" is the cache of a.b:5000, where nobody can push or delete; write AccessRule.pull('a.b_5000/c')`,
      ...['alpine', '*'].map(
        (name, index) =>
          `${at}.rules[1].patterns[${index}]: "docker.io/${name}" matches no request: images of Docker Hub without a part before their name are in docker.io/library; write "docker.io/library/${name}"`,
      ),
    ],
  },
  {
    name: 'deleting where nothing can be deleted',
    props: access([AccessRule.remove('**').toAllUsers()]),
    says: [
      `${at}.rules[0]: permits deleting, but the registry deletes no images; add storage: { deletion: true }, or leave the rule out`,
    ],
  },
  {
    name: 'rules for users where there are none',
    props: {
      auth: { credentials: RegistryCredentials.anonymous() },
      access: RegistryAccess.rules([AccessRule.pull('**').toAllUsers()]),
    },
    says: [
      `${at}.rules[0].subjects[0]: is for users, but the registry has none; leave RegistryCredentials.anonymous() out, or write .toEveryone()`,
    ],
  },
  {
    name: "the front's image, limits and proxies",
    props: {
      front: {
        image: 'nginx:latest',
        limits: { loginsPerSecond: 0, requestsPerSecond: 1.5 },
        trustedProxies: ['10.0.0.1'],
        kubernetesVersion: '1.28',
      },
    },
    says: [
      '[chart/registry/front] front.image: "nginx:latest" is tagged "latest", which is not a fixed version; write e.g. "nginx:1.30.5"',
      '[chart/registry/front] front.kubernetesVersion: "1.28" is not a version of Kubernetes with native sidecars; write the oldest version of your clusters, from 1.29, e.g. "1.33", or leave it out',
      '[chart/registry/front] front.limits.loginsPerSecond: 0 is not a whole number from 1 to 1000; write e.g. 5',
      '[chart/registry/front] front.limits.requestsPerSecond: 1.5 is not a whole number from 1 to 100000; write e.g. 1',
      '[chart/registry/front] front.trustedProxies[0]: "10.0.0.1" is not a CIDR range; write e.g. "10.0.0.1/32"',
    ],
  },
  {
    name: 'a UI that shows and deletes what nobody may',
    props: {
      ...access([AccessRule.push('**').toAllUsers()]),
      storage: { deletion: true },
      ingress: {},
      ui: { deleteImages: true },
    },
    says: [
      '[chart/registry/ui] ui: shows a list of repositories, which no access rule permits anybody to read; add AccessRule.catalog().toAllUsers(), or name administrators',
      "[chart/registry/ui] ui.deleteImages: true, but no access rule permits anybody to delete; add e.g. AccessRule.remove('**').to(Subject.user('admin')), or leave it out",
    ],
  },
  {
    name: 'a login, TLS and CORS of its own behind the front',
    props: {
      auth: { credentials: RegistryCredentials.anonymous() },
      front: {},
      ingress: {},
      ui: { access: RegistryUIAccess.hostWithCors('images.example.com') },
      configuration: {
        corsOrigin: '*',
        extra: { auth: { silly: { realm: 'x', service: 'y' } }, http: { tls: { clientcas: ['/x'] } } },
      },
      env: [{ name: 'REGISTRY_HTTP_TLS_CLIENTCAS', value: '[/x]' }],
    },
    says: [
      '[chart/registry/deployment] env[0].name: "REGISTRY_HTTP_TLS_CLIENTCAS" would override http.tls, which this library sets; leave it out, or write tls: {...}',
      '[chart/registry/deployment/configuration] configuration.corsOrigin: "*" does not work with the front, which does not know preflight requests; serve the UI on the same host or through a proxy: RegistryUIAccess.path() or .host(...)',
      '[chart/registry/deployment/configuration] configuration.extra.auth: an object would ask for a login of its own behind the front; leave it out; users are auth: { credentials: ... }, and what they may do is access: ...',
      '[chart/registry/deployment/configuration] configuration.extra.http.tls: an object has no effect: TLS ends in the front; leave it out, or leave out the front, the access rules and the caches',
      '[chart/registry/ui] ui.access: "https://images.example.com" does not work with the front, which does not know preflight requests; serve the UI on the same host or through a proxy: RegistryUIAccess.path() or .host(...)',
    ],
  },
  {
    name: 'a realm with characters of nginx',
    props: { auth: { realm: 'costs $5' }, front: {} },
    says: [
      '[chart/registry/front] auth.realm: "costs $5" is not supported by the front, which accepts letters, digits, spaces and "-._~/:"; write e.g. "Registry Realm"',
    ],
  },
  {
    name: 'a pull secret and a toolbox of a user who may not',
    build: ({ chart }) => {
      const registry = new Registry(
        chart,
        'registry',
        access([AccessRule.pull('**').to(Subject.user('ci'))]),
      );
      new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'] });
      new RegistryToolbox(chart, 'toolbox', { registry, login: RegistryLogin.ofUser({ user: 'ci' }) });
    },
    says: [
      "[chart/pull] login: no access rule permits \"admin\" to pull; add e.g. AccessRule.pull('**').to(Subject.user('admin')), or name another user",
      '[chart/toolbox] login: no access rule permits "ci" to list the repositories, and the toolbox is ready once it has; add AccessRule.catalog().to(Subject.user(\'ci\')), or name another user',
    ],
  },
  {
    name: 'rules beside tokens, which say who may do what',
    props: {
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token',
          service: 'registry.example.com',
          issuer: 'auth.example.com',
          jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
        }),
      },
      access: RegistryAccess.rules([AccessRule.pull('**').toAllUsers()]),
    },
    says: [
      '[chart/registry/front] access: does not work with tokens: the front passes them on, and does not know who a request is by; leave it out, or give the registry users of its own',
    ],
  },
  {
    name: 'what is no verifier, and rules for what it can not tell',
    props: {
      auth: {
        credentials: RegistryCredentials.verifier({
          url: 'http://auth.svc/check?x=$y',
          userHeader: 'X User',
          groupsHeader: 'a;b',
          caSecret: { secret: Secret.fromSecretName(newChart(), 'ca', 'ca') },
        }),
      },
      access: RegistryAccess.rules([AccessRule.pull('**').to(Subject.group('a,b'), Subject.user('anna'))], {
        groups: { devs: ['anna'] },
      }),
      ingress: { controller: IngressController.COMMUNITY_NGINX },
      ui: { login: true },
    },
    says: [
      '[chart/registry/auth] auth.credentials.options.url: is not the URL of a verifier; write http or https with a host, and a port and path, e.g. "http://oauth2-proxy.auth.svc:4180/oauth2/auth"',
      '[chart/registry/auth] auth.credentials.options.caSecret: is not read: the URL of the verifier has no https; leave it out, or write url: "https://..."',
      '[chart/registry/auth] auth.credentials.options.userHeader: "X User" is not the name of a header; write letters, digits and "-", e.g. "X-Auth-Request-User"',
      '[chart/registry/auth] auth.credentials.options.groupsHeader: "a;b" is not the name of a header; write letters, digits and "-", e.g. "X-Auth-Request-Groups"',
      "[chart/registry/front] access.groups: has no effect: a user's groups are those that the verifier tells; leave it out, and name users or its groups in the rules",
      '[chart/registry/front] access.rules[0].subjects[0]: "a,b" is not the name of a group (letters, digits, spaces and "._:/@+-", at most 63); write e.g. "devs"',
      '[chart/registry/ui] ui.login: true, but the users are those of the verifier, and no htpasswd file has them; leave it out: the registry asks for a login',
    ],
  },
  {
    name: 'a verifier whose certificate can not be checked',
    props: { auth: { credentials: RegistryCredentials.verifier({ url: 'https://10.0.0.9:9091/auth' }) } },
    says: [
      '[chart/registry/auth] auth.credentials.options.url: "https://10.0.0.9:9091/auth" has an address in the place of a name; write the name that its certificate is for, e.g. "https://authelia.auth.svc/api/authz/auth-request"',
    ],
  },
  ...[
    'https://auth.svc:99999/auth',
    'http://auth.svc:0/auth',
    'http://010.0.0.9/auth',
    'http://10.0/auth',
    'http://Auth',
  ].map((url) => ({
    name: `a verifier at ${url}`,
    props: { auth: { credentials: RegistryCredentials.verifier({ url }) } },
    says: [
      `[chart/registry/auth] auth.credentials.options.url: is not the URL of a verifier; write http or https with a host, and a port and path, e.g. "http://oauth2-proxy.auth.svc:4180/oauth2/auth"`,
    ],
  })),
];
