import rule from '../../../server/src/rules/correctness/require-execute-bit';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nRUN curl -fo /usr/local/bin/b https://c/d && chmod +x /usr/local/bin/b\n',
    'FROM a\nRUN curl -fo /usr/local/bin/b https://c/d\nRUN chmod 755 /usr/local/bin/*\n',
    'FROM a\nRUN curl -fo /usr/local/bin/b https://c/d && cd /usr/local/bin && chmod +x b\n',
    'FROM a\nRUN curl -fo /usr/local/bin/b https://c/d && chmod +x "$B"\n',
    'FROM a\nRUN curl -fo /usr/local/bin/b.tar.gz https://c/d && wget -O /tmp/b https://c/d\n',
    'FROM a\nRUN curl -fo /usr/local/bin/b.sh https://c/d && bash /usr/local/bin/b.sh\n',
    'FROM a AS x\nADD https://c/d /usr/local/bin/b\nFROM e\nCOPY --from=x --chmod=755 /usr/local/bin/b /b\n',
    'FROM a\nADD --chmod=755 https://c/d /usr/local/bin/b\n',
    'FROM a\nRUN curl -fsSLo /b/data https://c/d && wget -qO- https://c/d\nCMD ["e", "/b/data"]\n',
    'FROM a AS x\nRUN wget -O /usr/bin/b https://c/d\nFROM x\nRUN chmod +x /usr/bin/b\n',
  ],
  invalid: [
    {
      name: 'beside commands with variables that set no mode',
      code: 'FROM a\nADD https://c/d /usr/bin/b\nRUN tar xf /e-$F.tgz && rm $G && mv "$H" /i\n',
      findings: [{ messageId: 'denied', at: '/usr/bin/b' }],
    },
    {
      code: 'FROM a\nRUN curl -fsSL https://c/d -o /usr/bin/wait-for-it && b\n',
      findings: [{ messageId: 'denied', at: '/usr/bin/wait-for-it', data: { path: '/usr/bin/wait-for-it' } }],
      output: 'FROM a\nRUN curl -fsSL https://c/d -o /usr/bin/wait-for-it && b && chmod +x /usr/bin/wait-for-it\n',
    },
    {
      code: 'FROM a\nRUN wget -qO /usr/local/bin/e.py https://c/d\nRUN curl -fsSL https://c/f > /usr/local/bin/g\nRUN chmod +x /h\n',
      findings: [
        { messageId: 'denied', at: '/usr/local/bin/e.py' },
        { messageId: 'denied', at: '/usr/local/bin/g' },
      ],
      output:
        'FROM a\nRUN wget -qO /usr/local/bin/e.py https://c/d && chmod +x /usr/local/bin/e.py\nRUN curl -fsSL https://c/f > /usr/local/bin/g && chmod +x /usr/local/bin/g\nRUN chmod +x /h\n',
    },
    {
      name: 'the program that the container starts',
      code: 'FROM a\nRUN curl -fsSLo /b https://c/b\nENTRYPOINT ["/b", "--"]\nCMD ["e"]\n',
      findings: [{ messageId: 'denied', at: '/b' }],
      output: 'FROM a\nRUN curl -fsSLo /b https://c/b && chmod +x /b\nENTRYPOINT ["/b", "--"]\nCMD ["e"]\n',
    },
    {
      code: 'FROM a\nADD https://c/d /usr/local/bin/b\nENTRYPOINT ["b"]\n',
      findings: [{ messageId: 'denied', at: '/usr/local/bin/b' }],
    },
  ],
});
