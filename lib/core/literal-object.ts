// An object that people wrote themselves: nothing is added, changed or checked.
import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';

/** The JSON of an object of Kubernetes. */
export interface Literal {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Is written as it is, with keys that are null. */
export class LiteralObject extends ApiObject {
  /**
   * @param scope the construct that it is added to
   * @param id its name there
   * @param literal what is written
   */
  constructor(
    scope: Construct,
    id: string,
    private readonly literal: Literal,
  ) {
    const { apiVersion, kind, metadata } = literal;
    super(scope, id, { apiVersion, kind, metadata: { name: metadata.name, namespace: metadata.namespace } });
    literals.add(this);
  }

  public override toJson(): any {
    return this.literal;
  }
}

const literals = new WeakSet<IConstruct>();

/** `instanceof` can't tell: cdk8s makes it true for each ApiObject. */
export function isLiteral(construct: IConstruct): construct is LiteralObject {
  return literals.has(construct);
}
