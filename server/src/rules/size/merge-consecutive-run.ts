import { groupsWorthJoining } from '../../app/joinGain';
import { canMerge, mergeRuns } from '../../commands/mergeRuns';
import { isNextTo } from '../../dockerfile/edits/joinRuns';
import { finalStages } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';

export default defineRule({
  meta: {
    id: 'merge-consecutive-run',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DL3059', 'sonar:S7031', 'DF003', 'kics:multiple_run_add_copy_instructions_listed'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    phase: 'joining',
    messages: {
      consecutive: '{count} RUN instructions follow each other',
      merge: 'Join {count} RUN instructions',
    },
    docs: {
      description: 'Join RUN instructions that belong together',
      rationale:
        'Every RUN creates a layer. Files that one RUN writes and the next removes, moves or gives to another user stay in the image, and each package install keeps its lists and a copy of the package database. A single RUN for steps that belong together keeps only what exists at its end.\n\nSteps that gain nothing stay separate, because the build cache stores each of them: an install and a build, packages and users, a RUN that starts a daemon.',
      fixSafety: {
        unsafe:
          'the build cache has one step instead of several, so changing the last command runs the first one again.',
        notes:
          'The commands and their order stay the same. Package lists are read once, and caches are emptied once. Only shell-form RUNs with the same flags and the same shell are joined, and only if their scripts are chains of `&&` that leave the shell unchanged. A comment, ARG, ENV, USER, WORKDIR, SHELL or COPY between them keeps them separate.',
      },
      bad: ['FROM debian:12\nRUN mkdir /data\nRUN touch /data/a\n'],
      good: [
        'FROM debian:12\nRUN mkdir /data \\\n    && touch /data/a\n',
        'FROM debian:12\nRUN mkdir /data\nUSER app\nRUN touch /data/a\n',
        'FROM debian:12\nRUN cd /data\nRUN touch a\n',
        'FROM node:22-slim\nRUN npm ci\nRUN npm run build\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#run'],
    },
  },
  create: ({ dockerfile, settings, report }) => ({
    stage({ instructions }) {
      if (settings.dialect !== 'hadolint') return;
      for (const [at, node] of instructions.entries()) {
        const above = instructions[at - 1];
        if (above && areSingleRuns(above, node)) report(node.keywordSpan, 'consecutive', { data: { count: 2 } });
      }
    },
    file() {
      if (settings.dialect === 'hadolint') return;
      for (const stage of finalStages(dockerfile)) {
        for (const { runs, edits } of mergeableGroups(dockerfile, stage.instructions)) {
          const [, second] = runs;
          if (!second) continue;
          report(second.keywordSpan, 'consecutive', {
            // Two RUNs are often separate for a reason.
            ...(runs.length === 2 ? { severity: 'hint' } : {}),
            data: { count: runs.length },
            fix: { title: 'merge', safety: 'unsafe', edits, isolation: second.span.start },
          });
        }
      }
    },
  }),
});

/** hadolint's rule: two RUNs with one command each, also in a pipe, and the same flags, even with a comment in between. */
function areSingleRuns(a: Instruction, b: Instruction): boolean {
  const flagsOf = ({ flags }: Instruction): string => flags.map(({ name, value }) => `${name}=${value}`).join(' ');
  const isSingle = (node: Instruction): boolean =>
    node.keyword === 'RUN' &&
    node.form !== 'heredoc' &&
    (node.script ? node.script.commands.length === 1 : !/[;&|]/.test(node.bodyText));
  return isSingle(a) && isSingle(b) && flagsOf(a) === flagsOf(b);
}

interface MergeableGroup {
  readonly runs: readonly Instruction[];
  readonly edits: readonly TextEdit[];
}

/** Groups of two or more RUNs that can be merged without changing the result, and that are worth it. */
function mergeableGroups(dockerfile: DockerfileModel, instructions: readonly Instruction[]): MergeableGroup[] {
  const rows: Instruction[][] = [];
  for (const node of instructions) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    if (row && last && isNextTo(dockerfile, last, node) && canMerge(dockerfile, last, node)) row.push(node);
    else rows.push([node]);
  }
  return rows
    .flatMap((row) => groupsWorthJoining(dockerfile, row))
    .flatMap((runs) => {
      const edits = mergeRuns(dockerfile, runs);
      return edits ? [{ runs, edits }] : [];
    });
}
