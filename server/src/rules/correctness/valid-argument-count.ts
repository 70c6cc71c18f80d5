import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Word } from '../../text/word';
import { removeWord } from '../shared/removeWord';

export default defineRule({
  meta: {
    id: 'valid-argument-count',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
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
      extra: '{keyword} takes no more than this',
      few: '{keyword} needs a source and a destination',
      command: 'HEALTHCHECK CMD needs a command',
      remove: 'Remove it',
    },
    docs: {
      description: 'Give instructions as many arguments as they take',
      rationale: 'Docker refuses an instruction with too many or too few.',
      fixSafety: 'Unsafe: what the word was meant for is not known.',
      bad: ['FROM debian:12\nSTOPSIGNAL SIGTERM now\n', 'FROM debian:12\nCOPY app\n'],
      good: ['FROM debian:12\nSTOPSIGNAL SIGTERM\n'],
      references: ['https://docs.docker.com/reference/dockerfile/'],
    },
  },
  visits: { keywords: ['STOPSIGNAL', 'HEALTHCHECK', 'COPY', 'ADD', 'FROM'] },
  create: ({ dockerfile, report }) => {
    const extra = ({ keyword, args }: Instruction, word: Word): void => {
      // With all that follow it on its line: one after the other they would take a pass each.
      const { start } = word.span;
      const sameLine = args.filter(
        ({ span }) => span.end > start && !dockerfile.text.slice(start, span.end).includes('\n'),
      );
      const edit = removeWord(dockerfile, { start, end: (sameLine.at(-1) ?? word).span.end });
      report(word.span, 'extra', {
        data: { keyword },
        fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
      });
    };
    return {
      instruction(node) {
        const { keyword, args } = node;
        const [first, second, , more] = args;
        if (keyword === 'FROM' && more) extra(node, more);
        else if (keyword === 'FROM' && second && second.value.toUpperCase() !== 'AS') extra(node, second);
        if (keyword === 'STOPSIGNAL' && first && /\s/.test(first.value))
          report(first.span, 'extra', { data: { keyword } });
        if (keyword === 'HEALTHCHECK' && first?.value.toUpperCase() === 'NONE' && second) extra(node, second);
        if (keyword === 'HEALTHCHECK' && first?.value.toUpperCase() === 'CMD' && !second && node.form !== 'exec')
          report(first.span, 'command');
        if ((keyword === 'COPY' || keyword === 'ADD') && args.length === 1 && node.heredocs.length === 0 && first)
          report(first.span, 'few', { data: { keyword } });
      },
    };
  },
});
