import { MAX_REPORT_BYTES } from '../../reports/readReport';
import type { ContainerEngine } from '../engines/engine';
import { TIME_LIMIT_MS, TRIVY_ENV, trivyArguments } from './dialects';
import { readOutput } from './programScanner';
import type { Scanner, ScannerSetup } from './scanner';

/** Keeps Trivy's database between runs. */
const CACHE_VOLUME = 'dockerfile-optimizer-trivy:/root/.cache/trivy';
const ARCHIVE = '/image.tar';

/** Trivy in a container, without the engine's socket: images come from registries, or as an archive. */
export function createContainerScanner(engine: ContainerEngine, containerImage: string, setup: ScannerSetup): Scanner {
  return {
    kind: 'trivy',
    scan: async (subject, { signal, onOutput }) => {
      const { run, kind } = engine;
      if (!run)
        return {
          ok: false,
          reason: setup.localize('{engine} can build images, but not run containers', { engine: kind }),
        };
      const { archivePath } = subject;
      const isInside = archivePath !== undefined;
      const end = await run({
        image: containerImage,
        args: trivyArguments(isInside ? { ...subject, archivePath: ARCHIVE } : subject),
        options: [
          ...['--volume', CACHE_VOLUME],
          ...Object.entries(TRIVY_ENV).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
          // Otherwise SELinux would require relabeling the archive for the container.
          ...(isInside && kind === 'podman' ? ['--security-opt', 'label=disable'] : []),
          ...(isInside ? ['--volume', `${archivePath}:${ARCHIVE}:ro`] : []),
        ],
        signal,
        onOutput,
        timeLimitMs: TIME_LIMIT_MS,
        outputLimitBytes: MAX_REPORT_BYTES,
      });
      return end.ok ? readOutput('trivy', subject, end.value, setup) : end;
    },
  };
}
