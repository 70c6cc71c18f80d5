import { describe, expect, it } from 'vitest';
import { differenceOf } from './buildTrace';

/** What safe fixes may do, and what they may not: the checker itself is checked. */
describe('buildTrace', () => {
  it.each([
    ['casing', 'from a as B\nrun x\n', 'FROM a AS b\nRUN x\n'],
    ['stage names', 'FROM a AS B\nFROM B\nCOPY --from=B /x /y', 'FROM a AS b\nFROM b\nCOPY --from=0 /x /y'],
    ['line ends, comments and blank lines', 'FROM a\r\nRUN x \\\r\n\r\n  # c\r\n  && y\r\n', 'FROM a\nRUN x && y\n'],
    ['caches kept or not', 'FROM a\nRUN pip install x', 'FROM a\nRUN pip install --no-cache-dir x'],
    [
      'clean-up at the end',
      'FROM a\nRUN apt-get install x',
      'FROM a\nRUN apt-get install -y x && rm -rf /var/lib/apt/lists/*',
    ],
    ['layers', 'FROM a\nRUN apt-get update\nRUN apt-get install x', 'FROM a\nRUN apt-get update && apt-get install x'],
    ['the order of packages', 'FROM a\nRUN apk add b a b', 'FROM a\nRUN apk add a b'],
    ['sudo as root', 'FROM a\nUSER root\nRUN sudo x', 'FROM a\nUSER root\nRUN x'],
    ['ENV without =', 'FROM a\nENV A b c', 'FROM a\nENV A="b c"'],
    ['MAINTAINER', 'FROM a\nMAINTAINER x <y@z>', 'FROM a\nLABEL org.opencontainers.image.authors="x <y@z>"'],
    ['a CMD that never counts', 'FROM a\nCMD ["a"]\nCMD b c', 'FROM a\nCMD ["b", "c"]'],
    ['ADD of a plain file', 'FROM a\nADD x /y', 'FROM a\nCOPY x /y'],
    ['a slash behind a folder', 'FROM a\nCOPY x y z', 'FROM a\nCOPY x y z/'],
    [
      'an index that is fetched',
      'FROM a\nRUN apk update && apk add x\nRUN apk add y',
      'FROM a\nRUN apk add --no-cache x\nRUN apk add --no-cache y',
    ],
    [
      'lists that are fetched again',
      'FROM a\nRUN apt-get update && apt-get install x\nRUN apt-get install y',
      'FROM a\nRUN apt-get update && apt-get install x && rm -rf /var/lib/apt/lists/*\nRUN apt-get update && apt-get install y && rm -rf /var/lib/apt/lists/*',
    ],
    ['a tool by its path', 'FROM a\nRUN x', 'FROM a\nRUN x && /opt/conda/bin/conda clean -afy'],
    [
      'a command inside another',
      'FROM a\nRUN xargs pip install < x && bash -c "pip install y"',
      'FROM a\nRUN xargs pip install --no-cache-dir < x && bash -c "pip install --no-cache-dir y"',
    ],
    ['exec', 'FROM a\nCMD exec x --y', 'FROM a\nCMD ["x", "--y"]'],
    [
      'sudo of a user',
      'FROM a\nUSER b\nRUN sudo apt-get update && sudo apt install x\nRUN sudo apt-get install y',
      'FROM a\nUSER b\nRUN sudo apt-get update && sudo apt-get install -y x && sudo rm -rf /var/lib/apt/lists/*\nRUN sudo apt-get update && sudo apt-get install y',
    ],
    [
      'lines of a heredoc below one that only fetches an index',
      'FROM a\nRUN <<E\napk update\napk add git\nE',
      'FROM a\nRUN <<E\napk add --no-cache git\nE',
    ],
    [
      'a command inside a word of a variable',
      'FROM a\nRUN A="$(gpg --verify x | sed "s#a b#c#")" && x',
      'FROM a\nRUN A="$(gpg --batch --verify x | sed "s#a b#c#")" && x',
    ],
    ['a comment behind an ARG', 'FROM a\nARG B=1 # of c\nRUN x', 'FROM a\n# of c\nARG B=1\nRUN x'],
    ['sudo with options as root', 'FROM a\nUSER root\nRUN sudo -EH x', 'FROM a\nUSER root\nRUN x'],
    [
      'variables before a command',
      'FROM a\nRUN A=1 apt install y x && A=1 B=2 pip install z',
      'FROM a\nRUN A=1 apt-get install -y x y && A=1 B=2 pip install --no-cache-dir z',
    ],
    [
      'variables by env',
      'FROM a\nRUN env -u B A=1 apt-get update && env A=1 apt-get install y',
      'FROM a\nRUN env -u B A=1 apt-get update && env A=1 apt-get install -y y && rm -rf /var/lib/apt/lists/*',
    ],
    [
      'sudo and variables',
      'FROM a\nUSER b\nRUN sudo A=1 apt-get install x && A=1 sudo -E apk add y',
      'FROM a\nUSER b\nRUN sudo A=1 apt-get install -y x && A=1 sudo -E apk add --no-cache y',
    ],
    [
      'a heredoc for a shell that #! names',
      'FROM a\nRUN <<E\n#!/usr/bin/env bash\napt-get install x\nE',
      'FROM a\nRUN <<E\n#!/usr/bin/env bash\napt-get install -y x\nE',
    ],
    [
      'a heredoc that a shell reads',
      'FROM a\nRUN bash <<E\npip install x\nE',
      'FROM a\nRUN bash <<E\npip install --no-cache-dir x\nE',
    ],
    [
      'a heredoc that a command reads',
      'FROM a\nRUN pip install -r /dev/stdin <<E\nx\nE',
      'FROM a\nRUN pip install --no-cache-dir -r /dev/stdin <<E\nx\nE',
    ],
    ['protocols', 'FROM a\nEXPOSE 80/TCP 127.0.0.1:81:82', 'FROM a\nEXPOSE 80 82/tcp'],
  ])('is the same for %s', (_, before, after) => {
    expect(differenceOf(before, after)).toBeUndefined();
  });

  it.each([
    ['another base', 'FROM a:1', 'FROM a:2'],
    ['another user', 'FROM a\nUSER b\nRUN x', 'FROM a\nRUN x\nUSER b'],
    ['sudo as somebody else', 'FROM a\nUSER b\nRUN sudo x', 'FROM a\nUSER b\nRUN x'],
    ['another folder', 'FROM a\nWORKDIR /b\nRUN x', 'FROM a\nRUN x\nWORKDIR /b'],
    ['a lost command', 'FROM a\nRUN x && y', 'FROM a\nRUN x'],
    ['commands in another order', 'FROM a\nRUN x && y', 'FROM a\nRUN y && x'],
    ['another operator', 'FROM a\nRUN x && y', 'FROM a\nRUN x || y'],
    ['state of the shell carried over', 'FROM a\nRUN cd x\nRUN y', 'FROM a\nRUN cd x && y'],
    ['a variable that expands', "FROM a\nRUN echo '$A'", 'FROM a\nRUN echo "$A"'],
    ['one word for two', 'FROM a\nRUN echo "a  b"', 'FROM a\nRUN echo a b'],
    ['other packages', 'FROM a\nRUN apt-get install x', 'FROM a\nRUN apt-get install --no-install-recommends x'],
    ['a lost file', 'FROM a\nRUN rm -rf /opt/x', 'FROM a'],
    ['an archive that is unpacked', 'FROM a\nADD x.tar.gz /y', 'FROM a\nCOPY x.tar.gz /y'],
    ['a download', 'FROM a\nADD http://x/y /y', 'FROM a\nCOPY http://x/y /y'],
    ['a shell that starts the program', 'FROM a\nCMD x $Y', 'FROM a\nCMD ["x", "$Y"]'],
    ['values', 'FROM a\nENV A "b"', "FROM a\nENV A='$b'"],
    ['environment behind its use', 'FROM a\nENV A=1\nRUN x', 'FROM a\nRUN x\nENV A=1'],
    ['an index that is not there', 'FROM a\nRUN apk update && apk add x', 'FROM a\nRUN apk add x'],
    [
      'lists that are not there',
      'FROM a\nRUN apt-get update && apt-get install x\nRUN apt-get install y',
      'FROM a\nRUN apt-get update && apt-get install x && rm -rf /var/lib/apt/lists/*\nRUN apt-get install y',
    ],
    [
      'lists of other sources',
      'FROM a\nRUN apt-get update && apt-get install x\nRUN echo deb > /etc/apt/sources.list.d/b.list\nRUN apt-get install y',
      'FROM a\nRUN apt-get update && apt-get install x\nRUN echo deb > /etc/apt/sources.list.d/b.list\nRUN apt-get update && apt-get install y',
    ],
    ['lines of a heredoc', 'FROM a\nRUN <<E\nx\ny\nE', 'FROM a\nRUN <<E\nx\nE'],
    ['another interpreter', 'FROM a\nRUN <<E\n#!/bin/bash\nx\nE', 'FROM a\nRUN <<E\n#!/bin/sh\nx\nE'],
    ['an interpreter that is lost', 'FROM a\nRUN <<E\n#!/bin/sh -e\nx\nE', 'FROM a\nRUN <<E\nx\nE'],
    ['lines behind #!', 'FROM a\nRUN <<E\n#!/bin/sh\nx\ny\nE', 'FROM a\nRUN <<E\n#!/bin/sh\nx\nE'],
    [
      'a program of another language',
      'FROM a\nRUN <<E\n#!/usr/bin/env python3\nx = 1 # y\nE',
      'FROM a\nRUN <<E\n#!/usr/bin/env python3\nx = 1\nE',
    ],
    ['what a program reads', 'FROM a\nRUN python3 <<E\nif x:\n  y\nE', 'FROM a\nRUN python3 <<E\nif x:\n y\nE'],
    ['blanks in a file that is written', 'FROM a\nRUN cat <<E > /x\na  b\nE', 'FROM a\nRUN cat <<E > /x\na b\nE'],
    [
      'sudo of a user that is lost',
      'FROM a\nUSER b\nRUN sudo apt-get install x',
      'FROM a\nUSER b\nRUN apt-get install x',
    ],
    ['sudo as somebody who is named', 'FROM a\nUSER root\nRUN sudo -u b x', 'FROM a\nUSER root\nRUN x'],
    ['a variable that is lost', 'FROM a\nRUN A=1 apt-get install x', 'FROM a\nRUN apt-get install x'],
    ['another variable', 'FROM a\nRUN env A=1 pip install x', 'FROM a\nRUN env A=2 pip install x'],
    ['variables for what comes below', 'FROM a\nRUN A=1; x', 'FROM a\nRUN A=1 x'],
    [
      'lists that are not there for sudo',
      'FROM a\nUSER b\nRUN sudo apt-get update && sudo apt-get install x\nRUN sudo apt-get install y',
      'FROM a\nUSER b\nRUN sudo apt-get update && sudo apt-get install x && sudo rm -rf /var/lib/apt/lists/*\nRUN sudo apt-get install y',
    ],
    ['mounts', 'FROM a\nRUN --mount=type=cache,target=/x y', 'FROM a\nRUN y'],
    ['triggers', 'FROM a\nONBUILD RUN x', 'FROM a\nONBUILD RUN y'],
  ])('is another for %s', (_, before, after) => {
    expect(differenceOf(before, after)).toBeDefined();
  });
});
