// Planted faults that the schema check must find: fields that do not exist at every depth, wrong types and
// values, kinds that are not on the allow-list.
import { CONTAINER, fault, faults, type Mutation, POD } from './fault';

/** An extra field that the API does not have, at a path. */
function typo(target: string, path: string): Mutation {
  return fault(
    `typo ${target} ${path}`,
    target,
    (it) => it.set(path, 'x'),
    `${path.split('/').at(-1) ?? ''} is not a field of the API [unknown-field]`,
  );
}

export const SCHEMA_FAULTS: readonly Mutation[] = [
  typo('Namespace/registry', 'specs'),
  typo('Secret/auth', 'stringdata'),
  typo('Secret/http', 'metadata/label'),
  typo('ConfigMap/config', 'datas'),
  typo('Service/registry', 'spec/ports/0/target'),
  typo('PersistentVolumeClaim/registry', 'spec/storageClass'),
  typo('NetworkPolicy/registry', 'spec/ingress/0/port'),
  typo('Ingress/registry', 'spec/rules/0/http/paths/0/pathtype'),
  typo('Ingress/registry', 'spec/rules/0/http/paths/0/backend/service/ports'),
  typo('Deployment/registry', 'spec/replica'),
  typo('Deployment/registry', `${POD}/enableServiceLink`),
  typo('Deployment/registry', `${POD}/securityContext/runAsNonroot`),
  typo('Deployment/registry', `${POD}/volumes/?secret/secret/secretname`),
  typo('Deployment/registry', `${CONTAINER}/imagePullPolcy`),
  typo('Deployment/registry', `${CONTAINER}/ports/0/containerport`),
  typo('Deployment/registry', `${CONTAINER}/env/0/valeu`),
  typo('Deployment/registry', `${CONTAINER}/env/?valueFrom/valueFrom/secretKeyRef/keys`),
  typo('Deployment/registry', `${CONTAINER}/readinessProbe/periodSecond`),
  typo('Deployment/registry', `${CONTAINER}/readinessProbe/httpGet/ports`),
  typo('Deployment/registry', `${CONTAINER}/resources/limit`),
  typo('Deployment/registry', `${CONTAINER}/securityContext/readOnlyRootFileSystem`),
  typo('Deployment/registry', `${CONTAINER}/securityContext/capabilities/dorp`),
  typo('Deployment/registry', `${CONTAINER}/volumeMounts/0/readonly`),
  typo('CronJob/gc', 'spec/jobTemplate/spec/template/spec/containers/0/arg'),
  typo('PodDisruptionBudget/mirror', 'spec/unhealthyPodEviction'),
  typo('RoleBinding/gc', 'subjects/0/namespaces'),

  fault(
    'string for a number',
    'Deployment/registry',
    (it) => it.set('spec/revisionHistoryLimit', 'three'),
    'spec.revisionHistoryLimit must be integer [schema]',
  ),
  fault(
    'string for a boolean',
    'Deployment/registry',
    (it) => it.set(`${CONTAINER}/volumeMounts/0/readOnly`, 'yes'),
    'readOnly must be boolean [schema]',
  ),
  fault(
    'number in a label',
    'Deployment/registry',
    (it) => it.merge('metadata/labels', { version: 3 }),
    'metadata.labels.version must be string [schema]',
  ),
  fault(
    'number as the value of a variable',
    'Deployment/registry',
    (it) => it.push(`${CONTAINER}/env`, { name: 'PLANTED', value: 400 }),
    'value must be string [schema]',
  ),
  fault(
    'object for a list',
    'Ingress/registry',
    (it) => it.set('spec/tls', { secretName: 'x' }),
    'spec.tls must be array [schema]',
  ),
  fault(
    'file mode as text',
    'Deployment/registry',
    (it) => it.set(`${POD}/volumes/?secret/secret/defaultMode`, '0440'),
    'defaultMode must be integer [schema]',
  ),
  fault(
    'quantity with a blank',
    'PersistentVolumeClaim/registry',
    (it) => it.set('spec/resources/requests/storage', '10 GB'),
    'spec.resources.requests.storage must [schema]',
  ),
  fault(
    'value outside an enum',
    'Service/registry',
    (it) => it.set('spec/type', 'Loadbalancer'),
    'spec.type must be equal to one of the allowed values [schema]',
  ),
  fault(
    'access mode by its short name',
    'PersistentVolumeClaim/registry',
    (it) => it.set('spec/accessModes', ['ReadWriteMany', 'RWX']),
    'accessModes[1] must be equal [schema]',
  ),
  fault(
    'required field left out',
    'Ingress/registry',
    (it) => it.remove('spec/rules/0/http/paths/0/pathType'),
    'must have required property pathType [schema]',
  ),
  fault(
    'null',
    'Deployment/registry',
    (it) => it.set(`${POD}/nodeSelector`, null),
    'nodeSelector is null [null-value]',
  ),
  fault(
    'data that is not base64',
    'Secret/auth',
    (it) => it.merge('data', { other: 'not base64!' }),
    'data.other must match [schema]',
  ),

  fault(
    'old apiVersion',
    'Ingress/registry',
    (it) => it.set('apiVersion', 'extensions/v1beta1'),
    'extensions/v1beta1 with kind Ingress is not on the allow-list [api-version]',
  ),
  fault(
    'apiVersion of another group',
    'NetworkPolicy/registry',
    (it) => it.set('apiVersion', 'v1'),
    'is not on the allow-list [api-version]',
  ),
  faults(
    'unknown kind',
    (objects) => objects.push({ apiVersion: 'v1', kind: 'Registry', metadata: { name: 'x' } }),
    'kind Registry is not on the allow-list [api-version]',
  ),
  fault('no name', 'ConfigMap/config', (it) => it.remove('metadata/name'), '[schema|missing-object]'),
];
