// `helm test` of the registry's own chart: its pod, run for real beside the registry of the same release, sees what works and what does not.
import type { Manifest } from '../../tools/pod-runner/manifests';
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

const POD = `${NAME}-test`;
/** Of a password that nobody knows. */
const LINE = 'alice:$2y$05$abcdefghijklmnopqrstuuNxZ0mOGlFhBMbGvZ8iPzTQ2mfGvqGhK';
const WORKS = 'The registry works.';

/** What the test's pod prints, by its lines. */
async function tested({ runner }: RunningChart): Promise<string[]> {
  const { code, logs } = await runner.runToEnd(POD);
  const lines = logs.trim().split('\n');
  expect(code).toBe(lines.at(-1) === WORKS ? 0 : 1);
  return lines;
}

const failed = (lines: readonly string[]) => lines.filter((line) => line.startsWith('FAILED'));

// That it pushes and pulls where all is well, by both Helms, cluster/chart.test.ts shows; what it finds, verification.test.ts.
describeWith("The chart's test", [...CHART_PROGRAMS, 'helm4'], () => {
  let running: RunningChart | undefined;
  afterEach(() => running?.close());

  async function run(options?: ChartOptions): Promise<RunningChart> {
    running = await runChart('helm4', options);
    return running;
  }

  test('leaves nothing where it may delete', async () => {
    const chart = await run({ values: { storage: { deletion: true } } });
    const lines = await tested(chart);
    expect(lines.slice(-2)).toEqual(['ok      deletion', WORKS]);
    expect(lines.join('\n')).toMatch(/^ok {6}pull of large: the digest is that of the push$/m);
    const { client, user } = chart;
    expect((await client.request('/v2/verification/tags/list', { user })).body).toContain('"tags":null');
  });

  test('fails with a wrong password', async () => {
    const edit = (all: readonly Manifest[]) =>
      changed(all, 'Secret', `${NAME}-login`, ({ stringData }) => {
        stringData.password = 'wrong';
      });
    const chart = await run({ edit });
    expect(chart.user.password).toBe('wrong');
    expect(failed(await tested(chart))[0]).toMatch(/^FAILED {2}login: status 401/);
    expect((await chart.client.request('/v2/')).status).toBe(401);
  });

  test('fails where the CA is not that of the certificate', async () => {
    const { certificate } = await issue({ commonName: 'other CA' });
    const edit = (all: readonly Manifest[]) =>
      changed(all, 'Secret', `${NAME}-tls`, ({ stringData }) => {
        stringData['ca.crt'] = certificate;
      });
    expect(failed(await tested(await run({ edit })))).toEqual([
      expect.stringMatching(/^FAILED {2}an answer: no answer: .*certificate/),
    ]);
  });

  test('fails where no registry runs', async () => {
    const chart = await run();
    await chart.runner.stop(NAME);
    expect(failed(await tested(chart))).toEqual([expect.stringMatching(/^FAILED {2}an answer: no answer: /)]);
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
  const NO_LOGIN = '-       push, pull and all else need a login';

  test('pushes without a login where none is asked for', async () => {
    running = await runChart('helm4', { values: { auth: { enabled: false } } });
    const lines = await tested(running);
    expect(lines[1]).toBe('-       logins: there are none, everybody may pull and push');
    expect(lines.at(-1)).toBe(WORKS);
    expect((await running.client.request('/v2/verification/tags/list')).body).toContain('"large"');
  });

  test('only reads where nothing may be pushed', async () => {
    running = await runChart('helm4', { values: { storage: { readOnly: true } } });
    expect((await tested(running)).slice(-3)).toEqual([
      'ok      a push is refused',
      'ok      catalog',
      WORKS,
    ]);
    expect((await running.client.request('/v2/_catalog', { user: running.user })).body).toBe(
      '{"repositories":[]}\n',
    );
  });

  test('only reads where no access rule permits its user to push', async () => {
    const rules = [{ action: 'pull', repositories: ['**'], users: ['admin'] }];
    running = await runChart('helm4', { values: { access: { rules } } });
    expect((await tested(running)).slice(-3)).toEqual([
      'ok      a push is refused',
      '-       catalog: no access rule permits it',
      WORKS,
    ]);
  });

  test('logs in without TLS', async () => {
    running = await runChart('helm4', {
      values: { tls: { enabled: false }, auth: { insecurePasswordsOverHttp: true } },
    });
    const lines = await tested(running);
    expect(lines[0]).toBe(`http://${NAME}:5000`);
    expect(lines).toContain('ok      login');
    expect(lines.at(-1)).toBe(WORKS);
  });

  test('is refused where it has no password', async () => {
    running = await runChart('helm4', { values: { auth: { htpasswd: LINE } } });
    expect((await tested(running)).slice(1)).toEqual([
      'ok      a pull without a login is refused',
      'ok      a push without a login is refused',
      NO_LOGIN,
      WORKS,
    ]);
  });

  test('by a certificate for other names, its CA, and a login of a Secret that exists', async () => {
    const { certificate, privateKey } = await issue({ hosts: ['registry.example.com'] });
    const auths = { 'registry.example.com': { auth: Buffer.from('alice:wrong').toString('base64') } };
    const own = [
      ...secret('users', 'Opaque', { htpasswd: `${LINE}\n` }),
      ...secret('own', 'kubernetes.io/tls', { 'tls.crt': certificate, 'tls.key': privateKey }),
      ...secret('robot', 'kubernetes.io/dockerconfigjson', {
        '.dockerconfigjson': JSON.stringify({ auths }),
      }),
    ];
    const values = {
      host: 'registry.example.com',
      auth: { existingSecret: 'users' },
      tls: { existingSecret: 'own' },
      verification: { caSecret: 'own', caSecretKey: 'tls.crt', loginSecret: 'robot' },
    };
    running = await runChart('helm4', { values, edit: (all) => [...all, ...own] });
    const lines = await tested(running);
    expect(lines[0]).toBe(`https://registry.example.com, by ${NAME}:5000`);
    expect(failed(lines)[0]).toMatch(/^FAILED {2}login: status 401/);
  });

  test('fails where it should be refused and is not', async () => {
    const edit = (all: readonly Manifest[]) =>
      changed(all, 'ConfigMap', `${NAME}-config`, ({ data }) => {
        data['config.yml'] = data['config.yml'].replace(/^auth:\n( .*\n)+/m, '');
      });
    running = await runChart('helm4', { values: { auth: { htpasswd: LINE } }, edit });
    expect(failed(await tested(running))).toEqual(
      ['pull', 'push'].map((what) => expect.stringMatching(`a ${what} without a login: .*it is permitted$`)),
    );
  });

  test('is left out where it is not wanted', async () => {
    running = await runChart('helm4', { values: { test: { enabled: false } } });
    expect(running.runner.objects.manifests.filter(({ kind }) => kind === 'Pod')).toEqual([]);
  });
});

describeWith("The chart's verification", [...CHART_PROGRAMS, 'helm4'], () => {
  test('the Job of its CronJob works, with the login that the release generated', async () => {
    const running = await runChart('helm4', { values: { verification: { enabled: true } } });
    try {
      const { code, logs } = await running.runner.runJobOf(`${NAME}-verification`);
      const lines = logs.trim().split('\n');
      expect(lines).toContain('ok      a wrong password is refused');
      expect([code, lines.at(-1)]).toEqual([0, WORKS]);
    } finally {
      await running.close();
    }
  });
});
