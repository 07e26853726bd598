// Loaded before esbuild-register, in processes that tests start: a TypeScript file is compiled once, and not by each of them.
// It is kept beside the packages, by what it holds, so that nobody gets another text than the file has.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const FOLDER = join(__dirname, '..', 'node_modules', '.cache', 'compiled-once');
const REGISTER = /[\\/]esbuild-register[\\/]/;

/** What `require` calls, which Node's types do not have. */
const modules =
  /** @type {{ _load: (request: string, parent?: { filename?: string }, isMain?: boolean) => any }} */ (
    /** @type {unknown} */ (Module)
  );
const load = modules._load;
modules._load = (
  /** @type {string} */ request,
  /** @type {{ filename?: string } | undefined} */ parent,
  /** @type {boolean | undefined} */ isMain,
) => {
  if (request !== 'esbuild' || !REGISTER.test(parent?.filename ?? ''))
    return load.call(Module, request, parent, isMain);
  const real = () => load.call(Module, request, parent, isMain);
  const version = readFileSync(require.resolve('esbuild/package.json'));
  return {
    transformSync(/** @type {string} */ code, /** @type {object} */ options) {
      const key = createHash('sha256')
        .update(version)
        .update(JSON.stringify(options))
        .update('\0')
        .update(code);
      const file = join(FOLDER, key.digest('hex'));
      return kept(file) ?? keep(file, real().transformSync(code, options));
    },
  };
};

/** @param {string} file */
function kept(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // it isn't there yet
  }
}

/** @param {string} file @param {object} compiled */
function keep(file, compiled) {
  try {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(compiled));
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Some processes are another user's, who may not write here.
  }
  return compiled;
}
