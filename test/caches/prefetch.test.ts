// The CronJob of a cache: its images, and what it may do and reach.
import { Duration } from 'cdk8s';
import { RegistryCache, type RegistryCacheProps } from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

const NAME = 'registry-cache-docker-io-prefetch';

function made(prefetch: object, props: Partial<RegistryCacheProps> = {}) {
  const chart = newChart();
  const cache = new RegistryCache(chart, 'cache', {
    upstream: 'docker.io',
    ...props,
    prefetch: { images: ['alpine:3.22'], ...prefetch },
  });
  expect(problemsIn(chart)).toEqual([]);
  const of = (kind: string, name = NAME) => manifest(chart, `${kind}/${name}`);
  const { spec } = of('CronJob');
  const job = spec.jobTemplate.spec;
  const pod = job.template.spec;
  return { chart, cache, of, spec, job, pod, container: pod.containers[0], template: job.template };
}

test('one run at a time, that ends, retries twice, and leaves a trace', () => {
  const { spec, job } = made({});
  expect(spec).toMatchObject({
    schedule: '30 2 * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 3,
  });
  expect(job).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 4 * 3600 });
  const changed = made({ schedule: '@hourly', timeZone: 'Europe/Berlin', timeLimit: Duration.minutes(50) });
  expect(changed.spec).toMatchObject({ schedule: '@hourly', timeZone: 'Europe/Berlin' });
  expect(changed.job.activeDeadlineSeconds).toBe(3000);
});

test('images are named as the cache has them', () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  const images = ['alpine:3.22', 'docker.io/nginx:1.27.*', 'bitnami/redis:8', `team/app:1.0@${digest}`];
  expect(made({ images }).container.args).toEqual([
    'library/alpine:3.22',
    'library/nginx:1.27.*',
    'bitnami/redis:8',
    `team/app@${digest}`,
  ]);
});

test('platforms, tags and address are variables', () => {
  const { container } = made({ platforms: ['linux/amd64', 'linux/arm/v7'], tagsPerPattern: 5 });
  expect(container.env).toEqual([
    { name: 'CACHE', value: 'registry-cache-docker-io.registry.svc:5000' },
    { name: 'PLATFORMS', value: 'linux/amd64 linux/arm/v7' },
    { name: 'TAGS', value: '5' },
  ]);
  const { container: other } = made({}, { namespace: 'images', service: { port: 80 } });
  expect(other.env[0].value).toBe('registry-cache-docker-io.images.svc:80');
});

test('no root, no token, nothing to write to', () => {
  const { pod, container } = made({});
  expect(pod).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000 },
  });
  expect(pod.volumes ?? []).toEqual([]);
  expect(container.securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
});

test('the pods reach the cache, whose clients are limited, and nothing else', () => {
  const allowFrom = [{ podSelector: { matchLabels: { 'may-pull': 'yes' } } }];
  const { of, template } = made({}, { networkPolicy: { allowFrom } });
  const own = of('NetworkPolicy').spec;
  const { matchLabels } = own.podSelector;
  expect(template.metadata.labels).toMatchObject(matchLabels);
  expect(own.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(own.ingress).toBeUndefined();
  const cachePods = of('Deployment', 'registry-cache-docker-io').spec.selector;
  expect(own.egress.slice(1)).toEqual([
    { ports: [{ port: 5000, protocol: 'TCP' }], to: [{ podSelector: cachePods }] },
  ]);
  const { from } = of('NetworkPolicy', 'registry-cache-docker-io').spec.ingress[0];
  expect(from).toEqual([...allowFrom, { podSelector: { matchLabels } }]);
});

test('a cache with a policy for everybody or with none stays so', () => {
  const { of } = made({});
  expect(of('NetworkPolicy', 'registry-cache-docker-io').spec.ingress[0].from).toBeUndefined();
  const without = made({}, { networkPolicy: { enabled: false } });
  expect(() => without.of('NetworkPolicy', 'registry-cache-docker-io')).toThrow();
});

test('where and as whom it runs', () => {
  const { pod, template, container } = made({
    userFromPlatform: true,
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'spot' }],
    imagePullSecrets: [{ name: 'pull' }],
    image: 'mirror.example.com/regctl:v0.11.7-alpine',
    podLabels: { team: 'images' },
    podAnnotations: { note: 'yes' },
  });
  expect(pod.securityContext.runAsUser).toBeUndefined();
  expect(pod).toMatchObject({ nodeSelector: { disk: 'ssd' }, tolerations: [{ key: 'spot' }] });
  expect(pod.imagePullSecrets).toEqual([{ name: 'pull' }]);
  expect(template.metadata).toMatchObject({ labels: { team: 'images' }, annotations: { note: 'yes' } });
  expect(container.image).toBe('mirror.example.com/regctl:v0.11.7-alpine');
  expect(made({}, { imageRegistry: 'mirror.example.com' }).container.image).toBe(
    'mirror.example.com/regclient/regctl:v0.11.7-alpine',
  );
});

test('the construct is reached by the cache', () => {
  const { cache } = made({});
  expect(cache.prefetchCronJob?.name).toBe(NAME);
});
