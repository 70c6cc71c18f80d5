import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // One context for all files: about ten times faster, and no test here keeps global state.
    isolate: false,
    testTimeout: 30_000,
  },
});
