// "Sign and publish" of docs/helm.md, each command as written, with the registry that this chart makes as
// registry.example.com, and an API server to install on. And what --verify refuses.
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { blocksIn, readPage, sectionOf } from '../support/page';
import type { User } from './clients/registry-client';
import { HELM_PROGRAMS } from './helm';
import { Reader } from './reader';
import { CHART_PROGRAMS, NAME, NAMESPACE, type RunningChart, runChart } from './running-chart';

const HOST = 'registry.example.com';
const COMMANDS = blocksIn(sectionOf(readPage('docs/helm.md'), '### Sign and publish'), 'sh');
const PACKED = 'registry-0.1.0.tgz';

/** The Secret of the release that runs, where the page looks for it; the page's own install of that name takes it over. */
async function addLogin(server: ApiServer, { name, password }: User): Promise<void> {
  await server.createNamespace('registry');
  const metadata = {
    name: 'registry-login',
    namespace: 'registry',
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { 'meta.helm.sh/release-name': 'registry', 'meta.helm.sh/release-namespace': 'registry' },
  };
  const [type, stringData] = ['kubernetes.io/basic-auth', { username: name, password }];
  const secret = { apiVersion: 'v1', kind: 'Secret', type, metadata, stringData };
  await server.must(['create', '-f', '-'], { input: JSON.stringify(secret) });
}

test('the section makes a key, signs, publishes and installs', () => {
  expect(COMMANDS.map((block) => block.match(/^(?:mkdir pulled && )?(?:gpg|helm \w+)/gm))).toEqual([
    ['gpg', 'gpg', 'gpg'],
    ['helm package', 'helm verify'],
    ['helm registry', 'helm push'],
    ['mkdir pulled && helm pull', 'helm install'],
  ]);
});

for (const [program, title] of HELM_PROGRAMS) {
  describeWith(`A signed chart with ${title}`, [...CHART_PROGRAMS, ...API_PROGRAMS, program, 'gpg'], () => {
    let running: RunningChart;
    let server: ApiServer;
    let folder: string;
    /** Commands in the reader's folder, where the registry's CA is trusted like a public one. */
    let reader: Reader;
    let trusted: string;
    beforeAll(async () => {
      running = await runChart(program, {
        values: { host: HOST, service: { type: 'LoadBalancer', port: 443 } },
      });
      const { runner, user } = running;
      const { machine } = runner;
      machine.addHost(HOST, runner.services.address(NAMESPACE, NAME).externalIp as string);
      server = await ApiServer.start(machine);
      reader = new Reader(server, program);
      folder = machine.makeFolder('reader', 'page');
      trusted = `export SSL_CERT_FILE='${join(folder, 'ca.crt')}'\n`;
      writeFileSync(join(folder, 'ca.crt'), runner.objects.data('Secret', `${NAME}-tls`).get('ca.crt') ?? '');
      await addLogin(server, user);
      writeFileSync(join(folder, 'values.yaml'), `host: ${HOST}\n`);
      expect(user.name).toBe('admin');
    });
    afterAll(async () => {
      // It stays where its folder is, and would outlive the test.
      if (folder !== undefined) await reader.follow('page', 'GNUPGHOME="$PWD/gnupg" gpgconf --kill all');
      await running?.close();
    });

    const follow = (commands: string) => reader.follow('page', trusted + commands);

    test('is packed, verified, pushed, pulled and installed by the commands of the page', async () => {
      const { stdout, stderr } = await reader.must('page', trusted + COMMANDS.join(''), registryChart());
      const said = stdout + stderr;
      expect(said.match(/^Signed by: Charts <charts@example\.com>$/gm)?.length).toBeGreaterThanOrEqual(2);
      expect(said).toContain(`Pushed: ${HOST}/charts/registry:0.1.0`);
      expect(readdirSync(join(folder, 'pulled')).sort()).toEqual([PACKED, `${PACKED}.prov`]);
      for (const file of [PACKED, `${PACKED}.prov`])
        expect(readFileSync(join(folder, 'pulled', file)).equals(readFileSync(join(folder, file)))).toBe(
          true,
        );
      expect(stdout).toMatch(/^Registry "registry" at https:\/\/registry\.example\.com/m);
      expect(await server.must(['get', 'deployment', '-n', 'registry', '-o', 'name'])).toBe(
        'deployment.apps/registry\n',
      );
    });

    test('is refused with a key that is not in the keyring', async () => {
      const key = `gpg --batch --passphrase '' --quick-generate-key 'Eve <eve@example.com>' rsa3072 sign 1d`;
      const other = `export GNUPGHOME="$PWD/gnupg"\n${key}\ngpg --export eve@example.com > eve.gpg\n`;
      const pull = `helm pull oci://${HOST}/charts/registry --version 0.1.0 --verify --keyring eve.gpg -d eve`;
      const { code, stderr } = await follow(`${other}mkdir eve\n${pull}`);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('unknown entity') });
    });

    test('is refused where it was changed', async () => {
      const changed = server.machine.makeFolder('reader', 'page', 'changed');
      writeFileSync(
        join(changed, PACKED),
        Buffer.concat([readFileSync(join(folder, PACKED)), Buffer.from('x')]),
      );
      copyFileSync(join(folder, `${PACKED}.prov`), join(changed, `${PACKED}.prov`));
      const { code, stderr } = await follow(`helm verify changed/${PACKED} --keyring pubring.gpg`);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining('sha256 sum does not match'),
      });
    });

    test('is refused where it was pushed without its provenance file', async () => {
      // Another version: Helm 4 remembers a chart that it verified, wherever the same bytes come from.
      const version = '0.1.1-unsigned';
      const packed = `bare/registry-${version}.tgz`;
      const push = `helm package chart/registry --version ${version} -d bare\nhelm push ${packed} oci://${HOST}/bare\n`;
      const install = `helm install bare oci://${HOST}/bare/registry --version ${version} --verify --keyring pubring.gpg`;
      const { code, stderr } = await follow(push + install);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/provenance|\.prov/) });
    });
  });
}
