// The example own-chart: the constructs, and the chart that is made of them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { helmChart, Shop } from '../../examples/own-chart/main';
import { schemaProblems } from '../../tools/policy/schema';
import { ROOT } from '../support/project';

const FOLDER = join(ROOT, 'examples/own-chart');
const shop = new Shop(Testing.app());
const files = helmChart(shop).toFiles();

test('Kubernetes knows every field', () => expect(schemaProblems(Testing.synth(shop))).toEqual([]));

test('the whole chart', () => expect(files).toMatchSnapshot());

test('its README has a row for each value', () => {
  const { nameOverride: _, fullnameOverride: __, ...values } = parse(files['values.yaml'] ?? '');
  const paths = Object.entries<any>(values).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value) && name !== 'resources'
      ? Object.keys(value).map((key) => `${name}.${key}`)
      : [name],
  );
  const rows =
    readFileSync(join(FOLDER, 'README.md'), 'utf8')
      .match(/^\| `.*/gm)
      ?.join('\n') ?? '';
  // It says nothing of the name of a Secret.
  expect(paths.filter((path) => !rows.includes(`\`${path}\``))).toEqual(['ingress.tlsSecret']);
});

test.each(['values-staging.yaml', 'values-production.yaml'])('an editor accepts %s by the schema', (name) => {
  const accepts = new Ajv({ strict: false }).compile(JSON.parse(files['values.schema.json'] ?? ''));
  expect(accepts(parse(readFileSync(join(FOLDER, name), 'utf8')))).toBe(true);
});
