import { isFromScratch } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'prefer-shell-instruction',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DL4005', 'kics:changing_default_shell_using_run_command', 'semgrep:use-shell-instruction'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      link: '`/bin/sh` is replaced for the whole image',
      shell: 'Use `{shell}` instead',
      write: 'Write `SHELL ["/bin/bash", "-c"]` instead',
    },
    advice: { link: 'write' },
    docs: {
      description: 'Choose the shell with SHELL, not with a link',
      rationale:
        'A link from `/bin/sh` to another shell affects every script in the image that begins with `#!/bin/sh`, in the container too. SHELL affects only the instructions of this file.',
      fixSafety: { unsafe: 'scripts that are copied into the image may rely on the link.' },
      bad: ['FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n'],
      good: ['FROM debian:12\nSHELL ["/bin/bash", "-c"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#shell'],
    },
  },
  visits: { tools: ['ln', 'cp', 'mv'] },
  create: ({ report }) => ({
    command(command, on) {
      const [target, link] = command.words.slice(1).filter(({ value }) => !value.startsWith('-'));
      // `mv /bin/sh /bin/sh.old` takes it away.
      const replaced = command.name === 'mv' ? [target, link] : [link];
      if (!target || !replaced.some((word) => SH.test(word?.value ?? ''))) return;
      // A stage FROM scratch has no shell that the link could replace.
      if (on.stage && isFromScratch(on.stage)) return;
      const shell = `SHELL ["${target.value.startsWith('/') ? target.value : `/bin/${target.value}`}", "-c"]`;
      const isAlone = on.script?.commands.length === 1 && on.form === 'shell' && on.flags.length === 0 && !on.onbuild;
      const isKnown = /^(?:(?:\/usr)?\/bin\/)?(?:bash|zsh|ash|dash)$/.test(target.value);
      report(command.span, 'link', {
        data: { shell },
        fix:
          isAlone && isKnown
            ? {
                title: 'shell',
                safety: 'unsafe',
                edits: [{ span: { start: on.keywordSpan.start, end: on.body.end }, newText: shell }],
              }
            : undefined,
      });
    },
  }),
});

const SH = /^(?:\/usr)?\/bin\/sh$/;
