import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { format } from '../../server/src/engine/format';
import { CORPORA } from '../helpers/corpora';
import { analyzer } from '../helpers/plan';
import { differenceOf } from '../trace/buildTrace';

const formatted = (text: string) => format(analyzer, text);

describe('formatting', () => {
  it.each([
    ['letter case', 'from a as b\nRUN c\nRUN d\n', 'FROM a AS b\nRUN c\nRUN d\n'],
    ['continuation lines', 'FROM a\nRUN b && \\\nc\n', 'FROM a\nRUN b && \\\n    c\n'],
    ['commands', 'FROM a\nRUN b && \\\n  c && d\n', 'FROM a\nRUN b && \\\n  c && \\\n  d\n'],
    ['blanks at line ends', 'FROM a  \nRUN b\n', 'FROM a\nRUN b\n'],
    ['blank lines', 'FROM a\n\n\n\nRUN b\n', 'FROM a\n\nRUN b\n'],
    ['the last line end', 'FROM a', 'FROM a\n'],
    ['ports and directives', '# ESCAPE=\\\nFROM a\nEXPOSE 53/UDP\n', '# escape=\\\nFROM a\nEXPOSE 53/udp\n'],
  ])('changes %s', (_, text, after) => {
    expect(formatted(text)).toBe(after);
  });

  it.each([
    ['lists of packages as they are', 'FROM a\nRUN apt-get install -y b a \\\n      c\n'],
    ['heredocs', 'FROM a\nRUN <<EOF\n  b  \n\n\n\nEOF\n'],
    ['what is written in lower case throughout', 'from a as b\nrun c\n'],
    ['the inside of quotes', 'FROM a\nRUN echo "b \\\nc"\n'],
    ['flags in their order', 'FROM a\nCOPY --chown=b --from=c --link d e\n'],
    ['what is not a Dockerfile', 'what is this\n'],
  ])('leaves %s', (_, text) => {
    expect(formatted(text)).toBe(text);
  });

  it('stays within the range', () => {
    const text = 'from a\nRUN b\nRUN c   \nrun d\n\n\n\nRUN e  \n';
    const range = { start: text.indexOf('RUN c'), end: text.indexOf('\n\n\n') };
    expect(format(analyzer, text, range)).toBe('from a\nRUN b\nRUN c\nRUN d\n\n\n\nRUN e  \n');
  });

  it.each(CORPORA)('changes no build, and nothing the second time: $title', ({ files }) => {
    for (const { name, text } of files) {
      const once = formatted(text);
      expect(formatted(once), name).toBe(once);
      // What BuildKit cannot read has no build.
      if (parseDockerfile(text).errors.length === 0) expect(differenceOf(text, once), name).toBeUndefined();
    }
  });
});
