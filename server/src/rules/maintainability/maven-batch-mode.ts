import { addOption } from '../../dockerfile/edits/addOption';
import { defineRule } from '../../engine/rule';
import { readOptions } from '../../shell/options';

export default defineRule({
  meta: {
    id: 'maven-batch-mode',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    aliases: [],
    fixable: 'safe',
    messages: {
      missing: '`{name}` logs a line for every part of a download',
      add: 'Add `-B`',
    },
    docs: {
      description: 'Run Maven in batch mode',
      rationale:
        'Without `-B`, Maven redraws a progress bar for an interactive terminal. In a build log, this adds thousands of lines that hide the important one.',
      fixSafety: {
        safe: 'the option changes only the output and turns off prompts, and the build result stays the same.',
      },
      bad: ['FROM maven:3.9 AS build\nRUN mvn package\n'],
      good: ['FROM maven:3.9 AS build\nRUN mvn -B package\n'],
      references: ['https://maven.apache.org/ref/current/maven-embedder/cli.html'],
    },
  },
  visits: { tools: ['mvn', 'mvnw'] },
  create: ({ dockerfile, report }) => {
    const isSet = /MAVEN_(?:ARGS|CLI_OPTS|CONFIG)/.test(dockerfile.text);
    return {
      command(command) {
        const [name] = command.words;
        if (isSet || !name) return;
        const { has, operands } = readOptions(command);
        if (command.words.some(({ value }) => value === '-ntp')) return;
        if (operands.length === 0 || has('-B', '--batch-mode', '--no-transfer-progress', '-q', '--quiet')) return;
        report(name.span, 'missing', {
          data: { name: command.name },
          fix: { title: 'add', safety: 'safe', edits: [addOption(name, '-B')] },
        });
      },
    };
  },
});
