// What the tests of the examples share: commands as their READMEs print them, and pods whose image comes from
// the registry.

import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Computer, Result, RunOptions } from '../../../tools/computer';
import { pathOf } from '../../../tools/programs';
import { buildImage, type ImageFile, type OciImage } from '../../e2e/clients/oci-image';
import { blocksIn, readPage } from '../../support/page';
import { type Cluster, eventually } from './cluster';

/** A line of a shell block of an example's README, made to be about the test's namespaces. */
export function documented(
  example: string,
  part: string,
  namespaces: Readonly<Record<string, string>>,
): string {
  const lines = blocksIn(readPage(`examples/${example}/README.md`), 'sh').flatMap((block) =>
    block.trim().split('\n'),
  );
  const [line, ...others] = lines.filter((candidate) => candidate.includes(part));
  if (line === undefined || others.length > 0)
    throw new Error(`README of ${example}: ${part} is in ${others.length + (line ? 1 : 0)} lines`);
  return Object.entries(namespaces).reduce(
    (text, [name, mine]) => text.replaceAll(`-n ${name} `, `-n ${mine} `),
    line,
  );
}

/** Runs a line of a shell beside the cluster, where kubectl is at hand. */
export function shell(cluster: Cluster, script: string): Promise<string> {
  return cluster.machine.must(['sh', '-ec', script], shellOptions(cluster));
}

/**
 * Keeps a documented `kubectl port-forward` going until the computer stops. It waits while another test has
 * the port.
 */
export async function forward(cluster: Cluster, command: string, before = ''): Promise<void> {
  const script = `${before}\nexec ${command.replace(/&$/, '')}`; // it must end with the shell that we stop
  await eventually('a port-forward', () => {
    const child = cluster.machine.spawn(['sh', '-ec', script], {
      ...shellOptions(cluster),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise<true>((done, fail) => {
      let said = '';
      child.stdout?.on('data', (line: Buffer) => line.includes('Forwarding from') && done(true));
      child.stderr?.on('data', (line: Buffer) => {
        said += line.toString();
      });
      child.once('close', () => fail(new Error(said)));
    });
  });
}

function shellOptions({ environment }: Cluster): RunOptions {
  return { env: { ...environment, PATH: `${dirname(pathOf('kubectl'))}:${environment.PATH}` } };
}

/** An image of one program, busybox: the published ones can't be had in tests. */
export function busyboxImage(folder: string, command: readonly string[], ...files: ImageFile[]): OciImage {
  return buildImage(
    folder,
    [{ name: 'bin/busybox', content: readFileSync(pathOf('busybox')) }, ...files],
    ['/bin/busybox', ...command],
  );
}

/** A pod that the kubelet must pull an image for, whether the node has it or not. */
export function podOf(namespace: string, name: string, image: string, pullSecret?: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      ...(pullSecret === undefined ? {} : { imagePullSecrets: [{ name: pullSecret }] }),
      containers: [{ name: 'main', image, imagePullPolicy: 'Always' }],
    },
  };
}

/** What a pod has printed, once it has ended well. */
export async function printed(cluster: Cluster, namespace: string, pod: string): Promise<string> {
  await cluster.must([
    'wait',
    '--for=jsonpath={.status.phase}=Succeeded',
    `pod/${pod}`,
    '-n',
    namespace,
    '--timeout=90s',
  ]);
  return cluster.must(['logs', pod, '-n', namespace]);
}

/**
 * Waits until the kubelet, which tries again and again, can't pull a pod's image for this reason. Gives what
 * it says.
 */
export function refused(cluster: Cluster, namespace: string, pod: string, reason: RegExp): Promise<string> {
  return eventually(`${pod} is refused by ${reason}`, async () => {
    const { items } = await cluster.json(
      'events',
      '-n',
      namespace,
      '--field-selector',
      `involvedObject.name=${pod},reason=Failed`,
    );
    const { status } = await cluster.json('pod', pod, '-n', namespace);
    const waiting = status.containerStatuses?.[0]?.state.waiting?.reason;
    const said = items
      .map(({ message }: { message: string }) => message)
      .find((message: string) => reason.test(message));
    return ['ErrImagePull', 'ImagePullBackOff'].includes(waiting) ? said : undefined;
  });
}

/** Makes a namespace of the tests'. */
export async function madeNamespace(cluster: Cluster, purpose: string): Promise<string> {
  const name = cluster.newNamespace(purpose);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  return name;
}

/** skopeo on a computer, without settings or logins of the machine. */
export function skopeo(computer: Computer, ...args: string[]): Promise<Result> {
  const folder = computer.makeFolder('skopeo');
  const env = { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, XDG_RUNTIME_DIR: folder };
  return computer.run(['skopeo', '--insecure-policy', ...args], { env });
}
