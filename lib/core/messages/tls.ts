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
    says: 'ended on <date>',
    instead: 'renew it',
    why: 'Clients refuse a certificate that has ended.',
  },
  'certificate-not-begun': {
    says: 'begins on <date> only, so clients refuse it now',
    instead: 'give one that is valid already',
    why: 'Clients refuse a certificate before it begins.',
  },
  'certificate-not-usable': {
    says: '<problem>',
    instead:
      'give the contents of the certificate\'s and its key\'s files, from "-----BEGIN" to "-----END ...-----"',
    why: 'Clients would refuse the connection, or the pod would not start.',
  },
  'certificate-of-another-host': {
    says: 'covers <names> the host "<host>"',
    instead: 'give one for that host, or change host',
    why: 'Clients refuse a certificate that does not cover the host.',
    values: { path: 'tls', says: 'the certificate covers <names> the host "<host>"' },
  },
  'certificate-too-short': {
    says: '<value> is less than the hour that cert-manager asks for',
    instead: 'write e.g. <example>',
    why: 'cert-manager refuses shorter ones.',
  },
  'external-certificate-in-pod': {
    says: 'POD, but tls.certificate is that of something in front of the pod',
    instead: 'leave termination out, or give the pod a certificate',
    why: "The certificate is not known here, so that the pod can't show it.",
    values: {
      says: 'POD, but tls.external: true is of a certificate in front of the pod',
      instead: 'leave one of them out',
    },
  },
  'needs-tls': {
    says: 'none, so passwords would travel in clear',
    instead:
      'use RegistryCertificate.selfSigned(), or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'Anyone on the way could read the passwords of basic auth.',
    values: {
      path: 'tls.enabled',
      says: 'false, so passwords would travel in clear',
      instead: 'leave it out, or accept it by auth: { insecurePasswordsOverHttp: true }',
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
    says: 'INGRESS, but the registry has no ingress, so passwords would travel in clear',
    instead:
      'add ingress: {}, write TlsTermination.POD, or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'TLS ends at the ingress by this setting, and there is none.',
    values: {
      instead:
        'add ingress: { enabled: true }, write tls: { termination: POD }, or accept it by auth: { insecurePasswordsOverHttp: true }',
    },
  },
} as const satisfies Table;
