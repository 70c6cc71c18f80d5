import rule from '../../../server/src/rules/size/zypper-clean';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a AS b\nRUN zypper -n install curl\nFROM c\nCOPY --from=b /x /x\n',
    'FROM a\nRUN zypper -n in b && zypper clean\n',
    'FROM a\nRUN zypper in -y b && zypper cc -a\n',
    'FROM a\nRUN zypper in -y b && rm -rf /var/cache/zypp/*\n',
    'FROM a\nRUN --mount=type=cache,target=/var/cache/zypp zypper in -y b\n',
    'FROM a\nRUN zypper refresh\n',
    'FROM a\nCMD zypper in b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN zypper -n in b\n',
      findings: [{ messageId: 'missing', at: 'in' }],
      output: 'FROM a\nRUN zypper -n in b && zypper clean --all\n',
    },
    {
      code: 'FROM a\nRUN zypper clean && \\\n    zypper -n install b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM a\nRUN zypper clean && \\\n    zypper -n install b && \\\n    zypper clean --all\n',
    },
  ],
});
