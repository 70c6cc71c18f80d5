import { packageCommand, sudoPrefix } from '../../commands/packageCommand';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import { isInFinalImage, laterInstructions } from '../../dockerfile/finalStages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'apk-delete-virtual',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      kept: 'The virtual package `{name}` is never deleted',
      delete: 'Add `apk del {name}` at the end of this RUN',
      join: 'Install, build and run `apk del {name}` in one RUN',
    },
    docs: {
      description: 'Delete the virtual packages that hold build tools',
      rationale:
        '`apk add --virtual` only gives a group of packages a name. Without `apk del` and that name in the same RUN, compilers and headers stay in the image.',
      fixSafety: { unsafe: 'a library that the program loads may be one of the deleted packages.' },
      bad: ['FROM alpine:3.22\nRUN apk add --no-cache --virtual .build-deps gcc musl-dev && make install\n'],
      good: [
        'FROM alpine:3.22\nRUN apk add --no-cache --virtual .build-deps gcc musl-dev && make install && apk del .build-deps\n',
        'FROM alpine:3.22\nRUN apk add --no-cache --virtual .run-deps libpq\n',
      ],
      references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
    },
  },
  visits: { tools: ['apk'] },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      if (on.keyword !== 'RUN' || packageCommand(command, ['apk'])?.subcommand?.value !== 'add') return;
      const option = readOptions(command).option('-t', '--virtual');
      const name = option?.value;
      if (!option || name === undefined || FOR_USE.test(name)) return;
      const packages = readOptions(command).operands.map(({ value }) => value);
      if (!FOR_BUILD.test(name) && !packages.some((one) => COMPILER.test(one))) return;
      if (!isInFinalImage(dockerfile, on) || [on, ...laterInstructions(dockerfile, on)].some(deletes)) return;
      const isUsedHere = (on.script?.commands ?? []).some(({ span }) => span.start > command.span.start);
      const end = isUsedHere ? appendCommand(dockerfile, on, `${sudoPrefix(command)}apk del ${name}`) : undefined;
      report(option.word.span, 'kept', {
        data: { name },
        fix: end ? { title: 'delete', safety: 'unsafe', edits: [end] } : { title: 'join', safety: 'manual' },
      });
    },
  }),
});

/** Names that show that the group is for building. */
const FOR_BUILD = /build|compil|make|te?mp|fetch|dev/i;
const COMPILER = /^(?:gcc|g\+\+|clang\d*|make|cmake|build-base|alpine-sdk|musl-dev|linux-headers|autoconf)$/;
const FOR_USE = /run|prod|persist|keep/i;

/** True for any `apk del`: it may name the group's packages or use a variable. */
function deletes({ script, scriptText }: Instruction): boolean {
  return script ? /\bapk\s[^&|;]{0,200}\bdel\b/.test(scriptText?.text ?? '') : false;
}
