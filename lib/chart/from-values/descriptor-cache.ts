// Where blob descriptors are cached, from values.
import type { ImagePullPolicy } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { DescriptorCache } from '../../storage/descriptor-cache';
import { ChartValues } from '../values/reader';
import { existingSecret } from './objects';
import { imageFromValues, pullSecretsFromValues } from './pods';

/** The cache, if one is asked for. */
export function descriptorCacheFromValues(
  scope: Construct,
  values: ChartValues,
): DescriptorCache | undefined {
  switch (values.string('storage.descriptorCache.type')) {
    case 'inmemory':
      return DescriptorCache.inMemory();
    case 'redis':
      return redis(scope, values);
    case 'valkey':
      return valkey(scope, values);
    default:
      return undefined;
  }
}

function redis(scope: Construct, values: ChartValues): DescriptorCache {
  const secret = existingSecret(scope, values, 'storage.descriptorCache.existingSecret');
  const caSecret = existingSecret(scope, values, 'storage.descriptorCache.caSecret');
  return DescriptorCache.redis(values.string('storage.descriptorCache.address') ?? '', {
    password: secret && { secret, key: values.string('storage.descriptorCache.existingSecretKey') },
    username: values.string('storage.descriptorCache.username'),
    database: values.integer('storage.descriptorCache.database'),
    caSecret: caSecret && { secret: caSecret },
    withoutTls: values.boolean('storage.descriptorCache.withoutTls'),
  });
}

function valkey(scope: Construct, values: ChartValues): DescriptorCache {
  const id = values.integer('storage.descriptorCache.userId');
  const usual = new ChartValues().integer('storage.descriptorCache.userId');
  const userFromPlatform = values.boolean('userFromPlatform');
  return DescriptorCache.valkey({
    image: imageFromValues(values, 'storage.descriptorCache.image'),
    memory: values.size('storage.descriptorCache.memory'),
    userId: userFromPlatform && id === usual ? undefined : id,
    userFromPlatform,
    imagePullPolicy: values.enum<ImagePullPolicy>('storage.descriptorCache.image.pullPolicy'),
    imagePullSecrets: pullSecretsFromValues(scope, values, 'descriptorCache', 'imagePullSecrets'),
    nodeSelector: values.map('storage.descriptorCache.nodeSelector'),
    tolerations: values.list('storage.descriptorCache.tolerations'),
  });
}
