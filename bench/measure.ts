// Runs programs in turn (A B C, A B C, …), so that whatever else the machine does meets all of them alike,
// and compares each with its neighbours.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { plainEnvironment } from '../test/support/project';

/** A program to be measured. Its last line of output may be `peak <kilobytes>`. */
export interface Program {
  readonly folder: string;
  /** A program and its arguments; one string is for the shell to take apart. */
  readonly command: string | readonly string[];
}

/** What was measured of one program, a figure for each round. */
export interface Samples {
  readonly milliseconds: readonly number[];
  /** Memory at its highest, where the program says it. */
  readonly megabytes: readonly number[];
}

/** Runs each program once to warm up, then in as many rounds as told. */
export function inTurn<Name extends string>(
  programs: Record<Name, Program>,
  rounds: number,
): Record<Name, Samples> {
  const measured = Object.entries<Program>(programs).map(([name, program]) => ({
    name,
    program,
    milliseconds: [] as number[],
    megabytes: [] as number[],
  }));
  for (let round = 0; round <= rounds; round++) {
    for (const { program, milliseconds, megabytes } of measured) {
      const figures = runOnce(program);
      if (round === 0) continue;
      milliseconds.push(figures.milliseconds);
      if (figures.megabytes !== undefined) megabytes.push(figures.megabytes);
    }
  }
  return Object.fromEntries(measured.map((each) => [each.name, each])) as unknown as Record<Name, Samples>;
}

/** Runs a script of this folder, which prints what it measured. */
export function printedBy<Figures>(script: string, args: readonly string[]): Figures {
  const all = ['-r', 'esbuild-register', path.join(__dirname, script), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Figures;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** Median, over the rounds, of what two programs' times in the same round compare to. */
export function compared(one: Samples, other: Samples, compare: (a: number, b: number) => number): number {
  return median(
    one.milliseconds.map((time, round) => compare(time, other.milliseconds[round] ?? Number.NaN)),
  );
}

function runOnce({ folder, command }: Program): { milliseconds: number; megabytes?: number } {
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: plainEnvironment({ CDK8S_CHECK_UPGRADE: 'false' }),
  } as const;
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } =
    typeof command === 'string'
      ? spawnSync(command, { ...options, shell: true })
      : spawnSync(command[0] ?? '', command.slice(1), options);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0)
    throw new Error(`${[command].flat().join(' ')} in ${folder} ended with ${status}:\n${stdout}${stderr}`);
  const peak = /^peak (\d+)\n$/m.exec(stdout)?.[1];
  return { milliseconds, megabytes: peak === undefined ? undefined : Number(peak) / 1024 };
}
