// Which programs of this machine stand for which container image. An image that nothing stands for is
// refused.

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Program, pathOf, releaseOf } from '../programs';
import type { Machine } from './machine';
import { isUiImage, UI_CONFIG, uiFiles } from './ui-image';

interface StandIn {
  readonly image: RegExp;
  readonly program: Program;
  /** Where the image has the program. */
  readonly path: string;
}

const STAND_INS: readonly StandIn[] = [
  { image: /^registry:(2\.8)\.\d+$/, program: 'registry2', path: '/bin/registry' },
  { image: /^registry:(3\.\d+)\.\d+$/, program: 'registry3', path: '/bin/registry' },
  {
    image: /^ghcr\.io\/regclient\/regctl:(v0\.\d+)\.\d+-alpine$/,
    program: 'regctl',
    path: '/usr/local/bin/regctl',
  },
  {
    image: /^ghcr\.io\/regclient\/regbot:(v0\.\d+)\.\d+-alpine$/,
    program: 'regbot',
    path: '/usr/local/bin/regbot',
  },
  {
    image: /^ghcr\.io\/regclient\/regsync:(v0\.\d+)\.\d+-alpine$/,
    program: 'regsync',
    path: '/usr/local/bin/regsync',
  },
];

/** What an image says about itself beside its files. */
export interface ImageConfig {
  readonly env: Readonly<Record<string, string>>;
  readonly workingDir: string;
  /** Absent where manifests always give the command. */
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
}

const BASE_ENV = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/' };

export function imageConfig(image: string): ImageConfig {
  if (!isUiImage(image)) return { env: BASE_ENV, workingDir: '/' };
  return { ...UI_CONFIG, env: { ...BASE_ENV, ...UI_CONFIG.env } };
}

const CA_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';

/** An image that is busybox and nothing else. */
const BUSYBOX = /^busybox:1\.\d+\.\d+$/;

/** Valkey, for which the Redis stands that it was made of. */
const VALKEY = /^valkey\/valkey:8\.\d+\.\d+-alpine$/;

/** nginx, which never reads a file of the image's own here, and curl. */
const NGINX = /^nginx:1\.\d+\.\d+$/;

/**
 * bubblewrap's arguments for the image's files: the program, the libraries it needs, and Alpine's busybox.
 */
export function imageFiles(machine: Machine, image: string): string[] {
  if (BUSYBOX.test(image)) return busyboxFiles(machine);
  if (VALKEY.test(image))
    return [
      ...programFiles(machine, 'redisServer', '/usr/local/bin/valkey-server'),
      ...programFiles(machine, 'redisCli', '/usr/local/bin/valkey-cli'),
      ...busyboxFiles(machine),
    ];
  if (NGINX.test(image))
    return [
      ...programFiles(machine, 'nginx', '/usr/sbin/nginx'),
      // Debian's image looks names up as its C library does, in /etc/hosts first.
      ...programFiles(machine, 'getent', '/usr/bin/getent'),
      ...programFiles(machine, 'curl', '/usr/bin/curl'),
      ...caBundle(),
      ...['--ro-bind-try', '/etc/nsswitch.conf', '/etc/nsswitch.conf'],
      ...busyboxFiles(machine),
      '--dir',
      '/tmp',
    ];
  if (isUiImage(image))
    return [
      ...programFiles(machine, 'nginx', '/usr/sbin/nginx'),
      ...uiFiles(machine),
      ...busyboxFiles(machine),
      '--dir',
      '/tmp',
    ];
  for (const { image: pattern, program, path } of STAND_INS) {
    const line = pattern.exec(image)?.[1];
    if (line === undefined) continue;
    const version = releaseOf(program);
    if (!version.includes(`${line}.`))
      throw new Error(`image ${image} is stood for by another version: ${version}`);
    return [
      ...programFiles(machine, program, path),
      ...caBundle(),
      ...busyboxFiles(machine),
      '--dir',
      '/tmp',
    ];
  }
  throw new Error(`nothing stands for the image ${image}`);
}

/** A program at its place in the image, and the libraries that it needs. */
function programFiles(machine: Machine, program: Program, path: string): string[] {
  const binds = [[publish(machine, pathOf(program)), path], ...librariesOf(pathOf(program))];
  return binds.flatMap(([from, to]) => ['--ro-bind', from, to]);
}

/** Copied, because a pod's user may not look into the folder that the program comes from. */
function publish(machine: Machine, program: string): string {
  const copy = join(machine.makeFolder('programs'), basename(program));
  if (!existsSync(copy)) copyFileSync(program, copy);
  return copy;
}

function librariesOf(program: string): string[][] {
  const paths = spawnSync('ldd', [program], { encoding: 'utf8' }).stdout.matchAll(/(?:=> |\t)(\/\S+) \(/g);
  return [...paths].map(([, path]) => [path, path]);
}

function caBundle(): string[] {
  return existsSync(CA_BUNDLE) ? ['--ro-bind', CA_BUNDLE, CA_BUNDLE] : [];
}

function busyboxFiles(machine: Machine): string[] {
  const applets = spawnSync(pathOf('busybox'), ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n');
  const links = applets
    .filter((applet) => applet !== 'busybox')
    .flatMap((applet) => ['--symlink', 'busybox', `/bin/${applet}`]);
  return ['--ro-bind', publish(machine, pathOf('busybox')), '/bin/busybox', ...links];
}
