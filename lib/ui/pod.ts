// The UI's pod: joxit/docker-registry-ui as the user nginx on a read-only root, with copies of what its start
// script edits.
import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { Check } from '../core/check';
import { PUBLIC_CAS } from '../core/image';
import { PodOptions } from '../core/pod-options';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod, UserOptions } from '../core/restricted-pod';

/** The port that the image listens on when it does not run as root. */
export const UI_PORT = 8080;
/** UID of the user `nginx` in the image. */
export const NGINX_USER = 101;
/** Folder of the CA that nginx verifies the registry's pod against. */
const CA_PATH = '/registry-ca';

/** How nginx reaches the registry. */
export interface RegistryProxy {
  /** The registry's Service. */
  readonly url: string;
  /** Set where the registry's pod serves TLS. */
  readonly tls?: {
    /** The name in its certificate. */
    readonly name: string;
    /** The Secret and the key in it with the CA that signed it; without one, the public CAs. */
    readonly caSecret?: { readonly name: string; readonly key: string };
    /** The CA itself, where this library has it; empty where it does not. */
    readonly authority?: () => string;
    /** The construct that creates its Secret. */
    readonly from?: readonly IConstruct[];
  };
}

/** The UI's own pod. */
export interface UIPodOptions {
  readonly image: string;
  readonly env: readonly k8s.EnvVar[];
  /** Path that the UI is served on, besides `/`. */
  readonly path: string;
  readonly proxy?: RegistryProxy;
  readonly selector: Record<string, string>;
}

/** The pod, with the user's additions. */
export function uiPod(
  check: Check,
  options: PodOptions & UserOptions,
  { image, env, path, proxy, selector }: UIPodOptions,
): k8s.PodSpec {
  const port = k8s.IntOrString.fromString('http');
  const folders = [
    { name: 'nginx', mountPath: '/etc/nginx' },
    { name: 'html', mountPath: '/usr/share/nginx/html' },
  ];
  const ca = proxy?.tls?.caSecret;
  const answers = { httpGet: { path: path === '/' ? '/' : `${path}/`, port } };
  return restrictedPod(check, options, {
    main: {
      name: 'ui',
      image,
      env: [
        ...env,
        ...(proxy ? proxyVariables(proxy) : []),
        { name: 'NGINX_LISTEN_PORT', value: String(UI_PORT) },
      ],
      ports: [{ name: 'http', containerPort: UI_PORT }],
      volumeMounts: [
        ...folders,
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'cache', mountPath: '/var/cache/nginx' },
        ...(ca === undefined ? [] : [{ name: 'registry-ca', mountPath: CA_PATH, readOnly: true }]),
      ],
      // The probes wait for the start, so that it causes no warnings.
      startupProbe: { ...answers, ...UI_TIMINGS.startupProbe },
      readinessProbe: { ...answers, ...UI_TIMINGS.readinessProbe },
      livenessProbe: { tcpSocket: { port }, ...UI_TIMINGS.livenessProbe },
    },
    initContainers: [
      {
        name: 'prepare',
        image,
        command: ['sh', '-ec', prepare(path, proxy)],
        volumeMounts: folders.map(({ name }) => ({ name, mountPath: `/prepared/${name}` })),
      },
    ],
    volumes: [
      ...folders.map(({ name }) => ({ name, emptyDir: SCRATCH })),
      { name: 'tmp', emptyDir: SCRATCH },
      { name: 'cache', emptyDir: SCRATCH },
      ...(ca === undefined
        ? []
        : [
            {
              name: 'registry-ca',
              secret: { secretName: ca.name, defaultMode: 0o440, items: [{ key: ca.key, path: 'ca.crt' }] },
            },
          ]),
    ],
    userId: checkUser(check, options, NGINX_USER),
    replicas: 1,
    selector,
    graceSeconds: 30,
    resources: checkResources(check, 'resources', options.resources, DEFAULT_UI_RESOURCES),
  });
}

/** Timings of the probes. */
export const UI_TIMINGS = {
  startupProbe: { initialDelaySeconds: 2, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 30 },
  readinessProbe: { periodSeconds: 10, timeoutSeconds: 5 },
  livenessProbe: { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
};

/** nginx with a few MiB of files needs little. */
export const DEFAULT_UI_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(64) },
};

/**
 * The registry gets the host that the browser asked for. nginx passes on the controller's `X-Forwarded-Proto`
 * and the like by itself; the registry needs none of them, since its answers contain no host.
 */
function proxyVariables({ url }: RegistryProxy): k8s.EnvVar[] {
  return [
    { name: 'NGINX_PROXY_PASS_URL', value: url },
    { name: 'NGINX_PROXY_HEADER_Host', value: '$http_host' },
  ];
}

/**
 * The image's start script edits its HTML and nginx's configuration in place, which a read-only root forbids:
 * so both are copied into volumes. A link with the path's name to the UI's own folder lets nginx answer under
 * that path, so that no ingress needs a rule to strip it. Volumes outlive containers: after a reboot of the
 * node the script runs again on its own output, so it clears the volumes first.
 */
function prepare(path: string, proxy: RegistryProxy | undefined): string {
  const folder = `/prepared/html${path}`;
  // If the path has the name of one of the UI's folders, its content is found one level up, where the link
  // leads.
  const unpack = UI_FOLDERS.includes(path)
    ? [`if [ -d ${folder} ]; then mv ${folder}/* /prepared/html/; rmdir ${folder}; fi`]
    : [];
  const directives = ['absolute_redirect off;', ...(proxy ? proxyDirectives(proxy) : [])];
  return [
    'rm -rf /prepared/nginx/* /prepared/html/*',
    'cp -r /etc/nginx/. /prepared/nginx/',
    'cp -r /usr/share/nginx/html/. /prepared/html/',
    ...(path === '/' ? [] : [...unpack, `ln -s . ${folder}`]),
    ...directives.map(
      (line, index) =>
        `echo '${line}' ${index === 0 ? '>' : '>>'} /prepared/nginx/conf.d/${proxy ? 'registry' : 'absolute-redirect'}.conf`,
    ),
  ].join('\n');
}

/** The folders of the UI in 2.6. */
const UI_FOLDERS = ['/fonts', '/images'];

/** For all of nginx, because the image's own file has the server block; that sets none of these. */
function proxyDirectives({ tls }: RegistryProxy): string[] {
  // The catalog of a big registry on an object store takes minutes.
  const timeouts = ['proxy_read_timeout 900s;', 'proxy_send_timeout 900s;'];
  if (!tls) return timeouts;
  return [
    ...timeouts,
    'proxy_ssl_verify on;',
    // Deep enough for intermediate certificates; nginx's default depth allows none.
    'proxy_ssl_verify_depth 5;',
    `proxy_ssl_trusted_certificate ${tls.caSecret === undefined ? PUBLIC_CAS : `${CA_PATH}/ca.crt`};`,
    `proxy_ssl_name ${tls.name};`,
  ];
}

/** Limits what a pod can write on its node: the UI has 2 MB, and nginx's temporary files are small. */
const SCRATCH: k8s.EmptyDirVolumeSource = { sizeLimit: k8s.Quantity.fromString('64Mi') };
