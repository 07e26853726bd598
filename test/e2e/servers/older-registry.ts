// The registry that people come from: 2.8 in clear and without a login, on the volume or bucket that the new
// one takes over.

import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Machine } from '../../../tools/pod-runner/machine';
import { ENVIRONMENT, IS_ROOT, pathOf } from '../../../tools/programs';
import { buildImage } from '../clients/oci-image';

const ADDRESS = '127.0.0.1:5009';

/** Where its images are, as in its config.yml, and the user that it runs as. */
export interface OlderRegistry {
  readonly storage: object;
  readonly userId: number;
}

/** Runs it for as long as it takes to push one image. Answers with the image's digest. */
export async function pushBefore(
  machine: Machine,
  name: string,
  { storage, userId }: OlderRegistry,
): Promise<string> {
  const folder = machine.makeFolder('older');
  const write = async (file: string, text: string): Promise<string> => {
    await machine.must(['sh', '-c', `cat > "$0"`, `${folder}/${file}`], { input: text });
    return `${folder}/${file}`;
  };
  const config = await write('config.yml', stringify({ version: '0.1', storage, http: { addr: ADDRESS } }));
  const policy = await write(
    'policy.json',
    JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }),
  );
  const image = buildImage(`${folder}/image`, [100_000]);
  const identity = IS_ROOT
    ? ['setpriv', '--reuid', String(userId), '--regid', String(userId), '--clear-groups', '--']
    : [];
  const registry = machine.spawn([...identity, pathOf('registry2'), 'serve', config], { stdio: 'ignore' });
  try {
    for (let tries = 0; (await machine.run(['curl', '-s', `http://${ADDRESS}/v2/`])).code !== 0; tries += 1) {
      if (tries > 100) throw new Error('the older registry does not start');
      await sleep(100);
    }
    const copy = [
      'skopeo',
      '--policy',
      policy,
      'copy',
      '--dest-tls-verify=false',
      `oci:${image.folder}`,
      `docker://${ADDRESS}/${name}`,
    ];
    await machine.must(copy, { env: { ...ENVIRONMENT, TMPDIR: folder } });
  } finally {
    registry.kill('SIGKILL');
  }
  return image.digest;
}
