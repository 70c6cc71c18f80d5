import type { Fix, RuleMeta } from '../../engine/rule';
import { createRuleNames } from '../../engine/ruleNames';
import { rulePageUrl } from '../../engine/rulePageUrl';
import { createLineIndex, type LineIndex } from '../../text/lineIndex';
import type { Span } from '../../text/span';
import type { Session } from '../session';
import { fingerprintsOf } from './fingerprint';
import type { CreateReporter, LintedFile } from './reporter';
import { printSarif, sarifRegion, sarifUri } from './sarifLog';

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

export const sarifReporter: CreateReporter = (session) => {
  const { metas } = createRuleNames(session.engine.rules);
  const places = new Map(metas.map((meta, index) => [meta.id, index]));
  const results: unknown[] = [];
  const notifications: unknown[] = [];
  return {
    file(file) {
      if (file.error !== undefined) notifications.push(notification(file));
      for (const one of resultsOf(file, places)) results.push(one);
    },
    end() {
      printSarif(session, { rules: metas.map((meta) => ruleDescriptor(meta, session)), results, notifications });
    },
  };
};

function ruleDescriptor(meta: RuleMeta, { engine }: Session): unknown {
  const { description, rationale } = engine.docsOf(meta);
  return {
    id: meta.id,
    name: meta.id,
    shortDescription: { text: description },
    fullDescription: { text: rationale },
    helpUri: rulePageUrl(meta.id),
    help: { text: rationale, markdown: rationale },
    defaultConfiguration: { level: LEVELS[meta.severity], enabled: meta.recommended },
    properties: { tags: [meta.group, ...meta.aliases] },
  };
}

function* resultsOf(file: LintedFile, places: ReadonlyMap<string, number>): Generator<unknown> {
  const { path, text, findings } = file;
  const fingerprints = fingerprintsOf(file);
  const lines = createLineIndex(text);
  const artifactLocation = { uri: sarifUri(path) };
  const location = (span: Span) => ({ physicalLocation: { artifactLocation, region: sarifRegion(lines, span) } });
  for (const [index, { ruleId, severity, message, span, related, fixes }] of findings.entries()) {
    yield {
      ruleId,
      ruleIndex: places.get(ruleId) ?? -1,
      level: LEVELS[severity],
      message: { text: message },
      locations: [location(span)],
      ...(related.length > 0
        ? { relatedLocations: related.map((note) => ({ ...location(note.span), message: { text: note.message } })) }
        : {}),
      partialFingerprints: { 'findingText/v1': fingerprints[index] },
      ...fixesOf(fixes, artifactLocation, lines),
    };
  }
}

function fixesOf(fixes: readonly Fix[], artifactLocation: unknown, lines: LineIndex): { fixes?: unknown[] } {
  const automatic = fixes.filter((fix) => fix.edits.length > 0);
  if (automatic.length === 0) return {};
  return {
    fixes: automatic.map((fix) => ({
      description: { text: fix.safety === 'safe' ? fix.title : `${fix.title} (may change behaviour)` },
      artifactChanges: [
        {
          artifactLocation,
          replacements: fix.edits.map((edit) => ({
            deletedRegion: sarifRegion(lines, edit.span),
            insertedContent: { text: edit.newText },
          })),
        },
      ],
    })),
  };
}

function notification({ path, error }: LintedFile): unknown {
  return {
    level: 'error',
    message: { text: error },
    locations: [{ physicalLocation: { artifactLocation: { uri: sarifUri(path) } } }],
  };
}
