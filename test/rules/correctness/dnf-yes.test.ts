import rule from '../../../server/src/rules/correctness/dnf-yes';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM fedora:42\nRUN dnf --setopt=assumeyes=1 install b\n',
    'FROM a\nRUN dnf history info 2 && dnf environment list\n',
    'FROM a\nRUN dnf module list b\n',
    'FROM a\nRUN dnf -y module install b\n',
    'FROM registry.access.redhat.com/ubi9/ubi-minimal\nRUN microdnf install b\n',
    'FROM a\nRUN dnf install -y b\n',
    'FROM a\nRUN yum -y install b\n',
    'FROM a\nRUN microdnf install --assumeyes b\n',
    'FROM a\nRUN dnf clean all\n',
    'FROM a\nRUN dnf config-manager --set-enabled install\n',
    'FROM a\nRUN dnf list install\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN tdnf install b\n',
      findings: [{ messageId: 'asks', at: 'install' }],
      output: 'FROM a\nRUN tdnf install -y b\n',
    },
    ...['rei', 'install-n', 'install-nevra'].map((name) => ({
      code: `FROM rockylinux:9\nRUN dnf ${name} b\n`,
      findings: [{ messageId: 'asks' as const, at: name }],
      output: `FROM rockylinux:9\nRUN dnf ${name} -y b\n`,
    })),
    {
      code: 'FROM redhat/ubi9-minimal\nRUN microdnf install b\n',
      name: 'as hadolint reads it: microdnf',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'asks', at: 'install' }],
      output: 'FROM redhat/ubi9-minimal\nRUN microdnf install -y b\n',
    },
    {
      code: 'FROM a\nRUN dnf swap b c\n',
      findings: [{ messageId: 'asks', at: 'swap' }],
      output: 'FROM a\nRUN dnf swap -y b c\n',
    },
    {
      code: 'FROM a\nRUN dnf autoremove && dnf rm b\n',
      findings: [
        { messageId: 'asks', at: 'autoremove' },
        { messageId: 'asks', at: 'rm' },
      ],
      output: 'FROM a\nRUN dnf autoremove -y && dnf rm -y b\n',
    },
    {
      code: 'FROM a\nRUN dnf history undo 2\n',
      findings: [{ messageId: 'asks', at: 'history' }],
      output: 'FROM a\nRUN dnf history -y undo 2\n',
    },
    {
      code: 'FROM a\nRUN dnf module install b\n',
      findings: [{ messageId: 'asks', at: 'module' }],
      output: 'FROM a\nRUN dnf module -y install b\n',
    },
    {
      code: 'FROM a\nRUN dnf in b\n',
      findings: [{ messageId: 'asks', at: 'in' }],
      output: 'FROM a\nRUN dnf in -y b\n',
    },
    {
      code: 'FROM a\nRUN dnf install b\n',
      findings: [{ messageId: 'asks', at: 'install' }],
      output: 'FROM a\nRUN dnf install -y b\n',
    },
    {
      code: 'FROM a\nRUN set -e; yum -q update; yum clean all\n',
      findings: [{ messageId: 'asks', at: 'update' }],
      output: 'FROM a\nRUN set -e; yum -q update -y; yum clean all\n',
    },
  ],
});
