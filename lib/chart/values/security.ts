// Values of logins and certificates.
import { TlsTermination } from '../../tls/tls';
import { EGRESS, STRINGS, USER_NAME } from './formats';
import { imageValues } from './pods';
import type { ChartEntry } from './value';

export const AUTH_VALUES = [
  {
    path: 'auth',
    type: 'group',
    description: 'Who may log in. By default one user, whose password is generated and kept in a Secret.',
  },
  {
    path: 'auth.enabled',
    type: 'boolean',
    default: true,
    description:
      'Whether clients must log in. Without, everyone who reaches the registry may pull, push and overwrite.',
  },
  {
    path: 'auth.username',
    type: 'string',
    default: 'admin',
    description: 'Name of the one user, whose password is generated.',
    schema: USER_NAME,
  },
  {
    path: 'auth.htpasswd',
    type: 'string',
    default: '',
    description:
      'An htpasswd file, or one entry of it, with bcrypt hashes: what `htpasswd -nB admin` prints. It is written to a Secret, without comments and empty lines.',
    secret: true,
  },
  {
    path: 'auth.existingSecret',
    type: 'string',
    default: '',
    description: "Name of a Secret that exists in the release's namespace, with an htpasswd file.",
    schema: STRINGS.name,
  },
  {
    path: 'auth.existingSecretKey',
    type: 'string',
    default: 'htpasswd',
    description: 'The key in `auth.existingSecret` that holds the file.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'auth.realm',
    type: 'string',
    default: 'Registry Realm',
    member: 'RegistryAuthOptions.realm',
    schema: { pattern: '^[^"\\\\\\x00-\\x1f\\x7f]+$' },
  },
  {
    path: 'auth.insecurePasswordsOverHttp',
    type: 'boolean',
    default: false,
    member: 'RegistryAuthOptions.insecurePasswordsOverHttp',
  },
  {
    path: 'auth.token',
    type: 'group',
    description:
      'Logins by tokens of a service elsewhere, such as Keycloak or GitLab. The registry verifies them and knows no users.',
  },
  {
    path: 'auth.token.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether clients log in by tokens. Then `realm` (or `autoRedirect`), `service`, `issuer` and a Secret with the keys are required.',
  },
  {
    path: 'auth.token.realm',
    type: 'string',
    default: '',
    member: 'RegistryTokenOptions.realm',
    schema: STRINGS.tokenRealm,
  },
  {
    path: 'auth.token.service',
    type: 'string',
    default: '',
    member: 'RegistryTokenOptions.service',
    schema: STRINGS.tokenName,
  },
  {
    path: 'auth.token.issuer',
    type: 'string',
    default: '',
    member: 'RegistryTokenOptions.issuer',
    schema: STRINGS.tokenName,
  },
  {
    path: 'auth.token.jwksSecret',
    type: 'string',
    default: '',
    description:
      'Name of a Secret that exists, with the public keys that sign tokens as a JSON Web Key Set. Distribution 3.x only. A key is known by its `kid`. Restart the registry when it changes.',
    schema: STRINGS.name,
  },
  {
    path: 'auth.token.jwksSecretKey',
    type: 'string',
    default: 'jwks.json',
    description: 'The key in `auth.token.jwksSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'auth.token.certificateSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret that exists, with the certificates of the keys that sign tokens, for example cert-manager's. On Distribution 3.x a key is known by its RFC 7638 thumbprint, on 2.8 by its libtrust fingerprint. Restart the registry when it changes.",
    schema: STRINGS.name,
  },
  {
    path: 'auth.token.certificateSecretKey',
    type: 'string',
    default: 'tls.crt',
    description: 'The key in `auth.token.certificateSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'auth.token.autoRedirect',
    type: 'boolean',
    default: false,
    member: 'RegistryTokenOptions.autoRedirect',
  },
  {
    path: 'auth.verifier',
    type: 'group',
    description:
      "Logins that a service elsewhere checks for the front: any that speaks nginx' auth_request, such as oauth2-proxy, Authelia or Authentik. Its users and groups reach the rules of `access`. With it there is a front.",
  },
  {
    path: 'auth.verifier.url',
    type: 'string',
    default: '',
    member: 'RegistryVerifierOptions.url',
    schema: STRINGS.verifierUrl,
  },
  {
    path: 'auth.verifier.userHeader',
    type: 'string',
    default: 'X-Auth-Request-User',
    member: 'RegistryVerifierOptions.userHeader',
    schema: STRINGS.headerName,
  },
  {
    path: 'auth.verifier.groupsHeader',
    type: 'string',
    default: 'X-Auth-Request-Groups',
    member: 'RegistryVerifierOptions.groupsHeader',
    schema: STRINGS.headerName,
  },
  {
    path: 'auth.verifier.caSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret that exists, with the CA that the service's certificate is checked with, for an https URL. By default: the CAs of the front's image.",
    schema: STRINGS.name,
  },
  {
    path: 'auth.verifier.caSecretKey',
    type: 'string',
    default: 'ca.crt',
    description: 'The key in `auth.verifier.caSecret`.',
    schema: STRINGS.dataKey,
  },
] as const satisfies readonly ChartEntry[];

export const TLS_VALUES = [
  {
    path: 'tls',
    type: 'group',
    description:
      'The certificate, and where TLS ends. By default a certificate is generated under a CA of its own, and kept.',
  },
  {
    path: 'tls.enabled',
    type: 'boolean',
    default: true,
    description:
      'Whether there is a certificate. Without, passwords travel unencrypted, unless something in front of the registry encrypts.',
  },
  {
    path: 'tls.existingSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret of type kubernetes.io/tls that exists in the release's namespace; then no certificate is made.",
    schema: STRINGS.name,
  },
  {
    path: 'tls.external',
    type: 'boolean',
    default: false,
    description:
      "Whether what is in front of the registry has a certificate already: an ingress controller's default one, Traefik's TLSStore, a cloud's load balancer, a tunnel. Then clients use HTTPS and passwords are allowed, no certificate is made, no Secret is named, and from there to the pod it is plain HTTP inside the cluster.",
  },
  {
    path: 'tls.certManager',
    type: 'group',
    description: 'A certificate that cert-manager gets and renews.',
  },
  {
    path: 'tls.certManager.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether cert-manager, which must run in the cluster, gets and renews the certificate.',
  },
  { path: 'tls.certManager.issuer', type: 'group', description: 'The issuer that signs it.' },
  {
    path: 'tls.certManager.issuer.kind',
    type: 'string',
    default: 'ClusterIssuer',
    description: 'Kind of the issuer.',
    choices: ['ClusterIssuer', 'Issuer'],
  },
  {
    path: 'tls.certManager.issuer.name',
    type: 'string',
    default: '',
    description: 'Name of the issuer.',
    schema: STRINGS.name,
  },
  {
    path: 'tls.certManager.extraHosts',
    type: 'array',
    default: [],
    member: 'CertManagerOptions.extraHosts',
    schema: { items: { type: 'string', ...STRINGS.host } },
  },
  {
    path: 'tls.certManager.privateCa',
    type: 'boolean',
    default: false,
    member: 'CertManagerOptions.privateCa',
  },
  {
    path: 'tls.termination',
    type: 'string',
    default: '',
    member: 'RegistryTlsOptions.termination',
    choices: Object.values(TlsTermination),
  },
] as const satisfies readonly ChartEntry[];

export const SECRETS_JOB_IMAGE = 'nginx:1.30.5';

export const SECRETS_VALUES = [
  {
    path: 'secrets',
    type: 'group',
    description: 'Who generates the password, the HTTP secret, the CA and the certificate.',
  },
  {
    path: 'secrets.source',
    type: 'string',
    default: 'lookup',
    description:
      'Where generated Secrets come from. `lookup`: Helm reads them from the cluster and generates what is missing. `job`: a hook Job does so in the cluster, and every rendering is the same: for Argo CD, `helm template` and whatever else renders without the cluster.',
    choices: ['lookup', 'job'],
  },
  { path: 'secrets.job', type: 'group', description: 'The Job of `secrets.source: job`.' },
  {
    path: 'secrets.job.image',
    type: 'group',
    description: "The Job's image, with a shell, curl, openssl and perl: Debian's nginx has all of them.",
  },
  ...imageValues('secrets.job.image', SECRETS_JOB_IMAGE),
  {
    path: 'secrets.job.apiServer',
    type: 'array',
    default: [],
    member: 'RegistryCollectionProps.apiServer',
    schema: EGRESS,
  },
] as const satisfies readonly ChartEntry[];
