// The registry's own chart from its installation to its end, on a real API server: what it makes is admitted, an upgrade changes what it is told and nothing
// else, and what must not be lost outlives the release.

import { X509Certificate } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareSync } from 'bcryptjs';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { registryChart } from '../helm/registry-chart';
import { admitPods, asInput, startServer } from './admission';
import { HELM_PROGRAMS, Helm } from './helm';
import { contents, nameOf, objectsIn, RELEASE_PROGRAMS, Release, STRICT, versions } from './release';

jest.setTimeout(300_000);

const NAMES = [
  'ConfigMap first-registry-config',
  'Deployment first-registry',
  'NetworkPolicy first-registry',
  'PersistentVolumeClaim first-registry',
  'Secret first-registry-auth',
  'Secret first-registry-ca',
  'Secret first-registry-http',
  'Secret first-registry-login',
  'Secret first-registry-tls',
  'Service first-registry',
];
const KEPT = NAMES.filter((name) => /^(PersistentVolumeClaim|Secret) /.test(name));

for (const [program, title] of HELM_PROGRAMS) {
  describeWith(`The chart's life with ${title}`, [...RELEASE_PROGRAMS, program], () => {
    let server: ApiServer;
    let helm: Helm;
    let first: Release;
    beforeAll(async () => {
      server = await startServer();
      helm = new Helm(program, server);
      first = await release('first', 'life');
    });
    afterAll(() => server?.machine.stop());

    async function release(name: string, namespace: string, exists = false): Promise<Release> {
      if (!exists) await server.createNamespace(namespace, STRICT);
      return new Release(server, helm, registryChart(), name, namespace);
    }
    const annotations = async () => {
      const { spec } = await first.object('deployment', 'first-registry');
      return spec?.template.metadata.annotations ?? {};
    };

    test('by default it makes these objects, without a warning', async () => {
      const printed = await first.install();
      expect((await first.objects()).map(nameOf)).toEqual(NAMES);
      expect(printed).toContain((await helm.must(['get', 'notes', 'first'], { namespace: 'life' })).trim());
      expect(printed).toContain('Registry "first-registry" at https://registry.localhost:5000\n');
    });

    test("Pod Security admits its pods, and the test's", async () => {
      const { namespace } = await release('first', 'admitted');
      const elsewhere = new Release(server, helm, registryChart(), 'first', namespace);
      await elsewhere.install();
      expect(await admitPods(server, await elsewhere.manifests())).toEqual({ admitted: 'restricted' });
      const hooks = await elsewhere.hooks();
      expect(hooks.map(({ kind, name }) => [kind, name])).toEqual([['Pod', 'first-registry-test']]);
      const input = asInput(hooks);
      expect(await server.kubectl(['create', '--validate=strict', '-f', '-'], { input })).toMatchObject({ code: 0, stderr: '' });
    });

    test('its notes have commands that work', async () => {
      const notes = await helm.must(['get', 'notes', 'first'], { namespace: 'life' });
      const commands = notes.split('\n').flatMap((line) => (/^ +(kubectl .*)$/.exec(line) ?? []).slice(1));
      const [rollout, forward, ca, login] = commands;
      expect(commands).toHaveLength(4);

      expect(rollout).toBe('kubectl -n life rollout status deployment/first-registry');
      expect(forward).toBe('kubectl -n life port-forward service/first-registry 5000');
      for (const object of ['deployment/first-registry', 'service/first-registry']) await server.must(['get', object, '-n', 'life']);

      const { tls, login: shown, auth } = await first.generated('first-registry');
      const folder = server.machine.makeFolder('notes');
      writeFileSync(join(folder, 'docker'), '#!/bin/sh\necho "$@"\ncat\n');
      chmodSync(join(folder, 'docker'), 0o755);
      const env = { ...server.environment, PATH: `${folder}:${dirname(pathOf('kubectl'))}:${ENVIRONMENT.PATH}` };
      await server.machine.must(['sh', '-ec', `cd "$0"; ${ca}`, folder], { env });
      const written = new X509Certificate(readFileSync(join(folder, 'registry-ca.crt')));
      expect(new X509Certificate(tls['tls.crt']).verify(written.publicKey)).toBe(true);

      const said = await server.machine.must(['sh', '-ec', login], { env });
      expect(said).toBe(`login localhost:5000 -u admin --password-stdin\n${shown.password}`);
      const [user, hash] = auth.htpasswd.trim().split(':');
      expect([user, shown.username, compareSync(shown.password, hash)]).toEqual(['admin', 'admin', true]);
    });

    test('upgrades by the same values change nothing', async () => {
      const before = contents(await first.objects());
      const rendered = await helm.manifest('first', { namespace: 'life' });
      await first.upgrade({}, ['--reset-values']);
      expect(contents(await first.objects())).toEqual(before);
      const settled = versions(await first.objects());
      await first.upgrade({}, ['--reuse-values']);
      expect(versions(await first.objects())).toEqual(settled);
      expect(await helm.manifest('first', { namespace: 'life' })).toBe(rendered);
    });

    test('what it generated is in no values', async () => {
      const { login, http } = await first.generated('first-registry');
      const values = await helm.must(['get', 'values', 'first', '--all', '--output', 'json'], { namespace: 'life' });
      expect(Object.keys(JSON.parse(values)).filter((key) => !/^[a-zA-Z]+$/.test(key))).toEqual([]);
      for (const secret of [login.password, http.secret]) expect(values).not.toContain(secret);
    });

    test('a changed setting replaces the pods, and leaves everything else', async () => {
      const [before, annotated] = [versions(await first.objects()), await annotations()];
      await first.upgrade({ configuration: { logLevel: 'debug' } });
      const after = versions(await first.objects());
      const differs = Object.keys(before).filter((name) => before[name] !== after[name]);
      expect(differs).toEqual(['ConfigMap first-registry-config', 'Deployment first-registry']);
      expect((await first.texts('configmap', 'first-registry-config'))['config.yml']).toContain('level: "debug"');
      expect(Object.keys(await annotations())).toEqual(['checksum/config']);
      expect(await annotations()).not.toEqual(annotated);

      await first.upgrade({}, ['--reset-values']);
      expect(await annotations()).toEqual(annotated);
    });

    test('a second release beside it has everything of its own', async () => {
      const before = versions(await first.objects());
      const second = await release('second', 'life', true);
      await second.install();
      const both = await objectsIn(server, 'life');
      expect(both.map(nameOf)).toEqual([...NAMES, ...NAMES.map((name) => name.replace('first', 'second'))].sort());
      expect(versions(both)).toMatchObject(before);
      const [one, other] = [await first.generated('first-registry'), await second.generated('second-registry')];
      for (const name of ['auth', 'ca', 'http', 'login', 'tls'] as const) expect(one[name]).not.toEqual(other[name]);

      const labels = (await first.object('deployment', 'first-registry')).spec?.template.metadata.labels ?? {};
      const selects = async (name: string) =>
        Object.entries((await first.object('service', name)).spec?.selector ?? {}).every(([key, value]) => labels[key] === value);
      expect([await selects('first-registry'), await selects('second-registry')]).toEqual([true, false]);
      await second.uninstall();
      expect(versions(await first.objects())).toMatchObject(before);
    });

    test.each([
      ['the name of a release that has the chart in its name', 'my-registry', {}, 'my-registry'],
      ['nameOverride', 'first', { nameOverride: 'images' }, 'first-images'],
      ['fullnameOverride', 'first', { fullnameOverride: 'images' }, 'images'],
      ['no more of a long name than fits', 'r'.repeat(53), {}, 'r'.repeat(50)],
    ])('objects are named by %s', async (_, name, values, fullname) => {
      const namespace = `named-${fullname.slice(0, 12)}`;
      const named = await release(name, namespace);
      await named.install(values);
      expect((await named.objects()).map(nameOf)).toEqual(NAMES.map((one) => one.replace('first-registry', fullname)));
      const before = contents(await named.objects());
      await named.upgrade(values);
      expect(contents(await named.objects())).toEqual(before);
    });

    test('its end leaves the images and what was generated, and the next release of that name takes them up', async () => {
      const last = await release('first', 'over');
      await last.install();
      const before = await last.generated('first-registry');
      const installed = versions(await last.objects());
      await last.uninstall();
      const left = await last.objects();
      expect(left.map(nameOf)).toEqual(KEPT);
      expect(left.filter(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([]);
      const uids = (all: Record<string, string>) => Object.fromEntries(KEPT.map((name) => [name, all[name]?.split(' ')[0]]));
      expect(uids(versions(left))).toEqual(uids(installed));

      const stranger = await release('stranger', 'over', true);
      await expect(stranger.install({ fullnameOverride: 'first-registry' })).rejects.toThrow(/invalid ownership metadata/);

      await last.install();
      expect((await last.objects()).map(nameOf)).toEqual(NAMES);
      expect(await last.generated('first-registry')).toEqual(before);
      expect(uids(versions(await last.objects()))).toEqual(uids(installed));
    });
  });
}
