// The chart's values.yaml and values.schema.json, used as Helm uses them: the schema is for the chart's
// values with the user's laid over them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { registryChart } from './registry-chart';

type Tree = Record<string, any>;

export class ChartSchema {
  private readonly own: Tree;
  private readonly validate;

  constructor() {
    const file = (name: string) => readFileSync(join(registryChart(), name), 'utf8');
    this.own = parse(file('values.yaml'));
    this.validate = new Ajv({ allErrors: true, strict: false }).compile(
      JSON.parse(file('values.schema.json')),
    );
  }

  /** Is it a key of values.yaml? */
  public knows(path: string): boolean {
    const names = path.split('.');
    return names.every((name, index) =>
      Object.hasOwn(
        names.slice(0, index).reduce((inside, one) => inside[one], this.own),
        name,
      ),
    );
  }

  /** What the schema says of a user's values. */
  public problems(values: Tree): unknown[] {
    return this.validate(over(this.own, values)) ? [] : (this.validate.errors ?? []);
  }

  /** The paths of values that it refuses, e.g. `auth.htpasswd`. */
  public wrongPaths(values: Tree): string[] {
    this.problems(values);
    return (this.validate.errors ?? []).map(({ instancePath }) => instancePath.slice(1).replaceAll('/', '.'));
  }
}

function over(own: Tree, values: Tree): Tree {
  const merged = { ...own };
  for (const [key, value] of Object.entries(values))
    merged[key] = isMap(own[key]) && isMap(value) ? over(own[key], value) : value;
  return merged;
}

function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
