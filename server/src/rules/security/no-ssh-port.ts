import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { removeWord } from '../../dockerfile/edits/removeWord';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { type Phrase, phrase } from '../../l10n/phrase';
import type { TextEdit } from '../../text/edits';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-ssh-port',
    group: 'security',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DS-0004', 'DS004', 'AVD-DS-0004', 'CKV_DOCKER_1', 'kics:exposing_port_22', 'sonar:S6473'],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      ssh: 'Port {port} is for administration: {service}',
      remove: 'Remove the port',
    },
    advice: { ssh: 'remove' },
    docs: {
      description: 'Do not expose ports for administration',
      rationale:
        'Administer a container from outside, with `docker exec` or similar. An SSH or remote desktop server inside it is an additional way in, with its own keys and updates.',
      fixSafety: {
        unsafe: 'clients may connect to this port.',
        notes: 'EXPOSE does not publish a port; the server behind it keeps running until you remove it.',
      },
      bad: ['FROM debian:12\nEXPOSE 22\n'],
      good: ['FROM debian:12\nEXPOSE 8080\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#expose'],
    },
  },
  visits: { keywords: ['EXPOSE'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      for (const word of node.args) {
        const [, first = '', last = first] =
          /^(?:.*:)?(\d+)(?:-(\d+))?(?:\/tcp)?$/i.exec(node.expand(word.text) ?? '') ?? [];
        const found = [...SERVICES].find(([one]) => Number(first) <= Number(one) && Number(one) <= Number(last));
        if (first === '' || !found) continue;
        const [port, service] = found;
        // A range includes other ports too.
        const edit = first === last ? withoutWord(dockerfile, node, word) : undefined;
        report(word.span, 'ssh', {
          data: { port, service },
          fix: edit && { title: 'remove', safety: 'unsafe', edits: [edit] },
        });
      }
    },
  }),
});

/** Service names registered with IANA. */
const SERVICES: ReadonlyMap<string, string | Phrase> = new Map<string, string | Phrase>([
  ['22', 'SSH'],
  ['23', 'Telnet'],
  ['2375', phrase('the Docker daemon')],
  ['3389', phrase('Remote Desktop')],
  ['5800', 'VNC'],
  ['5900', 'VNC'],
]);

/** Removes the port with the blanks before it, or the whole line if it is the only port. */
function withoutWord(dockerfile: DockerfileModel, node: Instruction, word: Word): TextEdit | undefined {
  if (node.onbuild) return undefined;
  if (node.args.length === 1) return removeInstruction(dockerfile, node);
  return removeWord(dockerfile, word.span);
}
