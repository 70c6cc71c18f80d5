import { imageLacking } from '../../app/lackedProgram';
import { scriptSource, scriptText } from '../../app/scriptText';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { baseName } from '../../text/paths';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'valid-entrypoint-script',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      carriageReturn: '`{script}` has Windows line endings: Linux does not find its interpreter',
      noReader: '`{script}` does not begin with `#!`: the exec form cannot start it',
      mode: '`{script}` is not executable: the container stops with `permission denied`',
      interpreter: '`{script}` needs {name}, which is not in {image}',
      install: 'Install {name} first, or write the script for `#!/bin/sh`',
      unix: 'Save the file with LF, and write `*.sh text eol=lf` in .gitattributes',
      firstLine: 'Begin the file with `#!/bin/sh`',
      chmod: 'Run `git update-index --chmod=+x {source}`, or copy it with `--chmod=755`',
    },
    docs: {
      description: 'Start a script that Linux can run',
      rationale:
        'Linux reads the interpreter from the first line of a script. With Windows line endings it looks for `/bin/sh\\r`, and where the image has no bash for `#!/bin/bash`: either stops with `no such file or directory`. Without `#!` it stops with `exec format error`, and without the execute bit with `permission denied`. The rule checks scripts in the Dockerfile and next to it.',
      fixSafety: { manual: 'the mistake is in the script, not in the Dockerfile.' },
      bad: ['FROM debian:12\nCOPY <<EOF /start.sh\nexec app --now\nEOF\nENTRYPOINT ["/start.sh"]\n'],
      good: ['FROM debian:12\nCOPY <<EOF /start.sh\n#!/bin/sh\nexec app --now\nEOF\nENTRYPOINT ["/start.sh"]\n'],
      references: ['https://man7.org/linux/man-pages/man2/execve.2.html'],
    },
  },
  create: (context) => ({
    stage(stage) {
      const { dockerfile, knowledge, report } = context;
      for (const { word, before } of calledScripts(stage)) {
        const name = interpreterOf(scriptText(dockerfile, stage, word.value, context.buildContext));
        const image = name === undefined ? undefined : imageLacking(name, stage, knowledge, before);
        if (name !== undefined && image !== undefined)
          report(word.span, 'interpreter', {
            data: { script: word.value, name, image },
            fix: { title: 'install', data: { name }, safety: 'manual' },
          });
      }
      const program = startedScript(stage);
      const text = program && scriptText(dockerfile, stage, program.value, context.buildContext);
      // Skip binary programs, and scripts that a step rewrites.
      if (!program || !text || text.includes('\0') || stage.instructions.some((node) => rewrites(node, program)))
        return;
      const [first = ''] = text.split('\n', 1);
      const data = { script: program.value };
      if (!text.startsWith('#!'))
        report(program.span, 'noReader', { data, fix: { title: 'firstLine', safety: 'manual' } });
      // In a heredoc, the Dockerfile's own line endings become LF.
      else if (first.endsWith('\r') && !isHeredoc(stage, program))
        report(program.span, 'carriageReturn', { data, fix: { title: 'unix', safety: 'manual' } });
      const copied = scriptSource(stage.instructions, program.value, context.buildContext);
      if (
        !copied ||
        context.buildContext?.files.get(copied.source)?.isExecutable !== false ||
        setsMode(stage, copied.copy)
      )
        return;
      report(program.span, 'mode', {
        severity: 'warning',
        data,
        fix: { title: 'chmod', data: { source: copied.source }, safety: 'manual' },
      });
    },
  }),
});

/**
 * The script that ENTRYPOINT starts by its path. A script in CMD is not checked: a base image's entrypoint may start
 * it.
 */
function startedScript({ instructions }: Stage): Word | undefined {
  const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const [program] = entrypoint?.form === 'exec' ? entrypoint.args : [];
  return program?.isStatic && /\/[^/]+\.(?:ba)?sh$/.test(program.value) ? program : undefined;
}

/** Scripts that a RUN, ENTRYPOINT or CMD calls by their path. */
function calledScripts({ instructions }: Stage): { word: Word; before?: number }[] {
  const isScript = (word: Word | undefined): word is Word =>
    word?.isStatic === true && /^\.{0,2}\/(?:[\w.-]+\/)*[\w.-]+\.(?:ba)?sh$/.test(word.value);
  return instructions.flatMap((node) => {
    if (node.keyword === 'RUN')
      return (node.script?.commands ?? []).flatMap(({ words: [word], isConditional }) =>
        isScript(word) && !isConditional ? [{ word, before: node.span.start }] : [],
      );
    const isStart = node.keyword === 'ENTRYPOINT' || node.keyword === 'CMD';
    const program = isStart && node.form === 'exec' ? node.args[0] : undefined;
    return isScript(program) ? [{ word: program }] : [];
  });
}

/** The shell in `#!/bin/bash` and `#!/usr/bin/env bash`. */
function interpreterOf(text: string | undefined): string | undefined {
  return /^#!\s?(?:\/usr)?\/bin\/(?:env\s+)?(bash|zsh|ksh|fish)\s*$/m.exec(text?.split('\n', 1)[0] ?? '')?.[1];
}

/** `COPY --chmod=755`, or a RUN that changes modes. */
function setsMode({ instructions }: Stage, copy: Instruction): boolean {
  return (
    copy.flags.some(({ name }) => name === 'chmod') ||
    instructions.some(({ script }) => script?.commands.some(({ name }) => /^(?:chmod|install|setfacl)$/.test(name)))
  );
}

/** `dos2unix start.sh`, `sed -i …`, or a line that is written to it. */
function rewrites({ script }: Instruction, { value }: Word): boolean {
  const name = baseName(value);
  return (script?.commands ?? []).some(
    ({ name: tool, words, redirects }) =>
      /^(?:dos2unix|fromdos|sed|perl|tr|awk|mv|cp)$/.test(tool) ||
      redirects.some(({ target }) => target?.value.includes(name)) ||
      (tool === 'tee' && words.some((word) => word.value.includes(name))),
  );
}

function isHeredoc({ instructions }: Stage, { value }: Word): boolean {
  return instructions.some(({ heredocs, args }) => heredocs.length > 0 && args.at(-1)?.value === value);
}
