import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'gradle-no-daemon',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'safe',
    messages: {
      missing: '`{name}` starts a daemon that ends with the step',
      add: 'Add `--no-daemon`',
    },
    docs: {
      description: 'Run Gradle without its daemon',
      rationale:
        'The daemon speeds up the next call on the same machine. In a build, it ends with the step: starting it only costs time and memory.',
      fixSafety: { safe: 'the same tasks run in one process.' },
      bad: ['FROM gradle:8 AS build\nRUN gradle build\n'],
      good: ['FROM gradle:8 AS build\nRUN gradle --no-daemon build\n'],
      references: ['https://docs.gradle.org/current/userguide/gradle_daemon.html'],
    },
  },
  visits: { tools: ['gradle', 'gradlew'] },
  create: ({ dockerfile, report }) => {
    const isSet = /org\.gradle\.daemon/.test(dockerfile.text);
    return {
      command(command, on) {
        const [name] = command.words;
        if (isSet || !name) return;
        // Two calls in one step share a daemon.
        const calls = on.script?.commands.filter((other) => other.name === command.name) ?? [];
        const { has, operands } = readOptions(command);
        if (calls.length > 1 || operands.length === 0 || has('--no-daemon', '--daemon', '--stop', '--version', '-v'))
          return;
        report(name.span, 'missing', {
          data: { name: command.name },
          fix: { title: 'add', safety: 'safe', edits: [addOption(name, '--no-daemon')] },
        });
      },
    };
  },
});
