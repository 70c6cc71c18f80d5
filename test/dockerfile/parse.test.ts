import { describe, expect, it } from 'vitest';
import type { DockerfileModel, Instruction } from '../../server/src/dockerfile/model';
import { parseDockerfile } from '../../server/src/dockerfile/parse';

function keywords(model: DockerfileModel): string[] {
  return model.instructions.map((instruction) => instruction.keyword);
}

function at(model: DockerfileModel, index: number): Instruction {
  const instruction = model.instructions[index];
  if (!instruction) throw new Error(`no instruction ${index}`);
  return instruction;
}

function textOf(model: DockerfileModel, span: { start: number; end: number }): string {
  return model.text.slice(span.start, span.end);
}

function commands(instruction: Instruction): string[] {
  return (instruction.script?.commands ?? []).map((command) => command.words.map((word) => word.value).join(' '));
}

describe('what dockerfile-ast misreads', () => {
  it('reads a heredoc whose delimiter stands apart from <<', () => {
    const model = parseDockerfile("FROM a\nRUN cat << 'EOF' > /x\nCOPY is no instruction\nEOF\nUSER app\n");
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
    expect(at(model, 1).heredocs[0]).toMatchObject({ name: 'EOF', expand: false, isTerminated: true });
  });

  it('takes no << inside quotes for a heredoc', () => {
    const model = parseDockerfile('FROM a\nRUN echo "a <<b c"\nUSER app\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
    expect(at(model, 1).heredocs).toEqual([]);
  });

  it('takes no << behind what only begins like RUN for a heredoc', () => {
    const model = parseDockerfile('FROM a\nRUN-x <<EOF\nUSER b\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN-X', 'USER']);
  });

  it('takes no shift operator for a heredoc', () => {
    const model = parseDockerfile('FROM a\nRUN echo $((1<<2)) $(( 1 << n ))\nUSER app\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
    expect(model.errors).toEqual([]);
  });

  it('ends a line at two escape characters', () => {
    const model = parseDockerfile('FROM a\nRUN echo \\\\\nUSER app\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
  });

  it('lets a comment inside a continuation end in a backslash', () => {
    const model = parseDockerfile('FROM a\nRUN one \\\n# see C:\\comment \\\n  && two\nUSER app\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
    expect(commands(at(model, 1))).toEqual(['one', 'two']);
    expect(model.comments.map((comment) => comment.text)).toEqual(['see C:\\comment \\']);
  });

  it('reads `// syntax` in the first line as a directive', () => {
    const model = parseDockerfile('// syntax=docker/dockerfile:1\nFROM a\n');
    expect(keywords(model)).toEqual(['FROM']);
    expect(model.directives).toMatchObject([{ name: 'syntax', value: 'docker/dockerfile:1' }]);
  });

  it('finds directives after a #! line, but for escape', () => {
    const model = parseDockerfile(
      '#!/usr/bin/env docker\n# syntax=docker/dockerfile:1\n# escape=`\nFROM a\nRUN a \\\n b\n',
    );
    expect(model.directives.map((directive) => directive.name)).toEqual(['syntax']);
    expect(model.escape).toBe('\\');
    expect(keywords(model)).toEqual(['FROM', 'RUN']);
  });

  it('keeps blanks inside JSON strings', () => {
    const model = parseDockerfile('FROM a\nCMD ["a b", "c\\"d", ""]\n');
    expect(at(model, 1).form).toBe('exec');
    expect(at(model, 1).args.map((word) => word.value)).toEqual(['a b', 'c"d', '']);
    expect(at(model, 1).args.map((word) => textOf(model, word.span))).toEqual(['"a b"', '"c\\"d"', '""']);
  });

  it('reads registry, port, tag and digest', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const model = parseDockerfile(`FROM reg:5000/a/b:1@${digest} AS x\n`);
    const base = model.stages[0]?.base;
    expect(base).toMatchObject({ kind: 'image', image: { registry: 'reg:5000', repository: 'a/b', tag: '1', digest } });
    expect(base?.kind === 'image' && base.image.tagSpan && textOf(model, base.image.tagSpan)).toBe('1');
  });

  it('reports a heredoc without its end', () => {
    const model = parseDockerfile('FROM a\nRUN <<EOF\nUSER app\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN']);
    expect(model.errors).toMatchObject([{ kind: 'unterminated-heredoc', name: 'EOF' }]);
    expect(model.errors[0] && textOf(model, model.errors[0].span)).toBe('<<EOF');
  });
});

describe('instructions', () => {
  it('splits keywords and words over continuations, spans exact', () => {
    const model = parseDockerfile('FR\\\nOM a\nRUN ap\\\nt-get update\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN']);
    const [command] = at(model, 1).script?.commands ?? [];
    expect(command?.name).toBe('apt-get');
    expect(command?.words[0] && textOf(model, command.words[0].span)).toBe('ap\\\nt-get');
  });

  it('reads flags and their options', () => {
    const model = parseDockerfile(
      'FROM a\nRUN --mount=type=cache,target=/root/.cache,ro --network=none pip install x\n',
    );
    const run = at(model, 1);
    expect(run.flags.map((flag) => [flag.name, flag.value])).toEqual([
      ['mount', 'type=cache,target=/root/.cache,ro'],
      ['network', 'none'],
    ]);
    expect([...(run.flags[0]?.options ?? [])]).toEqual([
      ['type', 'cache'],
      ['target', '/root/.cache'],
      ['ro', ''],
    ]);
    expect(textOf(model, run.body)).toBe('pip install x');
  });

  it('reads pairs of ENV, ARG and LABEL', () => {
    const model = parseDockerfile(
      'FROM a\nENV A=1 B="two words" C=\'x\'\nENV OLD some  words\nARG X Y=2\nLABEL "a.b"="c"\n',
    );
    expect(at(model, 1).pairs.map((pair) => [pair.name, pair.value])).toEqual([
      ['A', '1'],
      ['B', 'two words'],
      ['C', 'x'],
    ]);
    expect(at(model, 2).pairs).toMatchObject([{ name: 'OLD', value: 'some  words', isLegacy: true }]);
    expect(at(model, 3).pairs.map((pair) => [pair.name, pair.value])).toEqual([
      ['X', undefined],
      ['Y', '2'],
    ]);
    expect(at(model, 4).pairs).toMatchObject([{ name: 'a.b', value: 'c', isLegacy: false }]);
  });

  it('gives the trigger of an ONBUILD as an instruction', () => {
    const model = parseDockerfile('FROM a\nONBUILD RUN apt-get update\n');
    const onbuild = at(model, 1);
    expect(onbuild.onbuild).toBe(false);
    expect(onbuild.trigger).toMatchObject({ keyword: 'RUN', onbuild: true });
    expect(onbuild.trigger?.script?.commands[0]?.name).toBe('apt-get');
  });

  it('parses the command of a HEALTHCHECK', () => {
    const model = parseDockerfile('FROM a\nHEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1\n');
    expect(at(model, 1).flags[0]).toMatchObject({ name: 'interval', value: '5s' });
    expect(commands(at(model, 1))).toEqual(['curl -f http://localhost', 'exit 1']);
  });

  it('parses sh -c in exec form, in place', () => {
    const model = parseDockerfile('FROM a\nCMD ["/bin/bash", "-c", "source x && python app.py"]\n');
    const script = at(model, 1).script;
    expect(commands(at(model, 1))).toEqual(['source x', 'python app.py']);
    expect(script?.commands[1] && textOf(model, script.commands[1].span)).toBe('python app.py');
  });

  it('reads flags of every instruction, as BuildKit does', () => {
    const model = parseDockerfile('FROM a\nCMD --flag=x -- ["a", "b"]\n');
    expect(at(model, 1).flags).toMatchObject([{ name: 'flag', value: 'x' }]);
    expect(at(model, 1).form).toBe('exec');
  });

  it('tells unknown and empty instructions', () => {
    const model = parseDockerfile('FROM a\nRNU x\nONBUILD CPOY y /\nUSER\n');
    expect(model.errors.map((error) => [error.kind, error.name])).toEqual([
      ['unknown-instruction', 'RNU'],
      ['unknown-instruction', 'CPOY'],
      ['missing-argument', 'USER'],
    ]);
  });
});

describe('heredocs', () => {
  it('parses a RUN heredoc as a script with exact spans', () => {
    const model = parseDockerfile(
      'FROM a\nRUN <<EOF\napt-get update\n# a comment\napt-get install -y curl\nEOF\nUSER x\n',
    );
    const run = at(model, 1);
    expect(run.form).toBe('heredoc');
    expect(commands(run)).toEqual(['apt-get update', 'apt-get install -y curl']);
    expect(run.script?.commands.map((command) => textOf(model, command.span))).toEqual([
      'apt-get update',
      'apt-get install -y curl',
    ]);
    expect(textOf(model, run.span).endsWith('EOF')).toBe(true);
  });

  it('drops leading tabs of <<-', () => {
    const model = parseDockerfile('FROM a\nRUN <<-EOF\n\tapt-get update\n\tEOF\nUSER x\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
    expect(commands(at(model, 1))).toEqual(['apt-get update']);
  });

  it('leaves a script for another interpreter alone', () => {
    const model = parseDockerfile('FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF\n');
    expect(at(model, 1).script).toBeUndefined();
  });

  it('gives a command its heredoc as input', () => {
    const model = parseDockerfile('FROM a\nRUN cat <<EOF > /x && chmod +x /x\nrm -rf /\nEOF\nUSER x\n');
    const run = at(model, 1);
    expect(run.form).toBe('shell');
    expect(commands(run)).toEqual(['cat', 'chmod +x /x']);
  });

  it('reads several heredocs of a COPY', () => {
    const model = parseDockerfile('FROM a\nCOPY <<a <<b /dest/\nx\na\ny\nb\nUSER x\n');
    expect(keywords(model)).toEqual(['FROM', 'COPY', 'USER']);
    expect(at(model, 1).heredocs.map((heredoc) => textOf(model, heredoc.content))).toEqual(['x\n', 'y\n']);
  });
});

describe('stages', () => {
  it('knows parents and users', () => {
    const model = parseDockerfile(
      'FROM a AS Build\nFROM b AS other\nRUN --mount=from=build,target=/x y\nFROM build\nCOPY --from=1 /a /b\nCOPY --from=nginx:1 /c /d\n',
    );
    const [build, other, final] = model.stages;
    expect(build?.name).toBe('build');
    expect(final?.base).toMatchObject({ kind: 'stage', stage: { index: 0 } });
    expect(build?.usedBy.map((user) => user.keyword)).toEqual(['FROM', 'RUN'].reverse());
    expect(other?.usedBy.map((user) => user.keyword)).toEqual(['COPY']);
    expect(model.stages.map((stage) => stage.isFinal)).toEqual([false, false, true]);
  });

  it.each([
    ['FROM a\nSHELL ["/bin/bash","-o","pipefail","-c"]\nRUN x', 'bash'],
    ['FROM a\nRUN x', 'sh'],
    ['FROM a\nSHELL ["powershell","-Command"]\nRUN x', 'powershell'],
    ['# escape=`\nFROM a\nRUN x', 'cmd'],
    ['FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN x', 'cmd'],
    ['FROM mcr.microsoft.com/dotnet/sdk:8.0-nanoserver-ltsc2022\nRUN x', 'cmd'],
    ['FROM microsoft/aspnet:4.7.2\nRUN x', 'cmd'],
    ['FROM microsoft/aspnet:1.0.0-beta8\nRUN x', 'sh'],
    ['FROM microsoft/aspnetcore:2.0\nRUN x', 'sh'],
    ['FROM a AS b\nSHELL ["/bin/bash","-c"]\nFROM b\nRUN x', 'bash'],
  ])('%j runs in %s', (text, shell) => {
    const last = parseDockerfile(text).instructions.at(-1);
    expect(last?.shell).toBe(shell);
    expect(last?.script !== undefined).toBe(shell === 'sh' || shell === 'bash');
  });
});

describe('odd input', () => {
  it.each([
    ['an empty file', ''],
    ['only comments', '# a\n# b'],
    ['only blanks', ' \n\t\n'],
    ['only a byte-order mark', '\ufeff'],
    ['a lone continuation', 'FROM a\nRUN \\'],
    ['a lone opener', 'FROM a\nRUN <<'],
    ['a lone bracket', 'FROM a\nCMD ['],
    ['NUL characters', 'FROM a\nRUN \0\0'],
  ])('%s gives a model', (_, text) => {
    const model = parseDockerfile(text);
    expect(model.text).toBe(text);
    for (const instruction of model.instructions) {
      expect(instruction.span.end).toBeLessThanOrEqual(text.length);
      expect(() => [instruction.args, instruction.pairs, instruction.form, instruction.script]).not.toThrow();
    }
  });

  it('reads Windows line ends, a byte-order mark and tabs', () => {
    const model = parseDockerfile('\ufeffFROM\ta\r\nRUN\tone \\\r\n\t&& two\r\nUSER app\r\n');
    expect(keywords(model)).toEqual(['FROM', 'RUN', 'USER']);
    expect(commands(at(model, 1))).toEqual(['one', 'two']);
    expect(at(model, 2).args[0]).toMatchObject({ value: 'app' });
    expect(textOf(model, at(model, 2).span)).toBe('USER app');
  });
});
