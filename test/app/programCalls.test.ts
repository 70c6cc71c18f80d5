import { describe, expect, it } from 'vitest';
import { programCalls } from '../../server/src/app/programCalls';

function called(path: string, text: string): string[] {
  return [...programCalls({ path, text }).certain].sort();
}

describe('programs that a source calls', () => {
  it.each([
    ['a list', 'a.py', 'import subprocess\nsubprocess.run(["git", "log"], cwd="file", check=True)\n', ['git']],
    [
      'a string for the shell',
      'a.py',
      'import subprocess\nsubprocess.check_output("cat x | xz -d && file $(ls)", shell=True)\n',
      ['cat', 'file', 'ls', 'xz'],
    ],
    [
      'an f-string',
      'a.py',
      'import subprocess\nsubprocess.run(f"git clone {url} | tee {log}", shell=True)\n',
      ['git', 'tee'],
    ],
    [
      'asyncio',
      'a.py',
      'import asyncio\nawait asyncio.create_subprocess_exec("ffmpeg", "-i", name)\nawait asyncio.create_subprocess_shell("curl x; unzip y")\n',
      ['curl', 'ffmpeg', 'unzip'],
    ],
    [
      'names that are imported',
      'a.py',
      'from subprocess import run\nrun(\n  [\n    "make",\n    target,\n  ]\n)\n',
      ['make'],
    ],
    [
      'os.system and which',
      'a.py',
      'import os, shutil\nos.system("patch -p1 < x")\nshutil.which("hg")\n',
      ['hg', 'patch'],
    ],
    [
      'a shell in a list',
      'a.py',
      'import subprocess\nsubprocess.run(["bash", "-c", "wget x && tar xf y"])\n',
      ['bash', 'tar', 'wget'],
    ],
    ['its own interpreter', 'a.py', 'import subprocess, sys\nsubprocess.run([sys.executable, "-m", "file"])\n', []],
    [
      'sh and plumbum',
      'a.py',
      'import sh\nfrom plumbum.cmd import grep, wc\nfrom plumbum import local\nsh.git("log")\nls = local["ls"]\n',
      ['git', 'grep', 'ls', 'wc'],
    ],
    ['invoke', 'tasks.py', 'from invoke import task\n@task\ndef x(c):\n    c.run("rsync a b")\n', ['rsync']],
    [
      'child_process',
      'a.js',
      "const { exec, spawn } = require('child_process');\nexec('git rev-parse HEAD | head -1');\nspawn('convert', ['a', 'b'], { cwd: 'file' });\n",
      ['convert', 'git', 'head'],
    ],
    [
      'execa, cross-spawn',
      'a.ts',
      "import { execa } from 'execa';\nimport spawn from 'cross-spawn';\nawait execa('svn', ['up']);\nspawn.sync('hg', ['up']);\n",
      ['hg', 'svn'],
    ],
    ['zx', 'a.mjs', "import { $ } from 'zx';\nawait $`git log | unzip ${name}`;\n", ['git', 'unzip']],
    [
      'backticks',
      'a.rb',
      'x = `git log | xz`\nsystem "curl #{url}"\nOpen3.capture2("identify", path)\n%x(file a)\n',
      ['curl', 'file', 'git', 'identify', 'xz'],
    ],
    [
      'PHP',
      'a.php',
      "<?php\nexec('git log'); $p = new Process(['zip', $x]); shell_exec(\"unzip $x\"); `hg up`;\n",
      ['git', 'hg', 'unzip', 'zip'],
    ],
    [
      'Java',
      'A.java',
      'new ProcessBuilder("git", "log").start(); new ProcessBuilder(List.of("zip", x)); Runtime.getRuntime().exec(new String[] {"sh", "-c", "curl x"});\n',
      ['curl', 'git', 'sh', 'zip'],
    ],
    [
      '.NET',
      'A.cs',
      'using System.Diagnostics;\nProcess.Start("git", "log"); var i = new ProcessStartInfo { FileName = "unzip" };\n',
      ['git', 'unzip'],
    ],
    [
      'Go',
      'a.go',
      'exec.Command("git", "log"); exec.CommandContext(ctx, "ssh", host); exec.LookPath("hg")\n',
      ['git', 'hg', 'ssh'],
    ],
    ['Rust', 'a.rs', 'fn f<\'a>(x: &\'a str) { Command::new("git").arg(x); }\n', ['git']],
    ['C', 'a.c', 'int main() { system("tar xf a | wc"); popen("git log", "r"); }\n', ['git', 'tar', 'wc']],
    ['Elixir', 'a.ex', 'System.cmd("git", ["log"])\n', ['git']],
    ['a path', 'a.py', 'GIT = "/usr/bin/git"\nimport subprocess\n', ['git']],
    [
      'a shell script',
      'run.sh',
      '#!/bin/sh\n# make it\nif command -v jq; then curl x | jq .; fi\nexec tini -- python app.py\n',
      ['command', 'curl', 'exec', 'jq', 'python', 'tini'],
    ],
    ['a script without an ending', 'bin/run', '#!/usr/bin/env bash\nwget x\n', ['wget']],
    ['a Procfile', 'Procfile', 'web: gunicorn app\nworker: git pull && celery -A app\n', ['celery', 'git', 'gunicorn']],
    [
      'a supervisor',
      'supervisord.conf',
      '[program:a]\n; make it\ncommand=/usr/bin/ssh -N host\nstdout_logfile=/file\n',
      ['ssh'],
    ],
  ])('are found in %s', (_, path, text, programs) => {
    expect(called(path, text)).toEqual(programs);
  });

  it.each([
    ['comments', 'a.py', 'import subprocess\n# subprocess.run("file x")\n"""subprocess.run("make")"""\n'],
    ['comments of two languages', 'a.js', "require('child_process');\n// exec('make')\n/* exec('file') */\n"],
    ['settings', 'app.conf', '# the file to make\nfile = patch\n'],
    ['keys', 'a.py', 'import os\nx = {"file": os.path.join("make", "patch")}\n'],
    ['methods of other things', 'a.js', "const { spawn } = require('child_process');\n/file'/.exec(text);\n"],
    ['a file without calls', 'a.ts', "type X = 'file' | 'make';\nexec('git');\n"],
  ])('are none in %s', (_, path, text) => {
    expect(called(path, text)).toEqual([]);
  });

  it('tells when a program comes out of a variable', () => {
    const { certain, possible, isOpen } = programCalls({
      path: 'a.py',
      text: 'import subprocess\ncmd = ["git", "log"]\nsubprocess.run(cmd)\n',
    });
    expect([...certain]).toEqual([]);
    expect(possible.has('git')).toBe(true);
    expect(isOpen).toBe(true);
  });
});
