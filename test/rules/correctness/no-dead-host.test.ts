import rule from '../../../server/src/rules/correctness/no-dead-host';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN gpg --keyserver keyserver.ubuntu.com --recv-keys A\n',
    'FROM a\nRUN gpg --keyserver pool.sks-keyservers.net --recv-keys A || gpg --keyserver b --recv-keys A\n',
    'FROM a\nRUN gpg --keyserver b --recv-keys A || gpg --keyserver pool.sks-keyservers.net --recv-keys A\n',
    'FROM a\nRUN for s in b pool.sks-keyservers.net; do gpg --keyserver $s --recv-keys A && break; done\n',
    'FROM a\nRUN for s in $(shuf -e b pool.sks-keyservers.net); do gpg --keyserver $s --recv-keys A && break; done\n',
    'FROM a\nRUN sed -i s,https://registry.npm.taobao.org/,https://registry.npmjs.org/, package-lock.json\n',
    'FROM a\nRUN curl -fO https://jcenter.bintray.com/b.jar\n',
    'FROM a\nRUN echo "deb https://packages.cloud.google.com/apt cloud-sdk main" > /etc/apt/sources.list.d/b.list\n',
    'FROM a\nRUN curl -fO https://notbintray.com/b\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN pip install git+git://github.com/b/c.git@v1\n',
      findings: [{ messageId: 'dead', at: 'git+git://github.com/b/c.git@v1' }],
    },
    {
      code: 'FROM a\nRUN gpg --keyserver hkp://p80.pool.sks-keyservers.net:80 --recv-keys A\n',
      findings: [{ messageId: 'dead', at: 'hkp://p80.pool.sks-keyservers.net:80' }],
    },
    {
      code: 'FROM a\nADD https://dl.bintray.com/b/c.zip /c.zip\n',
      findings: [{ messageId: 'dead', at: 'https://dl.bintray.com/b/c.zip' }],
    },
    {
      code: 'FROM a\nRUN echo "deb https://apt.kubernetes.io/ kubernetes-xenial main" > /etc/apt/sources.list.d/b.list\n',
      findings: [{ messageId: 'dead', at: '"deb https://apt.kubernetes.io/ kubernetes-xenial main"' }],
    },
    {
      code: 'FROM a\nRUN echo "deb https://packages.cloud.google.com/apt kubernetes-xenial main" > /b.list\n',
      findings: [{ messageId: 'dead', at: '"deb https://packages.cloud.google.com/apt kubernetes-xenial main"' }],
    },
    {
      code: 'FROM a\nENV NPM_CONFIG_REGISTRY=https://registry.npm.taobao.org\n',
      findings: [{ messageId: 'dead', at: 'NPM_CONFIG_REGISTRY=https://registry.npm.taobao.org' }],
    },
    {
      code: 'FROM a\nRUN npm install --registry=https://registry.npm.taobao.org/\n',
      findings: [{ messageId: 'dead', at: '--registry=https://registry.npm.taobao.org/' }],
    },
  ],
});
