// Passwords that would be sent unencrypted, for want of a certificate or by a way that passes it by.
import { Secret, ServiceType } from 'cdk8s-plus-27';
import { RegistryCertificate, RegistryCredentials, TlsTermination } from '../../lib';
import type { AnyProps, Row } from './row';

const withoutTls: AnyProps = { tls: { certificate: RegistryCertificate.none() } };

export const PASSWORDS_IN_CLEAR: readonly Row[] = [
  {
    name: 'no certificate and no ingress',
    props: withoutTls,
    says: [
      '[chart/registry] tls.certificate: none, so passwords would be sent unencrypted; use RegistryCertificate.selfSigned(), or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'no certificate at the ingress',
    props: { ...withoutTls, ingress: {} },
    says: [
      '[chart/registry/ingress] tls: the ingress has no certificate and would send passwords unencrypted; add tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'TLS that ends at an ingress that is not there',
    props: { tls: { termination: TlsTermination.INGRESS } },
    says: [
      '[chart/registry] tls.termination: INGRESS, but the registry has no ingress, so passwords would be sent unencrypted; add ingress: {}, write TlsTermination.POD, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a NodePort without TLS',
    props: { ...withoutTls, service: { type: ServiceType.NODE_PORT } },
    says: [
      '[chart/registry/service] service.type: "NodePort" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a LoadBalancer without TLS',
    props: { ...withoutTls, service: { type: ServiceType.LOAD_BALANCER } },
    says: [
      '[chart/registry/service] service.type: "LoadBalancer" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a NodePort that passes the TLS of the ingress by',
    props: { service: { type: ServiceType.NODE_PORT }, ingress: {} },
    says: [
      '[chart/registry/service] service.type: "NodePort" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a LoadBalancer that passes the TLS of the ingress by',
    props: { service: { type: ServiceType.LOAD_BALANCER }, ingress: {} },
    says: [
      '[chart/registry/service] service.type: "LoadBalancer" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a NodePort that passes by the proxy that has the certificate',
    props: {
      service: { type: ServiceType.NODE_PORT },
      ingress: {},
      tls: { certificate: RegistryCertificate.external() },
    },
    says: [
      '[chart/registry] service.type: "NodePort" would send passwords unencrypted, because it leads past the proxy that has the certificate; use ServiceType.CLUSTER_IP, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'an ingress that does not redirect to HTTPS',
    props: { ingress: { annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' } } },
    says: [
      '[chart/registry/ingress] ingress.annotations["nginx.ingress.kubernetes.io/ssl-redirect"]: "false" makes the controller answer plain HTTP, too, so passwords would be sent unencrypted; leave it out, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a LoadBalancer with TLS that would end at an ingress',
    props: { service: { type: ServiceType.LOAD_BALANCER }, tls: { termination: TlsTermination.INGRESS } },
    says: [
      '[chart/registry/service] service.type: "LoadBalancer" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'neither the ingress nor the NodePort with TLS',
    props: { ...withoutTls, service: { type: ServiceType.NODE_PORT }, ingress: {} },
    says: [
      '[chart/registry/service] service.type: "NodePort" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true }',
      '[chart/registry/ingress] tls: the ingress has no certificate and would send passwords unencrypted; add tls: { certificate: RegistryCertificate.selfSigned() }, or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'a given htpasswd file without TLS',
    props: {
      ...withoutTls,
      auth: {
        credentials: RegistryCredentials.htpasswd(
          'admin:$2y$05$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C',
        ),
      },
    },
    says: [
      '[chart/registry] tls.certificate: none, so passwords would be sent unencrypted; use RegistryCertificate.selfSigned(), or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'users of an existing Secret without TLS',
    props: ({ chart }) => ({
      ...withoutTls,
      auth: {
        credentials: RegistryCredentials.existingSecret({
          secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
        }),
      },
    }),
    says: [
      '[chart/registry] tls.certificate: none, so passwords would be sent unencrypted; use RegistryCertificate.selfSigned(), or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
];
