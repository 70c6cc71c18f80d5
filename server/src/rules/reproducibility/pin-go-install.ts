import { packageCommand } from '../../commands/packageCommand';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'pin-go-install',
    group: 'reproducibility',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DL3062', 'DF054'],
    fixable: 'manual',
    messages: {
      unpinned: '`{name}` has no pinned version',
      latest: '`{name}` resolves to whatever is newest at build time',
      pin: 'Pin the version: `@v1.2.3`',
    },
    docs: {
      description: 'Pin the version of every program that go installs or runs',
      rationale:
        '`@latest`, or no version at all, resolves to the newest version on the build date, so the same Dockerfile produces different images. The module proxy keeps every version, so a pin keeps working. Without a version, the `go.mod` of the build decides if there is one: nothing is reported below a COPY.',
      fixSafety: { manual: 'the Dockerfile does not say which version you need.' },
      bad: ['FROM golang:1.22\nRUN go install golang.org/x/tools/cmd/stringer@latest\n'],
      good: [
        'FROM golang:1.22\nRUN go install golang.org/x/tools/cmd/stringer@v0.20.0\n',
        'FROM golang:1.22\nCOPY . .\nRUN go install ./cmd/app\n',
      ],
      references: ['https://go.dev/ref/mod#go-install'],
    },
  },
  visits: { tools: ['go'] },
  create: ({ settings, report }) => ({
    command(command, on) {
      const call = packageCommand(command, ['go']);
      const subcommand = call?.subcommand?.value ?? '';
      if (!call || !['install', 'get', 'run'].includes(subcommand)) return;
      // Words after the program are its own arguments.
      for (const word of subcommand === 'run' ? call.operands.slice(0, 1) : call.operands) {
        if (!word.isStatic) continue;
        const isLatest = word.value.endsWith('@latest');
        // hadolint does not look for a module.
        const hasModule = settings.dialect !== 'hadolint' && mayHaveModule(on);
        if (!isLatest && (word.value.includes('@') || !isRemote(word.value) || hasModule)) continue;
        report(word.span, isLatest ? 'latest' : 'unpinned', {
          data: { name: word.value },
          fix: { title: 'pin', safety: 'manual' },
        });
      }
    },
  }),
});

/** `example.com/pkg`: the host name distinguishes it from a package of the module. */
function isRemote(name: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)+\//.test(name);
}

function mayHaveModule(on: Instruction): boolean {
  return (on.stage?.instructions ?? []).some(
    (other) => other.span.start < on.span.start && (other.keyword === 'COPY' || other.keyword === 'ADD'),
  );
}
