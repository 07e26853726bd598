// The files of the registry's chart, as they are in the repository and in the package.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseDocument } from 'yaml';

/**
 * The files of the chart by their paths in its folder.
 *
 * @param version version of the chart, if not that of this library
 */
export function registryChartFiles(version?: string): { [file: string]: string } {
  const folder = path.join(rootOfPackage(), 'chart', 'registry');
  const names = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .map((name) => name.split(path.sep).join('/'))
    .sort();
  const files = Object.fromEntries(
    names.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
  return version === undefined
    ? files
    : { ...files, 'Chart.yaml': withVersion(files['Chart.yaml'] as string, version) };
}

/** The text of one of the chart's files. */
export function chartFile(name: string): string {
  return fs.readFileSync(path.join(rootOfPackage(), 'chart', 'registry', name), 'utf8');
}

/** Has a folder this chart, of whatever version? */
export function isRegistryChart(folder: string): boolean {
  const file = path.join(folder, 'Chart.yaml');
  if (!fs.existsSync(file)) return false;
  const ours = parseDocument(chartFile('Chart.yaml'));
  const theirs = parseDocument(fs.readFileSync(file, 'utf8'));
  return ['name', 'home'].every((key) => theirs.get(key) === ours.get(key));
}

/** What Artifact Hub is told of changes is about this library's version only. */
function withVersion(chart: string, version: string): string {
  const document = parseDocument(chart);
  if (document.get('version') === version) return chart;
  document.set('version', version);
  document.setIn(['annotations', 'artifacthub.io/prerelease'], String(isPrerelease(version)));
  document.deleteIn(['annotations', 'artifacthub.io/changes']);
  return document.toString({ lineWidth: 0 });
}

/** Below 1.0.0 each minor version may change values. */
export function isPrerelease(version: string): boolean {
  return /^0\.|-/.test(version);
}

/** The folder of package.json, above the sources as well as above the build. */
function rootOfPackage(folder = __dirname): string {
  return fs.existsSync(path.join(folder, 'package.json')) ? folder : rootOfPackage(path.dirname(folder));
}
