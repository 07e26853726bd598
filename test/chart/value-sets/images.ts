// Where images come from, and where the UI finds more of them.
import type { ValueSet } from './value-set';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const host = 'registry.example.com';
const WITH_UI = { host, ingress: {} };

export const IMAGES: readonly ValueSet[] = [
  {
    name: 'all images from a mirror, whatever registries they have',
    values: {
      global: { imageRegistry: 'mirror.example.com/dockerhub', other: { chart: 1 } },
      image: { registry: 'quay.io' },
      host,
      ingress: { enabled: true },
      ui: { enabled: true, image: { registry: 'localhost:5000', digest: DIGEST } },
    },
    props: () => ({
      ...WITH_UI,
      imageRegistry: 'mirror.example.com/dockerhub',
      ui: { image: `joxit/docker-registry-ui:2.6.0@${DIGEST}` },
    }),
  },
  {
    name: 'images from two registries, and the pod of the test from a third',
    values: {
      image: { registry: 'localhost/a/b', tag: '2.8.3' },
      host,
      ingress: { enabled: true },
      ui: { enabled: true, image: { registry: '192.0.2.1', repository: 'ui' } },
      verification: {
        image: {
          registry: 'mirror.example.com',
          repository: 'curl',
          tag: '1',
          digest: DIGEST,
          pullPolicy: 'Always',
        },
      },
    },
    props: () => ({
      ...WITH_UI,
      imageRegistry: 'localhost/a/b',
      image: 'registry:2.8.3',
      ui: { image: '192.0.2.1/library/ui:2.6.0' },
    }),
  },
  {
    name: 'an image that stays where it is beside a mirror',
    values: {
      global: { imageRegistry: 'mirror.example.com:5000' },
      image: { repository: 'mirror.example.com/registry' },
      host,
      ingress: { enabled: true },
      ui: { enabled: true },
    },
    props: () => ({
      ...WITH_UI,
      imageRegistry: 'mirror.example.com:5000',
      image: 'mirror.example.com/registry:3.1.1',
      ui: {},
    }),
  },
  {
    name: 'a page of several registries, whose list nobody can change',
    values: {
      host,
      ingress: { enabled: true },
      ui: {
        enabled: true,
        title: 'Ours',
        registries: ['https://other.example.com', 'https://192.0.2.1:5000/a'],
        readOnlyRegistries: true,
      },
    },
    props: () => ({
      ...WITH_UI,
      ui: {
        title: 'Ours',
        registries: ['https://other.example.com', 'https://192.0.2.1:5000/a'],
        readOnlyRegistries: true,
      },
    }),
  },
];
