// The objects of a cdk8s chart, as the Helm chart takes them.
import { ApiObject, type Chart, DependencyGraph } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** An object's JSON. */
export interface ObjectManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** An object, and where it comes from. */
export interface ChartObject {
  readonly construct: ApiObject;
  readonly manifest: ObjectManifest;
  /** How messages and templates call it: the path of its construct. */
  readonly id: string;
}

/** All objects below a construct, in the order in which cdk8s writes them. */
export function objectsOf(chart: Chart): ChartObject[] {
  return new DependencyGraph(chart.node)
    .topology()
    .filter((construct) => ApiObject.isApiObject(construct))
    .filter((construct) => isBelow(construct, chart))
    .map((construct) => ({
      construct,
      manifest: construct.toJson() as ObjectManifest,
      id: construct.node.path,
    }));
}

/** Is a construct another one, or below it? */
export function isBelow(construct: IConstruct, other: IConstruct): boolean {
  return construct.node.scopes.includes(other);
}

/** The object of a construct: itself, or that of the only child it stands for. */
export function apiObjectOf(construct: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(construct)) return construct;
  const child = construct.node.defaultChild;
  return child && apiObjectOf(child);
}
