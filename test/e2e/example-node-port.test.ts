// The example node-port for real: plain HTTP without a login, at a port of the node itself.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, ENVIRONMENT, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { type RunningExample, runExample } from './example';

jest.setTimeout(60_000);
const ADDRESS = '127.0.0.1:30500';

describeWith('the example node-port', [...POD_PROGRAMS, 'registry3', 'skopeo'], () => {
  let example: RunningExample;
  let folder: string;
  beforeAll(async () => {
    example = await runExample('node-port', 'registry');
    folder = example.runner.machine.makeFolder('client');
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
  });
  afterAll(() => example?.close());

  const get = async (path: string) => (await example.runner.machine.run(['curl', '-sS', `http://${ADDRESS}${path}`])).stdout.trim();

  /** Docker asks no certificate of 127.0.0.1; skopeo must be told. */
  const skopeo = (...args: string[]) => {
    const env = { ...ENVIRONMENT, HOME: folder, TMPDIR: folder, XDG_RUNTIME_DIR: folder };
    return example.runner.machine.run(['skopeo', '--policy', join(folder, 'policy.json'), ...args], { env });
  };

  async function push(name: string): Promise<void> {
    const { folder: source } = buildImage(join(folder, name), [1_000, 50_000]);
    const copied = await skopeo('copy', '--dest-tls-verify=false', `oci:${source}`, `docker://${ADDRESS}/${name}:v0.1`);
    expect(copied).toMatchObject({ code: 0 });
  }

  test('`GET /v2/_catalog` gives `{"repositories":[]}`', async () => {
    expect(await get('/v2/_catalog')).toBe('{"repositories":[]}');
  });

  test('after one push `{"repositories":["busybox"]}`', async () => {
    await push('busybox');
    expect(await get('/v2/_catalog')).toBe('{"repositories":["busybox"]}');
  });

  test('several images pushed under one explicit tag (`v0.1`)', async () => {
    for (const name of ['api', 'worker']) await push(name);
    expect(await get('/v2/_catalog')).toBe('{"repositories":["api","busybox","worker"]}');
    for (const name of ['api', 'busybox', 'worker']) expect(await get(`/v2/${name}/tags/list`)).toBe(`{"name":"${name}","tags":["v0.1"]}`);
  });

  test('nothing is called `latest`', async () => {
    const asked = await skopeo('inspect', '--tls-verify=false', `docker://${ADDRESS}/busybox:latest`);
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringContaining('manifest unknown') });
  });
});
