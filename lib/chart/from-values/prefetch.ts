// What a cache fetches before it is pulled, from the values of the cache.
import type { ImagePullPolicy } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { CachePrefetchOptions } from '../../caches/prefetch-options';
import type { ChartValues } from '../values/reader';
import { imageFromValues, pullSecretsFromValues, resourcesFromValues } from './pods';

/** The default stands for none where users are the platform's to choose. */
const USER = 1000;

/** Undefined without images. */
export function prefetchFromValues(scope: Construct, values: ChartValues): CachePrefetchOptions | undefined {
  const images = values.list<string>('prefetch.images');
  if (images === undefined) return undefined;
  const userFromPlatform = values.boolean('userFromPlatform');
  const userId = values.integer('prefetch.userId');
  return {
    images,
    platforms: values.list('prefetch.platforms'),
    tagsPerPattern: values.integer('prefetch.tagsPerPattern'),
    schedule: values.string('prefetch.schedule'),
    timeZone: values.string('prefetch.timeZone'),
    timeLimit: values.duration('prefetch.timeLimit'),
    image: imageFromValues(values, 'prefetch.image'),
    imagePullPolicy: values.enum<ImagePullPolicy>('prefetch.image.pullPolicy'),
    imagePullSecrets: pullSecretsFromValues(scope, values, 'prefetch', 'imagePullSecrets'),
    userId: userFromPlatform && userId === USER ? undefined : userId,
    userFromPlatform,
    resources: resourcesFromValues(values, 'prefetch.'),
    nodeSelector: values.map('prefetch.nodeSelector'),
    tolerations: values.list('prefetch.tolerations'),
    podLabels: values.map('prefetch.podLabels'),
    podAnnotations: values.map('prefetch.podAnnotations'),
  };
}
