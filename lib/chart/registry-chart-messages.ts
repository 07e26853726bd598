// The constructs' messages in the words of values.yaml: they name props and classes, which a chart does not have.
import { HelmValues } from './helm-values';

type Rule = readonly [RegExp, string];

/** Whole sentences first, then words. BACKEND stands for the storage that is set. */
const RULES: readonly Rule[] = [
  // What only a class says.
  [/^tls\.certificate\.issuer\.name: null is not a text/, 'tls.certManager.issuer.name: is missing'],
  [/^tls\.certificate: none, so (.*?); use RegistryCertificate\.selfSigned\(\)/, 'tls.enabled: false, so $1; leave it out'],
  [/^tls\.certificate: is shown to nobody/, 'tls: the certificate is shown to nobody'],
  [
    /leave it out, or use RegistryGateway\.newGateway\((.*?)\)/,
    'write tls: { enabled: false }, or httpRoute: { gateway: $1 } without a name',
  ],
  [/^tls\.certificate: covers/, 'tls: the certificate covers'],
  [/tls: \{ certificate: RegistryCertificate\.selfSigned\(\) \}/g, 'tls: { enabled: true }'],
  [/but tls\.certificate is another one/g, 'but tls names another one'],
  [
    /^tls\.termination: POD, but tls\.certificate is that of something in front of the pod; leave termination out, or give the pod a certificate/,
    'tls.termination: POD, but tls.external: true is of a certificate in front of the pod; leave one of them out',
  ],
  [
    /but tls\.certificate is that of something else; give another one, or name a Gateway that exists/,
    'but tls.external: true is of one that something else has; leave that out, or name a Gateway that exists by httpRoute.gateway.name',
  ],
  [/^ui\.access: hostWithCors\(".*?"\)/, 'ui.cors: true'],
  [/write RegistryUIAccess\.host\(".*?"\), or RegistryUIAccess\.path\(\) for (.*)/, 'leave it out, or ui.host too for $1'],
  [/^ui\.access: tls\.certificate/, 'ui.host: the certificate'],
  [/name one for the page by tlsSecret/, 'name one for the page by ui.tlsSecret'],
  [/^ui\.access\./, 'ui.'],
  [
    /call the key so and write RegistryCredentials\.existingSecret\(\{ secret, key: '(\w+)' \}\)/,
    'call the key so and write auth: { existingSecretKey: $1 }',
  ],
  [/RegistryCredentials\.existingSecret\(\{ secret, key: '(\w+)' \}\)/, 'auth: { existingSecretKey: $1 }'],
  [/by ui: \{ loginSecret \}|ui: \{ loginSecret: .*? \}/, 'by ui.loginSecret'],
  [/add auth\.credentials/, 'add auth: { enabled: true }'],
  // Storage.
  [/^storage\.backend\.credentials: none, but/, 'storage.BACKEND.existingSecret: none, but'],
  [/^storage\.backend\.credentials: client_secret/, 'storage.azure.identity: clientSecret'],
  [/^storage\.backend\.credentials: default_credentials/, 'storage.azure.identity: defaultCredentials'],
  [/^storage\.backend\.(credentials\.)?/, 'storage.BACKEND.'],
  [/write both keys, or S3Credentials\.existingSecret\(\.\.\.\)/, 'write both keys, or storage.s3.existingSecret'],
  [
    /S3Credentials\.keys\(.*?\)(,?) or (S3Credentials\.)?existingSecret\(\.\.\.\)/,
    'storage.s3.accessKeyId and storage.s3.secretAccessKey$1 or storage.s3.existingSecret',
  ],
  [/AzureCredentials\.existingSharedKey\(\.\.\.\) or existingClientSecret\(\.\.\.\)/, 'storage.azure.existingSecret'],
  [/AzureCredentials\.sharedKey\(\.\.\.\)/, 'storage.azure.identity: sharedKey'],
  [/GcsCredentials\.keyFile\(\.\.\.\)/, 'storage.gcs.keyFile'],
  [/GcsCredentials\.workloadIdentity\(\{ signing: true \}\)/, 'storage.gcs.signing: true'],
  [/a backend with accessMode: PersistentVolumeAccessMode\.READ_WRITE_MANY/, 'persistence: { accessMode: ReadWriteMany }'],
  [/write encrypt: true/, 'write storage: { s3: { encrypt: true } }'],
  [/write deletion: false/, 'write storage: { deletion: false }'],
  // Words.
  [/\breplicas: /g, 'replicaCount: '],
  [/: a list of \d+ means/, ': means'],
  [/add type: ServiceType\.(\w+)/, 'add service: { type: $1 }'],
  [/\bServiceType\.CLUSTER_IP|(?<=type: )CLUSTER_IP/g, 'ClusterIP'],
  [/\bServiceType\.LOAD_BALANCER|(?<=type: )LOAD_BALANCER/g, 'LoadBalancer'],
  [/\bServiceType\.NODE_PORT|(?<=type: )NODE_PORT/g, 'NodePort'],
  [/use ClusterIP behind/, 'use service: { type: ClusterIP } behind'],
  [/write TlsTermination\.POD/, 'write tls: { termination: POD }'],
  [/\b(TlsTermination|IngressController)\./g, ''],
  [/add version: RegistryVersion\.V3 \(or V2\)/, 'add image: { version: V3 } (or V2)'],
  [/image: "registry:([\d.]+)"/g, 'image: { tag: "$1" }'],
  // A digest is cut short in messages, and is no sample then.
  [/@sha256:[0-9a-f]*\.\.\./, ''],
  [/add onStart: true/, 'add garbageCollection: { onStart: true }'],
  [/add login: true/, 'add ui: { login: true }'],
  [/(add|write) (ingress|ingressRoute|httpRoute): \{(?:\.\.\.)?\}/g, '$1 $2: { enabled: true }'],
  [/(?<=[,r] )(ingress|ingressRoute|httpRoute): \{(?:\.\.\.)?\}/g, '$1: { enabled: true }'],
];

/** A message about props as one about values. */
export function messageInValues(message: string, values: HelmValues): string {
  const backend = values._asked.get('storage.type') ?? 'filesystem';
  const said = RULES.reduce((text, [pattern, instead]) => text.replace(pattern, instead), message);
  return said.replace(/storage\.BACKEND\./g, backend === 'filesystem' ? 'persistence.' : `storage.${backend}.`);
}
