// A bucket that refuses, is slow, or is away for a while: what clients and the log are told, that readiness follows,
// that nothing is lost, and that all is well by itself when the bucket is. A real S3 server that checks keys. It is away for
// PROVE_AWAY_SECONDS, three unless told.

import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith, ENVIRONMENT, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { buildImage, type OciImage } from './clients/oci-image';
import { deploy, type Scenario, synthesize } from './scenario';
import { FaultyS3, type S3Fault } from './servers/faulty-s3';
import { endpointOf } from './servers/s3-server';

const APP = 'test/e2e/apps/s3.ts';
const SETTINGS = { ENDPOINT: endpointOf(false), HEALTH_SECONDS: '8' };
const AWAY_SECONDS = Number(process.env.PROVE_AWAY_SECONDS ?? 3);
const SKOPEO = 'received unexpected HTTP status: 500 Internal Server Error';

describeWith('a bucket in trouble', [...POD_PROGRAMS, 'registry3', 'skopeo', 'regctl', 'versitygw'], () => {
  let scenario: Scenario;
  let bucket: FaultyS3;
  let kept: OciImage;
  let pushed = 0;
  beforeAll(async () => {
    scenario = await deploy(APP, {
      settings: SETTINGS,
      prepare: async ({ machine }) => {
        bucket = await FaultyS3.start(machine, 'images');
      },
    });
    const { client, admin } = scenario;
    await client.login(admin);
    await regctl(['registry', 'set', client.host, '--tls', 'insecure']);
    await regctl(['registry', 'login', client.host, '--user', admin.name, '--pass-stdin'], admin.password);
    kept = buildImage(client.path('kept'), [1_000, 100_000]);
    expect(await client.push(kept.folder, 'team/kept:1')).toMatchObject({ code: 0 });
  });
  afterAll(() => scenario?.close());

  const pod = () => scenario.runner.podsOf('registry')[0];
  const health = async () => {
    const options = ['-sk', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', '10'];
    return (await scenario.runner.machine.run(['curl', ...options, `https://${pod().ip}:5000/`])).stdout;
  };
  async function becomes(status: '200' | '503'): Promise<void> {
    for (let tries = 0; (await health()) !== status && tries < 600; tries += 1) await sleep(100);
    expect(await health()).toBe(status);
  }

  function regctl(args: readonly string[], input = '') {
    const env = { ...ENVIRONMENT, HOME: scenario.runner.machine.makeFolder('regctl') };
    return scenario.runner.machine.run([pathOf('regctl'), ...args], { env, input });
  }

  /** Pulls and pushes fail, with these words; the pod lives. */
  async function expectRefusals(words: string): Promise<void> {
    const { client, admin } = scenario;
    await expect(client.pull('team/kept:1')).rejects.toThrow(SKOPEO);
    for (const path of ['/v2/team/kept/tags/list', '/v2/team/kept/manifests/1', '/v2/_catalog']) {
      const answer = await client.request(path, { user: admin });
      expect(answer).toMatchObject({ status: 500, body: expect.stringContaining(words) });
    }
    const image = buildImage(client.path('image'), [1_000]);
    expect(await client.push(image.folder, 'team/new:1')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('500 (Internal Server Error)'),
    });
    expect(pod().logs).toContain(`err.detail="s3aws: ${words}`);
    expect(pod().alive).toBe(true);
  }

  /** What was pushed before is there, byte for byte, and another push is taken. */
  async function expectNothingLost(): Promise<void> {
    const { client } = scenario;
    await becomes('200');
    expect(await client.pull('team/kept:1')).toBe(kept.digest);
    pushed += 1;
    const image = buildImage(client.path('image'), [1_000]);
    expect(await client.push(image.folder, `team/new:${pushed}`)).toMatchObject({ code: 0 });
    expect(await client.pull(`team/new:${pushed}`)).toBe(image.digest);
  }

  async function during(fault: S3Fault, check: () => Promise<void>): Promise<void> {
    bucket.set(fault);
    await check();
    bucket.set({});
    await expectNothingLost();
  }

  test('the clock of the node is wrong', async () => {
    await during({ error: 'RequestTimeTooSkewed' }, async () => {
      const asked = await regctl(['manifest', 'get', `${scenario.client.host}/team/kept:1`]);
      expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('RequestTimeTooSkewed') });
      await expectRefusals('RequestTimeTooSkewed');
      // From then on each request is answered so, and the reason is in the log only.
      await becomes('503');
      const refused = await scenario.client.request('/v2/', { user: scenario.admin });
      expect(refused).toMatchObject({ status: 503, body: expect.stringContaining('health check failed') });
      expect(pod().logs).toContain('msg="storage driver health check: s3aws: RequestTimeTooSkewed');
    });
  });

  test('it is away for a while', async () => {
    const { client } = scenario;
    const image = buildImage(client.path('image'), [1_000]);
    await during({ away: true }, async () => {
      const back = Date.now() + AWAY_SECONDS * 1000;
      await expectRefusals('RequestError: send request failed');
      await sleep(Math.max(0, back - Date.now()));
    });
    expect(await client.push(image.folder, 'team/cut:1')).toMatchObject({ code: 0 });
    expect(await client.pull('team/cut:1')).toBe(image.digest);
  });

  test('it is slow: pulls and pushes wait, and succeed', async () => {
    await during({ delay: 100 }, async () => {
      const begin = Date.now();
      expect(await scenario.client.pull('team/kept:1')).toBe(kept.digest);
      expect(Date.now() - begin).toBeGreaterThan(500);
      expect(await health()).toBe('200');
    });
  });

  test('its keys were changed there, and not here', async () => {
    const { runner, manifests, folder } = scenario;
    runner.apply(synthesize(APP, { ...SETTINGS, SECRET_KEY: 'another' }, [], folder).manifests);
    await runner.restart('registry'); // it starts, and is ready until the first checks have failed
    await expectRefusals('SignatureDoesNotMatch');
    runner.apply(manifests);
    await runner.restart('registry');
    await expectNothingLost();
  });
});
