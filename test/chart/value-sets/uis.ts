// The UI.
import { Size } from 'cdk8s';
import { Cpu, k8s, ServiceAccount } from 'cdk8s-plus-27';
import {
  IngressController,
  RegistryCertificate,
  RegistryCredentials,
  RegistryUIAccess,
  RegistryUITagOrder,
  RegistryUITheme,
  TlsTermination,
} from '../../../lib';
import { LINES, secretNamed, type ValueSet } from './value-set';

const host = 'registry.example.com';
const DIGEST = `sha256:${'fedcba9876543210'.repeat(4)}`;
const peer = (name: string) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});
const SPREAD = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchLabels: { app: 'registry' } },
        },
      },
    ],
  },
};

export const UIS: readonly ValueSet[] = [
  {
    name: 'a page with all that can be set of what it shows',
    values: {
      host,
      ingress: { enabled: true, controller: 'COMMUNITY_NGINX' },
      storage: { deletion: true },
      ui: {
        enabled: true,
        path: '/images',
        image: { repository: 'mirror.example.com/registry-ui', tag: '2.5.7', digest: DIGEST },
        title: "Team A's images: #1 {{ 7 }}",
        headerTitle: 'yes',
        theme: 'dark',
        deleteImages: true,
        showContentDigest: true,
        showTagHistory: true,
        historyCustomLabels: ['org.opencontainers.image.source', 'maintainer'],
        catalogElementsLimit: 100000,
        showCatalogTagCount: true,
        catalogDefaultExpanded: true,
        catalogMaxBranches: 100,
        tagOrder: 'num-desc;alpha-asc',
        tagPageSize: 10000,
        pullAddress: '192.0.2.10:30500',
        useControlCacheHeader: true,
        versionNotification: true,
      },
    },
    props: () => ({
      host,
      ingress: { controller: IngressController.COMMUNITY_NGINX },
      storage: { deletion: true },
      ui: {
        access: RegistryUIAccess.path({ path: '/images' }),
        image: `mirror.example.com/registry-ui:2.5.7@${DIGEST}`,
        title: "Team A's images: #1 {{ 7 }}",
        headerTitle: 'yes',
        theme: RegistryUITheme.DARK,
        deleteImages: true,
        showContentDigest: true,
        showTagHistory: true,
        historyCustomLabels: ['org.opencontainers.image.source', 'maintainer'],
        catalogElementsLimit: 100000,
        showCatalogTagCount: true,
        catalogDefaultExpanded: true,
        catalogMaxBranches: 100,
        tagOrder: RegistryUITagOrder.NUM_DESC_ALPHA_ASC,
        tagPageSize: 10000,
        pullAddress: '192.0.2.10:30500',
        useControlCacheHeader: true,
        versionNotification: true,
      },
    }),
  },
  {
    name: 'a page with as little as can be',
    values: {
      host,
      pullAddress: '198.51.100.5:30500',
      ingress: { enabled: true },
      ui: {
        enabled: true,
        showContentDigest: false,
        showTagHistory: false,
        catalogElementsLimit: 1000,
        showCatalogTagCount: false,
        catalogDefaultExpanded: false,
        useControlCacheHeader: false,
        versionNotification: false,
      },
    },
    props: () => ({
      host,
      pullAddress: '198.51.100.5:30500',
      ingress: {},
      ui: {
        showContentDigest: false,
        showTagHistory: false,
        catalogElementsLimit: 1000,
        showCatalogTagCount: false,
        catalogDefaultExpanded: false,
        useControlCacheHeader: false,
        versionNotification: false,
      },
    }),
  },
  {
    name: "all that can be set of the page's pods",
    values: {
      ingress: { enabled: true },
      ui: {
        enabled: true,
        networkPolicy: { enabled: true, allowFrom: [peer('office')], allowTo: [{ to: [peer('proxies')] }] },
        resources: { requests: { cpu: '5m', memory: '24Mi' }, limits: { cpu: '1500m', memory: '96Mi' } },
        podLabels: { 'example.com/page': 'yes' },
        podAnnotations: { 'example.com/note': '0x10' },
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ key: 'pages', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
        affinity: SPREAD,
        priorityClassName: 'low',
        serviceAccount: { name: 'pages' },
        imagePullSecrets: [{ name: 'mirror' }],
        extraEnv: [{ name: 'TZ', value: 'Europe/Berlin' }],
        extraVolumes: [{ name: 'more', configMap: { name: 'more', defaultMode: 292 } }],
        extraVolumeMounts: [{ name: 'more', mountPath: '/more' }],
        sidecars: [{ name: 'logs', image: 'busybox:1.37' }],
        initContainers: [{ name: 'wait', image: 'busybox:1.37', securityContext: { runAsUser: 1000 } }],
      },
    },
    props: (chart) => ({
      ingress: {},
      ui: {
        networkPolicy: { enabled: true, allowFrom: [peer('office')], allowTo: [{ to: [peer('proxies')] }] },
        resources: {
          cpu: { request: Cpu.millis(5), limit: Cpu.millis(1500) },
          memory: { request: Size.mebibytes(24), limit: Size.mebibytes(96) },
        },
        podLabels: { 'example.com/page': 'yes' },
        podAnnotations: { 'example.com/note': '0x10' },
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ key: 'pages', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
        affinity: SPREAD,
        priorityClassName: 'low',
        serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'pages'),
        imagePullSecrets: [secretNamed(chart, 'mirror')],
        env: [{ name: 'TZ', value: 'Europe/Berlin' }],
        volumes: [{ name: 'more', configMap: { name: 'more', defaultMode: 292 } }],
        volumeMounts: [{ name: 'more', mountPath: '/more' }],
        sidecars: [{ name: 'logs', image: 'busybox:1.37' }],
        initContainers: [
          {
            name: 'wait',
            image: 'busybox:1.37',
            securityContext: { runAsUser: 1000 } as k8s.SecurityContext,
          },
        ],
      },
    }),
  },
  {
    name: "a page's limits below the default requests",
    values: {
      ingress: { enabled: true },
      ui: { enabled: true, resources: { limits: { cpu: '1m', memory: '2Mi' } } },
    },
    props: () => ({
      ingress: {},
      ui: { resources: { cpu: { limit: Cpu.millis(1) }, memory: { limit: Size.mebibytes(2) } } },
    }),
  },
  {
    name: 'a page that asks for a login by a Secret of its own, and no NetworkPolicy of its own',
    values: {
      host,
      auth: { htpasswd: LINES.bob },
      ingress: { enabled: true, controller: 'COMMUNITY_NGINX' },
      ui: { enabled: true, login: true, loginSecret: 'page-users', networkPolicy: { enabled: false } },
    },
    props: (chart) => ({
      host,
      auth: { credentials: RegistryCredentials.htpasswd(LINES.bob) },
      ingress: { controller: IngressController.COMMUNITY_NGINX },
      ui: { login: true, loginSecret: secretNamed(chart, 'page-users'), networkPolicy: { enabled: false } },
    }),
  },
  {
    name: "a page on a host of its own that talks to the registry's pod by TLS, whose CA is in a Secret",
    values: {
      host,
      tls: { existingSecret: 'registry-example-com', termination: 'POD' },
      ingress: { enabled: true, className: 'nginx' },
      networkPolicy: { allowFrom: [peer('ingress-nginx')] },
      ui: {
        enabled: true,
        host: 'images.example.com',
        tlsSecret: 'images-example-com',
        registryCaSecret: 'company-ca',
      },
    },
    props: (chart) => ({
      host,
      tls: {
        certificate: RegistryCertificate.existingSecret(secretNamed(chart, 'registry-example-com')),
        termination: TlsTermination.POD,
      },
      ingress: { className: 'nginx' },
      networkPolicy: { allowFrom: [peer('ingress-nginx')] },
      ui: {
        access: RegistryUIAccess.host('images.example.com', {
          tlsSecret: secretNamed(chart, 'images-example-com'),
          registryCaSecret: { secret: secretNamed(chart, 'company-ca') },
        }),
      },
    }),
  },
  {
    name: "a page on a host of its own that talks to the registry's pod by TLS, whose CA is generated",
    values: {
      host,
      tls: { termination: 'POD' },
      ingress: { enabled: true },
      ui: { enabled: true, host: 'images.example.com' },
    },
    props: () => ({
      host,
      tls: { termination: TlsTermination.POD },
      ingress: {},
      ui: { access: RegistryUIAccess.host('images.example.com') },
    }),
  },
  {
    name: 'a page from which browsers go to the registry themselves',
    values: {
      host,
      auth: { enabled: false },
      ingress: { enabled: true },
      ui: { enabled: true, host: 'images.example.com', cors: true },
    },
    props: () => ({
      host,
      auth: { credentials: RegistryCredentials.anonymous() },
      ingress: {},
      ui: { access: RegistryUIAccess.hostWithCors('images.example.com') },
    }),
  },
];
