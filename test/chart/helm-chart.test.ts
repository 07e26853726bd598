// The registry's chart, written into folders of one's own.
import { join } from 'node:path';
import { parse } from 'yaml';
import { RegistryHelmChart } from '../../lib';
import { contentsOf, fill, newFolder } from '../support/folder';
import { ROOT } from '../support/project';

const CHART = contentsOf(join(ROOT, 'chart', 'registry'));

test('is the chart of this repository', () => {
  const folder = join(newFolder(), 'registry');
  new RegistryHelmChart().write(folder);
  expect(contentsOf(folder)).toEqual(CHART);
});

test('with another version, over an earlier one, beside files of others', () => {
  const folder = newFolder();
  new RegistryHelmChart().write(folder);
  fill(folder, { 'templates/own.yaml': 'own' });
  new RegistryHelmChart({ version: '7.8.9' }).write(folder);
  const { 'Chart.yaml': chart, ...others } = contentsOf(folder);
  expect(parse(chart ?? '')).toMatchObject({ name: 'registry', version: '7.8.9' });
  const { 'Chart.yaml': _, ...rest } = CHART;
  expect(others).toEqual({ ...rest, 'templates/own.yaml': 'own' });
});

test('never over another chart', () => {
  const folder = newFolder();
  fill(folder, { 'Chart.yaml': 'name: other\n' });
  expect(() => new RegistryHelmChart().write(folder)).toThrow(
    `${join(folder, 'Chart.yaml')}: is not of a chart`,
  );
  expect(contentsOf(folder)).toEqual({ 'Chart.yaml': 'name: other\n' });
});
