import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const FILES = {
  'clean/Dockerfile': 'FROM debian:12-slim\nUSER 1000\n',
  'warning/Dockerfile': 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n',
  'binary/Dockerfile': Buffer.from([0]),
  'config/Dockerfile': 'FROM debian:12-slim\nUSER 1000\n',
  'config/.dockerfile-optimizer.yaml': 'rules: [\n',
  'never/Dockerfile': 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n',
  'never/.dockerfile-optimizer.yaml': 'failOn: never\n',
};

/** The contract of docs/cli.md: scripts and CI jobs count on it. */
describe('exit codes', () => {
  it.each([
    [0, 'lint clean'],
    [0, 'lint warning --fail-on error'],
    [0, 'lint never'],
    [0, 'lint warning --baseline known.json --update-baseline'],
    [0, 'fix warning'],
    [0, 'optimize warning'],
    [0, 'rules'],
    [0, 'explain no-sudo'],
    [0, '--help'],
    [0, '--version'],
    [1, 'lint warning'],
    [1, 'lint warning --fail-on hint'],
    [1, 'lint never --fail-on warning'],
    [1, 'lint warning --format sarif'],
    [1, 'lint warning --format gitlab'],
    [1, 'lint warning --format junit'],
    [2, ''],
    [2, 'lnit'],
    [2, 'lint --no-such-option'],
    [2, 'lint warning --rule no-such-rule=off'],
    [2, 'lint warning --config missing.yaml'],
    [2, 'lint warning --baseline missing.json'],
    [2, 'lint missing warning'],
    [2, 'lint binary warning'],
    [2, 'lint config --fail-on never'],
    [2, 'optimize missing'],
    [2, 'explain no-such-rule'],
    [2, 'migrate'],
  ])('%i: %s', (code, line) => {
    const { err, ...result } = runCli(line.split(' ').filter(Boolean), { cwd: folderOf(FILES) });
    expect({ code: result.code, line, hasError: err.includes('error: ') || line === '' }).toEqual({
      code,
      line,
      hasError: code === 2,
    });
  });
});
