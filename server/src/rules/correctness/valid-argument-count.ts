import { removeWord } from '../../dockerfile/edits/removeWord';
import { inlineComments } from '../../dockerfile/inlineComments';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'valid-argument-count',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'dockerfile-utils:ARGUMENT_EXTRA',
      'dockerfile-utils:ARGUMENT_MISSING',
      'dockerfile-utils:ARGUMENT_REQUIRES_ONE',
      'dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE',
      'dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO',
      'dockerfile-utils:ARGUMENT_UNNECESSARY',
      'dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING',
    ],
    fixable: 'unsafe',
    messages: {
      extra: '{keyword} takes no further arguments',
      few: '{keyword} needs a source and a destination',
      path: 'VOLUME needs a path: `""` is empty',
      alias: '`AS` needs a stage name',
      kind: 'HEALTHCHECK needs CMD or NONE before its command',
      command: 'HEALTHCHECK CMD needs a command',
      noEquals: '{keyword} takes NAME=value pairs: `{word}` has no `=`',
      noName: '{keyword} needs a name before the `=`',
      noValue: '{keyword} needs a value: `{word}=…`',
      remove: 'Remove it',
      quote: 'Put the value into quotes',
      check: 'Write CMD before the command',
      both: 'Write `{keyword} source destination`',
      behind: 'Write the command after CMD',
      name: 'Write a name before the `=`',
      value: 'Write `{word}=value`',
      folder: 'Write a directory, such as `/data`',
    },
    advice: {
      extra: 'remove',
      noEquals: 'quote',
      few: 'both',
      command: 'behind',
      noName: 'name',
      noValue: 'value',
      path: 'folder',
    },
    docs: {
      description: 'Give instructions the number of arguments that they take',
      rationale:
        'Docker rejects an instruction with too many or too few arguments. A value with spaces needs quotes: without them, `ENV NAME=two words` is a pair and a word.',
      fixSafety: { unsafe: 'the purpose of the extra word is unknown.' },
      bad: [
        'FROM debian:12\nSTOPSIGNAL SIGTERM now\n',
        'FROM debian:12\nENV NAME=two words\n',
        'FROM debian:12\nCOPY app\n',
      ],
      good: ['FROM debian:12\nSTOPSIGNAL SIGTERM\n'],
      references: ['https://docs.docker.com/reference/dockerfile/'],
    },
  },
  visits: { keywords: ['STOPSIGNAL', 'HEALTHCHECK', 'COPY', 'ADD', 'FROM', 'VOLUME', 'ENV', 'LABEL', 'ARG'] },
  create: ({ dockerfile, report }) => {
    const extra = (
      { keyword, args, span: { end: last } }: Instruction,
      word: Word,
      messageId: 'extra' | 'alias' = 'extra',
    ): void => {
      // Remove all words up to the end of the line at once: one by one, each would need a separate pass.
      const { start } = word.span;
      const sameLine = args.filter(
        ({ span }) => span.end > start && !dockerfile.text.slice(start, span.end).includes('\n'),
      );
      const { end } = (sameLine.at(-1) ?? word).span;
      // After a lone CR the author sees further lines.
      const edit = /\r(?!\n)/.test(dockerfile.text.slice(start, last))
        ? undefined
        : removeWord(dockerfile, { start, end });
      report(word.span, messageId, {
        data: { keyword },
        fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
      });
    };
    const checkPairs = (node: Instruction): void => {
      const { keyword, pairs, args } = node;
      const nameless = pairs.find(({ name }) => name === '');
      if (nameless) report(nameless.span, 'noName', { data: { keyword } });
      const [first] = pairs;
      if (keyword === 'ARG' || !first) return;
      if (first.isLegacy) {
        if (first.value === undefined) report(first.span, 'noValue', { data: { keyword, word: first.name } });
        return;
      }
      const word = args.find(({ text }) => !text.includes('='));
      // no-space-before-equals reports blanks around `=`, and words of a template are not Docker syntax.
      if (!word || /^[{<]/.test(word.text)) return;
      report(word.span, 'noEquals', { data: { keyword, word: word.text }, fix: quoted(dockerfile, node, word) });
    };
    const checkHealthcheck = (node: Instruction): void => {
      const [first, second] = node.args;
      const kind = first?.value.toUpperCase();
      // The items of a JSON array follow CMD.
      if (!first || node.form === 'exec') return;
      if (kind === 'NONE' && second) extra(node, second);
      if (kind === 'CMD' && !second) report(first.span, 'command');
      if (kind === 'NONE' || kind === 'CMD' || !first.isStatic) return;
      const edits = [{ span: { start: first.span.start, end: first.span.start }, newText: 'CMD ' }];
      report(first.span, 'kind', { fix: { title: 'check', safety: 'unsafe', edits } });
    };
    return {
      instruction(node) {
        // no-inline-comment reports a comment after the arguments.
        if (inlineComments(dockerfile, node).length > 0) return;
        const { keyword, args } = node;
        if (PAIRS.has(keyword)) return checkPairs(node);
        if (keyword === 'HEALTHCHECK') return checkHealthcheck(node);
        const [first, second, alias, more] = args;
        if (keyword === 'FROM' && more) extra(node, more);
        else if (keyword === 'FROM' && second && second.value.toUpperCase() !== 'AS') extra(node, second);
        else if (keyword === 'FROM' && second && !alias) extra(node, second, 'alias');
        const noPath = keyword === 'VOLUME' && args.find(({ text }) => /^(?:""|'')$/.test(text));
        if (noPath) report(noPath.span, 'path');
        if (keyword === 'STOPSIGNAL' && first && /\s/.test(first.value))
          report(first.span, 'extra', { data: { keyword } });
        if ((keyword === 'COPY' || keyword === 'ADD') && args.length === 1 && node.heredocs.length === 0 && first)
          report(first.span, 'few', { data: { keyword } });
      },
    };
  },
});

const PAIRS: ReadonlySet<string> = new Set(['ENV', 'LABEL', 'ARG']);

/** `A=b c` → `A="b c"`, with all words up to the next pair. */
function quoted({ text }: DockerfileModel, { args }: Instruction, word: Word): FixDraft<'quote'> | undefined {
  const at = args.indexOf(word);
  const next = args.findIndex((other, index) => index > at && other.text.includes('='));
  const before = args[at - 1];
  const last = args.at(next < 0 ? -1 : next - 1);
  if (!before || !last) return undefined;
  const start = before.span.start + before.text.indexOf('=') + 1;
  const source = text.slice(start, last.span.end);
  if (/[\n"'\\`]/.test(source) || before.span.end - before.span.start !== before.text.length) return undefined;
  return {
    title: 'quote',
    safety: 'unsafe',
    edits: [{ span: { start, end: last.span.end }, newText: `"${source}"` }],
  };
}
