// Wrong users, resources, containers, volumes and networks of pods.
import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import type { Row } from './row';

const ZONE = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' };
const PEER = "{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }";

export const PODS: readonly Row[] = [
  {
    name: 'root as user',
    props: { userId: 0 },
    says: [
      '[chart/registry/deployment] userId: 0 is not a whole number from 1 to 2147483647; write e.g. 65532',
    ],
  },
  {
    name: 'a user by name',
    props: { userId: 'nobody' },
    says: [
      '[chart/registry/deployment] userId: "nobody" is not a whole number from 1 to 2147483647; write e.g. 65532',
    ],
  },
  {
    name: 'a user out of range',
    props: { userId: 2 ** 31 },
    says: [
      '[chart/registry/deployment] userId: 2147483648 is not a whole number from 1 to 2147483647; write e.g. 65532',
    ],
  },
  {
    name: 'CPU as text',
    props: { resources: { cpu: { request: '100m' } } },
    says: [
      '[chart/registry/deployment] resources.cpu.request: "100m" is not a Cpu; write e.g. Cpu.millis(100)',
    ],
  },
  {
    name: 'memory as text',
    props: { resources: { memory: { limit: '512Mi' } } },
    says: [
      '[chart/registry/deployment] resources.memory.limit: "512Mi" is not a Size; write e.g. Size.mebibytes(512)',
    ],
  },
  {
    name: 'memory of zero',
    props: { resources: { memory: { limit: Size.mebibytes(0) } } },
    says: [
      '[chart/registry/deployment] resources.memory.limit: "0Mi" is not above zero; write e.g. Size.mebibytes(512)',
    ],
  },
  {
    name: 'a number instead of memory',
    props: { resources: { memory: 512 } },
    says: [
      '[chart/registry/deployment] resources.memory: 512 is not an object; write e.g. resources.memory: {}',
    ],
  },
  {
    name: 'a memory limit below the request',
    props: { resources: { memory: { request: Size.gibibytes(1), limit: Size.mebibytes(512) } } },
    says: [
      '[chart/registry/deployment] resources.memory.limit: "512Mi" is below the request of 1Gi; write 1Gi or more',
    ],
  },
  {
    name: 'a CPU limit below the request',
    props: { resources: { cpu: { request: Cpu.units(1), limit: Cpu.millis(500) } } },
    says: [
      '[chart/registry/deployment] resources.cpu.limit: "500m" is below the request of 1; write 1 or more',
    ],
  },
  {
    name: 'a variable of the library',
    props: { env: [{ name: 'REGISTRY_HTTP_SECRET', value: 'x' }] },
    says: [
      '[chart/registry/deployment] env[0].name: "REGISTRY_HTTP_SECRET" would override http.secret, which this library sets; leave it out, or write httpSecret: { secret: Secret.fromSecretName(...) }',
    ],
  },
  {
    name: 'a variable twice',
    props: {
      env: [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    },
    says: ['[chart/registry/deployment] env[1].name: "A" is already used in this pod; choose another name'],
  },
  {
    name: 'a variable without a name',
    props: { env: [{ value: 'x' }] },
    says: [
      '[chart/registry/deployment] env[0].name: undefined is not the name of an environment variable; write e.g. "HTTPS_PROXY"',
    ],
  },
  {
    name: 'a variable with a space in its name',
    props: { env: [{ name: 'MY VARIABLE', value: 'x' }] },
    says: [
      '[chart/registry/deployment] env[0].name: "MY VARIABLE" is not the name of an environment variable; write e.g. "HTTPS_PROXY"',
    ],
  },
  {
    name: 'variables as a map',
    props: { env: { HTTP_PROXY: 'http://proxy' } },
    says: ['[chart/registry/deployment] env: an object is not a list; write env: [...]'],
  },
  {
    name: 'null among the variables',
    props: { env: [null] },
    says: ['[chart/registry/deployment] env[0]: null is not an object; write env: [{...}]'],
  },
  {
    name: 'a volume of the library',
    props: { volumes: [{ name: 'data', emptyDir: {} }] },
    says: [
      '[chart/registry/deployment] volumes[0].name: "data" is already used in this pod; choose another name',
    ],
  },
  {
    name: 'a volume in upper case',
    props: { volumes: [{ name: 'Scratch', emptyDir: {} }] },
    says: [
      '[chart/registry/deployment] volumes[0].name: "Scratch" is not a name of lower-case letters, digits and "-"; write e.g. "scratch"',
    ],
  },
  {
    name: 'a mount of a volume that is not there',
    props: { volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] },
    says: [
      '[chart/registry/deployment] volumeMounts[0].name: "scratch" is not a volume of this pod; add it to volumes',
    ],
  },
  {
    name: 'a mount over one of the library',
    props: {
      volumes: [{ name: 'scratch', emptyDir: {} }],
      volumeMounts: [{ name: 'scratch', mountPath: '/var/lib/registry' }],
    },
    says: [
      '[chart/registry/deployment] volumeMounts[0].mountPath: "/var/lib/registry" is already mounted; choose another path',
    ],
  },
  {
    name: 'mounts over those of the library, in other spellings',
    props: {
      volumes: [{ name: 'scratch', emptyDir: {} }],
      volumeMounts: ['/auth/', '//auth', '/scratch/../auth', '/scratch', '/scratch/.'].map((mountPath) => ({
        name: 'scratch',
        mountPath,
      })),
    },
    says: ['/auth/', '//auth', '/scratch/../auth', '/scratch/.'].map(
      (path, index) =>
        `[chart/registry/deployment] volumeMounts[${index < 3 ? index : 4}].mountPath: "${path}" is already mounted; choose another path`,
    ),
  },
  {
    name: 'numbers and booleans as variables',
    props: {
      env: [
        { name: 'A', value: 1 },
        { name: 'B', value: true },
        { name: 'C', value: '1' },
      ],
    },
    says: [
      '[chart/registry/deployment] env[0].value: 1 is not a string; write it in quotes',
      '[chart/registry/deployment] env[1].value: true is not a string; write it in quotes',
    ],
  },
  {
    name: 'a text for mounts',
    props: { volumeMounts: '/scratch' },
    says: ['[chart/registry/deployment] volumeMounts: "/scratch" is not a list; write volumeMounts: [...]'],
  },
  {
    name: 'a sidecar called as the main container',
    props: { sidecars: [{ name: 'registry', image: 'busybox:1.37' }] },
    says: [
      '[chart/registry/deployment] sidecars[0].name: "registry" is already used in this pod; choose another name',
    ],
  },
  {
    name: 'additional containers whose images are not pinned',
    props: {
      sidecars: [
        { name: 'a', image: 'busybox' },
        { name: 'b', image: 'busybox:1.37' },
      ],
      initContainers: [
        { name: 'c', image: 'busybox:latest' },
        { name: 'd', image: 'Busybox:1' },
      ],
    },
    says: [
      '[chart/registry/deployment] sidecars[0].image: "busybox" has no tag, which means "latest"; write e.g. "busybox:1.37.0"',
      '[chart/registry/deployment] initContainers[0].image: "busybox:latest" is tagged "latest", which is not a fixed version; write e.g. "busybox:1.37.0"',
      '[chart/registry/deployment] initContainers[1].image: "Busybox:1" is not an image reference; write e.g. "busybox:1.37.0"',
    ],
  },
  {
    name: 'additional containers and volumes that weaken the pods',
    props: {
      sidecars: [
        {
          name: 'a',
          image: 'busybox:1.37',
          ports: [{ containerPort: 80, hostPort: 8080 }],
          securityContext: { privileged: true, runAsUser: 0, seccompProfile: { type: 'Unconfined' } },
        },
      ],
      initContainers: [
        { name: 'b', image: 'busybox:1.37', securityContext: 'none' as never },
        {
          name: 'c',
          image: 'busybox:1.37',
          securityContext: { allowPrivilegeEscalation: null as never, capabilities: { add: ['CHOWN'] } },
        },
      ],
      volumes: [{ name: 'node', hostPath: { path: '/' } }],
    },
    says: [
      '[chart/registry/deployment] sidecars[0].ports[0].hostPort: 8080 would weaken the pods, which comply with Pod Security "restricted"; leave it out',
      '[chart/registry/deployment] sidecars[0].securityContext.privileged: true would weaken the pods, which comply with Pod Security "restricted"; leave it out',
      '[chart/registry/deployment] sidecars[0].securityContext.runAsUser: 0 would weaken the pods, which comply with Pod Security "restricted"; leave it out',
      '[chart/registry/deployment] sidecars[0].securityContext.seccompProfile.type: "Unconfined" would weaken the pods, which comply with Pod Security "restricted"; leave it out',
      '[chart/registry/deployment] initContainers[0].securityContext: "none" is not an object; write e.g. initContainers[0].securityContext: {}',
      '[chart/registry/deployment] initContainers[1].securityContext.allowPrivilegeEscalation: null would weaken the pods, which comply with Pod Security "restricted"; leave it out',
      '[chart/registry/deployment] initContainers[1].securityContext.capabilities: would keep capabilities, and the pods need none; leave it out, or write { drop: ["ALL"] }',
      '[chart/registry/deployment] volumes[0].hostPath: "/" would weaken the pods, which comply with Pod Security "restricted"; leave it out',
    ],
  },
  {
    name: 'hosts, name servers and spread that the API server would refuse',
    props: {
      hostAliases: [{ ip: 'ldap', hostnames: ['a b'] }, { ip: '192.0.2.7' } as never],
      dnsConfig: { nameservers: ['192.0.2.53', 'dns'] },
      topologySpreadConstraints: [{ maxSkew: 0, topologyKey: '', whenUnsatisfiable: 'Never' }],
    },
    says: [
      '[chart/registry/deployment] dnsConfig.nameservers[1]: "dns" is not an IPv4 or IPv6 address in lower case and without leading zeros; write e.g. "192.0.2.53"',
      '[chart/registry/deployment] hostAliases[0].ip: "ldap" is not an IPv4 or IPv6 address in lower case and without leading zeros; write e.g. "192.0.2.53"',
      '[chart/registry/deployment] hostAliases[0].hostnames[0]: "a b" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "ldap.example.com"',
      '[chart/registry/deployment] hostAliases[1].hostnames[0]: is missing; write e.g. "ldap.example.com"',
      '[chart/registry/deployment] topologySpreadConstraints[0].maxSkew: 0 is not a whole number from 1 to 2147483647; write e.g. 1',
      '[chart/registry/deployment] topologySpreadConstraints[0].whenUnsatisfiable: "Never" is not supported; write one of DoNotSchedule, ScheduleAnyway',
      '[chart/registry/deployment] topologySpreadConstraints[0].topologyKey: is missing; write e.g. "topology.kubernetes.io/zone"',
    ],
  },
  {
    name: 'secrets in plain variables and raw keys',
    props: {
      env: [
        { name: 'REGISTRY_REDIS_PASSWORD', value: 'x' },
        { name: 'REGISTRY_PROXY_PASSWORD', value: '$(PROXY)' },
        { name: 'HTTPS_PROXY', value: 'http://me:pass@proxy.example.com:3128' },
      ],
      configuration: {
        extra: {
          redis: { addr: 'redis:6379', password: 'x' },
          notifications: {
            endpoints: [{ url: 'https://a:b@example.com', headers: { Authorization: ['x'] } }],
          },
          auth: { token: { secret: 'x' } },
        },
      },
    },
    says: [
      '[chart/registry/deployment] env[0].value: would be readable in the pod; write valueFrom: { secretKeyRef: { name: ..., key: ... } } in place of value',
      '[chart/registry/deployment] env[2].value: would be readable in the pod; write valueFrom: { secretKeyRef: { name: ..., key: ... } } in place of value',
      '[chart/registry/deployment/configuration] configuration.extra.auth: an object conflicts with auth.credentials, and the registry accepts one auth provider only; write auth: { credentials: RegistryCredentials.anonymous() } and set your own auth here, or leave it out',
      '[chart/registry/deployment/configuration] configuration.extra.redis.password: would be readable in a ConfigMap; leave it out, and add env: [{ name: "REGISTRY_REDIS_PASSWORD", valueFrom: { secretKeyRef: { name: ..., key: ... } } }]',
      '[chart/registry/deployment/configuration] configuration.extra.notifications.endpoints[0].url: would be readable in a ConfigMap; leave it out, and add env: [{ name: "REGISTRY_NOTIFICATIONS_ENDPOINTS", valueFrom: { secretKeyRef: { name: ..., key: ... } } }]',
      '[chart/registry/deployment/configuration] configuration.extra.notifications.endpoints[0].headers.Authorization[0]: would be readable in a ConfigMap; leave it out, and add env: [{ name: "REGISTRY_NOTIFICATIONS_ENDPOINTS", valueFrom: { secretKeyRef: { name: ..., key: ... } } }]',
      '[chart/registry/deployment/configuration] configuration.extra.auth.token.secret: would be readable in a ConfigMap; leave it out, or write auth: { credentials: ... }',
    ],
  },
  {
    name: 'a sidecar with a space in its name',
    props: { sidecars: [{ name: 'log shipper', image: 'busybox:1.37' }] },
    says: [
      '[chart/registry/deployment] sidecars[0].name: "log shipper" is not a name of lower-case letters, digits and "-"; write e.g. "log-shipper"',
    ],
  },
  {
    name: 'a sidecar and an init container of one name',
    props: {
      sidecars: [{ name: 'helper', image: 'busybox:1.37' }],
      initContainers: [{ name: 'helper', image: 'busybox:1.37' }],
    },
    says: [
      '[chart/registry/deployment] initContainers[0].name: "helper" is already used in this pod; choose another name',
    ],
  },
  {
    name: "an init container called as the UI's own",
    props: { ingress: {}, ui: { initContainers: [{ name: 'prepare', image: 'busybox:1.37' }] } },
    says: [
      '[chart/registry/ui] ui.initContainers[0].name: "prepare" is already used in this pod; choose another name',
    ],
  },
  {
    name: 'a node selector with a boolean',
    props: { nodeSelector: { 'example.com/ssd': true } },
    says: [
      '[chart/registry/deployment] nodeSelector["example.com/ssd"]: true is not a string; write it in quotes',
    ],
  },
  {
    name: 'a toleration that is not in a list',
    props: { tolerations: { operator: 'Exists' } },
    says: ['[chart/registry/deployment] tolerations: an object is not a list; write tolerations: [...]'],
  },
  {
    name: 'a text among the tolerations',
    props: { tolerations: ['ssd'] },
    says: ['[chart/registry/deployment] tolerations[0]: "ssd" is not an object; write tolerations: [{...}]'],
  },
  {
    name: 'affinities and constraints with texts for lists and objects',
    props: {
      affinity: {
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [null] } },
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0, podAffinityTerm: 'x' }],
        },
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: 'x' },
      },
      topologySpreadConstraints: [
        null,
        ...['x', [null], [5], ['a b']].map((matchLabelKeys, index) => ({
          ...ZONE,
          topologyKey: `${index}`,
          matchLabelKeys,
        })),
        ...['x', [null], [{ key: 'a', operator: 'In', values: 'x' }], [{ key: 'a', operator: 'In' }]].map(
          (matchExpressions, index) => ({
            ...ZONE,
            topologyKey: `e${index}`,
            labelSelector: { matchExpressions },
          }),
        ),
      ],
    },
    says: [
      '[chart/registry/deployment] affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0]: null is not an object; write affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: [{...}]',
      '[chart/registry/deployment] affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: 0 is not a whole number from 1 to 100; write e.g. 1',
      '[chart/registry/deployment] affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm: "x" is not an object; write e.g. affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm: {}',
      '[chart/registry/deployment] affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: "x" is not a list; write affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution: [...]',
      '[chart/registry/deployment] topologySpreadConstraints[0]: null is not an object; write topologySpreadConstraints: [{...}]',
      '[chart/registry/deployment] topologySpreadConstraints[1].matchLabelKeys: "x" is not a list; write topologySpreadConstraints[1].matchLabelKeys: [...]',
      '[chart/registry/deployment] topologySpreadConstraints[2].matchLabelKeys[0]: null is not a string; write e.g. "example.com/team"',
      '[chart/registry/deployment] topologySpreadConstraints[3].matchLabelKeys[0]: 5 is not a string; write e.g. "example.com/team"',
      '[chart/registry/deployment] topologySpreadConstraints[4].matchLabelKeys[0]: "a b" is not a label or annotation key; write e.g. "example.com/team"',
      '[chart/registry/deployment] topologySpreadConstraints[5].labelSelector.matchExpressions: "x" is not a list; write topologySpreadConstraints[5].labelSelector.matchExpressions: [...]',
      '[chart/registry/deployment] topologySpreadConstraints[6].labelSelector.matchExpressions[0]: null is not an object; write topologySpreadConstraints[6].labelSelector.matchExpressions: [{...}]',
      '[chart/registry/deployment] topologySpreadConstraints[7].labelSelector.matchExpressions[0].values: "x" is not a list; write topologySpreadConstraints[7].labelSelector.matchExpressions[0].values: [...]',
      '[chart/registry/deployment] topologySpreadConstraints[8].labelSelector.matchExpressions[0].values[0]: is missing; write e.g. "registry"',
    ],
  },
  {
    name: 'rules for the network with texts for lists and objects',
    props: {
      networkPolicy: {
        allowFrom: [{ ipBlock: 'x' }, { podSelector: null }, { podSeletor: {} }],
        allowTo: [
          { to: 'x' },
          { ports: 'x' },
          { ports: [null] },
          { to: [{ ipBlock: { cidr: '10.0.0.0/8', except: 'x' } }] },
          { to: [{ podSelector: { matchExpressions: 'x' } }] },
          { ports: [{ port: 'HTTPS', protocol: 'tcp' }] },
          { ports: [{ port: 443, prot: 'TCP' }], from: [] },
          {
            to: [
              { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
            ],
          },
        ],
      },
    },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowFrom[0].ipBlock: "x" is not an object; write e.g. networkPolicy.allowFrom[0].ipBlock: {}',
      '[chart/registry/deployment/network] networkPolicy.allowFrom[1].podSelector: null is not an object; write e.g. networkPolicy.allowFrom[1].podSelector: { matchLabels: { app: "web" } }, or leave it out',
      "[chart/registry/deployment/network] networkPolicy.allowFrom[1]: an object selects nothing; write e.g. { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }",
      '[chart/registry/deployment/network] networkPolicy.allowFrom[2].podSeletor: is not a field that is written here; write one of ipBlock, namespaceSelector, podSelector, or leave it out',
      "[chart/registry/deployment/network] networkPolicy.allowFrom[2]: an object selects nothing; write e.g. { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }",
      '[chart/registry/deployment/network] networkPolicy.allowTo[0].to: "x" is not a list; write networkPolicy.allowTo[0].to: [...]',
      '[chart/registry/deployment/network] networkPolicy.allowTo[1].ports: "x" is not a list; write networkPolicy.allowTo[1].ports: [...]',
      '[chart/registry/deployment/network] networkPolicy.allowTo[2].ports[0]: null is not an object; write networkPolicy.allowTo[2].ports: [{...}]',
      '[chart/registry/deployment/network] networkPolicy.allowTo[3].to[0].ipBlock.except: "x" is not a list; write networkPolicy.allowTo[3].to[0].ipBlock.except: [...]',
      '[chart/registry/deployment/network] networkPolicy.allowTo[4].to[0].podSelector.matchExpressions: "x" is not a list; write networkPolicy.allowTo[4].to[0].podSelector.matchExpressions: [...]',
      '[chart/registry/deployment/network] networkPolicy.allowTo[5].ports[0].protocol: "tcp" is not supported; write one of TCP, UDP, SCTP',
      '[chart/registry/deployment/network] networkPolicy.allowTo[5].ports[0].port: "HTTPS" is neither a port from 1 to 65535 nor the name of one: at most 15 lower-case letters, digits and single "-"; write e.g. 443 or "https"',
      '[chart/registry/deployment/network] networkPolicy.allowTo[6].from: is not a field that is written here; write one of to, ports, or leave it out',
      '[chart/registry/deployment/network] networkPolicy.allowTo[6].ports[0].prot: is not a field that is written here; write one of port, endPort, protocol, or leave it out',
      '[chart/registry/deployment/network] networkPolicy.allowTo[7].to[0].namespaceSelector.matchExpressions[0].values: a list of 1 is beside Exists, which compares no values; leave it out, or write operator: "In" or "NotIn"',
    ],
  },
  {
    name: 'a text for the affinity',
    props: { affinity: 'ssd' },
    says: ['[chart/registry/deployment] affinity: "ssd" is not an object; write e.g. affinity: {}'],
  },
  {
    name: 'a priority class with a space',
    props: { priorityClassName: 'High Priority' },
    says: [
      '[chart/registry/deployment] priorityClassName: "High Priority" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "system-cluster-critical"',
    ],
  },
  {
    name: 'a service account by its name alone',
    props: { serviceAccount: 'robot' },
    says: [
      "[chart/registry/deployment] serviceAccount: \"robot\" is not a ServiceAccount; write e.g. ServiceAccount.fromServiceAccountName(this, 'account', 'robot')",
    ],
  },
  {
    name: 'a pull secret by its name alone',
    props: { imagePullSecrets: ['docker-hub'] },
    says: [
      "[chart/registry/deployment] imagePullSecrets[0]: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'a text for pull secrets',
    props: { imagePullSecrets: 'docker-hub' },
    says: [
      '[chart/registry/deployment] imagePullSecrets: "docker-hub" is not a list; write imagePullSecrets: [...]',
    ],
  },
  {
    name: 'a text for networkPolicy.enabled',
    props: { networkPolicy: { enabled: 'no' } },
    says: ['[chart/registry/deployment] networkPolicy.enabled: "no" is not a boolean; write true or false'],
  },
  {
    name: 'a peer that is not in a list',
    props: { networkPolicy: { allowFrom: { podSelector: {} } } },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowFrom: an object is not a list; write networkPolicy.allowFrom: [...]',
    ],
  },
  {
    name: 'a peer as text',
    props: { networkPolicy: { allowFrom: ['10.0.0.0/8'] } },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowFrom[0]: "10.0.0.0/8" is not an object; write networkPolicy.allowFrom: [{...}]',
    ],
  },
  {
    name: 'an empty list of peers',
    props: { networkPolicy: { allowFrom: [] } },
    says: [
      `[chart/registry/deployment/network] networkPolicy.allowFrom: a list of 0 would allow ingress from everywhere; write e.g. [${PEER}], or leave it out`,
    ],
  },
  {
    name: "an empty list of the UI's peers",
    props: { ingress: {}, ui: { networkPolicy: { allowFrom: [] } } },
    says: [
      `[chart/registry/ui/network] ui.networkPolicy.allowFrom: a list of 0 would allow ingress from everywhere; write e.g. [${PEER}], or leave it out`,
    ],
  },
  {
    name: 'a peer who is nobody',
    props: { networkPolicy: { allowFrom: [{ podSelector: {} }, {}] } },
    says: [
      `[chart/registry/deployment/network] networkPolicy.allowFrom[1]: an object selects nothing; write e.g. ${PEER}`,
    ],
  },
  {
    name: 'a peer by range and by labels',
    props: { networkPolicy: { allowFrom: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] } },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowFrom[0].ipBlock: an object is combined with a selector, which the API server refuses; write two entries',
    ],
  },
  {
    name: 'a peer whose range is an address',
    props: { networkPolicy: { allowFrom: [{ ipBlock: { cidr: '10.0.0.1' } }] } },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowFrom[0].ipBlock.cidr: "10.0.0.1" is not a CIDR range; write e.g. "10.0.0.0/8"',
    ],
  },
  {
    name: 'a way out to nobody and everybody',
    props: {
      networkPolicy: {
        allowTo: [
          { to: [{}] },
          { to: [], ports: [{ port: k8s.IntOrString.fromNumber(1) }] },
          {},
          {
            ports: [
              { port: k8s.IntOrString.fromNumber(80), endPort: 79 },
              { port: k8s.IntOrString.fromString('http'), endPort: 81 },
            ],
          },
        ],
      },
    },
    says: [
      "[chart/registry/deployment/network] networkPolicy.allowTo[0].to[0]: an object selects nothing; write e.g. { ipBlock: { cidr: '10.0.0.0/8' } }",
      '[chart/registry/deployment/network] networkPolicy.allowTo[1].to: a list of 0 would allow egress to everywhere; leave it out if that is intended',
      "[chart/registry/deployment/network] networkPolicy.allowTo[2]: an object names neither peers nor ports, and would allow all egress; write e.g. { ports: [{ port: 443 }] }, or { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] } if that is intended",
      '[chart/registry/deployment/network] networkPolicy.allowTo[3].ports[0].endPort: 79 is not a whole number from 80 to 65535; write the last port of the range that begins at 80, or leave it out',
      '[chart/registry/deployment/network] networkPolicy.allowTo[3].ports[1].endPort: 81 ends a range of ports that begins at no number; write port: with a number, too, or leave it out',
    ],
  },
  {
    name: 'exceptions that a range does not hold',
    props: {
      networkPolicy: {
        allowFrom: [{ ipBlock: { cidr: 'fd00::/8', except: ['fd12::/16', 'fe00::/16', 'x'] } }],
      },
    },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowFrom[0].ipBlock.except[1]: "fe00::/16" is not a smaller CIDR range within fd00::/8; write a part of that range, or leave it out',
      '[chart/registry/deployment/network] networkPolicy.allowFrom[0].ipBlock.except[2]: "x" is not a smaller CIDR range within fd00::/8; write a part of that range, or leave it out',
    ],
  },
  {
    name: 'a port as text for what may be reached',
    props: { networkPolicy: { allowTo: '443' } },
    says: [
      '[chart/registry/deployment/network] networkPolicy.allowTo: "443" is not a list; write networkPolicy.allowTo: [...]',
    ],
  },
];
