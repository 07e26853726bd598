// The Secrets of a release, saved and brought to another cluster by the commands of docs/operations/backup.md: a new install
// takes them over, and users, CA and certificate are those from before.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { blocksIn, readPage, sectionOf } from '../support/page';
import { startServer } from './admission';
import { Helm, type HelmProgram, helmsOrOnly } from './helm';
import { Reader } from './reader';
import { RELEASE_PROGRAMS, Release } from './release';

const [SAVE = '', RESTORE = '', ...others] = blocksIn(
  sectionOf(readPage('docs/operations/backup.md'), '### The Secrets of a Helm release'),
  'sh',
);
const VALUES = {
  host: 'registry.example.com',
  storage: { descriptorCache: { type: 'valkey' } },
  copies: [{ name: 'nightly', target: 'backup.example.com', remote: { loginSecret: 'backup-login' } }],
};

test('there are two blocks', () => {
  expect(others).toEqual([]);
});

for (const [program, title] of helmsOrOnly('helm4')) {
  describeWith(
    `The Secrets of a release in another cluster, with ${title}`,
    [...RELEASE_PROGRAMS, program],
    () => {
      let server: ApiServer | undefined;
      afterEach(() => server?.machine.stop());

      /** A cluster, and somebody in it who has the values. */
      async function cluster() {
        server = await startServer();
        const at = server.machine.makeFolder('reader', 'page');
        writeFileSync(join(at, 'values.yaml'), JSON.stringify(VALUES));
        return { server, at, reader: new Reader(server, program as HelmProgram) };
      }
      const release = (on: ApiServer) =>
        new Release(on, new Helm(program, on), registryChart(), 'registry', 'registry');
      /** What all Secrets hold, but for Helm's records. */
      const secretsOf = async (one: Release) =>
        Object.fromEntries(
          (await one.objects())
            .filter(({ kind }) => kind === 'Secret')
            .map(({ metadata, type, data }) => [metadata.name, { type, data }]),
        );

      test('are those from before', async () => {
        const first = await cluster();
        await first.server.createNamespace('registry');
        await release(first.server).install(VALUES);
        const before = await secretsOf(release(first.server));
        expect(Object.keys(before)).toEqual(
          ['auth', 'ca', 'copy-nightly-source', 'descriptor-cache', 'http', 'login', 'tls'].map(
            (name) => `registry-${name}`,
          ),
        );
        const { stdout } = await first.reader.must('page', SAVE);
        expect(stdout).toBe(`${Object.keys(before).length}\n`);
        const saved = readFileSync(join(first.at, 'registry-secrets.yaml'), 'utf8');
        expect(saved).not.toContain('sh.helm.release');
        await first.server.machine.stop();

        const next = await cluster();
        writeFileSync(join(next.at, 'registry-secrets.yaml'), saved);
        const said = await next.reader.must('page', RESTORE, registryChart());
        expect(said.stderr).not.toMatch(/warning|error/i);
        expect(await secretsOf(release(next.server))).toEqual(before);
        await release(next.server).upgrade(VALUES);
        expect(await secretsOf(release(next.server))).toEqual(before);
      });
    },
  );
}
