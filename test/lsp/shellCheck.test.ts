import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient, type LspClient, type OpenDocument } from '../helpers/lspClient';

/** Stands for ShellCheck: says one thing of the first word, and writes down what it was asked. */
const PROGRAM = `#!${process.execPath}
const fs = require('node:fs');
fs.appendFileSync(__filename + '.calls', JSON.stringify(fs.readFileSync(0, 'utf8')) + '\\n');
const at = { line: 2, endLine: 2, column: 1, endColumn: 5 };
const comment = { ...at, level: 'warning', code: 2164, message: 'Say more.', fix: null };
console.log(JSON.stringify({ comments: [comment] }));
process.exit(1);
`;

function programIn(text = PROGRAM) {
  const folder = mkdtempSync(join(tmpdir(), 'dockerfile-optimizer-shellcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'shellcheck');
  writeFileSync(path, text, { mode: 0o755 });
  const file = `${path}.calls`;
  return {
    path,
    calls: (): string[] =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .trim()
            .split('\n')
            // Behind the line that declares the variables.
            .map((line) => JSON.parse(line).split('\n').at(-1))
        : [],
  };
}

async function clientWith(path: string, isTrusted: boolean, enable = true): Promise<LspClient> {
  const client = await createClient({
    initializationOptions: { isTrusted },
    settings: () => ({ shellcheck: { enable, path }, rules: { 'merge-consecutive-run': 'off' } }),
  });
  onTestFinished(() => client.stop());
  return client;
}

async function codes(document: OpenDocument): Promise<unknown[]> {
  return (await document.diagnostics()).map(({ code }) => code);
}

/** The codes as soon as they are not the old ones; the old ones when nothing comes. */
async function later(document: OpenDocument, tries = 100): Promise<unknown[]> {
  const before = JSON.stringify(await codes(document));
  for (let count = 0; count < tries; count++) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    const now = await codes(document);
    if (JSON.stringify(now) !== before) return now;
  }
  return JSON.parse(before);
}

const TEXT = 'FROM alpine:3.20\nUSER 1000\nRUN true\n';

describe.skipIf(process.platform === 'win32')('ShellCheck in the editor', () => {
  it('brings its findings after the others', async () => {
    const { path, calls } = programIn();
    const document = await (await clientWith(path, true)).open(TEXT);
    expect(await codes(document)).toEqual([]);
    expect(await later(document)).toEqual(['SC2164']);
    const [diagnostic] = await document.diagnostics();
    expect(diagnostic).toMatchObject({
      message: 'SC2164: Say more',
      range: { start: { line: 2, character: 4 }, end: { line: 2, character: 8 } },
      codeDescription: { href: 'https://www.shellcheck.net/wiki/SC2164' },
    });
    expect(calls()).toEqual(['true']);
  });
  it('asks once for a script that stays the same', async () => {
    const { path, calls } = programIn();
    const document = await (await clientWith(path, true)).open(TEXT);
    await later(document);
    await document.edit(TEXT.length, 0, 'RUN date\n');
    expect(await later(document)).toEqual(['SC2164', 'SC2164']);
    expect(calls()).toEqual(['true', 'date']);
  });
  it('is ignored by its code', async () => {
    const { path } = programIn();
    const document = await (await clientWith(path, true)).open(TEXT);
    await later(document);
    const action = (await document.actions('true')).find(({ title }) => title.startsWith('Ignore SC2164 for this'));
    if (!action) throw new Error('no such action');
    expect(document.apply(action)).toContain('# dockerfile-optimizer-ignore SC2164\nRUN true');
    await document.edit(TEXT.indexOf('RUN'), 0, '# hadolint ignore=SC2164\n');
    expect(await codes(document)).toEqual([]);
  });
  it('is not started where the workspace is not trusted, until it is', async () => {
    const { path, calls } = programIn();
    const client = await clientWith(path, false);
    const document = await client.open(TEXT);
    expect(await later(document, 25)).toEqual([]);
    expect(calls()).toEqual([]);
    await client.connection.sendNotification('dockerfile/trust');
    expect(await later(document)).toEqual(['SC2164']);
  });
  it('is not started when it is switched off', async () => {
    const { path, calls } = programIn();
    const document = await (await clientWith(path, true, false)).open(TEXT);
    expect(await later(document, 25)).toEqual([]);
    expect(calls()).toEqual([]);
  });
  it('is left alone when it is not there or something else', async () => {
    const { path } = programIn('#!/bin/sh\necho no JSON\n');
    for (const program of ['/nowhere/shellcheck', path]) {
      const document = await (await clientWith(program, true)).open(TEXT);
      expect(await later(document, 25)).toEqual([]);
    }
  });
});
