/** npm run new-rule -- <group>/<id>: creates and registers a rule and its test from a template. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './dependencies.mjs';
import { run } from './process.mjs';

const rulesFolder = join(root, 'server/src/rules');
const groups = readdirSync(rulesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'shared')
  .map(({ name }) => name);

const [group, id] = (process.argv[2] ?? '').split('/');
const problem = problemOf();
if (problem) {
  console.error(problem);
  process.exit(2);
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const messages = { found: '{keyword} is deprecated', remove: 'Remove {keyword}' };
const docs = {
  description: 'Say in one sentence what the rule asks for',
  rationale: 'Say why it matters.',
  safe: 'say why the fix changes nothing but size.',
};
const testFile = `test/rules/${group}/${id}.test.ts`;

write(
  `server/src/rules/${group}/${id}.ts`,
  `import { defineRule } from '../../engine/rule';
import { removeInstruction } from '../../dockerfile/edits/removeInstruction';

export default defineRule({
  meta: {
    id: '${id}',
    group: '${group}',
    severity: 'info',
    recommended: false,
    since: '${version}',
    aliases: [],
    fixable: 'safe',
    messages: {
      found: '${messages.found}',
      remove: '${messages.remove}',
    },
    docs: {
      description: '${docs.description}',
      rationale: '${docs.rationale}',
      fixSafety: { safe: '${docs.safe}' },
      bad: ['FROM debian:12\\nMAINTAINER me\\n'],
      good: ['FROM debian:12\\n'],
      references: [],
    },
  },
  visits: { keywords: ['MAINTAINER'] },
  create: ({ dockerfile, report }) => ({
    instruction(node) {
      const edit = removeInstruction(dockerfile, node);
      report(node.keywordSpan, 'found', {
        data: { keyword: node.keyword },
        fix: edit && { title: 'remove', safety: 'safe', edits: [edit] },
      });
    },
  }),
});
`,
);
write(
  testFile,
  `import rule from '../../../server/src/rules/${group}/${id}';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: ['FROM debian:12\\n', 'FROM debian:12\\n# MAINTAINER me\\n', 'FROM debian:12\\nRUN echo MAINTAINER\\n'],
  invalid: [
    {
      code: 'FROM debian:12\\nMAINTAINER me\\nUSER app\\n',
      findings: [{ messageId: 'found', at: 'MAINTAINER' }],
      output: 'FROM debian:12\\nUSER app\\n',
    },
    {
      code: 'FROM debian:12\\nMAINTAINER a\\nRUN b\\nMAINTAINER c\\n',
      findings: [
        { messageId: 'found', at: 'MAINTAINER' },
        { messageId: 'found', at: ['MAINTAINER', 2] },
      ],
      output: 'FROM debian:12\\nRUN b\\n',
    },
  ],
});
`,
);
const code = run('node', [join(root, 'scripts/generate.mjs')]);
if (code === 0) {
  console.log(`docs/rules/${id}.md and docs/ja/rules/${id}.md: made of the texts above by npm run generate`);
  console.log(`\nTry it with npx vitest ${testFile}; CONTRIBUTING.md has the steps.`);
}
process.exit(code);

/** The problem with the name, if any. */
function problemOf() {
  if (id === undefined) return `Usage: npm run new-rule -- <group>/<id>, the group one of ${groups.join(', ')}`;
  if (!groups.includes(group)) return `There is no group "${group}", only ${groups.join(', ')}`;
  if (!/^[a-z]+(?:-[a-z]+)+$/.test(id))
    return `"${id}" is no name of a rule: words of small letters with hyphens between them, as in no-sudo`;
  const taken = readdirSync(rulesFolder, { recursive: true }).find((file) => file.endsWith(`/${id}.ts`));
  return taken && `There is a rule of this name: server/src/rules/${taken}`;
}

function write(file, content) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  console.log(file);
}
