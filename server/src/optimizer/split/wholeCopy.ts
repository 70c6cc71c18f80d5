import { absolutePath, copyTarget, workdirAt, workdirAtEnd } from '../../app/copiedFiles';
import { copiedStage } from '../../dockerfile/copiedStage';
import { lineEndOf } from '../../dockerfile/edits/runLayout';
import { startWithComments } from '../../dockerfile/edits/startWithComments';
import type { DockerfileModel, Instruction, Stage } from '../../dockerfile/model';
import { parseDockerfile } from '../../dockerfile/parse';
import { isWithin } from '../../text/paths';
import type { Span } from '../../text/span';
import { StageLines, sourceOf } from './compose';

/** A file in which the last two stages are one: the final stage takes everything that the build stage has. */
export interface OneStage {
  readonly dockerfile: DockerfileModel;
  /** Both stages in the original file. */
  readonly span: Span;
  /** The image that the author has chosen for the final stage. */
  readonly image: string | undefined;
  /** The comment above the final stage. */
  readonly title: readonly string[];
}

const IN_FINAL = /^(?:CMD|ENTRYPOINT|EXPOSE|ENV|HEALTHCHECK|LABEL|STOPSIGNAL|WORKDIR|COPY|RUN)$/;

/**
 * Undefined unless the final stage is no more than `COPY --from=build /app ./` and a start: its packages and sources are
 * those of the build, as in a single stage. Other languages than Node.js keep packages elsewhere.
 */
export function oneStageOf(dockerfile: DockerfileModel): OneStage | undefined {
  const { stages, text } = dockerfile;
  const [build, final] = stages.slice(-2);
  if (!build || !final || !isNode(build) || !isNode(final)) return undefined;
  const { instructions } = final;
  const copies = instructions.filter(({ keyword }) => keyword === 'COPY');
  const folder = workdirAtEnd(build.instructions);
  const takes = (node: Instruction, path: string) =>
    copiedStage(dockerfile, node) === build &&
    node.flags.length === 1 &&
    node.args.length === 2 &&
    sourceIn(node) === path &&
    copyTarget(node) === path;
  const isWhole =
    folder !== '/' &&
    workdirAtEnd(instructions) === folder &&
    instructions.every((node) => node.keyword !== 'RUN' || workdirAt(node) === folder) &&
    copies.some((node) => takes(node, folder)) &&
    copies.every((node) => isWithin(sourceIn(node), folder) && takes(node, sourceIn(node)));
  if (!isWhole || !instructions.every(({ keyword }) => IN_FINAL.test(keyword)) || keepsSettings(build, final))
    return undefined;
  const lines = new StageLines(dockerfile);
  for (const node of instructions) {
    if (node.keyword === 'COPY' || node.keyword === 'WORKDIR') continue;
    lines.at(node);
    lines.push(sourceOf(dockerfile, node));
  }
  const end = (build.instructions.at(-1) ?? build.from).span.end;
  const eol = lineEndOf(dockerfile);
  const title = text.slice(startWithComments(text, final.from.span.start), final.from.span.start).trimEnd();
  return {
    dockerfile: parseDockerfile(text.slice(0, end) + eol + lines.lines.join(eol).replace(/\r?\n/g, eol) + eol),
    span: { start: build.from.span.start, end: (instructions.at(-1) ?? final.from).span.end },
    image: imageOf(final) === imageOf(build) ? undefined : imageOf(final),
    title: title === '' ? [] : title.split(/\r?\n/),
  };
}

function isNode({ base }: Stage): boolean {
  return base.kind === 'image' && /(?:^|\/)(?:node|bun)$/.test(base.image.repository);
}

function imageOf({ from }: Stage): string | undefined {
  return from.args[0]?.value;
}

function sourceIn(node: Instruction): string {
  return absolutePath(node.expand(node.args[0]?.text ?? '') ?? '', '/');
}

/** What the build stage sets would be set in the final one too, and its user own the files. */
function keepsSettings(build: Stage, final: Stage): boolean {
  const set = new Set(
    final.instructions.flatMap(({ keyword, pairs }) => (keyword === 'ENV' ? pairs : [])).map(({ name }) => name),
  );
  return (
    build.usedBy.some((node) => node.stage !== final) ||
    build.instructions.some(
      ({ keyword, pairs }) =>
        /^(?:USER|VOLUME|ONBUILD|SHELL|HEALTHCHECK|LABEL|STOPSIGNAL|ENTRYPOINT)$/.test(keyword) ||
        (keyword === 'ENV' && pairs.some(({ name }) => !set.has(name))),
    )
  );
}
