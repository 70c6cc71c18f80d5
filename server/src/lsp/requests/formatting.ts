import type { DockerfileLanguageService } from 'dockerfile-language-service';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import { spansOverlap } from '../../text/span';
import type { Analysis } from '../analyses';
import { toSpan } from '../convert';

/** Leaves heredocs alone: their whitespace is part of the file that they write. */
export function formatting(
  service: DockerfileLanguageService,
  { text, dockerfile, lines }: Analysis,
  options: FormattingOptions,
  range?: Range,
): TextEdit[] {
  const edits = range ? service.formatRange(text, range, options) : service.format(text, options);
  const heredocs = dockerfile.stages.flatMap(({ instructions }) =>
    instructions.flatMap((node) => node.heredocs.map(({ content }) => content)),
  );
  return edits.filter((edit) => {
    const span = toSpan(lines, edit.range);
    return !heredocs.some((heredoc) =>
      spansOverlap(heredoc, { start: span.start, end: Math.max(span.end, span.start + 1) }),
    );
  });
}
