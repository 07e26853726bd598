// The last steps of NOTES.txt: how to change the registry, and how to delete it.

import { ApiObject } from 'cdk8s';
import { kubectlIn } from '../../core/kubectl';
import { COMPONENT_LABEL, Component, INSTANCE_LABEL, MANAGED_BY, MANAGED_BY_LABEL } from '../../core/labels';
import type { Registry } from '../../registry';
import { outputFolder, outputFolderOfKubectl } from '../output-folder';

type Step = [heading: string, ...lines: string[]];

/**
 * Kinds that can be pruned without loss: a synth recreates them. Kinds that hold data, namespaces, and kinds
 * that a cluster may not have are not among them.
 */
const PRUNED = [
  'core/v1/Service',
  'core/v1/ConfigMap',
  'apps/v1/Deployment',
  'autoscaling/v2/HorizontalPodAutoscaler',
  'networking.k8s.io/v1/Ingress',
  'networking.k8s.io/v1/NetworkPolicy',
  'policy/v1/PodDisruptionBudget',
];

/** How to change a registry, and how to delete it. */
export function laterSteps(registry: Registry): Step[] {
  return [change(registry), remove(registry)];
}

function change(registry: Registry): Step {
  const apply = `kubectl apply -f ${outputFolderOfKubectl(registry)}`;
  // kubectl prunes in each namespace of an object that it applies. Another app may have a registry of this
  // name in a namespace of this one's pull secrets.
  const labels = `${MANAGED_BY_LABEL}=${MANAGED_BY},${INSTANCE_LABEL}=${registry.registryName},${COMPONENT_LABEL}!=${Component.PULL_SECRET}`;
  return [
    'Change it: synthesize again, and apply all files, because several of them may hold a password',
    apply,
    'Objects that you remove from the app stay in the cluster until you prune them (an alpha feature of kubectl). This command deletes only the',
    'listed kinds: no claim, volume, Secret or namespace. With --dry-run=server at the end it only lists them:',
    `${apply} --prune -l ${labels} $(printf ' --prune-allowlist=%s' ${PRUNED.join(' ')})`,
  ];
}

function remove(registry: Registry): Step {
  const folder = outputFolder(registry);
  const namespaces = namespacesIn(registry);
  const deleting = (files: string) => `cat ${folder}/${files} | kubectl delete --cascade=foreground -f -`;
  return [
    `Delete all that ${folder} holds${namespaces.length > 0 ? ', and the namespace last: deleting it first takes minutes' : ''}`,
    ...images(
      registry,
      namespaces.some((name) => name === registry.namespace),
    ),
    ...otherClaims(registry),
    deleting('[1-9]*.yaml'),
    ...(namespaces.length > 0
      ? [
          deleting('0*.yaml'),
          'Deleting a namespace deletes everything in it, including objects that are not in these files.',
        ]
      : []),
  ];
}

/** The effect of deletion on the images. */
function images(
  { storage: { claim, claimName, _location: location }, namespace }: Registry,
  withNamespace: boolean,
): string[] {
  if (location === undefined) return ['IMAGES ARE DESTROYED: they are stored in the pod.'];
  if (claimName === undefined || !location.startsWith('the claim')) return [`Images stay in ${location}.`];
  const keep = keeping(claimName, namespace);
  if (claim !== undefined)
    return [`IMAGES ARE DESTROYED with the claim ${claimName}, unless you first retain its volume:`, keep];
  if (withNamespace)
    return [
      `IMAGES ARE DESTROYED when the claim ${claimName} is deleted with the namespace, unless you first retain its volume:`,
      keep,
    ];
  return [`Images stay in ${location}.`];
}

function keeping(claim: string, namespace: string | undefined): string {
  const run = kubectlIn(namespace);
  return `kubectl patch pv "$(${run} get pvc ${claim} -o jsonpath='{.spec.volumeName}')" -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`;
}

/** Claims of the app's other registries, and of the user's own, which the same command deletes. */
function otherClaims(registry: Registry): string[] {
  return (
    objectsOf(registry, 'PersistentVolumeClaim')
      // A directory of a node stays, even if the claim that names its volume is deleted.
      .filter((claim) => claim !== registry.storage.claim && claim.toJson().spec?.volumeName === undefined)
      .flatMap(({ name, metadata: { namespace } }) => [
        `WHAT IS IN THE CLAIM ${namespace === undefined ? '' : `${namespace}/`}${name} IS DESTROYED, TOO, unless you first retain its volume:`,
        keeping(name, namespace),
      ])
  );
}

/** The namespaces with files of their own, which are applied first. */
function namespacesIn(registry: Registry): string[] {
  return objectsOf(registry, 'Namespace')
    .filter(({ metadata }) => metadata.getLabel(COMPONENT_LABEL) !== Component.NODE_TRUST)
    .map(({ name }) => name);
}

function objectsOf(registry: Registry, kind: string): ApiObject[] {
  const objects = registry.node.root.node.findAll().filter((part) => ApiObject.isApiObject(part));
  return objects.filter((object) => object.kind === kind);
}
