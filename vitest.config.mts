import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // One context for all files: about ten times faster, and no test here keeps global state.
    isolate: false,
    testTimeout: 30_000,
    // What has reached its end of life today has not on another day, and what Docker here builds with is not what it does elsewhere.
    env: { SOURCE_DATE_EPOCH: '1748736000', DOCKER_BUILDKIT: '0' },
  },
});
