// Real clients at one host, where everybody pulls what is public and users push what is theirs: skopeo, regctl,
// both Helms and containerd, with registry 2.8 and 3.x behind the front.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { Subject } from '../../lib/front/subject';
import { describeWith, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { CLIENTS, run, skopeo, USERS } from './clients';
import { RunningFront } from './running-front';

const ACCESS = RegistryAccess.rules([
  AccessRule.pull('public/**').toEveryone(),
  AccessRule.push('public/**').to(Subject.user('admin')),
  AccessRule.push('team/**').to(Subject.user('alice')),
  AccessRule.remove('team/**').to(Subject.user('alice')),
  AccessRule.pull('team/**').to(Subject.user('robot')),
]);

describeWith(
  'clients',
  ['nginx', 'registry2', 'registry3', 'skopeo', 'regctl', 'helm3', 'helm4', 'containerdPull'],
  () => {
    describe.each(['registry2', 'registry3'] as const)('%s', (program) => {
      const front = new RunningFront({ access: ACCESS, users: USERS, program });
      beforeAll(() => front.start());
      afterAll(() => front.stop());

      test.each(Object.entries(CLIENTS))('%s', async (_, make) => {
        const client = make(front.host);
        expect(await client.push('admin', 'public/app')).toBeDefined();
        expect(await client.pull(undefined, 'public/app')).toBeDefined();
        expect(await client.pull('robot', 'public/app')).toBeDefined();
        expect(await client.push(undefined, 'public/app')).toBeUndefined();
        expect(await client.push('alice', 'team/app')).toBeDefined();
        expect(await client.push('robot', 'team/app')).toBeUndefined();
        expect(await client.push('alice', 'public/app')).toBeUndefined();
        expect(await client.pull('robot', 'team/app')).toBeDefined();
        expect(await client.pull(undefined, 'team/app')).toBeUndefined();
        expect(await client.pull('alice', 'team/app', 'wrong')).toBeUndefined();
      });

      test('containerd', async () => {
        const image = (repository: string) => `${front.host}/${repository}:v1`;
        await skopeo(front.host).push('admin', 'public/c');
        await skopeo(front.host).push('alice', 'team/c');
        const folder = newFolder();
        mkdirSync(join(folder, front.host));
        writeFileSync(join(folder, front.host, 'hosts.toml'), `server = "${front.url}"\n`);
        const pull = (...words: string[]) =>
          run(pathOf('containerdPull'), [folder, ...(words.length === 1 ? [...words, '', ''] : words)]);
        expect(await pull(image('public/c'))).toMatch(/^sha256:/);
        expect(await pull(image('team/c'), 'robot', USERS.robot)).toMatch(/^sha256:/);
        expect(await pull(image('team/c'))).toBeUndefined();
        expect(await pull(image('team/c'), 'robot', 'wrong')).toBeUndefined();
      });
    });
  },
);
