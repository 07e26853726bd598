// Helm as a library (tools/helm-render): renders a chart tens of times a second, in processes of its own.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ENVIRONMENT, type Program, pathOf } from '../../tools/programs';
import type { Manifest } from '../support/synth';
import type { Values } from './value-sets/value-set';

export type RenderProgram = Extract<Program, 'helmRender3' | 'helmRender4'>;

/** One rendering. */
export interface Rendering {
  readonly values: Values;
  /** `registry` if it is not said. */
  readonly release?: string;
  /** `default` if it is not said. */
  readonly namespace?: string;
  /** As `helm upgrade` renders, and not as `helm install`. */
  readonly upgrade?: boolean;
  /** Texts of templates by their names, in the place of the chart's. */
  readonly templates?: Readonly<Record<string, string>>;
}

/** What came of it: objects and notes, or Helm's error. */
export interface Rendered {
  readonly id: number;
  /** By file. */
  readonly manifests?: Readonly<Record<string, readonly Manifest[]>>;
  readonly notes?: string;
  readonly error?: string;
  /** Numbers that templates told by `reach`, which stand-ins have. */
  readonly reached?: readonly number[];
}

export interface HelmRenderOptions {
  readonly program: RenderProgram;
  /** The chart's folder. */
  readonly chart: string;
  /** Are values checked against the schema? By default they are. */
  readonly schema?: boolean;
  /** Are passwords, hashes and certificates replaced by texts that say what they are made of? */
  readonly standIns?: boolean;
  /** One, if it is not said: test files run beside each other already. */
  readonly processes?: number;
}

/** Renders in processes that live from the first rendering until `close`, so that skipped tests start none. */
export class HelmRender {
  private started?: RenderProcess[];
  private renderings = 0;

  constructor(private readonly options: HelmRenderOptions) {}

  private get processes(): RenderProcess[] {
    const { program, chart, schema = true, standIns = false, processes = 1 } = this.options;
    const args = ['-chart', chart, `-schema=${schema}`, `-generated=${standIns ? 'stand-ins' : 'real'}`];
    this.started ??= Array.from({ length: processes }, () => new RenderProcess(pathOf(program), args));
    return this.started;
  }

  /** Each process takes the renderings that it is given in their order. */
  render({ release = 'registry', namespace = 'default', ...rest }: Rendering): Promise<Rendered> {
    const id = this.renderings++;
    const process = this.processes[id % this.processes.length] as RenderProcess;
    return process.render({ id, release, namespace, ...rest });
  }

  async close(): Promise<void> {
    await Promise.all((this.started ?? []).map((process) => process.close()));
  }
}

interface Waiting {
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: Error) => void;
}

class RenderProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting = new Map<number, Waiting>();
  private readonly ended: Promise<void>;
  private said = '';

  constructor(path: string, args: readonly string[]) {
    this.child = spawn(path, args, { env: ENVIRONMENT });
    this.child.stderr.on('data', (data) => {
      this.said += data;
    });
    // A process that is gone is told by its end.
    this.child.stdin.on('error', () => {});
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const rendered: Rendered = JSON.parse(line);
      this.waiting.get(rendered.id)?.resolve(rendered);
      this.waiting.delete(rendered.id);
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        for (const { reject } of this.waiting.values())
          reject(new Error(`helm-render ended with ${code}: ${this.said}`));
        this.waiting.clear();
        resolve();
      });
    });
  }

  render(request: Rendering & { readonly id: number }): Promise<Rendered> {
    return new Promise((resolve, reject) => {
      if (this.child.exitCode !== null) {
        reject(new Error(`helm-render ended with ${this.child.exitCode}: ${this.said}`));
        return;
      }
      this.waiting.set(request.id, { resolve, reject });
      this.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  close(): Promise<void> {
    this.child.stdin.end();
    return this.ended;
  }
}
