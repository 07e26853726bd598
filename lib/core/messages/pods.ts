// Messages about pods, images, Services and configuration.
import type { Table } from './code-messages';

/** Words by code. */
export const PODS_WORDS = {
  'allow-from-without-policy': {
    says: '<value> means nothing without a NetworkPolicy',
    instead: 'leave it out',
    why: 'Only a NetworkPolicy restricts who reaches the port.',
    values: { says: 'means nothing without a NetworkPolicy' },
  },
  'cache-with-replicas': {
    says: 'true, but of <replicas> replicas only one forgets what a client deletes',
    instead: 'leave it out, or write deletion: false or replicas: 1',
    why: "The descriptor cache is in each pod's memory: a deleted image stays visible in the others.",
    values: { instead: 'leave it out, or write storage: { deletion: false } or replicaCount: 1' },
  },
  'collection-beside-replicas': {
    says: '<value> would run beside the other <others>, and take what is just being pushed there',
    instead: 'write replicas: 1, or leave it out and collect while the registry is read-only',
    why: 'The collection deletes layers that no manifest names yet, and a push writes its manifest last.',
    values: { instead: 'write replicaCount: 1, or leave it out and collect while the registry is read-only' },
  },
  'collection-of-ephemeral-storage': {
    says: '<value> finds nothing, because ephemeral storage is empty at each start',
    instead: 'leave it out',
    why: 'There is no garbage at the start.',
  },
  'collection-of-read-only-storage': {
    says: '<value> would delete from a storage that is read-only, for a backup or a move',
    instead: 'leave it out for as long as storage.readOnly is true',
    why: 'A backup or a move needs the storage to stand still.',
  },
  'collection-without-deletion': {
    says: '<value> finds nothing, because no image can be deleted',
    instead: 'add storage: { deletion: true }',
    why: 'Garbage is what deleted manifests leave behind.',
  },
  'cors-with-login': {
    says: '<value> lets no browser in where the registry has a login, because it answers their preflight requests with 401',
    instead:
      'leave it out, and serve the UI on the same host or through a proxy, as RegistryUIAccess.path() and .host(...) do',
    why: 'Browsers send preflight requests without credentials, and the registry answers 401.',
  },
  'deployment-without-metrics': {
    says: 'has no metrics',
    instead: 'write metrics: true in the props of the RegistryDeployment',
    why: 'The pods open the metrics port only then.',
  },
  'drain-timeout-not-in-range': {
    says: '<value> is not a whole number of seconds from 1 to 3600',
    instead: 'write e.g. Duration.seconds(300)',
    why: 'The pod is killed after this time at the latest.',
  },
  'duration-not-in-seconds': {
    says: '<value> is not a whole number of seconds of 1 or more',
    instead: 'write e.g. <example>',
    why: 'The program that reads it takes whole seconds.',
  },
  'http-key-set': {
    says: '<value> is not followed by the rest of the manifests',
    instead: '<instead>',
    why: 'The Service, the probes and the policies go by what the library sets.',
  },
  'image-tagged-latest': {
    says: '<value> is tagged "latest", which changes under you',
    instead: 'write e.g. "<example>"',
    why: 'Two nodes could run two versions, and a restart could change the version.',
  },
  'image-without-tag': {
    says: '<value> has no tag, which means "latest" and changes under you',
    instead: 'write e.g. "<example>"',
    why: 'Two nodes could run two versions, and a restart could change the version.',
  },
  'limit-below-request': {
    says: '<value> is below the request of <request>',
    instead: 'write <request> or more',
    why: 'The API server refuses such a container.',
  },
  'map-removed': {
    says: '<value> would take away all that stands there',
    instead: 'write <key>: {...}, or leave it out',
    why: 'The registry would lose settings that the manifests rely on.',
  },
  'metrics-open-to-everybody': {
    says: "false, so every pod of the cluster would reach the metrics' port, which has no login and the registry's internals besides",
    instead:
      'leave networkPolicy.enabled out, or accept it by metrics: { insecureWithoutNetworkPolicy: true }',
    why: 'The port has no login, and serves profiles of the process, too.',
  },
  'mount-path-not-absolute': {
    says: '<value> is not an absolute path',
    instead: 'write e.g. "/scratch"',
    why: 'The API server refuses other paths.',
  },
  'mount-path-taken': {
    says: '<value> is mounted already',
    instead: 'choose another path',
    why: 'The API server refuses two mounts at one path.',
  },
  'no-load-balancer': {
    says: '<value> means nothing for a <type>',
    instead: 'add type: ServiceType.LOAD_BALANCER, or leave it out',
    why: 'Only a Service of type LoadBalancer has it.',
    values: { instead: 'add service: { type: LoadBalancer }, or leave it out' },
  },
  'node-port-of-cluster-ip': {
    says: '<value> means nothing for a ClusterIP',
    instead: 'add type: ServiceType.NODE_PORT, or leave it out',
    why: 'A ClusterIP Service opens no port of the nodes.',
    values: { instead: 'add service: { type: NodePort }, or leave it out' },
  },
  'not-a-cluster-ip': {
    says: '<value> is not an IPv4 or IPv6 address',
    instead: '<instead>',
    why: 'The cluster gives Services addresses of its own range.',
  },
  'not-a-load-balancer-class': {
    says: '<value> is not the name of a class',
    instead: 'write e.g. "service.k8s.aws/nlb"',
    why: 'Cloud controllers go by a label key.',
  },
  'not-a-name-of-a-registry': {
    says: '<value> is not a lower-case DNS label that begins with a letter, of at most 50 characters',
    instead: 'write e.g. "registry"',
    why: 'Services are called after it, whose names are DNS labels; the longest suffix needs 13 characters.',
  },
  'not-a-volume-of-the-pod': {
    says: '<value> is not a volume of this pod',
    instead: 'add it to volumes',
    why: 'The API server refuses a mount of a volume that is not there.',
  },
  'not-an-image': {
    says: '<value> is not an image reference',
    instead: 'write e.g. "<example>"',
    why: "Nodes can't pull it.",
  },
  'not-an-ipv4-address': {
    says: '<value> is not an IPv4 address',
    instead: 'write e.g. "192.168.1.50"',
    why: 'Load balancers take no names.',
  },
  'not-an-origin': {
    says: '<value> is not a scheme and a host, with a port at most',
    instead: 'write e.g. "https://images.example.com"',
    why: 'An origin has neither a path nor a slash at its end.',
  },
  'own-annotation': {
    says: "<value> is one of the library's own annotations, by which pods are replaced when what they read changes",
    instead: 'choose another key',
    why: 'The library sets it, to replace pods when what they read changes.',
  },
  'own-label': {
    says: "<value> is one of the library's own labels, by which selectors work",
    instead: 'choose another key',
    why: 'A changed label would part Services and policies from their pods.',
  },
  'owned-variable': {
    says: '<value> would change <key>, which this library sets',
    instead: '<instead>',
    why: 'The library writes the same key of config.yml, and the variable would win over what the manifests rely on.',
  },
  'owner-unknown': {
    says: 'true, but userFromPlatform: true leaves open whose the folder is to be',
    instead: 'leave one of them out',
    why: "On OpenShift the platform chooses the user, so that the owner of the folder can't be set here.",
  },
  'replicas-need-shared-storage': {
    says: "<value> can't share <kind> storage",
    instead: 'write replicas: 1, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY',
    why: 'Pods on several nodes can write to one volume only where its access mode is ReadWriteMany, or to an object store.',
    values: { instead: 'write replicaCount: 1, or persistence: { accessMode: ReadWriteMany }' },
  },
  'root-directory-set': {
    says: '<value> is not where the volume is, and nothing else can be written to',
    instead: 'leave it out',
    why: 'The volume is mounted at one path, and everything else goes by it.',
  },
  'second-login': {
    says: '<value> stands beside the users of auth.credentials, and the registry takes one login only',
    instead:
      'write auth: { credentials: RegistryCredentials.anonymous() } with a login of your own here, or leave it out',
    why: 'The registry does not start with two.',
  },
  'second-storage': {
    says: '<value> stands beside the storage of storage.backend, <own>, and the registry takes one storage only',
    instead: 'write storage: { backend: ... }, or leave it out',
    why: 'The registry does not start with two storage drivers.',
  },
  'secret-in-config': {
    says: 'would be readable in a ConfigMap',
    instead: 'leave it out, or write httpSecret: { secret: Secret.fromSecretName(...) }',
    why: 'A ConfigMap is no place for secrets.',
  },
  'secret-not-written': {
    says: '<value> means nothing, since no such Secret is written here',
    instead: 'leave it out',
    why: 'The Secret exists or there is none, so a name for it has no effect.',
  },
  'service-without-tls': {
    says: '<value> would carry passwords in clear, since TLS does not end in the pod',
    instead:
      'add tls: { termination: TlsTermination.POD }, use ServiceType.CLUSTER_IP behind an ingress, or accept it by auth: { insecurePasswordsOverHttp: true }',
    why: 'Clients come to the Service from outside of the cluster, and would send passwords unencrypted.',
    values: {
      instead:
        'add tls: { termination: POD }, use service: { type: ClusterIP } behind an ingress, or accept it by auth: { insecurePasswordsOverHttp: true }',
    },
  },
  'timeout-above-interval': {
    says: '<value> is longer than the interval of <interval> s',
    instead: 'write Duration.seconds(<interval>) or less',
    why: 'Prometheus refuses such a configuration.',
  },
  'traffic-policy-of-cluster-ip': {
    says: '<value> means nothing for a ClusterIP',
    instead: 'add type: ServiceType.LOAD_BALANCER, or leave it out',
    why: 'Only Services that are reached from outside have one.',
    values: { instead: 'add service: { type: LoadBalancer }, or leave it out' },
  },
  'user-given-twice-over': {
    says: '<value> stands beside userFromPlatform: true',
    instead: 'leave one of them out',
    why: 'One of the two would do nothing.',
  },
  'version-unknown': {
    says: "<value> does not tell the registry's version by its tag",
    instead: 'add version: RegistryVersion.V3 (or V2)',
    why: '2.8 and 3.x want different configurations, and the tag does not say which one it is.',
    values: { instead: 'add image: { version: V3 } (or V2)' },
  },
  'cors-origin-of-another-ui': {
    says: '<value> is not the UI\'s "<origin>", and browsers take one origin only',
    instead: 'leave it out, or write "*"',
    why: 'The answer to a browser names one origin or all.',
  },
  'collection-beside-others': {
    says: 'true would run beside <others>, with the same storage, and destroy what is pushed or kept while it deletes there',
    instead:
      'give each storage of its own, write storage: { readOnly: true } there, or leave it out and collect while all are read-only',
    why: 'The collection deletes layers that no manifest names yet, and a push writes its manifest last.',
  },
} as const satisfies Table;
