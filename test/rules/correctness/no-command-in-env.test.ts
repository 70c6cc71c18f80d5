import rule from '../../../server/src/rules/correctness/no-command-in-env';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  escape: false,
  valid: [
    'FROM a\nENV A=$B C=${D}\n',
    "FROM a\nENV A='$(b)'\n",
    'FROM a\nENV A="\\$(b)"\n',
    'FROM a\nENV PS1="$(b) > "\n',
    'FROM a\nENV PROMPT_COMMAND="$(b)"\n',
    'FROM a\nLABEL usage="docker run -v $(pwd):/a b"\n',
    'FROM a\nLABEL about="see `b`"\n',
    '# escape=`\nFROM a\nENV A=b` \n  C=d`\n',
    'FROM a\nRUN A=$(b)\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV A="$(uname -m)"\n',
      findings: [{ messageId: 'text', at: '"$(uname -m)"', data: { name: 'A', command: '$(uname -m)' } }],
    },
    {
      code: 'FROM a\nENV $(cat .env)\n',
      findings: [{ messageId: 'text', at: '.env)', data: { name: 'ENV', command: '$(cat .env)' } }],
    },
    { code: 'FROM a\nENV A="`b`"\n', findings: [{ messageId: 'text', at: '"`b`"' }] },
    { code: 'ARG A=$(b)\nFROM a\n', findings: [{ messageId: 'text', at: '$(b)' }], onbuild: false },
    { code: 'FROM a\nENV A /b/$(c)/d\n', findings: [{ messageId: 'text', at: '/b/$(c)/d' }] },
    { code: 'FROM a\nLABEL a="$(b)"\n', findings: [{ messageId: 'text', at: '"$(b)"' }] },
  ],
});
