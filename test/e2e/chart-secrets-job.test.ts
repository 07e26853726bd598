// `secrets.source: job`: the chart's script with real programs on a real API server, with no more rights than
// those of its Role. It makes what is missing, keeps what is there, and the registry starts with it.

import { compareSync } from 'bcryptjs';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { type Manifest, parseManifests } from '../../tools/pod-runner/manifests';
import { describeWith, type Program } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { admitPods, startServer } from './admission';
import { Helm, helmsOrOnly } from './helm';
import { JobController } from './job-controller';
import {
  certificates,
  contents,
  type LiveObject,
  RELEASE_PROGRAMS,
  RENEWAL,
  Release,
  STRICT,
} from './release';
import { CHART_PROGRAMS, NAME, NAMESPACE, runChart } from './running-chart';
import { asManifests } from './scenario';

const JOB = { secrets: { source: 'job' } };
const PROGRAMS: readonly Program[] = [...RELEASE_PROGRAMS, 'openssl', 'curl', 'perl'];
const SUFFIXES = ['auth', 'ca', 'http', 'login', 'tls'] as const;

for (const [program, title] of helmsOrOnly('helm4')) {
  describeWith(`Secrets that a Job makes with ${title}`, [...PROGRAMS, program], () => {
    let server: ApiServer;
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server?.machine.stop());

    async function prepared(namespace: string) {
      await server.createNamespace(namespace, STRICT);
      const release = new Release(server, new Helm(program, server), registryChart(), 'first', namespace);
      const controller = new JobController(server, namespace);
      return {
        release,
        controller,
        install: (values: object = {}) => controller.during(release.install({ ...JOB, ...values })),
        upgrade: (values: object = {}) => controller.during(release.upgrade({ ...JOB, ...values })),
      };
    }
    const secrets = async (release: Release) =>
      contents((await release.objects()).filter(({ kind }) => kind === 'Secret'));

    test('are those that Helm would make, under a CA of their own, and nothing else is left', async () => {
      const { release, install, upgrade, controller } = await prepared('made');
      await install();
      const made = await release.generated(NAME);
      const { leaf, ca, names } = certificates(made.tls);
      expect(names.slice(0, 2)).toEqual(['registry.localhost', NAME]);
      expect(names).toContain('127.0.0.1');
      expect({ issued: leaf.checkIssued(ca), verified: leaf.verify(ca.publicKey), ca: ca.ca }).toEqual({
        issued: true,
        verified: true,
        ca: true,
      });
      expect(leaf.subjectAltName).toContain('IP Address:127.0.0.1');
      expect(made.ca['ca.crt']).toBe(made.tls['ca.crt']);
      expect(made.login.password).toMatch(/^[A-Za-z0-9]{24}$/);
      expect(made.http.secret).toMatch(/^[A-Za-z0-9]{43}$/);
      const [user, hash] = made.auth.htpasswd.split(':');
      expect(user).toBe('admin');
      expect(hash).toMatch(/^\$2b\$04\$[./A-Za-z0-9]{53}\n$/);
      expect(compareSync(made.login.password, hash.trim())).toBe(true);
      expect(await server.must(['get', 'job,role,rolebinding,sa', '-n', 'made', '-o', 'name'])).toBe(
        'serviceaccount/default\n',
      );
      const policies = ['get', 'networkpolicy', '-n', 'made', '-o', 'name'];
      expect((await server.must(policies)).trim().split('\n')).toEqual(
        [NAME, `${NAME}-test-pods`].map((name) => `networkpolicy.networking.k8s.io/${name}`),
      );
      const said = controller.logs.map(({ stdout, stderr }) => stdout + stderr).join('');
      for (const text of [made.login.password, made.http.secret, hash.trim(), 'PRIVATE'])
        expect(said).not.toContain(text);

      const before = contents(await release.objects());
      await upgrade();
      expect(contents(await release.objects())).toEqual(before);
    });

    test('are in no annotation, whatever words people write into theirs', async () => {
      const { release, install, upgrade } = await prepared('words');
      const words = [
        '@password@',
        '@hash@',
        '@http-secret@',
        '@ca.crt@',
        '@ca.key@',
        '@tls.crt@',
        '@tls.key@',
      ];
      const written = Object.fromEntries(words.map((word, index) => [`w${index}`, word]));
      const annotations = { ...written, 'a.example.com/note': `see ${words.join(' ')}`, auth: 'basic' };
      const values = { commonAnnotations: annotations, auth: { username: 'a@hash@' } };
      await install(values);
      const made = await release.generated(NAME);
      const [user, hash] = made.auth.htpasswd.trim().split(':');
      expect(user).toBe('a@hash@');
      expect(compareSync(made.login.password, hash)).toBe(true);
      expect(made.login.username).toBe('a@hash@');
      const { leaf, ca } = certificates(made.tls);
      expect(leaf.verify(ca.publicKey)).toBe(true);
      for (const { kind, metadata } of await release.objects())
        if (kind === 'Secret') expect(metadata.annotations).toMatchObject(annotations);
      await upgrade(values);
      expect(await release.generated(NAME)).toEqual(made);
    });

    test.each([
      ['lookup', 'job'],
      ['job', 'lookup'],
    ])('stay as they are from %s to %s and back, with the ConfigMap of the CA', async (one, other) => {
      const { release, controller } = await prepared(`from-${one}`);
      const values = (source: string) => ({
        host: 'registry.example.com',
        httpRoute: { enabled: true, gateway: { className: 'istio' } },
        tls: { termination: 'POD' },
        secrets: { source },
      });
      const kept = async () => [
        await secrets(release),
        await release.texts('configmap', `${NAME}-backend-ca`),
        (await release.object('configmap', `${NAME}-backend-ca`)).metadata.uid,
      ];
      await controller.during(release.install(values(one)));
      const before = await kept();
      const { ca } = await release.generated(NAME);
      expect(before[1]).toEqual({ 'ca.crt': ca['ca.crt'] });
      await controller.during(release.upgrade(values(other)));
      expect(await kept()).toEqual(before);
      await controller.during(release.upgrade(values(one)));
      expect(await kept()).toEqual(before);
    });

    test('of which some exist are completed', async () => {
      const { release, install, upgrade } = await prepared('half');
      await install();
      const before = await release.generated(NAME);
      await server.must(['delete', 'secret', `${NAME}-auth`, `${NAME}-http`, `${NAME}-tls`, '-n', 'half']);
      await upgrade();
      const { auth, http, tls, ...rest } = await release.generated(NAME);
      expect(rest).toEqual({ ca: before.ca, login: before.login });
      expect(compareSync(before.login.password, auth.htpasswd.trim().split(':')[1])).toBe(true);
      expect(http.secret).not.toBe(before.http.secret);
      expect(tls['ca.crt']).toBe(before.tls['ca.crt']);
      // What was made anew is read by new pods.
      const { spec } = await release.object('deployment', NAME);
      expect(spec?.template.metadata.annotations).toHaveProperty(['kubectl.kubernetes.io/restartedAt']);
    });

    test('follow another user and another host, under the same CA, with the same password', async () => {
      const { release, controller, install, upgrade } = await prepared('others');
      await install();
      const before = await release.generated(NAME);
      const values = { host: 'registry.example.com', auth: { username: 'builder' } };
      await upgrade(values);
      const after = await release.generated(NAME);
      expect(after.login).toEqual({ username: 'builder', password: before.login.password });
      const [user, hash] = after.auth.htpasswd.trim().split(':');
      expect({ user, fits: compareSync(before.login.password, hash) }).toEqual({
        user: 'builder',
        fits: true,
      });
      const { leaf, ca, names } = certificates(after.tls);
      expect({ first: names[0], issued: leaf.verify(ca.publicKey), ca: after.ca, http: after.http }).toEqual({
        first: 'registry.example.com',
        issued: true,
        ca: before.ca,
        http: before.http,
      });
      await upgrade(values);
      expect(await release.generated(NAME)).toEqual(after);
      // A rollback runs the Job of the revision that it returns to.
      await controller.during(release.rollback(1));
      const back = await release.generated(NAME);
      expect([back.login, certificates(back.tls).names[0]]).toEqual([before.login, 'registry.localhost']);
    });

    test('are renewed in the last third of the certificate, a lost CA is made anew, a chosen password stays', async () => {
      const { release, install, upgrade } = await prepared('renewed');
      await install();
      const before = await release.generated(NAME);
      const secret = (suffix: string) => ['secret', `${NAME}-${suffix}`, '-n', 'renewed'];
      await server.must(['annotate', ...secret('tls'), '--overwrite', `${RENEWAL}=1`]);
      const patch = JSON.stringify({ stringData: { password: 'one|of "my\\own" & more' } });
      await server.must(['patch', ...secret('login'), '-p', patch]);
      await upgrade();
      const after = await release.generated(NAME);
      expect(after.tls['tls.crt']).not.toBe(before.tls['tls.crt']);
      expect(after.ca).toEqual(before.ca);
      expect(after.login.password).toBe('one|of "my\\own" & more');
      expect(compareSync(after.login.password, after.auth.htpasswd.trim().split(':')[1])).toBe(true);
      await upgrade();
      expect(await release.generated(NAME)).toEqual(after);

      await server.must(['delete', ...secret('ca')]);
      await upgrade();
      const anew = await release.generated(NAME);
      const { leaf, ca } = certificates(anew.tls);
      expect(anew.ca['ca.crt']).not.toBe(before.ca['ca.crt']);
      expect({ same: anew.ca['ca.crt'] === anew.tls['ca.crt'], issued: leaf.verify(ca.publicKey) }).toEqual({
        same: true,
        issued: true,
      });
    });

    test('of others are left alone, and named', async () => {
      const { release, controller, install } = await prepared('foreign');
      await server.must([
        'create',
        'secret',
        'generic',
        `${NAME}-http`,
        '-n',
        'foreign',
        '--from-literal=secret=x',
      ]);
      await expect(install()).rejects.toThrow();
      expect(controller.logs).toHaveLength(1);
      expect(controller.logs[0]).toMatchObject({
        code: 1,
        stderr: `secrets/${NAME}-http exists and is not of the release first; delete it, or choose another fullnameOverride\n`,
      });
      expect(await release.texts('secret', `${NAME}-http`)).toEqual({ secret: 'x' });
    });
  });
}

describeWith('The Job that makes Secrets', [...PROGRAMS, ...CHART_PROGRAMS, 'helm4'], () => {
  let server: ApiServer;
  let hooks: Manifest[];
  let controller: JobController;
  beforeAll(async () => {
    server = await startServer();
    await server.createNamespace(NAMESPACE, STRICT);
    controller = new JobController(server, NAMESPACE);
    const helm = new Helm('helm4', server);
    const values = {
      ...JOB,
      host: 'registry.example.com',
      ingress: { enabled: true, controller: 'F5_NGINX' },
      ui: { enabled: true, login: true },
      tls: { termination: 'POD' },
    };
    const rendered = () => helm.template('first', registryChart(), { namespace: NAMESPACE, values });
    const [one, other] = [await rendered(), await rendered()];
    expect(one).toBe(other);
    hooks = parseManifests(one, 'the chart').filter(({ kind }) => KINDS.includes(kind));
    for (const { body } of hooks.filter(({ body }) => 'helm.sh/hook' in annotationsOf(body)))
      await server.must(['apply', '--server-side', '--validate=strict', '-f', '-'], {
        input: JSON.stringify(body),
      });
  });
  afterAll(() => server?.machine.stop());

  const live = async (suffix: string): Promise<LiveObject> =>
    JSON.parse(await server.must(['get', 'secret', `${NAME}-${suffix}`, '-n', NAMESPACE, '-o', 'json']));

  test('is admitted where pods are restricted', async () => {
    const pods = hooks
      .filter(({ kind }) => kind === 'Job')
      .map(({ body }) => ({ ...body, apiVersion: 'apps/v1', kind: 'Deployment' }));
    expect(await admitPods(server, asManifests(...pods))).toEqual({ [NAMESPACE]: 'restricted' });
  });

  test('makes one of each when it runs three times at once', async () => {
    const ran = await Promise.all([1, 2, 3].map(() => controller.runOnce()));
    expect(ran.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      ran.map(() => ({ code: 0, stderr: '' })),
    );
    const created = ran.flatMap(({ stdout }) => stdout.match(/^secrets\/\S+ is created$/gm) ?? []).sort();
    expect(created).toEqual(
      [...SUFFIXES, 'ui-auth'].map((suffix) => `secrets/${NAME}-${suffix} is created`).sort(),
    );
    const text = ({ data }: LiveObject, key: string) => Buffer.from(data?.[key] ?? '', 'base64').toString();
    const password = text(await live('login'), 'password');
    const ca = text(await live('ca'), 'ca.crt');
    for (const suffix of ['auth', 'ui-auth'])
      expect(
        compareSync(
          password,
          text(await live(suffix), 'htpasswd')
            .trim()
            .split(':')[1],
        ),
      ).toBe(true);
    expect(text(await live('tls'), 'ca.crt')).toBe(ca);
    expect((await live('ui-auth')).type).toBe('nginx.org/htpasswd');
  });

  test('may do nothing else', async () => {
    const account = `system:serviceaccount:${NAMESPACE}:${NAME}-secrets`;
    const may = async (...what: string[]) =>
      (await server.kubectl(['auth', 'can-i', ...what, '-n', NAMESPACE, `--as=${account}`])).stdout.trim();
    expect({
      create: await may('create', 'secrets'),
      own: await may('get', `secrets/${NAME}-ca`),
      changeTls: await may('patch', `secrets/${NAME}-tls`),
      changeCa: await may('patch', `secrets/${NAME}-ca`),
      changeHttp: await may('patch', `secrets/${NAME}-http`),
      others: await may('get', 'secrets/others'),
      list: await may('list', 'secrets'),
      delete: await may('delete', `secrets/${NAME}-tls`),
      restart: await may('patch', `deployments/${NAME}`),
      restartOthers: await may('patch', 'deployments/others'),
    }).toEqual({
      create: 'yes',
      own: 'yes',
      changeTls: 'yes',
      changeCa: 'no',
      changeHttp: 'no',
      others: 'no',
      list: 'no',
      delete: 'no',
      restart: 'yes',
      restartOthers: 'no',
    });
  });

  test('makes what the registry starts with', async () => {
    const suffixes = ['auth', 'http', 'tls', 'login'];
    const made = (await Promise.all(suffixes.map(live))).map(({ metadata: { name }, type, data }) => ({
      ...{ apiVersion: 'v1', kind: 'Secret', type, data },
      metadata: { name, namespace: NAMESPACE },
    }));
    const values = { ...JOB, host: 'registry.example.com' };
    const running = await runChart('helm4', {
      values,
      edit: (all) => [...all.filter(({ kind, body }) => !isHook(kind, body)), ...asManifests(...made)],
    });
    try {
      const { client, user } = running;
      expect(user.name).toBe('admin');
      expect((await client.request('/v2/')).status).toBe(401);
      expect((await client.request('/v2/', { user })).status).toBe(200);
      const { code, logs } = await running.runner.runToEnd(`${NAME}-test`);
      expect({ code, logs }).toMatchObject({ code: 0 });
    } finally {
      await running.close();
    }
  });
});

const KINDS = ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap', 'Job'];

function annotationsOf(body: object): Readonly<Record<string, string>> {
  return (body as { metadata: { annotations?: Record<string, string> } }).metadata.annotations ?? {};
}

function isHook(kind: string, body: object): boolean {
  return KINDS.includes(kind) && 'helm.sh/hook' in annotationsOf(body);
}
