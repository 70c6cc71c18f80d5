import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rulePageUrl } from '../../engine/rulePageUrl';
import type { LineIndex } from '../../text/lineIndex';
import type { Span } from '../../text/span';
import type { Session } from '../session';
import { version } from '../version';
import { printJson } from './json';
import { portablePath } from './reporter';

export interface SarifRun {
  readonly rules: readonly unknown[];
  readonly results: readonly unknown[];
  readonly notifications: readonly unknown[];
}

/** SARIF 2.1.0 (OASIS). */
export function printSarif(session: Session, { rules, results, notifications }: SarifRun): void {
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
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !session.hasFailed(),
            ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
          },
        ],
        results,
      },
    ],
  });
}

/** Relative to the current folder, which upload actions take for the repository's; each part escaped. */
export function sarifUri(path: string): string {
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return portablePath(path).split('/').map(encodeURIComponent).join('/');
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
