// Messages about values of the Helm chart that no props stand for.
import type { Table } from './code-messages';

export const CHART_WORDS = {
  'certificate-said-twice': {
    says: 'true, but <other> is set, too',
    instead: 'leave one of them out',
    why: 'With tls.external: true a proxy in front of the release has the certificate.',
  },
  'issuer-for-all-objects': {
    says: 'an issuer belongs to the Ingress, and this annotation is on all objects',
    instead: 'write it in ingress.annotations, or use tls.certManager',
    why: 'commonAnnotations are on every object of the release; cert-manager reads an issuer on Ingresses and Gateways.',
  },
  'pull-secret-name-taken': {
    says: '<value> begins with "<own>-", as the other Secrets of this release do',
    instead: 'leave it out, which makes it "<own>-pull", or write e.g. "regcred"',
    why: 'Two Secrets of one name in one namespace overwrite each other, and the release adds more of its own over time.',
  },
} as const satisfies Table;
