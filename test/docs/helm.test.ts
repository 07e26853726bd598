// What docs/helm.md shows: its values fit the chart's schema, and its chart of own constructs is written.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { ChartSchema } from '../chart/chart-schema';
import { newFolder } from '../support/folder';
import { blocksIn, readPage, valuesIn } from '../support/page';

const PAGE = readPage('docs/helm.md');
describe('values', () => {
  const blocks = valuesIn(PAGE);
  let schema: ChartSchema;
  beforeAll(() => {
    schema = new ChartSchema();
  });

  test('are as many as the page shows', () => {
    expect(blocks).toHaveLength(24);
  });

  test.each(blocks)('%s', (text) => {
    expect(schema.problems(parse(text))).toEqual([]);
  });
});

describe('the chart of own constructs', () => {
  const [example = '', ...others] = blocksIn(PAGE, 'ts');
  const folder = newFolder();
  const file = (name: string) => readFileSync(join(folder, 'chart/web', name), 'utf8');

  beforeAll(() => {
    const { code } = transformSync(example.replace("write('chart", `write('${folder}/chart`), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const modules: Record<string, object> = { cdk8s, 'cdk8s-plus-27': plus, 'cdk8s-registry': library };
    new Function('require', 'exports', code)((name: string) => modules[name], {});
  });

  test('is the only example', () => {
    expect(others).toEqual([]);
  });

  test('has the values that are declared', () => {
    expect(parse(file('values.yaml'))).toEqual({
      nameOverride: '',
      fullnameOverride: '',
      replicaCount: 2,
      log: { level: 'info' },
      admin: { password: '' },
      service: { enabled: true },
    });
  });

  test('has them in their places', () => {
    expect(file('templates/deployment.yaml')).toContain('replicas: {{ int64 .Values.replicaCount }}');
    expect(file('templates/config-configmap.yaml')).toContain('  level: {{ .Values.log.level }}');
    expect(file('templates/service-service.yaml')).toContain('{{- if .Values.service.enabled }}');
  });
});
