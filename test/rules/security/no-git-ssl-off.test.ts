import rule from '../../../server/src/rules/security/no-git-ssl-off';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN git clone https://b\n',
    'FROM a\nENV X_GIT_SSL_NO_VERIFY=1\n',
    'FROM a\nARG GIT_SSL_NO_VERIFY_X=1\n',
    'FROM a\nRUN git config http.sslVerify true\n',
    'FROM a\nRUN git -c http.sslVerify=1 clone https://b\n',
    'FROM a\nRUN git -c http.sslVerify=yes clone https://b\n',
    'FROM a\nRUN git config http.sslVerify\n',
    'FROM a\nRUN git -c http.sslVersion=no clone https://b\n',
    'FROM a\nRUN echo GIT_SSL_NO_VERIFY=1\n',
  ],
  invalid: [
    {
      code: 'FROM a\nENV B=1 GIT_SSL_NO_VERIFY=0\n',
      findings: [{ messageId: 'off', at: 'GIT_SSL_NO_VERIFY=0' }],
      output: 'FROM a\nENV B=1\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN x;GIT_SSL_NO_VERIFY="1" git clone https://b\n',
      findings: [{ messageId: 'off', at: 'GIT_SSL_NO_VERIFY="1"' }],
      output: 'FROM a\nRUN x;git clone https://b\n',
    },
    {
      code: 'FROM a\nRUN git config --global http.sslVerify false\n',
      findings: [{ messageId: 'off', at: 'http.sslVerify' }],
    },
    {
      code: 'FROM a\nRUN git -c http.sslVerify=false clone https://b\n',
      findings: [{ messageId: 'off', at: 'http.sslVerify=false' }],
    },
    // Every word that git reads as false.
    ...['0', 'no', 'off', 'False'].flatMap((value) => [
      {
        code: `FROM a\nRUN git -c http.sslVerify=${value} clone https://b\n`,
        findings: [{ messageId: 'off' as const, at: `http.sslVerify=${value}` }],
      },
      {
        code: `FROM a\nRUN git config --global http.https://b.sslVerify ${value}\n`,
        findings: [{ messageId: 'off' as const, at: 'http.https://b.sslVerify' }],
      },
      {
        code: `FROM a\nENV GIT_SSL_NO_VERIFY=${value}\n`,
        findings: [{ messageId: 'off' as const, at: `GIT_SSL_NO_VERIFY=${value}` }],
        output: 'FROM a\n',
        onbuild: false,
      },
    ]),
  ],
});
