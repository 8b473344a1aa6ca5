import { defineConfig } from 'eslint/config';
import { configs, plugins, rules } from 'eslint-config-airbnb-extended';
import prettier from 'eslint-config-prettier/flat';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts'];
const TESTS = ['tests/**/*.ts', 'src/**/tests/**/*.ts', 'scripts/templates/**/tests/**/*.ts'];
/** For those who write code; none of it is in what is built. */
const TOOLS = ['scripts/demo/**', 'scripts/generator/**', 'scripts/generate-module.ts'];
const PROGRAMS = ['src/server.ts', 'scripts/**', 'bench/**'];

/** Airbnb's setting of a rule that takes a list, to lengthen or shorten it. */
const airbnb = (group, rule) => rules.base[group].rules[rule].slice(1);

/** Helpers stand below the class or function that they serve. */
const FOOT_OF_THE_FILE = { functions: false, variables: false };

const ASSIGNABLE = airbnb('bestPractices', 'no-param-reassign')[0].ignorePropertyModificationsFor;

const FOCUSED = ['it', 'test', 'describe'].map((object) => ({
  object,
  property: 'only',
  message: 'A focused test switches all the others off.',
}));

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.data/', 'tests/fixtures/boundaries/'] },
  // A rule that does not fit is changed here, for everyone and with its reason.
  { linterOptions: { noInlineConfig: true } },

  plugins.stylistic,
  plugins.importX,
  plugins.node,
  plugins.typescriptEslint,
  ...configs.base.recommended,
  ...configs.node.recommended,
  ...configs.base.typescript,
  { files: TYPESCRIPT, extends: [tseslint.configs.recommendedTypeChecked] },

  {
    name: 'atrium/everywhere',
    rules: {
      // One name per thing, the same wherever it is imported.
      'import-x/prefer-default-export': 'off',
      'import-x/no-default-export': 'error',
      // An adapter implements its port whether or not a method needs its state.
      'class-methods-use-this': 'off',
      // Airbnb's case against `for…of` is the weight of regenerator; Node runs it natively.
      'no-restricted-syntax': [
        'error',
        ...airbnb('style', 'no-restricted-syntax').filter(({ selector }) => selector !== 'ForOfStatement'),
        {
          selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
          message: '`as unknown as` switches the type check off.',
        },
      ],
      // A transaction is one connection: its statements go one after the other, and `Promise.all` there is the mistake.
      'no-await-in-loop': 'off',
      // `void promise` is how a promise is left alone on purpose; without it no-floating-promises has no way out.
      'no-void': 'off',
      'no-console': 'error',
      'no-warning-comments': 'error',
      // What no request waits for is read once, while the file loads; these two wait for no disk.
      'n/no-sync': ['error', { allowAtRootLevel: true, ignores: ['randomFillSync', 'hkdfSync'] }],
      // Express and Socket.IO keep what belongs to an application or a connection on its object, as Airbnb grants `req`.
      'no-param-reassign': ['error', { props: true, ignorePropertyModificationsFor: [...ASSIGNABLE, 'app', 'socket'] }],
      // A class expression belongs to the class that makes it.
      'max-classes-per-file': ['error', { max: 1, ignoreExpressions: true }],
      // Node 21 is no target, and `fetch` counts as experimental in 20 by name only.
      'n/no-unsupported-features/node-builtins': ['error', { version: '^20.19 || >=22.12', allowExperimental: true }],
    },
  },
  {
    name: 'atrium/typescript',
    files: TYPESCRIPT,
    rules: {
      // The compiler knows which `switch` is complete and which function returns; a dead `default` would hide a new case.
      'default-case': 'off',
      'consistent-return': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-use-before-define': ['error', FOOT_OF_THE_FILE],
      // A method may be async because its port is.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      '@typescript-eslint/prefer-optional-chain': 'error',
      // Numbers and ids print as one expects; objects do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    name: 'atrium/tests',
    files: TESTS,
    rules: {
      'no-restricted-properties': ['error', ...airbnb('bestPractices', 'no-restricted-properties'), ...FOCUSED],
      'no-restricted-globals': ['error', ...airbnb('variables', 'no-restricted-globals'), 'fit', 'fdescribe'],
      'n/no-sync': 'off',
      // Attacks are written out.
      'no-script-url': 'off',
      // The bodies of HTTP answers are `any`; what they hold is what the test asserts.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    name: 'atrium/programs',
    files: PROGRAMS,
    rules: {
      // They speak to a terminal, and their exit code is an answer.
      'no-console': 'off',
      'n/no-process-exit': 'off',
      'n/no-sync': 'off',
    },
  },
  {
    name: 'atrium/configuration',
    files: ['src/core/config/**'],
    rules: {
      // It is read before anything runs that could wait.
      'n/no-sync': 'off',
    },
  },
  {
    name: 'atrium/dependencies',
    rules: {
      'import-x/no-extraneous-dependencies': [
        'error',
        { devDependencies: [...TESTS, 'bench/**', ...TOOLS, '*.{cjs,mjs}'], optionalDependencies: false },
      ],
    },
  },
  {
    name: 'atrium/default-exports',
    // ESLint and jest ask for one.
    files: ['eslint.config.mjs', 'tests/support/globalSetup.ts', 'tests/support/globalTeardown.ts'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  {
    name: 'atrium/javascript',
    files: ['**/*.{cjs,mjs}'],
    rules: { 'no-use-before-define': ['error', FOOT_OF_THE_FILE] },
  },
  {
    name: 'atrium/commonjs',
    // Node finds no `.cjs` file without its extension.
    files: ['**/*.cjs'],
    rules: { 'import-x/extensions': 'off' },
  },
  prettier,
);
