import rule from '../../../server/src/rules/size/remove-archive';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN curl -o b.tgz c && tar xf b.tgz && rm b.tgz\n',
    'FROM a\nCOPY b.tgz /\nRUN tar xf b.tgz\n',
    'FROM a\nRUN curl -o b.tgz c && tar cf b.tgz d\n',
    'FROM a\nRUN wget c/$B.tgz && tar xf $B.tgz\n',
    'FROM a AS x\nRUN wget c/b.tgz && tar xf b.tgz\nFROM d\n',
    'FROM a\nRUN wget c/b.tgz && tar xf b.tgz\nRUN cp b.tgz /d\n',
    'FROM a\nRUN cd /tmp && wget c/b.tgz && tar xf b.tgz && rm -rf /tmp/*\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN wget https://c/b.tgz && tar -xzf b.tgz -C /opt\n',
      findings: [{ messageId: 'left', at: ['b.tgz', 2] }],
      output: 'FROM a\nRUN wget https://c/b.tgz && tar -xzf b.tgz -C /opt && rm b.tgz\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN curl -Lo /tmp/b.zip c && \\\n    unzip /tmp/b.zip && \\\n    d\n',
      findings: [{ messageId: 'left', at: ['/tmp/b.zip', 2] }],
      output: 'FROM a\nRUN curl -Lo /tmp/b.zip c && \\\n    unzip /tmp/b.zip && \\\n    d && \\\n    rm /tmp/b.zip\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN cd /d && wget https://c/b.tar.gz && tar zxvf b.tar.gz\n',
      findings: [{ messageId: 'left', at: ['b.tar.gz', 2] }],
      onbuild: false,
    },
  ],
});
