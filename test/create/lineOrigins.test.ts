import { describe, expect, it } from 'vitest';
import { lineOrigins } from '../../server/src/create/lineOrigins';
import { minimalEdits } from '../../server/src/text/edits';

/** The steps from each text to the next. */
function originsOf(...texts: readonly string[]) {
  const [before = ''] = texts;
  const steps = texts.slice(1).map((text, at) => ({
    id: '',
    title: '',
    reason: '',
    safety: 'safe' as const,
    edits: minimalEdits(texts[at] ?? '', text),
  }));
  return lineOrigins({ before, steps }).map((origin) =>
    'line' in origin ? `line ${origin.line}` : `step ${origin.step}`,
  );
}

describe('the origin of a line', () => {
  it('is its own place if no step changed it', () => {
    expect(originsOf('a\nb\n')).toEqual(['line 0', 'line 1']);
  });
  it('is the step that wrote it', () => {
    expect(originsOf('a\nb\n', 'a\nnew\nb\n', 'a\nnew\nother\n')).toEqual(['line 0', 'step 0', 'step 1']);
  });
  it('stays the same when a step moves it', () => {
    expect(originsOf('a\nb\nc\n', 'b\nc\na\n')).toEqual(['line 1', 'line 2', 'line 0']);
  });
  it('stays the same when a stage gets a name', () => {
    expect(originsOf('FROM x:1\na\n', 'FROM x:1 AS build\na\nFROM y\n')).toEqual(['line 0', 'line 1', 'step 0']);
  });
});
