import type { DockerfileModel } from '../../dockerfile/model';
import { parseDockerfile } from '../../dockerfile/parse';
import { MappedPieces, MappedText } from '../../text/mappedText';
import type { Span } from '../../text/span';
import { HOLE, type InlineDockerfile } from './inlineDockerfile';

const OPENER = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(`{3,}|~{3,})[ \t]*([^\r\n]*)/;
const LANGUAGE = /^(?:docker|dockerfile|containerfile)(?![\w+-])/i;

/** The Dockerfiles, and parts of such, in the code fences of a Markdown file. */
export function markdownDockerfiles(source: string): readonly InlineDockerfile[] {
  return fencesIn(source).flatMap((fence): InlineDockerfile[] => {
    const text = mapFence(source, fence);
    const model = text && parseDockerfile(text.text);
    if (!model || isSketch(model)) return [];
    const isFragment = model.stages.length === 0;
    if (!isFragment) return [{ text, holes: [], builds: [], isFragment }];
    const from = `FROM ${HOLE}\n`;
    const whole = mapFence(source, fence, from);
    return whole
      ? [{ text: whole, holes: [{ start: from.indexOf(HOLE), end: from.length - 1 }], builds: [], isFragment }]
      : [];
  });
}

interface Fence {
  readonly mark: string;
  readonly indent: string;
  /** Its lines. */
  readonly content: Span;
}

/** The closed fences whose language is that of Dockerfiles. */
function fencesIn(source: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; indent: string; isOurs: boolean; start: number } | undefined;
  for (const { 0: line, index } of source.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    if (open) {
      const text = line.trim();
      const isClosed = text.startsWith(open.mark) && text.replaceAll(open.mark[0] ?? '', '') === '';
      if (!isClosed) continue;
      const { mark, indent, start, isOurs } = open;
      if (isOurs) fences.push({ mark, indent, content: { start, end: index } });
      open = undefined;
      continue;
    }
    const [, lead = '', mark = '', info = ''] = OPENER.exec(line) ?? [];
    if (mark === '' || (mark.startsWith('`') && info.includes('`'))) continue;
    // Below a bullet, the lines are indented as far as its text.
    const indent = /^[ \t]*$/.test(lead) ? lead : ' '.repeat(lead.length);
    open = { mark, indent, isOurs: LANGUAGE.test(info), start: index + line.length };
  }
  return fences;
}

/** Undefined when a line is indented less than the fence: some programs end the list there. */
function mapFence(source: string, { mark, indent, content }: Fence, head = ''): MappedText | undefined {
  const pieces = new MappedPieces();
  pieces.add(head, { start: content.start, end: content.start });
  const lines = source.slice(content.start, content.end).split('\n');
  if (!lines.every((line) => line.trim() === '' || line.startsWith(indent))) return undefined;
  pieces.addLines(source, content, () => indent.length);
  const holdsMark = (line: string) => line.trimStart().startsWith(mark);
  return MappedText.of(pieces, content.start, {
    indent,
    newline: source.includes('\r\n') ? '\r\n' : '\n',
    part: (text) => text,
    fits: (text) => text.endsWith('\n') && !text.split('\n').some(holdsMark),
  });
}

/** With `…`, placeholders or a shell's commands among the instructions. */
function isSketch({ text, errors, stages, instructions }: DockerfileModel): boolean {
  const isSpoken = instructions.some(
    ({ keyword, keywordSpan }) => text.slice(keywordSpan.start, keywordSpan.end) !== keyword,
  );
  const isLeftOut = instructions.some(({ keyword, body }) => {
    const written = text.slice(body.start, body.end).trim();
    return FILES.has(keyword)
      ? written.split(/\s+/).some((word) => DOTS.test(word) || PLACEHOLDER.test(word))
      : DOTS.test(written);
  });
  return (
    instructions.length === 0 ||
    isLeftOut ||
    errors.some(({ kind }) => kind !== 'no-from') ||
    (stages.length === 0 && isSpoken)
  );
}

/** Of which the words are names of images and files. */
const FILES = new Set(['ADD', 'COPY', 'FROM', 'WORKDIR']);
const DOTS = /^(?:\.{3,}|…)$/;
/** `<image>`, `app:<tag>` */
const PLACEHOLDER = /^[^<>"']*<[a-z][\w.-]*>[^<>"']*$/i;
