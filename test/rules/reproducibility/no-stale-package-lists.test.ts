import rule from '../../../server/src/rules/reproducibility/no-stale-package-lists';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM archlinux\nRUN pacman -Syu --noconfirm nginx\nRUN pacman -Syu --noconfirm curl\n',
    'FROM archlinux\nRUN pacman -Sy && pacman -S nginx\n',
    'FROM archlinux\nRUN pacman -S nginx\n',
    'FROM a\nRUN apt-get update && apt-get install b\n',
    'FROM a\nRUN apt-get install b\n',
    'FROM a\nRUN apk update\nRUN apk add --no-cache b\n',
    'FROM a AS x\nRUN yum update\nFROM c\nRUN yum install b\n',
  ],
  invalid: [
    ...['-Sy', '-Syu --noconfirm'].map((options) => ({
      code: `FROM archlinux\nRUN pacman ${options}\nRUN pacman -S --noconfirm nginx\n`,
      findings: [{ messageId: 'stale' as const, at: 'pacman -S --noconfirm nginx' }],
    })),
    {
      code: 'FROM a\nRUN apt-get update\nRUN apt-get install -y b && apt-get install -y c\n',
      findings: [
        { messageId: 'stale', at: 'install' },
        { messageId: 'stale', at: ['install', 2] },
      ],
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN zypper refresh\nCOPY c /d\nRUN zypper install b\n',
      findings: [{ messageId: 'stale', at: 'install' }],
      onbuild: false,
    },
  ],
});
