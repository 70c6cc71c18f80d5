import rule from '../../../server/src/rules/size/dnf-clean-all';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM fedora:40\nRUN dnf install -y httpd && dnf clean all\n',
    'FROM fedora:40\nRUN dnf install -y httpd \\\n && \\\n dnf clean all\n',
    'FROM almalinux:9\nRUN yum -y install httpd && rm -rf /var/cache/yum\n',
    'FROM fedora:40\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y httpd\n',
    'FROM fedora:40\nRUN dnf repolist && dnf group list\n',
    'FROM fedora:40\nRUN dnf --installroot /mnt install -y bash\n',
    'FROM fedora:40 AS b\nRUN dnf install -y gcc\nFROM fedora:40\n',
  ],
  invalid: [
    {
      code: 'FROM mcr.microsoft.com/azurelinux/base/core:3.0\nRUN tdnf install -y b\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM mcr.microsoft.com/azurelinux/base/core:3.0\nRUN tdnf install -y b && tdnf clean all\n',
    },
    {
      code: 'FROM fedora:40\nRUN dnf group install -y tools\n',
      findings: [{ messageId: 'missing', at: 'group' }],
      output: 'FROM fedora:40\nRUN dnf group install -y tools && dnf clean all\n',
    },
    {
      code: 'FROM fedora:40\nRUN dnf install-nevra -y httpd-2.4\n',
      findings: [{ messageId: 'missing', at: 'install-nevra' }],
      output: 'FROM fedora:40\nRUN dnf install-nevra -y httpd-2.4 && dnf clean all\n',
    },
    {
      code: 'FROM fedora AS b\nRUN dnf install -y c\nFROM scratch\nCOPY --from=b /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM fedora AS b\nRUN dnf install -y c && dnf clean all\nFROM scratch\nCOPY --from=b /c /c\n',
    },

    {
      code: 'FROM fedora:40\nRUN dnf install -y httpd\n',
      findings: [{ messageId: 'missing', at: 'install', data: { tool: 'dnf', subcommand: 'install' } }],
      output: 'FROM fedora:40\nRUN dnf install -y httpd && dnf clean all\n',
    },
    {
      code: 'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf update -y \\\n    && microdnf install -y tar\n',
      findings: [{ messageId: 'missing', at: ['install', 1] }],
      output:
        'FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4\nRUN microdnf update -y \\\n    && microdnf install -y tar \\\n    && microdnf clean all\n',
    },
    {
      code: 'FROM almalinux:9\nRUN yum clean all && yum install -y httpd\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM almalinux:9\nRUN yum clean all && yum install -y httpd && yum clean all\n',
    },
  ],
});
