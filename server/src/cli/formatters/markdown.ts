import type { Finding } from '../../engine/rule';
import type { FileFindings } from '../../protocol';
import { findingsMarkdown } from '../../reports/findingsMarkdown';
import { escapeMarkdown } from '../../text/markdown';
import { createFileFindings } from './json';
import type { CreateReporter } from './reporter';
import { summary } from './text';

/** A comment with more is no longer read, and GitHub refuses one of more than 65,536 characters. */
const LISTED = 100;

/** For a comment on a pull request, and for agents. */
export const markdownReporter: CreateReporter = (session) => {
  const { localize } = session.engine;
  const toFindings = createFileFindings(session);
  const files: FileFindings[] = [];
  const all: Finding[] = [];
  return {
    file(file) {
      all.push(...file.findings);
      files.push(toFindings(file));
    },
    end() {
      const heading = [localize('Line'), localize('Severity'), localize('Finding'), localize('Rule')] as const;
      let left = LISTED;
      const sections = files.flatMap((file) => {
        const listed = { ...file, findings: file.findings.slice(0, left) };
        left -= listed.findings.length;
        return listed.findings.length > 0 || file.error !== undefined ? findingsMarkdown(listed, heading) : [];
      });
      const more = all.length - LISTED;
      session.out(
        `${[
          summary(all, files.length, session).split('\n').map(escapeMarkdown).join('\n'),
          ...sections,
          ...(more > 0 ? [localize('and {count} more', { count: more })] : []),
        ].join('\n\n')}\n`,
      );
    },
  };
};
