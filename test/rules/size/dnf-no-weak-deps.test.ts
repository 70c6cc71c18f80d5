import rule from '../../../server/src/rules/size/dnf-no-weak-deps';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN dnf install -y --setopt=install_weak_deps=False b\n',
    'FROM a\nRUN yum install b\n',
    'FROM a\nRUN echo install_weak_deps=False >> /etc/dnf/dnf.conf && dnf install b\n',
    'FROM a\nRUN dnf remove b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN dnf -y install b && dnf -y install c\n',
      findings: [
        { messageId: 'weak', at: 'install' },
        { messageId: 'weak', at: ['install', 2] },
      ],
      output:
        'FROM a\nRUN dnf -y install --setopt=install_weak_deps=False b && dnf -y install --setopt=install_weak_deps=False c\n',
    },

    {
      code: 'FROM a\nRUN microdnf install -y b\n',
      findings: [{ messageId: 'weak', at: 'install' }],
      output: 'FROM a\nRUN microdnf install --setopt=install_weak_deps=False -y b\n',
    },
  ],
});
