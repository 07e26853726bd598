// `npm run bench`: how long the default app, the CLI, large apps, the chart and logins take, each side by side with what it is compared to. `npm run bench -- app cli`
// leaves parts out. It prints figures for people to judge: none makes it fail, for a busy machine is no
// mistake.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { parse } from 'yaml';
import { cloneTo, installTo, mustRun, packTo } from '../test/support/project';
import { frontTimes } from './front';
import { helmRender } from './helm-render';
import { helmTemplate } from './helm-template';
import { logins } from './logins';
import { inTurn } from './measure';
import { pullTimes } from './pulls';
import { type Row, table } from './table';

const ROUNDS = { app: 21, cli: 9, many: 5 };
const PARTS = { app, cli, many, helm, render, login, front, pulls };
const MANY = 1000;

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-registry-bench-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

const wanted = process.argv.slice(2);
say(
  `Node ${process.version}, ${os.cpus().length} CPUs: ${os.cpus()[0]?.model ?? 'unknown'}; load ${os.loadavg()[0]?.toFixed(1)}`,
);
const clone = cloneTo(folder('clone'));
const installed = installTo(folder('installed'), packTo(scratch));
const appCommand: string = parse(fs.readFileSync(path.join(clone, 'cdk8s.yaml'), 'utf8')).app;
for (const [name, part] of Object.entries(PARTS)) {
  if (wanted.length === 0 || wanted.includes(name)) process.stdout.write(`\n${table(part())}\n`);
}

/** The default app alone, in each form in which it can be run. */
function app(): Row[] {
  buildSync({
    entryPoints: [`${clone}/main.ts`],
    bundle: true,
    minify: true,
    platform: 'node',
    outfile: `${installed}/bundle.js`,
    logLevel: 'error',
  });
  const measured = inTurn(
    {
      nothing: { folder: installed, command: [process.execPath, '-e', '0'] },
      imports: {
        folder: installed,
        command: [process.execPath, '-e', "require('cdk8s'); require('cdk8s-plus-27')"],
      },
      packed: { folder: installed, command: [process.execPath, 'main.js'] },
      bundled: { folder: installed, command: [process.execPath, 'bundle.js'] },
      sources: { folder: clone, command: appCommand.split(' ') },
    },
    ROUNDS.app,
  );
  const nothing = { name: 'node -e 0', samples: measured.nothing };
  const imports = { name: 'importing cdk8s and cdk8s-plus-27', samples: measured.imports };
  return [
    nothing,
    { ...imports, against: nothing },
    { name: 'default app, packed library', samples: measured.packed, against: imports, aim: { above: 45 } },
    { name: 'default app, bundled', samples: measured.bundled, against: nothing, aim: { times: 2.6 } },
    { name: `default app, ${appCommand}`, samples: measured.sources, against: nothing },
  ];
}

/**
 * The default app by the CLI, as this project runs it and as `cdk8s init` would have it, and without the CLI.
 */
function cli(): Row[] {
  const measured = inTurn(
    {
      ours: { folder: clone, command: 'npx cdk8s synth' },
      script: { folder: clone, command: [process.execPath, 'scripts/synth.mjs'] },
      sources: { folder: clone, command: appCommand.split(' ') },
      packed: { folder: installed, command: [process.execPath, 'main.js'] },
      tsNode: { folder: clone, command: 'npx cdk8s synth --app "npx ts-node main.ts"' },
    },
    ROUNDS.cli,
  );
  const tsNode = { name: 'npx cdk8s synth, npx ts-node main.ts', samples: measured.tsNode };
  const ours = {
    name: `npx cdk8s synth, ${appCommand}`,
    samples: measured.ours,
    against: tsNode,
    aim: { times: 0.42 },
  };
  return [
    tsNode,
    ours,
    { name: 'scripts/synth.mjs, which npm run synth starts', samples: measured.script, against: ours },
    { name: `the app alone, ${appCommand}`, samples: measured.sources, against: ours },
    { name: 'the app alone, packed library', samples: measured.packed, against: ours },
  ];
}

/** One, a hundred and a thousand registries in one app, with all their secrets made before. */
function many(): Row[] {
  fs.copyFileSync(path.join(__dirname, 'many.js'), `${installed}/many.js`);
  say(`Making the secrets of ${MANY} registries, which takes longest …`);
  mustRun(installed, `node many.js ${MANY}`);
  const program = (count: number) => ({
    folder: installed,
    command: [process.execPath, 'many.js', String(count)],
  });
  const measured = inTurn({ one: program(1), hundred: program(100), thousand: program(MANY) }, ROUNDS.many);
  const hundred = { name: '100 registries', samples: measured.hundred };
  return [
    { name: '1 registry', samples: measured.one },
    { ...hundred, against: { name: '1 registry', samples: measured.one } },
    { name: '1,000 registries', samples: measured.thousand, against: hundred, aim: { times: 9 } },
  ];
}

/** The chart, rendered by Helm. */
function helm(): Row[] {
  return helmTemplate(folder('helm'), say);
}

/** The chart, rendered in process, as its tests do. */
function render(): Row[] {
  return helmRender(folder('render'), say);
}

/** What a login costs the registry. */
function login(): Row[] {
  return logins(say);
}

/** What the front costs, beside the registry's own logins and none. */
function front(): Row[] {
  return frontTimes(say);
}

/** What the registry serves as this library and as the successor chart configure it, and without a login. */
function pulls(): Row[] {
  return pullTimes(say);
}

function folder(name: string): string {
  const made = path.join(scratch, name);
  fs.mkdirSync(made);
  return made;
}

/** Progress goes to stderr, figures to stdout. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
