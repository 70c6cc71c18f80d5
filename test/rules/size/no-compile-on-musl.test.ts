import rule from '../../../server/src/rules/size/no-compile-on-musl';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM python:3.12-alpine\nRUN pip install flask\n',
    'FROM python:3.12-slim\nRUN pip install torch\n',
    'FROM a\nRUN pip install torch\n',
  ],
  invalid: [
    {
      code: 'FROM python:3.12-alpine\nRUN pip install flask Torch==2.4\n',
      findings: [{ messageId: 'compile', at: 'Torch==2.4', data: { name: 'Torch' } }],
    },
  ],
});
