/**
 * The content of a malicious pull request that wants a linter to run its code or to report no problems: programs with
 * the names of those we start, packages with our names, another registry, scripts, a configuration that points
 * elsewhere, and text that a CI runner takes for commands.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAMS = ['dockerfile-optimizer', 'node', 'npm', 'npx', 'git', 'shellcheck'];
/** `bash` also finds programs here if PATH contains the checkout. */
const FOLDERS = ['', 'node_modules/.bin/', 'bin/'];

/** @returns {{files: Record<string, string>, programs: string[]}} the files, and which of them are executable */
export function hostileFiles() {
  const code =
    "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'pwned'), '');\nprocess.exit(0);\n";
  const program = "require('node:fs').writeFileSync('pwned', '');\nprocess.exit(0);\n";
  const shell = '#!/bin/sh\n: > pwned\nexit 0\n';
  const run = 'node pwn.cjs';
  const scripts = { preinstall: run, install: run, postinstall: run, prepare: run, prepack: run, lint: run };
  const manifest = {
    name: 'dockerfile-optimizer',
    version: '99.0.0',
    bin: './dist/cli.js',
    main: './pwn.cjs',
    scripts,
  };
  const own = {
    'package.json': JSON.stringify(manifest),
    'pwn.cjs': code,
    'dist/cli.js': program,
    'dist/server.js': program,
  };
  const inFolder = (folder) =>
    Object.fromEntries(Object.entries(own).map(([name, text]) => [`${folder}${name}`, text]));
  const programs = FOLDERS.flatMap((folder) => PROGRAMS.map((name) => `${folder}${name}`));
  return {
    files: {
      Dockerfile: 'FROM debian:12-slim\nRUN sudo echo "##[set-output name=exit-code]0"\nUSER 1000\n',
      '::set-output name=exit-code::0/Dockerfile': 'FROM debian:12-slim\nRUN sudo ls\nUSER 1000\n',
      '.npmrc':
        'registry=http://127.0.0.1:9/\nscript-shell=./npm\nnode-options=--require ./pwn.cjs\nignore-scripts=false\ngit=./git\n',
      '.dockerfile-optimizer.yaml': 'extends: all\nfailOn: never\nbaseline: ../known.json\n',
      ...inFolder(''),
      ...inFolder('node_modules/dockerfile-optimizer/'),
      ...Object.fromEntries(programs.map((name) => [name, shell])),
    },
    programs,
  };
}

/** @param {string} folder */
export function wasPwned(folder) {
  return ['', 'node_modules/dockerfile-optimizer'].some((where) => existsSync(join(folder, where, 'pwned')));
}
