// Helm 3 or 4 on a computer, with a home of its own there, against a cluster or an API server if there is
// one: who only renders needs none.

import type { Computer, Result } from '../../tools/computer';
import { pathOf } from '../../tools/programs';

export type HelmProgram = 'helm3' | 'helm4';
export const HELM_PROGRAMS: readonly [HelmProgram, string][] = [
  ['helm3', 'Helm 3'],
  ['helm4', 'Helm 4'],
];

/**
 * Both in `npm run prove` (PROVE_HELMS), and one of them in CI: for tests that take long and in which the
 * Helms do the same. Some files have one, some the other.
 */
export function helmsOrOnly(program: HelmProgram): readonly [HelmProgram, string][] {
  return HELM_PROGRAMS.filter(([one]) => one === program || process.env.PROVE_HELMS);
}

/** Where Helm runs: beside a cluster or an API server, or on a computer alone. */
export interface HelmPlace {
  readonly machine: Computer;
  readonly environment: Readonly<Record<string, string>>;
}

export interface HelmOptions {
  /** What stands in the user's own values file. */
  readonly values?: object;
  /** Standard input, where no values are. */
  readonly input?: string;
  /** The release's namespace; `default` if it is not said. */
  readonly namespace?: string;
  /** Further arguments. */
  readonly args?: readonly string[];
}

/** Every function but `run` throws where Helm fails, and gives what Helm prints. */
export class Helm {
  private readonly environment: Readonly<Record<string, string>>;

  constructor(
    private readonly program: HelmProgram,
    private readonly place: HelmPlace,
  ) {
    this.environment = { ...place.environment, HOME: place.machine.makeFolder(program) };
  }

  /** Any command, also one that is meant to fail. */
  run(command: readonly string[], options: HelmOptions = {}): Promise<Result> {
    return this.place.machine.run(this.commandLine(command, options), this.runOptions(options));
  }

  /** Any other command. */
  must(command: readonly string[], options: HelmOptions = {}): Promise<string> {
    return this.place.machine.must(this.commandLine(command, options), this.runOptions(options));
  }

  /** `chart` is a folder or a packaged chart, here and below. */
  lint(chart: string, options: HelmOptions = {}): Promise<string> {
    return this.must(['lint', '--strict', chart], options);
  }

  /** The objects as text, without a question to the API server. */
  template(release: string, chart: string, options: HelmOptions = {}): Promise<string> {
    return this.must(['template', release, chart], options);
  }

  /** Packs a chart's folder into a folder. Gives the packed chart's path. */
  async package(chart: string, destination: string): Promise<string> {
    const said = await this.must(['package', chart, '--destination', destination]);
    const path = /saved it to: (\S+)/.exec(said)?.[1];
    if (path === undefined) throw new Error(`helm package says no path: ${said}`);
    return path;
  }

  install(release: string, chart: string, options: HelmOptions = {}): Promise<string> {
    return this.must(['install', release, chart], options);
  }

  upgrade(release: string, chart: string, options: HelmOptions = {}): Promise<string> {
    return this.must(['upgrade', release, chart], options);
  }

  uninstall(release: string, options: HelmOptions = {}): Promise<string> {
    return this.must(['uninstall', release], options);
  }

  /** What is installed: the objects, as Helm sent them. */
  manifest(release: string, options: HelmOptions = {}): Promise<string> {
    return this.must(['get', 'manifest', release], options);
  }

  private commandLine(command: readonly string[], { values, namespace, args = [] }: HelmOptions): string[] {
    return [
      pathOf(this.program),
      ...command,
      ...(namespace === undefined ? [] : ['--namespace', namespace]),
      ...(values === undefined ? [] : ['--values', '-']),
      ...args,
    ];
  }

  private runOptions({ values, input = '' }: HelmOptions): {
    env: Readonly<Record<string, string>>;
    input: string;
  } {
    return { env: this.environment, input: values === undefined ? input : JSON.stringify(values) };
  }
}
