// What Helm says of the chart's files; and digests by which pods are replaced.

import { createHash } from 'node:crypto';
import { describeChart } from './chart';
import type { HelmProgram } from './helm';

const PROGRAMS: readonly HelmProgram[] = ['helm3', 'helm4'];
const GIVEN = {
  auth: { existingSecret: 'users' },
  tls: { existingSecret: 'registry-tls' },
  httpSecret: { existingSecret: 'shared' },
};
/** The page talks to the pod by TLS, and trusts the CA that is generated. */
const PAGE = {
  tls: { termination: 'POD' },
  ingress: { enabled: true },
  ui: { enabled: true, host: 'images.example.com' },
};

for (const program of PROGRAMS) {
  describeChart(program, "the chart's files", (chart) => {
    const digest = async (values: object, of = 'Deployment/registry', key = 'checksum/config') => {
      const objects = await chart().objects(values);
      return objects[of]?.spec.template.metadata.annotations[key];
    };

    test('are clean, by strict rules', async () => {
      expect(await chart().helm.lint(chart().folder)).toContain('1 chart(s) linted, 0 chart(s) failed');
    });

    test('replace the pods where config.yml changes, and only there', async () => {
      const before = await digest(GIVEN);
      expect(before).toMatch(/^[0-9a-f]{64}$/);
      expect(await digest(GIVEN)).toBe(before);
      expect(
        await digest({ ...GIVEN, replicaCount: 1, service: { port: 443 }, commonLabels: { team: 'a' } }),
      ).toBe(before);
      expect(await digest({ ...GIVEN, configuration: { logLevel: 'debug' } })).not.toBe(before);
      expect(await digest({ ...GIVEN, storage: { deletion: true } })).not.toBe(before);
    });

    test.each([
      [
        'a bucket',
        (secretAccessKey: string) => ({
          storage: {
            type: 's3',
            s3: { bucket: 'images', region: 'eu-central-1', accessKeyId: 'a', secretAccessKey },
          },
        }),
      ],
      [
        'a webhook',
        (password: string) => {
          const endpoint = { name: 'a', url: 'http://hook', headers: { 'X-Hook': [password] } };
          return { configuration: { extra: { notifications: { endpoints: [endpoint] } } } };
        },
      ],
    ])(
      'replace the pods where the password of %s changes, by a digest that is slow to make',
      async (_, values) => {
        const digests = [];
        for (const password of ['hunter2', 'hunter2', 'hunter3'])
          digests.push(await digest({ ...GIVEN, ...values(password) }));
        expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
        expect(digests[1]).toBe(digests[0]);
        expect(digests[2]).not.toBe(digests[0]);
        const objects = await chart().objects({ ...GIVEN, ...values('hunter2') });
        const contents = Object.values(objects).map(({ data, stringData }) =>
          JSON.stringify({ ...(data && { data }), ...(stringData && { stringData }) }),
        );
        for (const guess of contents)
          expect(createHash('sha256').update(guess).digest('hex')).not.toBe(digests[0]);
      },
    );

    test("replace the UI's pod where the CA changes that it trusts", async () => {
      const digests = [];
      for (const _ of ['one CA', 'another CA'])
        digests.push(await digest(PAGE, 'Deployment/registry-ui', 'checksum/registry-ca'));
      expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
      expect(digests[0]).not.toBe(digests[1]);
    });
  });
}
