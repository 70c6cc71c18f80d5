import rule from '../../../server/src/rules/correctness/no-lost-export';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN export A=1 && make\n',
    'FROM a\nRUN cd /x && ls\n',
    'FROM a\nRUN export A=$(date > /now)\n',
    'FROM a\nRUN export -p > /env\n',
    'FROM a\nRUN echo "export A=1" >> /etc/profile\n',
    'FROM a\nRUN . ./check.sh\n',
    'FROM a\nRUN set -e\n',
    'FROM a\nRUN export A=1 | tee /a\n',
    'FROM a\nSHELL ["powershell", "-c"]\nRUN cd C:/x\n',
    'FROM a\nRUN ["export", "A=1"]\n',
    'FROM a\nCMD cd /x\n',
    'FROM a\nRUN cd /x && (export A=1\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN export A=app.py\n',
      findings: [{ messageId: 'lost', at: 'export A=app.py', data: { command: 'export' } }],
      output: 'FROM a\nENV A=app.py\n',
    },
    {
      // yarn would leave out what the build needs
      code: 'FROM a\nRUN export NODE_ENV=production\nRUN yarn && yarn build\n',
      findings: [{ messageId: 'lost', at: 'export NODE_ENV=production' }],
      output: null,
    },
    {
      code: 'FROM a\n  run   cd /srv/app\n',
      findings: [{ messageId: 'lost', at: 'cd /srv/app' }],
      output: null,
    },
    { code: 'FROM a\nRUN cd app\n', findings: [{ messageId: 'lost', at: 'cd app' }] },
    {
      code: 'FROM a\nRUN export PATH="$HOME/bin:$PATH"\n',
      findings: [{ messageId: 'lost', at: 'export PATH="$HOME/bin:$PATH"' }],
    },
    { code: "FROM a\nRUN alias ll='ls -l'\n", findings: [{ messageId: 'lost', at: "alias ll='ls -l'" }] },
    {
      code: 'FROM a\nRUN export A=1 \\\n  # why\n  && cd /x\n',
      findings: [{ messageId: 'lost', at: 'export A=1 \\\n  # why\n  && cd /x' }],
      escape: false,
    },
  ],
});
