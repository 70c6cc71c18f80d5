/** npm run new-rule -- <group>/<id>: a rule and its test from a template, registered. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './dependencies.mjs';
import { run } from './process.mjs';

const [group, id] = (process.argv[2] ?? '').split('/');
const groups = ['cache', 'correctness', 'maintainability', 'reproducibility', 'security', 'size', 'style'];
if (!groups.includes(group) || !/^(?:no|require|prefer|[a-z]+)(?:-[a-z]+)+$/.test(id ?? '')) {
  console.error(`Usage: npm run new-rule -- <group>/<id>, the group one of ${groups.join(', ')}, the id in kebab-case`);
  process.exit(2);
}
const taken = readdirSync(join(root, 'server/src/rules'), { recursive: true }).find((file) =>
  file.endsWith(`/${id}.ts`),
);
if (taken) {
  console.error(`There is a rule of this name: server/src/rules/${taken}`);
  process.exit(2);
}

write(
  `server/src/rules/${group}/${id}.ts`,
  `import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: '${id}',
    group: '${group}',
    severity: 'info',
    recommended: false,
    since: '0.2.0',
    aliases: [],
    messages: {
      found: 'Say what is wrong with {keyword}',
    },
    docs: {
      description: 'Say in one sentence what the rule asks for',
      rationale: 'Say why it matters.',
      bad: ['FROM debian:12\\nMAINTAINER me\\n'],
      good: ['FROM debian:12\\n'],
      references: [],
    },
  },
  visits: { keywords: ['MAINTAINER'] },
  create: ({ report }) => ({
    instruction(node) {
      report(node.keywordSpan, 'found', { data: { keyword: node.keyword } });
    },
  }),
});
`,
);
write(
  `test/rules/${group}/${id}.test.ts`,
  `import rule from '../../../server/src/rules/${group}/${id}';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM debian:12\\n', 'FROM debian:12\\n# MAINTAINER me\\n', 'FROM debian:12\\nRUN echo MAINTAINER\\n'],
  invalid: [
    {
      code: 'FROM debian:12\\nMAINTAINER me\\n',
      findings: [{ messageId: 'found', at: 'MAINTAINER' }],
      output: null,
    },
  ],
});
`,
);
process.exit(run('node', [join(root, 'scripts/generate.mjs')]));

function write(file, content) {
  const path = join(root, file);
  if (existsSync(path)) throw new Error(`${file} is there already`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(file);
}
