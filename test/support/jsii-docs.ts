// Finds what a jsii assembly (`.jsii`) leaves undocumented: types, members and parameters without a summary,
// optional properties without a default.

interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string };
}

interface Callable extends Documented {
  readonly parameters?: readonly Documented[];
}

interface Property extends Documented {
  readonly optional?: boolean;
}

interface Type extends Documented {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly initializer?: Callable;
  readonly methods?: readonly Callable[];
  readonly properties?: readonly Property[];
  readonly members?: readonly Documented[];
}

/** One line for each thing that is not documented, with what it lacks. */
export function undocumented(assembly: { readonly types: Record<string, Type> }): string[] {
  return Object.values(assembly.types).flatMap((type) => [
    ...summary(type.name, type),
    ...parameters(`new ${type.name}`, type.initializer),
    ...(type.methods ?? []).flatMap((method) => {
      const name = `${type.name}.${method.name}()`;
      return [...summary(name, method), ...parameters(name, method)];
    }),
    ...(type.properties ?? []).flatMap((property) => {
      const name = `${type.name}.${property.name}`;
      return [
        ...summary(name, property),
        ...(type.datatype && property.optional ? byDefault(name, property) : []),
      ];
    }),
    ...(type.members ?? []).flatMap((member) => summary(`${type.name}.${member.name}`, member)),
  ]);
}

function parameters(of: string, callable: Callable | undefined): string[] {
  return (callable?.parameters ?? []).flatMap((parameter) => summary(`${of}, ${parameter.name}`, parameter));
}

function summary(name: string, { docs }: Documented): string[] {
  return docs?.summary ? [] : [`${name}: no summary`];
}

function byDefault(name: string, { docs }: Documented): string[] {
  return docs?.default ? [] : [`${name}: no @default`];
}
