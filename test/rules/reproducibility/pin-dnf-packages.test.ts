import rule from '../../../server/src/rules/reproducibility/pin-dnf-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nENV V=1\nRUN dnf install -y b-$V\n',
    'FROM a\nRUN dnf install -y b-1.2 c-1:3.4\n',
    'FROM a\nRUN yum install -y @development\n',
    'FROM a\nRUN dnf module install -y b:9\n',
    'FROM a\nRUN dnf group install -y "Development Tools"\n',
    'FROM a\nRUN yum install -y b-$V c-${W}\n',
    'FROM a\nRUN yum -y install https://x/y.rpm\n',
    'FROM a\nRUN dnf remove b\n',
  ],
  invalid: [
    ...['in', 'rei', 'localinstall'].map((name) => ({
      code: `FROM a\nRUN dnf ${name} -y httpd\n`,
      findings: [{ messageId: 'unpinned' as const, at: 'httpd' }],
    })),
    { code: 'FROM a\nRUN yum -y install b c-1.2\n', findings: [{ messageId: 'unpinned', at: ['b', 1] }] },
    {
      code: 'FROM a\nRUN microdnf install -y rpm-sign && microdnf clean all\n',
      findings: [{ messageId: 'unpinned', at: ['rpm-sign', 1] }],
    },
  ],
});
