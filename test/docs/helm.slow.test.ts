// What docs/helm.md shows: its chart is compiled, learned and written, its values fit the chart's schema, and
// what it says can't be had is refused.
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as cdk8s from 'cdk8s';
import { parse } from 'yaml';
import * as library from '../../lib';
import { ChartSchema } from '../chart/chart-schema';
import { newFolder } from '../support/folder';
import { blocksIn, readPage } from '../support/page';
import { mustRun, ROOT } from '../support/project';

jest.setTimeout(300_000);

const PAGE = readPage('docs/helm.md');
const [example = '', ...others] = blocksIn(PAGE, 'ts');

describe("the page's own chart", () => {
  const folder = newFolder();
  const file = (name: string) => readFileSync(join(folder, 'chart/platform-registry', name), 'utf8');

  beforeAll(() => {
    const { code } = transformSync(example.replace("write('chart", `write('${folder}/chart`), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const modules: Record<string, object> = { cdk8s, 'cdk8s-registry': library };
    new Function('require', 'exports', code)((name: string) => modules[name], {});
  });

  test('is one example', () => {
    expect(others).toEqual([]);
  });

  test('fits the types', () => {
    const app = newFolder();
    writeFileSync(join(app, 'main.ts'), example);
    mkdirSync(join(app, 'node_modules', 'cdk8s-registry'), { recursive: true });
    for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs', '@types']) {
      symlinkSync(join(ROOT, 'node_modules', name), join(app, 'node_modules', name), 'dir');
    }
    symlinkSync(join(ROOT, 'lib'), join(app, 'node_modules', 'cdk8s-registry', 'lib'), 'dir');
    writeFileSync(join(app, 'node_modules', 'cdk8s-registry', 'package.json'), '{ "types": "lib/index.ts" }');
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    mustRun(
      app,
      `node "${tsc}" --noEmit --strict --skipLibCheck --target ES2022 --module Node16 --types node main.ts`,
    );
  });

  test('has the settings that it asks for', () => {
    expect(parse(file('values.yaml'))).toEqual({
      nameOverride: '',
      fullnameOverride: '',
      page: true,
      host: 'registry.localhost',
      size: '10Gi',
      contact: 'platform',
    });
    expect(file('values.yaml')).toContain('# Size of the volume:');
  });

  test('has the objects, and the page only where it is wanted', () => {
    expect(file('templates/about-configmap.yaml')).toContain('contact: {{ .Values.contact | quote }}');
    expect(file('templates/ui-deployment.yaml')).toMatch(/^\{\{- if \.Values\.page \}\}\n/);
    expect(existsSync(join(folder, 'chart/platform-registry/templates/NOTES.txt'))).toBe(true);
  });
});

describe('a value may not be', () => {
  /** A chart of a ConfigMap with what is made of a port. */
  class OneMap extends library.HelmChart {
    constructor(private readonly textOf: (port: number) => string) {
      super({ name: 'one', version: '1.0.0', description: 'A map' });
    }

    protected compose(chart: cdk8s.Chart, values: library.HelmValues): void {
      const port = values.integer('port', { description: 'A port.', defaultValue: 80 }) ?? 0;
      new cdk8s.ApiObject(chart, 'map', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: values.name },
        data: { port: this.textOf(port) },
      });
    }
  }

  test('calculated with', () => {
    expect(() => new OneMap((port) => String(port + 1)).toFiles()).toThrow(
      /port.*in a way that no template knows/,
    );
  });

  test('but it may stand in a text', () => {
    const files = new OneMap((port) => `http://localhost:${port}/`).toFiles();
    expect(files['templates/configmap.yaml']).toContain('printf "http://localhost:%v/"');
  });
});

describe('values', () => {
  const blocks = blocksIn(PAGE, 'yaml');
  let schema: ChartSchema;
  beforeAll(() => {
    schema = new ChartSchema();
  });

  test('are as many as the page shows', () => {
    expect(blocks).toHaveLength(13);
  });

  test.each(blocks)('%s', (text) => {
    expect(schema.problems(parse(text))).toEqual([]);
  });
});
