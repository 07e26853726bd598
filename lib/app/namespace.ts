// The Namespace object with its Pod Security standard, for `createNamespace`.
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { isClustersOwn } from '../core/formats';
import { Component, standardLabels } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { RegistryStorage } from '../storage/storage';

/** Creates the Namespace of a registry, once for all registries in it. */
export function writeNamespace(registry: RegistryPart, check: Check): void {
  const { namespace, registryName } = registry;
  if (namespace === undefined) return check.report('create-namespace-without-name', 'createNamespace');
  if (isClustersOwn(namespace)) {
    return check.report('create-namespace-of-the-cluster', 'createNamespace', { namespace });
  }
  const there = registry.node.root.node
    .findAll()
    .some((other) => ApiObject.isApiObject(other) && other.kind === 'Namespace' && other.name === namespace);
  if (there) return;
  // Known only when the app is complete: another registry in the namespace may need root.
  const level = Lazy.any({ produce: () => (rootIsNeeded(registry) ? 'baseline' : 'restricted') }) as string;
  const object = new ApiObject(
    registry,
    'namespace',
    k8s.KubeNamespace.manifest({
      metadata: {
        name: namespace,
        labels: {
          ...standardLabels(registryName, Component.REGISTRY),
          ...registry._context.labels,
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/warn': level,
        },
      },
    }),
  );
  // cdk8s sets the chart's namespace on every object; a Namespace has none.
  if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
}

function rootIsNeeded({ node, namespace }: RegistryPart): boolean {
  return node.root.node.findAll().some((other) => needsRoot(other) && other.namespace === namespace);
}

/** A storage from any copy of this library. */
function needsRoot(other: object): other is RegistryStorage {
  return (other as Partial<RegistryStorage>)._needsRoot === true;
}
