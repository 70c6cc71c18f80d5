import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReportPage } from '../../server/src/protocol';
import { CLI } from './builtPrograms';

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in its own process. */
export function runCli(
  args: readonly string[],
  options: { cwd?: string; input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
): CliResult {
  const result = spawnSync(process.execPath, [CLI, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    env: { ...process.env, LC_ALL: 'C', FORCE_COLOR: undefined, NO_COLOR: undefined, ...options.env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

/** The data of the page that `--format html` prints. */
export function runCliForPage(args: readonly string[], cwd: string): ReportPage {
  const start = readFileSync(join(dirname(CLI), 'reportView.html'), 'utf8');
  const { out } = runCli([...args, '--format', 'html'], { cwd });
  const end = '</script>\n';
  // No text in the data may end the element.
  if (!out.startsWith(start) || out.indexOf('</script>', start.length) !== out.length - end.length)
    throw new Error(`no page: ${out}`);
  return JSON.parse(out.slice(start.length, -end.length));
}

/** A new folder with files, for the current test. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}
