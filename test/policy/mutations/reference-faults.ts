// Planted faults between objects: references to what does not exist, and traffic that cannot arrive.
import { Editor } from './editor';
import { CONTAINER, fault, faults, type Mutation, POD } from './fault';

const REFERENCE_FAULTS: readonly Mutation[] = [
  fault(
    'variable from a missing Secret',
    'Deployment/registry',
    (it) => it.set(`${CONTAINER}/env/?valueFrom/valueFrom/secretKeyRef/name`, 'none'),
    'refers to Secret/none, which does not exist [missing-object]',
  ),
  fault(
    'variable from a missing key',
    'Deployment/registry',
    (it) => it.set(`${CONTAINER}/env/?valueFrom/valueFrom/secretKeyRef/key`, 'none'),
    'refers to key none [missing-key]',
  ),
  fault(
    'key renamed in the Secret',
    'Secret/http',
    (it) => it.set('data', { other: 'ZlIzc0hzRWNSZVRmT3JVcExvQWQ=' }),
    'refers to key [missing-key]',
  ),
  fault(
    'missing Secret in a volume',
    'Deployment/registry',
    (it) => it.set(`${POD}/volumes/?secret/secret/secretName`, 'none'),
    'refers to Secret/none [missing-object]',
  ),
  fault(
    'missing ConfigMap in a volume',
    'Deployment/registry',
    (it) => it.set(`${POD}/volumes/?configMap/configMap/name`, 'none'),
    'refers to ConfigMap/none [missing-object]',
  ),
  fault(
    'missing item of a ConfigMap',
    'Deployment/registry',
    (it) => it.merge(`${POD}/volumes/?configMap/configMap`, { items: [{ key: 'none', path: 'x' }] }),
    'refers to key none [missing-key]',
  ),
  fault(
    'missing subPath key',
    'Deployment/registry',
    (it) =>
      it.push(`${CONTAINER}/volumeMounts`, { name: configVolume(it), mountPath: '/x', subPath: 'none' }),
    'refers to key none [missing-key]',
  ),
  fault(
    'missing claim',
    'Deployment/registry',
    (it) => it.set(`${POD}/volumes/?persistentVolumeClaim/persistentVolumeClaim/claimName`, 'none'),
    'refers to PersistentVolumeClaim/none [missing-object]',
  ),
  fault(
    'missing pull secret',
    'Deployment/registry',
    (it) => it.set(`${POD}/imagePullSecrets`, [{ name: 'none' }]),
    'imagePullSecrets refers to Secret/none [missing-object]',
  ),
  fault(
    'missing account',
    'Deployment/registry',
    (it) => it.set(`${POD}/serviceAccountName`, 'none'),
    'serviceAccountName none does not exist [missing-account]',
  ),
  fault(
    'missing volume of a claim',
    'PersistentVolumeClaim/registry',
    (it) => it.set('spec/volumeName', 'none'),
    'volumeName none does not exist [missing-volume]',
  ),
  fault(
    'missing role',
    'RoleBinding/gc',
    (it) => it.set('roleRef/name', 'none'),
    'roleRef Role/none does not exist [dangling-binding]',
  ),
  faults(
    'Secret in another namespace',
    (objects) => Editor.find(objects, 'Secret', 'http').set('metadata/namespace', 'other'),
    'which does not exist [missing-object]',
  ),
];

const NETWORK_FAULTS: readonly Mutation[] = [
  fault(
    'Service selects nothing',
    'Service/registry',
    (it) => it.set('spec/selector', { app: 'none' }),
    'selector matches no pod [service-selector]',
  ),
  fault(
    'Service selects too much',
    'Service/registry-ui',
    (it) =>
      it
        .set('spec/selector', { 'app.kubernetes.io/part-of': 'registry' })
        .set('spec/ports/0/targetPort', 8080),
    'targetPort 8080 does not exist in [service-port|service-blocked]',
  ),
  fault(
    'missing target port',
    'Service/registry',
    (it) => it.set('spec/ports/0/targetPort', 'none'),
    'targetPort none does not exist [service-port]',
  ),
  fault(
    'policy closes the port',
    'NetworkPolicy/registry',
    (it) => it.set('spec/ingress', []),
    'is closed by NetworkPolicy [service-blocked]',
  ),
  fault(
    'policy opens another port',
    'NetworkPolicy/registry',
    (it) => it.set('spec/ingress/0/ports/0/port', 5999),
    '[service-blocked|network-policy-port]',
  ),
  fault(
    'policy selects nothing',
    'NetworkPolicy/registry',
    (it) => it.set('spec/podSelector', { matchLabels: { app: 'none' } }),
    '[network-policy-dangling|no-network-policy]',
  ),
  faults(
    'no policy for a pod',
    (objects) => removeObject(objects, 'NetworkPolicy', 'registry-ui'),
    'no NetworkPolicy selects the pod [no-network-policy]',
  ),
  fault(
    'missing backend',
    'Ingress/registry',
    (it) => it.set('spec/rules/0/http/paths/0/backend/service/name', 'none'),
    'backend Service/none does not exist [ingress-backend]',
  ),
  fault(
    'missing backend port',
    'Ingress/registry',
    (it) => it.set('spec/rules/0/http/paths/0/backend/service/port', { number: 5999 }),
    'has no port 5999 [ingress-backend]',
  ),
  fault(
    'missing certificate',
    'Ingress/registry',
    (it) => it.set('spec/tls/0/secretName', 'none'),
    'tls Secret/none does not exist [ingress-tls]',
  ),
];

function configVolume(it: Editor): unknown {
  return it.get(`${POD}/volumes/?configMap/name`);
}

function removeObject(objects: unknown[], kind: string, suffix: string): void {
  const name = Editor.find(objects, kind, suffix).get('metadata/name');
  const isIt = (it: unknown): boolean => {
    const { kind: itsKind, metadata } = it as { kind?: string; metadata?: { name?: string } };
    return itsKind === kind && metadata?.name === name;
  };
  objects.splice(objects.findIndex(isIt), 1);
}

export const REFERENCE_AND_NETWORK_FAULTS: readonly Mutation[] = [...REFERENCE_FAULTS, ...NETWORK_FAULTS];
