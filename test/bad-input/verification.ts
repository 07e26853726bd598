// Wrong verifications.
import { Duration, Size } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  Registry,
  RegistryAccess,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryUser,
  RegistryVerification,
  type RegistryVerificationProps,
  Subject,
  VerificationAddress,
} from '../../lib';
import { type Row, wrong } from './row';

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
const ROUTED: RegistryProps = { host: 'registry.example.com', ingress: {} };

export const VERIFICATION: readonly Row[] = [
  verified(
    'a verification with values that are none',
    {},
    {
      address: wrong('ingress'),
      schedule: '0 2 * *',
      timeZone: 'Mars/Olympus',
      timeLimit: Duration.millis(1500),
      repository: 'Verification',
      layerSize: Size.kibibytes(1023),
      image: 'curl',
      userId: 0,
      userFromPlatform: true,
      caSecret: wrong('ca'),
      allowTo: [{}],
      login: wrong('admin'),
      resources: wrong('1Gi'),
    },
    [
      'address: "ingress" is not supported; write one of SERVICE, HOST, BOTH',
      'login: is not a RegistryLogin; write e.g. RegistryLogin.ofUser()',
      "allowTo[0]: an object names neither peers nor ports, and would allow all egress; write e.g. { ports: [{ port: 443 }] }, or { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] } if that is intended",
      'repository: "Verification" is not the name of a repository; write e.g. "verification" or "team/verification": lower-case letters and digits, with ".", "_" and "-" between them',
      'schedule: "0 2 * *" is not a schedule of minute, hour, day of month, month and day of week; write e.g. "30 2 * * *"',
      'layerSize: "1023Ki" is not from 1 MiB to 5 GiB; write e.g. Size.mebibytes(16)',
      "caSecret: is not { secret, key }; write e.g. { secret: Secret.fromSecretName(this, 'secret', 'my-secret') }",
      'image: "curl" has no tag, which means "latest"; write e.g. "nginx:1.30.5"',
      'userId: 0 is not a whole number from 1 to 2147483647; write e.g. 1000',
      'userId: 0 conflicts with userFromPlatform: true; leave one of them out',
      'resources: "1Gi" is not an object; write e.g. resources: {}',
      'timeZone: "Mars/Olympus" is not a time zone; write e.g. "Europe/Berlin"',
      'timeLimit: "1.5 s" is not a positive whole number of seconds; write e.g. Duration.minutes(15)',
    ],
  ),
  verified('a layer of more than 5 GiB', {}, { layerSize: Size.gibibytes(6) }, [
    'layerSize: "6Gi" is not from 1 MiB to 5 GiB; write e.g. Size.mebibytes(16)',
  ]),
  verified('a layer whose size is a string', {}, { layerSize: wrong('6Gi') }, [
    'layerSize: "6Gi" is not a Size; write e.g. Size.mebibytes(16)',
  ]),
  verified('a verification that never comes', {}, { schedule: '0 0 30 2 *' }, [
    'schedule: "0 0 30 2 *" never comes: none of its months has such a day; write e.g. "30 2 * * *"',
  ]),
  verified(
    'a verification whose password is not known',
    { auth: { credentials: RegistryCredentials.users(RegistryUser.bcryptHash('admin', HASH)) } },
    {},
    [
      `login: "admin" is known only by the hash of the password; write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)`,
    ],
  ),
  verified(
    'a verification that may not push',
    { ...ROUTED, access: RegistryAccess.rules([AccessRule.push('team/**').to(Subject.user('admin'))]) },
    {},
    [
      `repository: no access rule permits "admin" to push to "verification"; add AccessRule.push('verification').to(...), name another login, or another repository`,
    ],
  ),
  verified(
    'a verification in a cache',
    { ...ROUTED, caches: [{ upstream: 'docker.io' }] },
    { repository: 'docker.io/library/it' },
    [
      'repository: "docker.io/library/it" is in the cache of docker.io, where nobody can push or delete; name another repository',
    ],
  ),
  verified(
    'a verification with a login of a token service',
    {
      ...ROUTED,
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token',
          service: 'registry',
          issuer: 'auth',
          jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
        }),
      },
    },
    { login: RegistryLogin.password('ci', 'secret') },
    [
      'login: is for users of the registry, and these are users of a token service; leave it out: what needs no login is verified',
    ],
  ),
  verified('a registry whose name is too long for a verification', { name: 'r'.repeat(40) }, {}, [
    `registry: makes the CronJob "${'r'.repeat(40)}-verification", whose name has 53 characters, and more than 52; write a shorter name of the registry`,
  ]),
  verified(
    'a verification at a node port that Kubernetes chooses',
    { service: { type: ServiceType.NODE_PORT } },
    { address: VerificationAddress.HOST },
    [
      'registry: Kubernetes assigns the port of the nodes, so it is unknown at synth; set service: { nodePort: 30500 }',
    ],
  ),
];

function verified(
  name: string,
  props: RegistryProps,
  verification: Partial<RegistryVerificationProps>,
  says: readonly string[],
): Row {
  return {
    name,
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', props);
      new RegistryVerification(chart, 'verification', { registry, ...verification });
    },
    says: says.map((message) => `[chart/verification] ${message}`),
  };
}
