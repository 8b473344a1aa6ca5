/** These ship ES modules only, which jest cannot `require()` on Node 20: of winston and otplib, and of OpenID Connect. */
const ES_MODULES = [
  ...['@noble/hashes', '@scure/base', 'color', 'color-convert', 'color-name', 'color-string'],
  ...['jose', 'oauth4webapi', 'openid-client', 'oidc-provider'],
];

/** What the rules live in: each file there must be covered, not only their average. */
const COVERED = { lines: 80, branches: 80, functions: 80, statements: 80 };

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/tests/fixtures/boundaries/'],
  testEnvironment: 'node',
  // For a test that hangs: one that is slow only because the machine is busy has done nothing wrong.
  testTimeout: 300_000,
  maxWorkers: 2,
  // Every file leaves its modules behind; a worker that has too many of them spends its time on collecting garbage.
  workerIdleMemoryLimit: '1GB',
  globalSetup: '<rootDir>/tests/support/globalSetup.ts',
  globalTeardown: '<rootDir>/tests/support/globalTeardown.ts',
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${ES_MODULES.join('|')})/)`],
  collectCoverageFrom: ['src/**/*.ts', '!src/**/tests/**'],
  coverageReporters: ['text-summary', 'lcov'],
  coverageThreshold: {
    'src/**/domain/**': COVERED,
    'src/**/application/**': COVERED,
  },
};
