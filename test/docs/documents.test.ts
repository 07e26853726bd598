// What all documents name exists: links and their anchors, paths, npm scripts, programs, variables. The other
// tests of documents run what they show.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parse } from 'yaml';
import { blocksIn, readPage } from '../support/page';
import { ROOT } from '../support/project';

/** Paths from the project's folder of all files below one of its folders. */
function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

const FOLDERS = ['.ci', '.github', 'bench', 'docs', 'examples', 'imports', 'lib', 'scripts', 'test', 'tools'];
const FILES = [...readdirSync(ROOT).filter((name) => name.includes('.')), ...FOLDERS.flatMap(filesIn)];
const DOCUMENTS = FILES.filter((file) => file.endsWith('.md'));
/** Generated: what leads to them is docs/api/README.md. */
const API = /^docs\/api\/(?!README)/;
const PACKAGE = JSON.parse(readPage('package.json'));

/** Names that stand for others. */
const PLACEHOLDERS = ['lib/registry-thing.ts'];
/** Of an app that uses the library. */
const OF_OTHERS = ['main.js'];

const withoutBlocks = (text: string) => text.replace(/^ *```[\s\S]*?^ *```/gm, '');
const blocksOf = (text: string) =>
  [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block]) => block as string);
const spansOf = (text: string) =>
  [...withoutBlocks(text).matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map(([, span]) => span as string);
/** Everything that a reader may type. */
const commandsOf = (text: string) => [
  ...blocksOf(text).flatMap((block) => block.replaceAll('\\\n', ' ').split('\n')),
  ...spansOf(text),
];
const matches = (texts: readonly string[], pattern: RegExp) =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found as string));

/** The anchors that a page has of its own, and those that GitHub gives its headings. */
function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  const own = matches([withoutBlocks(page)], /<a id="([^"]+)">/g);
  const headings = [...withoutBlocks(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => {
    const slug = (heading as string)
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
  return [...own, ...headings];
}

/**
 * Is there such a file or folder, seen from the project's folder or the document's own? A `*` stands for any
 * part of a name.
 */
function exists(path: string, document: string): boolean {
  return [path, posix.join(dirname(document), path)].some((one) => {
    if (!one.includes('*')) return existsSync(join(ROOT, one));
    const pattern = new RegExp(`^${one.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*')}`);
    return FILES.some((file) => pattern.test(file));
  });
}

test('the documents are found', () => {
  expect(DOCUMENTS).toEqual(
    expect.arrayContaining([
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'docs/README.md',
      'examples/node-port/README.md',
    ]),
  );
});

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readPage(document);
  const commands = commandsOf(text);

  test('links to pages and headings that exist', () => {
    const links = matches([withoutBlocks(text).replace(/`[^`]*`/g, '')], /\]\(([^)\s]+)\)/g).filter(
      (link) => !/^[a-z]+:/.test(link),
    );
    const broken = links.filter((link) => {
      const [path, anchor] = link.split('#');
      const target = path === '' ? document : posix.join(dirname(document), path as string);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(readPage(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names paths that exist', () => {
    const begins = new RegExp(`^(${FOLDERS.map((folder) => folder.replace('.', '\\.')).join('|')})/[^\\s]*$`);
    const paths = [...spansOf(text), ...blocksOf(text).flatMap((block) => block.split(/[\s"'=]+/))]
      .map((word) => word.replace(/[;,:]$/, ''))
      .filter((word) => begins.test(word) && !PLACEHOLDERS.includes(word));
    // Jest takes a part of a path.
    const tests = matches(commands, /npx jest (?:-\S+ )*([^\s`-][^\s`]*)/g);
    expect(paths.filter((path) => !tests.includes(path) && !exists(path, document))).toEqual([]);
    expect(
      tests.filter((part) => !FILES.some((file) => file.endsWith('.test.ts') && file.includes(part))),
    ).toEqual([]);
  });

  test('names npm scripts and programs that exist', () => {
    const scripts = matches(commands, /\bnpm run (?:--silent )?([\w:-]+)/g);
    expect(scripts.filter((script) => !(script in PACKAGE.scripts))).toEqual([]);
    const others = matches(commands, /\bnpm (?!run\b)([a-z]+)\b/g);
    expect(
      others.filter((command) => !['ci', 'install', 'ls', 'pack', 'publish', 'test'].includes(command)),
    ).toEqual([]);
    const programs = matches(commands, /\bnpx ([\w-]+)/g);
    expect(
      programs.filter(
        (program) => !(program in PACKAGE.bin) && !existsSync(join(ROOT, 'node_modules/.bin', program)),
      ),
    ).toEqual([]);
    const files = matches(commands, /\b(?:bash|node(?: -r esbuild-register)?) ([\w./-]+)/g).filter(
      (file) => !OF_OTHERS.includes(file),
    );
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  const text = readPage('CONTRIBUTING.md');

  test('names variables that something reads', () => {
    const named = new Set(matches(commandsOf(text), /\b([A-Z][A-Z0-9]*_[A-Z0-9_]+|UI_DIR)\b/g));
    const sources = ['.ci', 'bench', 'test', 'tools']
      .flatMap(filesIn)
      .filter((file) => /\.(ts|mjs|sh)$|\/[\w-]+$/.test(file));
    const all = sources.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
    expect(named.size).toBeGreaterThan(5);
    expect([...named].filter((name) => name !== 'KUBECONFIG' && !all.includes(name))).toEqual([]);
  });

  test('has a map with all folders of the project and of lib', () => {
    const map = text.match(/^## Where things are\n\n((?: {4}.*\n)+)/m)?.[1] ?? '';
    const above: string[] = [];
    const paths = map.split('\n').flatMap((line) => {
      const [, indent = '', names = ''] = /^ {4}( *)(\S+)/.exec(line) ?? [];
      if (names === '') return [];
      const depth = indent.length / 2;
      above[depth] = names;
      return [above.slice(0, depth + 1).join('')];
    });
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const folders = [
      ...new Set(
        FILES.filter((file) => !file.startsWith('.')).flatMap(
          (file) => /^(lib\/\w+|\w+)\//.exec(file)?.[0] ?? [],
        ),
      ),
    ];
    expect(folders.filter((folder) => !paths.includes(folder))).toEqual([]);
  });

  test('alone tells how commits are written', () => {
    expect(DOCUMENTS.filter((document) => /72 characters/.test(readPage(document)))).toEqual([
      'CONTRIBUTING.md',
    ]);
    expect(
      Object.keys(PACKAGE.devDependencies).filter((name) => /husky|commitlint|lefthook/.test(name)),
    ).toEqual([]);
  });
});

test('docs/README.md leads to all pages and examples', () => {
  const index = readPage('docs/README.md');
  const pages = DOCUMENTS.filter(
    (file) => /^(docs|examples)\//.test(file) && file !== 'docs/README.md' && !API.test(file),
  );
  expect(pages.filter((file) => !index.includes(`(${posix.relative('docs', file)}`))).toEqual([]);
});

test('docs/comparison.md tells when what it says of others was read', () => {
  const page = readPage('docs/comparison.md');
  expect(page).toMatch(/was read in \w+ 20\d\d/);
  expect(page).toContain('## When not to use this');
});

describe('GitHub', () => {
  const forms = filesIn('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml'));

  test.each(forms)('%s is a form', (file) => {
    const form = parse(readPage(file));
    expect(form).toMatchObject({
      name: expect.any(String),
      description: expect.any(String),
      body: expect.any(Array),
    });
    const fields = form.body.filter(({ type }: { type: string }) => type !== 'markdown');
    expect(fields.length).toBeGreaterThan(2);
    for (const { type, id, attributes } of fields) {
      expect(['checkboxes', 'dropdown', 'input', 'textarea']).toContain(type);
      expect(id).toMatch(/^[\w-]+$/);
      expect(attributes.label).toEqual(expect.any(String));
    }
    expect(new Set(fields.map(({ id }: { id: string }) => id)).size).toBe(fields.length);
  });

  test('sends vulnerabilities to where they are private', () => {
    const { contact_links: links } = parse(readPage('.github/ISSUE_TEMPLATE/config.yml'));
    const advisory = `${PACKAGE.author.url}/security/advisories/new`;
    expect(links.map(({ url }: { url: string }) => url)).toContain(advisory);
    expect(readPage('SECURITY.md')).toContain(advisory);
  });

  test('knows which files are generated', () => {
    const attributes = readPage('.gitattributes');
    for (const pattern of ['docs/api/*.md', 'imports/*.ts', 'chart/registry/values.yaml', '*.snap']) {
      expect(attributes).toContain(`${pattern} linguist-generated\n`);
    }
    expect(attributes).toContain('* text=auto eol=lf\n');
  });
});

test('what looks wrong is noticed', () => {
  expect(
    anchorsOf('# A key of `config.yml`\n## Day 2: don\'t\n## Day 2: don\'t\n<a id="props-host"></a>\n'),
  ).toEqual(['props-host', 'a-key-of-configyml', 'day-2-dont', 'day-2-dont-1']);
  expect(exists('imports/traefik.io.yaml', 'CONTRIBUTING.md')).toBe(false);
  expect(exists('test/e2e/api-server*.test.ts', 'CONTRIBUTING.md')).toBe(true);
  expect(exists('lib/settings.sh', 'tools/cluster/README.md')).toBe(true);
  expect(blocksIn('```sh\nnpm run nothing\n```\n', 'sh')).toEqual(['npm run nothing\n']);
});
