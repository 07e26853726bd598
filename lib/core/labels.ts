// The standard labels of objects, used by Kubernetes' tools, by `RegistryApp`'s table of files and by
// selectors.

/** Label for an object's component. */
export const COMPONENT_LABEL = 'app.kubernetes.io/component';
/** Label for the registry that an object belongs to. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';
/** Label for the tool that manages the object. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
/** The value of {@link MANAGED_BY_LABEL} on all objects of this library. */
export const MANAGED_BY = 'cdk8s-registry';

/** Components of a registry. */
export enum Component {
  REGISTRY = 'registry',
  UI = 'ui',
  PULL_SECRET = 'pull-secret',
  NODE_TRUST = 'node-trust',
  TOOLBOX = 'toolbox',
  LOCAL_HOSTING = 'local-hosting',
  TEST = 'test',
  METRICS = 'metrics',
  SECRETS = 'secrets',
  PREFETCH = 'prefetch',
  COLLECTION = 'collection',
  DESCRIPTOR_CACHE = 'descriptor-cache',
  RETENTION = 'retention',
  VERIFICATION = 'verification',
  COPY = 'copy',
  SNAPSHOTS = 'snapshots',
  VELERO = 'velero',
}

/** Immutable labels, safe for a Deployment's selector. */
export function selectorLabels(registry: string, component: Component): Record<string, string> {
  return { 'app.kubernetes.io/name': 'registry', [INSTANCE_LABEL]: registry, [COMPONENT_LABEL]: component };
}

/** All standard labels of an object, with the short `app` label. */
export function standardLabels(registry: string, component: Component): Record<string, string> {
  return {
    ...selectorLabels(registry, component),
    'app.kubernetes.io/part-of': registry,
    [MANAGED_BY_LABEL]: MANAGED_BY,
    // A label has at most 63 characters.
    app: component === Component.REGISTRY ? registry : `${registry}-${component}`.slice(0, 63),
  };
}
