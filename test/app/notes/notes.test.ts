// NOTES.txt, whole, for each kind of registry that needs other steps, and that a shell understands every
// command in it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  LocalStore,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  RegistryUser,
} from '../../../lib';
import { newFolder } from '../../support/folder';
import { newChart, problemsIn } from '../../support/synth';

const before = process.cwd();
beforeAll(() => process.chdir(newFolder()));
afterAll(() => process.chdir(before));

function notesOf(props: (chart: Chart) => RegistryProps, namespace: string | undefined = 'registry'): string {
  const chart = newChart(new LocalStore(), { namespace: namespace || undefined });
  const registry = new Registry(chart, 'registry', props(chart));
  expect(problemsIn(chart)).toEqual([]);
  return registry.notes().replace(/created on \d{4}-\d\d-\d\d:/, 'created on <date>:');
}

const { password } = RegistryUser;
const { NODE_PORT, LOAD_BALANCER } = ServiceType;

const KINDS: Record<string, [props: (chart: Chart) => RegistryProps, namespace?: string]> = {
  'the default app': [() => ({ ingress: {}, ui: {} })],
  'a load balancer, with TLS in the pod': [
    () => ({ host: 'registry.example.com', service: { type: LOAD_BALANCER, port: 443 } }),
  ],
  'a node port that was chosen': [
    () => ({ host: 'registry.example.com', service: { type: NODE_PORT, nodePort: 30500 } }),
  ],
  'a node port that Kubernetes chooses': [() => ({ service: { type: NODE_PORT } })],
  'a node port at an address': [
    () => ({ host: '192.168.1.10', service: { type: NODE_PORT, nodePort: 30500 } }),
  ],
  'no login and no TLS': [
    () => ({
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
      ingress: {},
    }),
  ],
  'Secrets that exist': [
    (chart) => ({
      host: 'registry.example.com',
      auth: {
        credentials: RegistryCredentials.existingSecret({
          secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
        }),
      },
      tls: {
        certificate: RegistryCertificate.existingSecret(
          Secret.fromSecretName(chart, 'certificate', 'wildcard'),
        ),
      },
      ingress: {},
    }),
  ],
  'tokens, with keys in a Secret that exists, and the token service on the host': [
    (chart) => ({
      auth: {
        credentials: RegistryCredentials.token({
          service: 'registry',
          issuer: 'auth',
          certificateSecret: { secret: Secret.fromSecretName(chart, 'keys', 'token-keys') },
          autoRedirect: true,
        }),
      },
      ingress: {},
    }),
  ],
  'a given password, no namespace, inside of the cluster only': [
    () => ({
      name: 'images',
      auth: { credentials: RegistryCredentials.users(password('anna', 'chosen by Anna', { bcryptCost: 4 })) },
    }),
    '',
  ],
};

describe.each(Object.entries(KINDS))('%s', (_, [props, namespace]) => {
  test('the text', () => {
    expect(notesOf(props, namespace)).toMatchSnapshot();
  });

  test('a shell understands the commands', () => {
    const commands = notesOf(props, namespace)
      .split('\n')
      .filter((line) => /^ +(kubectl|docker|sudo|printf|head|cat|\w+=)/.test(line));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands)
      execFileSync('sh', ['-n'], { input: `${command}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
    expect(
      commands.filter((command) =>
        /[<>]/.test(command.replace(/'[^']*'|\| base64 -d > registry-ca\.crt$/g, '')),
      ),
    ).toEqual([]);
  });
});

test('docs/day-2.md has the same commands to prune and to delete', () => {
  const steps = notesOf(() => ({ createNamespace: true, ingress: {}, ui: {} })).split(/\n\n(?=\d)/);
  const commands = steps
    .filter((step) => /^\d+\. (Change it|Delete all)/.test(step))
    .flatMap((step) => step.match(/(?<=^ {3})(kubectl|cat) .*/gm) ?? []);
  expect(commands).toHaveLength(5);
  const text = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'day-2.md'), 'utf8');
  for (const command of commands) expect(text).toContain(`\n${command}\n`);
});

describe('a password from the environment', () => {
  const VARIABLE = 'CDK8S_REGISTRY_NOTES_TEST';
  afterEach(() => {
    delete process.env[VARIABLE];
  });

  function headingOf(folder: string, value?: string): string | undefined {
    if (value === undefined) delete process.env[VARIABLE];
    else process.env[VARIABLE] = value;
    const chart = newChart(new LocalStore({ directory: folder }));
    const credentials = RegistryCredentials.users(
      RegistryUser.fromEnvironment('ci', VARIABLE, { bcryptCost: 4 }),
    );
    return new Registry(chart, 'registry', { auth: { credentials }, ingress: {} })
      .notes()
      .match(/Log in.*/)?.[0];
  }

  test('is said to come from there, also when the variable is gone', () => {
    const folder = newFolder();
    expect(headingOf(folder, 'chosen by Anna')).toBe(
      `Log in: the password was read from the variable ${VARIABLE}`,
    );
    expect(headingOf(folder)).toBe(
      `Log in: the password is the last value of the variable ${VARIABLE}, which was not set this time`,
    );
  });

  test('is said to be generated where the variable never was set', () => {
    expect(headingOf(newFolder())).toBe(
      `Log in: the password was generated, since ${VARIABLE} was not set, and is kept in the folder that this command reads`,
    );
  });
});

test('no password stands in them', () => {
  expect(
    Object.values(KINDS)
      .map(([props, namespace]) => notesOf(props, namespace))
      .join(),
  ).not.toContain('chosen by Anna');
});
