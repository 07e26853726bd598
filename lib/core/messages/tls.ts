// Messages about certificates.
import type { Table } from './code-messages';

/** Words by code. */
export const TLS_WORDS = {
  'ca-of-another-certificate': {
    says: 'did not sign the certificate',
    instead: 'give the CA that did, or leave it out',
    why: 'Clients that trust this CA would refuse the certificate.',
  },
  'certificate-ended': {
    says: 'expired on <date>',
    instead: 'renew it',
    why: 'Clients refuse an expired certificate.',
  },
  'certificate-not-begun': {
    says: 'is not valid before <date>',
    instead: 'use one that is already valid',
    why: 'Clients refuse a certificate that is not yet valid.',
  },
  'certificate-not-usable': {
    says: '<problem>',
    instead:
      'give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    why: 'Clients would refuse the connection, or the pod would not start.',
  },
  'certificate-of-another-host': {
    says: 'covers <names> the host "<host>"',
    instead: 'use one that covers it, or change host',
    why: 'Clients refuse a certificate that does not cover the host.',
    values: { path: 'tls', says: 'the certificate covers <names> the host "<host>"' },
  },
  'certificate-too-short': {
    says: '<value> is below the minimum of cert-manager, one hour',
    instead: 'write e.g. <example>',
    why: 'cert-manager refuses shorter ones.',
  },
  'external-certificate-in-pod': {
    says: 'POD, but tls.certificate is external: a proxy in front of the pod has it',
    instead: 'leave termination out, or set a certificate for the pod',
    why: "The pod can't serve a certificate that is not in a Secret.",
    values: {
      says: 'POD, but with tls.external: true a proxy in front of the pod has the certificate',
      instead: 'leave one of them out',
    },
  },
  'needs-tls': {
    says: 'none, so passwords would be sent unencrypted',
    instead:
      'use RegistryCertificate.selfSigned(), or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the network path could read the passwords of basic auth.',
    values: {
      path: 'tls.enabled',
      says: 'false, so passwords would be sent unencrypted',
      instead: 'leave tls.enabled out, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'not-a-host-or-address': {
    says: '<value> is not a host name or an IPv4 address',
    instead: 'write e.g. "192.168.1.10"',
    why: 'A certificate covers host names and addresses.',
  },
  'not-an-issuer': {
    says: '<value> is not a CertificateIssuer',
    instead: "write e.g. CertificateIssuer.clusterIssuer('letsencrypt')",
    why: 'cert-manager asks an issuer for the certificate.',
  },
  'tls-ca-not-pem': {
    says: 'is not a certificate in PEM',
    instead: "give the content of the CA's file",
    why: 'Clients read PEM files only.',
  },
  'tls-ends-nowhere': {
    says: 'INGRESS, but the registry has no ingress, so passwords would be sent unencrypted',
    instead:
      'add ingress: {}, write TlsTermination.POD, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'This setting terminates TLS at the ingress, and there is none.',
    values: {
      instead:
        'add ingress: { enabled: true }, write tls: { termination: POD }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    },
  },
} as const satisfies Table;
