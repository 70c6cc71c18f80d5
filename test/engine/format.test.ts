import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { type FormatOptions, format } from '../../server/src/engine/format';
import { CORPORA } from '../helpers/corpora';
import { analyzer } from '../helpers/plan';
import { differenceOf } from '../trace/buildTrace';

const formatted = (text: string, options?: FormatOptions) => format(analyzer, text, options);

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
    expect(format(analyzer, text, { range })).toBe('from a\nRUN b\nRUN c\nRUN d\n\n\n\nRUN e  \n');
  });

  it.each([
    [
      'only lines without one',
      false,
      'FROM a\nRUN b && \\\nc && \\\n    d\n',
      'FROM a\nRUN b && \\\n\tc && \\\n    d\n',
    ],
    ['all lines', true, 'FROM a\nRUN b && \\\nc && \\\n    d\n', 'FROM a\nRUN b && \\\n\tc && \\\n\td\n'],
    [
      'deeper lines deeper',
      true,
      'FROM a\nRUN b \\\n  c \\\n    # d\n    d && \\\n  e\n',
      'FROM a\nRUN b \\\n\tc \\\n    # d\n\t\td && \\\n\te\n',
    ],
    ['other instructions', true, 'FROM a\nENV b=c \\\n  d=e\n', 'FROM a\nENV b=c \\\n\td=e\n'],
    ['not the inside of quotes', true, 'FROM a\nRUN echo "b \\\n  c"\n', 'FROM a\nRUN echo "b \\\n  c"\n'],
    ['not what was not read', true, 'FROM a\nSHELL ["pwsh"]\nRUN b `\n\\\n  c\n', undefined],
  ])('indents by a tab: %s', (_, isIndentForAll, text, after = text) => {
    expect(formatted(text, { indent: '\t', isIndentForAll })).toBe(after);
  });

  it('sorts packages, and leaves line ends, where it is told to', () => {
    const text = 'FROM debian:12  \nRUN apt-get install git curl';
    expect(formatted(text, { sortsPackages: true, keepsTrailingBlanks: true, keepsLastLine: true })).toBe(
      'FROM debian:12  \nRUN apt-get install curl git',
    );
  });

  it.each([
    ['as it is', {}],
    ['with other indentation and sorted packages', { indent: '\t', isIndentForAll: true, sortsPackages: true }],
  ] satisfies [string, FormatOptions][])('changes no build, and nothing the second time, %s', (_, options) => {
    for (const { name, text } of CORPORA.flatMap(({ files }) => files)) {
      const once = formatted(text, options);
      expect(formatted(once, options), name).toBe(once);
      // What BuildKit cannot read has no build.
      if (parseDockerfile(text).errors.length === 0) expect(differenceOf(text, once), name).toBeUndefined();
    }
  });
});
