// What the schema check finds and lets pass beyond the planted faults: every place of every kind, free-form
// maps, objects that are not Kubernetes objects at all.
import { MODELS, type Model, schemaProblems } from '../../tools/policy/schema';
import { wideSet } from './wide-set';

type Node = Record<string, unknown>;

/** The maps in which the API lets the author choose the keys. */
const FREE_FORM = [
  'annotations',
  'capacity',
  'data',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'requests',
  'selector',
];

/** Every object inside another, with its path and whether its keys are free. */
function nodes(value: unknown, path: readonly string[] = []): { node: Node; path: string; free: boolean }[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const inside = Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    nodes(child, [...path, key]),
  );
  const key = path.at(-1) ?? '';
  const free = FREE_FORM.includes(key) && !('matchLabels' in value);
  return Array.isArray(value) ? inside : [{ node: value as Node, path: path.join('.'), free }, ...inside];
}

describe.each(wideSet().map((object) => [`${object.kind}/${object.metadata.name}`, object] as const))(
  '%s',
  (_, object) => {
    test('lets no unknown field pass, at any place', () => {
      const missed = nodes(object).filter(({ node, free }) => {
        node.notAField = '1';
        const found = schemaProblems([object]).some((problem) =>
          problem.includes('notAField is not a field of the API [unknown-field]'),
        );
        delete node.notAField;
        return found === free;
      });
      expect(missed.map(({ path }) => path)).toEqual([]);
    });

    test('takes any key in its free-form maps', () => {
      for (const { node } of nodes(object).filter(({ free }) => free)) {
        node['example.com/any'] = node.name = '1';
      }
      const encoded = object.kind === 'Secret' ? { ...object, data: { any: 'MQ==' } } : object;
      expect(schemaProblems([encoded])).toEqual([]);
    });
  },
);

test('the wide set holds every kind of the allow-list', () => {
  const kinds = new Set(wideSet().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
  expect(
    MODELS.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`).filter((kind) => !kinds.has(kind)),
  ).toEqual([]);
});

test('what is not an object is a problem', () => {
  expect(schemaProblems([undefined, null, 'text', []])).toEqual(
    [0, 1, 2, 3].map((index) => `object ${index}: must be an object [object]`),
  );
});

test('an object without kind or name is a problem', () => {
  expect(schemaProblems([{}])).toEqual([
    'undefined/undefined: apiVersion undefined with kind undefined is not on the allow-list [api-version]',
  ]);
  expect(schemaProblems([{ apiVersion: 'v1', kind: 'Secret' }])).toEqual([
    'Secret/undefined: metadata.name must be a string that is not empty [schema]',
  ]);
});

test('names the place, in lists too', () => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x' },
    spec: { containers: [{ name: 'a' }, { name: 'b', env: [{ name: 'A', valeu: '1' }] }] },
  };
  expect(schemaProblems([pod])).toEqual([
    'Pod/x: spec.containers[1].env[0].valeu is not a field of the API [unknown-field]',
  ]);
});

test('a wrong type is reported once, without its content', () => {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x' },
    data: { 'config.yml': { version: 0.1 } },
  };
  expect(schemaProblems([map])).toEqual(['ConfigMap/x: data.config.yml must be string [schema]']);
});

test('an object that stands in two places is judged at each of them', () => {
  const shared = { name: 'x', key: 'y' };
  const env = { name: 'A', valueFrom: { secretKeyRef: shared } };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'x' },
    spec: {
      containers: [
        {
          name: 'a',
          env: [env],
          ports: [{ containerPort: 1, ...shared }],
          lifecycle: { preStop: { exec: shared } },
        },
      ],
    },
  };
  expect(schemaProblems([pod])).toEqual([
    'Pod/x: spec.containers[0].ports[0].key is not a field of the API [unknown-field]',
    'Pod/x: spec.containers[0].lifecycle.preStop.exec.name is not a field of the API [unknown-field]',
    'Pod/x: spec.containers[0].lifecycle.preStop.exec.key is not a field of the API [unknown-field]',
  ]);
});

test('frozen objects are fine', () => {
  const map = Object.freeze({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: Object.freeze({ name: 'x' }),
    data: Object.freeze({ a: 'b' }),
  });
  expect(schemaProblems([map])).toEqual([]);
});

test('a model of a custom resource joins by the second argument, and its open parts stay open', () => {
  const widget: Model = {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    prototype: {
      // As a generated validator does: it asks for the fields it knows and leaves `open` alone.
      validate(this: {
        apiVersion?: string;
        kind?: string;
        metadata?: { name?: string };
        open?: object;
      }): void {
        void [this.apiVersion, this.kind, this.metadata?.name, this.open];
      },
    },
  };
  const object = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'x' }, open: { any: 1 } };
  expect(schemaProblems([object])).toHaveLength(1);
  expect(schemaProblems([object], [...MODELS, widget])).toEqual([]);
  expect(schemaProblems([{ ...object, closed: 1 }], [widget])).toEqual([
    'Widget/x: closed is not a field of the API [unknown-field]',
  ]);
});
