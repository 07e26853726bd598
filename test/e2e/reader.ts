// Somebody who follows a page: runs its commands in one shell on a machine, with Helm and kubectl for an API
// server.
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import type { Result } from '../../tools/pod-runner/machine';
import { pathOf } from '../../tools/programs';
import { TYPESCRIPT } from '../../tools/typescript';
import { ROOT } from '../support/project';
import type { HelmProgram } from './helm';

export class Reader {
  private readonly commands: string;

  constructor(
    private readonly server: ApiServer,
    program: HelmProgram,
  ) {
    this.commands = server.machine.makeFolder('commands');
    symlinkSync(pathOf(program), join(this.commands, 'helm'));
    symlinkSync(pathOf('kubectl'), join(this.commands, 'kubectl'));
    // `npm run --silent migrate --` in a folder of the reader's, and not in this project's.
    const migrate = `'${process.execPath}' '${TYPESCRIPT.join("' '")}' '${join(ROOT, 'lib/migrate/bin.ts')}'`;
    writeFileSync(join(this.commands, 'npm'), `#!/bin/sh\nshift 4\nexec ${migrate} "$@"\n`, { mode: 0o755 });
  }

  /**
   * Runs commands in a folder, up to the first that fails; with `chart/registry` in it, if there is a chart.
   */
  follow(folder: string, commands: string, chart?: string): Promise<Result> {
    const { environment, machine } = this.server;
    const cwd = machine.makeFolder('reader', folder);
    const link = join(machine.makeFolder('reader', folder, 'chart'), 'registry');
    if (chart !== undefined && !existsSync(link)) symlinkSync(chart, link);
    // Whatever enters a machine is in its root folder.
    return machine.run(['sh', '-exc', `cd '${cwd}'\n${commands}`], {
      env: { ...environment, PATH: `${this.commands}:${environment.PATH}` },
    });
  }

  /** Like `follow`, for what must succeed. */
  async must(folder: string, commands: string, chart?: string): Promise<Result> {
    const result = await this.follow(folder, commands, chart);
    if (result.code !== 0) throw new Error(result.stderr);
    return result;
  }
}
