// The command as people run it: what it prints where, and its exit codes.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { stringify } from 'yaml';
import { migrateCommand } from '../../lib/migrate/command';
import { newFolder } from '../support/folder';
import { plainEnvironment, ROOT, run } from '../support/project';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command with a text for whatever file it reads. */
function command(args: string[], text = ''): Ran {
  const said = { out: '', error: '' };
  const code = migrateCommand(args, {
    read: () => text,
    out: (more) => {
      said.out += more;
    },
    error: (more) => {
      said.error += more;
    },
  });
  return { code, ...said };
}

const FINE = 'image: { tag: 3.0.0 }\nfullnameOverride: images\nresources: { limits: { memory: 1Gi } }\n';

test('values go to standard output, and remarks to standard error and to the end of the values', () => {
  const { code, out, error } = command(['old.yaml'], `${FINE}tlsSecretName: pair\nnamespace: images\n`);
  expect(code).toBe(0);
  expect(out).toBe(`# Translated from the values of a docker-registry chart by cdk8s-registry-migrate.

fullnameOverride: images
image:
  tag: 3.0.0
auth:
  # As open as it was, and not what this chart does by itself; see below.
  enabled: false
tls:
  termination: POD
  existingSecret: pair
persistence:
  # As open as it was, and not what this chart does by itself; see below.
  enabled: false
resources:
  limits:
    memory: 1Gi
  requests:
    memory: 1Gi

${error.replace(/^/gm, '# ').replace(/# $/, '')}`);
  expect(error).toBe(`Not carried over:
  namespace: objects are in the release's namespace: install with -n and that name
Stays as open as it was:
  persistence.enabled: false, as it was: images are lost with the pod. Leave it out to store them in a new claim from now on
  auth.enabled: false, as it was: anyone who reaches the registry may pull, push and overwrite. Leave it out for a user \`admin\` with a generated password
Works, but look at it:
  host: the old values don't say by which name clients come, as there is no Ingress; set \`host\` to it, for the right commands after the installation
`);
});

test('the same file gives the same bytes', () => {
  const text = `${FINE}podLabels: { b: x, a: y }\nreplicas: 2\n`;
  expect(command(['-'], text)).toEqual(command(['-'], text));
});

test.each([
  ['nothing is lost', FINE, 0],
  ['a key is lost', `${FINE}namespace: images\n`, 2],
  ['a value is guessed', 'persistence: { enabled: true }\n', 2],
  ['the file is wrong', 'ingress: []\n', 1],
])('--strict, where %s', (_, text, code) => {
  const ran = command(['--strict', 'old.yaml'], text);
  expect(ran.code).toBe(code);
  expect(ran.out === '').toBe(code === 1);
  expect(command(['old.yaml'], text).code).toBe(code === 1 ? 1 : 0);
});

test('--release names the claim and the Service', () => {
  const { out } = command(['--release', 'images', '-'], 'persistence: { enabled: true }');
  expect(out).toContain('fullnameOverride: images-docker-registry\n');
  expect(out).toContain('existingClaim: images-docker-registry\n');
});

test.each([['--help'], ['-h']])('%s tells everything', (option) => {
  const { code, out, error } = command([option]);
  expect({ code, error }).toEqual({ code: 0, error: '' });
  for (const word of ['--release NAME', '--strict', 'Exit codes: 0', 'helm get values'])
    expect(out).toContain(word);
});

test.each([
  [[], 'no file is named'],
  [['a.yaml', 'b.yaml'], 'one file at a time, but a.yaml, b.yaml are named'],
  [['--release', 'A B', 'a.yaml'], '--release: "A B" is not the name of a release'],
  [['--relase', 'x', 'a.yaml'], "Unknown option '--relase'"],
])('%j is refused', (args, message) => {
  const { code, out, error } = command(args);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(error).toContain(`cdk8s-registry-migrate: ${message}`);
  expect(error).toContain('See cdk8s-registry-migrate --help\n');
});

test.each([
  [
    'a: [',
    'old.yaml: is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 5',
  ],
  ['a: 1\na: 2\n', 'old.yaml: is not YAML: Map keys must be unique at line 2, column 1'],
  ['a: 1\n---\na: 2\n', 'old.yaml: holds 2 documents; give one'],
  ['a: *b\n', 'old.yaml: is not YAML: Unresolved alias'],
  ['- a\n', 'old.yaml: holds a list, but a values file is a map, such as "replicaCount: 1"'],
  ['hello\n', 'old.yaml: holds a string, but a values file is a map, such as "replicaCount: 1"'],
  [
    'docker-registry: { replicaCount: 1 }\n',
    'old.yaml: holds the values below "docker-registry:", as a chart around the old one has them; give what stands below it alone',
  ],
  ['ingress: []\n', 'ingress: is a list, but the old charts take a map there'],
  [
    'ingress: { hosts: registry.example.com }\n',
    'ingress.hosts: is a string, but the old charts take a list there',
  ],
  ['replicaCount: many\n', 'replicaCount: is a string, but the old charts take a whole number there'],
  ['replicaCount: 1.5\n', 'replicaCount: is a number, but the old charts take a whole number there'],
  ['secrets: { htpasswd: [sssh] }\n', 'secrets.htpasswd: is a list, but the old charts take a string there'],
  [
    'persistence: { enabled: "false" }\n',
    'persistence.enabled: is a string, but the old charts take true or false there; write it without quotation marks (with them, Helm takes it for true)',
  ],
  [
    'configData: hello\nextraEnvVars: {}\n',
    'configData: is a string, but the old charts take a map there\n  extraEnvVars: is a map, but',
  ],
])('%j is refused, and nothing is written', (text, message) => {
  const { code, out, error } = command(['old.yaml'], text);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(error).toContain(message);
  expect(error).not.toContain('sssh');
});

test('yes and no are read as Helm reads them, and dates and versions are texts', () => {
  const { code, out } = command(
    ['-'],
    'persistence: { enabled: no }\npodAnnotations: { built: 2020-01-01, at: 12:30 }\nimage: { tag: 2.8 }\n',
  );
  expect(code).toBe(0);
  expect(out).toContain('podAnnotations:\n  built: 2020-01-01\n  at: 12:30\n');
  expect(out).toContain('  tag: "2.8"\n');
});

test('what is listed twice by an alias is written twice', () => {
  const { out } = command(
    ['-'],
    'x: &l [{ name: a, mountPath: /a }]\nextraVolumes: [{ name: a, emptyDir: {} }]\nextraVolumeMounts: *l\n',
  );
  expect(out).toContain('extraVolumeMounts:\n  - name: a\n    mountPath: /a\n');
});

test.each(['constructor', 'resources.limits.toString', 's3.valueOf', 'configData.hasOwnProperty'])(
  '%s is no key of anything',
  (path) => {
    const file = path.split('.').reduceRight<unknown>((inside, key) => ({ [key]: inside }), 'x');
    expect(command(['-'], stringify({ storage: 's3', ...(file as object) })).error).toContain(`  ${path}: `);
  },
);

describe('in the repository', () => {
  const migrate = 'npm run --silent migrate --';

  test('reads a file and standard input', () => {
    const file = path.join(newFolder(), 'old.yaml');
    fs.writeFileSync(file, FINE);
    const byFile = run(ROOT, `${migrate} "${file}"`);
    const byInput = run(ROOT, `${migrate} - < "${file}"`);
    expect(byFile.status).toBe(0);
    expect(byFile.stdout).toContain('fullnameOverride: images\n');
    expect({ status: byInput.status, stdout: byInput.stdout, stderr: byInput.stderr }).toEqual({
      status: byFile.status,
      stdout: byFile.stdout,
      stderr: byFile.stderr,
    });
  });

  test('says that a file is not there', () => {
    const { status, stdout, stderr } = run(ROOT, `${migrate} not-there.yaml`, plainEnvironment());
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain("not-there.yaml: can't be read: ENOENT");
  });
});
