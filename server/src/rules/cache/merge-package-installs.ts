import { SYSTEM_MANAGERS, systemInstall } from '../../commands/systemPackages';
import { isInFinalImage } from '../../dockerfile/finalStages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'merge-package-installs',
    group: 'cache',
    severity: 'info',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['ruleMoreThanOneInstall'],
    fixable: 'manual',
    messages: {
      again: 'Another `{tool} {subcommand}`: each one adds a layer and reads the lists again',
      merge: 'Install all packages in one RUN',
    },
    docs: {
      description: 'Install system packages in one RUN',
      rationale:
        'Every RUN that installs packages reads the package lists again and stores its changes to the package database in a separate layer.',
      fixSafety: {
        manual: 'instructions between the two RUNs may depend on the first one, or change with every build.',
        notes: '[merge-consecutive-run](merge-consecutive-run.md) joins RUNs that directly follow each other.',
      },
      bad: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nCOPY a /a\nRUN apt-get update && apt-get install -y git\n',
      ],
      good: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl git\nCOPY a /a\n'],
      references: ['https://docs.docker.com/build/building/best-practices/#run'],
    },
  },
  visits: { tools: SYSTEM_MANAGERS },
  create: ({ dockerfile, report }) => {
    const seen = new Map<string, Instruction>();
    return {
      command(command, on) {
        const call = systemInstall(command);
        if (!call || !isInFinalImage(dockerfile, on)) return;
        const key = `${call.tool} ${on.stage?.index}`;
        const first = seen.get(key);
        if (!first) seen.set(key, on);
        else if (first !== on) {
          report(call.subcommand.span, 'again', {
            data: { tool: call.tool, subcommand: call.subcommand.value },
            fix: { title: 'merge', safety: 'manual' },
          });
        }
      },
    };
  },
});
