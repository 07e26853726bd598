// Checks manifests against the Kubernetes API's own definitions (kubernetes-models, Kubernetes 1.33): types,
// required fields, enums and quantities, and, what the models leave out, that every field exists.
import { DaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { ClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { PersistentVolume } from 'kubernetes-models/v1/PersistentVolume';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Pod } from 'kubernetes-models/v1/Pod';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';

/** A class of kubernetes-models, or of one of its sister packages for custom resources. */
export interface Model {
  readonly apiVersion: string;
  readonly kind: string;
  readonly prototype: { validate(): void };
}

/** The allow-list: every kind that the library writes, and no other. A custom resource joins by its model. */
export const MODELS: readonly Model[] = [
  Namespace,
  Secret,
  ConfigMap,
  Service,
  PersistentVolumeClaim,
  PersistentVolume,
  ServiceAccount,
  Pod,
  Deployment,
  DaemonSet,
  Job,
  CronJob,
  Ingress,
  NetworkPolicy,
  PodDisruptionBudget,
  Role,
  RoleBinding,
  ClusterRole,
  ClusterRoleBinding,
];

type Fields = Record<string, unknown>;
type Reads = Map<object, Set<string>>;

/**
 * Everything in which the objects differ from the API's definitions, one line for each difference.
 * Rules: `object`, `api-version`, `schema` (type, required, enum, format), `unknown-field`, `null-value`.
 */
export function schemaProblems(objects: readonly unknown[], models: readonly Model[] = MODELS): string[] {
  const known = new Map(models.map((model) => [`${model.apiVersion} ${model.kind}`, model]));
  return objects.flatMap((object, index) => {
    if (!isFields(object)) {
      return [`object ${index}: must be an object [object]`];
    }
    const metadata = isFields(object.metadata) ? object.metadata : {};
    const where = `${String(object.kind)}/${String(metadata.name)}`;
    const model = known.get(`${String(object.apiVersion)} ${String(object.kind)}`);
    if (model === undefined) {
      return [
        `${where}: apiVersion ${String(object.apiVersion)} with kind ${String(object.kind)} is not on the allow-list [api-version]`,
      ];
    }
    return objectProblems(object, model).map((problem) => `${where}: ${problem}`);
  });
}

function objectProblems(object: Fields, model: Model): string[] {
  // A copy, because an object shared by two places would mix up what was read at either of them.
  const copy = JSON.parse(JSON.stringify(object)) as Fields;
  const reads: Reads = new Map();
  const problems = validationProblems(model, recording(copy, reads));
  const name = (copy.metadata as { name?: unknown } | undefined)?.name;
  if (typeof name !== 'string' || name === '') {
    problems.push('metadata.name must be a string that is not empty [schema]');
  }
  return [...problems, ...fieldProblems(copy, '', reads)];
}

function validationProblems(model: Model, object: object): string[] {
  try {
    model.prototype.validate.call(object);
    return [];
  } catch (error) {
    const { errors } = error as {
      errors?: { instancePath: string; message?: string; params?: { allowedValues?: string[] } }[];
    };
    if (errors === undefined) {
      throw error;
    }
    return errors.map(({ instancePath, message, params }) => {
      const choice = params?.allowedValues ? ` (${params.allowedValues.join(', ')})` : '';
      return `${dotted(instancePath) || 'the object'} ${message ?? 'is invalid'}${choice} [schema]`;
    });
  }
}

/**
 * Wraps an object so that the keys a validator asks for are noted. The generated validators ask for each
 * field that they know, whether it is there or not, and for each key of a free-form map: a key never asked
 * for is unknown.
 */
function recording(value: object, reads: Reads): object {
  const keys = new Set<string>();
  reads.set(value, keys);
  const wrapped = new Map<object, object>();
  return new Proxy(value, {
    get(target, key, receiver): unknown {
      if (typeof key === 'string') {
        keys.add(key);
      }
      const child: unknown = Reflect.get(target, key, receiver);
      if (typeof child !== 'object' || child === null) {
        return child;
      }
      const proxy = wrapped.get(child) ?? recording(child, reads);
      wrapped.set(child, proxy);
      return proxy;
    },
  });
}

function fieldProblems(value: object, path: string, reads: Reads): string[] {
  const keys = reads.get(value);
  // Nothing was asked: the definition leaves the content open, or the type is wrong and that has been said.
  if (keys === undefined || keys.size === 0) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    if (!keys.has(key)) {
      return [`${at} is not a field of the API [unknown-field]`];
    }
    if (child === null) {
      return [`${at} is null: leave it out [null-value]`];
    }
    return typeof child === 'object' ? fieldProblems(child, at, reads) : [];
  });
}

function dotted(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`),
      '',
    );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
