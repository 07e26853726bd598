// Which real programs a test file needs. Where one is missing the tests are skipped under a name that says
// so; with E2E_REQUIRED=1, as in CI, a missing program is a failing test.

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

const ON_PATH = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '');
/**
 * The sbin beside each bin: there ip and nginx live, and not every user has it on PATH. Nothing else, or
 * .ci/newcomer's machine had more than Node.
 */
const BESIDE = ON_PATH.filter((folder) => basename(folder) === 'bin').map((folder) =>
  join(dirname(folder), 'sbin'),
);
const PATH = [...ON_PATH, ...BESIDE].join(':');
const CACHE = join(homedir(), '.cache', 'cdk8s-registry', 'bin');
/** Another version of Kubernetes than the newest that tools/cluster has, such as 1.27. */
export const KUBERNETES = process.env.CLUSTER_KUBERNETES || undefined;
const NEWEST = '1.36';
const OF_KUBERNETES = KUBERNETES === undefined ? '' : `kubernetes-${KUBERNETES}/`;
export const IS_ROOT = process.getuid?.() === 0;

/**
 * The environment that every program of the tests starts with: nothing of the caller's but PATH. Those in Go look for garbage
 * less often, which takes an eighth off their time.
 */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH,
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  GOGC: '400',
};

interface Need {
  readonly name: string;
  /** Looked up on PATH, in this order. */
  readonly commands: readonly string[];
  /** An environment variable that holds the program's path and goes first. */
  readonly variable?: string;
  /**
   * Part of what it says about its version, where another program has the same name or an older one won't do.
   */
  readonly version?: string;
  /** How to ask for the version, where `--version` is not understood. */
  readonly ask?: readonly string[];
}

const NEEDS = {
  certutil: { name: 'certutil', commands: ['certutil'] },
  chromium: { name: 'Chromium', commands: ['chromium', 'google-chrome'] },
  bwrap: { name: 'bubblewrap', commands: ['bwrap'] },
  curl: { name: 'curl', commands: ['curl'] },
  conformance: { name: "OCI's conformance suite", commands: ['conformance'] },
  prometheus: { name: 'Prometheus', commands: ['prometheus'] },
  promtool: { name: 'promtool', commands: ['promtool'] },
  getent: { name: 'getent', commands: ['getent'] },
  grep: { name: 'grep', commands: ['grep'] },
  gpg: { name: 'GnuPG', commands: ['gpg'] },
  htpasswd: { name: 'htpasswd', commands: ['htpasswd'] },
  nginx: { name: 'nginx', commands: ['nginx'], variable: 'NGINX_BINARY' },
  newNginx: { name: 'nginx 1.31', commands: ['nginx-1.31'] },
  oauth2Proxy: { name: 'oauth2-proxy', commands: ['oauth2-proxy'] },
  openssl: { name: 'openssl', commands: ['openssl'] },
  perl: { name: 'perl', commands: ['perl'] },
  moto: { name: 'moto_server (S3)', commands: ['moto_server'] },
  sed: { name: 'sed', commands: ['sed'] },
  shellcheck: { name: 'shellcheck', commands: ['shellcheck'] },
  skopeo: { name: 'skopeo', commands: ['skopeo'] },
  busybox: { name: 'busybox (static)', commands: ['busybox'] },
  containerdPull: { name: "containerd's resolver", commands: ['containerd-pull'] },
  redisServer: { name: 'redis-server', commands: ['redis-server'] },
  redisCli: { name: 'redis-cli', commands: ['redis-cli'] },
  regbot: { name: 'regbot', commands: ['regbot'], ask: ['version', '--format', '{{.VCSTag}}'] },
  regsync: { name: 'regsync', commands: ['regsync'], ask: ['version', '--format', '{{.VCSTag}}'] },
  regctl: { name: 'regctl', commands: ['regctl'], ask: ['version', '--format', '{{.VCSTag}}'] },
  definitions: { name: 'definitions of custom resources', commands: ['definitions'] }, // a folder beside the programs, not one of them
  cluster: { name: 'the cluster (root, tools/cluster/build)', commands: ['cluster/runc'] },
  versitygw: { name: 'versitygw (S3)', commands: ['versitygw'] },
  metricsServer: {
    name: 'metrics-server (npm run prove brings it)',
    commands: ['metrics-server/metrics-server'],
  },
  zot: { name: 'zot (npm run prove brings it)', commands: ['zot'] },
  etcd: { name: 'etcd', commands: ['etcd'] },
  helm3: { name: 'Helm 3', commands: ['helm3', 'helm'], version: 'v3.', ask: ['version', '--short'] },
  helm4: { name: 'Helm 4', commands: ['helm4', 'helm'], version: 'v4.', ask: ['version', '--short'] },
  helmRender3: { name: 'tools/helm-render for Helm 3', commands: ['helm-render-3'] },
  helmRender4: { name: 'tools/helm-render for Helm 4', commands: ['helm-render-4'] },
  kubeApiserver: { name: `${OF_KUBERNETES}kube-apiserver`, commands: [`${OF_KUBERNETES}kube-apiserver`] },
  kubelet: { name: `${OF_KUBERNETES}kubelet`, commands: [`${OF_KUBERNETES}kubelet`] },
  kubectl: {
    name: `kubectl ${KUBERNETES ?? NEWEST}`,
    commands: [`${OF_KUBERNETES}kubectl`],
    version: `v${KUBERNETES ?? NEWEST}.`,
    ask: ['version', '--client'],
  },
  anyKubectl: { name: 'kubectl', commands: ['kubectl'] },
  registry2: {
    name: 'registry 2.8',
    commands: ['docker-registry', 'registry'],
    variable: 'REGISTRY_2_BINARY',
    version: ' 2.8.',
  },
  registry3: { name: 'registry 3', commands: ['registry'], variable: 'REGISTRY_3_BINARY', version: ' v3.' },
} as const satisfies Record<string, Need>;

export type Program = keyof typeof NEEDS;

/** What every test needs that runs pods: see cluster/machine.ts. */
export const POD_PROGRAMS: readonly Program[] = ['bwrap', 'busybox', 'curl'];

const found = new Map<Program, string | undefined>();

function find(program: Program): string | undefined {
  if (!found.has(program)) {
    const { commands, variable, version, ask }: Need = NEEDS[program];
    const given = variable === undefined ? undefined : process.env[variable];
    const folders = [CACHE, ...ON_PATH, ...BESIDE];
    const candidates = given
      ? [given]
      : commands.flatMap((command) => folders.map((folder) => join(folder, command)));
    found.set(
      program,
      candidates.find(
        (path) => isExecutable(path) && (version === undefined || versionOf(path, ask).includes(version)),
      ),
    );
  }
  return found.get(program);
}

export function isThere(program: Program): boolean {
  return find(program) !== undefined;
}

export function pathOf(program: Program): string {
  const path = find(program);
  if (path === undefined) throw new Error(`${NEEDS[program].name} is missing`);
  return path;
}

export function versionOf(path: string, ask: readonly string[] = ['--version']): string {
  return spawnSync(path, ask, { encoding: 'utf8', env: ENVIRONMENT }).stdout ?? '';
}

/** The version of a program that is there. */
export function releaseOf(program: Program): string {
  const { ask }: Need = NEEDS[program];
  return versionOf(pathOf(program), ask);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Namespaces, virtual network cards and mounts: for root, and for other users where the kernel lets them. */
function canMakePods(): boolean {
  const probe =
    'ip link add left type veth peer name right && ip link add pods type bridge && mount -t tmpfs none /mnt';
  const flags = IS_ROOT ? ['--net', '--mount'] : ['--user', '--map-root-user', '--net', '--mount'];
  const made = spawnSync('unshare', [...flags, 'sh', '-c', probe], { env: ENVIRONMENT });
  const user = IS_ROOT ? ['setpriv', '--reuid', '65532', '--regid', '65532', '--clear-groups'] : [];
  const sandbox = [...user, 'bwrap', '--unshare-user', '--unshare-pid', '--ro-bind', '/', '/', 'true'];
  return made.status === 0 && spawnSync(sandbox[0], sandbox.slice(1), { env: ENVIRONMENT }).status === 0;
}

/** `describe` for tests that run these programs. */
export function describeWith(title: string, programs: readonly Program[], body: () => void): void {
  const missing: string[] = programs
    .filter((program) => find(program) === undefined)
    .map((program) => NEEDS[program].name);
  if (missing.length === 0 && programs.includes('bwrap') && !canMakePods())
    missing.push('permission to make namespaces');
  if (missing.length === 0 && programs.includes('cluster') && !IS_ROOT) missing.push('root');
  if (missing.length === 0) {
    describe(title, body);
    return;
  }
  if (process.env.E2E_REQUIRED === '1') {
    test(`${title}: its programs are there`, () => expect(missing).toEqual([]));
    return;
  }
  const skipped = `${title} (skipped, needs: ${missing.join(', ')})`;
  process.stderr.write(`  ${skipped}\n`);
  const skip = describe.skip;
  skip(skipped, body);
}
