import { basename } from 'node:path';
import type { Localize } from '../../l10n/localize';
import type { Outcome } from '../../reports/outcome';
import type { ScannerChoice, ScannerKind } from '../../reports/scanRequest';
import { findProgram } from '../../system/findProgram';
import type { ContainerEngine } from '../engines/engine';
import { createContainerScanner } from './containerScanner';
import { DIALECTS } from './dialects';
import { createProgramScanner } from './programScanner';
import type { Scanner, ScannerSetup } from './scanner';

/** The chosen scanner, or the first available: Trivy, Grype, Clair if a host is set, Trivy's container. */
export async function findScanner(
  choice: ScannerChoice,
  setup: ScannerSetup,
  findEngine: () => Promise<Outcome<ContainerEngine>>,
): Promise<Outcome<Scanner>> {
  const { localize } = setup;
  const { kind, path, clairHost, containerImage } = choice;
  if (clairHost !== undefined && !/^https?:\/\/[^\s/]/.test(clairHost))
    return {
      ok: false,
      reason: localize('{host} is not a valid Clair address like http://localhost:6060', { host: clairHost }),
    };
  for (const candidate of kindsOf(choice)) {
    const program = findProgram(path ?? DIALECTS[candidate].program);
    if (program === undefined) continue;
    if (candidate === 'clair' && clairHost === undefined)
      return { ok: false, reason: localize('The address of Clair is not set'), url: DIALECTS.clair.url };
    return { ok: true, value: createProgramScanner(candidate, program, choice, setup) };
  }
  if (path !== undefined)
    return { ok: false, reason: localize('{program} is missing or cannot be started', { program: path }) };
  if (containerImage !== undefined && (kind === 'auto' || kind === 'trivy')) {
    const engine = await findEngine();
    return engine.ok ? { ok: true, value: createContainerScanner(engine.value, containerImage, setup) } : engine;
  }
  return { ok: false, ...missing(kind, localize) };
}

/** Which scanner is missing, and where to get it. */
function missing(kind: ScannerChoice['kind'], localize: Localize): { reason: string; url: string } {
  if (kind === 'auto') {
    const reason = localize(
      'No vulnerability scanner found (Trivy, Grype, Clair): install one, or run Trivy in a container with --scanner-image (in VS Code: dockerfileOptimizer.scanner.containerImage)',
    );
    return { reason, url: DIALECTS.trivy.url };
  }
  const { program, url } = DIALECTS[kind];
  return { reason: localize('{program}, which scans images for vulnerabilities, is not installed', { program }), url };
}

function kindsOf({ kind, path, clairHost }: ScannerChoice): readonly ScannerKind[] {
  if (kind !== 'auto') return [kind];
  if (path !== undefined) return [kindOf(path)];
  return clairHost === undefined ? ['trivy', 'grype'] : ['trivy', 'grype', 'clair'];
}

/** Depends on the program's name; any other name counts as Trivy. */
function kindOf(path: string): ScannerKind {
  const name = basename(path).toLowerCase();
  if (name.startsWith('clair')) return 'clair';
  return name.startsWith('grype') ? 'grype' : 'trivy';
}
