// The verification's pod beside the registry that it verifies: what it says where all is well, and of each fault.
import { MACHINE_IP } from '../../tools/pod-runner/machine';
import { type Manifest, Objects } from '../../tools/pod-runner/manifests';
import { Nginx } from '../../tools/pod-runner/nginx';
import { describeWith, POD_PROGRAMS, type Program } from '../../tools/programs';
import { issue } from '../support/certificates';
import { asManifests, changed, deploy, type Scenario, type ScenarioOptions } from './scenario';

const APP = 'test/e2e/apps/verification.ts';
const HOST = 'registry.example.com';
const PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'registry3', 'nginx'];
/** What is not asked for: who logs in is the verification. */
const NOBODY = { user: { name: '', password: '' }, ca: Buffer.from('') };

interface Verified {
  /** The lines of the log: what was checked, and how it ended. */
  readonly lines: string[];
  readonly failed: string[];
}

async function verify({ runner }: Scenario): Promise<Verified> {
  const { code, logs } = await runner.runJobOf('registry-verification');
  const lines = logs.trim().split('\n');
  const failed = lines.filter((line) => line.startsWith('FAILED'));
  expect(lines.at(-1)).toBe(
    failed.length > 0 ? `${failed.length} of the checks failed.` : 'The registry works.',
  );
  expect(code).toBe(failed.length > 0 ? 1 : 0);
  // Each says what to look at.
  expect(lines.filter((line) => line.startsWith('        look at: '))).toHaveLength(failed.length);
  return { lines, failed };
}

const REFUSED = [
  'ok      a pull without a login is refused',
  'ok      a push without a login is refused',
  'ok      a wrong password is refused',
];
const imagesOf = (bytes: number) => [
  'ok      push of small: 900 bytes in 2 part(s)',
  'ok      pull of small: the digest is that of the push',
  `ok      push of large: ${bytes} bytes in 1 part(s)`,
  'ok      pull of large: the digest is that of the push',
  'ok      range of a layer',
  'ok      list of tags',
];
const IMAGES = imagesOf(16 * 2 ** 20);
const LISTS = ['ok      catalog', 'ok      deletion'];
const KEPT = '-       deletion: it is off, or no access rule permits it';
const END = 'The registry works.';

describeWith('a verification of registries that work', PROGRAMS, () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());
  const verified = async (KIND: string, options: ScenarioOptions = {}) => {
    scenario = await deploy(APP, { ...NOBODY, settings: { KIND }, ...options });
    return { ...(await verify(scenario)), scenario };
  };

  test('twice: users, TLS in the pod, no deletion', async () => {
    const all = [
      'https://registry:443',
      ...REFUSED,
      'ok      login',
      ...IMAGES,
      'ok      catalog',
      KEPT,
      END,
    ];
    const { lines, scenario } = await verified('pod');
    expect(lines).toEqual(all);
    const { runner } = scenario;
    const stored = () => runner.machine.must(['find', runner.claimPath('registry'), '-type', 'f']);
    const before = (await stored()).split('\n').sort();
    expect((await verify(scenario)).lines).toEqual(all);
    // The same bytes take no more space.
    expect((await stored()).split('\n').sort()).toEqual(before);
  });

  test('access rules: everybody pulls, and only users of a team push', async () => {
    expect((await verified('rules')).lines).toEqual([
      'https://registry:443',
      'ok      a pull without a login is permitted',
      ...REFUSED.slice(1),
      'ok      login',
      ...IMAGES,
      '-       catalog: no access rule permits it',
      KEPT,
      END,
    ]);
  });

  test('a front, and its switch to read-only', async () => {
    const { lines, scenario } = await verified('front');
    const works = ['https://registry:443', ...REFUSED, 'ok      login', ...IMAGES, ...LISTS, END];
    expect(lines).toEqual(works);
    const [metadata, data] = [{ name: 'registry-read-only', namespace: 'registry' }, { readonly: '' }];
    const on = asManifests({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    scenario.runner.apply([...scenario.manifests, ...on]);
    const { lines: readOnly, failed } = await verify(scenario);
    expect(failed).toEqual(
      ['small: 900 bytes in 2 part(s)', 'large: 16777216 bytes in 1 part(s)'].map(
        (what) =>
          `FAILED  push of ${what}: status 405 (the registry is read-only at the moment) instead of 202`,
      ),
    );
    expect(readOnly).toContain(
      '        look at: whether the registry is read-only, while garbage is collected or a snapshot is cut for example: kubectl -n registry get configmap --ignore-not-found registry-read-only registry-collection registry-snapshots registry-config -o yaml',
    );
  });

  test('nothing can be pushed', async () => {
    expect((await verified('readOnly')).lines).toEqual([
      'https://registry:443',
      ...REFUSED,
      'ok      login',
      'ok      a push is refused',
      'ok      catalog',
      END,
    ]);
  });

  test('users of a token service: what needs no login', async () => {
    expect((await verified('tokens')).lines).toEqual([
      'https://registry:443',
      ...REFUSED.slice(0, 2),
      'ok      tokens are asked for: Bearer realm="https://auth.example.com/token",service="registry"',
      '-       push, pull and all else need a login',
      END,
    ]);
  });

  test('a certificate and a login of Secrets that exist', async () => {
    const { certificate, privateKey } = await issue({ hosts: [HOST] });
    const secret = (name: string, type: string, stringData: Record<string, string>) =>
      asManifests({
        ...{ apiVersion: 'v1', kind: 'Secret', type, stringData },
        metadata: { name, namespace: 'registry' },
      });
    const own = { 'tls.crt': certificate, 'tls.key': privateKey, 'ca.crt': certificate };
    const auth = (user: string, password: string) => ({
      auth: Buffer.from(`${user}:${password}`).toString('base64'),
    });
    const login = (auths: object) => {
      const config = JSON.stringify({ auths }, undefined, 1);
      return secret('login', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': config });
    };
    const lines = [`https://${HOST}, by registry:443`, ...REFUSED, 'ok      login', ...IMAGES];
    const good = { [HOST]: auth('ci', PASSWORD), 'third.example.com': {} };
    const edit = (all: Manifest[]) => [...all, ...secret('own', 'kubernetes.io/tls', own), ...login(good)];
    const { scenario, ...first } = await verified('given', { edit });
    expect(first.lines).toEqual([...lines, 'ok      catalog', KEPT, END]);
    const others = scenario.manifests.filter(({ name }) => name !== 'login');
    // The login of another registry is sent to nobody.
    scenario.runner.apply([...others, ...login({ [HOST]: {}, 'other.example.com': auth('ci', PASSWORD) })]);
    expect((await verify(scenario)).failed).toEqual([
      `FAILED  login: the docker config has no "auth" for any of: ${HOST}`,
    ]);
  });
});

describeWith('a verification of registry 2.8', [...POD_PROGRAMS, 'registry2', 'nginx'], () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());

  test('without users and TLS', async () => {
    const settings = { KIND: 'anonymous', REGISTRY_IMAGE: 'registry:2.8.3' };
    scenario = await deploy(APP, { ...NOBODY, settings });
    expect((await verify(scenario)).lines).toEqual([
      'http://registry:5000',
      '-       logins: there are none, everybody may pull and push',
      ...IMAGES,
      ...LISTS,
      END,
    ]);
  });
});

const PASSWORD = 'the password of "ci"';

describeWith('a verification of what is broken', PROGRAMS, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    const prepare: ScenarioOptions['prepare'] = (runner) => runner.limitClaim('registry', 64 * 2 ** 20);
    scenario = await deploy(APP, { ...NOBODY, settings: { KIND: 'ingress' }, prepare });
    reachable();
  });
  afterAll(() => scenario?.close());

  /** What pods reach the ingress by. */
  const reachable = () => scenario.runner.machine.addHost(HOST, MACHINE_IP);
  const serve = async (manifests: Manifest[]) => {
    scenario.runner.apply(manifests);
    await scenario.runner.ingress.serve(scenario.runner.objects);
    reachable();
  };
  const WORKS = [...REFUSED, 'ok      login', ...imagesOf(2 * 2 ** 20), ...LISTS];

  /** nginx before the registry with these lines instead of the ingress. */
  async function behind(lines: string): Promise<Verified> {
    const { runner } = scenario;
    const { ip, port } = runner.services.address('registry', 'registry');
    await runner.ingress.serve(new Objects([]));
    const nginx = new Nginx(runner.machine, 'faulty');
    await nginx.serve((folder) => [
      `server { listen 127.0.0.1:80; listen ${MACHINE_IP}:443 ssl; server_name ${HOST};
      ssl_certificate ${folder}/../ingress/registry-tls.tls.crt; ssl_certificate_key ${folder}/../ingress/registry-tls.tls.key;
      client_max_body_size 0; location / { proxy_pass http://${ip}:${port}; proxy_set_header Host $http_host; ${lines} } }`,
    ]);
    const verified = await verify(scenario);
    await nginx.stop();
    await serve(scenario.manifests);
    return verified;
  }

  test('where nothing is broken, through the ingress too', async () => {
    const works = ['http://registry:5000', ...WORKS, `https://${HOST}`, ...WORKS, END];
    expect((await verify(scenario)).lines).toEqual(works);
  });

  test('the ingress limits bodies', async () => {
    const limit = 'nginx.ingress.kubernetes.io/proxy-body-size';
    await serve(
      changed(
        scenario.manifests,
        'Ingress',
        'registry',
        ({ metadata }) => delete metadata.annotations[limit],
      ),
    );
    const { failed, lines } = await verify(scenario);
    expect(failed).toEqual(['FAILED  push of large: 2097152 bytes in 1 part(s): status 413 instead of 202']);
    // All else works.
    expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(2 * WORKS.length - 4);
    await serve(scenario.manifests);
  });

  test('a proxy takes the header Range away, sends uploads elsewhere, or redirects', async () => {
    expect((await behind('proxy_set_header Range "";')).failed).toEqual([
      'FAILED  range of a layer: the whole layer instead of a part, so a pull that is cut begins anew',
    ]);
    expect((await behind('proxy_redirect / http://other.example.com/;')).failed).toEqual(
      ['small: 900 bytes in 2 part(s)', 'large: 2097152 bytes in 1 part(s)'].map((what) =>
        expect.stringMatching(
          `^FAILED  push of ${what.replace(/[()]/g, '.')}: goes on at another address: http://other.example.com/v2/verification/blobs/uploads/[-0-9a-f]+$`,
        ),
      ),
    );
    const { failed } = await behind('return 301 https://other.example.com$request_uri;');
    expect(failed[0]).toBe('FAILED  a pull without a login: status 301 instead of 401');
    expect(failed).toContain('FAILED  login: status 301 instead of 200');
  });

  test('a damaged file', async () => {
    const { runner } = scenario;
    const found = await runner.machine.must([
      'find',
      runner.claimPath('registry'),
      '-name',
      'data',
      '-size',
      '+1M',
    ]);
    const file = found.trim();
    expect(file).toMatch(/blobs\/sha256\/[0-9a-f/]+\/data$/);
    await runner.machine.must(['sh', '-c', 'printf X | dd of="$0" bs=1 seek=5000 conv=notrunc', file]);
    const both = 'FAILED  pull of large: other bytes than were pushed';
    expect((await verify(scenario)).failed).toEqual([both, both]);
    await runner.machine.must(['rm', file]);
  });

  test('a read-only volume', async () => {
    await scenario.runner.remountClaim('registry', 'ro');
    const { failed, lines } = await verify(scenario);
    expect(failed).toHaveLength(4);
    for (const line of failed) expect(line).toMatch(/^FAILED {2}push of (small|large): .*: status 500/);
    expect(lines).toContain(
      '        look at: the storage: is it full, or away? kubectl -n registry logs deployment/registry',
    );
    await scenario.runner.remountClaim('registry', 'rw');
  });

  test('a wrong password, and the CA of somebody else', async () => {
    const { certificate } = await issue({ commonName: 'other CA' });
    const secret = (name: string, data: Record<string, string>) => (all: readonly Manifest[]) =>
      changed(all, 'Secret', name, (body) => {
        for (const [key, text] of Object.entries(data)) body.data[key] = Buffer.from(text).toString('base64');
      });
    const login = Buffer.from('admin:wrong').toString('base64');
    scenario.runner.apply(secret('registry-verification', { login })(scenario.manifests));
    const wrong = 'FAILED  login: status 401 (authentication required) instead of 200';
    expect((await verify(scenario)).failed.filter((line) => line.includes('login:'))).toEqual([wrong, wrong]);
    scenario.runner.apply(secret('registry-tls', { 'ca.crt': certificate })(scenario.manifests));
    const { failed, lines } = await verify(scenario);
    expect(failed).toEqual([expect.stringMatching(/^FAILED {2}an answer: no answer: curl: \(60\) SSL/)]);
    expect(lines).toContain(
      '        look at: the certificate at this address: its names, its end, and whether the CA that clients are given signed it',
    );
    scenario.runner.apply(scenario.manifests);
  });

  test('a registry without users, and none at all', async () => {
    const { runner } = scenario;
    runner.apply(
      changed(scenario.manifests, 'ConfigMap', 'registry-config', ({ data }) => {
        data['config.yml'] = data['config.yml'].replace(/^auth:\n( .*\n)+/m, '');
      }),
    );
    await runner.restart('registry');
    const open = [
      'FAILED  a pull without a login: status 404 instead of 401: it is permitted',
      'FAILED  a push without a login: status 202 instead of 401: it is permitted',
      'FAILED  a wrong password: status 404 instead of 401: it is permitted',
    ];
    const { failed } = await verify(scenario);
    const statuses = failed.map((line) => line.replace(/status 200/, 'status 404'));
    expect(statuses).toEqual([...open, ...open]);
    await runner.stop('registry');
    expect((await verify(scenario)).failed).toEqual([
      expect.stringMatching(/^FAILED {2}an answer: no answer: curl: /),
      expect.stringMatching(/^FAILED {2}a pull without a login: status 502/),
      ...Array(6).fill(expect.stringContaining('status 502')),
    ]);
  });
});
