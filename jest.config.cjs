const esmOnly = [
  'temporal-polyfill',
  'temporal-utils',
  'temporal-spec',
  'postal-mime',
  'p-limit',
  'yocto-queue',
];

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.(t|m?j)s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  globalSetup: '<rootDir>/test/support/processes/global-setup.ts',
  testTimeout: 60_000,
  maxWorkers: 2,
  // A process keeps a part of every file it has run, and collects garbage ever longer.
  workerIdleMemoryLimit: '700MB',
};
