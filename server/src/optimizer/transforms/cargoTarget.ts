import { folderOf } from '../../app/commandFolder';
import { effectiveUser } from '../../app/effectiveUser';
import { createSite } from '../../app/site';
import { separatorLike } from '../../dockerfile/edits/runLayout';
import { isInFinalImage } from '../../dockerfile/finalStages';
import type { Instruction, Stage } from '../../dockerfile/model';
import { readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { insertion, type TextEdit } from '../../text/edits';
import { isWithin } from '../../text/paths';
import { cargoSubcommand, isCargoBuild, targetFolder } from '../split/cargoBuilds';
import type { TransformSite } from '../transform';

/** Cargo's target directory, mounted for the RUN that builds. */
export interface CargoTarget {
  readonly run: Instruction;
  readonly folder: string;
  /** Copy the programs out of the mount, and change the COPYs in other stages to take them from there. */
  readonly edits: readonly TextEdit[];
}

/** Where other stages find the programs. */
const TAKEN = '/usr/local/bin';
/** Cargo compares timestamps: files from another build in the directory may be newer than the sources. */
const TOUCH = "find . -name '*.rs' -not -path './target/*' -exec touch {} +";
const USES_TARGET = /^(?:build|b|install|test|t|check|c|clippy|run|r|rustc|bench|doc)$/;

/** Undefined if something else needs the directory, or if that is uncertain. */
export function cargoTarget(site: TransformSite, stage: Stage): CargoTarget | undefined {
  const { dockerfile, knowledge, buildContext } = site;
  const runs = stage.instructions.filter(
    ({ keyword, script }) => keyword === 'RUN' && script?.commands.some(usesTarget),
  );
  const [run, ...others] = runs;
  if (!run || others.length > 0 || run.form !== 'shell' || !buildContext) return undefined;
  if (
    isInFinalImage(dockerfile, run) ||
    dockerfile.stages.some(({ base }) => base.kind === 'stage' && base.stage === stage)
  )
    return undefined;
  if (effectiveUser(stage, knowledge, run).isRoot === false) return undefined;
  const build = run.script?.commands.findLast(usesTarget);
  const folder = build && buildFolder(site, stage, run, build);
  if (!build || !folder || !isPlain(run, build)) return undefined;
  const target = folder.slice(0, folder.indexOf('/target/') + '/target'.length);
  const isNamed = stage.instructions.some(
    (node) => node.span.start > run.span.start && node.keyword !== 'WORKDIR' && node.bodyText.includes('target'),
  );
  const taken = takenFrom(site, stage, target, folder);
  if (isNamed || !taken) return undefined;
  const names = [...new Set(taken.map(({ name }) => name))];
  const isInstalled = cargoSubcommand(build) === 'install';
  const isMoved = run.script?.commands.some(
    ({ name, words }) => /^(?:cp|mv|install)$/.test(name) && words.some(({ value }) => value.includes('target/')),
  );
  if (names.length === 0 && !isMoved && !isInstalled) return undefined;
  const and = separatorLike(dockerfile);
  const copy = names.length === 0 ? '' : `${and}cp ${names.map((name) => `${folder}/${name}`).join(' ')} ${TAKEN}/`;
  return {
    run,
    folder: target,
    edits: [
      insertion(build.span.start, `${TOUCH}${and}`),
      ...(copy === '' ? [] : [insertion(build.span.end, copy)]),
      ...taken.map(({ span, name }) => ({ span, newText: `${TAKEN}/${name}` })),
    ],
  };
}

function usesTarget(command: ShellCommand): boolean {
  const subcommand = command.name === 'cargo' ? (cargoSubcommand(command) ?? '') : '';
  // Third-party tools are compiled elsewhere.
  return USES_TARGET.test(subcommand) && (subcommand !== 'install' || readOptions(command).has('--path'));
}

/** `/app/target/release`, below the directory in which Cargo is called. */
function buildFolder(site: TransformSite, stage: Stage, run: Instruction, build: ShellCommand): string | undefined {
  const { dockerfile, knowledge, buildContext } = site;
  const workdir = folderOf(run, build);
  const known = buildContext && createSite(dockerfile, stage, knowledge, buildContext);
  const path = readOptions(build).option('--path')?.value ?? '.';
  // `find` in `/` would read /proc, whose files disappear meanwhile: it then fails.
  if (workdir === undefined || workdir === '/' || !known) return undefined;
  if (!isCargoBuild(build) || !/^\.\/?$/.test(path)) return undefined;
  const folder = targetFolder(known, run, build, workdir);
  return folder?.startsWith(`${workdir}/target/`) ? folder : undefined;
}

/** True if commands can be added before and after the build without changing how it runs. */
function isPlain(run: Instruction, build: ShellCommand): boolean {
  const { chain } = build;
  return (
    chain === run.script?.chain &&
    !build.isConditional &&
    build.pipeline.length === 1 &&
    build.redirects.length === 0 &&
    chain.operators.every(({ text }) => text === '&&')
  );
}

/** The programs that other stages copy from the directory; undefined if they copy more of it, or if that is unknown. */
function takenFrom(
  { dockerfile }: TransformSite,
  stage: Stage,
  target: string,
  folder: string,
): { readonly span: TextEdit['span']; readonly name: string }[] | undefined {
  const taken: { span: TextEdit['span']; name: string }[] = [];
  for (const node of stage.usedBy) {
    if (node.keyword === 'FROM') continue;
    if (node.keyword !== 'COPY' || node.form === 'exec') return undefined;
    for (const { value, text, span } of node.args.slice(0, -1)) {
      const path = `/${(node.expand(text) ?? value).replace(/^\/+/, '')}`.replace(/\/$/, '');
      if (!/^[\w./-]+$/.test(path)) return undefined;
      if (isWithin(target, path)) return undefined;
      if (!path.startsWith(`${target}/`)) continue;
      const name = path.slice(folder.length + 1);
      if (!path.startsWith(`${folder}/`) || name.includes('/')) return undefined;
      taken.push({ span, name });
    }
  }
  return dockerfile.errors.length > 0 ? undefined : taken;
}
