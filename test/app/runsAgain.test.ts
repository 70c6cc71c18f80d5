import { describe, expect, it } from 'vitest';
import { runsAgain, takesPath } from '../../server/src/app/runsAgain';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { parseDockerignore } from '../../server/src/engine/dockerignore';

/** What runs again when a path changes, by line; `?` behind what is not certain. */
function again(text: string, path: string, ignored = ''): string[] {
  const dockerfile = parseDockerfile(text);
  const ignore = parseDockerignore(ignored);
  return runsAgain(dockerfile, (node) => takesPath(node, path, ignore)).map(
    ({ node, isCertain }) => `${text.slice(0, node.span.start).split('\n').length}${isCertain ? '' : '?'}`,
  );
}

describe('what runs again', () => {
  const PYTHON =
    'FROM python\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .\nRUN build\nCMD run\n';

  it.each([
    ['all below the first copy of the file', PYTHON, 'requirements.txt', ['2', '3', '4', '5']],
    ['nothing above it', PYTHON, 'src/main.py', ['4', '5']],
    ['what a pattern takes', 'FROM a\nCOPY package*.json ./\nRUN b\n', 'package-lock.json', ['2', '3']],
    ['what a folder takes', 'FROM a\nCOPY src /src\nRUN b\n', './src/a/b.c', ['2', '3']],
    ['not what a copy excludes', 'FROM a\nCOPY --exclude=docs --exclude=*.md . .\nRUN b\n', 'docs/a', []],
    ['the rest of a copy', 'FROM a\nCOPY --exclude=docs src /src\nRUN b\n', 'src/b', ['2', '3']],
    ['not what only begins alike', 'FROM a\nCOPY src /src\nRUN b\n', 'src2/a', []],
    [
      'mounts of the context',
      'FROM a\nRUN --mount=type=bind,source=go.mod,target=/go.mod b\nRUN c\n',
      'go.mod',
      ['2', '3'],
    ],
    ['linked layers only for their own files', 'FROM a\nCOPY b .\nCOPY --link c .\nRUN d\n', 'b', ['2', '4']],
    [
      'copies of stages, where these make something new',
      'FROM a AS b\nCOPY . .\nRUN make\nFROM c\nRUN d\nCOPY --from=b /x /x\nRUN e\n',
      'x.c',
      ['2', '3', '6?', '7?'],
    ],
    ['stages that go on', 'FROM a AS b\nCOPY . .\nFROM b\nRUN c\n', 'x', ['2', '4']],
    ['nothing in stages that the build does not need', 'FROM a AS b\nCOPY . .\nFROM c\nRUN d\n', 'x', []],
  ])('is %s', (_, text, path, lines) => {
    expect(again(text, path)).toEqual(lines);
  });

  it('is nothing for what .dockerignore leaves out', () => {
    expect(again(PYTHON, 'README.md', '*.md\n')).toEqual([]);
  });
});
