import { createHash } from 'node:crypto';
import { builtinRules } from '../../engine/builtinRules';
import type { Finding, Fix, RuleMeta } from '../../engine/rule';
import { rulePageUrl } from '../../engine/rulePageUrl';
import { createLineIndex, type LineIndex } from '../../text/lineIndex';
import type { Span } from '../../text/span';
import { version } from '../version';
import { printJson } from './json';
import { type CreateReporter, type LintedFile, portablePath } from './reporter';

const LEVELS = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/** SARIF 2.1.0 (OASIS). */
export const sarifReporter: CreateReporter = (session) => {
  const metas: readonly RuleMeta[] = [...session.engine.rules.map((rule) => rule.meta), ...builtinRules];
  const results: unknown[] = [];
  const notifications: unknown[] = [];
  return {
    file(file) {
      if (file.error !== undefined) notifications.push(notification(file));
      results.push(...file.findings.map((finding) => result(file, finding, metas)));
    },
    end() {
      printJson(session, {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: {
                name: 'Dockerfile Optimizer',
                semanticVersion: version,
                informationUri: rulePageUrl('README'),
                rules: metas.map(ruleDescriptor),
              },
            },
            columnKind: 'utf16CodeUnits',
            invocations: [
              {
                executionSuccessful: notifications.length === 0,
                ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
              },
            ],
            results,
          },
        ],
      });
    },
  };
};

function ruleDescriptor(meta: RuleMeta): unknown {
  return {
    id: meta.id,
    name: meta.id,
    shortDescription: { text: meta.docs.description },
    fullDescription: { text: meta.docs.rationale },
    helpUri: rulePageUrl(meta.id),
    help: { text: meta.docs.rationale, markdown: meta.docs.rationale },
    defaultConfiguration: { level: LEVELS[meta.severity], enabled: meta.recommended },
    properties: { tags: [meta.group, ...meta.aliases] },
  };
}

function result({ path, text }: LintedFile, finding: Finding, metas: readonly RuleMeta[]): unknown {
  const lines = createLineIndex(text);
  const artifactLocation = { uri: encodeURI(portablePath(path)) };
  return {
    ruleId: finding.ruleId,
    ruleIndex: metas.findIndex((meta) => meta.id === finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation, region: region(lines, finding.span) } }],
    partialFingerprints: { 'findingLine/v1': fingerprint(text, finding) },
    ...fixesOf(finding.fixes, artifactLocation, lines),
  };
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
            deletedRegion: region(lines, edit.span),
            insertedContent: { text: edit.newText },
          })),
        },
      ],
    })),
  };
}

function region(lines: LineIndex, span: Span): unknown {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The rule and the text it marks: the finding is the same when lines above it come and go. */
function fingerprint(text: string, { ruleId, span }: Finding): string {
  return createHash('sha256')
    .update(`${ruleId}\n${text.slice(span.start, span.end)}`)
    .digest('hex')
    .slice(0, 32);
}

function notification({ path, error }: LintedFile): unknown {
  return {
    level: 'error',
    message: { text: error },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(portablePath(path)) } } }],
  };
}
