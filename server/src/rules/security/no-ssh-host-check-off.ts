import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-ssh-host-check-off',
    group: 'security',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      off: '`{setting}` lets SSH connect to any server that answers',
      known: 'Remove it, and add the key of the host to `~/.ssh/known_hosts`',
    },
    docs: {
      description: 'Let SSH verify the keys of hosts',
      rationale:
        'Without the check, anyone on the network path can pose as the Git server and substitute the source. The setting also stays in the image. Copy a `known_hosts` file with the published keys of the host, such as those that GitHub and GitLab document.',
      fixSafety: { manual: 'the Dockerfile does not contain the key of the host.' },
      bad: ['FROM debian:12\nRUN echo "StrictHostKeyChecking no" >> /etc/ssh/ssh_config\n'],
      good: ['FROM debian:12\nCOPY known_hosts /etc/ssh/ssh_known_hosts\n'],
      references: [
        'https://man.openbsd.org/ssh_config#StrictHostKeyChecking',
        'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints',
      ],
    },
  },
  visits: { keywords: ['RUN', 'ENV'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      if (!/StrictHostKeyChecking/i.test(dockerfile.text.slice(node.span.start, node.span.end))) return;
      for (const { text, span } of textsOf(node)) {
        const setting = OFF.exec(text)?.[0];
        if (setting) report(span, 'off', { data: { setting }, fix: { title: 'known', safety: 'manual' } });
      }
    },
  }),
});

/** Words of commands, and values of variables such as GIT_SSH_COMMAND. */
function textsOf({ script, pairs }: Instruction): { readonly text: string; readonly span: Span }[] {
  return [
    ...(script?.commands ?? [])
      .filter(({ name }) => !/^(?:sed|grep)$/.test(name))
      .flatMap(({ words, assignments }) => [
        ...words.map(({ value, span }) => ({ text: value, span })),
        ...assignments.map(({ value, span }) => ({ text: value ?? '', span })),
      ]),
    ...pairs.map(({ value, span }) => ({ text: value ?? '', span })),
  ];
}

const OFF = /StrictHostKeyChecking[ =]["']?(?:no|off)\b/i;
