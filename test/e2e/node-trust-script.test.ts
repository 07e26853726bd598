// The script of the node trust on a folder that stands for a node: what nobody wants any more is taken back,
// what is somebody else's is waited for, and a run that was cut at any step is ended by the next.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { NodeRuntime, Registry, RegistryNodeTrust, type RegistryNodeTrustProps } from '../../lib';
import { describeWith, pathOf } from '../../tools/programs';
import { contentsOf, newFolder } from '../support/folder';
import { newChart } from '../support/synth';

const { CONTAINERD, DOCKER, K3S } = NodeRuntime;
const ADDRESS = 'registry.example.com';
const CONTAINERD_FILES = '/etc/containerd/certs.d';
const K3S_FILES = '/etc/rancher/k3s';
const HOSTS = `${CONTAINERD_FILES}/${ADDRESS}/hosts.toml`;
const MIRROR = `${CONTAINERD_FILES}/docker.io/hosts.toml`;

type Props = Partial<RegistryNodeTrustProps> & { readonly name?: string };
type Task = 'install' | 'remove';

interface Run {
  readonly out: string;
  readonly err: string;
  /** Seconds until it looks again; undefined where it was cut. */
  readonly pause?: number;
  /** How often it waited. */
  readonly waits: number;
  /** How many commands changed something, or tried to. */
  readonly steps: number;
}

/** Commands that change a node. Each counts itself, and the run is cut before the one that is named. */
const CHANGING = ['mkdir', 'cp', 'chmod', 'mv', 'rm', 'rmdir'];
const STEP = `#!/bin/sh
echo >> "$COUNT/steps"
if [ "$(wc -l < "$COUNT/steps")" = "$CUT" ]; then kill -9 "$PPID"; exit 1; fi
exec busybox "\${0##*/}" "$@"
`;
/** Ends the loop after its first round, and tells how long it would have waited. A check waits for what others write. */
const SLEEP = `#!/bin/sh
echo "$1" >> "$COUNT/pause"
if [ -n "$LATE" ]; then busybox cp -a "$LATE/." "$HOST_ROOT"; else kill -TERM "$PPID"; fi
`;

describeWith("the node trust's script", ['busybox'], () => {
  let bin: string;
  beforeAll(() => {
    bin = newFolder();
    for (const applet of ['cat', 'cmp', 'grep', 'head', 'sort', 'tail', 'wc'])
      symlinkSync(pathOf('busybox'), join(bin, applet));
    symlinkSync(pathOf('busybox'), join(bin, 'busybox'));
    for (const command of [...CHANGING, 'sleep']) {
      writeFileSync(join(bin, command), command === 'sleep' ? SLEEP : STEP);
      chmodSync(join(bin, command), 0o755);
    }
  });

  /** What a node trust mounts into its pod, in a folder. */
  function mounted({ name = 'registry', ...props }: Props = {}): string {
    const chart = newChart();
    const registry = new Registry(chart, 'registry', {
      name,
      ingress: {},
      host: name === 'registry' ? ADDRESS : `${name}.example.com`,
    });
    const { configMap } = new RegistryNodeTrust(chart, 'nodes', { registry, ...props });
    const folder = newFolder();
    for (const [key, text] of Object.entries(configMap.toJson().data as Record<string, string>))
      writeFileSync(join(folder, key), text);
    return folder;
  }

  function run(
    node: string,
    files: string,
    task: Task | 'check',
    { cut = 0, checked = 'install' as Task, seconds = 0, late = '' } = {},
  ): Run & { code: number | null } {
    for (const folder of readFileSync(join(files, 'folders'), 'utf8').trim().split('\n'))
      mkdirSync(join(node, folder), { recursive: true });
    const count = newFolder();
    writeFileSync(join(count, 'steps'), '');
    writeFileSync(join(count, 'pause'), '');
    const { stdout, stderr, status } = spawnSync(
      '/bin/sh',
      [
        join(files, 'node-trust.sh'),
        task,
        ...(task === 'check' ? [checked, String(seconds)] : ['300', '10']),
      ],
      { encoding: 'utf8', env: { PATH: bin, HOST_ROOT: node, COUNT: count, CUT: String(cut), LATE: late } },
    );
    const pauses = readFileSync(join(count, 'pause'), 'utf8').split('\n').slice(0, -1).map(Number);
    return {
      out: stdout,
      err: stderr,
      pause: pauses[0],
      waits: pauses.length,
      steps: readFileSync(join(count, 'steps'), 'utf8').length,
      code: status,
    };
  }
  const isReady = (node: string, files: string, checked: Task = 'install') =>
    run(node, files, 'check', { checked }).code === 0;

  /** Runs twice: all is done, and the second time nothing is left to do. */
  function settled(node: string, files: string, task: Task): Record<string, string> {
    expect(run(node, files, task)).toMatchObject({ err: '', pause: 300 });
    const tree = contentsOf(node);
    expect(run(node, files, task)).toEqual({ out: '', err: '', pause: 300, waits: 1, steps: 0, code: 0 });
    expect(contentsOf(node)).toEqual(tree);
    expect(isReady(node, files, task)).toBe(true);
    return tree;
  }

  const filesIn = (tree: Record<string, string>) =>
    Object.keys(tree).flatMap((name) => (name.endsWith('/') ? [] : [`/${name}`]));
  /** Folders that nothing is in, but for those that are mounted. */
  const emptyFolders = (node: string, files: string): string[] => {
    const names = Object.keys(contentsOf(node));
    const own = readFileSync(join(files, 'folders'), 'utf8').split('\n');
    return names.filter(
      (name) =>
        name.endsWith('/') &&
        !own.includes(`/${name.slice(0, -1)}`) &&
        !names.some((other) => other !== name && other.startsWith(name)),
    );
  };
  function put(node: string, path: string, text: string): void {
    mkdirSync(dirname(join(node, path)), { recursive: true });
    writeFileSync(join(node, path), text);
  }
  const RECORD = (folder: string, name = 'registry') => `${folder}/.cdk8s-registry/registry.${name}`;
  const OF_CONTAINERD = [RECORD(CONTAINERD_FILES), `${CONTAINERD_FILES}/${ADDRESS}/ca.crt`, HOSTS];

  test('writes its files and a record of them, and takes all of it away', () => {
    const node = newFolder();
    const files = mounted({ mirrorOf: ['docker.io'] });
    const tree = settled(node, files, 'install');
    expect(filesIn(tree)).toEqual([
      ...OF_CONTAINERD.slice(0, 1),
      `${CONTAINERD_FILES}/docker.io/ca.crt`,
      MIRROR,
      ...OF_CONTAINERD.slice(1),
    ]);
    expect(tree[RECORD(CONTAINERD_FILES).slice(1)]?.split('\n').slice(1, -1)).toEqual(
      filesIn(tree).slice(1).sort(),
    );
    expect(isReady(node, files, 'remove')).toBe(false);
    expect(Object.keys(settled(node, files, 'remove'))).toEqual([
      'etc/',
      'etc/containerd/',
      'etc/containerd/certs.d/',
    ]);
    expect(isReady(node, files)).toBe(false);
  });

  test('a probe waits for a start that is slow, and not for ever', () => {
    const files = mounted();
    const installed = newFolder();
    run(installed, files, 'install');
    expect(run(newFolder(), files, 'check', { seconds: 3, late: installed })).toMatchObject({
      code: 0,
      waits: 1,
    });
    expect(run(newFolder(), files, 'check', { seconds: 3, late: newFolder() })).toMatchObject({
      code: 1,
      waits: 3,
    });
  });

  test('takes back what was written for a mirror that is named no more, and for a host of before', () => {
    const node = newFolder();
    settled(node, mounted({ mirrorOf: ['docker.io', 'quay.io'] }), 'install');
    const files = mounted({ mirrorOf: ['quay.io'] });
    expect(isReady(node, files)).toBe(false);
    expect(run(node, files, 'install').out).toBe(
      `removed ${CONTAINERD_FILES}/docker.io/ca.crt\nremoved ${MIRROR}\n`,
    );
    expect(existsSync(join(node, dirname(MIRROR)))).toBe(false);
    expect(existsSync(join(node, CONTAINERD_FILES, 'quay.io/hosts.toml'))).toBe(true);
    expect(settled(node, files, 'install')).toBeTruthy();
    // Uninstalled by props that know nothing of what was written.
    expect(Object.keys(settled(node, mounted(), 'remove'))).toEqual([
      'etc/',
      'etc/containerd/',
      'etc/containerd/certs.d/',
    ]);
  });

  test('takes back what a retired runtime had', () => {
    const node = newFolder();
    settled(node, mounted({ runtimes: [CONTAINERD, K3S] }), 'install');
    put(node, `${K3S_FILES}/k3s.yaml`, 'not ours\n');
    const tree = settled(node, mounted({ runtimes: [CONTAINERD], retiredRuntimes: [K3S] }), 'install');
    expect(filesIn(tree)).toEqual([...OF_CONTAINERD, `${K3S_FILES}/k3s.yaml`]);
    expect(Object.keys(tree).filter((name) => name.startsWith('etc/rancher/k3s/'))).toEqual([
      'etc/rancher/k3s/',
      'etc/rancher/k3s/k3s.yaml',
    ]);
    settled(node, mounted(), 'install');
  });

  test.each<Task>(['install', 'remove'])(
    'says which files of a runtime it cannot reach any more, as long as they are there: %s',
    (task) => {
      const node = newFolder();
      settled(node, mounted({ runtimes: [CONTAINERD, K3S] }), 'install');
      const files = mounted();
      for (let times = 0; times < 2; times += 1) {
        const { err, pause } = run(node, files, task);
        expect(err).toContain(
          `${K3S_FILES}/registries.yaml was written by this and can't be removed: its folder is not mounted any more.`,
        );
        expect(pause).toBe(10);
        expect(isReady(node, files, task)).toBe(false);
      }
      const tree = settled(node, mounted({ retiredRuntimes: [K3S] }), task);
      expect(filesIn(tree)).toEqual(task === 'install' ? OF_CONTAINERD : []);
    },
  );

  test.each<[string, (path: string) => void]>([
    ['a file', (path) => writeFileSync(path, 'not ours\n')],
    ['a link to nowhere', (path) => symlinkSync('/nowhere', path)],
    ['a folder', (path) => mkdirSync(path)],
  ])('waits for %s of somebody else, says so, and goes on when it is gone', (_, make) => {
    const node = newFolder();
    const files = mounted({ mirrorOf: ['docker.io'] });
    mkdirSync(join(node, dirname(MIRROR)), { recursive: true });
    make(join(node, MIRROR));
    for (let times = 0; times < 2; times += 1) {
      const { err, pause, code } = run(node, files, 'install');
      expect(err).toContain(`${MIRROR} is there and was not written by this: left as it is.`);
      expect(err).toContain('server = "https://registry-1.docker.io"');
      // Not the line by which it would take the merged file for its own.
      expect(err).not.toContain('# Written by');
      expect({ pause, code }).toEqual({ pause: 10, code: 0 });
      expect(isReady(node, files)).toBe(false);
      expect(existsSync(join(node, HOSTS))).toBe(true);
    }
    // Taken away, it is still not touched.
    const other = join(newFolder(), 'copy');
    cpSync(node, other, { recursive: true, verbatimSymlinks: true });
    expect(run(other, files, 'remove')).toMatchObject({ err: '', pause: 300 });
    expect(readdirSync(join(other, dirname(MIRROR)))).toEqual(['hosts.toml']);
    rmSync(join(node, MIRROR), { recursive: true });
    expect(run(node, files, 'install').out).toBe(`wrote ${MIRROR}\n`);
    settled(node, files, 'install');
  });

  test('lets root alone read a file with a login, and shows no login', () => {
    const node = newFolder();
    const files = mounted({ mirrorOf: ['docker.io'] });
    const plan = readFileSync(join(files, 'plan'), 'utf8');
    writeFileSync(join(files, 'plan'), plan.replace(` ${MIRROR}\n`, ` ${MIRROR} 600\n`));
    put(node, MIRROR, 'server = "https://mine"\n');
    const { err } = run(node, files, 'install');
    expect(err).toContain(`${MIRROR} is there and was not written by this: left as it is. Move it away.`);
    expect(err).not.toContain('registry-1.docker.io');
    rmSync(join(node, MIRROR));
    expect(run(node, files, 'install').out).toBe(`wrote ${MIRROR}\n`);
    expect(statSync(join(node, MIRROR)).mode & 0o777).toBe(0o600);
    expect(statSync(join(node, HOSTS)).mode & 0o777).toBe(0o644);
    settled(node, files, 'install');
    expect(run(node, files, 'remove').out).toContain(`removed ${MIRROR}\n`);
  });

  test('leaves no empty folder where it can write nothing', () => {
    const node = newFolder();
    const files = mounted();
    put(node, `${CONTAINERD_FILES}/${ADDRESS}`, 'a file where the folder belongs\n');
    expect(run(node, files, 'install')).toMatchObject({
      pause: 10,
      err: expect.stringContaining(`${HOSTS} can't be written`),
    });
    expect(emptyFolders(node, files)).toEqual([]);
    rmSync(join(node, CONTAINERD_FILES, ADDRESS));
    settled(node, files, 'install');
  });

  test('touches no copy of its files that somebody made, and no file that was changed in its first line', () => {
    const node = newFolder();
    const files = mounted({ mirrorOf: ['docker.io'] });
    settled(node, files, 'install');
    const copy = `${CONTAINERD_FILES}/ghcr.io/hosts.toml`;
    put(node, copy, readFileSync(join(node, MIRROR), 'utf8'));
    put(node, MIRROR, 'mine\n');
    const tree = settled(node, mounted(), 'install');
    expect(filesIn(tree)).toEqual(expect.arrayContaining([copy, MIRROR]));
    expect(filesIn(settled(node, files, 'remove'))).toEqual([MIRROR, copy]);
  });

  test('two registries on a node leave each other alone, and the second has what both want when the first is gone', () => {
    const node = newFolder();
    const one = mounted({ mirrorOf: ['docker.io'] });
    const two = mounted({ name: 'images', mirrorOf: ['docker.io'] });
    settled(node, one, 'install');
    expect(run(node, two, 'install')).toMatchObject({
      pause: 10,
      err: expect.stringContaining(`${MIRROR} is there`),
    });
    const both = contentsOf(node);
    expect(isReady(node, one)).toBe(true);
    expect(run(node, one, 'install')).toEqual({ out: '', err: '', pause: 300, waits: 1, steps: 0, code: 0 });
    expect(contentsOf(node)).toEqual(both);
    expect(run(node, one, 'remove')).toMatchObject({ err: '', pause: 300 });
    const tree = settled(node, two, 'install');
    expect(Object.keys(tree).filter((name) => name.includes(ADDRESS))).toEqual([]);
    expect(tree[MIRROR.slice(1)]).toContain('for registry/images.');
    expect(isReady(node, one, 'remove')).toBe(true);
    expect(Object.keys(settled(node, two, 'remove'))).toEqual([
      'etc/',
      'etc/containerd/',
      'etc/containerd/certs.d/',
    ]);
  });

  describe('is cut', () => {
    const PROPS: Record<string, Props> = {
      before: { mirrorOf: ['docker.io'], runtimes: [CONTAINERD, K3S] },
      after: { mirrorOf: ['quay.io'], runtimes: [CONTAINERD, DOCKER], retiredRuntimes: [K3S] },
    };
    const prepared = (props?: Props): string => {
      const node = newFolder();
      if (props) settled(node, mounted(props), 'install');
      return node;
    };

    test.each<[string, Props | undefined, Props | undefined, Task]>([
      ['writing', undefined, PROPS.before, 'install'],
      ['changing', PROPS.before, PROPS.after, 'install'],
      ['removing', PROPS.before, PROPS.before, 'remove'],
    ])('at each step of %s, and the next run ends it; as does a removal', (_, before, after, task) => {
      const start = prepared(before);
      const files = mounted(after);
      const whole = join(newFolder(), 'node');
      cpSync(start, whole, { recursive: true });
      const { steps } = run(whole, files, task);
      expect(steps).toBeGreaterThan(8);
      for (let cut = 1; cut <= steps; cut += 1) {
        const node = join(newFolder(), 'node');
        cpSync(start, node, { recursive: true });
        expect(run(node, files, task, { cut })).toMatchObject({ pause: undefined, steps: cut });
        const removed = join(newFolder(), 'node');
        cpSync(node, removed, { recursive: true });
        expect({ cut, ...run(node, files, task) }).toMatchObject({ cut, err: '', pause: 300 });
        expect({ cut, tree: contentsOf(node) }).toEqual({ cut, tree: contentsOf(whole) });
        if (task === 'remove') continue;
        expect({ cut, ...run(removed, files, 'remove') }).toMatchObject({ cut, err: '', pause: 300 });
        expect({ cut, files: filesIn(contentsOf(removed)), empty: emptyFolders(removed, files) }).toEqual({
          cut,
          files: [],
          empty: [],
        });
      }
    });
  });
});
