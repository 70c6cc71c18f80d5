import rule from '../../../server/src/rules/maintainability/python-unbuffered';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV PYTHONUNBUFFERED 1\nCMD ["python", "b"]\n',
    'FROM a\nCMD ["python", "-u", "b"]\n',
    'FROM a\nCMD ["gunicorn"]\n',
    'FROM a AS x\nCMD ["python", "b"]\nFROM c\n',
  ],
  invalid: [
    {
      code: 'FROM a AS x\nRUN b\nFROM c\nCOPY --from=x /d /d\nENTRYPOINT ["python", "/d"]\n',
      findings: [{ messageId: 'buffered', at: '"python"' }],
      output: 'FROM a AS x\nRUN b\nFROM c\nENV PYTHONUNBUFFERED=1\nCOPY --from=x /d /d\nENTRYPOINT ["python", "/d"]\n',
      onbuild: false,
      escape: false,
    },

    {
      code: 'FROM a\nRUN b\nCMD ["python3.12", "-m", "c"]\n',
      findings: [{ messageId: 'buffered', at: '"python3.12"' }],
      output: 'FROM a\nENV PYTHONUNBUFFERED=1\nRUN b\nCMD ["python3.12", "-m", "c"]\n',
      onbuild: false,
      escape: false,
    },
  ],
});
