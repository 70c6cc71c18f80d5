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
      code: 'FROM a\nRUN microdnf install -y b\n',
      findings: [{ messageId: 'weak', at: 'install' }],
      output: 'FROM a\nRUN microdnf install --setopt=install_weak_deps=False -y b\n',
    },
  ],
});
