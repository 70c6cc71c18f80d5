import rule from '../../../server/src/rules/correctness/no-lone-package-update';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nRUN apt-get install -y b && apt-get update && ./install.sh\n',
    'FROM a\nRUN dnf install -y b && dnf update -y\n',
    {
      name: 'shows that the repository works',
      code: 'FROM a\nRUN apt-get purge -y b; apt-get update; apt-get dist-clean\nRUN apt-get update && apt-get install -y c\n',
    },
    ...[
      'rosdep install -y --from-paths b',
      'mk-build-deps -i',
      'npx playwright install --with-deps',
      './install.sh',
    ].map((install) => `FROM a\nRUN apt-get update && ${install}\n`),
    'FROM a\nRUN apt-get update && apt-get install -y b\n',
    'FROM a\nRUN apk add --update b\n',
    'FROM a\nRUN npm update\n',
    'FROM a\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n',
    'FROM a\nRUN apt-get update -y; apt-get upgrade -y\n',
    'FROM a\nRUN dnf update -y b\n',
  ],
  invalid: [
    {
      name: 'an upgrade, not its lists',
      code: 'FROM a\nRUN zypper up -y\nRUN zypper install -y b\n',
      findings: [{ messageId: 'upgrade', at: 'up' }],
    },
    {
      name: 'below an install',
      code: 'FROM a\nRUN apt-get update && apt-get install -y b && c && apt-get update\nRUN apt-get install -y d\n',
      findings: [{ messageId: 'alone', at: ['update', 2] }],
    },
    {
      name: 'for a repository that the same RUN adds',
      code: 'FROM a\nRUN apt-get install -y b && add-apt-repository c && apt-get update\nRUN apt-get install -y d\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nRUN apt-get install -y b && add-apt-repository c\nRUN apt-get update && apt-get install -y d\n',
    },
    {
      code: 'FROM debian:13\nRUN apt-get update && apt-get dist-clean\n',
      findings: [{ messageId: 'unused', at: 'update' }],
      output: 'FROM debian:13\n',
    },
    {
      code: 'FROM debian:13\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\nCMD ["a"]\n',
      findings: [{ messageId: 'unused', at: 'update' }],
    },
    {
      name: 'an update beside something else, for a later install',
      code: 'FROM a\nRUN apt-get update -qq \\\n && locale-gen b\nENV C=d\nRUN apt-get install -y e\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nRUN locale-gen b\nENV C=d\nRUN apt-get update -qq && apt-get install -y e\n',
    },
    {
      code: 'FROM a\nRUN apt-get update && apt-get clean\nCOPY b /c\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nCOPY b /c\n',
    },
    {
      code: 'FROM a\nRUN echo b > /etc/c && apt-get update && rm -rf /d\n',
      findings: [{ messageId: 'alone', at: 'update' }],
    },
    {
      code: 'FROM a\nRUN apt-get update\nRUN apt-get install -y b\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nRUN apt-get update \\\n    && apt-get install -y b\n',
    },
    {
      code: 'FROM a\nRUN yum update -y\nCOPY b /c\n',
      findings: [{ messageId: 'upgrade', severity: 'info', at: 'update', data: { tool: 'yum', subcommand: 'update' } }],
    },
    {
      code: 'FROM a\nRUN ["apt-get", "update"]\nRUN apt-get install -y b\n',
      findings: [{ messageId: 'alone', at: 'update' }],
    },
    {
      // comments of both stay
      code: 'FROM a\n# lists\nRUN apk update\n\n# why\nRUN apk add b\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\n# lists\n# why\nRUN apk update && apk add b\n',
    },
    {
      code: 'FROM a\nRUN apt-get update\nRUN apt-get install -y b\nRUN apt-get install -y c\nRUN d\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nRUN apt-get update \\\n    && apt-get install -y b \\\n    && apt-get install -y c\nRUN d\n',
    },
    {
      // an install that keeps no lists reads none
      code: 'FROM a\nRUN apk update\nCOPY b b\nRUN apk add --no-cache c\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nCOPY b b\nRUN apk add --no-cache c\n',
    },
    {
      code: 'FROM a\nRUN apt-get update\nRUN apt-get upgrade -y\nRUN apt-get install -y c\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nRUN apt-get update \\\n    && apt-get upgrade -y \\\n    && apt-get install -y c\n',
    },
    {
      // each install fetches its lists where other things stand between
      code: 'FROM a\nRUN apt-get update\nENV A=1\nRUN apt-get install -y b \\\n  && c\nCOPY d d\n# tools\nRUN apt-get install -y e\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output:
        'FROM a\nENV A=1\nRUN apt-get update \\\n  && apt-get install -y b \\\n  && c\nCOPY d d\n# tools\nRUN apt-get update && apt-get install -y e\n',
    },
    {
      code: 'FROM a AS base\nRUN apt-get update\nFROM base\nRUN apt-get install -y b\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a AS base\nFROM base\nRUN apt-get update && apt-get install -y b\n',
    },
    {
      // the next update is for what comes behind it
      code: 'FROM a\nRUN apt-get update\nRUN apt-get install -y b\nRUN apt-get update && apt-get install -y c\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output:
        'FROM a\nRUN apt-get update \\\n    && apt-get install -y b\nRUN apt-get update && apt-get install -y c\n',
    },
    // a script may want the lists, another user may not fetch them, and what a failure does would change
    ...['RUN ./setup.sh', 'RUN curl -fsSL https://b.c/setup | bash -', 'USER d', 'SHELL ["/bin/bash", "-c"]'].map(
      (line) => ({
        code: `FROM a\nRUN apt-get update\n${line}\nRUN apt-get install -y b\n`,
        escape: false as const,
        findings: [{ messageId: 'alone' as const, at: 'update' }],
        output: null,
      }),
    ),
    {
      code: 'FROM a\nRUN apt-get update\nENV A=1\nRUN apt-get install -y b; c\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: null,
    },
  ],
});
