import { appendCommand } from '../../dockerfile/edits/runLayout';
import { addsToFinalImage } from '../../dockerfile/finalStages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';

export default defineRule({
  meta: {
    id: 'no-tmp-leftover',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    aliases: ['rmRecursiveAfterMktempD', 'mkdirUsrSrcThenRemove'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      left: '`{folder}` stays in the layer after this RUN',
      remove: 'Remove it at the end of this RUN',
    },
    docs: {
      description: 'Remove the working directories of a step',
      rationale:
        'Unpacked archives and object files only make the image larger, and only the RUN that creates them can keep them out of the layer.',
      fixSafety: { unsafe: 'a later step, or the program, may use the files in this directory.' },
      bad: ['FROM debian:12\nRUN mkdir -p /usr/src/app && cd /usr/src/app && make install\n'],
      good: ['FROM debian:12\nRUN mkdir -p /usr/src/app && cd /usr/src/app && make install && rm -rf /usr/src/app\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#run'],
    },
  },
  visits: { tools: ['mktemp', 'mkdir'] },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      if (!addsToFinalImage(dockerfile, on) || command.isConditional) return;
      const folder = workFolder(command, on);
      const commands = on.script?.commands ?? [];
      if (
        !folder ||
        commands.some(({ name, span }) => /^(?:rm|mv|find|cp)$/.test(name) && span.start > command.span.start)
      )
        return;
      // Nothing is built in the directory here, so it is for later use.
      if (
        !commands.some(
          ({ name, span }) => /^(?:make|tar|ninja|cmake|unzip)$/.test(name) && span.start > command.span.start,
        )
      )
        return;
      if (dockerfile.text.slice(on.span.end).includes(folder)) return;
      const edit = appendCommand(dockerfile, on, `rm -rf ${folder}`);
      report(command.span, 'left', {
        data: { folder },
        fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
      });
    },
  }),
});

/** `X="$(mktemp -d)"` gives `"$X"`; `mkdir /usr/src/x` gives its path. */
function workFolder(command: ShellCommand, run: Instruction): string | undefined {
  if (command.name === 'mktemp' && command.isSubstitution && command.words.some(({ value }) => /^-\w*d/.test(value))) {
    const commands = run.script?.commands ?? [];
    const name = commands
      .flatMap(({ assignments }) => assignments)
      .find(({ span }) => span.start < command.span.start && span.end > command.span.end)?.name;
    return name === undefined ? undefined : `"$${name}"`;
  }
  const folder =
    command.name === 'mkdir'
      ? command.words.find(({ value }) => /^\/(?:usr\/src|tmp)\/[\w./-]+$/.test(value))?.value
      : undefined;
  return folder;
}
