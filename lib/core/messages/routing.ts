// Messages about routes.
import type { Table } from './code-messages';

/** Words by code. */
export const ROUTING_WORDS = {
  'certificate-from-two-sources': {
    says: 'has cert-manager get a certificate, but tls.certificate is another one',
    instead: 'leave one of them out',
    why: 'cert-manager would write over the certificate that tls names.',
    values: { says: 'has cert-manager get a certificate, but tls names another one' },
  },
  'certificate-resolved-twice': {
    says: '<value> gets a certificate, but tls.certificate is another one',
    instead: 'leave one of them out',
    why: "Traefik's resolver and the Secret compete for one host.",
    values: { says: '<value> gets a certificate, but tls names another one' },
  },
  'certificate-shown-to-nobody': {
    says: 'is shown to nobody, because the Gateway "<name>" exists and has its own',
    instead: 'leave it out, or use RegistryGateway.newGateway({ className: "nginx" })',
    why: 'An existing Gateway has a certificate of its own.',
    values: {
      path: 'tls',
      says: 'the certificate is shown to nobody, because the Gateway "<name>" exists and has its own',
      instead:
        'leave it out, write tls: { enabled: false }, or httpRoute: { gateway: { className: "nginx" } } without a name',
    },
  },
  'class-named-twice': {
    says: '<value> stands beside className: "<class>", and the API server refuses an Ingress with both',
    instead: 'leave one of them out',
    why: 'The API server refuses an Ingress with both.',
  },
  'gateway-without-certificate': {
    says: 'is made here, and its listener needs a certificate, but tls.certificate is that of something else',
    instead: 'give another one, or name a Gateway that exists',
    why: 'A listener for HTTPS needs a certificate in a Secret.',
    values: {
      says: 'is made here, and its listener needs a certificate, but tls.external: true is of one that something else has',
      instead: 'leave that out, or name a Gateway that exists by httpRoute.gateway.name',
    },
  },
  'login-secret-without-login': {
    says: 'means nothing without a login',
    instead: 'add login: true, or leave it out',
    why: "The Secret is used by the UI's login only.",
    values: { instead: 'add ui: { login: true }, or leave it out' },
  },
  missing: {
    says: 'is missing',
    instead: 'write e.g. "<example>"',
    why: 'It has no default.',
  },
  'no-effect-here': {
    says: '<value> means nothing, because <why>',
    instead: 'leave it out',
    why: 'The setting has no effect in this combination.',
  },
  'no-entry-points': {
    says: "is empty, so the host would be on all of Traefik's default entry points",
    instead: 'write e.g. ["<example>"]',
    why: "Traefik's default entry points may be unencrypted.",
  },
  'node-port-unknown': {
    says: 'Kubernetes chooses its port on the nodes, which is not known here',
    instead: 'choose it by service: { nodePort: 30500 }',
    why: 'Nodes pull by this port, so it must be known at synth.',
  },
  'not-a-gateway': {
    says: '<value> is not a RegistryGateway',
    instead:
      'write e.g. RegistryGateway.existing({ name: "public" }) or RegistryGateway.newGateway({ className: "nginx" })',
    why: 'A route needs a Gateway that takes its requests.',
  },
  'not-a-traefik-name': {
    says: '<value> is not a name in Traefik',
    instead: 'write e.g. "<example>"',
    why: 'Traefik finds it by no other name.',
  },
  'realm-unsupported': {
    says: '<value> can\'t be told to <controller>, which takes letters, digits, spaces and "-._~/:"',
    instead: 'write e.g. "Registry Realm"',
    why: 'The controller would reject the annotation or cut the realm.',
  },
  'several-routes': {
    says: 'each would lead the host to the registry',
    instead: 'keep one of them',
    why: 'Two routes of one host compete, and which one wins is up to the controllers.',
  },
  'ui-login-without-users': {
    says: 'true, but the registry has no login that the UI could share',
    instead: 'leave it out, or add auth.credentials',
    why: "The UI's login uses the registry's users.",
    values: { instead: 'leave it out, or add auth: { enabled: true }' },
  },
  'middleware-needs-namespace': {
    says: "is not named, but an Ingress of Traefik finds the Middleware, which does the UI's login, by it",
    instead: 'add namespace: "registry"',
    why: 'Traefik names a Middleware by namespace and name.',
  },
  'transport-needs-namespace': {
    says: 'is not named, but Traefik finds the ServersTransport, by which it trusts the pod, by it',
    instead: 'add namespace: "registry"',
    why: 'Traefik names a ServersTransport by namespace and name.',
  },
  'ingress-without-certificate': {
    says: 'the ingress has no certificate and would carry passwords in clear',
    instead:
      'add tls: { certificate: RegistryCertificate.selfSigned() }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the way could read the passwords of basic auth.',
    values: {
      instead: 'add tls: { enabled: true }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'ingress-route-without-certificate': {
    says: 'the IngressRoute has no certificate and would carry passwords in clear',
    instead:
      'add ingressRoute: { certResolver: "letsencrypt" } or tls: { certificate: RegistryCertificate.selfSigned() }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the way could read the passwords of basic auth.',
    values: {
      instead:
        'add ingressRoute: { certResolver: "letsencrypt" } or tls: { enabled: true }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'new-gateway-without-certificate': {
    says: 'the Gateway has no certificate and would carry passwords in clear',
    instead:
      'add tls: { certificate: RegistryCertificate.selfSigned() }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the way could read the passwords of basic auth.',
    values: {
      instead: 'add tls: { enabled: true }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'gateway-without-tls': {
    says: 'the Gateway "<gateway>" takes HTTP and would carry passwords in clear',
    instead: 'name one with an HTTPS listener, or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the way could read the passwords of basic auth.',
  },
  'ui-login-at-a-gateway': {
    says: 'true, but the Gateway API has no basic auth that all implementations support',
    instead: 'leave it out, or use ingress or ingressRoute',
    why: "The UI's login is basic auth at the route, and the Gateway API has none.",
  },
  'ui-login-at-haproxy': {
    says: 'true, but HAProxy takes no htpasswd file',
    instead: "leave it out: the registry's own login guards the images",
    why: "The UI's login is basic auth at the ingress controller, with the registry's htpasswd file.",
  },
  'ui-login-at-unknown-controller': {
    says: 'true, but the ingress controller is unknown, and one that ignores the annotations would show the UI to everyone',
    instead: 'name it by e.g. ingress: { controller: IngressController.COMMUNITY_NGINX }',
    why: 'Controllers silently ignore annotations that they do not know.',
    values: { instead: 'name it by e.g. ingress: { controller: COMMUNITY_NGINX }' },
  },
  'htpasswd-under-another-key': {
    says: 'true, but <controller> wants the htpasswd file in a Secret under the key "<key>", and that of "<secret>" is "<secretKey>"',
    instead:
      "call the key so and write RegistryCredentials.existingSecret({ secret, key: '<key>' }), or name one that has it by ui.loginSecret",
    why: 'The controller reads no other key.',
    values: {
      instead:
        'call the key so and write auth: { existingSecretKey: <key> }, or name one that has it by ui.loginSecret',
    },
  },
  'htpasswd-of-unknown-type': {
    says: 'true, but <controller> wants the htpasswd file in a Secret of type <type> under the key "<key>", and that of "<secret>" is "<secretKey>" in a Secret whose type is not known here',
    instead: 'name one that has it by ui.loginSecret',
    why: 'The controller ignores Secrets of other types.',
  },
} as const satisfies Table;
