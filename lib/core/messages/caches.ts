// Messages about pull-through caches.
import type { Table } from './code-messages';

/** Words by code. */
export const CACHES_WORDS = {
  'cache-alerts-without-monitor': {
    says: 'needs a ServiceMonitor',
    instead: 'add metrics: { serviceMonitor: {} }',
    why: 'The alerts are about the job that a ServiceMonitor makes.',
    values: { instead: 'add metrics: { enabled: true, serviceMonitor: { enabled: true } }' },
  },
  'cache-keeps-everything': {
    says: '<value> would never free space',
    instead: 'leave it out: a cache deletes what has expired',
    why: 'Without deletion, what has expired stays on the volume, until the volume is full.',
  },
  'cache-name-taken': {
    says: '<value> makes names of objects that <other> has, too',
    instead: 'write another, e.g. cacheName: "hub"',
    why: 'Two objects of the same kind, namespace and name overwrite each other.',
    values: { instead: 'write another, e.g. name: hub' },
  },
  'cache-name-too-long': {
    says: 'makes "<name>", which has <characters> characters, and more than 50',
    instead: 'write a shorter one, e.g. cacheName: "hub"',
    why: 'Objects are named after the cache, and some names may have no more than 63 characters.',
    values: { instead: 'write a shorter one, e.g. name: hub' },
  },
  'cache-of-itself': {
    says: '<value> is this registry itself',
    instead: 'leave the cache out',
    why: 'Clients would get images of this registry as the cache remembers them: not those that were pushed since, and for a while those that were deleted.',
  },
  'cache-of-nothing': {
    says: 'names no upstream',
    instead: 'write e.g. upstream: "docker.io"',
    why: 'A cache fetches what it does not have from one upstream.',
  },
  'cache-open-to-everybody': {
    says: 'gives everybody who reaches the cache the private images of this login',
    instead:
      'name the clients, by networkPolicy: { allowFrom: [...] }, or state that the login sees public images only, by login: { publicImagesOnly: true }',
    why: 'A cache fetches with its own login whatever it is asked for, and asks nobody for a login.',
    values: {
      instead:
        'leave out networkPolicy: { enabled: false }, or state that the login sees public images only, by login: { publicImagesOnly: true }',
    },
  },
  'cache-open-to-a-peer': {
    says: 'lets everybody reach the cache, which gives them the private images of its login',
    instead:
      "name the clients, e.g. { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }, or state that the login sees public images only, by login: { publicImagesOnly: true }",
    why: 'A cache fetches with its own login whatever it is asked for, and asks nobody for a login. Pods of all namespaces, and ranges of an eighth of all addresses or more, are everybody.',
  },
  'cache-private-and-open': {
    says: 'gives everybody the private images of this login: some access rule permits pulls of <path>/… without a login',
    instead:
      "permit them to users only, e.g. AccessRule.pull('<path>/**').toAllUsers(), or state that the login sees public images only, by login: { publicImagesOnly: true }",
    why: 'A cache fetches with its own login whatever it is asked for.',
    values: {
      instead:
        'permit them to users only, e.g. by { action: pull, repositories: ["<path>/**"], allUsers: true } in access.rules, or state that the login sees public images only, by login: { publicImagesOnly: true }',
    },
  },
  'cache-raw-upstream': {
    says: 'would replace what the cache was made for',
    instead: 'write upstream, upstreamUrl, login or ttl',
    why: 'NetworkPolicy, checks and notes follow the props, not raw keys.',
  },
  'cache-read-only': {
    says: 'would keep the cache from storing anything',
    instead: 'leave it out',
    why: 'A cache writes what it fetches. It never takes pushes.',
  },
  'cache-version-too-old': {
    says: '<value> is older than 3.1.0',
    instead: 'write e.g. "<example>"',
    why: 'Below 3.1.0 the login of an upstream leaks to other hosts that the upstream names (CVE-2026-33540), and a start fails while the upstream is away.',
  },
  'cache-version-unknown': {
    says: '<value> does not tell whether it is 3.1.0 or newer',
    instead: 'write a tag like "<example>", or the version beside it: imageVersion: "3.1.1"',
    why: 'Below 3.1.0 the login of an upstream leaks to other hosts that the upstream names (CVE-2026-33540).',
    values: {
      instead: 'write image: { tag: "<tag>" }, or the version beside it: imageVersion: "3.1.1"',
    },
  },
  'caches-in-a-ring': {
    says: '<value> leads in a ring: <caches>',
    instead: 'write the URL of a registry that has the images',
    why: 'Each cache would ask the next one for an image that none of them has, until the requests time out.',
  },
  'not-a-platform': {
    says: '<value> is not a platform of images',
    instead: 'write e.g. "<example>"',
    why: 'Images name their platforms by system, architecture and variant, as in linux/arm/v7.',
  },
  'not-a-schedule': {
    says: '<value> is not a schedule of minute, hour, day of month, month and day of week',
    instead: 'write e.g. "30 2 * * *"',
    why: 'The API server refuses the CronJob.',
  },
  'not-a-time-zone': {
    says: '<value> is not a time zone',
    instead: 'write e.g. "Europe/Berlin"',
    why: 'The API server refuses the CronJob.',
  },
  'not-a-version': {
    says: '<value> is not a version',
    instead: 'write e.g. "3.1.1"',
    why: 'Versions are compared number by number.',
  },
  'prefetch-name-too-long': {
    says: 'makes the CronJob "<name>", whose name has <characters> characters, and more than 52',
    instead: 'write a shorter name of the cache, e.g. cacheName: "hub"',
    why: 'The Jobs and pods of a CronJob are named after it, and some names may have no more than 63 characters.',
    values: { instead: 'write a shorter name of the cache, e.g. name: hub' },
  },
  'prefetch-of-another-registry': {
    says: '<value> is not an image of <upstream>',
    instead: 'write "<example>" if you mean that',
    why: 'A cache fetches from its upstream only. Names without a host are images of Docker Hub.',
  },
  'schedule-never-comes': {
    says: '<value> never comes: none of its months has such a day',
    instead: 'write e.g. "30 2 * * *"',
    why: 'Kubernetes takes such a schedule, and never runs it.',
  },
  'upstream-ca-given-twice': {
    says: 'is given beside ca',
    instead: 'leave one of the two out',
    why: 'Both are one file in the pod.',
  },
  'upstream-ca-without-tls': {
    says: 'has no effect: <url> is not encrypted',
    instead: 'leave it out, or write upstreamUrl: "<secure>"',
    why: 'Only the certificate of an https upstream is checked.',
  },
  'upstream-not-a-host': {
    says: 'is not the host of a registry: a name with a dot, or an address, and at most a port',
    instead: 'write e.g. "docker.io"',
    why: 'It is the beginning of image names. The message does not show it, since it may have a password.',
  },
  'upstream-not-a-url': {
    says: 'is not a URL of a scheme, a host, and at most a port',
    instead: 'write e.g. "https://registry.example.com:5000"',
    why: 'The API of a registry is at the root of its host. The message does not show the URL, which may have a password.',
  },
  'upstream-not-docker-hub': {
    says: '<value> is a host of Docker Hub, whose images are named docker.io',
    instead: 'write "docker.io"',
    why: 'Clients look for the name that stands in images.',
  },
  'upstream-not-encrypted': {
    says: '<value> is not encrypted, but there is a login',
    instead: 'write "<secure>"',
    why: 'The password would be sent in clear with each request.',
  },
} as const satisfies Table;
