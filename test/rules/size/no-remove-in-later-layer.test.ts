import rule from '../../../server/src/rules/size/no-remove-in-later-layer';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM a\nCOPY b.conf /tmp/b.conf\nRUN mv /tmp/b.conf /etc/b.conf\n',
    'FROM a\nRUN curl -o /tmp/b https://c/d && mv /tmp/b /usr/bin/b\n',
    'FROM a\nCOPY b /b\nRUN mv /c /d\n',
    'FROM a\nRUN --mount=target=/src cp -a /src/b /c\nRUN rm -rf /src/b\n',
    'FROM a\nRUN cp -a /b /c && rm -rf /b\n',
    'FROM a\nRUN cp b.conf /etc/b.conf\nRUN rm b.conf\n',
    'FROM a\nRUN curl -o /tmp/x https://e.org/x && rm /tmp/x\n',
    'FROM a\nCOPY x /opt/x\nRUN rm -rf /opt/y\n',
    'FROM a\nCOPY x /tmpx\nRUN rm -rf /tmp/*\n',
    'FROM a\nCOPY build/x/ /tmp/\nRUN rm -rf /tmp/*\n',
    'FROM a\nCOPY . /app\nRUN rm -rf /app/tests\n',
    'FROM a AS b\nCOPY x.tgz /x.tgz\nRUN tar xf /x.tgz && rm /x.tgz\nFROM a\nCOPY --from=b /out /out\n',
    'FROM alpine\nRUN apk add gcc && make && apk del gcc\n',
    'FROM alpine\nRUN apk add gcc\nRUN apk del curl\n',
    'FROM a\nCOPY x /x\nRUN if true; then rm /x; fi\n',
    'FROM a\nCOPY $X /x\nRUN rm $Y\n',
    'FROM a\nWORKDIR /b\nRUN git clone https://c/d.git && rm -rf d\n',
    'FROM a\nWORKDIR /b\nRUN wget https://c/d.tgz\nRUN rm e.tgz\n',
    'FROM a\nWORKDIR /b\nCOPY . .\nRUN rm -rf .git\n',
  ],
  invalid: [
    {
      name: 'a copied directory that is moved',
      code: 'FROM a\nCOPY --from=b /app/dist /tmp/dist\nRUN mv /tmp/dist /srv/dist\n',
      findings: [{ messageId: 'moved', at: ['/tmp/dist', 2], data: { name: '/tmp/dist' } }],
      output: null,
    },
    {
      code: 'FROM a\nWORKDIR /b\nRUN curl -fsSLo c.tgz https://d/e\nRUN mkdir f && mv c.tgz f/\n',
      findings: [{ messageId: 'moved', at: ['c.tgz', 2], data: { name: '/b/c.tgz' } }],
      output: null,
    },
    {
      name: 'its contents',
      code: 'FROM a\nCOPY dist /tmp/dist\nRUN mv /tmp/dist/* /srv/\n',
      findings: [{ messageId: 'moved', at: '/tmp/dist/*' }],
      output: null,
    },
    {
      name: 'a copy and a removal instead of a move',
      code: 'FROM a\nRUN cp -a /opt/b/share /c\nRUN rm -rf /opt/b/share\n',
      findings: [{ messageId: 'file', at: ['/opt/b/share', 2] }],
      output: null,
    },
    {
      code: 'FROM a\nWORKDIR /tmp\nRUN wget https://c/d.tgz\nRUN tar xf d.tgz -C /opt\nRUN rm -R /tmp/*\n',
      findings: [{ messageId: 'file', at: '/tmp/*', data: { name: '/tmp/d.tgz' } }],
      output: null,
    },
    {
      code: 'FROM a\nCOPY x.tgz /tmp/x.tgz\nRUN tar xf /tmp/x.tgz && rm /tmp/x.tgz\n',
      findings: [{ messageId: 'file', at: ['/tmp/x.tgz', 3] }],
      output: null,
    },
    {
      code: 'FROM a\nWORKDIR /src\nADD x.zip .\nRUN rm -f x.zip\n',
      findings: [{ messageId: 'file', at: ['x.zip', 2], data: { name: '/src/x.zip' } }],
      output: null,
    },
    {
      code: 'FROM a\nRUN wget -O /tmp/x https://e.org/x\nRUN rm /tmp/x\n',
      findings: [{ messageId: 'file', at: ['/tmp/x', 2] }],
      output: null,
    },
    {
      code: 'FROM a\nCOPY . /src\nRUN cp -a /src/b /b\nRUN rm -R /src\n',
      findings: [{ messageId: 'file', at: ['/src', 3] }],
      output: null,
    },
    {
      code: 'FROM a\nWORKDIR /b\nRUN git clone --depth 1 https://c/d.git\nRUN make -C d\nRUN rm -rf d\n',
      findings: [{ messageId: 'file', at: ['d', 4], data: { name: '/b/d' } }],
      output: null,
    },
    {
      code: 'FROM a\nRUN git clone https://c/d /e\nRUN rm -rf /e\n',
      findings: [{ messageId: 'file', at: ['/e', 2] }],
      output: null,
    },
    {
      code: 'FROM a\nWORKDIR /b\nRUN wget -q https://c/d.tgz\nRUN curl -fsSLO https://c/e.tgz\nRUN rm d.tgz e.tgz\n',
      findings: [
        { messageId: 'file', at: ['d.tgz', 2] },
        { messageId: 'file', at: ['e.tgz', 2] },
      ],
      output: null,
    },
    {
      code: 'FROM alpine\nRUN apk add --virtual .build gcc make\nCOPY . /src\nRUN make && apk del .build\n',
      findings: [{ messageId: 'package', at: ['.build', 2] }],
      output: null,
    },
    {
      code: 'FROM debian:12\nRUN apt-get install -y gcc=4:12\nCOPY . /src\nRUN make && apt-get purge -y gcc\n',
      findings: [{ messageId: 'package', at: ['gcc', 2] }],
      output: null,
    },
  ],
});
