import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../server/src/engine/createEngine';
import type { ShellCheck, ShellCheckComment, ShellCheckRequest } from '../../../server/src/engine/shellCheck';
import { runShellCheck, runShellCheckSync } from '../../../server/src/host/shellCheck.node';
import rule from '../../../server/src/rules/correctness/shellcheck';
import { testRule } from '../../helpers/ruleTester';
import { testKnowledge as knowledge } from '../../helpers/testKnowledge';

/** Says of each `$x` that it splits, as ShellCheck would, and puts quotes around it. */
const splits: ShellCheck = {
  commentsOn: ({ text }) =>
    text.split('\n').flatMap((content, index) =>
      [...content.matchAll(/(?<!")\$x/g)].map((match): ShellCheckComment => {
        const column = [...content.slice(0, match.index)].length + 1;
        const at = { line: index + 1, endLine: index + 1 };
        const quote = (where: number) => ({ ...at, column: where, endColumn: where, replacement: '"', precedence: 1 });
        return {
          ...at,
          column,
          endColumn: column + 2,
          level: 'info',
          code: 2086,
          message: 'Double quote this.',
          fix: { replacements: [quote(column), quote(column + 2)] },
        };
      }),
    ),
};

testRule(rule, {
  docs: {},
  valid: [
    'FROM a\nRUN echo $x\n',
    { code: 'FROM a\nCMD echo $x\n', shellCheck: splits },
    { code: 'FROM a\nRUN ["echo", "$x"]\n', shellCheck: splits },
    { code: 'FROM a\nSHELL ["powershell", "-c"]\nRUN echo $x\n', shellCheck: splits },
    { code: 'FROM a\n# hadolint shell=powershell\nRUN echo $x\n', shellCheck: splits },
    { code: 'FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nprint("$x")\nEOF\n', shellCheck: splits },
  ],
  invalid: [
    {
      code: 'FROM a\nRUN echo 😀 $x\n',
      shellCheck: splits,
      findings: [
        { messageId: 'found', at: '$x', data: { code: 'SC2086', message: 'Double quote this' }, severity: 'info' },
      ],
      output: 'FROM a\nRUN echo 😀 "$x"\n',
    },
    {
      code: 'FROM a\nARG x\nENV y=1\nRUN a && \\\n  # comment\n  b $x \\\n\n  $x\n',
      shellCheck: splits,
      findings: [
        { messageId: 'found', at: '$x' },
        { messageId: 'found', at: ['$x', 2] },
      ],
      output: 'FROM a\nARG x\nENV y=1\nRUN a && \\\n  # comment\n  b "$x" \\\n\n  "$x"\n',
      escape: false,
    },
    {
      code: 'FROM a\nRUN <<-EOF\n\techo $x\n\tls $x\nEOF\n',
      shellCheck: splits,
      findings: [
        { messageId: 'found', at: '$x' },
        { messageId: 'found', at: ['$x', 2] },
      ],
      output: 'FROM a\nRUN <<-EOF\n\techo "$x"\n\tls "$x"\nEOF\n',
    },
    {
      name: 'a finding across a continuation has no fix',
      code: 'FROM a\nRUN echo $\\\nx\n',
      shellCheck: {
        commentsOn: () => [
          {
            line: 2,
            column: 6,
            endLine: 2,
            endColumn: 8,
            level: 'warning',
            code: 1,
            message: 'x',
            fix: {
              replacements: [{ line: 2, column: 6, endLine: 2, endColumn: 8, replacement: 'y', precedence: 1 }],
            },
          },
        ],
      },
      findings: [{ messageId: 'found', at: '$\\\nx', severity: 'warning' }],
      escape: false,
    },
  ],
});

/** Without the proxies, which are always declared. */
function requests(text: string): ShellCheckRequest[] {
  const asked: ShellCheckRequest[] = [];
  const shellCheck: ShellCheck = { commentsOn: (request) => void asked.push(request) };
  createEngine({ rules: [rule], knowledge }).lint(text, { shellCheck });
  return asked.map((request) => ({ ...request, text: request.text.replace(/^export.*?ALL_PROXY ?/, 'export ') }));
}

describe('what ShellCheck is given', () => {
  it('is the script with what ENV and ARG set before it, in the stage and below', () => {
    expect(
      requests(
        'ARG no\nFROM a AS b\nENV one=1 two=2\nFROM b\nARG three\nONBUILD RUN w\nRUN x \\\n && y\nENV four=4\nRUN z\n',
      ),
    ).toEqual([
      { dialect: 'dash', text: 'export one two\nw' },
      { dialect: 'dash', text: 'export one two three\nx  && y' },
      { dialect: 'dash', text: 'export one two three four\nz' },
    ]);
  });
  it.each([
    ['FROM a\nSHELL ["/bin/bash", "-c"]\nRUN x', 'bash'],
    ['FROM a\nRUN ["bash", "-c", "x"]', 'bash'],
    ['FROM a\nRUN <<E\n#!/bin/bash -e\nx\nE\n', 'bash'],
    ['FROM a\n# hadolint shell=bash\nRUN x', 'bash'],
    ['FROM a\nSHELL ["/bin/bash", "-c"]\nRUN <<E\n#!/bin/sh\nx\nE\n', 'dash'],
    ['FROM a\nRUN x', 'dash'],
  ])('is for the shell that runs it: %j', (text, dialect) => {
    expect(requests(text).map((request) => request.dialect)).toEqual([dialect]);
  });
});

const hasShellCheck = spawnSync('shellcheck', ['--version']).status === 0;

describe.skipIf(!hasShellCheck)('the program shellcheck', () => {
  const program: ShellCheck = {
    commentsOn(request) {
      const answer = runShellCheckSync('shellcheck', request);
      return answer.ok ? answer.comments : undefined;
    },
  };
  const engine = createEngine({ rules: [rule], knowledge });
  function codesAt(text: string) {
    return engine
      .lint(text, { shellCheck: program })
      .findings.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
  }
  it('finds through continuations, comments and variables', () => {
    expect(codesAt('FROM a\nARG v\nRUN cd /x; \\\n  # c\n  echo $FOO $v\n')).toEqual([
      'SC2164 cd /x',
      'SC2086 $FOO',
      'SC2086 $v',
    ]);
  });
  it('knows variables whose value is one word', () => {
    expect(codesAt('FROM a\nARG v=1.2\nENV w="a b"\nRUN echo $v ${v} $w\n')).toEqual(['SC2086 $w']);
  });
  it('finds in heredocs with tabs', () => {
    expect(codesAt('FROM a\nRUN <<-EOF\n\tset -e\n\trm $Y\nEOF\n')).toEqual(['SC2086 $Y']);
  });
  it('knows the shell', () => {
    const run = 'RUN source /x && [[ -n "$A" ]]\n';
    expect(codesAt(`FROM a\n${run}`)).toContain('SC3010 [[ -n "$A" ]]');
    expect(codesAt(`FROM a\nSHELL ["/bin/bash", "-c"]\n${run}`)).toEqual([]);
    expect(codesAt(`FROM rockylinux:9\n${run}`)).toEqual([]);
  });
  it('leaves a script that it cannot read to its message', () => {
    expect(codesAt('FROM a\nRUN if true; then echo x\n').length).toBeGreaterThan(0);
  });
  it('fixes what it has a replacement for', () => {
    const text = 'FROM a\r\nRUN rm $A \\\r\n  `b`\r\n';
    expect(engine.fixAll(text, { upTo: 'unsafe', shellCheck: program }).text).toBe(
      'FROM a\r\nRUN rm "$A" \\\r\n  $(b)\r\n',
    );
    expect(engine.fixAll(text, { upTo: 'safe', shellCheck: program }).text).toBe(text);
  });
  it('answers also when it is not waited for', async () => {
    const answer = await runShellCheck(
      'shellcheck',
      { dialect: 'dash', text: 'echo $A' },
      new AbortController().signal,
    );
    expect(answer).toMatchObject({ ok: true, comments: [{ code: 2086 }] });
  });
});

describe('a program that is not ShellCheck', () => {
  const request: ShellCheckRequest = { dialect: 'dash', text: 'echo' };
  it.each(['/nowhere/shellcheck', 'false', 'true', 'cat'])('%s is a reason, not a crash', async (program) => {
    const answer = await runShellCheck(program, request, new AbortController().signal);
    expect(answer.ok).toBe(false);
    expect(runShellCheckSync(program, request).ok).toBe(false);
  });
  it('is stopped when nobody waits any more', async () => {
    const controller = new AbortController();
    const answer = runShellCheck('sleep', request, controller.signal);
    controller.abort();
    expect((await answer).ok).toBe(false);
  });
});
