// The steps of NOTES.txt until the registry runs: what is applied, waited for and allowed.

import { kubectlIn } from '../../core/kubectl';
import type { Registry } from '../../registry';
import { outputFolderOfKubectl } from '../output-folder';
import type { Step } from './step';

export function apply(registry: Registry): Step {
  const names = [registry.registryName, ...(registry.ui ? [registry.ui.serviceName] : [])];
  const wait = names.map((name) => `${kubectlIn(registry.namespace)} rollout status deployment/${name}`);
  return [
    'Apply, and wait until it runs (in the folder where you synthesized)',
    `kubectl apply -f ${outputFolderOfKubectl(registry)}`,
    ...wait,
  ];
}

/** A certificate that does not exist yet when the objects are applied. */
export function certificate(registry: Registry): Step {
  const { tls, registryName } = registry;
  if (!tls.renewedInCluster) return undefined;
  const run = kubectlIn(registry.namespace);
  const restart = [
    'The registry reads its certificate only at startup. Restart it after each renewal, before the old certificate expires:',
    `${run} rollout restart deployment/${registryName}`,
  ];
  const names = [
    tls.secretName,
    ...(registry.ui?._orderedSecret === undefined ? [] : [registry.ui._orderedSecret]),
  ];
  const waits = names.map((name) => `${run} wait --for=condition=Ready certificate/${name} --timeout=5m`);
  return [
    'Wait until cert-manager has the certificate',
    ...waits,
    ...(tls.inPod && !registry.front ? restart : []),
  ];
}

/** Connections of the pods that these manifests don't know of. */
export function network({ deployment }: Registry): Step {
  const { unknown } = deployment._configured;
  if (!deployment.networkPolicy || unknown.length === 0) return undefined;
  return [
    'Allow egress that the NetworkPolicy does not include',
    ...unknown,
    'Allow what is missing, for example networkPolicy: { allowTo: [{ ports: [{ port: k8s.IntOrString.fromNumber(443) }] }] }.',
  ];
}
