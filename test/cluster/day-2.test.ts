// The CronJobs of day 2 where controllers start them, a kubelet tells the registry's pods and NetworkPolicies are
// enforced, by the commands of docs/operations/: a verification, a copy to another registry, a retention that spares what
// runs in another namespace, and a collection beside a client that pulls. PROVE_DAY_2=1 adds a quarter of an hour: runs that are stopped and killed.
import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientOfService, type Deployed, deployApp } from './support/deployed';
import { commandBlocks, commands, inNamespace, NOT_RUN } from './support/pages';
import { figuresIn, runIn } from './support/shell';

const PROVES = process.env.PROVE_DAY_2 === '1';
/** Pods of the registry itself, and of no cache. */
const REGISTRY_PODS = ['name=registry', 'instance=registry', 'component=registry']
  .map((label) => `app.kubernetes.io/${label}`)
  .join(',');

describeOnCluster(
  'verification, retention and collection',
  { ownOnly: 'it needs an enforcer of NetworkPolicies', programs: ['skopeo', 'curl', 'regbot'] },
  (cluster) => {
    let app: Deployed;
    let client: RegistryClient;
    let elsewhere: string;
    const images = new Map<string, OciImage>();
    const namespaced = (...args: string[]) => cluster().must(['-n', app.namespace, ...args]);
    const run = (block: string) => runIn(cluster(), app.folder, inNamespace(block, app.namespace));
    const push = async () => {
      const user = admin(app);
      return (await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user })).status;
    };
    const becomesByItself = (wanted: number, seconds: number) =>
      eventually(
        `a push is answered with ${wanted}`,
        async () => (await push()) === wanted || undefined,
        seconds,
      );
    /** Whatever changes in a pod has the kubelet bring what its volumes are made of. Else it takes a minute or two. */
    const becomes = (wanted: number) =>
      eventually(`a push is answered with ${wanted}`, async () => {
        const labels = 'app.kubernetes.io/component=registry';
        await namespaced('annotate', '--overwrite', 'pod', '-l', labels, `look=${Date.now()}`);
        return (await push()) === wanted || undefined;
      });
    const allAreThere = async () => {
      for (const tag of ['v1', '0.8', '1.0'])
        expect(await client.pull(`team/app:${tag}`)).toBe(images.get(tag)?.digest);
    };

    beforeAll(async () => {
      app = await deployApp(cluster(), 'test/cluster/apps/day-2.ts', { purpose: 'day-2' });
      client = await clientOfService(cluster(), app);
      await client.login(admin(app));
      for (const tag of ['v1', '0.8', '0.9', '1.0']) {
        const image = buildImage(client.path(tag), [10_000, 200_000]);
        expect(await client.push(image.folder, `team/app:${tag}`)).toMatchObject({ code: 0 });
        images.set(tag, image);
      }
      elsewhere = cluster().newNamespace('elsewhere');
      await cluster().must(['create', 'namespace', elsewhere]);
      await cluster().must(['run', 'app', `--image=${client.host}/team/app:0.8`, '-n', elsewhere]);
    });
    afterAll(() => app?.close());

    test('starts without a warning', async () => {
      expect(await cluster().warnings(app.namespace)).toEqual([]);
    });

    test('a verification, by the commands of the page', async () => {
      const said = await run(commands('verification', 'create job'));
      expect(said).toContain('The registry works.');
      expect(said.match(/^ok .*/gm)?.length).toBeGreaterThan(8);
      expect(said).not.toMatch(/^(-|FAILED)/m);
    });

    test('a copy of all to another registry, by the commands of the page', async () => {
      await cluster().rolledOut(app.namespace, 'deployment/backup');
      const said = await run(
        commands('move', 'create job')
          .replace(/^.* create secret .*\n/, '')
          .replaceAll('registry-copy', 'backup-copy'),
      );
      expect(said).toContain('team/app: 4 tags, 4 to copy, 0 there already');
      expect(said).toMatch(/"copied":4,.*"failures":0/);
      const copied = 'ls /var/lib/registry/docker/registry/v2/repositories/team/app/_manifests/tags';
      const exec = ['exec', 'deployment/backup', '--', 'sh', '-c', copied];
      expect((await namespaced(...exec)).trim().split('\n')).toEqual(['0.8', '0.9', '1.0', 'v1']);
    });

    test('a retention, first as a report', async () => {
      const said = await run(commands('retention', 'create job'));
      expect(said).toMatch(/^ {2}DELETE {2}0\.9 /m);
      expect(said).toContain('"deletedManifests":0,"failures":0');
      expect(said).toMatch(/^ {2}keep {4}0\.8 .*runs in the cluster/m);
      expect(await client.pull('team/app:0.9')).toBe(images.get('0.9')?.digest);
    });

    test('then it deletes, but for what is kept, and for what runs in another namespace', async () => {
      app.synthesizeAgain({ DELETE: 'yes' });
      await run('kubectl apply -f dist');
      const said = await run(commands('retention', 'create job'));
      expect(said).toContain('"deletedTags":1,"deletedManifests":1,"failures":0');
      await allAreThere();
      expect((await client.manifest('team/app', '0.9', admin(app))).status).toBe(404);
    });

    test('the commands of the runbooks', async () => {
      const said: Record<string, string> = {};
      for (const block of commandBlocks('runbooks')) {
        if (NOT_RUN.some(({ page, part }) => page === 'runbooks' && block.includes(part))) continue;
        if (block.includes('rollout restart') && !PROVES) continue; // it takes a while
        for (const command of block.trim().split('\n'))
          said[command.replace('kubectl -n registry ', '')] = await run(command);
      }
      const printed = (part: string) =>
        Object.entries(said).find(([command]) => command.startsWith(part))?.[1] ?? `nothing ran: ${part}`;
      expect(Object.keys(said).length).toBeGreaterThan(20);
      expect(printed('get pods')).toMatch(/^registry-\S+ +2\/2 +Running/m);
      expect(printed(`logs -l ${REGISTRY_PODS} --ignore-errors --prefix --tail`)).toContain(
        'response completed',
      );
      expect(printed(`logs -l ${REGISTRY_PODS} --all-containers --ignore-errors`)).toContain(
        'response completed',
      );
      expect(printed('describe pods')).toMatch(/Image: +registry:3\.1\.1$/m);
      expect(printed('get pods -l app.kubernetes.io/instance=registry -o custom')).toMatch(
        /^registry-\S+ +512Mi/m,
      );
      expect(printed('exec deployment/registry -- df')).toMatch(/\d+% /);
      expect(printed('exec deployment/registry -- sh')).toMatch(/^\d+\t\S+\/repositories\/team$/m);
      expect(printed('get jobs -o custom')).toMatch(/^JOB +FAILED +WHY$/m);
      expect(printed('get cronjobs -o custom')).toMatch(/^registry-verification +true +<none> +2\d+/m);
      expect(printed('logs -l app.kubernetes.io/part-of=registry')).toMatch(/^\[pod\/registry-/m);
      expect(printed('get services registry-metrics')).toContain('registry-metrics');
      expect(printed('describe networkpolicy registry-metrics')).toMatch(/To Port:/);
    });

    test('a collection frees the space beside pulls, and pushes are refused meanwhile', async () => {
      const du = ['exec', 'deployment/registry', '-c', 'registry', '--', 'du', '-sk', '/var/lib/registry'];
      const used = async () => Number((await namespaced(...du)).split('\t')[0]);
      const before = await used();
      let ended = false;
      const log = run(commands('collection', 'create job')).finally(() => {
        ended = true;
      });
      await becomes(405);
      let pulls = 0;
      while (!ended) {
        expect(await client.pull('team/app:v1')).toBe(images.get('v1')?.digest);
        pulls += 1;
        await sleep(500);
      }
      const figures = figuresIn(await log);
      expect(pulls).toBeGreaterThan(3);
      expect(figures).toMatchObject({ collection: 'done', registry: 'registry' });
      expect(figures.bytes).toBeGreaterThan(200_000);
      expect(await used()).toBeLessThan(before - 200);
      const { time: _, ...told } = JSON.parse(
        JSON.parse(await run(commands('collection', 'get configmap')))['cdk8s-registry.io/last-collection'],
      );
      expect(figures).toMatchObject(told);
      await becomes(202);
      await allAreThere();
    });

    test('a schedule starts runs by itself', async () => {
      await eventually('a Job of the schedule has succeeded', async () => {
        const { status } = await cluster().json('cronjob', 'registry-retention', '-n', app.namespace);
        return status.lastSuccessfulTime;
      });
    });

    if (PROVES)
      describe('a run that is not left alone', () => {
        const start = (job: string) => namespaced('create', 'job', job, '--from=cronjob/registry-collection');
        const complete = (job: string) =>
          namespaced('wait', '--for=condition=Complete', '--timeout=300s', `job/${job}`);
        const logs = (job: string) => namespaced('logs', '-l', `job-name=${job}`, '-c', 'watch', '--tail=-1');
        /** What is not named by anything, for a collection. */
        async function garbage(): Promise<void> {
          const image = buildImage(client.path('garbage'), [500_000]);
          expect(await client.push(image.folder, 'team/garbage:1.0')).toMatchObject({ code: 0 });
          const deleted = await client.deleteManifest('team/garbage', image.digest, admin(app));
          expect(deleted.status).toBe(202);
        }
        /** The name of a run's pod, all of whose containers were killed. */
        async function kill(job: string): Promise<string> {
          const { items } = await cluster().json('pods', '-l', `job-name=${job}`, '-n', app.namespace);
          const [pod] = items;
          const ids = pod.status.containerStatuses.map(({ containerID }: { containerID: string }) =>
            containerID.replace('containerd://', ''),
          );
          const task = 'ctr --namespace k8s.io tasks kill --signal SIGKILL';
          const commands = ids.map((id: string) => `${task} ${id}`).join('\n');
          cluster().own.onNode(pod.spec.nodeName, 'sh', '-ec', commands);
          return pod.metadata.name;
        }
        const said: string[] = [];
        afterAll(() => process.stderr.write(said.map((line) => `  ${line}\n`).join('')));
        const timed = async (what: string, wait: () => Promise<unknown>) => {
          const from = Date.now();
          await wait();
          said.push(`${what}: ${Math.round((Date.now() - from) / 1000)} s`);
        };
        jest.setTimeout(900_000);

        test('kubelets bring the switch by themselves', async () => {
          await garbage();
          await start('alone');
          await timed('read-only', () => becomesByItself(405, 180));
          await complete('alone');
          await timed('writable after the run', () => becomesByItself(202, 180));
          said.push((await logs('alone')).trim().split('\n').at(-1) ?? '');
        });

        test('killed in the middle: the next pod of the Job undoes it, and collects', async () => {
          await garbage();
          await start('killed');
          await becomes(405);
          const pod = await kill('killed');
          await complete('killed');
          expect(await logs('killed')).toContain(`the switch of ${pod} was turned back`);
          await becomes(202);
          await allAreThere();
        });

        test('ended by hand, by the commands of the page', async () => {
          await start('ended');
          await becomes(405);
          await run(commands('collection', 'delete job'));
          await becomes(202);
          await allAreThere();
        });

        test('killed, and no pod comes after it: the lease ends, and the next run begins with the undo', async () => {
          await garbage();
          await start('lost');
          await becomes(405);
          await namespaced('delete', 'job', 'lost', '--cascade=orphan');
          const pod = await kill('lost');
          await timed('writable after its lease', () => becomesByItself(202, 660));
          await start('next');
          await complete('next');
          expect(await logs('next')).toContain(`the switch of ${pod} was turned back`);
          expect(await logs('next')).toContain('"collection":"done"');
          await allAreThere();
        });
      });
  },
);
