import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../helpers/cliProcess';

const GO = { 'go.mod': 'module example.com/shop\n\ngo 1.24\n', 'main.go': 'package main\n\nfunc main() {\n}\n' };

describe('init', () => {
  it('shows the file with its reasons, and writes nothing', () => {
    const cwd = folderOf(GO);
    const { code, out, err } = runCli(['init'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Dockerfile \(Go 1\.\d+\)\n/);
    expect(out).toMatch(/\d {2}FROM golang:1\.\d+ AS build\n +↑ The newest Go/);
    expect(out).toContain('\n.dockerignore\n');
    expect(out).toContain('Use --write');
    expect(existsSync(join(cwd, 'Dockerfile'))).toBe(false);
  });
  it('tells the reason of a step in full only once', () => {
    const cwd = folderOf({
      'package.json': '{"scripts":{"start":"node server.js"},"dependencies":{"express":"5"}}',
      'package-lock.json': '{}',
      'server.js': '',
    });
    const lines = runCli(['init'], { cwd }).out.match(/↑ Run as node.*/g) ?? [];
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((line) => line !== '↑ Run as node')).toEqual([lines[0]]);
    expect(lines[0]).toMatch(/^↑ Run as node: [A-Z]/);
  });
  it('writes both files, once', () => {
    const cwd = folderOf({ 'shop/go.mod': GO['go.mod'], 'shop/main.go': GO['main.go'] });
    expect(runCli(['init', 'shop', '--write'], { cwd }).code).toBe(0);
    const text = readFileSync(join(cwd, 'shop/Dockerfile'), 'utf8');
    expect(text).toMatch(/^# syntax=docker\/dockerfile:1\n/);
    expect(readFileSync(join(cwd, 'shop/.dockerignore'), 'utf8')).toContain('.git\n');
    const again = runCli(['init', 'shop', '--write'], { cwd });
    expect(again.code).toBe(2);
    expect(again.err).toContain('exists: improve it with `optimize`');
    expect(readFileSync(join(cwd, 'shop/Dockerfile'), 'utf8')).toBe(text);
    const { out } = runCli(['optimize', 'shop'], { cwd });
    expect(out).toContain('nothing to change');
  });
  it('writes nothing beside a link to nowhere', () => {
    const cwd = folderOf(GO);
    symlinkSync(join(cwd, 'nowhere'), join(cwd, 'Dockerfile'));
    const { code, err } = runCli(['init', '--write'], { cwd });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Dockerfile exists') });
    expect(existsSync(join(cwd, '.dockerignore'))).toBe(false);
  });
  it.skipIf(process.getuid?.() === 0)('says that a folder cannot be read', () => {
    const cwd = folderOf({ 'shop/main.go': '' });
    chmodSync(join(cwd, 'shop'), 0);
    const { code, err } = runCli(['init', 'shop'], { cwd });
    chmodSync(join(cwd, 'shop'), 0o755);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('cannot be read') });
  });
  it('lists the programs where it does not know the one that is named', () => {
    const { code, err } = runCli(['init', '--as', 'nonsense'], { cwd: folderOf(GO) });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('choose one of go') });
  });
  it('leaves a Containerfile alone', () => {
    const { code, err } = runCli(['init'], { cwd: folderOf({ ...GO, Containerfile: 'FROM scratch\n' }) });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Containerfile exists') });
  });
  it('asks which of several programs, and takes the one that is named', () => {
    const cwd = folderOf({ ...GO, 'index.html': '' });
    const { code, err } = runCli(['init'], { cwd });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('choose one of go, static with --as') });
    expect(runCli(['init', '--as', 'static'], { cwd }).out).toContain('FROM nginxinc/nginx-unprivileged');
    expect(runCli(['init', '--as', 'statics'], { cwd }).err).toContain('did you mean "static"?');
  });
  it('says what is missing', () => {
    expect(runCli(['init'], { cwd: folderOf({}) }).err).toContain('no project of a known language');
    expect(runCli(['init'], { cwd: folderOf({ 'package.json': '{' }) }).err).toContain(
      'node: package.json cannot be read',
    );
    expect(runCli(['init', 'missing'], { cwd: folderOf({}) }).err).toContain('missing: not a folder');
    expect(runCli(['init', 'a', 'b'], { cwd: folderOf({}) }).code).toBe(2);
  });
  it('prints JSON', () => {
    const { out } = runCli(['init', '--format', 'json'], { cwd: folderOf(GO) });
    const { version, path, program, title, text, files, notes } = JSON.parse(out);
    expect({ version, path, program, title }).toEqual({
      version: 1,
      path: 'Dockerfile',
      program: 'go',
      title: expect.stringMatching(/^Go /),
    });
    expect(files.map((file: { path: string }) => file.path)).toEqual(['.dockerignore']);
    expect(notes[0]).toEqual({ start: 0, end: 1, why: expect.any(String) });
    expect(text).toContain('go build');
  });
  it('says what is left to do by hand', () => {
    const compose = 'services:\n  a:\n    build: .\n    volumes: [/var/run/docker.sock:/var/run/docker.sock]\n';
    const cwd = folderOf({ ...GO, 'compose.yaml': compose });
    expect(runCli(['init'], { cwd }).out).toMatch(
      /\nManual changes:\n {2}- Set `user:` in Compose [^\n]+\n\nUse --write/,
    );
    expect(JSON.parse(runCli(['init', '--format', 'json'], { cwd }).out).advice).toHaveLength(1);
  });
  it('writes in Japanese', () => {
    const { out } = runCli(['init', '--lang', 'ja'], { cwd: folderOf(GO) });
    expect(out).toMatch(/↑ [^\n]*[ぁ-ん]/);
    expect(out).not.toMatch(/↑ [A-Z][a-z]+ [a-z]+ [a-z]+/);
  });
});
