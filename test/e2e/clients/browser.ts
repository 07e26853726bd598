// A person's browser on the machine: Chromium without a window, which trusts the registry's CA and finds
// hosts as the machine does.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';
import type { Computer } from '../../../tools/computer';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';
import type { User } from './registry-client';

/** Nothing that asks the outside for anything: the machine has no way out, and Chromium would wait for it. */
const FLAGS = [
  '--disable-quic',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
];
const SIZE = { width: 1200, height: 700 };
const PATIENCE_MS = 30_000;

export class Browser {
  private static count = 0;

  /** `ca` is put among the authorities of a new profile, as a person does in the browser's settings. */
  static async start(machine: Computer, ca?: Buffer): Promise<Browser> {
    Browser.count += 1;
    const home = machine.makeFolder('browsers', String(Browser.count));
    const store = join(home, '.pki', 'nssdb');
    mkdirSync(store, { recursive: true });
    const certutil = (...args: string[]) => machine.must([pathOf('certutil'), '-d', `sql:${store}`, ...args]);
    await certutil('-N', '--empty-password');
    if (ca !== undefined) {
      writeFileSync(join(home, 'ca.crt'), ca);
      await certutil('-A', '-n', 'registry', '-t', 'C,,', '-i', join(home, 'ca.crt'));
    }
    const program = join(home, 'chromium');
    const command = machine.entering([pathOf('chromium')]).map((word) => `'${word}'`);
    writeFileSync(program, `#!/bin/sh\nexec ${command.join(' ')} "$@"\n`);
    chmodSync(program, 0o755);
    const env = { ...ENVIRONMENT, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, TMPDIR: home };
    return new Browser(
      await chromium.launch({
        executablePath: program,
        args: FLAGS,
        env,
        chromiumSandbox: false,
        timeout: 3 * PATIENCE_MS,
      }),
    );
  }

  private constructor(private readonly chromium: Chromium) {}

  /**
   * A window of its own, without what others know. The user, where there is one, answers a question for a
   * name and password, and gives up if that is asked again. Without one such a question stands, and so does
   * the page.
   */
  async open(user?: User): Promise<Page> {
    const context = await this.chromium.newContext({
      viewport: SIZE,
      permissions: ['clipboard-read', 'clipboard-write'],
      ...(user && { httpCredentials: { username: user.name, password: user.password } }),
    });
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  }

  close(): Promise<void> {
    return this.chromium.close();
  }
}
