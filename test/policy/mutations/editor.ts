// Finds an object of a set by kind and name and changes it in place: the tool of the planted faults.

type Node = Record<string, unknown>;

/** The set has no such object or field, so the fault cannot be planted in it. */
export class MissingTarget extends Error {}

/**
 * Paths are written `spec/template/spec/containers/0/image`. In a list a step is an index, a `name`, or
 * `?field`, which is the first element that has that field; `~` stands for `/` in a key.
 */
export class Editor {
  private constructor(private readonly node: Node) {}

  /** The object of a kind whose name is `suffix`, or else ends with `-suffix`. */
  static find(objects: readonly unknown[], kind: string, suffix: string): Editor {
    const candidates = objects.filter((it): it is Node => isNode(it) && it.kind === kind);
    const named = (test: (name: string) => boolean): Node | undefined =>
      candidates.find((it) => isNode(it.metadata) && test(String(it.metadata.name)));
    const found = named((name) => name === suffix) ?? named((name) => name.endsWith(`-${suffix}`));
    if (found === undefined) {
      throw new MissingTarget(`no ${kind} is named ${suffix}`);
    }
    return new Editor(found);
  }

  get(path: string): unknown {
    return path.split('/').reduce((node: unknown, step) => {
      const next = isNode(node) || Array.isArray(node) ? (node as Node)[keyOf(node, step)] : undefined;
      if (next === undefined) {
        throw new MissingTarget(`${path} does not exist`);
      }
      return next;
    }, this.node);
  }

  /** Writes a field; its parent must exist. */
  set(path: string, value: unknown): this {
    const [parent, key] = this.place(path);
    parent[key] = value;
    return this;
  }

  /** Writes fields into the object at a path, which is made where it is missing. */
  merge(path: string, fields: Node): this {
    const [parent, key] = this.place(path);
    parent[key] = { ...(isNode(parent[key]) ? parent[key] : {}), ...fields };
    return this;
  }

  remove(path: string): this {
    this.get(path);
    const [parent, key] = this.place(path);
    if (Array.isArray(parent)) {
      parent.splice(Number(key), 1);
    } else {
      delete parent[key];
    }
    return this;
  }

  rename(path: string, to: string): this {
    const value = this.get(path);
    const [parent, key] = this.place(path);
    delete parent[key];
    parent[to] = value;
    return this;
  }

  /** Appends to the list at a path, which is made where it is missing. */
  push(path: string, ...values: unknown[]): this {
    const [parent, key] = this.place(path);
    parent[key] = [...(Array.isArray(parent[key]) ? (parent[key] as unknown[]) : []), ...values];
    return this;
  }

  private place(path: string): [Node, string] {
    const steps = path.split('/');
    const last = steps.pop() ?? '';
    const parent = steps.length === 0 ? this.node : (this.get(steps.join('/')) as Node);
    return [parent, keyOf(parent, last)];
  }
}

function keyOf(node: Node | unknown[], step: string): string {
  if (!Array.isArray(node)) {
    return step.replaceAll('~', '/');
  }
  const index = step.startsWith('?')
    ? node.findIndex((it) => isNode(it) && step.slice(1) in it)
    : node.findIndex((it) => isNode(it) && it.name === step);
  return index >= 0 ? String(index) : step;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
