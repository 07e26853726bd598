// Rings of caches in apps with thousands of them: the work grows with their number, and not with its cube.
import { Construct } from 'constructs';
import { checkRing, type RingedCache } from '../../lib/caches/ring';
import { Check } from '../../lib/core/check';
import { problemsOf } from '../../lib/core/problem';
import { newChart } from '../support/synth';

class Cache extends Construct implements RingedCache {
  public static asked = 0;
  public readonly namespace = 'registry';
  public readonly objectName: string;

  constructor(
    scope: Construct,
    id: string,
    public readonly upstreamUrl: string,
  ) {
    super(scope, id);
    this.objectName = id;
    checkRing(new Check(this), this, () =>
      scope.node.findAll().filter((one): one is Cache => one instanceof Cache),
    );
  }

  public get _addresses(): string[] {
    Cache.asked += 1;
    return [`${this.objectName}:5000`, `${this.objectName}.registry.svc:5000`];
  }
}

const COUNT = 2000;
const urlOf = (id: string) => `http://${id}:5000`;
const problems = (scope: Construct) =>
  scope.node.findAll().flatMap((one) => problemsOf(one).map((problem) => [one.node.id, problem]));

/** Each fetches from the next one; the last one from `end`. */
function chainOf(scope: Construct, end: string) {
  for (let index = 0; index < COUNT; index++)
    new Cache(scope, `c${index}`, urlOf(index === COUNT - 1 ? end : `c${index + 1}`));
}

test('a chain of 2,000 is walked once, and each is asked for its addresses once', () => {
  const chart = newChart();
  chainOf(chart, 'elsewhere');
  Cache.asked = 0;
  const started = process.cpuUsage();
  expect(problems(chart)).toEqual([]);
  const { user } = process.cpuUsage(started);
  // A validation asks for each problem twice, as data and as a sentence.
  expect(Cache.asked).toBeLessThanOrEqual(2 * COUNT);
  expect(user).toBeLessThan(3_000_000);
});

test('a chain of 2,000 that leads to a ring of three is not of the ring', () => {
  const chart = newChart();
  chainOf(chart, 'x');
  for (const [id, next] of [
    ['x', 'y'],
    ['y', 'z'],
    ['z', 'x'],
  ] as const)
    new Cache(chart, id, urlOf(next));
  expect(problems(chart)).toEqual(
    ['x, y, z', 'y, z, x', 'z, x, y'].map((caches) => [
      caches[0],
      expect.objectContaining({
        code: 'caches-in-a-ring',
        details: { caches },
      }),
    ]),
  );
});

test('what is added or removed after a validation counts in the next one', () => {
  const chart = newChart();
  new Cache(chart, 'a', urlOf('b'));
  expect(problems(chart)).toEqual([]);
  new Cache(chart, 'b', urlOf('c'));
  new Cache(chart, 'c', urlOf('a'));
  expect(problems(chart)).toHaveLength(3);
  chart.node.tryRemoveChild('b');
  expect(problems(chart)).toEqual([]);
  new Cache(chart, 'b', 'http://a.registry.svc:5000');
  expect(problems(chart)).toHaveLength(2);
});
