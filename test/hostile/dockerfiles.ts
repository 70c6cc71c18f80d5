const FROM = 'FROM debian:12\n';

/** Numbered lines or words. */
const many = (count: number, textOf: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => textOf(i)).join('');

/** A script in which something is opened many times, and closed as often or never. */
const nested = (open: string, inner: string, close: string, depth: number) =>
  `${FROM}RUN ${open.repeat(depth)}${inner}${close.repeat(depth)}\n`;

/** Dockerfiles that no person writes: each is as large as is looked at, and aims at something that grows faster than its text. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'one long word': `${FROM}RUN echo ${'a'.repeat(60_000)}`,
  'one long line of words': `${FROM}RUN echo ${'a '.repeat(30_000)}`,
  'many packages': `${FROM}RUN apt-get install -y ${many(8_000, (i) => `pkg${i % 100} `)}`,
  'many packages of pip': `${FROM}RUN pip install ${many(6_000, (i) => `a${i}==1 `)}`,
  'blanks between words': `${FROM}RUN a${' '.repeat(60_000)}b`,
  'blanks on every line': `${FROM}RUN a \\\n${`${' '.repeat(60_000)}\\\n`.repeat(15)}b`,
  'many empty continuations': `${FROM}RUN a \\\n${' \\\n'.repeat(9_000)}b`,
  'empty lines in a continuation': `${FROM}RUN a \\\n${'\n'.repeat(9_000)}b`,
  'a long comment': `# ${'x '.repeat(30_000)}\n${FROM}`,
  'many comments': `${FROM}${'# hadolint ignore=DL3008\n# dockerfile-optimizer-ignore apk-no-cache\nRUN a\n'.repeat(300)}`,
  'a long list of ignored rules': `${FROM}# hadolint ignore=${'DL3008,'.repeat(9_000)}DL1\nRUN a`,
  'many directives': `${'# a=b\n'.repeat(9_000)}${FROM}`,
  'many empty lines': `${FROM}${'\n'.repeat(9_000)}RUN a`,
  'many carriage returns': `${FROM}${'\r'.repeat(60_000)}`,
  'many small RUNs': `${FROM}${'RUN a\n'.repeat(900)}`,
  'many installs': `${FROM}${'RUN apt-get update && apt-get install -y curl\n'.repeat(900)}`,
  'many COPYs': `${FROM}${many(900, (i) => `COPY a${i} /x\n`)}`,
  'many users': `${FROM}${'USER a\nRUN b\nUSER root\n'.repeat(300)}`,
  'many folders': `${FROM}${'WORKDIR a\n'.repeat(900)}`,
  'many stages': many(240, (i) => `FROM ${i ? `s${i - 1}` : 'debian:12'} AS s${i}\nRUN a\n`),
  'many stages that copy': many(240, (i) => `FROM debian AS s${i}\nCOPY --from=s${Math.max(0, i - 1)} /a /b\n`),
  'many heredocs': `${FROM}${'RUN <<EOF\necho a\nEOF\n'.repeat(300)}`,
  'many heredocs of one instruction': `${FROM}RUN ${'<<A '.repeat(2_000)}\n${'A\n'.repeat(2_000)}`,
  'many open heredocs': `${FROM}${'RUN <<EOF\necho a\n'.repeat(900)}`,
  'a chain of ARGs': `${many(900, (i) => `ARG A${i + 1}=$A${i}\n`)}FROM $A900\nRUN a\n`,
  'a chain of ENVs': `${FROM}${many(900, (i) => `ENV A${i + 1}=$A${i}\n`)}RUN echo $A900\nWORKDIR $A900\n`,
  'ENVs of themselves': `${FROM}${'ENV A=$A$A\n'.repeat(900)}WORKDIR $A\n`,
  'ENVs that double': `${FROM}ENV B=xx\n${'ENV B=$B$B\nENV A=$B$B\n'.repeat(40)}RUN echo $A\nCOPY $A /x\n`,
  'many ENVs at once': `${FROM}ENV ${many(6_000, (i) => `A${i}=b `)}`,
  'many labels': `${FROM}LABEL ${many(6_000, (i) => `a${i}=b `)}`,
  'many ports': `${FROM}EXPOSE ${'80 '.repeat(20_000)}`,
  'many sources': `${FROM}COPY ${many(10_000, (i) => `a${i} `)} /x`,
  'many flags': `${FROM}RUN ${'--mount=type=cache,target=/a '.repeat(2_000)}a`,
  'a long mount': `${FROM}RUN --mount=${'a=b,'.repeat(15_000)} a`,
  'many flags of HEALTHCHECK': `${FROM}HEALTHCHECK ${'--interval=5s '.repeat(900)}CMD a`,
  'ONBUILD of ONBUILD': `${FROM}${'ONBUILD '.repeat(8_000)}RUN a`,
  'many ONBUILDs': `${FROM}${'ONBUILD RUN a\n'.repeat(900)}`,
  'a long JSON array': `${FROM}CMD [${'"a",'.repeat(15_000)}"b"]`,
  'deep JSON': `${FROM}CMD ${'['.repeat(60_000)}`,
  'many quotes': `${FROM}LABEL a=${'"'.repeat(60_001)}`,
  'many escapes': `${FROM}LABEL a="${'\\'.repeat(60_001)}`,
  'a long image name': `FROM ${'a/'.repeat(30_000)}b:c\nRUN a`,
  'an image name of colons': `FROM ${'a:'.repeat(30_000)}b\nRUN a`,
  'an image name of at signs': `FROM a${'@'.repeat(60_000)}b\nRUN a`,
  'an address of colons': `${FROM}RUN curl http://${'a:'.repeat(30_000)}@b`,
  'paths that climb': `${FROM}COPY ${'../'.repeat(20_000)} /x\nWORKDIR ${'../'.repeat(20_000)}`,
  'commands in a row': `${FROM}RUN a${' && a'.repeat(10_000)}`,
  'commands on lines': `${FROM}RUN a${' \\\n && a'.repeat(5_000)}`,
  'a long pipe': `${FROM}RUN a${' | a'.repeat(10_000)}`,
  'a long walk': `${FROM}RUN a${' ; cd /x'.repeat(7_000)}`,
  'many branches': `${FROM}RUN case a in ${'a) b;; '.repeat(8_000)} esac`,
  'many redirections': `${FROM}RUN a${' > b'.repeat(10_000)}`,
  'nested substitutions': nested('$(', 'a', ')', 10_000),
  'open substitutions': nested('$(', '', '', 30_000),
  'nested braces': nested('{ ', 'a;', ' }', 10_000),
  'nested ifs': nested('if a; then ', 'b; ', 'fi; ', 4_000),
  'nested loops': nested('for i in a; do ', 'b; ', 'done; ', 2_800),
  'nested subshells': nested('(', 'a', ')', 30_000),
  'nested quotes': nested('sh -c "', 'a', '"', 6_000),
  'nested wrappers': nested('sudo ', 'a', '', 12_000),
  'nested arithmetic': nested('$((', '1', '))', 10_000),
  'nested parameters': nested('echo ${a:-', '', '}', 5_000),
  'many backticks': nested('`', '', '', 50_001),
  'nested parameters of ENV': `${FROM}ENV A=${'${a:-'.repeat(10_000)}${'}'.repeat(10_000)}\nWORKDIR $A\nRUN x`,
  'a catastrophic prefix': `${FROM}ENV A=${'a'.repeat(8_000)}\nENV B=\${A#${'*a'.repeat(200)}b}\nWORKDIR $B\nCOPY $B /x\nRUN a`,
  'a catastrophic replacement': `${FROM}ENV A=${'a'.repeat(8_000)}\nENV B=\${A/${'*a'.repeat(200)}b/x}\nWORKDIR $B\nCOPY $B /x\nRUN a`,
  'names of prototypes': `# __proto__=a
ARG __proto__=1
ARG constructor
FROM debian AS __proto__
ENV __proto__=a toString=b constructor=$toString
LABEL __proto__=a constructor=b
RUN --mount=__proto__=a,type=constructor --toString=a __proto__ constructor
RUN constructor install a
RUN apt-get __proto__ toString hasOwnProperty --constructor
FROM constructor
COPY --from=__proto__ --toString=a a b
FROM toString:valueOf
CONSTRUCTOR a
__proto__ a
RUN npm __proto__ && pip constructor && toString --__proto__ && apk valueOf hasOwnProperty
SHELL ["constructor"]
RUN a
STOPSIGNAL toString
USER constructor:__proto__
RUN tar --constructor toString
`,
};
