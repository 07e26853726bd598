// Runs the examples in the comments of lib: each compiles as strictly as the library, makes objects, and has
// no mistakes. Every public class has one.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import * as ts from 'typescript';
import * as library from '../../lib';
import { contentsOf, newFolder } from '../support/folder';
import { ROOT } from '../support/project';
import { manifestsIn, newChart, problemsIn } from '../support/synth';

/** What an example may use without making it. */
const GIVEN = `import type { App, Chart } from 'cdk8s';
import type { Registry } from '../../lib';
export declare const app: App;
export declare const chart: Chart;
/** For examples of what is added to a registry. */
export declare const registry: Registry;
`;
const MODULES: Readonly<Record<string, object>> = { '../../lib': library, cdk8s, 'cdk8s-plus-27': plus };
/** What can be imported, by module; where two export the same name, the first is meant. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  './given': ['app', 'chart', 'registry'],
  ...Object.fromEntries(Object.entries(MODULES).map(([name, module]) => [name, Object.keys(module)])),
};

/** Needs seconds to be learned; test/chart and test/docs/helm.slow.test.ts do it. */
const ONLY_COMPILED = ['RegistryHelmChart'];

interface Example {
  readonly name: string;
  readonly code: string;
}

/** The classes of a file, with their examples. */
function classesIn(
  file: string,
): { readonly name: string; readonly abstract: boolean; readonly examples: Example[] }[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(ROOT, 'lib', file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  return source.statements.filter(ts.isClassDeclaration).map((statement) => {
    const name = statement.name?.text ?? '';
    const tags = ts.getJSDocTags(statement).filter((tag) => tag.tagName.text === 'example');
    return {
      name,
      abstract:
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) === true,
      examples: tags.map((tag) => ({ name, code: moduleOf(ts.getTextOfJSDocComment(tag.comment) ?? '') })),
    };
  });
}

/** The example as a module that imports what it names and doesn't declare. */
function moduleOf(example: string): string {
  const open = freeNames(example);
  const imports = Object.entries(EXPORTS).flatMap(([module, exported]) => {
    const names = exported.filter((name) => open.delete(name));
    return names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${module}';`];
  });
  return `${[...imports, '{', example, '}'].join('\n')}\nexport {};\n`;
}

function freeNames(code: string): Set<string> {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    const { parent } = node;
    if (ts.isIdentifier(node)) {
      if (ts.isPropertyAccessExpression(parent) && parent.name === node) return;
      if (ts.isPropertyAssignment(parent) && parent.name === node) return;
      const { name } = parent as { name?: ts.Node };
      (name === node && !ts.isShorthandPropertyAssignment(parent) ? declared : used).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true));
  for (const name of declared) used.delete(name);
  return used;
}

const CLASSES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap(classesIn)
  .filter(({ name }) => name in library);
const EXAMPLES = CLASSES.flatMap(({ examples }) => examples);

test('every class that people can make has an example', () => {
  const without = CLASSES.filter(({ abstract, examples }) => !abstract && examples.length === 0);
  expect(CLASSES.length).toBeGreaterThan(35);
  expect(without.map(({ name }) => name)).toEqual([]);
});

test('all of them compile', () => {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ['main.ts'] },
    ts.sys,
    ROOT,
  );
  const folder = join(ROOT, 'test', 'docs');
  const texts = new Map(EXAMPLES.map(({ name, code }, index) => [join(folder, `${name}-${index}.ts`), code]));
  texts.set(join(folder, 'given.ts'), GIVEN);
  const host = ts.createCompilerHost(options, true);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...more) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...more)
      : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const problems = [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  expect(problems.map((problem) => ts.formatDiagnostic(problem, host))).toEqual([]);
});

describe('each of them makes something, without mistakes', () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  test.each(
    EXAMPLES.filter(({ name }) => !ONLY_COMPILED.includes(name)).map(({ name, code }) => [name, code]),
  )('%s', (_, code) => {
    const folder = newFolder();
    // Makes it the folder of an app, for those that write files.
    writeFileSync(join(folder, 'package.json'), '{}');
    process.chdir(folder);
    const chart = newChart();
    run(code, chart);
    expect(problemsIn(chart)).toEqual([]);
    const written = Object.keys(contentsOf(folder)).filter((file) => file !== 'package.json');
    expect([...manifestsIn(chart), ...written]).not.toEqual([]);
  });
});

function run(typescript: string, chart: cdk8s.Chart): void {
  const { code } = transformSync(typescript, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  let made: library.Registry | undefined;
  const given = {
    app: chart.node.root,
    chart,
    // Only where an example names it: others make their own, of the same name.
    get registry() {
      made ??= new library.Registry(chart, 'registry', { host: 'registry.example.com' });
      return made;
    },
  };
  const load = (name: string) => (name === './given' ? given : MODULES[name]);
  new Function('require', 'exports', 'expect', code)(load, {}, () => ({ toMatchSnapshot: () => undefined }));
}
