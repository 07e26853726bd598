// Objects from another copy of a package: a project may have two of cdk8s, of this library, or of cdk8s-plus'
// major versions, and classes of the same name then differ. Objects that are only read are duck-typed; for
// others the message names the other copy's location.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { SIZE_UNITS } from './formats';

type Members = Readonly<Record<string, unknown>>;

const SIZE = new RegExp(`^-?\\d+(\\.\\d+)?(${Object.keys(SIZE_UNITS).join('|')})$`);

/** Members of cdk8s and cdk8s-plus classes that this library reads. */
const ABLE: ReadonlyMap<unknown, (value: Members) => boolean> = new Map<unknown, (value: Members) => boolean>(
  [
    [Size, (value) => typeof value.asString === 'function' && SIZE.test(String(value.asString()))],
    [
      Duration,
      (value) =>
        ['toSeconds', 'toMinutes', 'toHumanString'].every((name) => typeof value[name] === 'function'),
    ],
    [Cpu, (value) => typeof value.amount === 'string' && /^\d+(\.\d+)?m?$/.test(value.amount)],
  ],
);

/** Whether a value is an instance of a class, or equivalent to one. */
export function isA(value: unknown, type: unknown): boolean {
  if (value instanceof (type as new () => unknown)) return true;
  return isObject(value) && (ABLE.get(type)?.(value as unknown as Members) ?? false);
}

/**
 * The origin of an instance of another copy's class, as far as it can be found out; undefined for all other
 * values.
 */
export function otherCopy(value: unknown, type: { readonly name: string }): string | undefined {
  if (!isObject(value) || value instanceof (type as unknown as new () => unknown)) return undefined;
  const classes = chainOf(value);
  const same = classes.find((one) => one.name === type.name && one !== (type as unknown));
  if (!same) return undefined;
  return packageOfClass(classes[0]) ?? packageOfClass(same) ?? 'its package, which was loaded twice';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The class chain of an object, most derived first. */
function chainOf(value: object): { readonly name: string }[] {
  const parent = Object.getPrototypeOf(value);
  return parent === null ? [] : [parent.constructor, ...chainOf(parent)];
}

/** The package that a loaded class comes from. */
function packageOfClass(type: unknown): string | undefined {
  const loaded = typeof require === 'function' ? Object.values(require.cache ?? {}) : [];
  const module = loaded.find((one) => isObject(one?.exports) && Object.values(one.exports).includes(type));
  return module?.filename === undefined ? undefined : packageOf(dirname(module.filename));
}

function packageOf(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  const parent = dirname(folder);
  if (!existsSync(file)) return parent === folder ? undefined : packageOf(parent);
  const { name, version } = JSON.parse(readFileSync(file, 'utf8'));
  return `${name} ${version} (${folder})`;
}
