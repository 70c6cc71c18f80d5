/**
 * Test cases of other tools (`docs/parity.md`): each is a small Dockerfile, a rule of the tool, and whether the tool
 * reports it. They are data of other projects and are kept outside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const TOOLS = ['hadolint', 'buildkit', 'trivy', 'checkov', 'kics', 'semgrep', 'sonar'];

/** The cases of one tool; undefined if the folder has none. */
export function readCases(folder, tool) {
  const file = join(folder, `${tool}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/**
 * Adds a base image to a fragment without FROM: one with the package manager that the fragment uses. A file of
 * comments only is no fragment.
 */
export function withFrom(dockerfile, rule) {
  if (/^\s*FROM\b/im.test(dockerfile) || rule === 'DL3061' || !/^\s*[^#\s]/m.test(dockerfile))
    return { text: dockerfile, addedLines: 0 };
  const image =
    [
      [/\bapk\b/, 'alpine:3.20'],
      [/\b(?:dnf|yum|microdnf|rpm)\b/, 'fedora:40'],
      [/\bzypper\b/, 'opensuse/leap:15.6'],
    ].find(([pattern]) => pattern.test(dockerfile))?.[1] ?? 'debian:12';
  return { text: `FROM ${image}\n${dockerfile}`, addedLines: 1 };
}
