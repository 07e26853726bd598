// Messages about values of the Helm chart that no props stand for.
import type { Table } from './entry';

export const CHART_WORDS = {
  'certificate-said-twice': {
    says: 'true, but <other> says otherwise of the certificate',
    instead: 'leave one of them out',
    why: 'The chart has one certificate, and tls.external: true is of one that something else has.',
  },
  'issuer-for-all-objects': {
    says: 'an issuer makes certificates for the Ingress, and is no word for all objects',
    instead: 'write it in ingress.annotations, or tls.certManager',
    why: 'commonAnnotations are on every object of the release, and cert-manager reads an issuer on some only.',
  },
} as const satisfies Table;
