// The pod of a copy between two registries as the CronJob has it: from a volume, through access rules, to a bucket, with
// TLS and a login of each. What is copied is in test/maintenance/copy.
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { RegistryClient } from './clients/registry-client';
import { adminIn, asManifests, changed, deploy, type Scenario } from './scenario';
import { endpointOf, S3Server } from './servers/s3-server';
import { ISSUER, KINDS, REALM, SERVICE, TokenService } from './servers/token-service';

/** Passwords and tokens, as text and in base64. */
const PRINTED = /the-builder|dGhlLWJ1aWxkZXI|Ym9iOn|eyJ|Bearer |Basic /;

describeWith(
  'a move from a volume to a bucket',
  [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo', 'moto', 'regbot', 'regsync'],
  () => {
    let scenario: Scenario | undefined;
    afterAll(() => scenario?.close());

    test('copies while images are pulled, and says what refuses it', async () => {
      let server: S3Server | undefined;
      scenario = await deploy('test/e2e/apps/copy.ts', {
        settings: { ENDPOINT: endpointOf(false) },
        prepare: async (runner) => {
          server = await S3Server.start(runner.machine, 'images');
          await runner.run('old');
        },
      });
      const { runner, manifests, client, admin } = scenario;
      const at = (name: string) => runner.services.address('registry', name);
      for (const name of ['registry', 'old']) runner.machine.addHost(name, at(name).ip);
      runner.machine.addHost('old.example.com', at('old').externalIp ?? at('old').ip);
      const ca = runner.objects.data('Secret', 'old-tls').get('ca.crt') as Buffer;
      const old = new RegistryClient(runner.machine, 'old.example.com', ca);
      // The notes name the registry first, then the old one.
      const after = scenario.notes.slice(scenario.notes.indexOf('old.example.com'));
      const user = adminIn({ notes: after, folder: scenario.folder });
      await old.login(user);
      const digests = new Map<string, string>();
      for (const name of ['team/app:1', 'team/web:2']) {
        const image = buildImage(old.path('image'), [200_000, 1_000]);
        expect(await old.push(image.folder, name)).toMatchObject({ code: 0 });
        digests.set(name, image.digest);
      }
      // Pulls go on at the old one.
      const job = runner.runJobOf('registry-copy');
      const pulls: number[] = [];
      let ended = false;
      void job.finally(() => {
        ended = true;
      });
      while (!ended) pulls.push((await old.manifest('team/app', '1', user)).status);
      const { code, logs } = await job;
      expect({ code, logs }).toMatchObject({ code: 0 });
      expect(logs).toMatch(/"repositories":2,"tags":2,"copied":2,"same":0,"kept":0,"moved":0/);
      expect(new Set(pulls)).toEqual(new Set([200]));
      await client.login(admin);
      for (const [name, digest] of digests) {
        const [repository = '', tag = ''] = name.split(':');
        const { status, headers } = await client.manifest(repository, tag, admin);
        expect({ status, digest: headers.get('docker-content-digest') }).toEqual({ status: 200, digest });
      }
      expect((await server?.keys())?.some((key) => key.includes('/repositories/team/web/'))).toBe(true);

      const wrong = Buffer.from(Buffer.from('mover:wrong').toString('base64')).toString('base64');
      runner.apply(
        changed(manifests, 'Secret', 'registry-copy-source', ({ data }) => {
          data.login = wrong;
        }),
      );
      const refused = await runner.runJobOf('registry-copy');
      expect(refused.code).not.toBe(0);
      expect(refused.logs).toMatch(/FAILED: .*unauthorized/);
    });
  },
);

describeWith(
  'a copy from a registry with tokens',
  [...POD_PROGRAMS, 'registry3', 'skopeo', 'regbot', 'regsync'],
  () => {
    let scenario: Scenario | undefined;
    afterAll(() => scenario?.close());

    test('gets a token as a user who may pull, from a service with the same CA', async () => {
      const { publicKey, privateKey } = KINDS.EdDSA();
      const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'it' }] });
      const login = (name: string, password: string) => {
        const auth = Buffer.from(`${name}:${password}`).toString('base64');
        const text = JSON.stringify({
          auths: { 'registry.example.com': { username: name, password, auth } },
        });
        return asManifests({
          apiVersion: 'v1',
          kind: 'Secret',
          type: 'kubernetes.io/dockerconfigjson',
          metadata: { name: 'bob', namespace: 'registry' },
          data: { '.dockerconfigjson': Buffer.from(text).toString('base64') },
        });
      };
      const alice = { name: 'alice', password: 'from-wonderland' };
      scenario = await deploy('test/e2e/apps/tokens.ts', {
        settings: {
          COPY: 'yes',
          IMAGE: 'registry:3.1.1',
          TOKEN: JSON.stringify({ realm: REALM, service: SERVICE, issuer: ISSUER, jwks }),
        },
        edit: (given) => [...given, ...login('bob', 'the-builder')],
        user: alice,
        prepare: async ({ machine, objects }) => {
          const secret = objects.data('Secret', 'registry-tls');
          const certificate = {
            certificate: String(secret.get('tls.crt')),
            certificateKey: String(secret.get('tls.key')),
          };
          const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
          await TokenService.start(machine, certificate, 'EdDSA', { privateKey: pem, id: 'it' });
        },
      });
      const { runner, client, manifests } = scenario;
      const pod = await runner.run('copied');
      runner.machine.addHost('copied', runner.services.address('registry', 'copied').ip);
      await client.login(alice);
      const image = buildImage(client.path('image'), [200_000, 1_000]);
      expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
      const { code, logs } = await runner.runJobOf('copied-copy');
      expect({ code, logs }).toMatchObject({ code: 0 });
      expect(logs).toMatch(/"repositories":1,"tags":1,"copied":1/);
      expect(logs).not.toMatch(PRINTED);
      const accept = 'Accept: application/vnd.oci.image.manifest.v1+json';
      const head = () =>
        runner.machine.must(['curl', '-sSI', '-H', accept, 'http://copied:5000/v2/team/app/manifests/1']);
      expect((await head()).toLowerCase()).toContain(`docker-content-digest: ${image.digest}`);

      // docs/operations/backup.md: an archive of the volume, the loss of all of it, and the archive again.
      const inPod = async (command: string) =>
        expect(await pod.exec('sh', '-c', command)).toMatchObject({ code: 0 });
      await inPod('tar -c -C /var/lib/registry docker > /var/lib/registry/registry.tar');
      await inPod('rm -r /var/lib/registry/docker');
      expect(await head()).toContain('404');
      await inPod('tar -x -C /var/lib/registry < /var/lib/registry/registry.tar');
      expect((await head()).toLowerCase()).toContain(`docker-content-digest: ${image.digest}`);
      const again = await runner.runJobOf('copied-copy');
      expect(again.logs).toMatch(/"tags":1,"copied":0,"same":1/);
      expect(again.code).toBe(0);

      runner.apply([...manifests.filter(({ name }) => name !== 'bob'), ...login('bob', 'wrong')]);
      const refused = await runner.runJobOf('copied-copy');
      expect(refused.code).not.toBe(0);
      expect(refused.logs).toMatch(/FAILED: .*(unauthorized|401)/);
      expect(refused.logs).not.toMatch(PRINTED);
    });
  },
);
