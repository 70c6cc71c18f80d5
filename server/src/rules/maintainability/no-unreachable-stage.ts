import { startWithComments } from '../../dockerfile/edits/startWithComments';
import { imageStage } from '../../dockerfile/lineage';
import type { DockerfileModel, Stage } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';

export default defineRule({
  meta: {
    id: 'no-unreachable-stage',
    group: 'maintainability',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:no-unreachable-stages'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      unreachable: 'Nothing uses the stage `{name}`',
      unnamed: 'Nothing uses this stage: no later one names it or its number, {name}',
      remove: 'Remove the stage `{name}`, which the image needs nothing of',
      copy: 'Copy what it builds into the final stage: `COPY --from={name} …`',
    },
    docs: {
      description: 'Remove stages that nothing uses',
      rationale:
        'BuildKit skips a stage that the final stage does not need, so its steps never run. Named stages may be built with `--target`, so the rule reports them only if the name is typical of a build stage, such as `builder`, and no file of the project names it as a target.',
      fixSafety: {
        unsafe:
          'Docker without BuildKit builds every stage and stops where one fails, and a build somewhere else may still ask for the stage by its number or name.',
        notes:
          'BuildKit builds the same image without the stage. The stage stays where the final stage starts a program but copies nothing, because a COPY is missing.',
      },
      bad: ['FROM node:22 AS build\nRUN npm ci\nFROM alpine:3.20\nFROM debian:12\nCOPY --from=build /app /app\n'],
      good: ['FROM node:22 AS build\nRUN npm ci\nFROM debian:12\nCOPY --from=build /app /app\n'],
      references: [
        'https://docs.docker.com/build/building/multi-stage/#differences-between-legacy-builder-and-buildkit',
      ],
    },
  },
  create: ({ settings: { targetStage }, buildContext, report }) => ({
    file(dockerfile) {
      if (targetStage !== undefined) return;
      for (const stage of dockerfile.stages) {
        const { index, name, isFinal, usedBy, from } = stage;
        if (isFinal || usedBy.length > 0 || (name !== undefined && !isDeadBuild(name, buildContext))) continue;
        const edit = removeStage(dockerfile, stage);
        const data = { name: name ?? index };
        const fix = isForgotten(dockerfile, stage)
          ? ({ title: 'copy', data, safety: 'manual' } as const)
          : edit && ({ title: 'remove', data, safety: 'unsafe', edits: [edit] } as const);
        report(from.keywordSpan, name === undefined ? 'unnamed' : 'unreachable', { data, fix });
      }
    },
  }),
});

/** True where the final stage starts something, but neither copies nor runs anything: its COPY is missing. */
function isForgotten(dockerfile: DockerfileModel, stage: Stage): boolean {
  const instructions = imageStage(dockerfile)?.instructions ?? [];
  return (
    stage.instructions.some(({ keyword }) => keyword === 'RUN') &&
    instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT') &&
    !instructions.some(({ keyword }) => keyword === 'COPY' || keyword === 'ADD' || keyword === 'RUN')
  );
}

const BUILD_NAME = /^(?:(?:\w+[-_])?(?:build|builder|build[-_]?(?:stage|env)|compile|deps|dependencies))$/i;
const BUILDS =
  /\.(?:ya?ml|hcl|json|toml|sh|mk|md|cmd|ps1)$|(?:^|\/)(?:Makefile|Jenkinsfile|Justfile|justfile|Taskfile[^/]*)$/;

/**
 * True if the name shows that other stages were meant to copy from it, none does, and no file uses it as a build
 * target.
 */
function isDeadBuild(name: string, context: BuildContext | undefined): boolean {
  if (!context?.isComplete || !BUILD_NAME.test(name)) return false;
  return [...context.files.keys()].every((path) => {
    const text = BUILDS.test(path) ? (context.read(path) ?? '') : '';
    return !text.split('\n').some((line) => /target/i.test(line) && line.toLowerCase().includes(name.toLowerCase()));
  });
}

/**
 * Removes the stage with the comments right above it; undefined if stages are referenced by index, which would change,
 * or by variable.
 */
function removeStage({ text, stages, instructions, errors }: DockerfileModel, stage: Stage): TextEdit | undefined {
  const next = stages[stage.index + 1];
  const isUnclear = instructions.some(({ flags }) =>
    flags.some(({ name, value, options }) => /^\d+$|\$/.test((name === 'from' ? value : options.get('from')) ?? '')),
  );
  if (!next || isUnclear || errors.length > 0) return undefined;
  const start = startWithComments(text, stage.from.span.start);
  return { span: { start, end: startWithComments(text, next.from.span.start) }, newText: '' };
}
