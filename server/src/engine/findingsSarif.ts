import type { Localize } from '../l10n/localize';
import { createLineIndex, type LineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';
import type { Engine } from './engine';
import type { Finding, Fix, RuleMeta } from './rule';
import { createRuleNames } from './ruleNames';
import { rulePageUrl } from './rulePageUrl';
import { sarifRegion } from './sarifLog';

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

export interface SarifFile {
  /** Relative to the folder that was linted, or absolute. */
  readonly uri: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** Identifies each finding even when lines above it are added or removed; present where findings must be tracked. */
  readonly fingerprints?: readonly string[];
  /** Why the file could not be read. */
  readonly error?: string | undefined;
}

export interface FindingsSarif {
  readonly rules: readonly unknown[];
  readonly results: readonly unknown[];
  readonly notifications: readonly unknown[];
  add(file: SarifFile): void;
}

/** Collects findings as the parts of a SARIF run; files are added one by one. */
export function createFindingsSarif(engine: Engine): FindingsSarif {
  const { metas } = createRuleNames(engine.rules);
  const places = new Map(metas.map((meta, index) => [meta.id, index]));
  const results: unknown[] = [];
  const notifications: unknown[] = [];
  const rules = metas.map((meta) => ruleDescriptor(meta, engine));
  const list = (meta: RuleMeta): void => {
    if (places.has(meta.id)) return;
    places.set(meta.id, rules.length);
    rules.push(ruleDescriptor(meta, engine));
  };
  return {
    rules,
    results,
    notifications,
    add(file) {
      for (const { customRule } of file.findings) if (customRule) list(customRule);
      if (file.error !== undefined) notifications.push(notification(file));
      for (const one of resultsOf(file, places, engine.localize)) results.push(one);
    },
  };
}

function ruleDescriptor(meta: RuleMeta, engine: Engine): unknown {
  const { description, rationale } = engine.docsOf(meta);
  return {
    id: meta.id,
    name: meta.id,
    shortDescription: { text: description },
    fullDescription: { text: rationale },
    ...helpUriOf(meta),
    help: { text: rationale, markdown: rationale },
    defaultConfiguration: { level: LEVELS[meta.severity], enabled: meta.recommended },
    properties: { tags: [meta.group, ...meta.aliases] },
  };
}

function helpUriOf(meta: RuleMeta): { helpUri?: string } {
  const [url] = meta.isCustom ? meta.docs.references : [rulePageUrl(meta.id)];
  return url === undefined ? {} : { helpUri: url };
}

function* resultsOf(file: SarifFile, places: ReadonlyMap<string, number>, localize: Localize): Generator<unknown> {
  const { uri, text, findings, fingerprints } = file;
  const lines = createLineIndex(text);
  const artifactLocation = { uri };
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
      ...(fingerprints ? { partialFingerprints: { 'findingText/v1': fingerprints[index] } } : {}),
      ...fixesOf(fixes, artifactLocation, lines, localize),
    };
  }
}

function fixesOf(
  fixes: readonly Fix[],
  artifactLocation: unknown,
  lines: LineIndex,
  localize: Localize,
): { fixes?: unknown[] } {
  const automatic = fixes.filter((fix) => fix.edits.length > 0);
  if (automatic.length === 0) return {};
  return {
    fixes: automatic.map((fix) => ({
      description: {
        text: fix.safety === 'safe' ? fix.title : localize('{title} (may change behavior)', { title: fix.title }),
      },
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

function notification({ uri, error }: SarifFile): unknown {
  return {
    level: 'error',
    message: { text: error },
    locations: [{ physicalLocation: { artifactLocation: { uri } } }],
  };
}
