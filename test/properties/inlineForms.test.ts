import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { createEngine } from '../../server/src/engine/createEngine';
import { hostFile } from '../../server/src/project/inline/hostFile';
import { findingInHost, lintInline } from '../../server/src/project/inline/lintInline';
import { allRules } from '../../server/src/rules';
import { applyEdits } from '../../server/src/text/edits';
import { CORPORA } from '../helpers/corpora';
import { testKnowledge } from '../helpers/testKnowledge';

const engine = createEngine({ rules: allRules, knowledge: testKnowledge });

/** Every so many of the files: inline.test.ts takes all of them, in the usual forms. */
const STEP = 12;

interface Form {
  readonly path: string;
  write(text: string): string;
  /** Texts that it can hold. */
  readonly holds?: (text: string) => boolean;
}

const indented = (text: string, indent: string) => text.replaceAll(/^(?=.)/gm, indent);
const block = (text: string, indent: string) => `|\n${indented(text.replaceAll('$', '$$$$'), indent)}`;
const templates = (text: string) => text.replaceAll(/[$%](?=\{)/g, '$&$&');
const windows = (text: string) => text.replaceAll('\n', '\r\n');
const fence = (text: string) => '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
const plain = (text: string) => parseDockerfile(text).errors.length === 0 && !/<[a-z][\w.-]*>|\.{3}/i.test(text);
const compose = (text: string) => `services:\n  web:\n    build:\n      dockerfile_inline: ${block(text, '        ')}`;
const heredoc = (text: string) => `target "web" {\n  dockerfile-inline = <<END_OF_IT\n${templates(text)}END_OF_IT\n}\n`;
const markdown = (text: string, indent = '', mark = fence(text)) =>
  `${mark}dockerfile\n${indented(text, indent)}${indent}${mark}\n`;

const FORMS: Readonly<Record<string, Form>> = {
  'Compose with the line ends of Windows': { path: 'compose.yaml', write: (text) => windows(compose(text)) },
  'Compose with an anchor for two services': {
    path: 'compose.yaml',
    write: (text) =>
      `x-text: &text ${block(text, '  ')}services:\n  a: {build: {dockerfile_inline: *text}}\n  b: {build: {dockerfile_inline: *text}}\n`,
  },
  'Compose with a merge key': {
    path: 'compose.yaml',
    write: (text) =>
      `x-build: &build\n  dockerfile_inline: ${block(text, '    ')}services:\n  a:\n    build:\n      <<: *build\n      target: x\n`,
  },
  'Compose with a service that extends another': {
    path: 'compose.yaml',
    write: (text) => `${compose(text)}  other:\n    extends: web\n`,
  },
  'Bake with a heredoc that keeps its indentation': { path: 'docker-bake.hcl', write: heredoc },
  'Bake with the line ends of Windows': { path: 'docker-bake.hcl', write: (text) => windows(heredoc(text)) },
  'Bake in JSON with tabs': {
    path: 'docker-bake.json',
    write: (text) => JSON.stringify({ target: { web: { 'dockerfile-inline': templates(text) } } }, undefined, '\t'),
  },
  'Markdown with the line ends of Windows': { path: 'a.md', write: (text) => windows(markdown(text)), holds: plain },
  'Markdown with a fence of tildes': {
    path: 'a.mdx',
    write: (text) => markdown(text, '', '~~~~'),
    holds: (text) => plain(text) && !text.includes('~~~~'),
  },
  'Markdown with a fence after a bullet': {
    path: 'a.md',
    write: (text) => `- ${markdown(text, '  ')}`,
    holds: plain,
  },
  'Markdown with a fence below a tab': {
    path: 'a.md',
    write: (text) => `1.\ta\n\n\t${markdown(text, '\t')}`,
    holds: plain,
  },
};

const texts = CORPORA.flatMap(({ files }) => files)
  .filter((_, index) => index % STEP === 0)
  .map(
    ({ text }) =>
      `${text
        .replace(/^\uFEFF/, '')
        .replaceAll('\r\n', '\n')
        .trim()}\n`,
  )
  .filter((text) => !/(?!\n|\t)\p{Cc}/u.test(text));
const unix = (text: string | undefined) => text?.replaceAll('\r\n', '\n');

describe.each(Object.entries(FORMS))('%s', (_, { path, write, holds = () => true }) => {
  it('has the findings and fixes of the Dockerfile', () => {
    const held = texts.filter(holds);
    expect(held.length).toBeGreaterThan(0);
    for (const text of held) {
      const source = write(text);
      const dockerfiles = hostFile(path, source)?.dockerfiles ?? [];
      expect(dockerfiles.map((one) => unix(one.text.text))).toEqual([text]);
      for (const inline of dockerfiles) {
        const own = engine.lint(inline.text.text).findings;
        const { findings } = lintInline(engine, inline, {});
        const known = ({ ruleId, message, span }: (typeof own)[number]) => [ruleId, message, span];
        expect(findings.map(known)).toEqual(own.map(known));
        for (const [index, finding] of findings.entries())
          for (const [at, { edits }] of findingInHost(inline, finding).fixes.entries()) {
            if (edits.length === 0) continue;
            const [written] = hostFile(path, applyEdits(source, edits))?.dockerfiles ?? [];
            const expected = applyEdits(inline.text.text, own[index]?.fixes[at]?.edits ?? []);
            expect(unix(written?.text.text), finding.ruleId).toBe(unix(expected));
          }
      }
    }
  }, 120_000);
});

it('a fence that another one shows is text', () => {
  const inner = markdown('FROM debian:12\nRUN sudo ls\n');
  expect(hostFile('a.md', `\`\`\`\`markdown\n${inner}\`\`\`\`\n`)?.dockerfiles).toEqual([]);
  expect(hostFile('a.md', inner)?.dockerfiles).toHaveLength(1);
});
