// `helm test` of the registry's own chart: its pod, run for real beside the registry of the same release, sees what works and what does not.

import type { Manifest } from '../../tools/pod-runner/manifests';
import type { PodRunner } from '../../tools/pod-runner/pod-runner';
import { describeWith } from '../../tools/programs';
import { issue } from '../support/certificates';
import {
  CHART_PROGRAMS,
  type ChartOptions,
  NAME,
  NAMESPACE,
  type RunningChart,
  runChart,
} from './running-chart';
import { asManifests, changed } from './scenario';

jest.setTimeout(120_000);

const POD = `${NAME}-test`;
const TAG = '/v2/helm-test/manifests/1';
/** Of a password that nobody knows. */
const LINE = 'alice:$2y$05$abcdefghijklmnopqrstuuNxZ0mOGlFhBMbGvZ8iPzTQ2mfGvqGhK';

/** What the test's pod prints, and how it ends. */
async function tested(runner: PodRunner): Promise<string> {
  const { code, logs } = await runner.runToEnd(POD);
  return `${logs}exit code ${code}`;
}

// That it pushes and pulls where all is well, by both Helms, cluster/chart.test.ts shows.
describeWith("The chart's test", [...CHART_PROGRAMS, 'helm4'], () => {
  let running: RunningChart | undefined;
  afterEach(() => running?.close());

  async function run(options?: ChartOptions): Promise<RunningChart> {
    running = await runChart('helm4', options);
    return running;
  }

  test('leaves nothing where it may delete', async () => {
    const { runner, client, user } = await run({ values: { storage: { deletion: true } } });
    expect(await tested(runner)).toMatch(/exit code 0$/);
    expect((await client.request('/v2/helm-test/tags/list', { user })).status).not.toBe(401);
    expect((await client.request(TAG, { user })).status).toBe(404);
  });

  test('fails with a wrong password', async () => {
    const edit = (all: readonly Manifest[]) =>
      changed(all, 'Secret', `${NAME}-login`, ({ stringData }) => {
        stringData.password = 'wrong';
      });
    const { runner, client, user } = await run({ edit });
    expect(user.password).toBe('wrong');
    expect(await tested(runner)).toMatch(/5000: unauthorized\nexit code 1$/);
    expect((await client.request('/v2/')).status).toBe(401);
  });

  test('fails where the CA is not that of the certificate', async () => {
    const { certificate } = await issue({ commonName: 'other CA' });
    const edit = (all: readonly Manifest[]) =>
      changed(all, 'Secret', `${NAME}-tls`, ({ stringData }) => {
        stringData['ca.crt'] = certificate;
      });
    const { runner } = await run({ edit });
    expect(await tested(runner)).toMatch(/certificate signed by unknown authority\nexit code 1$/);
  });

  test('fails where no registry runs', async () => {
    const { runner } = await run();
    await runner.stop(NAME);
    expect(await tested(runner)).toMatch(/(reset by peer|refused|EOF)\nexit code 1$/);
  });
});

describeWith("The chart's test by other values", [...CHART_PROGRAMS, 'helm4'], () => {
  let running: RunningChart | undefined;
  afterEach(() => running?.close());

  const secret = (name: string, type: string, stringData: Record<string, string>) =>
    asManifests({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace: NAMESPACE },
      type,
      stringData,
    });
  const script = ({ runner }: RunningChart) =>
    runner.objects.one('Pod', POD).spec.containers[0].command?.at(-1) ?? '';

  test('pushes without a login where none is asked for', async () => {
    running = await runChart('helm4', { values: { auth: { enabled: false } } });
    expect(await tested(running.runner)).toMatch(/exit code 0$/);
    expect(script(running)).not.toContain('login');
    expect((await running.client.request('/v2/helm-test/tags/list')).body).toContain('"1"');
  });

  test('only reads where nothing may be pushed', async () => {
    running = await runChart('helm4', { values: { storage: { readOnly: true } } });
    expect(await tested(running.runner)).toMatch(/exit code 0$/);
    expect((await running.client.request('/v2/_catalog', { user: running.user })).body).toBe(
      '{"repositories":[]}\n',
    );
  });

  test('logs in without TLS', async () => {
    running = await runChart('helm4', {
      values: { tls: { enabled: false }, auth: { insecurePasswordsOverHttp: true } },
    });
    expect(await tested(running.runner)).toMatch(/exit code 0$/);
    expect(script(running)).toContain('login');
  });

  test('is refused where it has no password', async () => {
    running = await runChart('helm4', { values: { auth: { htpasswd: LINE } } });
    expect(await tested(running.runner)).toMatch(/unauthorized.*exit code 0$/s);
  });

  test('is refused by users of a Secret that exists, under a certificate for other names', async () => {
    const { certificate, privateKey } = await issue({ hosts: ['registry.example.com'] });
    const own = [
      ...secret('users', 'Opaque', { htpasswd: `${LINE}\n` }),
      ...secret('own', 'kubernetes.io/tls', { 'tls.crt': certificate, 'tls.key': privateKey }),
    ];
    const values = {
      host: 'registry.example.com',
      auth: { existingSecret: 'users' },
      tls: { existingSecret: 'own' },
    };
    running = await runChart('helm4', { values, edit: (all) => [...all, ...own] });
    expect(await tested(running.runner)).toMatch(/unauthorized.*exit code 0$/s);
  });

  test('fails where it should be refused and is not', async () => {
    const edit = (all: readonly Manifest[]) =>
      changed(all, 'ConfigMap', `${NAME}-config`, ({ data }) => {
        data['config.yml'] = data['config.yml'].replace(/^auth:\n( .*\n)+/m, '');
      });
    running = await runChart('helm4', { values: { auth: { htpasswd: LINE } }, edit });
    expect(await tested(running.runner)).toMatch(/answers without a login.*exit code 1$/s);
  });

  test('is left out where it is not wanted', async () => {
    running = await runChart('helm4', { values: { test: { enabled: false } } });
    expect(running.runner.objects.manifests.filter(({ kind }) => kind === 'Pod')).toEqual([]);
  });
});
