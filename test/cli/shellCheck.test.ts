import { chmodSync, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

describe.skipIf(process.platform === 'win32')('--shellcheck', () => {
  it.each(['shellcheck', '/nowhere/shellcheck'])(
    'starts no program of the checkout, and says that %s is not there',
    (program) => {
      const cwd = folderOf({ Dockerfile: 'FROM debian:12-slim\nRUN echo $a\n', shellcheck: '#!/bin/sh\n: > pwned\n' });
      chmodSync(join(cwd, 'shellcheck'), 0o755);
      // A PATH with an empty part, or a dot, looks into the current folder; so does Windows with any.
      const env = { PATH: ['', '.', '/nowhere'].join(delimiter) };
      const { code, err } = runCli(['lint', '--shellcheck', '--shellcheck-path', program], { cwd, env });
      expect(existsSync(join(cwd, 'pwned'))).toBe(false);
      expect({ code, err }).toEqual({
        code: 2,
        err: `error: --shellcheck: ${program}: not found on the PATH, or not a program\n`,
      });
    },
  );
});
