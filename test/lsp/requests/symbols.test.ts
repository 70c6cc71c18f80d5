import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DocumentHighlight, Location, Range, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { applyEdits } from '../../../server/src/text/edits';
import { createLineIndex } from '../../../server/src/text/lineIndex';
import { createClient, type LspClient } from '../../helpers/lspClient';

/** `|` marks the cursor. */
const STAGES = `FROM golang:1.24 AS Bui|ld
RUN --mount=type=bind,target=/x,from=build,source=/src ls
FROM build AS test
FROM --platform=linux/amd64 build
COPY --chown=app --from=BUILD --chmod=755 /a /a
RUN --mount=from=build,target=/a --mount=type=cache,target=/b true
ONBUILD COPY --from=build /b /b
COPY --from=0 /c /c
RUN <<'EOF'
cat --from=build
EOF
`;
const VARIABLES = `ARG VER|SION=1.0
FROM alpine:\${VERSION%.*} AS base
ARG VERSION
ENV HOME_OF=/opt/$VERSION
RUN echo "\${VERSION:-1}" '$VERSION' \\$VERSION && VERSION=2 make
COPY <<EOF <<'RAW' /etc/
$VERSION
EOF
$VERSION
RAW
FROM base
RUN echo $VERSION
ONBUILD RUN echo \${VERSION#v}
CMD ["echo", "$VERSION"]
FROM alpine
RUN echo $VERSION
`;

describe('stages and variables', () => {
  let client: LspClient;
  beforeAll(async () => {
    client = await createClient();
  });
  afterAll(() => client.stop());

  const at = async (marked: string) => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const lines = createLineIndex(text);
    const { uri } = await client.open(text);
    const ask = <Result>(method: string, more: object = {}) =>
      client.connection.sendRequest<Result>(`textDocument/${method}`, {
        textDocument: { uri },
        position: lines.positionAt(offset),
        ...more,
      });
    return { text, lines, ask };
  };
  const placesOf = async (marked: string, includeDeclaration = true) => {
    const { ask } = await at(marked);
    const found = await ask<Location[]>('references', { context: { includeDeclaration } });
    return found.map(({ range }) => `${range.start.line}:${range.start.character}`);
  };
  const renamed = async (marked: string, newName: string) => {
    const { text, lines, ask } = await at(marked);
    const { documentChanges } = await ask<WorkspaceEdit>('rename', { newName });
    const [change] = documentChanges as TextDocumentEdit[];
    expect(change?.textDocument.version).toBe(1);
    const spanOf = (range: Range) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) });
    const edits = (change?.edits ?? []).map((edit) => ({
      span: spanOf((edit as { range: Range }).range),
      newText: (edit as { newText: string }).newText,
    }));
    return applyEdits(text, edits);
  };

  it('finds a stage in flags of any order, in mounts and in ONBUILD, but not in scripts', async () => {
    expect(await placesOf(STAGES)).toEqual(['0:20', '2:5', '3:28', '4:24', '5:17', '6:20', '7:12']);
    expect(await placesOf(STAGES, false)).toHaveLength(6);
  });

  it('renames a stage everywhere but where its index stands', async () => {
    const text = await renamed(STAGES, 'compile');
    expect(text).toContain('AS compile\n');
    expect(text).toContain('--from=compile --chmod');
    expect(text).toContain('--mount=from=compile,target');
    expect(text).toContain('ONBUILD COPY --from=compile');
    expect(text).toContain('--from=0');
    expect(text).toContain('cat --from=build');
  });

  it('finds a variable above FROM, in its stages and those after them, but not where nothing expands it', async () => {
    expect(await placesOf(VARIABLES)).toEqual(['0:4', '1:14', '2:4', '3:18', '4:12', '4:49', '6:1', '11:10', '12:19']);
  });

  it('renames a variable with the assignment in a script', async () => {
    const text = await renamed(VARIABLES, 'RELEASE');
    expect(text).toContain('FROM alpine:${RELEASE%.*}');
    expect(text).toContain(`echo "\${RELEASE:-1}" '$VERSION' \\$VERSION && RELEASE=2 make`);
    expect(text).toContain('$RELEASE\nEOF\n$VERSION\nRAW');
    expect(text.endsWith('FROM alpine\nRUN echo $VERSION\n')).toBe(true);
  });

  it.each([
    ['ARG A|=1\nFROM a\nARG A\nRUN $A\n', '0:4'],
    ['ARG A=1\nFROM a\nARG A\nRUN $A|\n', '2:4'],
    ['ARG A=1\nFROM a\nARG A|\n', '0:4'],
    ['ARG A=1\nFROM a:$A|\n', '0:4'],
    // No stage can copy from itself.
    ['FROM a AS b\nCOPY --from=b| /a /a\n', 'none'],
    ['FROM a\nFROM c\nCOPY --from=0| /a /a\n', '0:0'],
  ])('goes from %j to the definition', async (marked, expected) => {
    const { ask } = await at(marked);
    const [found] = await ask<Location[]>('definition');
    expect(found ? `${found.range.start.line}:${found.range.start.character}` : 'none').toBe(expected);
  });

  it('tells definitions from uses', async () => {
    const { ask } = await at('FROM a AS b|\nFROM b\n');
    expect((await ask<DocumentHighlight[]>('documentHighlight')).map(({ kind }) => kind)).toEqual([3, 2]);
  });

  it.each([
    ['FROM a AS b|\nFROM c AS d\nCOPY --from=b / /\n', 'd', 'already a stage'],
    ['FROM a AS b|\nFROM c\n', 'c', 'an image that this file uses'],
    ['FROM a AS b|\n', 'scratch', 'reserved'],
    ['FROM a AS b|\n', '1b', 'not a name of a stage'],
    ['FROM a AS b|\n', 'b c', 'not a name of a stage'],
    ['FROM a AS b|\nFROM c\nCOPY --from="b" / /\n', 'd', 'Not every reference'],
    ['FROM a\nARG X|\nARG Y\n', 'Y', 'already a variable'],
    ['FROM a\nARG X|\n', 'X-Y', 'not a name of a variable'],
    ['FROM a\nENV PATH=/x:$PATH|\n', 'X', 'gets a value outside of this file'],
    ['FROM a\nARG TARGETARCH|\n', 'ARCH', 'The builder sets `TARGETARCH`'],
  ])('refuses to rename in %j to %s', async (marked, newName, reason) => {
    const { ask } = await at(marked);
    await expect(ask('rename', { newName })).rejects.toThrow(reason);
  });

  it('offers no rename where there is no name', async () => {
    for (const marked of ['FROM a\nRUN echo $HO|ME\n', 'FROM a\nFROM b\nCOPY --from=0| / /\n', 'FR|OM a AS b\n'])
      expect(await (await at(marked)).ask('prepareRename')).toBeNull();
  });
});
