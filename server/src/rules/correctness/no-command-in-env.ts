import type { Instruction, Pair } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'no-command-in-env',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'instruction',
    aliases: [],
    fixable: 'manual',
    messages: {
      text: 'The builder does not run commands: `{name}` contains `{command}` as text',
      run: 'Run the command in RUN, or pass its result with --build-arg',
    },
    docs: {
      description: 'Do not expect ENV, ARG and LABEL to run commands',
      rationale:
        'No shell reads these instructions: BuildKit replaces `$NAME` and `${NAME}`, and leaves `$(command)` and backticks as they are. The variable contains the text of the command. Run the command in the RUN that needs the result, write the result to a file, or pass it with `--build-arg`.',
      fixSafety: { manual: 'ENV cannot take the result of a command.' },
      bad: ['FROM debian:12\nENV ARCH="$(uname -m)"\n', 'FROM debian:12\nARG DATE=$(date)\n'],
      good: [
        'FROM debian:12\nRUN ARCH="$(uname -m)" && echo "$ARCH" > /etc/arch\n',
        'FROM debian:12\nARG DATE\nLABEL org.opencontainers.image.created=$DATE\n',
      ],
      references: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
    },
  },
  visits: { keywords: ['ENV', 'ARG', 'LABEL'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      for (const pair of node.pairs) {
        // `ENV $(cat .env)`: a name that is none, and a value.
        const isWhole = pair.isLegacy && pair.name.startsWith('$(');
        const found = isWhole ? `${pair.name} ${pair.value ?? ''}` : commandIn(node, pair, dockerfile.escape);
        if (!found || !pair.valueSpan) continue;
        report(pair.valueSpan, 'text', {
          data: { name: isWhole ? node.keyword : pair.name, command: found.replaceAll('`', '') },
          fix: { title: 'run', safety: 'manual' },
        });
      }
    },
  }),
});

function commandIn({ keyword }: Instruction, { name, valueText }: Pair, escape: string): string | undefined {
  // In single quotes the text is meant literally, and the shell evaluates its prompts later.
  if (!valueText || valueText.startsWith("'") || /^PS\d$|PROMPT|COMMAND|CMD|SCRIPT/i.test(name)) return undefined;
  const found = (escape === '`' ? SUBSTITUTION : ANY).exec(valueText)?.[0];
  // Labels also contain command lines and prose.
  if (keyword === 'LABEL' && (found === undefined || valueText.replaceAll('"', '') !== found)) return undefined;
  return found;
}

const SUBSTITUTION = /(?<!\\)\$\([^()]*\)?/;
const ANY = /(?<!\\)(?:\$\([^()]*\)?|`[^`]+`)/;
