// The registry's chart, written into a folder of one's own.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RegistryHelmChart } from '../../lib';
import { newFolder } from '../support/folder';
import { mustRun } from '../support/project';
import { registryChart } from './registry-chart';

test('is byte for byte that of the repository, written twice', () => {
  const folder = join(newFolder(), 'registry');
  new RegistryHelmChart().write(folder);
  new RegistryHelmChart().write(folder);
  expect(mustRun(folder, `diff -r "${folder}" "${registryChart()}"`)).toBe('');
});

test('has a version of its own', () => {
  const folder = join(newFolder(), 'registry');
  new RegistryHelmChart({ version: '1.4.0' }).write(folder);
  const { version, annotations } = parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8'));
  expect(version).toBe('1.4.0');
  expect(annotations['artifacthub.io/prerelease']).toBe('false');
  new RegistryHelmChart().write(folder);
  expect(parse(readFileSync(join(folder, 'Chart.yaml'), 'utf8')).version).not.toBe('1.4.0');
});

test('replaces no other chart', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: registry\nversion: 0.1.0\n');
  expect(() => new RegistryHelmChart().write(folder)).toThrow(
    /nothing was:\n.*Chart\.yaml: is not of a chart that this library wrote; .*\[file-not-of-this-chart\]/,
  );
  expect(existsSync(join(folder, 'values.yaml'))).toBe(false);
});

test('leaves no template behind that this version does not have', () => {
  const folder = join(newFolder(), 'registry');
  new RegistryHelmChart().write(folder);
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'templates', 'old-secret.yaml'), 'kind: Secret\n');
  expect(() => new RegistryHelmChart().write(folder)).toThrow('templates/old-secret.yaml');
});
