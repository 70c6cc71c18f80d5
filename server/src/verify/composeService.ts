import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContainerEngine } from '../images/engines/engine';
import { makeOwnedFolder } from '../images/engines/ownedFolder';
import { ownedName } from '../images/engines/owner';
import type { Container } from '../images/engines/runtime';
import type { Localize } from '../l10n/localize';
import { say } from '../l10n/phrase';
import { MAIN_COMPOSE_FILES } from '../project/fileNames';
import type { Outcome } from '../reports/outcome';
import type { VerifyRequest } from '../reports/verifyRequest';
import { findProgram } from '../system/findProgram';
import { type ProgramEnd, runProgram } from '../system/runProgram';
import { composeRun, noService } from './composeRun';

const LIMITS = { timeLimitMs: 10 * 60_000, outputLimitBytes: 16 * 1024 * 1024 };
const MAX_FOLDERS = 4;

/** Starts a service of the project's Compose file with what it depends on, and with an image in place of its own. */
export function createServiceStarter(
  engine: ContainerEngine,
  { settings: { compose: service }, contextFolder, isNetworkAllowed, localize }: VerifyRequest,
  signal: AbortSignal,
): ((image: string) => Promise<Outcome<Container>>) | undefined {
  const { runtime } = engine;
  if (service === undefined || !runtime) return undefined;
  return async (image) => {
    const file = composeFile(contextFolder);
    const run = composeRun(file === undefined ? '' : readFileSync(file, 'utf8'), service, image, isNetworkAllowed);
    if ('problem' in run || file === undefined)
      return { ok: false, reason: say(localize, 'problem' in run ? run.problem : noService(service)) };
    const folder = makeOwnedFolder();
    const written = join(folder, 'compose.yaml');
    writeFileSync(written, run.text);
    const name = ownedName();
    const [program, ...first] = await composeProgram(engine, signal);
    const project = [...first, '-p', name, '-f', written, '--project-directory', dirname(file)];
    const compose = (args: readonly string[], cancel: AbortSignal): Promise<ProgramEnd> =>
      runProgram({ program, args: [...project, ...args], signal: cancel, ...LIMITS });
    const remove = async (): Promise<void> => {
      const down = ['down', '--volumes', '--remove-orphans', '-t', '1'];
      await compose(down, new AbortController().signal);
      // Images of services that it has built; not every Compose has the option.
      if (/^ {4}build:/m.test(run.text)) await compose([...down, '--rmi', 'local'], new AbortController().signal);
      rmSync(folder, { recursive: true, force: true });
    };
    const up = await compose(['up', '--detach', service], signal);
    const idFrom = async (...options: string[]) => {
      const listed = await compose(['ps', ...options, '-q', service], signal);
      return listed.how === 'exited' ? listed.stdout.toString('utf8').trim().split('\n')[0] : undefined;
    };
    // It may have exited already; programs without the option list those, too.
    const id = (await idFrom('--all')) || (await idFrom());
    if (up.how === 'exited' && up.code === 0 && id) return { ok: true, value: runtime.attach(id, remove) };
    await remove();
    return { ok: false, reason: whyNotUp(up, localize), isCancelled: signal.aborted };
  };
}

/** `docker compose`, or the program that came before it. */
async function composeProgram({ program }: ContainerEngine, signal: AbortSignal): Promise<[string, ...string[]]> {
  const end = await runProgram({ program, args: ['compose', 'version'], signal, ...LIMITS });
  const old = end.how === 'exited' && end.code === 0 ? undefined : findProgram('docker-compose');
  return old === undefined ? [program, 'compose'] : [old];
}

function whyNotUp(up: ProgramEnd, localize: Localize): string {
  const line = 'stderr' in up ? up.stderr.trim().split('\n').at(-1) : undefined;
  return localize('Compose does not start the service: {reason}', { reason: line ?? up.how });
}

/** The nearest one, from the build context upward. */
function composeFile(folder: string): string | undefined {
  let current = folder;
  for (let count = 0; count < MAX_FOLDERS; count++) {
    const name = MAIN_COMPOSE_FILES.find((one) => existsSync(join(current, one)));
    if (name !== undefined) return join(current, name);
    current = dirname(current);
  }
  return undefined;
}
