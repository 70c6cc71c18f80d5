import rule from '../../../server/src/rules/correctness/no-lone-package-update';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nRUN apt-get update && apt-get install -y b\n',
    'FROM a\nRUN apk add --update b\n',
    'FROM a\nRUN npm update\n',
    'FROM a\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n',
    'FROM a\nRUN apt-get update -y; apt-get upgrade -y\n',
    'FROM a\nRUN dnf update -y b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apt-get update\nRUN apt-get install -y b\n',
      findings: [{ messageId: 'alone', at: 'update' }],
      output: 'FROM a\nRUN apt-get update \\\n    && apt-get install -y b\n',
    },
    {
      code: 'FROM a\nRUN yum update -y\nCOPY b /c\n',
      findings: [{ messageId: 'alone', at: 'update', data: { tool: 'yum', subcommand: 'update' } }],
    },
    {
      code: 'FROM a\nRUN ["apt-get", "update"]\nRUN apt-get install -y b\n',
      findings: [{ messageId: 'alone', at: 'update' }],
    },
    { code: 'FROM a\nRUN apk update\n# why\nRUN apk add b\n', findings: [{ messageId: 'alone', at: 'update' }] },
  ],
});
