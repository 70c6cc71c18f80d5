import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/dockerfile/parse';

/** What `text` stands for in the last instruction of a file. */
function inLast(file: string, text: string, buildArgs?: Readonly<Record<string, string>>): string | undefined {
  const model = parseDockerfile(`${file}\nRUN x\n`, { buildArgs: new Map(Object.entries(buildArgs ?? {})) });
  return model.instructions.at(-1)?.expand(text);
}

describe('the value of a variable in a stage', () => {
  // BuildKit takes the last that gives a value, whether ARG or ENV.
  it.each([
    ['an ENV', 'FROM scratch\nENV A=1', '1'],
    ['the last of two ENVs', 'FROM scratch\nENV A=1\nENV A=2', '2'],
    ['the last of two in one ENV', 'FROM scratch\nENV A=1 A=2', '2'],
    ['an ENV in the old form', 'FROM scratch\nENV A a b', 'a b'],
    ['an ARG with a default', 'FROM scratch\nARG A=1', '1'],
    ['the last of two ARGs', 'FROM scratch\nARG A=1\nARG A=2', '2'],
    ['the last of two in one ARG', 'FROM scratch\nARG A=1 A=2', '2'],
    ['an ARG whose repetition gives no value', 'FROM scratch\nARG A=1\nARG A', '1'],
    ['an empty ARG', 'FROM scratch\nARG A=1\nARG A=', ''],
    ['an ENV over an ARG above it', 'FROM scratch\nARG A=arg\nENV A=env', 'env'],
    ['an ARG over an ENV above it', 'FROM scratch\nENV A=env\nARG A=arg', 'arg'],
    ['an ENV where the ARG below it gives no value', 'FROM scratch\nENV A=env\nARG A', 'env'],
    ['the values before the same instruction', 'FROM scratch\nENV A=1\nENV A=2 B=$A\nENV A=$B', '1'],
    ['an ENV by an ARG', 'FROM scratch\nARG V=1\nENV A=v$V', 'v1'],
    ['an ENV by an ARG that is set again later', 'FROM scratch\nARG V=1\nENV A=v$V\nARG V=2', 'v1'],
    ['nothing that stands in another stage', 'FROM scratch AS a\nENV A=1\nFROM scratch', ''],
    ['an ENV of the stage that it is built on', 'FROM scratch AS a\nENV A=1\nFROM a', '1'],
    ['an ARG of the stage that it is built on', 'FROM scratch AS a\nARG A=1\nFROM a', '1'],
    ['a stage over the one that it is built on', 'FROM scratch AS a\nENV A=1\nFROM a\nENV A=2', '2'],
    ['an ARG over the ENV of the stage that it is built on', 'FROM scratch AS a\nENV A=1\nFROM a\nARG A=2', '2'],
    ['the first stage of three', 'FROM scratch AS a\nENV A=1\nFROM a AS b\nFROM b', '1'],
  ])('is %s', (_, file, expected) => {
    expect(inLast(file, '$A')).toBe(expected);
  });

  it.each([
    ['does not reach a stage', 'ARG A=1\nFROM scratch', ''],
    ['reaches one that declares it', 'ARG A=1\nFROM scratch\nARG A', '1'],
    ['loses to a default in the stage', 'ARG A=1\nFROM scratch\nARG A=2', '2'],
    ['is the last of two', 'ARG A=1\nARG A=2\nFROM scratch\nARG A', '2'],
    ['is the one with a value', 'ARG A=1\nARG A\nFROM scratch\nARG A', '1'],
    ['wins over an ENV above the declaration', 'ARG A=1\nFROM scratch\nENV A=2\nARG A', '1'],
    ['is seen by the stage built on that one', 'ARG A=1\nFROM scratch AS a\nARG A\nFROM a', '1'],
    ['may use another', 'ARG V=1\nARG A=v$V\nFROM scratch\nARG A', 'v1'],
    ['is not yet there above its line', 'ARG A=v$V\nARG V=1\nFROM scratch\nARG A', 'v'],
  ])('above FROM %s', (_, file, expected) => {
    expect(inLast(file, '$A')).toBe(expected);
  });

  it.each([
    ['wins over a default', 'FROM scratch\nARG A=1', 'given'],
    ['fills in a declaration', 'FROM scratch\nARG A', 'given'],
    ['reaches a global ARG', 'ARG A=1\nFROM scratch\nARG A', 'given'],
    ['needs an ARG', 'FROM scratch\nENV B=1', ''],
    ['loses to an ENV below the ARG', 'FROM scratch\nARG A=1\nENV A=env', 'env'],
    ['wins over an ENV above the ARG', 'FROM scratch\nENV A=env\nARG A', 'given'],
  ])('given to the build %s', (_, file, expected) => {
    expect(inLast(file, '$A', { A: 'given' })).toBe(expected);
  });

  it('is not known where nothing gives it one, or the base image may', () => {
    expect(inLast('FROM scratch\nARG A', '$A')).toBeUndefined();
    expect(inLast('FROM node:20', '$A')).toBeUndefined();
    expect(inLast('FROM node:20', '${A:-80}')).toBeUndefined();
    expect(inLast('FROM node:20 AS a\nFROM a', '$A')).toBeUndefined();
    expect(inLast('FROM node:20\nENV A=1', '$A')).toBe('1');
    expect(inLast('FROM scratch AS a\nFROM a', '${A:-80}')).toBe('80');
    expect(inLast('FROM scratch\nARG HTTP_PROXY', '$HTTP_PROXY')).toBeUndefined();
    expect(inLast('FROM scratch', '$http_proxy')).toBeUndefined();
    expect(inLast('FROM scratch', '$TARGETARCH')).toBe('');
    expect(inLast('FROM scratch\nARG TARGETARCH', '$TARGETARCH')).toBeUndefined();
  });

  it('is given up where variables stand for each other without end', () => {
    const chain = (length: number) => Array.from({ length }, (_, index) => `ENV A${index + 1}=$A${index}`).join('\n');
    expect(inLast(`FROM scratch\nENV A0=x\n${chain(40)}`, '$A40')).toBe('x');
    expect(inLast(`FROM scratch\nENV A0=x\n${chain(80)}`, '$A80')).toBeUndefined();
  });
});

describe('where a variable comes from', () => {
  const kindOf = (file: string, name: string) => {
    const model = parseDockerfile(`${file}\nRUN x\n`);
    const resolved = model.instructions.at(-1)?.resolve(name);
    return resolved && `${resolved.kind} ${resolved.definedAt?.pairs[0]?.name ?? ''}`.trim();
  };
  it.each([
    ['FROM a\nENV A=1', 'A', 'env A'],
    ['FROM a\nARG A=1', 'A', 'arg A'],
    ['FROM a\nARG A', 'A', 'arg A'],
    ['FROM a\nENV A=1\nARG A', 'A', 'env A'],
    ['ARG A=1\nFROM a\nARG A', 'A', 'arg A'],
    ['FROM a', 'HTTPS_PROXY', 'predefined'],
    ['FROM a\nARG TARGETOS', 'TARGETOS', 'predefined'],
    ['FROM a', 'TARGETOS', undefined],
    ['FROM a', 'A', undefined],
  ])('%j: %s is %j', (file, name, expected) => {
    expect(kindOf(file, name)).toBe(expected);
  });
});

describe('variables of FROM', () => {
  const tagOf = (file: string) => {
    const base = parseDockerfile(file).stages.at(-1)?.base;
    return base?.kind === 'image' ? base.image.tag : base?.kind;
  };
  it.each([
    ['a global ARG', 'ARG V=1\nFROM a:$V\n', '1'],
    ['one in the middle of a tag', 'ARG V=3.11\nFROM python:${V}-slim\n', '3.11-slim'],
    ['the last of two', 'ARG V=1\nARG V=2\nFROM a:$V\n', '2'],
    ['the last with a value', 'ARG V=1\nARG V\nFROM a:$V\n', '1'],
    ['a default where nothing is declared', 'FROM a:${V:-3}\n', '3'],
    ['a default where it is empty', 'ARG V=\nFROM a:${V:-3}\n', '3'],
    ['nothing of a stage', 'FROM a\nARG V=1\nFROM b:${V:-none}\n', 'none'],
    ['a global ARG between stages is one of the stage', 'ARG V=1\nFROM a\nARG V=2\nFROM b:$V\n', '1'],
    ['not known without a value', 'ARG V\nFROM a:$V\n', 'unresolved'],
    ['not known for the platform', 'FROM a:$TARGETARCH\n', 'unresolved'],
  ])('are %s', (_, file, expected) => {
    expect(tagOf(file)).toBe(expected);
  });

  it('are no literals', () => {
    const model = parseDockerfile('ARG V=1\nFROM a:$V\n');
    expect(model.stages[0]?.base).toMatchObject({ kind: 'image', image: { isLiteral: false } });
  });
});

describe('the shell of a RUN', () => {
  const shellOf = (file: string) => parseDockerfile(`${file}\nRUN x\n`).instructions.at(-1)?.shell;
  it.each([
    ['FROM a\nSHELL ["/bin/bash","-c"]\nSHELL ["/bin/ash","-c"]', 'sh'],
    ['FROM a\nSHELL ["C:\\\\Windows\\\\cmd.EXE","/S"]', 'cmd'],
    ['FROM a\nSHELL ["pwsh","-c"]', 'powershell'],
    ['FROM a\nSHELL ["/usr/bin/fish","-c"]', 'other'],
    ['FROM a AS b\nSHELL ["/bin/bash","-c"]\nFROM c', 'sh'],
    ['FROM a AS b\nSHELL ["/bin/bash","-c"]\nFROM b\nSHELL ["/bin/sh","-c"]', 'sh'],
    ['FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS b\nFROM b', 'cmd'],
    ['# escape=`\nFROM a\nSHELL ["/bin/sh","-c"]', 'sh'],
    ['FROM a\n# hadolint shell=bash', 'bash'],
    ['FROM a\n# hadolint shell=bash\nSHELL ["/bin/sh","-c"]', 'sh'],
    ['FROM a\nSHELL ["/bin/sh","-c"]\n# hadolint shell=bash', 'bash'],
    ['# hadolint shell=bash\nFROM a', 'sh'],
    ['FROM a AS b\n# hadolint shell=bash\nRUN y\nFROM b', 'bash'],
    ['FROM a AS b\nRUN y\nFROM c\n# hadolint shell=bash\nRUN z\nFROM b', 'sh'],
  ])('%j: %s', (file, expected) => {
    expect(shellOf(file)).toBe(expected);
  });

  it('is not what a comment below it names', () => {
    const model = parseDockerfile('FROM a AS b\nFROM b\nRUN x\n# hadolint shell=pwsh\nRUN y\n');
    expect(model.instructions.filter(({ keyword }) => keyword === 'RUN').map(({ shell }) => shell)).toEqual([
      'sh',
      'powershell',
    ]);
  });
});
