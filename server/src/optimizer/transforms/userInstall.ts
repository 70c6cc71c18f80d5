import { copyTarget } from '../../app/copiedFiles';
import { createSite, type Site } from '../../app/site';
import { packageCommand } from '../../commands/packageCommand';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { imageStage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { findStage } from '../../dockerfile/parse';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import { baseName } from '../../text/paths';
import {
  environmentGuard,
  isForUser,
  isPipInstall,
  isPipItself,
  makingOf,
  USER_BIN,
  VENV,
  withoutUserOption,
} from '../split/python';
import { refuse, type Transform, type TransformSite } from '../transform';

const TITLE = phrase("Install the Python packages in a virtual environment instead of root's home directory");

/** A build stage that hands over `/root/.local`: only root can enter `/root`. */
export const userInstall: Transform = {
  id: 'user-install',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['no-root-home'],
  propose(given) {
    const { dockerfile, config } = given;
    const stage = imageStage(dockerfile);
    const copy = stage?.instructions.find(takesUserInstall);
    if (!stage || !copy || dockerfile.errors.length > 0 || config?.settings.targetStage !== undefined) return undefined;
    const from = copy.flags.find(({ name }) => name === 'from')?.value ?? '';
    const builder = findStage(dockerfile.stages, stage, from);
    const sites = builder && usesSamePython(builder, stage) ? [siteOf(given, builder), siteOf(given, stage)] : [];
    const [building, running] = sites;
    if (!builder || !building || !running || builder.usedBy.length !== 1) return undefined;
    const commands = builder.instructions.flatMap(({ keyword, script }) =>
      keyword === 'RUN' ? (script?.commands ?? []) : [],
    );
    const first = builder.instructions.find(
      ({ keyword, script }) => keyword === 'RUN' && script?.commands.some(isForUser),
    );
    const isAlone = commands.filter(isPipInstall).every((command) => isForUser(command) || isPipItself(command));
    if (!first || !isAlone || callsPip(stage)) return undefined;
    const guard =
      environmentGuard(running, [], []) ??
      (namesHome(builder) || namesHome(stage, copy)
        ? refuse('the Dockerfile names the directory of `pip install --user`: install into a virtual environment')
        : undefined);
    if (guard) return { title: TITLE, ...guard };
    const paths = [...pathEdits(dockerfile, builder, ''), ...pathEdits(dockerfile, stage, `${VENV}/bin:`)];
    const isOnPath = paths.some(({ newText }) => newText.includes(VENV));
    const lineEnd = lineEndOf(dockerfile);
    return {
      title: TITLE,
      reason: phrase(
        "`pip install --user` puts packages in root's home directory, which no other user can enter. A virtual environment is complete in one directory, and every user can read it.",
      ),
      risk: phrase('A program that calls Python by its path does not find the packages.'),
      edits: [
        insertion(placeOf(dockerfile, builder, first), [...makingOf(building, undefined, undefined), ''].join(lineEnd)),
        ...commands.filter(isForUser).flatMap(withoutUserOption),
        ...copy.args.map(({ span }) => ({ span, newText: VENV })),
        ...(isOnPath ? [] : [insertion(copy.span.end, `${lineEnd}ENV PATH="${VENV}/bin:$PATH"`)]),
        ...paths,
      ],
    };
  },
};

function takesUserInstall(node: Instruction): boolean {
  return (
    node.keyword === 'COPY' &&
    node.form !== 'exec' &&
    node.args.length === 2 &&
    node.flags.some(({ name }) => name === 'from') &&
    /^\/root\/\.local\/?$/.test(node.args[0]?.value ?? '') &&
    copyTarget(node).replace(/\/$/, '') === '/root/.local'
  );
}

function siteOf({ dockerfile, knowledge, buildContext, config }: TransformSite, stage: Stage): Site | undefined {
  return buildContext && createSite(dockerfile, stage, knowledge, buildContext, config?.settings.services);
}

/** The environment links to the Python of the stage that made it. */
function usesSamePython(builder: Stage, stage: Stage): boolean {
  const [version, other] = [builder, stage].map(({ base }) => {
    if (base.kind !== 'image' || baseName(base.image.repository) !== 'python') return undefined;
    const tag = base.image.tag ?? '';
    return [/^3\.\d+/.exec(tag)?.[0] ?? tag, tag.includes('alpine')].join();
  });
  return version !== undefined && version === other;
}

function callsPip({ instructions }: Stage): boolean {
  return instructions.some(
    ({ keyword, script }) =>
      keyword === 'RUN' && script?.commands.some((command) => packageCommand(command, ['pip', 'uv']) !== undefined),
  );
}

/** True if more than the PATH and the COPY names a directory in a home. */
function namesHome({ instructions }: Stage, copy?: Instruction): boolean {
  const isPath = ({ keyword, pairs }: Instruction) => keyword === 'ENV' && pairs.every(({ name }) => name === 'PATH');
  return instructions.some((node) => node !== copy && !isPath(node) && /\.local\b|PYTHONUSERBASE/.test(node.bodyText));
}

/** PATH with `added` instead of the directories of the user. */
function pathEdits(dockerfile: DockerfileModel, { instructions }: Stage, added: string): TextEdit[] {
  return instructions.flatMap((node) => {
    const [pair] = node.keyword === 'ENV' ? node.pairs : [];
    if (!pair?.valueSpan || pair.name !== 'PATH') return [];
    const parts = (pair.value ?? '').split(':');
    const kept = parts.filter((part) => !USER_BIN.test(part));
    if (kept.length === parts.length) return [];
    const isEmpty = added === '' && node.pairs.length === 1 && kept.every((part) => /^\$\{?PATH\}?$/.test(part));
    const removal = isEmpty ? removeInstruction(dockerfile, node) : undefined;
    return [removal ?? { span: pair.valueSpan, newText: `"${added}${kept.join(':')}"` }];
  });
}

/** Above the COPYs that bring what the install reads: the environment does not depend on them. */
function placeOf({ text }: DockerfileModel, { instructions }: Stage, first: Instruction): number {
  const before = instructions.filter(({ span }) => span.start < first.span.start);
  const last = before.findLastIndex(({ keyword }) => !/^(?:COPY|ADD)$/.test(keyword));
  return startWithComments(text, (before[last + 1] ?? first).span.start);
}
