// The order in which a run takes its test files: those on a cluster one after the other, beside the rest.
import Sequencer from './support/sequencer.cjs';

interface File {
  readonly path: string;
  readonly duration?: number;
}

const pathsOf = (files: readonly File[]) => files.map(({ path }) => path);
const order = (workers: number, files: readonly File[]) => pathsOf(Sequencer.beside([...files], workers));

const onCluster = (seconds?: number, name = seconds) => ({
  path: `/clone/test/cluster/${name}.test.ts`,
  duration: seconds && 1000 * seconds,
});
const other = (seconds?: number, name = seconds) => ({
  path: `/clone/test/app/${name}.test.ts`,
  duration: seconds && 1000 * seconds,
});

test('one is on a cluster while two are not', () => {
  const files = [onCluster(60), onCluster(50), other(70), other(40), other(30), other(20)];
  expect(order(3, files)).toEqual(
    pathsOf([onCluster(60), other(70), other(40), other(30), onCluster(50), other(20)]),
  );
});

test('none is lost or taken twice, whatever is known of them', () => {
  const files = [
    ...Array.from({ length: 30 }, (_, index) => onCluster(index % 3 ? index : undefined, index)),
    ...Array.from({ length: 200 }, (_, index) => other(index % 5 ? index : undefined, index)),
  ];
  for (const workers of [1, 2, 3, 8]) {
    for (const some of [files, files.filter(onlyCluster), files.filter((file) => !onlyCluster(file)), []])
      expect(order(workers, some).sort()).toEqual(pathsOf(some).sort());
  }
});

const onlyCluster = ({ path }: File) => path.includes('/cluster/');
