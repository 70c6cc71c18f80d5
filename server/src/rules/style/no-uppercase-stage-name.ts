import type { Instruction } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import type { Span } from '../../text/span';

export default defineRule({
  meta: {
    id: 'no-uppercase-stage-name',
    group: 'style',
    severity: 'hint',
    recommended: true,
    since: '0.1.0',
    aliases: ['StageNameCasing'],
    fixable: 'safe',
    messages: {
      upper: 'Stage name `{name}` is not in lower case',
      lower: 'Write `{wanted}`, here and in all references',
    },
    docs: {
      description: 'Write stage names in lower case',
      rationale:
        'Docker treats `Build` and `build` as the same stage. Instructions in upper case and names in lower case are easy to tell apart.',
      fixSafety: {
        safe: 'Docker ignores the case of stage names.',
        notes: 'Scripts that use `--target` still find the stage.',
      },
      bad: ['FROM alpine:3.20 AS Base\nFROM Base\n'],
      good: ['FROM alpine:3.20 AS base\nFROM base\n'],
      references: ['https://docs.docker.com/reference/build-checks/stage-name-casing/'],
    },
  },
  create: ({ dockerfile: { text }, report }) => ({
    stage({ name, nameSpan, usedBy }) {
      if (name === undefined || !nameSpan) return;
      const written = text.slice(nameSpan.start, nameSpan.end);
      if (written === name || written.includes('$')) return;
      const uses = usedBy.flatMap((node) => usesOf(text, node, written));
      report(nameSpan, 'upper', {
        data: { name: written, wanted: name },
        fix: { title: 'lower', safety: 'safe', edits: [nameSpan, ...uses].map((span) => ({ span, newText: name })) },
      });
    },
  }),
});

/** The name in `FROM Name`, `--from=Name`, `from=Name`. Docker ignores case, so other spellings still work. */
function usesOf(text: string, node: Instruction, written: string): Span[] {
  const spans =
    node.keyword === 'FROM' ? node.args.slice(0, 1).map(({ span }) => span) : node.flags.map(({ span }) => span);
  return spans.flatMap((span) => {
    const source = text.slice(span.start, span.end);
    if (node.keyword === 'FROM') return source === written ? [span] : [];
    const at = source.indexOf(`from=${written}`);
    const isWhole = at >= 0 && /^(?:$|,)/.test(source.slice(at + 5 + written.length));
    return isWhole ? [{ start: span.start + at + 5, end: span.start + at + 5 + written.length }] : [];
  });
}
