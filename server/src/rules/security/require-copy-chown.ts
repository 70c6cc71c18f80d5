import { effectiveUser } from '../../app/effectiveUser';
import { giveTo } from '../../dockerfile/edits/giveTo';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-copy-chown',
    group: 'security',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['tally:copy-after-user-without-chown'],
    fixable: 'unsafe',
    messages: {
      root: '{keyword} creates files that belong to root, not to `{user}`',
      chown: 'Add `--chown={user}`',
    },
    docs: {
      description: 'Set the owner of files copied below USER',
      rationale:
        'COPY and ADD create files that belong to root, whatever USER says. A program that writes to them fails. Off by default, because a program that cannot change its own files is safer.',
      fixSafety: { unsafe: 'the program can then modify its own files.' },
      bad: ['FROM node:22\nUSER node\nCOPY . /app\n'],
      good: ['FROM node:22\nUSER node\nCOPY --chown=node . /app\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
    },
  },
  visits: { keywords: ['COPY', 'ADD'] },
  create: ({ knowledge, report }) => ({
    instruction(node) {
      if (!node.stage?.isFinal || node.flags.some(({ name }) => name === 'chown')) return;
      const { name: user, isRoot, setBy } = effectiveUser(node.stage, knowledge, node);
      if (user === undefined || isRoot !== false || !setBy || node.shell === 'cmd' || node.shell === 'powershell')
        return;
      report(node.keywordSpan, 'root', {
        data: { keyword: node.keyword, user },
        fix: {
          title: 'chown',
          safety: 'unsafe',
          edits: giveTo(node, user),
        },
      });
    },
  }),
});
