// The registry's own chart in the registry that it makes: Helm logs in with the generated password under the
// generated CA, pushes the packed chart, pulls it byte by byte and renders it. That it installs from there,
// cluster/chart.test.ts shows.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../tools/pod-runner/machine';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { HELM_PROGRAMS, Helm } from './helm';
import { CHART_PROGRAMS, NAME, type RunningChart, runChart } from './running-chart';

/** With these nothing is generated, so that twice the same is rendered. */
const FIXED = {
  auth: { existingSecret: 'users' },
  tls: { existingSecret: 'certificate' },
  httpSecret: { existingSecret: 'shared' },
};
const CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const CONTENT = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

for (const [program, title] of HELM_PROGRAMS) {
  describeWith(`The chart in its own registry with ${title}`, [...CHART_PROGRAMS, program], () => {
    let running: RunningChart;
    let helm: Helm;
    let trust: string[];
    let packed: string;
    let repository: string;
    let digest: string;
    beforeAll(async () => {
      running = await runChart(program);
      const { runner, client } = running;
      helm = new Helm(program, { machine: runner.machine, environment: ENVIRONMENT });
      trust = [
        '--ca-file',
        client.file('ca.crt', runner.objects.data('Secret', `${NAME}-tls`).get('ca.crt') ?? ''),
      ];
      packed = await helm.package(registryChart(), runner.machine.makeFolder('packed'));
      repository = `oci://${client.host}/charts`;
    });
    afterAll(() => running?.close());

    const login = (password: string): Promise<Result> => {
      const { client, user } = running;
      const command = [
        'registry',
        'login',
        client.host,
        '--username',
        user.name,
        '--password-stdin',
        ...trust,
      ];
      return helm.run(command, { input: password });
    };
    const version = () => /-(\d[^/]*)\.tgz$/.exec(packed)?.[1] ?? '';

    test('is refused without a login', async () => {
      const { code, stderr } = await helm.run(['push', packed, repository, ...trust]);
      expect(stderr).toMatch(/401|unauthorized|basic credential not found/i);
      expect(code).toBe(1);
    });

    test('logs in with the generated password, and with no other', async () => {
      const { user } = running;
      const wrong = await login(`${user.password}x`);
      expect({ code: wrong.code, stderr: wrong.stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(/401|unauthorized/i),
      });
      const { code, stdout, stderr } = await login(user.password);
      expect({ code, output: stdout + stderr }).toEqual({
        code: 0,
        output: expect.stringContaining('Login Succeeded'),
      });
    });

    test('trusts nothing but the generated CA', async () => {
      const { code, stderr } = await helm.run(['push', packed, repository]);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining('certificate signed by unknown authority'),
      });
    });

    test('pushes the packed chart', async () => {
      const { client } = running;
      const { code, stdout, stderr } = await helm.run(['push', packed, repository, ...trust]);
      expect(code).toBe(0);
      const said = stdout + stderr;
      expect(said).toContain(`Pushed: ${client.host}/charts/registry:${version()}`);
      digest = /Digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? '';
      expect(digest).not.toBe('');
    });

    test('the registry has it as what it is', async () => {
      const { runner, client, user } = running;
      const HOME = runner.machine.makeFolder('regctl');
      const regctl = (args: readonly string[], input?: string) =>
        runner.machine.must([pathOf('regctl'), ...args], {
          env: { ...ENVIRONMENT, HOME, SSL_CERT_FILE: trust[1] },
          input,
        });
      await regctl(['registry', 'login', client.host, '--user', user.name, '--pass-stdin'], user.password);
      const chart = `${client.host}/charts/registry`;
      expect((await regctl(['tag', 'ls', chart])).trim()).toBe(version());
      expect((await regctl(['manifest', 'head', `${chart}:${version()}`])).trim()).toBe(digest);
      const manifest = JSON.parse(
        await regctl(['manifest', 'get', '--format', 'raw-body', `${chart}:${version()}`]),
      );
      expect(manifest).toMatchObject({ config: { mediaType: CONFIG }, layers: [{ mediaType: CONTENT }] });
      expect(JSON.parse(await regctl(['blob', 'get', chart, manifest.config.digest]))).toMatchObject({
        name: 'registry',
        version: version(),
      });
    });

    test.each(['version', 'digest'])('pulls it by its %s as it was', async (by) => {
      const folder = running.runner.machine.makeFolder('pulled', by);
      const reference =
        by === 'digest'
          ? [`${repository}/registry@${digest}`]
          : [`${repository}/registry`, '--version', version()];
      await helm.must(['pull', ...reference, '--destination', folder, ...trust]);
      const pulled = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
      expect(pulled.map((file) => file.equals(readFileSync(packed)))).toEqual([true]);
    });

    test('renders the same from there', async () => {
      const options = { namespace: 'other', values: FIXED };
      const expected = await helm.template('first', registryChart(), options);
      expect(expected).toContain('kind: Deployment');
      const args = ['--version', version(), ...trust];
      expect(objects(await helm.template('first', `${repository}/registry`, { ...options, args }))).toBe(
        expected,
      );
    });
  });
}

/** Without what Helm says of the pull before it. */
function objects(printed: string): string {
  return printed.slice(printed.indexOf('---\n'));
}
