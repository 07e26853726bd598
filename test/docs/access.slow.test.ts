// docs/access.md: what it shows is made, each preset's commands are run by real clients, and its table and its log
// are what they say.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { registryFromValues } from '../../lib/chart/from-values';
import { describeWith, ENVIRONMENT } from '../../tools/programs';
import { ChartSchema } from '../chart/chart-schema';
import { buildImage } from '../e2e/clients/oci-image';
import { RunningFront } from '../front/running-front';
import { newFolder } from '../support/folder';
import { blocksIn, readPage, sectionOf } from '../support/page';
import { newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/access.md');
const [AUTH = ''] = blocksIn(PAGE, 'ts');
const PASSWORDS = { admin: 'of admin', alice: 'of alice', bob: 'of bob', robot: 'of robot' };

/** Of a token service. */
const JWKS = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}';

/** Sections with a preset or rules, and commands for it. */
const SECTIONS = [...PAGE.matchAll(/^#{2,3} .*$/gm)]
  .map(([heading]) => ({ heading, text: sectionOf(PAGE, heading).replace(/\n#{3} [\s\S]*/, '') }))
  .filter(({ text }) => blocksIn(text, 'sh').join('').includes('docker '));

function registryWith(options: string): { registry: library.Registry; problems: string[] } {
  const chart = newChart();
  const { code } = transformSync(
    `registry = new Registry(chart, 'registry', { host: 'registry.example.com', storage: { deletion: true }, ingress: {}, ${options} });`,
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } },
  );
  const scope = { ...library, ...plus, chart, readFileSync: () => JWKS };
  const registry = new Function(...Object.keys(scope), `let registry; ${code}; return registry;`)(
    ...Object.values(scope),
  );
  return { registry, problems: problemsIn(chart) };
}

function hasUsers(options: string): boolean {
  return /^auth:/m.test(options);
}

/** Options of the page, those of one registry together. */
const OPTIONS = blocksIn(PAGE, 'ts')
  .filter((block) => !block.startsWith('new '))
  .flatMap((block) => block.split(/^$/m))
  .map((text) => text.replace(/^\/\/.*$/gm, '').trim());

test.each(OPTIONS)('%s', (options) => {
  const { problems } = registryWith(hasUsers(options) ? options : `${AUTH.trim()}, ${options}`);
  expect(problems).toEqual([]);
});

/** Each example of the chart's values, beside that of the constructs. */
const BESIDE = [...PAGE.matchAll(/^```ts\n((?:(?!```).*\n)+)```\n\n```yaml\n([\s\S]*?)^```/gm)]
  // Of several examples the last one.
  .map(([, code = '', values = '']) => [code.trim().split(/^$/m).at(-1) ?? '', values] as const);

test('there are as many examples of values as the page shows', () => {
  expect(BESIDE).toHaveLength(9);
});

// The chart's templates are compared with the constructs of values in test/chart/equality.
test.each(BESIDE)('values for %s', (code, text) => {
  const [users = ''] = blocksIn(PAGE, 'yaml');
  const values = {
    host: 'registry.example.com',
    storage: { deletion: true },
    ingress: { enabled: true },
    ...parse(users),
    ...parse(text),
  };
  const chart = newChart();
  const ofValues = registryFromValues(chart, values, { name: 'registry', namespace: 'images' });
  expect(new ChartSchema().wrongPaths(values)).toEqual([]);
  expect(problemsIn(chart)).toEqual([]);
  const { registry } = registryWith(hasUsers(code) ? code : `${AUTH.trim()}, ${code}`);
  const [one, other] = [ofValues, registry].map(({ front }) => front?.configMap.toJson().data);
  expect(one).toEqual(other);
});

test('the table is that of the rules', () => {
  const [rules = ''] = blocksIn(sectionOf(PAGE, '## Rules of your own'), 'ts');
  const { registry } = registryWith(`${AUTH.trim()}, ${rules.trim()}`);
  const [table = ''] = blocksIn(PAGE, 'text');
  expect(registry.front?._table()).toEqual(table.trimEnd().split('\n'));
});

test('the commands of the switch and of the log are those of the notes', () => {
  const { registry } = registryWith(`${AUTH.trim()}, front: {}`);
  const notes = registry.notes();
  const commands = blocksIn(PAGE, 'sh')
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('kubectl'));
  expect(commands).toHaveLength(3);
  for (const command of commands) expect(notes).toContain(command);
});

/** docker's words, for skopeo. */
const DOCKER = `#!/bin/sh
case "$1" in
  login) exec skopeo login --tls-verify=false "$2" -u "$4" --password-stdin ;;
  logout) exec skopeo logout "$2" ;;
  push) exec skopeo copy --insecure-policy --dest-tls-verify=false "oci:$IMAGE" "docker://$2" ;;
  pull) exec skopeo copy --insecure-policy --src-tls-verify=false "docker://$2" "oci:$(mktemp -d)" ;;
esac
exit 64
`;

describeWith('the commands', ['nginx', 'registry3', 'skopeo'], () => {
  const IMAGE = buildImage(newFolder(), [2000]).folder;

  describe.each(SECTIONS)('$heading', ({ text }) => {
    const [options = ''] = blocksIn(text, 'ts');
    const { access } = registryWith(`${AUTH.trim()}, ${options.trim()}`).registry
      .front as library.RegistryFront;
    const front = new RunningFront({ access, users: PASSWORDS });
    beforeAll(() => front.start());
    afterAll(() => front.stop());

    test('do what the page says', async () => {
      const home = newFolder();
      const programs = join(home, 'programs');
      mkdirSync(programs);
      writeFileSync(join(programs, 'docker'), DOCKER);
      chmodSync(join(programs, 'docker'), 0o755);
      const env = {
        ...ENVIRONMENT,
        ...Object.fromEntries(
          Object.entries(PASSWORDS).map(([user, password]) => [`${user.toUpperCase()}_PASSWORD`, password]),
        ),
        PATH: `${programs}:${ENVIRONMENT.PATH}`,
        HOME: home,
        REGISTRY_AUTH_FILE: join(home, 'auth.json'),
        IMAGE,
      };
      const lines = blocksIn(text, 'sh').join('').trim().split('\n');
      expect(lines.length).toBeGreaterThan(4);
      for (const line of lines) {
        const command = line.replaceAll('registry.example.com', front.host);
        const said = await promisify(execFile)('sh', ['-c', command], { env }).then(
          () => '',
          (error: { stderr: string }) => error.stderr,
        );
        if (line.endsWith('# denied'))
          expect(said).toMatch(/denied|Forbidden|unauthorized|authentication required/);
        else expect([line, said]).toEqual([line, '']);
      }
    });
  });

  test('a line of the log has the keys of the page', async () => {
    const front = new RunningFront({
      access: library.RegistryAccess.anonymousPull(['alice']),
      users: PASSWORDS,
    });
    await front.start();
    await fetch(`${front.url}/v2/team/app/tags/list`);
    await front.stop();
    const [line] = front.audit();
    const [shown = ''] = blocksIn(PAGE, 'json');
    expect(Object.keys(line as object)).toEqual(Object.keys(JSON.parse(shown)));
  });
});
