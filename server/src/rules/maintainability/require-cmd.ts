import { startsNothing } from '../../app/imageUse';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'require-cmd',
    group: 'maintainability',
    severity: 'hint',
    recommended: false,
    since: '0.1.0',
    scope: 'stage',
    aliases: ['DF036'],
    messages: {
      missing: 'Neither CMD nor ENTRYPOINT sets the program that the image starts',
    },
    docs: {
      description: 'Set the program that the image starts',
      rationale:
        'Without CMD and ENTRYPOINT, a container starts what the base image starts: a shell, or nothing. Off by default, because some images are only meant as base images.',
      bad: ['FROM debian:12\nCOPY app /usr/bin/app\n'],
      good: ['FROM debian:12\nCOPY app /usr/bin/app\nCMD ["app"]\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#cmd'],
    },
  },
  create: ({ knowledge, report }) => ({
    stage(stage) {
      if (stage.isFinal && startsNothing(stage, knowledge)) report(stage.from.keywordSpan, 'missing');
    },
  }),
});
