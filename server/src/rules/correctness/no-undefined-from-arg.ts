import { PLATFORM_ARGS } from '../../dockerfile/platformArgs';
import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-undefined-from-arg',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['UndefinedArgInFrom'],
    fixable: 'unsafe',
    messages: {
      undefined: '`{name}` is not declared by an ARG above',
      nearest: '`{name}` is not declared by an ARG above; did you mean `{near}`?',
      rename: 'Write `{near}`',
      declare: 'Declare it above the first FROM: `ARG {name}=…`',
    },
    advice: { undefined: 'declare' },
    docs: {
      description: 'Declare the ARGs that FROM uses',
      rationale:
        'FROM sees only the ARGs above the first FROM. An undeclared ARG is empty, so the image reference is wrong or invalid.',
      fixSafety: { unsafe: 'the intended ARG is guessed from its name.' },
      bad: ['ARG TAG=12\nFROM debian:${TGA}\n'],
      good: ['ARG TAG=12\nFROM debian:${TAG}\n', 'FROM --platform=$BUILDPLATFORM golang:1.22\n'],
      references: ['https://docs.docker.com/reference/build-checks/undefined-arg-in-from/'],
    },
  },
  visits: { keywords: ['FROM'] },
  create: ({ dockerfile: { globalArgs, text }, report }) => ({
    instruction(node) {
      const words = [...node.args.slice(0, 1), ...node.flags];
      for (const { span } of words) {
        for (const { 0: whole, 1: name = '', index } of text
          .slice(span.start, span.end)
          .matchAll(/(?<!\\)\$\{?(\w+)(?!\w|:?-)/g)) {
          if (/^\d/.test(name) || node.resolve(name) !== undefined) continue;
          const start = span.start + index + whole.length - name.length;
          const at = { start, end: start + name.length };
          // `ARG $A` declares no name that a FROM could use.
          const names = globalArgs
            .flatMap(({ pairs }) => pairs.map((pair) => pair.name))
            .filter((one) => /^\w+$/.test(one));
          const near = nearestName(name, [...names, ...PLATFORM_ARGS]);
          report(at, near === undefined ? 'undefined' : 'nearest', {
            data: { name, near: near ?? '' },
            fix:
              near === undefined
                ? undefined
                : { title: 'rename', safety: 'unsafe', edits: [{ span: at, newText: near }] },
          });
        }
      }
    },
  }),
});
