// Messages about values of the Helm chart that no props stand for.
import type { Table } from './code-messages';

export const CHART_WORDS = {
  'certificate-said-twice': {
    says: 'true, but <other> is set, too',
    instead: 'leave one of them out',
    why: 'With tls.external: true a proxy in front of the release has the certificate.',
  },
  'image-registry-said-twice': {
    says: '<value>, but the repository <repository> begins with a registry, too',
    instead: 'leave it out of the repository, or write registry: ""',
    why: 'An image is pulled from one registry.',
  },
  'issuer-for-all-objects': {
    says: 'an issuer belongs to the Ingress, and this annotation is on all objects',
    instead: 'write it in ingress.annotations, or use tls.certManager',
    why: 'commonAnnotations are on every object of the release; cert-manager reads an issuer on Ingresses and Gateways.',
  },
} as const satisfies Table;
