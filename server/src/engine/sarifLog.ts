import type { LineIndex } from '../text/lineIndex';
import type { Span } from '../text/span';
import { rulePageUrl } from './rulePageUrl';

export interface SarifRun {
  /** The version of this program. */
  readonly version: string;
  readonly rules: readonly unknown[];
  readonly results: readonly unknown[];
  readonly notifications: readonly unknown[];
  readonly isSuccessful: boolean;
}

/** SARIF 2.1.0 (OASIS). */
export function sarifLog({ version, rules, results, notifications, isSuccessful }: SarifRun): unknown {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Dockerfile Optimizer',
            semanticVersion: version,
            informationUri: rulePageUrl('README'),
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: isSuccessful,
            ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
          },
        ],
        results,
      },
    ],
  };
}

export function sarifRegion(lines: LineIndex, span: Span): unknown {
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** A relative path for SARIF: each part is escaped. */
export function sarifPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
