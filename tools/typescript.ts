// How a process that is started runs TypeScript: Node's options for it.

/** Compiles each file once, and not in each process. */
export const COMPILED_ONCE = require.resolve('./compiled-once.cjs');
/** Before the path of a program. */
export const TYPESCRIPT: readonly string[] = ['-r', COMPILED_ONCE, '-r', require.resolve('esbuild-register')];
