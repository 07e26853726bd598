// From an app to a running registry and a client for it: what most tests start with.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Manifest, parseManifests, readManifests } from '../../tools/pod-runner/manifests';
import { PodRunner } from '../../tools/pod-runner/pod-runner';
import { ENVIRONMENT } from '../../tools/programs';
import { TYPESCRIPT } from '../../tools/typescript';
import { RegistryClient, type User } from './clients/registry-client';

const PROJECT = resolve(__dirname, '..', '..');
export const DEFAULT_APP = 'main.ts';
/** The Deployment of the UI. */
export const PAGE = 'registry-ui';

export interface Synthesized {
  /** Where the app was run: its store is here, its manifests are in `dist`. */
  readonly folder: string;
  readonly manifests: Manifest[];
  readonly notes: string;
}

/**
 * Runs an app of this project, with nothing but these settings: in a new folder, or again where its store is.
 */
export function synthesize(
  app: string,
  settings: Readonly<Record<string, string>> = {},
  existing: Manifest[] = [],
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-registry-app-')),
): Synthesized {
  const { status, stderr } = spawnSync(process.execPath, [...TYPESCRIPT, join(PROJECT, app)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...ENVIRONMENT, HOME: folder, CDK8S_OUTDIR: join(folder, 'dist'), ...settings },
  });
  if (status !== 0) throw new Error(`${app} does not synthesize: ${stderr}`);
  const notes = readFileSync(join(folder, 'dist', 'NOTES.txt'), 'utf8');
  return { folder, manifests: readManifests(join(folder, 'dist'), existing), notes };
}

export interface Scenario extends Synthesized {
  readonly runner: PodRunner;
  readonly client: RegistryClient;
  readonly admin: User;
  /** Who signed the certificate that clients are shown. */
  readonly ca: Buffer;
  close(): Promise<void>;
}

export interface ScenarioOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Objects that are there before those of the app are applied. */
  readonly existing?: Manifest[];
  /** Who may log in, where the app does not know it. */
  readonly user?: User;
  /** Whose certificates clients trust, where it is not the CA in the Secret of the registry. */
  readonly ca?: Buffer;
  /** Changes the manifests before they are applied. */
  readonly edit?: (manifests: Manifest[]) => Manifest[];
  /** Prepares the cluster before the registry is started. */
  readonly prepare?: (runner: PodRunner) => Promise<void>;
}

/**
 * Deploys the registry of an app, with its ingress or route where it has one, and finds its users' route.
 */
export async function deploy(app: string, options: ScenarioOptions = {}): Promise<Scenario> {
  const synthesized = synthesize(app, options.settings, options.existing);
  const manifests = (options.edit ?? ((same) => same))(synthesized.manifests);
  const runner = await PodRunner.start(manifests, { preStopSleepLimit: 0 });
  const close = async () => {
    await runner.close();
    rmSync(synthesized.folder, { recursive: true, force: true });
  };
  try {
    await options.prepare?.(runner);
    await runner.run('registry');
    if (manifests.some(({ kind, name }) => kind === 'Deployment' && name === PAGE)) await runner.run(PAGE);
    await runner.ingress.serve(runner.objects);
    await runner.front.serve(runner.objects);
    const host = hostIn(synthesized.notes);
    const { externalIp } = runner.services.address('registry', 'registry');
    if (externalIp !== undefined) runner.machine.addHost(host.split(':')[0], externalIp);
    const ca = options.ca ?? certificateAuthority(runner);
    const client = new RegistryClient(runner.machine, host, ca);
    return {
      ...synthesized,
      manifests,
      runner,
      client,
      admin: options.user ?? adminIn(synthesized),
      ca,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

export function certificateAuthority(runner: PodRunner): Buffer {
  const ca = runner.objects.data('Secret', 'registry-tls').get('ca.crt');
  if (ca === undefined) throw new Error('Secret registry-tls has no ca.crt');
  return ca;
}

/** A copy of the manifests in which one object is changed. */
export function changed(
  manifests: readonly Manifest[],
  kind: string,
  name: string,
  change: (body: Body) => void,
): Manifest[] {
  return manifests.map((manifest) => {
    if (manifest.kind !== kind || manifest.name !== name) return manifest;
    const copy = structuredClone(manifest);
    change(copy.body as unknown as Body);
    return copy;
  });
}

/** The parts of objects that tests change. */
export interface Body {
  readonly metadata: { readonly annotations: Record<string, string> };
  readonly data: Record<string, string>;
  readonly stringData: Record<string, string>;
  readonly spec: { readonly template: { readonly spec: PodBody } };
}

interface PodBody {
  readonly securityContext: { fsGroup?: number };
  readonly containers: { volumeMounts: { readonly name: string }[] }[];
  initContainers?: { readonly command: string[] }[];
}

/** Objects that a test brings itself. */
export function asManifests(...objects: readonly object[]): Manifest[] {
  return objects.flatMap((object) => parseManifests(JSON.stringify(object), 'the test'));
}

/**
 * The commands in NOTES.txt are what a user follows, so the tests take host, user and password from there.
 */
export function hostIn(notes: string): string {
  return match(notes, /docker (?:login|push) ([^\s/]+)/);
}

export function uiIn(notes: string): string {
  return match(notes, /Open the UI\n(?: .*\n)*? +(https?:\S+)/);
}

export function adminIn({ notes, folder }: Pick<Synthesized, 'notes' | 'folder'>): User {
  const file = match(notes, /head -n 1 (\S+) \|/);
  const [password] = readFileSync(join(folder, file), 'utf8').split('\n');
  return { name: match(notes, /docker login \S+ -u (\S+)/), password };
}

function match(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`NOTES.txt does not match ${pattern}`);
  return found;
}
