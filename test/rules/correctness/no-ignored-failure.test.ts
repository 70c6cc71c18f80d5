import rule from '../../../server/src/rules/correctness/no-ignored-failure';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN make -C /b clean || true\n',
    'FROM a\nRUN npm run lint || true\n',
    'FROM a\nRUN set -e; npm run build; rm -rf src\n',
    'FROM a\nSHELL ["/bin/bash", "-ec"]\nRUN npm run build; rm -rf src\n',
    'FROM a\nRUN npm run build; if [ -d a ]; then b; fi\n',
    'FROM a\nRUN pip install -U pip wheel; pip install -r b.txt\n',
    'FROM a\nRUN npm install sharp 2> /dev/null; npm run lint\n',
    'FROM a\nRUN npm run lint; npm run build\n',

    'FROM a\nRUN make install\n',
    'FROM a\nRUN set -e; make; true\n',
    'FROM a\nRUN make && true\n',
    'FROM a\nRUN rm -r /a || true\n',
    'FROM a\nRUN make test || true\n',
    'FROM a\nRUN make && { strip /a || true; }\n',
    'FROM a\nRUN make || cat config.log\n',
    'FROM a\nRUN npm ci || npm install\n',
    'FROM a\nRUN npm ci || exit 1\n',
    'FROM a\nRUN curl -f https://a/b || true\n',
    'FROM a\nRUN if a; then make || true; fi\n',
    'FROM a\nCMD make || true\n',
  ],
  invalid: [
    ...['./bin/rails assets:precompile', './gradlew build', 'poetry install --no-root', 'tsc -p .'].map((command) => ({
      code: `FROM a\nRUN ${command} || true\n`,
      findings: [{ messageId: 'direct' as const, at: '||' }],
      output: `FROM a\nRUN ${command}\n`,
    })),
    {
      code: 'FROM a\nRUN npm ci && (npm run build || true)\n',
      findings: [{ messageId: 'direct', at: '||', severity: 'info' }],
      output: 'FROM a\nRUN npm ci && (npm run build)\n',
    },
    {
      code: 'FROM a\nRUN pip install -r /b.txt; exit 0\nRUN make install ; true\n',
      findings: [
        { messageId: 'direct', at: ';', data: { command: 'pip install' } },
        { messageId: 'direct', at: [';', 2], data: { command: 'make' } },
      ],
      output: 'FROM a\nRUN pip install -r /b.txt\nRUN make install\n',
    },
    {
      code: 'FROM a\nRUN make -C /b || true\n',
      findings: [{ messageId: 'direct', at: '||' }],
      output: 'FROM a\nRUN make -C /b\n',
    },
    {
      code: 'FROM a\nRUN npm run build || echo failed\n',
      findings: [{ messageId: 'direct', at: '||' }],
      output: 'FROM a\nRUN npm run build\n',
    },

    {
      code: 'FROM a\nRUN make; echo done\n',
      findings: [{ messageId: 'semicolon', at: ';' }],
      output: 'FROM a\nRUN make && echo done\n',
    },
    {
      code: 'FROM a\nRUN cd /b && npm run build; rm -rf src\n',
      findings: [{ messageId: 'semicolon', at: ';', severity: 'info', data: { command: 'npm run' } }],
      output: 'FROM a\nRUN cd /b && npm run build && rm -rf src\n',
    },
    {
      code: 'FROM a\nRUN make install && strip /a || true\n',
      findings: [{ messageId: 'chain', at: '||', data: { fallback: 'true', command: 'make' } }],
      output: 'FROM a\nRUN make install && { strip /a || true; }\n',
    },
    {
      code: 'FROM a\nRUN curl -fo /a https://a/b && chmod +x /a \\\n  && b \\\n  || : && c\n',
      findings: [{ messageId: 'chain', at: '||', data: { fallback: ':', command: 'curl' } }],
      output: 'FROM a\nRUN curl -fo /a https://a/b && chmod +x /a \\\n  && { b \\\n  || :; } && c\n',
    },
    {
      code: 'FROM a\nRUN cd /a && make || echo failed\n',
      findings: [{ messageId: 'direct', at: '||', severity: 'info', data: { command: 'make' } }],
      output: 'FROM a\nRUN cd /a && make\n',
    },
    {
      code: 'FROM a\nRUN apt-get update; apt-get install -y b || exit 0\n',
      findings: [{ messageId: 'direct', at: '||' }],
      output: 'FROM a\nRUN apt-get update; apt-get install -y b\n',
    },
    {
      code: 'FROM a\nRUN pip install b || true\n',
      findings: [{ messageId: 'direct', at: '||' }],
      output: 'FROM a\nRUN pip install b\n',
    },
  ],
});
