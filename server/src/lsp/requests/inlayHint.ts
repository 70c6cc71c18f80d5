import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import { estimatedHints } from '../hints/estimatedHints';
import { measuredHints } from '../hints/measuredHints';
import type { Session } from '../session';

/** Sizes: those that were measured, else those that are estimated. */
export function inlayHint(session: Session, { textDocument, range }: InlayHintParams): InlayHint[] {
  const { engine, settings } = session;
  const analysis = session.analysisOf(textDocument.uri);
  if (!analysis || settings.inlayHints === 'off') return [];
  const measured = session.measurements.of(textDocument.uri, analysis.text);
  return measured
    ? measuredHints(engine, analysis, range, measured.before)
    : estimatedHints(engine, analysis, range, settings.inlayHints, session.registryLookups());
}
