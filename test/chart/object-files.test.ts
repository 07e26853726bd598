// The chart looks for a name in its own files, by a list of them. Each is in it.
import { chartFile, registryChartFiles } from '../../lib/chart/files';

/** They write no object of the chart's own. */
const OTHERS = ['extra-objects', 'validation'];

test('the list of files with objects has all of them, in their order', () => {
  const helpers = chartFile('templates/_validation-objects.tpl');
  const [, list = ''] = /define "registry\.objectFiles" -\}\}\n(.*?)\{\{- end/s.exec(helpers) ?? [];
  const files = Object.keys(registryChartFiles()).flatMap(
    (file) => /^templates\/([^_].*)\.yaml$/.exec(file)?.[1] ?? [],
  );
  expect(list.match(/^- .*$/gm)).toEqual(
    files.filter((file) => !OTHERS.includes(file)).map((file) => `- ${file}`),
  );
});
