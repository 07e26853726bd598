// A secret of others reaches the registry as it is, whatever YAML would make of it: the registry signs
// uploads with exactly that text.
import { createHmac } from 'node:crypto';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { sha256 } from './clients/oci-image';
import { asManifests, deploy } from './scenario';

/** What ended the process, what came to nothing, and what is read as something else. */
const TEXTS = ['@x', 'a: b', '#x', '~', ' {"\'\\ %', '0123', 'with a line break\n'];

describeWith('a secret of others', [...POD_PROGRAMS, 'registry3', 'registry2', 'skopeo'], () => {
  test.each(
    TEXTS.flatMap((text) => ['registry:3.1.1', 'registry:2.8.3'].map((image) => [text, image] as const)),
  )('%j is what %s signs with', async (text, image) => {
    // GIVEN
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'registry' } };
    const uploads = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'uploads', namespace: 'registry' },
      stringData: { secret: text },
    };
    const scenario = await deploy('test/e2e/apps/secret-texts.ts', {
      settings: { REGISTRY_IMAGE: image },
      existing: asManifests(namespace, uploads),
    });
    try {
      // WHEN
      const url = new URL(
        await scenario.client.openUpload('team/app', scenario.admin, sha256(Buffer.from('x'))),
      );

      // THEN
      const state = Buffer.from(url.searchParams.get('_state') ?? '', 'base64url');
      const mine = createHmac('sha256', text.trimEnd()).update(state.subarray(32)).digest('hex');
      expect(state.subarray(0, 32).toString('hex')).toBe(mine);
    } finally {
      await scenario.close();
    }
  });
});
