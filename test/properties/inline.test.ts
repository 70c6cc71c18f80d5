import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { createEngine } from '../../server/src/engine/createEngine';
import type { Finding } from '../../server/src/engine/rule';
import { createPlan } from '../../server/src/optimizer/createPlan';
import { type HostFile, hostFile, withDockerfile } from '../../server/src/project/inline/hostFile';
import { findingInHost, lintInline } from '../../server/src/project/inline/lintInline';
import { allRules } from '../../server/src/rules';
import { applyEdits } from '../../server/src/text/edits';
import { createLineIndex } from '../../server/src/text/lineIndex';
import { CORPORA, type CorpusFile } from '../helpers/corpora';
import { WRAPS, type Wrapped } from '../helpers/hostFiles';
import { testKnowledge } from '../helpers/testKnowledge';

const engine = createEngine({ rules: allRules, knowledge: testKnowledge });

/** Texts that every host can hold as they are; a Markdown file shows no others than Dockerfiles without mistakes. */
function plainFiles(files: readonly CorpusFile[], form: string): readonly CorpusFile[] {
  return files
    .map(({ name, text }) => ({ name, text: text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') }))
    .filter(({ text }) => !/(?!\n|\t)\p{Cc}/u.test(text) && text.trim() !== '')
    .filter(
      ({ text }) =>
        form !== 'markdown' || (parseDockerfile(text).errors.length === 0 && !/<[a-z][\w.-]*>|\.{3}/i.test(text)),
    );
}

const withoutFixes = ({ fixes, ...finding }: Finding) => ({ ...finding, titles: fixes.map(({ title }) => title) });

/** Where the finding must stand, by the lines and columns of the wrapping. */
function expectedSpan({ added, lines, indent, blankIndent }: Wrapped, text: string, { span }: Finding): string {
  const inner = createLineIndex(text);
  const place = (offset: number, isEnd: boolean) => {
    const { line, character } = inner.positionAt(offset);
    // The end of a span after a line end is the beginning of the next line, before its indentation.
    if (isEnd && character === 0 && span.end > span.start) return `${line + lines}:0`;
    const before = text.slice(inner.offsetAt({ line, character: 0 }), offset);
    const shown = text.split('\n')[line] ?? '';
    if (shown.trim() === '') return `${line + lines}:${shown === '' ? 0 : character + blankIndent}`;
    return `${line + lines}:${character + indent + added(before + (text[offset] ?? '')) - added(text[offset] ?? '')}`;
  };
  return `${place(span.start, false)}–${place(span.end, true)}`;
}

function actualSpan(host: string, { span }: Finding): string {
  const lines = createLineIndex(host);
  const place = (offset: number) => {
    const { line, character } = lines.positionAt(offset);
    return `${line}:${character}`;
  };
  return `${place(span.start)}–${place(span.end)}`;
}

const endOf = (text: string) => /\n*$/.exec(text)?.[0].length;

function textIn(host: HostFile | undefined): string | undefined {
  return host?.dockerfiles.length === 1 ? host.dockerfiles[0]?.text.text : undefined;
}

describe.each(Object.entries(WRAPS))('%s', (form, wrap) => {
  describe.each(CORPORA)('corpus $title', ({ files }) => {
    const wrapped = plainFiles(files, form).flatMap((file) => {
      const one = wrap(file.text);
      return one ? [{ ...file, one }] : [];
    });

    it('has the findings of the Dockerfile, shifted, and each fix writes what it writes there', () => {
      for (const { name, text, one } of wrapped) {
        const host = hostFile(one.path, one.host);
        expect(textIn(host), name).toBe(text);
        const [inline] = host?.dockerfiles ?? [];
        if (!host || !inline) continue;
        const { findings: own } = engine.lint(text);
        const { findings } = lintInline(engine, inline, {});
        expect(findings.map(withoutFixes), name).toEqual(own.map(withoutFixes));
        for (const [index, finding] of findings.entries()) {
          const inHost = findingInHost(inline, finding);
          if (one.lines >= 0)
            expect(actualSpan(one.host, inHost), `${name} ${finding.ruleId}`).toBe(expectedSpan(one, text, finding));
          for (const [at, fix] of finding.fixes.entries()) {
            const edits = own[index]?.fixes[at]?.edits ?? [];
            const written = applyEdits(one.host, inHost.fixes[at]?.edits ?? []);
            if (fix.edits.length > 0)
              expect(textIn(hostFile(one.path, written)), `${name} ${finding.ruleId}`).toBe(applyEdits(text, edits));
            // Only another end of the text may have no place.
            else if (edits.length > 0)
              expect(endOf(applyEdits(text, edits)), `${name} ${finding.ruleId}`).not.toBe(endOf(text));
          }
        }
      }
    }, 600_000);

    it('takes all fixes and the plan', () => {
      for (const { name, text, one } of wrapped.slice(0, 60)) {
        const host = hostFile(one.path, one.host);
        if (!host) continue;
        for (const after of [
          engine.fixAll(text, {
            upTo: 'unsafe',
            rules: new Set(engine.rules.map(({ meta }) => meta.id).filter((id) => id !== 'final-newline')),
          }).text,
          createPlan(engine, text, { level: 'recommended' }).after,
        ])
          if (form !== 'compose' || after.endsWith('\n') === text.endsWith('\n'))
            expect(textIn(withDockerfile(host, 0, after)), name).toBe(after);
      }
    }, 600_000);
  });
});
