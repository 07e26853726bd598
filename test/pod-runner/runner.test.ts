// The runner itself, without any program: it takes manifests as the API server would, and refuses what it
// does not understand instead of passing over it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IngressNginx } from '../../tools/pod-runner/ingress-nginx';
import type { Machine } from '../../tools/pod-runner/machine';
import {
  checkManifests,
  type Manifest,
  Objects,
  parseManifests,
  readManifests,
} from '../../tools/pod-runner/manifests';
import type { Services } from '../../tools/pod-runner/services';
import { DEFAULT_APP, synthesize } from '../e2e/scenario';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: registry }\n';
const secret = (body: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: s, namespace: registry }\n${body}`;
const parse = (...documents: string[]) =>
  checkManifests(parseManifests(documents.join('\n---\n'), 'test.yaml'));

describe('reading a folder of manifests', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runner-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('takes YAML files in the order of their names and leaves others alone', () => {
    writeFileSync(join(folder, '100.yaml'), `${secret('')}\n---\n`);
    writeFileSync(join(folder, '000.yaml'), NAMESPACE);
    writeFileSync(join(folder, 'NOTES.txt'), 'not: [yaml');
    expect(readManifests(folder).map(({ kind }) => kind)).toEqual(['Namespace', 'Secret']);
  });

  test('refuses an object before its namespace, and an object twice', () => {
    expect(() => parse(secret(''), NAMESPACE)).toThrow('Secret registry/s comes before its namespace');
    expect(() => parse(NAMESPACE, secret(''), secret(''))).toThrow('Secret registry/s appears twice');
  });

  test('merges stringData over data', () => {
    const objects = new Objects(
      parse(NAMESPACE, secret('data: { a: b2xk, b: b2xk }\nstringData: { b: new }')),
    );
    expect([...objects.data('Secret', 's')].map(([key, value]) => `${key}=${value}`)).toEqual([
      'a=old',
      'b=new',
    ]);
  });

  test('refuses kinds, fields and types that it does not understand', () => {
    const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: j }\n';
    expect(() => new Objects(parse(job))).toThrow('the runner does not understand Job j');
    const decode = (body: string) => () => new Objects(parse(NAMESPACE, secret(body))).all('Secret');
    expect(decode('strngData: { a: b }')).toThrow(
      'Secret s.strngData: the runner does not understand this field',
    );
    expect(decode('stringData: { a: off }')).toThrow('Secret s.stringData.a: expected a string, got false'); // YAML 1.1
  });
});

describe('the default app', () => {
  let folder: string;
  let manifests: Manifest[];
  beforeAll(() => {
    ({ folder, manifests } = synthesize(DEFAULT_APP));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The object of the default app with one more or other value at a path. */
  function planted(kind: string, path: readonly (string | number)[], value: unknown): Objects {
    const copies = structuredClone(manifests);
    let target = copies.find((manifest) => manifest.kind === kind)?.body as Record<string | number, unknown>;
    for (const step of path.slice(0, -1)) target = target[step] as Record<string | number, unknown>;
    target[path[path.length - 1]] = value;
    return new Objects(copies);
  }
  const POD = ['spec', 'template', 'spec'] as const;
  const CONTAINER = [...POD, 'containers', 0] as const;

  test('is understood as it is', () => {
    const objects = new Objects(manifests);
    expect(objects.one('Deployment', 'registry').spec.replicas).toBe(1);
    expect(objects.all('Service').map(({ metadata }) => metadata.name)).toEqual(['registry', 'registry-ui']);
    expect(objects.all('PersistentVolumeClaim')[0].spec.resources.requests.storage).toBe(10 * 2 ** 30);
  });

  test.each<[string, readonly (string | number)[], unknown]>([
    ['host network', [...POD, 'hostNetwork'], true],
    ['service links', [...POD, 'enableServiceLinks'], true],
    ['a mount by subPath', [...CONTAINER, 'volumeMounts', 0, 'subPath'], 'config.yml'],
    ['a writable root', [...CONTAINER, 'securityContext', 'readOnlyRootFilesystem'], false],
    ['a privileged container', [...CONTAINER, 'securityContext', 'privileged'], true],
    ['a capability', [...CONTAINER, 'securityContext', 'capabilities', 'add'], ['NET_ADMIN']],
    ['a host path', [...POD, 'volumes', 0, 'hostPath'], { path: '/' }],
    ['a misspelt probe', [...CONTAINER, 'readynessProbe'], {}],
  ])('is refused with %s', (_, path, value) => {
    expect(() => planted('Deployment', path, value).all('Deployment')).toThrow(
      /^Deployment registry\.spec\.template/,
    );
  });

  test.each([
    [
      'nginx.ingress.kubernetes.io/proxy-bodysize',
      '0',
      'annotation nginx.ingress.kubernetes.io/proxy-bodysize is not understood',
    ],
    ['haproxy.org/timeout-client', '900s', 'annotation haproxy.org/timeout-client is not understood'],
    ['nginx.ingress.kubernetes.io/proxy-body-size', '0; }', 'cannot be "0; }"'],
    ['nginx.ingress.kubernetes.io/backend-protocol', 'GRPC', 'backend-protocol GRPC is not understood'],
    ['nginx.ingress.kubernetes.io/auth-type', 'digest', 'its login is not understood'],
  ])('is refused with the annotation %s: %s', (annotation, value, message) => {
    const objects = planted('Ingress', ['metadata', 'annotations', annotation], value);
    expect(() => configuration(objects)).toThrow(message);
  });

  test('gets its settings, or the controller’s defaults, into nginx', () => {
    const written = configuration(new Objects(manifests));
    const [, registry, ui] =
      /location \/ \{(.*?)\}.*?location = \/ui \{(.*?)\}/s.exec(written.slice(written.indexOf('443'))) ?? [];
    expect(registry).toMatch(/client_max_body_size 0;\s+proxy_request_buffering off;/);
    expect(registry).toContain('proxy_read_timeout 900s; proxy_send_timeout 900s;');
    expect(ui).toMatch(/client_max_body_size 1m;\s+proxy_request_buffering on;/);
    expect(ui).toContain('proxy_read_timeout 60s; proxy_send_timeout 60s;');
  });

  function configuration(objects: Objects): string {
    const machine = { addHost: () => undefined } as unknown as Machine;
    const services = { address: () => ({ ip: '10.96.0.1', port: 5000 }) } as unknown as Services;
    return new IngressNginx(machine, services)
      .configuration(objects.all('Ingress'), objects, folder)
      .join('\n');
  }
});
