// The example own-chart with Helm 3 and 4: its README's commands on an API server, and what two releases with
// two values files have in common, which is nothing.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { describeWith } from '../../tools/programs';
import { blocksIn, readPage } from '../support/page';
import { ROOT } from '../support/project';
import { helmsOrOnly } from './helm';
import { Reader } from './reader';

const COMMANDS = blocksIn(readPage('examples/own-chart/README.md'), 'sh');
const KINDS = 'deployments,services,configmaps,secrets,ingresses';

for (const [program, title] of helmsOrOnly('helm3')) {
  describeWith(`The example own-chart with ${title}`, [...API_PROGRAMS, program], () => {
    let machine: Machine | undefined;
    let server: ApiServer;
    let reader: Reader;
    let printed: string;
    beforeAll(async () => {
      machine = await Machine.start();
      server = await ApiServer.start(machine);
      reader = new Reader(server, program);
      const clone = machine.makeFolder('reader', 'page');
      for (const name of ['examples', 'lib', 'node_modules', 'imports', 'package.json'])
        symlinkSync(join(ROOT, name), join(clone, name));
      const node = `node() { '${process.execPath}' "$@"; }\n`;
      printed = (await reader.must('page', node + COMMANDS.join(''))).stdout;
    });
    afterAll(() => machine?.stop());

    const objects = async (release: string): Promise<any[]> => {
      const selector = `app.kubernetes.io/instance=${release}`;
      return JSON.parse(await server.must(['get', KINDS, '-n', 'shop', '-l', selector, '-o', 'json'])).items;
    };
    const names = async (release: string) =>
      (await objects(release)).map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
    const one = async (release: string, kind: string) =>
      (await objects(release)).find((object) => object.kind === kind);

    test('the chart is linted strictly, and its notes are printed', () => {
      expect(printed).toContain('1 chart(s) linted, 0 chart(s) failed');
      const [production, staging] = printed.split(/^NOTES:\n/m).slice(1);
      expect(production).toContain(
        'https://shop.example.org/ is the shop.\n\nTo see it without an Ingress:\n',
      );
      expect(staging).toMatch(/^To see it without an Ingress:\n/);
      expect(staging).toContain('  kubectl port-forward -n shop service/staging-shop-web 8080\n');
    });

    test('two releases are side by side in one namespace', async () => {
      expect(await names('shop')).toEqual([
        'ConfigMap/shop-config',
        'Deployment/shop-web',
        'Ingress/shop-web',
        'Secret/shop-session',
        'Service/shop-web',
      ]);
      expect(await names('staging')).toEqual([
        'ConfigMap/staging-shop-config',
        'Deployment/staging-shop-web',
        'Secret/staging-shop-session',
        'Service/staging-shop-web',
      ]);
    });

    test.each(['shop', 'staging'])(
      'the Service of %s selects the pods of its own release',
      async (release) => {
        const { selector } = (await one(release, 'Service')).spec;
        const pods = async (of: string) => (await one(of, 'Deployment')).spec.template.metadata.labels;
        const other = release === 'shop' ? 'staging' : 'shop';
        expect(await pods(release)).toMatchObject(selector);
        expect(await pods(other)).not.toMatchObject(selector);
      },
    );

    test('each has its own values', async () => {
      const config = async (release: string) => (await one(release, 'ConfigMap')).data['shop.yml'];
      expect(await config('shop')).toBe(
        'listen: 8080\nlog:\n  level: error\npublicUrl: https://shop.example.org/\ninternalUrl: http://shop-web.shop.svc:8080/\n',
      );
      expect(await config('staging')).toBe(
        'listen: 8080\nlog:\n  level: debug\npublicUrl: https://shop.example.com/\ninternalUrl: http://staging-shop-web.shop.svc:8080/\n',
      );
      const { replicas, template } = (await one('shop', 'Deployment')).spec;
      expect({ replicas, pulls: template.spec.imagePullSecrets }).toEqual({
        replicas: 4,
        pulls: [{ name: 'registry-pull' }, { name: 'mirror-pull' }],
      });
      const [container] = template.spec.containers;
      expect(container.image).toBe('registry.example.com/shop/web:1.0');
      expect(container.resources).toEqual({
        limits: { cpu: '1', memory: '1Gi' },
        requests: { cpu: '50m', memory: '64Mi' },
      });
    });

    test('each has its own generated key', async () => {
      const key = async (release: string) => (await one(release, 'Secret')).data.key;
      expect(Buffer.from(await key('shop'), 'base64').toString()).toMatch(/^[A-Za-z0-9]{32}$/);
      expect(await key('shop')).not.toBe(await key('staging'));
    });
  });
}
