import rule from '../../../server/src/rules/correctness/no-unclosed-quote';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV B="c d" E=\'f "g\' H="it\'s"\nLABEL i=j\n',
    { code: 'FROM a\nENV B=don\\\'t C="say \\"d\\""\n', name: 'escaped' },
    "FROM a\nRUN echo it's && echo don't\nCMD echo don't\n",
    'FROM a\nCOPY ["it\'s", "/b"]\n',
  ],
  invalid: [
    {
      code: "FROM a\nENV B=don't\n",
      findings: [{ messageId: 'open', at: "B=don't", data: { quote: "'", keyword: 'ENV' } }],
      output: "FROM a\nENV B=don\\'t\n",
    },
    {
      code: 'FROM a\nENV B="c d\nRUN e\n',
      findings: [{ messageId: 'open', at: 'B="c d' }],
      output: 'FROM a\nENV B="c d"\nRUN e\n',
    },
    {
      code: "FROM a\nLABEL b='c\nWORKDIR /d'e\n",
      findings: [
        { messageId: 'open', at: "b='c" },
        { messageId: 'open', at: "/d'e" },
      ],
      output: "FROM a\nLABEL b='c'\nWORKDIR /d\\'e\n",
    },
    {
      code: 'FROM a\nCOPY "b c" /d\n',
      name: 'COPY splits at blanks in quotes',
      findings: [{ messageId: 'split', at: '"b', data: { keyword: 'COPY' } }],
      output: 'FROM a\nCOPY ["b c", "/d"]\n',
    },
  ],
});
