import { baseFacts } from '../../app/effectiveUser';
import { defineRule } from '../../engine/rule';
import { containsSpan } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-bash-in-sh',
    group: 'correctness',
    severity: 'warning',
    recommended: false,
    since: '0.1.0',
    scope: 'instruction',
    aliases: ['DF066'],
    fixable: 'manual',
    messages: {
      bash: '`{text}` needs bash, but `/bin/sh` in this image is {shell}',
      shell: 'Write `SHELL ["/bin/bash", "-c"]` above, or what sh knows',
    },
    advice: { bash: 'shell' },
    docs: {
      description: 'Use only what sh supports',
      rationale:
        'RUN uses `/bin/sh`: dash on Debian, BusyBox on Alpine. Bash features fail there or behave differently. Off by default, because ShellCheck reports the same and more.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nRUN source /etc/profile && app\n'],
      good: [
        'FROM debian:12\nRUN . /etc/profile && app\n',
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN source /etc/profile && app\n',
      ],
      references: ['https://wiki.ubuntu.com/DashAsBinSh'],
    },
  },
  visits: {
    tools: ['source', '[[', 'pushd', 'popd', 'shopt', 'declare', 'typeset', 'mapfile', 'readarray', 'let', 'disown'],
  },
  create: ({ knowledge, report }) => ({
    command(command, on) {
      const distro = on.stage && baseFacts(on.stage, knowledge)?.distro;
      const shell = distro === 'alpine' ? 'BusyBox' : distro === 'debian' || distro === 'ubuntu' ? 'dash' : undefined;
      if (on.shell !== 'sh' || on.form === 'heredoc' || on.form === 'exec' || !shell) return;
      const [name] = command.words;
      if (
        on.script?.commands.some((other) => /^(?:ba|z|k)sh$/.test(other.name) && containsSpan(other.span, command.span))
      )
        return;
      const isBash = BASH_ONLY.has(command.name) && !(distro === 'alpine' && /^(?:source|\[\[)$/.test(command.name));
      if (name && isBash) report(name.span, 'bash', { data: { text: name.value, shell } });
    },
  }),
});

const BASH_ONLY: ReadonlySet<string> = new Set([
  'source',
  '[[',
  'pushd',
  'popd',
  'shopt',
  'declare',
  'typeset',
  'mapfile',
  'readarray',
  'let',
  'disown',
]);
