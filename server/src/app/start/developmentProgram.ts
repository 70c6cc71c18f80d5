import { type PackageCommand, packageCommand } from '../../commands/packageCommand';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { Instruction } from '../../dockerfile/model';
import { packageOf } from '../../knowledge/nodePrograms';
import { parseJson, recordOf } from '../../text/jsonValue';
import { workdirAtEnd } from '../copiedFiles';
import { omitsDevelopment } from '../developmentPackages';
import { readInImage, readPackageJson } from '../packageJson';
import type { Site } from '../site';
import { packageStart } from './packageStart';

/**
 * The program of a development package that a script of package.json starts, where no step installs development
 * packages: `npm start` → `nodemon server.js` after `npm ci --omit=dev`.
 */
export function developmentProgram(site: Site): { readonly program: string; readonly name: string } | undefined {
  const steps = inheritedInstructions(site.stage);
  const folder = workdirAtEnd(steps);
  const json = readPackageJson(site, folder);
  if (!json || json.hasWorkspaces || !leavesOut(steps, json.packageManager)) return undefined;
  const started = packageStart(site, json.scripts);
  if (!started || started.managers.size === 0) return undefined;
  for (const { name: program } of started.commands) {
    const name = packageOf(program);
    const isMissing = json.devDependencies.has(name) && !json.dependencies.has(name);
    if (isMissing && isForDevelopmentOnly(name, readInImage(site, `${folder === '/' ? '' : folder}/package-lock.json`)))
      return { program, name };
  }
  return undefined;
}

/** False where another package may need it as well. */
function isForDevelopmentOnly(name: string, lock: string | undefined): boolean {
  const entry = recordOf(recordOf(recordOf(parseJson(lock))?.['packages'])?.[`node_modules/${name}`]);
  return entry === undefined
    ? /^(?:nodemon|ts-node|ts-node-dev|tsx|vite|concurrently)$/.test(name)
    : entry['dev'] === true;
}

function leavesOut(steps: readonly Instruction[], packageManager: string | undefined): boolean {
  const installs = steps.flatMap((on) =>
    (on.keyword === 'RUN' ? (on.script?.commands ?? []) : []).flatMap((command) => {
      const call = packageCommand(command, ['npm', 'yarn', 'pnpm'], on);
      const isInstall = call && /^(?:ci|install|i|clean-install|add|)$/.test(call.subcommand?.value ?? '');
      return isInstall && !call.has('-g', '--global') ? [{ call, on }] : [];
    }),
  );
  return (
    installs.length > 0 &&
    installs.every(({ call, on }) => omits(call, on, packageManager)) &&
    !steps.some((node) => mayBringModules(node))
  );
}

function omits(call: PackageCommand, on: Instruction, packageManager: string | undefined): boolean {
  if (call.operands.length > 0 || call.has('--include', '--dev', '-D')) return false;
  if (omitsDevelopment(call.command)) return true;
  // Later versions of Yarn do not read NODE_ENV.
  const readsVariable = call.tool !== 'yarn' || /^yarn@1\./.test(packageManager ?? '');
  const isSet = on.resolve('NODE_ENV')?.value === 'production' && !/NODE_ENV|npm_config|NPM_CONFIG/.test(on.bodyText);
  return readsVariable && isSet && !call.has('--production', '--prod');
}

/** Modules from another stage, from the build context or from a program that installs them. */
function mayBringModules({ keyword, flags, bodyText }: Instruction): boolean {
  if (keyword === 'COPY' || keyword === 'ADD')
    return /node_modules/.test(bodyText) || flags.some(({ name }) => name === 'from');
  if (keyword === 'ENV') return /NPM_CONFIG|npm_config|\bPATH\b/.test(bodyText);
  return keyword === 'RUN' && /\b(?:bun|lerna|turbo|npx|link|make)\b|\.\/|\.sh\b|include=dev/.test(bodyText);
}
