// Storage that the policy complains of, and why it may; volumes of several registries. All other kinds are in
// test/every-registry.test.ts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { AzureCredentials, LocalStore, Registry, RegistryApp, StorageBackend } from '../../lib';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { objectsOf } from '../catalogue/kind';
import { on } from '../catalogue/storage';
import { newFolder } from '../support/folder';
import { manifestsIn, newChart } from '../support/synth';

const CLIENT = {
  tenantId: '12345678-90ab-cdef-1234-567890abcdef',
  clientId: 'abcdef12-90ab-cdef-1234-567890abcdef',
};
const AZURE = { accountName: 'images', container: 'registry' };

test('an application of Azure: its type and its two ids are no secrets, whatever their variables are called', () => {
  const credentials = AzureCredentials.clientSecret(CLIENT, 'abc8Q~xyz_1-2.3');
  const objects = objectsOf(on(StorageBackend.azure({ ...AZURE, credentials })));
  expect(schemaProblems(objects)).toEqual([]);
  expect(policyProblems(objects)).toEqual(
    ['TYPE', 'TENANTID', 'CLIENTID'].map(
      (name) =>
        `Deployment/registry container registry: env REGISTRY_STORAGE_AZURE_CREDENTIALS_${name} holds a literal: write secretKeyRef [env-secret]`,
    ),
  );
});

test('a folder of a node that is given away: root in one container, with one capability', () => {
  const objects = objectsOf(on(StorageBackend.hostPath({ path: '/srv/registry', fixOwner: true })));
  expect(schemaProblems(objects)).toEqual([]);
  const problems = policyProblems(objects);
  expect(
    problems.filter((problem) => !problem.startsWith('Deployment/registry init container fix-owner: ')),
  ).toEqual([]);
  const rules = problems.map((problem) => /\[([a-z-]+)\]$/.exec(problem)?.[1]).sort();
  expect(rules).toEqual(['capabilities', 'run-as-non-root', 'run-as-user']);
});

test('two registries of one name in two namespaces: each volume stands with its claim', () => {
  // GIVEN
  const folder = newFolder();
  const app = new RegistryApp({ outdir: path.join(folder, 'dist') });
  new LocalStore({ directory: path.join(folder, 'store') }).useIn(app);
  for (const namespace of ['team-a', 'team-b']) {
    const backend = StorageBackend.hostPath({ path: `/srv/${namespace}` });
    new Registry(new Chart(app, namespace, { namespace }), 'registry', { storage: { backend } });
  }

  // WHEN
  app.synth();

  // THEN
  expect(
    fs
      .readdirSync(path.join(folder, 'dist'))
      .filter((name) => name.includes('-300-') || name.startsWith('300-')),
  ).toEqual(['300-team-a-registry-deployment.yaml', '300-team-b-registry-deployment.yaml']);
  const text = fs.readFileSync(path.join(folder, 'dist/300-team-a-registry-deployment.yaml'), 'utf8');
  const kinds = [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
  expect(kinds).toEqual([
    'ConfigMap',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'NetworkPolicy',
    'Deployment',
  ]);
});

test('two registries whose namespaces and names are joined to one text have two volumes', () => {
  const names = [
    ['a-b', 'c'],
    ['a', 'b-c'],
  ].map(([namespace, name]) => {
    const chart = newChart(undefined, { namespace });
    const backend = StorageBackend.hostPath({ path: '/srv/registry' });
    new Registry(chart, 'registry', { name, storage: { backend } });
    return manifestsIn(chart).find(({ kind }) => kind === 'PersistentVolume')?.metadata.name;
  });
  expect(names).toEqual(['a-b.c', 'a.b-c']);
});

test('two volumes of one name are an error, also in two namespaces', () => {
  const folder = newFolder();
  const app = new RegistryApp({ outdir: path.join(folder, 'dist') });
  new LocalStore({ directory: path.join(folder, 'store') }).useIn(app);
  for (const namespace of ['team-a', 'team-b']) {
    const backend = StorageBackend.hostPath({ path: '/srv/registry', volumeName: 'images' });
    new Registry(new Chart(app, namespace, { namespace }), 'registry', { storage: { backend } });
  }
  expect(() => app.synth()).toThrow(
    'name: team-a and team-b each define PersistentVolume "images"; give each its own name or namespace',
  );
});
