// Translated values by real Helm, with this project's chart; and an image that was pushed to the old release
// is pulled from the new one, from the same claim, by the same address, user and certificate.
import { spawnSync } from 'node:child_process';
import { hashSync } from 'bcryptjs';
import { stringify } from 'yaml';
import { migrate } from '../../lib/migrate/migration';
import { valuesText } from '../../lib/migrate/report';
import { MigrationOptions } from '../../lib/migrate/translation';
import { checkManifests, parseManifests } from '../../tools/pod-runner/manifests';
import { PodRunner } from '../../tools/pod-runner/pod-runner';
import { claimFolder } from '../../tools/pod-runner/volumes';
import { describeWith, ENVIRONMENT, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { OLD_RELEASES } from '../migrate/old-releases';
import { issue } from '../support/certificates';
import { newFolder } from '../support/folder';
import { buildImage } from './clients/oci-image';
import { RegistryClient } from './clients/registry-client';
import { type HelmProgram, helmsOrOnly } from './helm';
import { asManifests } from './scenario';
import { pushBefore } from './servers/older-registry';

const NAMESPACE = 'registry';

/** What `helm template` writes for the translation of old values. */
function rendered(program: HelmProgram, old: object, options: MigrationOptions): string {
  const command = [
    'template',
    'registry',
    registryChart(),
    '--namespace',
    NAMESPACE,
    '--no-hooks',
    '--values',
    '-',
  ];
  const { status, stdout, stderr } = spawnSync(pathOf(program), command, {
    input: valuesText(migrate(stringify(old), options)),
    encoding: 'utf8',
    env: { ...ENVIRONMENT, HOME: newFolder() },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** The old release's claim. */
function claimManifest(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: NAMESPACE },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } },
  };
}

/** Pods of the new release, beside what was there before it. */
function runnerOf(old: object, before: ReturnType<typeof asManifests>): Promise<PodRunner> {
  const text = rendered('helm3', old, { release: 'docker-registry' });
  return PodRunner.start(checkManifests([...before, ...parseManifests(text, 'the chart')]), {
    preStopSleepLimit: 0,
  });
}

/** Pushes an image as the old release did. Returns its digest. */
async function pushIntoClaim(machine: PodRunner['machine'], claim: string): Promise<string> {
  const folder = claimFolder(machine, NAMESPACE, claim);
  await machine.must(['chown', '1000:1000', folder]);
  return pushBefore(machine, 'team/app:1.0', {
    storage: { filesystem: { rootdirectory: folder } },
    userId: 1000,
  });
}

beforeAll(() => void registryChart());

for (const [program, title] of helmsOrOnly('helm4')) {
  describeWith(`Translated values by ${title}`, [program], () => {
    test.each(OLD_RELEASES)('$title', ({ values, options }) => {
      const kinds = parseManifests(rendered(program, values, options), 'the chart').map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['ConfigMap', 'Deployment', 'NetworkPolicy', 'Service']));
    });
  });
}

describeWith(
  'A release that has moved',
  [...POD_PROGRAMS, 'helm3', 'registry2', 'registry3', 'skopeo'],
  () => {
    const host = 'registry.example.com';
    const claim = 'docker-registry';
    const alice = { name: 'alice', password: 'a-long-password' };
    const old = {
      image: { tag: '3.1.0' },
      tlsSecretName: 'registry-example-com',
      secrets: { htpasswd: `alice:${hashSync(alice.password, 4)}` },
      service: { type: 'LoadBalancer', port: 443 },
      persistence: { enabled: true, deleteEnabled: true },
    };
    let runner: PodRunner | undefined;
    afterAll(() => runner?.close());

    test('gives out the images that were pushed before, and takes new ones', async () => {
      const { certificate, privateKey } = await issue({ hosts: [host] });
      const metadata = (name: string) => ({ name, namespace: NAMESPACE });
      const before = asManifests(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: metadata('registry-example-com'),
          type: 'kubernetes.io/tls',
          stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
        },
        claimManifest(claim),
      );
      runner = await runnerOf(old, before);
      const { machine } = runner;
      const digest = await pushIntoClaim(machine, claim);

      await runner.run('docker-registry');
      const { externalIp } = runner.services.address(NAMESPACE, 'docker-registry');
      machine.addHost(host, String(externalIp));
      const client = new RegistryClient(machine, host, Buffer.from(certificate));
      expect((await client.request('/v2/')).status).toBe(401);
      expect(await client.login(alice)).toMatchObject({ code: 0 });
      expect(await client.pull('team/app:1.0')).toBe(digest);
      expect(
        await client.push(buildImage(client.path('image'), [1_000]).folder, 'team/app:1.1'),
      ).toMatchObject({ code: 0 });
    });
  },
);

describeWith(
  'A cache that has moved',
  [...POD_PROGRAMS, 'helm3', 'registry2', 'registry3', 'skopeo', 'nginx', 'getent'],
  () => {
    const claim = 'docker-registry';
    const upstream = 'registry.example.org';
    const cache = 'docker-registry-cache-registry-example-org';
    const old = {
      image: { tag: '2.8.3' },
      proxy: { enabled: true, remoteurl: `https://${upstream}`, secretRef: 'upstream' },
      persistence: { enabled: true },
    };
    let runner: PodRunner | undefined;
    afterAll(() => runner?.close());

    test('gives out what it had, by path and as a mirror, while the upstream is away', async () => {
      const metadata = (name: string) => ({ name, namespace: NAMESPACE });
      const before = asManifests(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
        {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: metadata('upstream'),
          stringData: { proxyUsername: 'robot', proxyPassword: 'a-long-password' },
        },
        claimManifest(claim),
      );
      runner = await runnerOf(old, before);
      const { machine } = runner;
      const digest = await pushIntoClaim(machine, claim);

      await runner.run(cache);
      await runner.run('docker-registry');
      const ask = (path: string, ...more: string[]) =>
        machine.must([
          ...['curl', '-sS', '-H', 'Accept: application/vnd.oci.image.manifest.v1+json', '-o', '/dev/null'],
          ...['-w', '%{http_code} %header{docker-content-digest}', ...more],
          `http://docker-registry.${NAMESPACE}.svc:5000/v2/${path}`,
        ]);
      expect(await ask(`${upstream}/team/app/manifests/1.0`)).toBe(`200 ${digest}`);
      expect(await ask(`team/app/manifests/1.0?ns=${upstream}`)).toBe(`200 ${digest}`);
      // Docker does not say of which registry.
      expect(await ask('team/app/manifests/1.0')).toBe('404 ');
      expect(await ask('team/app/blobs/uploads/', '-X', 'POST')).toMatch(/^405 /);
      expect(await ask(`${upstream}/team/app/blobs/uploads/`, '-X', 'POST')).toMatch(/^405 /);
    });
  },
);
