// Caches of descriptors that all pods of a registry share.
import { Size } from 'cdk8s';
import { ImagePullPolicy } from 'cdk8s-plus-27';
import { DescriptorCache, RegistryCollection } from '../../../lib';
import { secretNamed, type ValueSet } from './value-set';

export const DESCRIPTOR_CACHES: readonly ValueSet[] = [
  {
    name: 'a Redis that exists, with all of its values, beside a collection',
    release: 'team-a',
    fullname: 'team-a-registry',
    values: {
      collection: { enabled: true, schedule: '0 3 * * 0' },
      storage: {
        deletion: true,
        descriptorCache: {
          type: 'redis',
          address: 'redis.example.com:6380',
          username: 'registry',
          database: 3,
          existingSecret: 'redis',
          existingSecretKey: 'secret',
          caSecret: 'redis-ca',
        },
      },
    },
    props: (chart) => ({
      front: {},
      storage: {
        deletion: true,
        descriptorCache: DescriptorCache.redis('redis.example.com:6380', {
          username: 'registry',
          database: 3,
          password: { secret: secretNamed(chart, 'redis'), key: 'secret' },
          caSecret: { secret: secretNamed(chart, 'redis-ca'), key: 'ca.crt' },
        }),
      },
    }),
    more: (chart, registry) => {
      new RegistryCollection(chart, 'collection', { registry, schedule: '0 3 * * 0' });
    },
  },
  {
    name: 'a Redis without TLS and without a password',
    values: { storage: { descriptorCache: { type: 'redis', address: '10.0.0.9', withoutTls: true } } },
    props: () => ({ storage: { descriptorCache: DescriptorCache.redis('10.0.0.9', { withoutTls: true }) } }),
  },
  {
    name: 'a Valkey of its own, with all of its values',
    values: {
      storage: {
        descriptorCache: {
          type: 'valkey',
          image: { repository: 'mirror.example.com/valkey', tag: '8.1.5-alpine', pullPolicy: 'Always' },
          memory: '128Mi',
          userId: 1234,
          nodeSelector: { disk: 'none' },
          tolerations: [{ key: 'cache', operator: 'Exists' }],
        },
      },
    },
    props: () => ({
      storage: {
        descriptorCache: DescriptorCache.valkey({
          image: 'mirror.example.com/valkey:8.1.5-alpine',
          imagePullPolicy: ImagePullPolicy.ALWAYS,
          memory: Size.mebibytes(128),
          userId: 1234,
          nodeSelector: { disk: 'none' },
          tolerations: [{ key: 'cache', operator: 'Exists' }],
        }),
      },
    }),
  },
];
