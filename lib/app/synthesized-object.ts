// The fields that the rules about conflicts read of Services, routes and Certificates, as synthesized.
import { ApiObject } from 'cdk8s';

type Strings = Readonly<Record<string, string>>;

/** An object of one of these kinds. Fields of the others are undefined. */
export interface SynthesizedObject {
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string;
    readonly labels?: Strings;
    readonly annotations?: Strings;
  };
  readonly spec?: Spec;
}

/** The union of the kinds' fields in `spec`. */
export interface Spec {
  // Service
  readonly ports?: readonly {
    readonly port: number;
    readonly nodePort?: number;
    readonly protocol?: string;
  }[];
  readonly clusterIP?: string;
  readonly loadBalancerIP?: string;
  // Ingress
  readonly ingressClassName?: string;
  readonly tls?: readonly { readonly secretName?: string }[];
  // Ingress and HTTPRoute
  readonly rules?: readonly {
    readonly host?: string;
    readonly http?: { readonly paths?: readonly { readonly path?: string }[] };
    readonly matches?: readonly { readonly path?: { readonly value?: string } }[];
  }[];
  // IngressRoute
  readonly entryPoints?: readonly string[];
  readonly routes?: readonly { readonly match: string }[];
  // HTTPRoute
  readonly hostnames?: readonly string[];
  readonly parentRefs?: readonly {
    readonly name: string;
    readonly namespace?: string;
    readonly sectionName?: string;
  }[];
  // Gateway
  readonly listeners?: readonly {
    readonly tls?: { readonly certificateRefs?: readonly { readonly name: string }[] };
  }[];
  // Certificate
  readonly secretName?: string;
}

/** An object and its manifest; nothing where synthesis fails, as another problem is the cause. */
export function synthesized(object: ApiObject): [ApiObject, SynthesizedObject][] {
  try {
    return [[object, object.toJson()]];
  } catch {
    return [];
  }
}

/** The entries of a list that may be missing, or patched to something else. */
export function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
