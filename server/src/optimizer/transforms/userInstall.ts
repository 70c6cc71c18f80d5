import { copyTarget } from '../../app/copiedFiles';
import { copiedStage } from '../../dockerfile/copiedStage';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { imageStage } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import { insertion, type TextEdit } from '../../text/edits';
import { isForUser, USER_BIN } from '../split/python';
import { refuse, type Transform } from '../transform';

/** Every user can enter it. */
const BASE = '/opt/python';
const TITLE = phrase("Install the Python packages in a directory that every user can read, not in root's home");

/** A build stage that hands over `/root/.local`: only root can enter `/root`. */
export const userInstall: Transform = {
  id: 'user-install',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['no-root-home'],
  propose({ dockerfile, config }) {
    const stage = imageStage(dockerfile);
    const copy = stage?.instructions.find(takesUserInstall);
    if (!stage || !copy || dockerfile.errors.length > 0 || config?.settings.targetStage !== undefined) return undefined;
    const builder = copiedStage(dockerfile, copy);
    const first = builder?.instructions.find(
      ({ keyword, script }) => keyword === 'RUN' && script?.commands.some(isForUser),
    );
    if (!builder || !first || builder.base.kind !== 'image' || builder.usedBy.length !== 1) return undefined;
    if (namesHome(builder) || namesHome(stage, copy))
      return {
        title: TITLE,
        ...refuse('the Dockerfile names the directory of `pip install --user`: install into a virtual environment'),
      };
    const lineEnd = lineEndOf(dockerfile);
    const paths = pathEdits(stage);
    const setting = `ENV PYTHONUSERBASE=${BASE}`;
    return {
      title: TITLE,
      reason: phrase(
        "`pip install --user` puts packages in root's home directory, which no other user can enter. PYTHONUSERBASE names another directory, for pip and for Python.",
      ),
      risk: phrase('A program that names `/root/.local` does not find the packages.'),
      edits: [
        insertion(placeOf(dockerfile, builder, first), `${setting}${lineEnd}`),
        ...pathEdits(builder),
        ...copy.args.map(({ span }) => ({ span, newText: BASE })),
        insertion(copy.span.end, `${lineEnd}${setting}${paths.length > 0 ? '' : ` PATH="${BASE}/bin:$PATH"`}`),
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

/** True if more than the PATH and the COPY names a directory in a home. */
function namesHome({ instructions }: Stage, copy?: Instruction): boolean {
  const isPath = ({ keyword, pairs }: Instruction) => keyword === 'ENV' && pairs.every(({ name }) => name === 'PATH');
  return instructions.some((node) => node !== copy && !isPath(node) && /\.local\b|PYTHONUSERBASE/.test(node.bodyText));
}

/** PATH with the new directory where it has that in root's home. */
function pathEdits({ instructions }: Stage): TextEdit[] {
  return instructions.flatMap((node) => {
    const [pair] = node.keyword === 'ENV' ? node.pairs : [];
    if (!pair?.valueSpan || pair.name !== 'PATH') return [];
    const parts = (pair.value ?? '').split(':');
    const moved = parts.map((part) => (USER_BIN.test(part) ? `${BASE}/bin` : part));
    return moved.join() === parts.join() ? [] : [{ span: pair.valueSpan, newText: `"${moved.join(':')}"` }];
  });
}

/** Above the COPYs that bring what the install reads. */
function placeOf({ text }: DockerfileModel, { instructions }: Stage, first: Instruction): number {
  const before = instructions.filter(({ span }) => span.start < first.span.start);
  const last = before.findLastIndex(({ keyword }) => !/^(?:COPY|ADD)$/.test(keyword));
  return startWithComments(text, (before[last + 1] ?? first).span.start);
}
