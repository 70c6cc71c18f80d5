import { expect, it } from 'vitest';
import { orderOfSteps } from '../../server/src/optimizer/order';
import { transforms } from '../../server/src/optimizer/transforms';
import { allRules } from '../../server/src/rules';

const ids = orderOfSteps([...transforms, ...allRules]).map((step) => ('meta' in step ? step.meta.id : step.id));

it('does the small repairs first, then the phases and transforms in their order', () => {
  const later = ids.slice(allRules.filter(({ meta }) => meta.phase === undefined).length);
  expect(later).toEqual([
    'prefer-npm-ci',
    'dockerignore',
    'scan-stage',
    'secret-at-start',
    'secret-mount',
    'packages-first',
    'copy-manifests-first',
    'one-copy',
    'static-server',
    'next-standalone',
    'multi-stage',
    'production-packages',
    'program-only',
    'user-install',
    'runtime-base',
    'spring-layers',
    'cuda-runtime',
    'dependencies-first',
    'tools-in-one-layer',
    'cache-mounts',
    'stripped-program',
    'npm-clean-cache',
    'prefer-slim-base',
    'yarn-clean-cache',
    'copy-mode',
    'merge-settings',
    'merge-consecutive-run',
    'one-install',
    'mounted-file',
    'slim-base',
    'root-workdir',
    'hardened-base',
    'apt-get-clean-same-layer',
    'no-root-user',
  ]);
});
