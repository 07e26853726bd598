// What jsii found in lib (`.jsii`, after `npm run build`), as far as the pages in docs/api need it, and where
// each property can be written.
import { readFileSync } from 'node:fs';

export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly returns?: string;
  readonly example?: string;
  readonly see?: string;
  readonly deprecated?: string;
  readonly custom?: Readonly<Record<string, string>>;
}

export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}

export interface Value {
  readonly name: string;
  readonly docs?: Docs;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly variadic?: boolean;
}

export interface Property extends Value {
  readonly static?: boolean;
  readonly protected?: boolean;
}

export interface Method {
  readonly name: string;
  readonly docs?: Docs;
  readonly parameters?: readonly Value[];
  readonly returns?: { readonly type: TypeReference };
  readonly static?: boolean;
  readonly abstract?: boolean;
  readonly protected?: boolean;
}

export interface Type {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly docs?: Docs;
  readonly abstract?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly datatype?: boolean;
  readonly initializer?: {
    readonly docs?: Docs;
    readonly parameters?: readonly Value[];
    readonly protected?: boolean;
  };
  readonly methods?: readonly Method[];
  readonly properties?: readonly Property[];
  readonly members?: readonly { readonly name: string; readonly docs?: Docs }[];
  readonly locationInModule: { readonly filename: string };
}

/** The public types of the library. */
export class Assembly {
  public readonly types: readonly Type[];
  private readonly byName: ReadonlyMap<string, Type>;

  constructor(types: Readonly<Record<string, Type>>) {
    this.types = Object.values(types).sort((a, b) => (a.name < b.name ? -1 : 1));
    this.byName = new Map(this.types.map((type) => [type.fqn, type]));
  }

  /** @param file what jsii wrote */
  public static read(file: string): Assembly {
    return new Assembly(JSON.parse(readFileSync(file, 'utf8')).types);
  }

  public find(fqn: string | undefined): Type | undefined {
    return this.byName.get(fqn ?? '');
  }

  /** The types that one is made of: bases and interfaces of this library, the nearest first. */
  public ancestors({ base, interfaces = [] }: Type): readonly Type[] {
    const direct = [base, ...interfaces].flatMap((fqn) => this.find(fqn) ?? []);
    return [...new Set(direct.flatMap((type) => [type, ...this.ancestors(type)]))];
  }

  /**
   * How each property is written in the props of one type: `S3Options.bucket` is `storage.backend:
   * StorageBackend.s3({ bucket })` in those of `Registry`. The shortest way first, where there are several.
   */
  public places(root: string): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const queue: Level[] = [{ type: this.named(root), above: [], write: (name) => name, inCall: false }];
    for (const level of queue) {
      for (const one of [level.type, ...this.ancestors(level.type)]) {
        for (const { name, type } of one.properties ?? []) {
          const key = `${one.name}.${name}`;
          found.set(key, [...new Set([...(found.get(key) ?? []), level.write(name)])]);
          const inside = this.below(name, type, level).filter((each) => !each.above.includes(each.type));
          queue.push(...inside);
        }
      }
    }
    return found;
  }

  /** Is it a type of props itself, or a list of such? */
  public isGroup({ fqn }: TypeReference): boolean {
    return this.find(fqn)?.datatype === true;
  }

  private named(name: string): Type {
    const type = this.types.find((one) => one.name === name);
    if (!type) throw new Error(`${name} is no public type`);
    return type;
  }

  private below(
    name: string,
    reference: TypeReference,
    { type: from, above: before, write, inCall }: Level,
  ): Level[] {
    const type = this.find(reference.fqn);
    const above = [...before, from];
    if (type?.datatype)
      return [
        { type, above, inCall, write: (key) => write(inCall ? `${name}: { ${key} }` : `${name}.${key}`) },
      ];
    return (type?.methods ?? []).flatMap((method) => {
      const options =
        method.parameters?.findIndex((parameter) => this.find(parameter.type.fqn)?.datatype) ?? -1;
      const struct = this.find(method.parameters?.[options]?.type.fqn);
      if (!type || !struct || !method.static || method.returns?.type.fqn !== type.fqn) return [];
      const call = (key: string) =>
        `${name}: ${type.name}.${method.name}(${'…, '.repeat(options)}{ ${key} })`;
      return [{ type: struct, above, inCall: true, write: (key: string) => write(call(key)) }];
    });
  }
}

interface Level {
  readonly type: Type;
  /** The types that it is inside of. */
  readonly above: readonly Type[];
  readonly inCall: boolean;
  /** A key of the type, as it is written. */
  write(key: string): string;
}
