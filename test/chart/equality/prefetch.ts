// What caches fetch before it is pulled, beside what a cache says of its name and its network.
import { type ByPath, Product } from './combinations';
import { HOST } from './product-parts';

type Item = Readonly<Record<string, unknown>>;

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What is fetched, of which upstream. */
const IMAGES: readonly Item[] = [
  { upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } },
  {
    upstream: 'docker.io',
    prefetch: {
      images: ['docker.io/library/nginx:1.27.*', 'me/a_b.c--d:*-alpine', `busybox:1@${DIGEST}`, 'a/b:latest'],
      platforms: ['linux/arm64', 'windows/amd64', 'linux/arm/v7'],
      tagsPerPattern: 10,
    },
  },
  { upstream: 'ghcr.io', prefetch: { images: ['ghcr.io/a:1', `ghcr.io/a/b@${DIGEST}`] } },
  { upstream: 'a.b:5000', name: 'own', prefetch: { images: ['a.b:5000/c:1'], tagsPerPattern: 1 } },
  // Refused: no image, of another registry, without a tag, and twice.
  {
    upstream: 'quay.io',
    prefetch: {
      images: ['A:1', 'alpine:3', 'quay.io/a', '', 'quay.io/b:1', 'quay.io/b:1'],
      platforms: ['linux/386', 'linux/386'],
    },
  },
  { upstream: 'hub.docker.com', prefetch: { images: ['alpine:3', 'ghcr.io/a:1', 'library/alpine:3'] } },
];

/** When it runs, and for how long. */
const SCHEDULES: readonly Item[] = [
  {},
  { schedule: '@weekly', timeZone: 'Europe/Berlin', timeLimit: '90s' },
  { schedule: '*/15 0-8/2,20 ? JAN-mar,12 Mon-FRI', timeZone: 'America/Port-au-Prince', timeLimit: '2h' },
  { schedule: '5/20 08 29 feb ?', timeZone: 'Etc/GMT+5' },
  { schedule: '0 0 31 4,6 *' },
  { schedule: '0 0 5-1 * *' },
];

/** How its pods run. */
const PODS: readonly Item[] = [
  {},
  {
    image: { registry: '', repository: 'company/regctl', tag: '1', digest: DIGEST, pullPolicy: 'Always' },
    userId: 1234,
    resources: { limits: { memory: '24Mi', cpu: '5m' } },
    podLabels: { team: 'b', app: 'mine' },
    podAnnotations: { 'example.com/a': 'b' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ operator: 'Exists' }],
  },
  {
    image: { repository: 'quay.io/company/regctl' },
    resources: { requests: { memory: '1Gi' }, limits: { memory: '1Mi' } },
    podAnnotations: { 'checksum/config': 'a' },
  },
];

/** What the cache says beside it: names that are too long for a CronJob, its own peers, no policy. */
const CACHES: readonly Item[] = [
  {},
  { name: 'a'.repeat(28), networkPolicy: { allowFrom: [{ podSelector: {} }] } },
  { name: 'own', networkPolicy: { enabled: false }, service: { port: 80 } },
  { name: 'a'.repeat(29) },
];

const REGISTRIES: readonly ByPath[] = [
  {},
  {
    commonLabels: { team: 'a' },
    commonAnnotations: { 'example.com/b': 'c' },
    imagePullSecrets: [{ name: 'hub' }],
    'global.imageRegistry': 'mirror.example.com',
    'global.imagePullSecrets': ['all', 'hub'],
    userFromPlatform: true,
    nameOverride: 'images',
  },
  { fullnameOverride: 'our-images' },
];

export const PREFETCHED = new Product('caches: images that are fetched before they are pulled', {
  host: [HOST],
  caches: IMAGES.flatMap(({ prefetch, ...image }) =>
    SCHEDULES.flatMap((schedule) =>
      PODS.flatMap((pod) =>
        CACHES.map((cache) => ({
          caches: [
            { ...image, ...cache, prefetch: { ...(prefetch as object), ...schedule, ...pod } },
            { upstream: 'gcr.io', prefetch: schedule },
          ],
        })),
      ),
    ),
  ),
  registry: REGISTRIES,
});
