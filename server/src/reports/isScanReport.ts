import { listOf, recordOf } from '../text/jsonValue';
import type { ScanReport } from './scanReport';
import { SEVERITIES } from './vulnerabilities';

/** For reports read from disk: another version may have written them. */
export function isScanReport(value: unknown): value is ScanReport {
  const report = recordOf(value);
  return (
    typeof report?.['image'] === 'string' &&
    typeof report['scannedAt'] === 'string' &&
    typeof recordOf(report['scanner'])?.['name'] === 'string' &&
    Array.isArray(report['notes']) &&
    Array.isArray(report['vulnerabilities']) &&
    listOf(report['vulnerabilities']).every(isVulnerability)
  );
}

function isVulnerability(value: unknown): boolean {
  const row = recordOf(value);
  return (
    typeof row?.['id'] === 'string' &&
    typeof row['package'] === 'string' &&
    typeof row['installedVersion'] === 'string' &&
    SEVERITIES.some((severity) => severity === row['severity'])
  );
}
