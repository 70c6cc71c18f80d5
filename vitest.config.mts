import { configDefaults, defineConfig } from 'vitest/config';

/** They start the programs of dist, which are built for them. */
const STARTS_PROGRAMS = [
  'test/cli/**/*.test.ts',
  'test/lsp/**/*.test.ts',
  'test/client/webview/pages.test.ts',
  'test/images/realTrivy.test.ts',
  'test/l10n/loading.test.ts',
  'test/repository/ci.test.ts',
  'test/start/**/*.test.ts',
];

export default defineConfig({
  test: {
    // One context for all files: about ten times faster, and no test here keeps global state.
    isolate: false,
    // On a busy machine: no test bounds anything by its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What has reached its end of life today has not on another day, and what Docker here builds with is not what it does elsewhere.
    env: { SOURCE_DATE_EPOCH: '1748736000', DOCKER_BUILDKIT: '0' },
    projects: [
      {
        extends: true,
        test: {
          name: 'sources',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'test/e2e/**', ...STARTS_PROGRAMS],
        },
      },
      {
        extends: true,
        test: { name: 'programs', include: STARTS_PROGRAMS, globalSetup: 'test/helpers/builtPrograms.ts' },
      },
    ],
  },
});
