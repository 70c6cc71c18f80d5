import { type InlayHint, InlayHintKind, type InlayHintParams } from 'vscode-languageserver';
import { toSpan } from '../convert';
import { estimatedHints } from '../hints/estimatedHints';
import { measuredHints, measuredTotal } from '../hints/measuredHints';
import type { Session } from '../session';

/** Sizes: measured ones if there are any, else estimates. */
export function inlayHint(session: Session, { textDocument: { uri }, range }: InlayHintParams): InlayHint[] {
  const { engine, settings } = session;
  const analysis = session.analysisOf(uri);
  if (!analysis || settings.inlayHints === 'off') return [];
  const { text, lines } = analysis;
  const measured = session.measurements.of(uri, text);
  const hints = measured?.before.contents
    ? measuredHints(engine, analysis, measured.before.contents)
    : [
        ...estimatedHints(engine, analysis, settings.inlayHints, session.registryLookups()),
        ...(measured ? measuredTotal(engine, analysis, measured.before) : []),
      ];
  const shown = toSpan(lines, range);
  return hints
    .filter(({ offset }) => shown.start <= offset && offset <= shown.end)
    .map(({ offset, label, tooltip }) => ({
      position: lines.positionAt(offset),
      label,
      kind: InlayHintKind.Parameter,
      tooltip,
      paddingLeft: true,
    }));
}
