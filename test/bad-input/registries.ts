// Wrong images and configuration of the registry.
import { Duration } from 'cdk8s';
import { type Row, wrong } from './row';

const DIGEST = `registry@sha256:${'0123456789abcdef'.repeat(4)}`;

export const IMAGES: readonly Row[] = [
  {
    name: 'an image without a tag',
    props: { image: 'registry' },
    says: [
      '[chart/registry/deployment] image: "registry" has no tag, which means "latest"; write e.g. "registry:3.1.1"',
    ],
  },
  {
    name: 'an image of a registry with a port, without a tag',
    props: { image: 'registry.example.com:5000/library/registry' },
    says: [
      '[chart/registry/deployment] image: "registry.example.com:5000/library/registry" has no tag, which means "latest"; write e.g. "registry:3.1.1"',
    ],
  },
  {
    name: 'an image tagged latest',
    props: { image: 'registry:latest' },
    says: [
      '[chart/registry/deployment] image: "registry:latest" is tagged "latest", which is not a fixed version; write e.g. "registry:3.1.1"',
    ],
  },
  {
    name: 'an image in upper case',
    props: { image: 'Registry:3.1.1' },
    says: [
      '[chart/registry/deployment] image: "Registry:3.1.1" is not an image reference; write e.g. "registry:3.1.1"',
    ],
  },
  {
    name: 'an empty image',
    props: { image: '' },
    says: ['[chart/registry/deployment] image: "" is not an image reference; write e.g. "registry:3.1.1"'],
  },
  {
    name: 'an image with a scheme',
    props: { image: 'https://registry.example.com/registry:3.1.1' },
    says: [
      '[chart/registry/deployment] image: "https://registry.example.com/registry:3.1.1" is not an image reference; write e.g. "registry:3.1.1"',
    ],
  },
  {
    name: 'a number as image',
    props: { image: 3 },
    says: ['[chart/registry/deployment] image: 3 is not an image reference; write e.g. "registry:3.1.1"'],
  },
  {
    name: 'a tag that tells no version',
    props: { image: 'registry:edge' },
    says: [
      '[chart/registry/deployment] image: "registry:edge" does not have the major version in its tag; add version: RegistryVersion.V3 (or V2)',
    ],
  },
  {
    name: 'a digest without a version',
    props: { image: DIGEST },
    says: [
      '[chart/registry/deployment] image: "registry@sha256:0123456789abcdef0123456789abcdef012345678..." does not have the major version in its tag; add version: RegistryVersion.V3 (or V2)',
    ],
  },
  {
    name: 'a version that is not known',
    props: { image: DIGEST, version: '3.1' },
    says: ['[chart/registry/deployment] version: "3.1" is not supported; write one of V2, V3'],
  },
];

export const CONFIGURATION: readonly Row[] = [
  {
    name: 'a log level that the registry crashes on',
    props: { configuration: { logLevel: 'warning' } },
    says: [
      '[chart/registry/deployment/configuration] configuration.logLevel: "warning" is not supported; write one of error, warn, info, debug',
    ],
  },
  {
    name: 'a log format that is not known',
    props: { configuration: { logFormat: 'xml' } },
    says: [
      '[chart/registry/deployment/configuration] configuration.logFormat: "xml" is not supported; write one of text, json, logstash',
    ],
  },
  {
    name: 'a text for the access log',
    props: { configuration: { accessLog: 'off' } },
    says: [
      '[chart/registry/deployment/configuration] configuration.accessLog: "off" is not a boolean; write true or false',
    ],
  },
  {
    name: 'a number as drain timeout',
    props: { configuration: { drainTimeout: 300 } },
    says: [
      '[chart/registry/deployment/configuration] configuration.drainTimeout: 300 is not a Duration; write e.g. Duration.seconds(300)',
    ],
  },
  {
    name: 'a drain timeout of zero',
    props: { configuration: { drainTimeout: Duration.seconds(0) } },
    says: [
      '[chart/registry/deployment/configuration] configuration.drainTimeout: "0 s" is not a whole number of seconds from 1 to 3600; write e.g. Duration.seconds(300)',
    ],
  },
  {
    name: 'a drain timeout of half a second',
    props: { configuration: { drainTimeout: Duration.millis(500) } },
    says: [
      '[chart/registry/deployment/configuration] configuration.drainTimeout: "0.5 s" is not a whole number of seconds from 1 to 3600; write e.g. Duration.seconds(300)',
    ],
  },
  {
    name: 'a drain timeout of two hours',
    props: { configuration: { drainTimeout: Duration.hours(2) } },
    says: [
      '[chart/registry/deployment/configuration] configuration.drainTimeout: "7200 s" is not a whole number of seconds from 1 to 3600; write e.g. Duration.seconds(300)',
    ],
  },
  {
    name: 'URLs of layers that Go does not read',
    props: {
      configuration: { foreignLayerUrls: ['(', '', '^https://(?!evil)', '(a)\\1', wrong(5), '^https://'] },
    },
    says: ['"("', '""', '"^https://(?!evil)"', '"(a)\\\\1"', '5'].map(
      (value, index) =>
        `[chart/registry/deployment/configuration] configuration.foreignLayerUrls[${index}]: ${value} is not a regular expression that Go reads; write e.g. '^https://mcr[.]microsoft[.]com/', without assertions such as (?=...) or references such as \\\\1`,
    ),
  },
  {
    name: 'a text of extra configuration',
    props: { configuration: { extra: 'log: {}' } },
    says: [
      '[chart/registry/deployment/configuration] configuration.extra: "log: {}" is not an object; write e.g. configuration.extra: {}',
    ],
  },
  {
    name: 'a login of their own beside users',
    props: { configuration: { extra: { auth: { token: { realm: 'https://auth.example.com/token' } } } } },
    says: [
      '[chart/registry/deployment/configuration] configuration.extra.auth: an object conflicts with auth.credentials, and the registry accepts one auth provider only; write auth: { credentials: RegistryCredentials.anonymous() } and set your own auth here, or leave it out',
    ],
  },
  {
    name: 'no login at all, by extra configuration',
    props: { configuration: { extra: { auth: null } } },
    says: [
      '[chart/registry/deployment/configuration] configuration.extra.auth: null conflicts with auth.credentials, and the registry accepts one auth provider only; write auth: { credentials: RegistryCredentials.anonymous() } and set your own auth here, or leave it out',
    ],
  },
  {
    name: 'a second storage',
    props: {
      configuration: {
        extra: { storage: { s3: { bucket: 'x', region: 'y' }, cache: { blobdescriptor: 'redis' } } },
      },
    },
    says: [
      '[chart/registry/deployment/configuration] configuration.extra.storage.s3: an object conflicts with storage.backend (filesystem), and the registry accepts one storage driver only; write storage: { backend: ... }, or leave it out',
    ],
  },
  {
    name: 'keys that the rest of the manifests would not follow',
    props: {
      configuration: {
        extra: {
          http: {
            addr: ':80',
            net: 'unix',
            secret: 'x',
            tls: { certificate: '/a', key: '/b', letsencrypt: {} },
          },
        },
      },
    },
    says: [
      ...['addr: ":80"', 'net: "unix"'].map(
        (given) =>
          `[chart/registry/deployment/configuration] configuration.extra.http.${given} would not match the other manifests; leave it out; the port that people use is service: { port: ... }`,
      ),
      ...['certificate: "/a"', 'key: "/b"', 'letsencrypt: an object'].map(
        (given) =>
          `[chart/registry/deployment/configuration] configuration.extra.http.tls.${given} would not match the other manifests; leave it out, or write tls: {...}`,
      ),
      '[chart/registry/deployment/configuration] configuration.extra.http.secret: would be readable in a ConfigMap; leave it out, or write httpSecret: { secret: Secret.fromSecretName(...) }',
    ],
  },
  {
    name: 'parts of config.yml taken away, or led elsewhere',
    props: {
      metrics: {},
      configuration: {
        extra: {
          log: null,
          health: [],
          storage: { filesystem: { rootdirectory: '/images' } },
          http: { prefix: '/team/', debug: { addr: ':5001' } },
        },
      },
    },
    says: [
      ...['log: null', 'health: a list of 0'].map(
        (given) =>
          `[chart/registry/deployment/configuration] configuration.extra.${given} would remove all keys of this map; write ${given.replace(/:.*/, '')}: {...}, or leave it out`,
      ),
      '[chart/registry/deployment/configuration] configuration.extra.storage.filesystem.rootdirectory: "/images" is not the mount path of the volume, and the root file system is read-only; leave it out',
      '[chart/registry/deployment/configuration] configuration.extra.http.prefix: "/team/" would not match the other manifests; leave it out; clients put no path before /v2/',
      '[chart/registry/deployment/configuration] configuration.extra.http.debug: an object would not match the other manifests; leave it out, or write metrics: {...}',
    ],
  },
  {
    name: 'whole parts of config.yml taken away',
    props: { configuration: { extra: { http: null, storage: null } } },
    says: ['http', 'storage'].map(
      (part) =>
        `[chart/registry/deployment/configuration] configuration.extra.${part}: null would remove all keys of this map; write ${part}: {...}, or leave it out`,
    ),
  },
  {
    name: 'an HTTP secret by its name alone',
    props: { httpSecret: { secret: 'shared' } },
    says: [
      "[chart/registry/deployment/http-secret] httpSecret.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: 'a wrong key of the HTTP secret',
    props: { httpSecret: { secret: { name: 'shared' }, key: 'http secret' } },
    says: [
      '[chart/registry/deployment/http-secret] httpSecret.key: "http secret" is not a key of a Secret; write e.g. "secret"',
    ],
  },
  {
    name: 'an HTTP secret that exists, and the key of a generated one',
    props: { httpSecret: { secret: { name: 'shared' } }, httpSecretKey: 'text' },
    says: [
      '[chart/registry/deployment/http-secret] httpSecretKey: is the key of a generated Secret, but httpSecret is given; write httpSecret: { secret, key }',
    ],
  },
];
