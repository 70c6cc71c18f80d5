import { describe, expect, it } from 'vitest';
import { createSite } from '../../server/src/app/site';
import { startKind } from '../../server/src/app/start/startKind';
import { parseDockerfile } from '../../server/src/dockerfile/parse';
import { buildContextOf } from '../helpers/buildContext';
import { analyzer } from '../helpers/plan';

function kindOf(start: string, files: Readonly<Record<string, string>> = {}, starts: readonly string[] = []) {
  const dockerfile = parseDockerfile(`FROM python:3.11\nWORKDIR /app\nCOPY . .\n${start}\n`);
  const [stage] = dockerfile.stages;
  const site =
    stage &&
    createSite(dockerfile, stage, analyzer.knowledge, buildContextOf({ 'app.py': '', ...files }, true), [
      { mounts: [], starts, isPrivileged: false },
    ]);
  return site && startKind(site).kind;
}

describe('CMD beside ENTRYPOINT', () => {
  it.each([
    ['ENTRYPOINT ["python", "app.py"]\nCMD ["1", "+", "1"]', 'known'],
    ['ENTRYPOINT ["tini", "--"]\nCMD ["python", "app.py"]', 'known'],
    ['ENTRYPOINT ["poetry", "run"]\nCMD ["python", "app.py"]', 'known'],
    ['ENTRYPOINT ["tini", "--"]\nCMD ["bash"]', 'person'],
    ['ENTRYPOINT ["tini", "--"]\nCMD ["unheard-of"]', 'unknown'],
    ['ENTRYPOINT ["./entry.sh"]\nCMD ["unheard-of"]', 'unknown'],
  ])('is its arguments, or what it starts: %s', (start, kind) => {
    expect(kindOf(start, { 'entry.sh': '#!/bin/sh\nexec "$@"\n' })).toBe(kind);
  });
});

describe('the command of Compose', () => {
  it.each([
    ['ENTRYPOINT ["./entry.sh"]', ['gunicorn app:app'], 'known'],
    ['ENTRYPOINT ["./entry.sh"]', ['unheard-of --now'], 'unknown'],
    ['ENTRYPOINT ["python", "app.py"]', ['--port 80'], 'known'],
    ['', ['python app.py'], 'known'],
  ])('is what an ENTRYPOINT without CMD starts: %s %j', (start, starts, kind) => {
    expect(kindOf(start, { 'entry.sh': '#!/bin/sh\nexec "$@"\n' }, starts)).toBe(kind);
  });
});
