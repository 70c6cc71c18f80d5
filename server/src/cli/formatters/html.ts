import { basename, resolve } from 'node:path';
import type { CheckedFile } from '../../protocol';
import { now } from '../../system/clock';
import { htmlReport } from './htmlReport';
import { createFileFindings } from './json';
import type { CreateReporter } from './reporter';

/** The page of Check All Dockerfiles, named after the current folder. */
export const htmlReporter: CreateReporter = (session) => {
  const toFindings = createFileFindings(session);
  const files: CheckedFile[] = [];
  return {
    file(file) {
      const findings = toFindings(file);
      files.push({ uri: findings.path, ...findings });
    },
    end() {
      const name = basename(resolve('.'));
      const checkedAt = now().toISOString();
      session.out(htmlReport(session, { kind: 'check', name, checkedAt, files, isCutOff: false }));
    },
  };
};
