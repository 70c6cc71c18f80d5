import { describe, expect, it } from 'vitest';
import { logCauses } from '../../server/src/verify/logCauses';

describe('causes in a log', () => {
  it.each([
    ["PermissionError: [Errno 13] Permission denied: '/app/data.db'", 'write', '/app/data.db'],
    ["Error: EACCES: permission denied, open '/app/logs/x.log'", 'write', '/app/logs/x.log'],
    ['mkdir: cannot create directory ‘/data’: Permission denied', 'write', undefined],
    ["Error: EROFS: read-only file system, mkdir '/x'", 'write', '/x'],
    ['/bin/sh: 1: git: not found', 'program', 'git'],
    ['bash: line 1: ffmpeg: command not found', 'program', 'ffmpeg'],
    ['exec: "git": executable file not found in $PATH', 'program', 'git'],
    ['OCI runtime attempted: crun: executable file `git` not found in $PATH: No such file', 'program', 'git'],
    ['Error: spawn convert ENOENT', 'program', 'convert'],
    ['env: ‘node’: No such file or directory', 'program', 'node'],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'git'", 'program', 'git'],
    [
      './app: error while loading shared libraries: libpq.so.5: cannot open shared object file',
      'library',
      'libpq.so.5',
    ],
    ['ImportError: libGL.so.1: cannot open shared object file: No such file or directory', 'library', 'libGL.so.1'],
    ['Error loading shared library libstdc++.so.6: No such file or directory', 'library', 'libstdc++.so.6'],
    ["Error: Cannot find module 'express'", 'module', 'express'],
    ["ModuleNotFoundError: No module named 'flask'", 'module', 'flask'],
    ['java.lang.ClassNotFoundException: com.example.Main', 'module', 'com.example.Main'],
    ['x509: certificate signed by unknown authority', 'certificates', undefined],
    ["Error: ENOENT: no such file or directory, open '/app/config.json'", 'file', '/app/config.json'],
    ['Error: Unable to access jarfile app.jar', 'file', 'app.jar'],
    ['java.lang.OutOfMemoryError: Java heap space', 'memory', undefined],
  ])('%s', (line, kind, subject) => {
    expect(logCauses(`starting\n${line}\n`)).toEqual([{ kind, line, ...(subject === undefined ? {} : { subject }) }]);
  });

  it('finds nothing in an ordinary log, and each cause once', () => {
    expect(logCauses('GET / 200\nConnected to database\nno errors found\n')).toEqual([]);
    expect(logCauses('sh: git: not found\nsh: git: not found\n')).toHaveLength(1);
  });
});
