import rule from '../../../server/src/rules/style/long-run';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    `FROM a\nRUN curl https://b/${'c'.repeat(100)} d e f g h i j\n`,
    'FROM a\nRUN b && c\n',
    `FROM a\nRUN curl https://b/${'c'.repeat(130)}\n`,
    `FROM a\nCOPY ${'b '.repeat(80)} /c/\n`,
  ],
  invalid: [
    {
      name: 'a chain',
      code: `FROM a\nRUN ${'b '.repeat(60)}&& c\n`,
      findings: [{ messageId: 'long', at: `RUN ${'b '.repeat(60)}&& c` }],
      output: `FROM a\nRUN ${'b '.repeat(60).trimEnd()} \\\n    && c\n`,
      escape: false,
    },
    {
      name: 'one command',
      code: `FROM a\nRUN ${'b '.repeat(60)}c\n`,
      findings: [{ messageId: 'long', at: `RUN ${'b '.repeat(60)}c` }],
    },
  ],
});
