/** Run through `npm test`: it starts jest with --experimental-vm-modules, as ESM needs. */
export default {
  rootDir: '..',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  setupFilesAfterEnv: ['<rootDir>/test/support/after-env.ts'],
  testTimeout: 60_000,
  // One more than the cores of a small machine: some suites mostly wait, for real rate windows and for other processes.
  maxWorkers: 3,
  // Modules of ended suites are not collected: a worker that holds many of them spends its time looking through them.
  workerIdleMemoryLimit: '800MB',
};
