import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'consistent-instruction-casing',
    group: 'style',
    severity: 'hint',
    recommended: true,
    since: '0.1.0',
    aliases: ['ConsistentInstructionCasing', 'sonar:S6476', 'dockerfile-utils:CASING_INSTRUCTION'],
    fixable: 'safe',
    formats: 'layout',
    messages: {
      casing: '`{keyword}` does not match the case of most instructions',
      match: 'Write `{wanted}`',
    },
    docs: {
      description: 'Write all instructions in the same case',
      rationale:
        'Docker treats `run` like `RUN`. Upper case helps readers tell instructions from their arguments, and a file that mixes both is hard to scan. The rule follows the majority of the instructions in the file; mixed case such as `Run` never counts as consistent.',
      fixSafety: { safe: 'Docker ignores case here.' },
      bad: ['FROM alpine:3.20\nrun date\nCMD ["date"]\n', 'From alpine:3.20\n'],
      good: ['FROM alpine:3.20\nRUN date\n', 'from alpine:3.20\nrun date\n'],
      references: ['https://docs.docker.com/reference/build-checks/consistent-instruction-casing/'],
    },
  },
  create: ({ dockerfile: { text, instructions: all, errors }, report }) => ({
    file() {
      // An unknown instruction may be a continuation line that lost its escape character.
      const unknown = new Set(errors.map(({ kind, span }) => (kind === 'unknown-instruction' ? span.start : -1)));
      const instructions = all.filter((node) => !unknown.has(node.keywordSpan.start));
      const written = instructions.map((node) => text.slice(node.keywordSpan.start, node.keywordSpan.end));
      const uppers = written.filter((keyword) => keyword === keyword.toUpperCase()).length;
      const lowers = written.filter((keyword) => keyword === keyword.toLowerCase()).length;
      const wantedFor = (node: Instruction) => (lowers > uppers ? node.keyword.toLowerCase() : node.keyword);
      const check = (span: Span, keyword: string, wanted: string): void => {
        if (keyword === wanted) return;
        report(span, 'casing', {
          data: { keyword, wanted },
          fix: { title: 'match', safety: 'safe', edits: [{ span, newText: wanted }] },
        });
      };
      instructions.forEach((node, index) => {
        check(node.keywordSpan, written[index] ?? '', wantedFor(node));
        // CMD or NONE after HEALTHCHECK is a keyword too.
        const inner =
          node.keyword === 'HEALTHCHECK' ? /^(?:cmd|none)(?=\s|$)/i.exec(text.slice(node.body.start))?.[0] : undefined;
        if (inner !== undefined) {
          const span = { start: node.body.start, end: node.body.start + inner.length };
          check(span, inner, lowers > uppers ? inner.toLowerCase() : inner.toUpperCase());
        }
      });
    },
  }),
});
