import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { baseName } from '../../text/paths';

export default defineRule({
  meta: {
    id: 'prefer-copy-chmod',
    group: 'size',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:prefer-copy-chmod'],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    waste: 'mends',
    messages: {
      chmod: '`chmod` in a separate layer stores `{path}` a second time',
      copy: 'Copy it with `--chmod={mode}`',
    },
    docs: {
      description: 'Set the file mode when you copy files',
      rationale: 'A layer stores whole files. A RUN that only changes the mode writes the file again.',
      fixSafety: {
        unsafe:
          'the step then needs BuildKit. `+x` adds to the mode that the file has in the build context, while `755` replaces it.',
      },
      bad: ['FROM debian:12\nCOPY entrypoint.sh /entrypoint.sh\nRUN chmod 755 /entrypoint.sh\n'],
      good: ['FROM debian:12\nCOPY --chmod=755 entrypoint.sh /entrypoint.sh\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (node.script?.commands.length !== 1 || node.flags.length > 0 || node.form !== 'shell') return;
      const [command] = node.script.commands;
      const [mode, path, ...others] =
        command?.name === 'chmod' && command.wrappers.length === 0 ? command.words.slice(1) : [];
      const octal =
        mode && (/^\+x$|^a\+x$/.test(mode.value) ? '755' : /^[0-7]{3,4}$/.test(mode.value) ? mode.value : undefined);
      if (!command || !path?.isStatic || others.length > 0 || octal === undefined) return;
      const copy = (node.stage?.instructions ?? []).find(
        (other) => other.keyword === 'COPY' && other.span.start < node.span.start && puts(other, path.value),
      );
      if (!copy) return;
      const removal = node.onbuild ? undefined : removeInstruction(dockerfile, node);
      const at = copy.keywordSpan.end;
      report(command.span, 'chmod', {
        data: { path: path.value },
        fix: removal && {
          title: 'copy',
          data: { mode: octal },
          safety: 'unsafe',
          edits: [{ span: { start: at, end: at }, newText: ` --chmod=${octal}` }, removal],
        },
      });
    },
  }),
});

/** True for a COPY of one file to exactly this path. */
function puts(copy: Instruction, path: string): boolean {
  const [source, target, ...others] = copy.args;
  if (
    !source ||
    !target ||
    others.length > 0 ||
    copy.flags.some(({ name }) => name === 'chmod') ||
    /[$*?]/.test(source.value)
  )
    return false;
  const name = baseName(source.value);
  return (
    target.value === path || (target.value.endsWith('/') && name.includes('.') && `${target.value}${name}` === path)
  );
}
