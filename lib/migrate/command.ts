// The command `cdk8s-registry-migrate`: reads a values file of the old charts and writes one of this chart.
import { parseArgs } from 'node:util';
import { ValuesError } from './documents';
import { migrate } from './migration';
import { RELEASE } from './objects';
import { remarkLines, valuesText } from './report';
import { Matter } from './translation';

const HELP = `Usage: cdk8s-registry-migrate [--release NAME] [--strict] FILE

Translates values of Helm's stable/docker-registry or of twuni/docker-registry.helm into values of the chart of cdk8s-registry.
FILE is a values file, or - for standard input:

  helm get values docker-registry --all -o yaml | cdk8s-registry-migrate --release docker-registry - > values.yaml

FILE may also be an Argo CD Application, a Flux HelmRelease, or a k3s HelmChart or HelmChartConfig: the values in it are read.

Our values go to standard output, what to know about them to standard error.

  --release NAME  the old release's name, by which its claim and its Service are called
  --strict        exit with 2 if a key could not be carried over, had to be guessed, or is filled in later by another tool
  --help          this text

Exit codes: 0 translated; 1 nothing was written, since the file or an option is wrong; 2 translated, but see --strict.
`;

/** Changes, and facts that can't be determined. */
const STRICT = [Matter.LOST, Matter.GUESSED, Matter.LATER];

/** The command's input and output. */
export interface Terminal {
  /** The content of a file, or for `-` of standard input. */
  read(file: string): string;
  out(text: string): void;
  error(text: string): void;
}

/** Runs the command; returns its exit code. */
export function migrateCommand(args: string[], terminal: Terminal): number {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        release: { type: 'string' },
        strict: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      terminal.out(HELP);
      return 0;
    }
    const [file, ...more] = positionals;
    if (file === undefined) throw new Error('no file is named');
    if (more.length > 0) throw new Error(`one file at a time, but ${positionals.join(', ')} are named`);
    if (values.release !== undefined && !RELEASE.test(values.release)) {
      throw new Error(`--release: "${values.release}" is not the name of a release`);
    }
    return translate(file, terminal, values);
  } catch (error) {
    terminal.error(
      `cdk8s-registry-migrate: ${(error as Error).message}\nSee cdk8s-registry-migrate --help\n`,
    );
    return 1;
  }
}

function translate(
  file: string,
  terminal: Terminal,
  { release, strict }: { release?: string; strict?: boolean },
): number {
  const name = file === '-' ? 'standard input' : file;
  let text: string;
  try {
    text = terminal.read(file);
  } catch (error) {
    terminal.error(`${name}: can't be read: ${(error as Error).message}\n`);
    return 1;
  }
  try {
    const migrated = migrate(text, { release });
    terminal.out(valuesText(migrated));
    const lines = remarkLines(migrated.remarks);
    if (lines.length > 0) terminal.error(`${lines.join('\n')}\n`);
    return strict && migrated.remarks.some(({ matter }) => STRICT.includes(matter)) ? 2 : 0;
  } catch (error) {
    if (!(error instanceof ValuesError)) throw error;
    terminal.error(`${name}: ${error.message}\n`);
    return 1;
  }
}
