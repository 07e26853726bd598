// Messages about pods, images, Services and configuration.
import type { Table } from './code-messages';

/** Words by code. */
export const PODS_WORDS = {
  'allow-from-without-policy': {
    says: '<value> has no effect without a NetworkPolicy',
    instead: 'leave it out',
    why: 'Only a NetworkPolicy restricts who reaches the port.',
    values: { says: 'has no effect without a NetworkPolicy', instead: 'leave metrics.allowFrom out' },
  },
  'capabilities-kept': {
    says: 'would keep capabilities, and the pods need none',
    instead: 'leave it out, or write { drop: ["ALL"] }',
    why: 'Pod Security `restricted` rejects pods with capabilities.',
  },
  'cors-with-login': {
    says: '<value> does not work with a login: the registry answers preflight requests with 401',
    instead:
      'leave it out, and serve the UI on the same host or through a proxy, as RegistryUIAccess.path() and .host(...) do',
    why: 'Browsers send preflight requests without credentials, and the registry answers 401.',
  },
  'deployment-without-metrics': {
    says: 'has no metrics',
    instead: 'write metrics: true in the props of the RegistryDeployment',
    why: 'The pods open the metrics port only then.',
  },
  'dns-policy-without-nameservers': {
    says: '<value> leaves the pods without a name server',
    instead: 'add dnsConfig: { nameservers: [...] }, or leave it out',
    why: 'The API server refuses such a pod.',
    values: { instead: 'add dnsConfig: { nameservers: [...] }, or leave dnsPolicy out' },
  },
  'not-a-go-expression': {
    says: '<value> is not a regular expression that Go reads',
    instead:
      "write e.g. '^https://mcr[.]microsoft[.]com/', without assertions such as (?=...) or references such as \\\\1",
    why: 'The registry does not start with an expression that it cannot read.',
  },
  'drain-timeout-not-in-range': {
    says: '<value> is not a whole number of seconds from 1 to 3600',
    instead: 'write e.g. Duration.seconds(300)',
    why: 'The pod is killed after this time at the latest.',
  },
  'duration-not-in-seconds': {
    says: '<value> is not a positive whole number of seconds',
    instead: 'write e.g. <example>',
    why: 'Whole seconds are supported only.',
  },
  'time-limit-not-in-range': {
    says: '<value> is not from <least> s to <most> s',
    instead: 'write e.g. <example>',
    values: { instead: 'write e.g. "30m"' },
    why: 'A run that is ended sooner has done nothing: its pod has to start, its retries have pauses, and kubelets take up to two minutes to tell pods of a collection. 30 days are the most.',
  },
  'http-key-set': {
    says: '<value> would not match the other manifests',
    instead: '<instead>',
    why: 'The Service, probes and NetworkPolicies rely on what the library sets.',
  },
  'image-tagged-latest': {
    says: '<value> is tagged "latest", which is not a fixed version',
    instead: 'write e.g. "<example>"',
    why: 'Two nodes could run two versions, and a restart could change the version.',
  },
  'image-without-tag': {
    says: '<value> has no tag, which means "latest"',
    instead: 'write e.g. "<example>"',
    why: 'Two nodes could run two versions, and a restart could change the version.',
  },
  'limit-below-request': {
    says: '<value> is below the request of <request>',
    instead: 'write <request> or more',
    why: 'The API server refuses such a container.',
  },
  'map-removed': {
    says: '<value> would remove all keys of this map',
    instead: 'write <key>: {...}, or leave it out',
    why: 'The registry would lose settings that the manifests rely on.',
  },
  'metrics-open-to-everybody': {
    says: 'false, so every pod of the cluster could reach the metrics port, which has no login and serves profiles, too',
    instead:
      'leave networkPolicy.enabled out, or accept this with metrics: { insecureWithoutNetworkPolicy: true }',
    why: 'Profiles of a process can reveal secrets.',
  },
  'mount-path-not-absolute': {
    says: '<value> is not an absolute path',
    instead: 'write e.g. "/scratch"',
    why: 'The API server refuses other paths.',
  },
  'mount-path-taken': {
    says: '<value> is already mounted',
    instead: 'choose another path',
    why: 'The API server refuses two mounts at one path.',
  },
  'no-such-probe': {
    says: '<value> has no effect, because the pod has no such probe',
    instead: 'leave it out',
    why: 'A registry that terminates TLS in its pod has no liveness probe, since it would log each check as a failed handshake.',
  },
  'not-a-name-of-a-registry': {
    says: '<value> is not a lower-case DNS label that begins with a letter, of at most 50 characters',
    instead: 'write e.g. "registry"',
    why: 'Services are named after it, and their names are DNS labels; the longest suffix has 13 characters.',
  },
  'not-a-volume-of-the-pod': {
    says: '<value> is not a volume of this pod',
    instead: 'add it to volumes',
    why: 'The API server refuses a mount of a volume that is not there.',
    values: { instead: 'add it to extraVolumes' },
  },
  'not-a-toleration': {
    says: '<value> <what>',
    instead: '<instead>',
    why: 'The API server refuses the pods, and a Deployment that makes none says so only in its events.',
  },
  'not-an-image': {
    says: '<value> is not an image reference',
    instead: 'write e.g. "<example>"',
    why: "Nodes can't pull it.",
  },
  'image-registry-of-itself': {
    says: '<value> is this registry, whose own image is pulled before it runs',
    instead: 'write another registry, or leave out imageRegistry',
    why: 'No pod of the registry could start on a node that has not pulled its image before.',
    values: { instead: 'write another registry, or leave out global.imageRegistry' },
  },
  'not-an-image-registry': {
    says: '<value> is not a registry in image names: a host with a dot or a port, and a path at most',
    instead: 'write e.g. "mirror.example.com" or "mirror.example.com/dockerhub"',
    why: 'A scheme is not part of an image name, and Docker looks for other names on Docker Hub.',
  },
  'not-an-ip-address': {
    says: '<value> is not an IPv4 or IPv6 address in lower case and without leading zeros',
    instead: 'write e.g. "192.0.2.53"',
    why: 'The API server refuses other texts, and warns of other spellings.',
  },
  'not-an-ipv4-address': {
    says: '<value> is not an IPv4 address',
    instead: 'write e.g. "192.168.1.50"',
    why: 'Load balancers accept addresses only.',
  },
  'not-an-origin': {
    says: '<value> is not an origin (scheme, host and optional port)',
    instead: 'write e.g. "https://images.example.com"',
    why: 'An origin has neither a path nor a slash at its end.',
  },
  'own-annotation': {
    says: '<value> is set by this library to roll out changed configuration',
    instead: 'choose another key',
    why: 'A changed checksum triggers a rollout.',
  },
  'own-label': {
    says: '<value> is set by this library for selectors',
    instead: 'choose another key',
    why: 'Services and NetworkPolicies would no longer select the pods.',
  },
  'owned-variable': {
    says: '<value> would override <key>, which this library sets',
    instead: '<instead>',
    why: 'The library writes the same key of config.yml, and the variable would win over what the manifests rely on.',
    values: {
      says: '<value> would override <key>, which the chart sets',
      instead: "leave this variable out, and set it by the chart's values where they have it",
    },
  },
  'owner-unknown': {
    says: 'true, but userFromPlatform: true leaves the owner of the folder unknown',
    instead: 'leave one of them out',
    why: "On OpenShift the platform chooses the user, so the owner can't be set here.",
    values: { instead: 'leave persistence.hostPath.fixOwner or userFromPlatform out' },
  },
  'pod-weakened': {
    says: '<value> would weaken the pods, which comply with Pod Security "restricted"',
    instead: 'leave it out',
    why: 'A namespace with Pod Security `restricted` would reject the pods, and nothing in them needs it.',
  },
  'root-directory-set': {
    says: '<value> is not the mount path of the volume, and the root file system is read-only',
    instead: 'leave it out',
    why: 'The driver must use the path at which the volume is mounted.',
    values: { instead: 'leave rootdirectory out' },
  },
  'root-file-system-writable': {
    says: '<value> would let a program change what the image contains',
    instead: 'leave it out, and add volumes and volumeMounts with an emptyDir for what is written',
    why: 'The programs of the pods write to volumes only.',
    values: {
      instead:
        'leave it out, and add extraVolumes and extraVolumeMounts with an emptyDir for what is written',
    },
  },
  'seccomp-profile-incomplete': {
    says: 'has type: Localhost without localhostProfile, or the other way round',
    instead: 'write { type: "Localhost", localhostProfile: "profiles/registry.json" }, or leave it out',
    why: 'Kubernetes rejects one without the other.',
  },
  'seccomp-profile-not-a-path': {
    says: '<value> is not a relative path without ".."',
    instead: 'write e.g. "profiles/registry.json", below the folder seccomp of the kubelet',
    why: 'The API server refuses other paths.',
  },
  'second-login': {
    says: '<value> conflicts with auth.credentials, and the registry accepts one auth provider only',
    instead:
      'write auth: { credentials: RegistryCredentials.anonymous() } and set your own auth here, or leave it out',
    why: 'The registry does not start with two.',
    values: {
      says: '<value> conflicts with the users of auth, and the registry accepts one auth provider only',
      instead:
        'write auth: { enabled: false } and set your own auth here, or leave configuration.extra.auth out',
    },
  },
  'second-storage': {
    says: '<value> conflicts with storage.backend (<own>), and the registry accepts one storage driver only',
    instead: 'write storage: { backend: ... }, or leave it out',
    why: 'The registry does not start with two storage drivers.',
    values: {
      says: '<value> conflicts with storage.type (<own>), and the registry accepts one storage driver only',
      instead: 'write storage: { type: ... }, or leave this driver out of configuration.extra.storage',
    },
  },
  'secret-in-config': {
    says: 'would be readable in a ConfigMap',
    instead: 'leave it out, or write httpSecret: { secret: Secret.fromSecretName(...) }',
    why: 'Secrets do not belong in a ConfigMap.',
    values: { instead: 'leave it out, or write httpSecret: { existingSecret: ... }' },
  },
  'secret-in-plain-variable': {
    says: 'would be readable in the pod',
    instead: 'write valueFrom: { secretKeyRef: { name: ..., key: ... } } in place of value',
    why: 'Everyone who may read Deployments would see it.',
  },
  'secret-in-raw-keys': {
    says: 'would be readable in a ConfigMap',
    instead:
      'leave it out, and add env: [{ name: "<variable>", valueFrom: { secretKeyRef: { name: ..., key: ... } } }]',
    why: 'Secrets do not belong in a ConfigMap. The registry reads each key from an environment variable, too; that of a list is YAML.',
    values: {
      instead:
        'leave it out, and add extraEnv: [{ name: "<variable>", valueFrom: { secretKeyRef: { name: ..., key: ... } } }]',
    },
  },
  'secret-of-own-keys': {
    says: 'would be readable in a ConfigMap',
    instead: '<instead>',
    why: 'Secrets do not belong in a ConfigMap, and the library sets these keys.',
    values: { instead: "leave it out, and set it by the chart's values where they have it" },
  },
  'secret-not-written': {
    says: '<value> has no effect, because no such Secret is written',
    instead: 'leave it out',
    why: 'The Secret exists or there is none, so a name for it has no effect.',
  },
  'spread-domains-without-effect': {
    says: '<value> goes with DoNotSchedule only',
    instead: 'leave it out, or write whenUnsatisfiable: "DoNotSchedule"',
    why: 'The API server refuses the pods.',
  },
  'selector-values-unused': {
    says: '<value> is beside <operator>, which compares no values',
    instead: 'leave it out, or write operator: "In" or "NotIn"',
    why: 'The API server refuses it.',
  },
  'spread-key-selected': {
    says: '<value> is a label of the labelSelector already',
    instead: 'leave it out',
    why: 'The API server refuses the pods. A constraint without a labelSelector selects by app.kubernetes.io/name, instance and component.',
  },
  'spread-said-twice': {
    says: '<value> is spread over with <whenUnsatisfiable> already',
    instead: 'leave one of the constraints out',
    why: 'The API server refuses the pods.',
  },
  'timeout-above-interval': {
    says: '<value> is longer than the interval of <interval> s',
    instead: 'write Duration.seconds(<interval>) or less',
    why: 'Prometheus refuses such a configuration.',
  },
  'sysctl-given-twice': {
    says: '<value> is listed twice',
    instead: 'leave one of the two out',
    why: 'The API server refuses such a pod.',
  },
  'too-many-nameservers': {
    says: '<count> name servers, and a pod has 3 at most',
    instead: 'leave out all but 3',
    why: 'The API server refuses the pod: resolvers read no more.',
  },
  'user-given-twice-over': {
    says: '<value> conflicts with userFromPlatform: true',
    instead: 'leave one of them out',
    why: 'One of the two would do nothing.',
    values: { instead: 'leave userId or userFromPlatform out' },
  },
  'user-in-security-context': {
    says: "<value> is not read here, because userId is the pods' user and group",
    instead: 'leave it out, and write userId: <value> or userFromPlatform: true',
    why: 'The user of the process also owns its volume, so one setting is for all three fields.',
  },
  'version-unknown': {
    says: '<value> does not have the major version in its tag',
    instead: 'add version: RegistryVersion.V3 (or V2)',
    why: '2.8 and 3.x need different configurations.',
    values: { instead: 'add image: { version: V3 } (or V2)' },
  },
  'cors-origin-of-another-ui': {
    says: '<value> is not the origin of the UI, "<origin>", and only one origin is allowed',
    instead: 'leave it out, or write "*"',
    why: 'The CORS header holds one origin, or * for all.',
  },
} as const satisfies Table;
