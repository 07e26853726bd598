// Messages about routes.
import type { Table } from './code-messages';

/** Words by code. */
export const ROUTING_WORDS = {
  'certificate-from-two-sources': {
    says: 'requests a certificate from cert-manager, but tls.certificate sets another one',
    instead: 'leave one of them out',
    why: 'cert-manager would overwrite the certificate that tls sets.',
    values: {
      says: 'requests a certificate from cert-manager, but tls sets another one',
      instead: 'leave the annotation or the certificate of tls out',
    },
  },
  'certificate-resolved-twice': {
    says: '<value> requests a certificate, but tls.certificate sets another one',
    instead: 'leave one of them out',
    why: "Traefik's resolver and the Secret compete for one host.",
    values: {
      says: '<value> requests a certificate, but tls sets another one',
      instead: 'leave ingressRoute.certResolver or the certificate of tls out',
    },
  },
  'certificate-shown-to-nobody': {
    says: 'is not used, because the existing Gateway "<name>" has its own',
    instead: 'leave it out, or use RegistryGateway.newGateway({ className: "nginx" })',
    why: 'An existing Gateway has a certificate of its own.',
    values: {
      path: 'tls',
      says: 'the certificate is not used, because the existing Gateway "<name>" has its own',
      instead:
        'leave the certificate out of tls, write tls: { enabled: false }, or httpRoute: { gateway: { className: "nginx" } } without a name',
    },
  },
  'class-named-twice': {
    says: '<value> conflicts with className: "<class>", and the API server refuses an Ingress with both',
    instead: 'leave one of them out',
    why: 'The API server refuses an Ingress with both.',
    values: { instead: 'leave the annotation or ingress.className out' },
  },
  'gateway-without-certificate': {
    says: 'is created here and its listener needs a certificate, but tls.certificate is external',
    instead: 'set another one, or use an existing Gateway',
    why: 'A listener for HTTPS needs a certificate in a Secret.',
    values: {
      says: 'is created here and its listener needs a certificate, but tls.external: true provides none',
      instead: 'leave tls.external out, or set httpRoute.gateway.name to an existing Gateway',
    },
  },
  'login-secret-without-login': {
    says: 'has no effect without a login',
    instead: 'add login: true, or leave it out',
    why: 'Only the login of the UI uses the Secret.',
    values: { instead: 'add ui: { login: true }, or leave ui.loginSecret out' },
  },
  missing: {
    says: 'is missing',
    instead: 'write e.g. "<example>"',
    why: 'It has no default.',
  },
  'no-effect-here': {
    says: '<value> has no effect, because <why>',
    instead: 'leave it out',
    why: 'The setting has no effect in this combination.',
  },
  'no-entry-points': {
    says: "is empty, which means all of Traefik's default entry points",
    instead: 'write e.g. ["<example>"]',
    why: "Traefik's default entry points may be unencrypted.",
  },
  'node-port-unknown': {
    says: 'Kubernetes assigns the port of the nodes, so it is unknown at synth',
    instead: 'set service: { nodePort: 30500 }',
    why: 'Nodes pull by this port, so it must be known at synth.',
    values: { says: 'Kubernetes assigns the port of the nodes, so it is unknown before' },
  },
  'not-a-gateway': {
    says: '<value> is not a RegistryGateway',
    instead:
      'write e.g. RegistryGateway.existing({ name: "public" }) or RegistryGateway.newGateway({ className: "nginx" })',
    why: 'An HTTPRoute needs a parent Gateway.',
  },
  'not-a-traefik-name': {
    says: '<value> is not a valid Traefik name',
    instead: 'write e.g. "<example>"',
    why: 'Traefik accepts no other names.',
  },
  'pull-address-past-tls': {
    says: '<value> leads past what terminates TLS, so passwords would be sent unencrypted',
    instead:
      'write tls: { termination: TlsTermination.POD }, leave out pullAddress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: "It is the Service's own address, and the pod behind it answers by plain HTTP.",
    values: {
      instead:
        'write tls: { termination: POD }, leave out pullAddress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'realm-unsupported': {
    says: '<value> is not supported by <controller>, which accepts letters, digits, spaces and "-._~/:"',
    instead: 'write e.g. "Registry Realm"',
    why: 'The controller would reject the annotation or cut the realm.',
  },
  'several-routes': {
    says: 'each would route the host to the registry',
    instead: 'keep one of them',
    why: 'Two routes of one host compete, and which one wins is up to the controllers.',
  },
  'ui-login-without-users': {
    says: 'true, but the registry has no users',
    instead: 'leave it out, or add auth.credentials',
    why: "The login of the UI uses the registry's users.",
    values: { instead: 'leave ui.login out, or add auth: { enabled: true }' },
  },
  'middleware-needs-namespace': {
    says: "is required, because an Ingress refers to the Middleware for the UI's login by its namespace",
    instead: 'add namespace: "registry"',
    why: 'Traefik refers to a Middleware by namespace and name.',
  },
  'transport-needs-namespace': {
    says: 'is required, because the Service refers to the ServersTransport by its namespace',
    instead: 'add namespace: "registry"',
    why: 'Traefik refers to a ServersTransport by namespace and name.',
  },
  'ingress-without-certificate': {
    says: 'the ingress has no certificate and would send passwords unencrypted',
    instead:
      'add tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the network path could read the passwords of basic auth.',
    values: {
      instead: 'add tls: { enabled: true }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'ingress-route-without-certificate': {
    says: 'the IngressRoute has no certificate and would send passwords unencrypted',
    instead:
      'add ingressRoute: { certResolver: "letsencrypt" } or tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the network path could read the passwords of basic auth.',
    values: {
      instead:
        'add ingressRoute: { certResolver: "letsencrypt" } or tls: { enabled: true }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'new-gateway-without-certificate': {
    says: 'the Gateway has no certificate and would send passwords unencrypted',
    instead:
      'add tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the network path could read the passwords of basic auth.',
    values: {
      instead: 'add tls: { enabled: true }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'redirect-turned-off': {
    says: '<value> makes the controller answer plain HTTP, too, so passwords would be sent unencrypted',
    instead: 'leave it out, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Where the controller does not redirect to HTTPS, a client that begins with HTTP is asked for its password there.',
    values: {
      instead: 'leave the annotation out, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'gateway-without-tls': {
    says: 'the Gateway "<gateway>" accepts HTTP and would send passwords unencrypted',
    instead: 'use one with an HTTPS listener, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the network path could read the passwords of basic auth.',
  },
  'ui-login-at-a-gateway': {
    says: 'true, but the Gateway API has no basic auth that all implementations support',
    instead: 'leave it out, or use ingress or ingressRoute',
    why: "The UI's login is basic auth at the route, and the Gateway API has none.",
    values: { instead: 'leave ui.login out, or use ingress or ingressRoute' },
  },
  'ui-login-at-haproxy': {
    says: 'true, but HAProxy supports no htpasswd file',
    instead: "leave it out: the registry's own login guards the images",
    why: "The UI's login is basic auth at the ingress controller, with the registry's htpasswd file.",
    values: { instead: "leave ui.login out: the registry's own login guards the images" },
  },
  'ui-login-at-unknown-controller': {
    says: 'true, but the ingress controller is unknown, and one that ignores the annotations would show the UI to everyone',
    instead: 'set e.g. ingress: { controller: IngressController.COMMUNITY_NGINX }',
    why: 'Controllers silently ignore annotations that they do not know.',
    values: { instead: 'set e.g. ingress: { controller: COMMUNITY_NGINX }' },
  },
  'htpasswd-under-another-key': {
    says: 'true, but <controller> requires the htpasswd file under the key "<key>", and "<secret>" has it under "<secretKey>"',
    instead:
      "rename the key and write RegistryCredentials.existingSecret({ secret, key: '<key>' }), or set ui.loginSecret to one that has it",
    why: 'The controller reads no other key.',
    values: {
      instead:
        'rename the key and write auth: { existingSecretKey: <key> }, or set ui.loginSecret to one that has it',
    },
  },
  'htpasswd-of-unknown-type': {
    says: 'true, but <controller> requires the htpasswd file in a Secret of type <type> under the key "<key>", and "<secret>" has it under "<secretKey>" and an unknown type',
    instead: 'set ui.loginSecret to one that has it',
    why: 'The controller ignores Secrets of other types.',
  },
} as const satisfies Table;
