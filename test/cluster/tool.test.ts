// tools/cluster as a product of its own: two clusters side by side, a state that outlives the power, and a
// machine on which nothing is left or changed.

import { spawnSync } from 'node:child_process';
import { describeOnCluster } from './support/cluster';
import { OwnCluster } from './support/own-cluster';

/**
 * What a cluster could change on the machine below it. Of control groups and processes only those of this
 * cluster.
 */
function machine(state: string): Record<string, string> {
  const shell = (script: string) => spawnSync('sh', ['-c', script, state], { encoding: 'utf8' }).stdout;
  return {
    cards: shell('ip -o link | cut -d: -f2'),
    routes: shell('ip route'),
    filter: shell('iptables-save 2>/dev/null | grep -v "^[#:]"'),
    settings: shell(
      'cd /proc/sys && cat net/ipv4/ip_forward vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops',
    ),
    mounts: shell('grep -c " $0/" /proc/self/mountinfo'),
    files: shell(
      'ls -d /etc/cni /etc/kubelet.yaml /etc/containerd /var/lib/kubelet /var/lib/containerd /var/lib/cni /run/containerd 2>/dev/null',
    ),
    processes: shell('ps -ewwo args | grep -F "$0" | grep -cv "grep\\\\|sh -c"'),
  };
}

describeOnCluster('a cluster of its own beside the others', { ownOnly: 'it starts clusters' }, (shared) => {
  let before: Record<string, string>;
  let own: OwnCluster;
  const kubectl = (...args: string[]) => own.onNode('node-1', 'kubectl', ...args).trim();

  beforeAll(() => {
    expect(shared().isOwn).toBe(true); // one runs already, with the same addresses
    const state = OwnCluster.stateOf('tool');
    before = machine(state);
    own = OwnCluster.start({ name: 'tool' });
  });
  afterAll(() => own?.stop());

  test('has other objects than the one that runs beside it', async () => {
    kubectl('create', 'configmap', 'kept', '--from-literal=key=value');
    expect(await shared().kubectl(['get', 'configmap', 'kept', '-n', 'default'])).toMatchObject({ code: 1 });
  });

  test('has the same objects and another boot after its power was cut', () => {
    const boot = () => kubectl('get', 'node', 'node-1', '-o', 'jsonpath={.status.nodeInfo.bootID}');
    const first = boot();
    own.reboot('node-1');
    expect(boot()).not.toBe(first);
    expect(kubectl('get', 'configmap', 'kept', '-o', 'jsonpath={.data.key}')).toBe('value');
  });

  test('is started again by `up`, and told twice it does nothing', () => {
    own.restart();
    expect(kubectl('get', 'configmap', 'kept', '-o', 'jsonpath={.data.key}')).toBe('value');
    // Names and process ids.
    const containers = () =>
      own.onNode('node-1', 'ctr', '--namespace', 'k8s.io', 'tasks', 'ls').trim().split('\n').sort();
    const started = containers();
    expect(started.length).toBeGreaterThan(3);
    own.up();
    expect(containers()).toEqual(started);
  });

  test('leaves the machine as it was', () => {
    own.stop();
    expect(machine(own.state)).toEqual(before);
    expect(
      spawnSync('find', ['/sys/fs/cgroup', '-name', own.controlGroup('node-1')], { encoding: 'utf8' }).stdout,
    ).toBe('');
  });
});
