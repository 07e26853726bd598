// The labels by which Kubernetes' tools, the writer's table and this library's own selectors know what an object is part of.

/** Label that names what part of a registry an object belongs to. */
export const COMPONENT_LABEL = 'app.kubernetes.io/component';
/** Label that names the registry an object belongs to. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';
/** Label that says who wrote the object. */
export const MANAGED_BY_LABEL = 'app.kubernetes.io/managed-by';
/** The value of {@link MANAGED_BY_LABEL} on everything that this library makes. */
export const MANAGED_BY = 'cdk8s-registry';

/** The parts of a registry. */
export enum Component {
  REGISTRY = 'registry',
  UI = 'ui',
  PULL_SECRET = 'pull-secret',
  NODE_TRUST = 'node-trust',
  TOOLBOX = 'toolbox',
  LOCAL_HOSTING = 'local-hosting',
  TEST = 'test',
  METRICS = 'metrics',
}

/** Labels that never change, so that they can stand in a Deployment's selector. */
export function selectorLabels(registry: string, component: Component): Record<string, string> {
  return { 'app.kubernetes.io/name': 'registry', [INSTANCE_LABEL]: registry, [COMPONENT_LABEL]: component };
}

/** All standard labels of an object. `app` is the short one that people type. */
export function standardLabels(registry: string, component: Component): Record<string, string> {
  return {
    ...selectorLabels(registry, component),
    'app.kubernetes.io/part-of': registry,
    [MANAGED_BY_LABEL]: MANAGED_BY,
    app: component === Component.REGISTRY ? registry : `${registry}-${component}`,
  };
}
