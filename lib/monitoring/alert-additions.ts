// What users add to each alert: labels for Alertmanager's routes, and where the runbooks are.
import { isPlainAddress } from '../core/addresses';
import type { Check } from '../core/check';
import type { AlertAdditions } from './alert';

/** What they may give. */
export interface AdditionsOptions {
  readonly alertLabels?: unknown;
  readonly runbooksUrl?: unknown;
}

/** Where this library's runbooks are. */
export const RUNBOOKS =
  'https://github.com/cdk8s-registry/cdk8s-registry/blob/main/docs/operations/runbooks.md';
/** Labels of each alert that are Prometheus' or this library's. */
const OWN_LABELS = ['alertname', 'exporter', 'namespace', 'registry', 'severity'];

/** What alerts are about. */
export interface AboutRegistry {
  /** The registry's name. */
  readonly registry: string;
  /** Its namespace, if it is known. */
  readonly namespace: string | undefined;
}

/**
 * Validates what is added to the alerts of a registry. Its namespace is, for not all series have it: without it, Alertmanager takes the
 * alerts of two registries of one name for the same.
 */
export function checkAdditions(
  check: Check,
  { alertLabels, runbooksUrl }: AdditionsOptions,
  { registry, namespace }: AboutRegistry,
): AlertAdditions {
  const runbooks = check.string('runbooksUrl', runbooksUrl, RUNBOOKS, isPage, 'not-a-page', {
    example: RUNBOOKS,
  });
  const about = { registry, ...(namespace !== undefined && { namespace }) };
  return { runbooks, labels: { ...checkAlertLabels(check, alertLabels), ...about } };
}

/** Labels of series, not of objects. */
function checkAlertLabels(check: Check, given: unknown): Record<string, string> {
  const labels = Object.entries(check.labels('alertLabels', given));
  return Object.fromEntries(
    labels.filter(([name]) => {
      const fits = /^[a-zA-Z_]\w*$/.test(name) && !OWN_LABELS.includes(name);
      if (!fits) check.report('not-an-alert-label', `alertLabels["${name}"]`, { value: name });
      return fits;
    }),
  );
}

function isPage(text: string): boolean {
  if (!URL.canParse(text) || !isPlainAddress(text) || /[\s{}"\\#]/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}
