import { imageName } from '../../dockerfile/imageName';
import { inheritedInstructions, lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { type Account, accountsOf } from '../../knowledge/accounts';
import { type CommandOptions, readOptions } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { mayFail } from '../shared/expectedFailure';

export default defineRule({
  meta: {
    id: 'no-taken-id',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'manual',
    messages: {
      user: 'User ID {id} already belongs to `{name}` in {image}',
      group: 'Group ID {id} already belongs to `{name}` in {image}',
      useIt: 'Use `{name}`, delete it first, or choose a free ID',
    },
    docs: {
      description: 'Give new users and groups IDs that are free in the base image',
      rationale:
        'An ID can be given once: the build stops with `UID 1000 is not unique` or `gid in use`. Ubuntu 23.04 and later contain the user `ubuntu` with ID 1000, Node.js images contain `node` with ID 1000, and Alpine contains the group `ping` with ID 999.',
      fixSafety: { manual: 'you decide whether the existing user does, or which other ID the program can have.' },
      bad: ['FROM ubuntu:24.04\nRUN useradd --uid 1000 app\n', 'FROM node:22-alpine\nRUN addgroup -g 1000 app\n'],
      good: [
        'FROM ubuntu:24.04\nRUN userdel --remove ubuntu && useradd --uid 1000 app\n',
        'FROM node:22\nUSER node\n',
        'FROM debian:12\nRUN useradd --uid 1000 app\n',
      ],
      references: [
        'https://bugs.launchpad.net/cloud-images/+bug/2005129',
        'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#non-root-user',
      ],
    },
  },
  visits: { tools: ['useradd', 'adduser', 'groupadd', 'addgroup'] },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const base = on.stage && lineage(on.stage)[0]?.base;
      if (on.keyword !== 'RUN' || !on.stage || base?.kind !== 'image' || mayFail(command)) return;
      const facts = knowledge.image(base.image);
      const wanted = facts && wantedId(command, on);
      if (!wanted) return;
      const taken = accountsOf(base.image, facts).find((account) => account[wanted.kind] === wanted.id);
      if (!taken || mayHaveFreed(on.stage, on)) return;
      report(wanted.span, wanted.kind === 'uid' ? 'user' : 'group', {
        data: { id: wanted.id, name: taken.name, image: imageName(base.image) },
        fix: { title: 'useIt', safety: 'manual' },
      });
    },
  }),
});

type IdKind = keyof Pick<Account, 'uid' | 'gid'>;

function wantedId(command: ShellCommand, on: Instruction) {
  const options = readOptions(command);
  // -o allows duplicate ids, -f accepts an existing group, and Debian's adduser keeps an existing system user.
  if (options.has('-o', '--non-unique', '-f', '--force', '--system')) return undefined;
  const kind: IdKind = command.name.startsWith('user') || command.name === 'adduser' ? 'uid' : 'gid';
  const option = idOption(options, kind);
  const value = option?.value === undefined ? undefined : on.expand(option.value);
  if (!option || value === undefined || !/^\d+$/.test(value)) return undefined;
  return { kind, id: Number(value), span: option.word.span };
}

function idOption(options: CommandOptions, kind: IdKind) {
  return kind === 'uid' ? options.option('-u', '--uid') : options.option('-g', '--gid');
}

/** True if this RUN or an earlier one may have deleted or renamed the owner of the id. */
function mayHaveFreed(stage: Stage, on: Instruction): boolean {
  return inheritedInstructions(stage).some(
    ({ keyword, span, scriptText }) =>
      keyword === 'RUN' && span.start <= on.span.start && (!scriptText || CHANGES.test(scriptText.text)),
  );
}

const CHANGES = /\b(?:userdel|deluser|groupdel|delgroup|usermod|groupmod)\b|\/etc\/(?:passwd|group)\b/;
