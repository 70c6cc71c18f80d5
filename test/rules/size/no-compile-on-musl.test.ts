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
      code: 'ARG T=3.12-alpine3.20\nFROM python:$T\nRUN pip3 install --no-cache-dir numpy && pip3 install "tensorflow>=2"\n',
      findings: [{ messageId: 'compile', at: '"tensorflow>=2"', data: { name: 'tensorflow' } }],
    },

    {
      code: 'FROM python:3.12-alpine\nRUN pip install flask Torch==2.4\n',
      findings: [{ messageId: 'compile', at: 'Torch==2.4', data: { name: 'Torch' } }],
    },
  ],
});
