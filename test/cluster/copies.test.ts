// Copies of docs/operations/backup.md and move.md by their commands: a backup to another registry, the loss of everything and
// the way back; then from the volume to a bucket while clients pull and push. All kinds of images are in it, signatures
// too. For `npm run prove` (PROVE_DAY_2=1).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, sha256 } from '../e2e/clients/oci-image';
import { RegistryClient, type User } from '../e2e/clients/registry-client';
import { allKinds, Images } from '../maintenance/retention/images';
import { PlainRegistry } from '../maintenance/retention/plain-registry';
import { blocksIn, readPage } from '../support/page';
import { BUCKET, KEYS, startBucket } from './support/bucket';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, answers, clientOfService, type Deployed, deployApp } from './support/deployed';
import { commands, inNamespace } from './support/pages';
import { runIn } from './support/shell';

jest.setTimeout(600_000);
const APP = 'test/cluster/apps/copies.ts';
const OCI = 'application/vnd.oci.image';
const ACCEPT = { Accept: `${OCI}.manifest.v1+json, ${OCI}.index.v1+json` };
const PROGRAMS = ['skopeo', 'curl', 'registry3', 'regbot', 'regsync'] as const;

/** Where all kinds of images come from. */
class Source {
  readonly registry = new PlainRegistry('registry3');
  private images: readonly Images[] = [];

  async fill(): Promise<void> {
    await this.registry.start();
    this.images = ['team/app', 'web'].map((repository) => new Images(this.registry, repository));
    for (const images of this.images) await allKinds(images);
    await this.registry.stop();
  }

  /** The digest of each image. */
  get names(): Map<string, string> {
    return new Map(
      this.images.flatMap(({ repository, tags }) =>
        [...tags].map(([tag, { digest }]) => [`${repository}:${tag}`, digest] as const),
      ),
    );
  }
}

/** The digest of a manifest, after asking for everything that it names. */
async function whole(client: RegistryClient, user: User, repository: string, name: string): Promise<string> {
  const { status, body } = await client.request(`/v2/${repository}/manifests/${name}`, {
    user,
    headers: ACCEPT,
  });
  if (status !== 200) throw new Error(`${repository} ${name}: ${status} ${body}`);
  const digest = sha256(Buffer.from(body));
  const { manifests, config, layers = [] } = JSON.parse(body);
  for (const child of manifests ?? [])
    expect(await whole(client, user, repository, child.digest)).toBe(child.digest);
  for (const blob of manifests ? [] : [config, ...layers]) {
    const path = `/v2/${repository}/blobs/${blob.digest}`;
    const got = await client.request(path, { user });
    expect([got.status, sha256(Buffer.from(got.body))]).toEqual([200, blob.digest]);
  }
  return digest;
}

async function expectAll(client: RegistryClient, user: User, names: Map<string, string>): Promise<void> {
  for (const [name, digest] of names) {
    const [repository = '', tag = ''] = name.split(':');
    expect([name, await whole(client, user, repository, tag)]).toEqual([name, digest]);
  }
}

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'copies of a registry',
    { ownOnly: 'it needs an enforcer of NetworkPolicies', programs: PROGRAMS },
    (cluster) => {
      let app: Deployed;
      let going = false;
      let client: RegistryClient;
      let source: Source;
      let user: User;

      const run = (block: string, variables: Readonly<Record<string, string>> = {}) =>
        runIn(cluster(), app.folder, inNamespace(block, app.namespace), variables);
      /** The commands of move.md that run a copy by hand, without those that make the Secret of its login. */
      const moving = () =>
        commands('move', 'create job')
          .replace(/^.* create secret .*\n/, '')
          .replaceAll('registry-copy', 'next-copy');
      /** What was run of a CronJob of the registry. */
      const jobsOf = async (cronJob: string) =>
        (await cluster().json('jobs', '-n', app.namespace)).items.filter(
          ({ metadata }: any) => metadata.ownerReferences?.[0]?.name === cronJob,
        ).length;
      const nightlyCopy = () => cluster().json('cronjob', 'registry-copy-nightly', '-n', app.namespace);
      const suspended = async () => (await nightlyCopy()).spec.suspend;
      /** Has the nightly copy run by its schedule, and waits for a run that is under way. */
      const everyMinute = async () => {
        const patch = [
          'patch',
          'cronjob',
          'registry-copy-nightly',
          '-p',
          '{"spec":{"schedule":"* * * * *"}}',
        ];
        await cluster().must(['-n', app.namespace, ...patch]);
        const runs = async () => (await nightlyCopy()).status.active?.length > 0 || undefined;
        await eventually('the nightly copy runs', runs, 120);
      };
      const apply = async (settings: Readonly<Record<string, string>> = {}) => {
        app.synthesizeAgain(settings);
        await app.apply();
        await cluster().rolledOut(app.namespace, 'deployment/registry');
      };
      /** As an archive, into the volume of the registry. */
      const seed = async () => {
        const tar = `tar -c -C ${source.registry.folder}/data docker`;
        const into = 'kubectl -n registry exec -i deployment/registry -- tar -x -C /var/lib/registry';
        await run(`${tar} | ${into}`);
      };
      const login = async () => {
        client = await clientOfService(cluster(), app);
        user = admin(app);
        await client.login(user);
      };
      beforeAll(async () => {
        source = new Source();
        await source.fill();
        expect(source.names.size).toBeGreaterThan(40);
      });
      afterEach(() => {
        going = false;
        app?.close();
      });

      test('a backup each night, and a restore after everything was lost', async () => {
        app = await deployApp(cluster(), APP, {
          purpose: 'backup',
          workloads: ['deployment/registry', 'deployment/backup'],
          prepare: async (name) => ({ BACKUP_HOST: `backup.${name}.svc` }),
        });
        await login();
        await seed();
        await expectAll(client, user, source.names);
        const { BACKUP_HOST = '' } = app.settings;
        const file = join(app.folder, '.registry', app.namespace, 'backup', 'admin.password');
        const [password = ''] = readFileSync(file, 'utf8').split('\n');
        // Of what the page has, only what is of this cluster is another here.
        const secret = commands('backup', 'create secret')
          .replace('backup.example.com', BACKUP_HOST)
          .replace('username=backup', 'username=admin');
        await run(secret, { PASSWORD: password });
        const nightly = commands('backup', 'cronjob/registry-copy-nightly &&');
        const said = await run(nightly);
        const all = source.names.size;
        expect(said).toContain(`All ${all} tags of 2 repositories are at the target`);
        expect(said).toMatch(/"copied":\d+,.*"failures":0/);

        await cluster().exec(app.namespace, 'deployment/registry', 'rm', '-r', '/var/lib/registry/docker');
        await run(commands('rotation', 'rollout restart'));
        await answers(client);
        expect((await client.request('/v2/team/app/tags/list', { user })).status).toBe(404);

        // While the nightly copy runs by its schedule. A run that began is ended.
        await everyMinute();
        await run(commands('backup', '"suspend":true'));
        expect(await suspended()).toBe(true);
        const backups = await jobsOf('registry-copy-nightly');
        const restored = await run(commands('backup', 'cronjob/registry-copy-restore'));
        expect([await jobsOf('registry-copy-nightly'), await jobsOf('registry-copy-restore')]).toEqual([
          backups,
          1,
        ]);
        // regsync lists what refers to an image by its subject, for clients that look it up by a tag.
        expect(restored).toContain(`All ${all + 2} tags of 2 repositories are at the target`);
        await expectAll(client, user, source.names);
        await run(commands('rotation', 'rollout restart'));
        await answers(client);
        await expectAll(client, user, source.names);
        await run(commands('backup', '"suspend":false'));
        expect(await suspended()).toBe(false);
        expect(await run(nightly)).toContain(`"tags":${all + 2},"copied":0,"same":${all + 2}`);
      });

      test.each([
        ['by another pod', {}],
        ['by the switch of its front', { FRONT: 'yes' }],
      ])('from a volume to a bucket, while clients pull: read-only %s', async (way, front) => {
        const bySwitch = 'FRONT' in front;
        const bucket = await startBucket(cluster());
        app = await deployApp(cluster(), APP, {
          purpose: 'move',
          workloads: ['deployment/registry', 'deployment/next'],
          settings: {
            ENDPOINT: bucket.endpoint,
            BUCKET,
            KEY_ID: KEYS.id,
            KEY_SECRET: KEYS.secret,
            STEP: 'beside',
            ...front,
          },
        });
        await login();
        await seed();
        const names = new Map(source.names);
        const push = async (name: string) => {
          const image = buildImage(client.path('image'), [1_000, 200_000]);
          expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
          pushed.set(name, image.digest);
        };
        const pushed = new Map<string, string>();
        /** What is done, and the longest time for which a pull failed meanwhile. */
        let step = 'copied';
        const away = new Map<string, number>();
        let tried = 0;
        const begin = async () =>
          (await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user })).status;
        going = true;
        const one = async () => {
          for (let count = 0; going; count += 1) {
            const [name = '', digest = ''] = [...names][count % names.size] ?? [];
            const [repository = '', tag = ''] = name.split(':');
            const pull = () => whole(client, user, repository, tag).catch((error: Error) => error.message);
            tried += 1;
            // As kubelets do, it tries until it succeeds.
            const [from, begun] = [Date.now(), step];
            for (; (await pull()) !== digest; await sleep(200))
              away.set(begun, Math.max(away.get(begun) ?? 0, Date.now() - from));
          }
        };
        const puller = one();
        /** A line of docs/access.md: the ConfigMap of the switch. */
        const turn = (verb: string) =>
          run(
            blocksIn(readPage('docs/access.md'), 'sh')
              .flatMap((block) => block.split('\n'))
              .find((line) => line.includes(`${verb} configmap registry-read-only`)) as string,
          );

        expect(await run(moving())).toContain(`All ${names.size} tags of 2 repositories are at`);
        await push('team/app:meanwhile');
        step = 'made read-only';
        if (bySwitch) await turn('create');
        else await apply({ STEP: 'read-only' });
        await eventually('a push is refused', async () => (await begin()) === 405 || undefined, 120);
        step = 'copied again';
        expect(await run(moving())).toMatch(
          new RegExp(`"tags":${names.size + 1},"copied":1,"same":${names.size},.*"failures":0`),
        );
        const from = Date.now();
        step = 'given the bucket';
        await apply({ STEP: 'moved' });
        const took = Math.round((Date.now() - from) / 1000);
        if (bySwitch) await turn('delete');
        // An old pod, which is read-only, answers for some seconds more.
        await eventually('a push is taken', async () => (await begin()) === 202 || undefined, 120);
        const writable = Math.round((Date.now() - from) / 1000);
        await push('team/app:after');
        await run(commands('move', 'app.kubernetes.io/instance=next'));
        await eventually('all of it goes', async () => {
          const kinds = 'all,secrets,configmaps,networkpolicies';
          const left = await cluster().must(['get', kinds, '-n', app.namespace, '-o', 'name']);
          return left.includes('/next') ? undefined : true;
        });
        await sleep(5_000);
        going = false;
        await puller;
        const times = [...away].map(([what, time]) => `${what}: ${(time / 1000).toFixed(1)} s`);
        process.stderr.write(
          `  read-only ${way}: ${tried} pulls; rolled out after ${took} s, pushes are taken after ${writable} s\n` +
            `  pulls failed while it was ${times.join(', ') || 'nothing'}\n`,
        );
        // Without the switch, one replica on a volume is stopped before it starts anew.
        expect([...away.keys()].filter((what) => bySwitch || what !== 'made read-only')).toEqual([]);
        expect(away.get('made read-only') ?? 0).toBeLessThan(60_000);
        await expectAll(client, user, names);
        for (const [name, digest] of pushed) expect(await client.pull(name)).toBe(digest);
        const { spec } = await cluster().json('deployment', 'registry', '-n', app.namespace);
        expect(JSON.stringify(spec)).not.toContain('persistentVolumeClaim');
        await cluster().must(['get', 'pvc', 'registry', '-n', app.namespace]); // it is kept
      });
    },
  );
else test.todo('copies of a registry: PROVE_DAY_2=1');
