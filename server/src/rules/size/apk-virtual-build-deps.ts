import { packageCommand, sudoPrefix } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'apk-virtual-build-deps',
    group: 'size',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      kept: 'Build tools stay in the image: {names}',
      virtual: 'Install them as a virtual package, and delete it at the end of this RUN',
    },
    docs: {
      description: 'Remove build tools in the RUN that adds them',
      rationale:
        '`apk add --virtual` names a group of packages. `apk del` with that name in the same RUN removes the whole group before the layer is written.',
      fixSafety: { unsafe: 'a library that a `-dev` package pulled in, and that the program loads, is removed too.' },
      bad: ['FROM python:3.12-alpine\nRUN apk add --no-cache gcc musl-dev && pip install --no-cache-dir cffi\n'],
      good: [
        'FROM python:3.12-alpine\nRUN apk add --no-cache --virtual .build-deps gcc musl-dev && pip install --no-cache-dir cffi && apk del .build-deps\n',
      ],
      references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
    },
  },
  visits: { tools: ['apk'] },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['apk']);
      const subcommand = call?.subcommand;
      if (subcommand?.value !== 'add' || call?.has('-t', '--virtual') || !on.stage?.isFinal) return;
      const tools = call?.operands.filter(({ value }) => BUILD_TOOLS.test(value)) ?? [];
      const [first] = tools;
      const commands = on.script?.commands ?? [];
      const isDeleted = commands.some((other) => packageCommand(other, ['apk'])?.subcommand?.value === 'del');
      // If the RUN only installs, the tools are for a later step.
      const isUsedHere = commands.some((other) => other.span.start > command.span.start);
      if (!first || isDeleted || !isUsedHere) return;
      const end =
        tools.length === call?.operands.length
          ? appendCommand(dockerfile, on, `${sudoPrefix(command)}apk del .build-deps`)
          : undefined;
      report(first.span, 'kept', {
        data: { names: tools.map(({ value }) => value).join(', ') },
        fix: end && {
          title: 'virtual',
          safety: 'unsafe',
          edits: [addOption(subcommand, '--virtual .build-deps'), end],
        },
      });
    },
  }),
});

/** Compilers and headers, which no program loads at run time. */
const BUILD_TOOLS = /^(?:build-base|gcc|g\+\+|make|cmake|autoconf|automake|[\w.+-]+-dev|linux-headers|cargo|rust)$/;
