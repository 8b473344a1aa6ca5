const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '..');
const BUILT_IN = ['core'];
const DATABASE_DRIVERS = [
  'sequelize',
  'sequelize-typescript',
  'pg',
  'umzug',
  'ioredis',
  'graphile-worker',
  'nodemailer',
];

/**
 * The rules of the house for dependency-cruiser; type-only imports count as imports.
 *
 * @param {object} house
 * @param {string} [house.base] the folder that `src` and `tests` stand in, with its trailing slash; the project's by default
 * @param {Record<string, string[]>} house.mayUse each folder of src/modules, with the modules that it may import. A module
 *   names only modules listed above it, so that the list can't hold a cycle.
 * @throws Error for a folder of src/modules that the list misses, and for a module that uses one not listed above it.
 */
function boundaries({ base = '', mayUse }) {
  checkList(`${base}src/modules`, mayUse);

  const src = `^${base}src/`;
  const core = `${src}core/`;
  const modules = `${src}modules/`;
  const anyModule = `${modules}([^/]+)/`;
  const sameModule = `${modules}$1/`;
  const moduleTests = `${modules}[^/]+/tests/`;
  const ownTests = `${src}(core|modules/[^/]+)/tests/`;
  const publicFace = `${modules}[^/]+/index\\.ts$`;
  const root = `${src}(server|modules/index)\\.ts$`;

  const forbidden = [
    {
      name: 'core-knows-no-module',
      comment: 'The core serves every module; the list of modules is handed to it.',
      from: { path: core },
      to: { path: modules },
    },
    {
      name: 'core-domain-and-errors-are-pure',
      comment: 'What every layer may import imports nothing but itself.',
      from: { path: `${core}(domain|errors)/` },
      to: { pathNot: `${core}(domain|errors)/`, dependencyTypesNot: BUILT_IN },
    },
    {
      name: 'core-application-knows-ports-only',
      comment: 'A port knows no technology.',
      from: { path: `${core}application/` },
      to: { pathNot: `${core}(domain|errors|application)/`, dependencyTypesNot: BUILT_IN },
    },
    {
      name: 'domain-is-pure',
      comment: 'The rules of a context depend on no other context, layer or package.',
      from: { path: `${anyModule}domain/` },
      to: { pathNot: [`${sameModule}domain/`, `${core}(domain|errors)/`], dependencyTypesNot: BUILT_IN },
    },
    {
      name: 'application-knows-ports-only',
      comment: 'A use case speaks to ports and to the domain; technology is plugged in by module.ts.',
      from: { path: `${anyModule}application/` },
      to: {
        pathNot: [`${sameModule}(domain|application)/`, `${core}(domain|errors|application)/`, publicFace],
        dependencyTypesNot: BUILT_IN,
      },
    },
    {
      name: 'presentation-never-reaches-infrastructure',
      comment: 'Controllers call use cases and queries.',
      from: { path: `${src}(core|modules/[^/]+)/presentation/` },
      to: { path: `${src}(core|modules/[^/]+)/infrastructure/` },
    },
    {
      name: 'presentation-knows-no-driver',
      comment: 'Controllers call use cases and queries.',
      from: { path: `${src}(core|modules/[^/]+)/presentation/` },
      to: { path: packages(DATABASE_DRIVERS) },
    },
    {
      name: 'infrastructure-never-imports-presentation',
      comment: 'An adapter does not know who asks.',
      from: { path: `${src}(core|modules/[^/]+)/infrastructure/` },
      to: { path: `${src}(core|modules/[^/]+)/presentation/` },
    },
    {
      name: 'other-modules-by-index-only',
      comment: 'index.ts is what a module promises to the others, tests included; the rest may change any day.',
      from: { path: anyModule },
      to: { path: modules, pathNot: [sameModule, publicFace] },
    },
    {
      name: 'the-root-sees-module-and-index-only',
      comment: 'src/server.ts and src/modules/index.ts put the modules together; they know nothing inside one.',
      from: { path: root },
      to: { path: anyModule, pathNot: `${modules}[^/]+/(module|index)\\.ts$` },
    },
    {
      name: 'module-is-listed-by-the-root-only',
      comment: 'module.ts registers everything the module has; whoever imports it loads all of that.',
      from: { path: src, pathNot: [root, moduleTests] },
      to: { path: `${modules}[^/]+/module\\.ts$` },
    },
    {
      name: 'awilix-in-bootstrap-and-module-only',
      comment: 'Everything else takes its dependencies as constructor parameters.',
      from: { path: src, pathNot: [`${core}bootstrap/`, `${modules}[^/]+/module\\.ts$`] },
      to: { path: packages(['awilix']) },
    },
    {
      name: 'no-cycle',
      comment: 'Files that need each other are one file, or one of them needs a port.',
      from: { path: src },
      to: { circular: true },
    },
    {
      name: 'src-never-imports-tests',
      comment: 'What runs in production leans on nothing that stays at home; only test files do.',
      from: { path: src, pathNot: ownTests },
      to: { path: [`^${base}(tests|scripts|bench)/`, ownTests] },
    },
    {
      name: 'every-import-resolves',
      comment: 'An import that leads nowhere escapes all other rules.',
      from: { path: src },
      to: { couldNotResolve: true },
    },
    ...Object.entries(mayUse).map(([module, used]) => ({
      name: `${module}-uses-${used.length > 0 ? `only-${used.join('-and-')}` : 'no-other-module'}`,
      comment: 'The list mayUse says which module may import which; tests arrange their world with any.',
      from: { path: `${modules}${module}/`, pathNot: moduleTests },
      to: { path: modules, pathNot: `${modules}(${[module, ...used].join('|')})/` },
    })),
  ];

  return {
    forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
    options: {
      tsConfig: { fileName: 'tsconfig.json' },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'require', 'node', 'default'] },
    },
  };
}

/** Matches a package wherever it resolves to: installed, typed by @types, or by its bare name when missing. */
function packages(names) {
  return `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;
}

function checkList(folder, mayUse) {
  const listed = Object.keys(mayUse);
  const entries = fs.readdirSync(path.join(ROOT, folder), { withFileTypes: true });
  const missing = entries.filter((entry) => entry.isDirectory() && !listed.includes(entry.name));
  if (missing.length > 0) {
    throw new Error(`mayUse does not say what ${missing.map(({ name }) => `${folder}/${name}`).join(', ')} may use.`);
  }
  listed.forEach((module, position) => {
    const later = mayUse[module].filter((used) => !listed.slice(0, position).includes(used));
    if (later.length > 0) throw new Error(`mayUse: ${module} uses ${later.join(', ')}, which must be listed above it.`);
  });
}

module.exports = { boundaries };
