// Problems of values that no props stand for.
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { addProblems, type Problem, problemOf } from '../../core/problem';
import { namesRegistry } from '../../distribution/image';
import type { ChartValues } from '../values/reader';

/** Reports them at synthesis, beside the constructs' own. */
export function checkValues(chart: Chart, values: ChartValues): void {
  const problems = [...certificates(values), ...issuers(values), ...images(values)];
  addProblems(new Construct(chart, 'values'), () => problems);
}

function certificates(values: ChartValues): Problem[] {
  if (!values.boolean('tls.external')) return [];
  const others = [
    ...(values.boolean('tls.enabled') ? [] : ['tls.enabled: false']),
    ...(values.string('tls.existingSecret') === undefined ? [] : ['tls.existingSecret']),
    ...(values.boolean('tls.certManager.enabled') ? ['tls.certManager.enabled: true'] : []),
  ];
  return others.map((other) => problemOf('certificate-said-twice', 'tls.external', { other }));
}

/** Annotations by which cert-manager makes a certificate. */
const ISSUERS = ['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer'] as const;

function issuers(values: ChartValues): Problem[] {
  const given = values.map('commonAnnotations') ?? {};
  return ISSUERS.filter((key) => given[key]).map((key) =>
    problemOf('issuer-for-all-objects', `commonAnnotations["${key}"]`),
  );
}

const IMAGES = ['image', 'ui.image', 'test.image'] as const;

function images(values: ChartValues): Problem[] {
  return IMAGES.flatMap((at) => {
    const registry = values.string(`${at}.registry`);
    const repository = values.string(`${at}.repository`) as string;
    if (registry === undefined || !namesRegistry(repository)) return [];
    return [problemOf('image-registry-said-twice', `${at}.registry`, { value: registry, repository })];
  });
}

/** commonAnnotations without what is refused, so that it is not reported again of every object. */
export function commonAnnotations(values: ChartValues): Record<string, string> | undefined {
  const given = Object.entries(values.map('commonAnnotations') ?? {});
  const rest = given.filter(([key]) => !ISSUERS.some((issuer) => issuer === key));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
