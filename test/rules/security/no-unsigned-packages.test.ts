import rule from '../../../server/src/rules/security/no-unsigned-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:8\nRUN apt-get purge -y --force-yes b\n',
    'FROM a\nRUN apk add b | grep "--allow-untrusted"\n',
    'FROM a\nRUN apt-get install -y b && echo "--force-yes"\n',
    'FROM a\nRUN yum-config-manager --setopt=install_weak_deps=False --save\n',
    'FROM a\nRUN rpm -i b.rpm\n',
    'FROM a\nRUN echo "deb [trusted=yes] file:/tmp/apt ./" > /etc/apt/sources.list.d/b.list\n',
    'FROM a\nRUN echo "deb [signed-by=/k.gpg] https://b/apt ./" > /etc/apt/sources.list.d/b.list\n',
    'FROM a\nRUN yum-config-manager --disable sslverify\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN apk --allow-untrusted \\\n  add b\n',
      findings: [{ messageId: 'unsigned', at: '--allow-untrusted' }],
    },
    {
      code: 'FROM a\nRUN echo "deb [arch=amd64 trusted=yes]  https://b/apt ./" > /etc/apt/sources.list.d/b.list\n',
      findings: [{ messageId: 'trusted', at: '"deb [arch=amd64 trusted=yes]  https://b/apt ./"' }],
    },
    {
      code: 'FROM a\nRUN x && tdnf install -y $P --nogpgcheck\n',
      findings: [{ messageId: 'unsigned', at: '--nogpgcheck' }],
    },
    {
      code: 'FROM a\nRUN yum-config-manager --save --setopt=\\*.sslverify=False\n',
      findings: [{ messageId: 'unsigned', at: '--setopt=\\*.sslverify=False' }],
      escape: false,
    },
    { code: 'FROM a\nRUN rpm -i --nosignature b.rpm\n', findings: [{ messageId: 'unsigned', at: '--nosignature' }] },
  ],
});
