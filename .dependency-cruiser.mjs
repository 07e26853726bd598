// The directions of imports in lib/, for dependency-cruiser: `npx depcruise lib`. A file imports from its own layer and from lower ones, types too.

/** From top to bottom. The first that fits a file is its layer. */
const LAYERS = [
  '^lib/index\\.ts$',
  '^lib/(chart|migrate)/',
  '^lib/(maintenance/|monitoring/(alerts|dashboard|monitored-registry)\\.ts$|clients/(?!node-files(-checks)?\\.ts$))', // what is given a registry
  '^lib/registry(-props)?\\.ts$',
  '^lib/(app/notes/(?!collector\\.ts$)|clients/node-files(-checks)?\\.ts$)',
  '^lib/ui/',
  '^lib/caches/',
  '^lib/(routing|monitoring)/',
  '^lib/server/',
  '^lib/front/',
  '^lib/(app|auth|storage|tls)/',
  '^lib/(distribution|network|secrets)/',
  '^lib/chart-engine/', // knows no registry
  '^lib/core/',
  '^imports/',
];

/** Files that name the type of what they are given, and import nothing of it. `[from, to]` */
const BY_TYPE = [
  ['^lib/(app/notes/.*|clients/node-files(-checks)?|routing/pull-address)\\.ts$', '^lib/registry\\.ts$'],
];
const byType = BY_TYPE.map(([from]) => from);

const below = LAYERS.flatMap((layer, index) => {
  const above = LAYERS.slice(0, index);
  if (above.length === 0) return [];
  return {
    name: `${index}: ${layer}`,
    comment: 'Imports lead to the same layer or to lower ones.',
    severity: 'error',
    from: { path: layer, pathNot: [...above, ...byType] },
    to: { path: above, pathNot: LAYERS.slice(index) },
  };
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...below,
    {
      name: 'every file has a layer',
      severity: 'error',
      from: { path: '^lib/', pathNot: LAYERS },
      to: {},
    },
    {
      name: 'no cycles',
      comment: 'A file can be understood with those below it alone.',
      severity: 'error',
      from: { pathNot: byType },
      to: { circular: true, pathNot: byType, viaOnly: { pathNot: byType } },
    },
    ...BY_TYPE.map(([from, to]) => ({
      name: `only the type: ${from}`,
      severity: 'error',
      from: { path: from },
      to: { path: to, dependencyTypesNot: ['type-only'] },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    includeOnly: '^(lib|imports)/',
  },
};
