import rule from '../../../server/src/rules/size/merge-consecutive-run';
import { testRule } from '../../helpers/ruleTester';

const between = (line: string): string => `FROM a\nRUN mkdir /x\n${line}\nRUN touch /x/a\n`;

testRule(rule, {
  onbuild: false,
  valid: [
    { code: 'FROM a\nRUN b | c\nRUN d\n', settings: { dialect: 'hadolint' } },
    { code: 'FROM a\nRUN b && c\nRUN d\n', settings: { dialect: 'hadolint' } },

    between('USER app'),
    between('WORKDIR /x'),
    between('ARG X'),
    between('ENV X=1'),
    between('SHELL ["/bin/bash", "-c"]'),
    between('COPY a b'),
    between('# why two'),
    'FROM a\nRUN --mount=type=cache,target=/x mkdir /x\nRUN touch /x/a\n',
    'FROM a\nRUN --network=none mkdir /x\nRUN touch /x/a\n',
    'FROM a\nRUN <<EOF\nmkdir /x\nEOF\nRUN touch /x/a\n',
    'FROM a\nRUN ["mkdir", "/x"]\nRUN touch /x/a\n',
    'FROM a\nRUN cd /x && mkdir a\nRUN chmod 700 /x/a\n',
    'FROM a\nRUN export A=1 && mkdir /x\nRUN touch /x/a\n',
    'FROM a\nRUN A=1 && mkdir /x\nRUN touch /x/a\n',
    'FROM a\nRUN mkdir /x; mkdir /y\nRUN touch /x/a\n',
    'FROM a\nRUN mkdir /x || true\nRUN touch /x/a\n',
    'FROM a\nRUN mkdir /x &\nRUN touch /x/a\n',
    'FROM a\nRUN mkdir /x # comment\nRUN touch /x/a\n',
    'FROM a AS b\nRUN mkdir /x\nRUN touch /x/a\nFROM c\nCOPY --from=b /x /x\n',
    'FROM a\nRUN mkdir /x\nFROM a\nRUN touch /x/a\n',
    '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN mkdir /x\nRUN touch /x/a\n',

    // steps about different things stay steps of the cache
    'FROM a\nRUN one\nRUN two\n',
    'FROM a\nRUN npm ci\nRUN npm run build\n',
    'FROM a\nRUN pip install -r requirements.txt\nRUN useradd -r app\n',
    'FROM a\nRUN apt-get update && apt-get install -y b\nRUN mkdir /x\n',
    'FROM a\nRUN pip install -r requirements.txt\nRUN pip install .\n',
    'FROM a\nRUN npm i -g pnpm\nRUN npm ci\n',
    'FROM a\nRUN echo "Hello $NAME"\nRUN useradd -r app\n',
    'FROM a\nRUN groupadd -r app && useradd -r -g app app\nRUN mkdir /data && chown app /data\n',
    'FROM a\nRUN mkdir /data\nRUN groupadd -r app && useradd -r -g app app && chown app /data\n',
    'FROM a\nRUN chmod +x /entrypoint.sh\nRUN groupadd -r app && useradd -r -g app app\n',
    // a blank line parts small settings
    'FROM a\nRUN mkdir /x\n\nRUN touch /y\n',
    // what a COPY brought stays in its layer
    'FROM a\nCOPY big.bin /opt/big.bin\nRUN sha256sum /opt/big.bin\nRUN rm /opt/big.bin\n',
    // daemons of one RUN are none of the next
    'FROM a\nRUN service mysql start && mysqladmin create b\nRUN service mysql start && mysqladmin create c\n',
    'FROM a\nRUN apt-get update\nRUN /etc/init.d/cron start && apt-get install -y b\n',
    'FROM a\nRUN apt-get install -y b && su postgres -c "pg_ctl -D /data start"\nRUN apt-get install -y c\n',
    'FROM a\nRUN mkdir /x && (mongod & sleep 1)\nRUN chown -R b /x\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN b\n# c\nRUN d\n',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN mkdir /x\nRUN touch /x/a\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2], data: { count: 2 } }],
      output: 'FROM a\nRUN mkdir /x \\\n    && touch /x/a\n',
    },
    {
      // installs of one package manager, one command a line
      code: 'FROM a\nRUN apt-get install -y b\n\nRUN apt-get install -y c\nRUN apt-get install -y d && apt-get clean\nCMD ["x"]\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2], data: { count: 3 } }],
      output:
        'FROM a\nRUN apt-get install -y b \\\n    && apt-get install -y c \\\n    && apt-get install -y d \\\n    && apt-get clean\nCMD ["x"]\n',
    },
    {
      // in the layout of the one that has one
      code: 'FROM a\nRUN useradd b && \\\n  useradd c\nRUN useradd d\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN useradd b && \\\n  useradd c && \\\n  useradd d\n',
    },
    {
      // a command of several lines keeps them below itself
      code: 'FROM a\nRUN apk add \\\n    b\nRUN apk add \\\n    c \\\n    d\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN apk add \\\n    b \\\n    && apk add \\\n        c \\\n        d\n',
    },
    {
      code: 'FROM a\nRUN --mount=type=cache,target=/x apk add b\nRUN --mount=type=cache,target=/x apk add c\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN --mount=type=cache,target=/x apk add b \\\n    && apk add c\n',
    },
    {
      // cd in a subshell stays there
      code: 'FROM a\nRUN (cd /x && make)\nRUN rm -rf /x/build\nRUN rm -rf /x\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN (cd /x && make) \\\n    && rm -rf /x/build \\\n    && rm -rf /x\n',
    },
    {
      // the last one may change its shell
      code: 'FROM a\nRUN mkdir /x\nRUN cd /x && make\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN mkdir /x \\\n    && cd /x \\\n    && make\n',
    },
    {
      // lists are read once and removed once
      code: 'FROM a\nRUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install -y c && rm -rf /var/lib/apt/lists/*\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output:
        'FROM a\nRUN apt-get update \\\n    && apt-get install -y b \\\n    && apt-get install -y c \\\n    && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      // the new archive wants its lists
      code: 'FROM a\nRUN apt-get update && apt-get install -y gnupg\nRUN curl -fsSL https://b.c/key | gpg --dearmor -o /etc/apt/keyrings/b.gpg\nRUN echo "deb https://b.c/ x main" > /etc/apt/sources.list.d/b.list\nRUN apt-get update && apt-get install -y b\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2], data: { count: 4 } }],
      output:
        'FROM a\nRUN apt-get update \\\n    && apt-get install -y gnupg \\\n    && curl -fsSL https://b.c/key | gpg --dearmor -o /etc/apt/keyrings/b.gpg \\\n    && echo "deb https://b.c/ x main" > /etc/apt/sources.list.d/b.list \\\n    && apt-get update \\\n    && apt-get install -y b\n',
    },
    {
      // what a later one removes or rewrites would be in both layers
      code: 'FROM a\nRUN curl -fsSLO https://b.c/tool.tgz\nRUN tar xzf tool.tgz\nRUN rm tool.tgz\nRUN one\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2], data: { count: 3 } }],
      output:
        'FROM a\nRUN curl -fsSLO https://b.c/tool.tgz \\\n    && tar xzf tool.tgz \\\n    && rm tool.tgz\nRUN one\n',
    },
    {
      code: 'FROM a\nWORKDIR /app\nRUN one\nRUN npm ci\nRUN chown -R node /app\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 3] }],
      output: 'FROM a\nWORKDIR /app\nRUN one\nRUN npm ci \\\n    && chown -R node /app\n',
    },
    {
      code: 'FROM a\nRUN ./mvnw package\nRUN mv target/b.jar app.jar\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN ./mvnw package \\\n    && mv target/b.jar app.jar\n',
    },
    {
      code: 'FROM a\nRUN useradd -m app\nRUN mkdir /home/app/x && chown app /home/app/x\n',
      findings: [{ messageId: 'consecutive', at: ['RUN', 2] }],
      output: 'FROM a\nRUN useradd -m app \\\n    && mkdir /home/app/x \\\n    && chown app /home/app/x\n',
    },
  ],
});
