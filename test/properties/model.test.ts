import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instruction } from '../../server/src/dockerfile/model';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { createScriptCache } from '../../server/src/dockerfile/scriptCache';
import type { Span } from '../../server/src/text/span';
import { dockerfileText } from './dockerfileText';

function spansOf(instruction: Instruction): Span[] {
  const words = [...instruction.args, ...(instruction.script?.commands ?? []).flatMap((command) => command.words)];
  return [
    instruction.span,
    instruction.keywordSpan,
    instruction.body,
    ...instruction.flags.map((flag) => flag.span),
    ...instruction.pairs.flatMap((pair) => [pair.span, pair.nameSpan]),
    ...words.map((word) => word.span),
    ...(instruction.script?.chain.items ?? []).map((item) => item.span),
    ...(instruction.trigger ? spansOf(instruction.trigger) : []),
  ];
}

function show(instruction: Instruction): unknown {
  const { keyword, span, form, args, flags, pairs, script } = instruction;
  return {
    keyword,
    span,
    form,
    args: args.map((word) => word.value),
    flags: flags.map((flag) => flag.name),
    pairs: pairs.map((pair) => [pair.name, pair.value]),
    commands: script?.commands.map((command) => [command.name, command.span, command.itemIndex]),
  };
}

describe('the model of any text', () => {
  it('never throws, and its spans lie inside the text', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        const model = parseDockerfile(text);
        for (const span of model.instructions.flatMap(spansOf)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('has instructions one after the other, each beginning with its keyword', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        let end = 0;
        for (const { span, keywordSpan } of parseDockerfile(text).instructions) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(keywordSpan.start).toBe(span.start);
          end = span.end;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same with scripts from a cache, wherever they have moved to', () => {
    fc.assert(
      fc.property(dockerfileText, dockerfileText, (before, text) => {
        const scripts = createScriptCache();
        const moved = `${before}\n${text}`;
        parseDockerfile(text, { scripts }).instructions.forEach(show);
        expect(parseDockerfile(moved, { scripts }).instructions.map(show)).toEqual(
          parseDockerfile(moved).instructions.map(show),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('resolves any variable in bounded time', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `ENV V${index + 1}=$V${index}$V${index}`);
    const model = parseDockerfile(`FROM scratch\nENV V0=xx\n${lines.join('\n')}\nRUN a\n`);
    expect(model.instructions.at(-1)?.expand('$V300')).toBeUndefined();
    expect(model.instructions.at(-1)?.expand('$V3')).toBe('xx'.repeat(8));
  });
});
