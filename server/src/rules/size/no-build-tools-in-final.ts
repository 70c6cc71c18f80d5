import { packageCommand } from '../../commands/packageCommand';
import { SYSTEM_MANAGERS } from '../../commands/systemPackages';
import { isInFinalImage } from '../../dockerfile/finalStages';
import { finalStage, inheritedInstructions } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { anyOf } from '../../text/pattern';

export default defineRule({
  meta: {
    id: 'no-build-tools-in-final',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: ['DF011', 'tally:prefer-multi-stage-build'],
    fixable: 'manual',
    messages: {
      tools: 'Build tools stay in the image: {names}',
      stages: 'Build in a separate stage, and copy the result into this one',
    },
    docs: {
      description: 'Keep compilers out of the image',
      rationale:
        'A compiler and its headers add several hundred megabytes and vulnerabilities to track, and help anyone who breaks into the container. The compiled program does not need them.',
      fixSafety: { manual: 'only the author knows which files the program needs at run time.' },
      bad: [
        'FROM debian:12\nRUN apt-get update && apt-get install -y gcc make\nCOPY . /src\nRUN make -C /src install\nCMD ["app"]\n',
      ],
      good: [
        'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc make\nCOPY . /src\nRUN make -C /src\nFROM debian:12\nCOPY --from=build /src/app /usr/bin/app\n',
      ],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  visits: { tools: SYSTEM_MANAGERS },
  create: ({ dockerfile, report }) => ({
    command(command, on) {
      const call = packageCommand(command, SYSTEM_MANAGERS);
      if (!call?.subcommand || !/^(?:install|add|in|groupinstall)$/.test(call.subcommand.value)) return;
      const final = finalStage(dockerfile);
      if (!final || !isInFinalImage(dockerfile, on) || call.has('-t', '--virtual')) return;
      if (/dev|build|ci|test|toolchain/.test(final.name ?? '')) return;
      // An image that starts nothing is a base for builds.
      if (!inheritedInstructions(final).some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) return;
      const tools = call.operands.filter(({ value }) => BUILD_TOOLS.test(value));
      const [first] = tools;
      // Removed again later, by name or with autoremove.
      if (!first || /\b(?:purge|autoremove|remove|erase|apk\s+del)\b/.test(dockerfile.text.slice(command.span.end)))
        return;
      report(first.span, 'tools', {
        data: { names: tools.map(({ value }) => value).join(', ') },
        fix: { title: 'stages', safety: 'manual' },
      });
    },
  }),
});

/** Without interpreters, and without make and git on their own, which people also use at run time. */
const BUILD_TOOLS = anyOf(
  /^(?:build-essential|build-base|gcc(?:-\d+)?|g\+\+(?:-\d+)?|gcc-c\+\+|clang(?:-\d+)?|cmake|golang(?:-go)?)$/,
  /^(?:rustc|cargo|maven|gradle|default-jdk(?:-headless)?|openjdk-\d+-jdk(?:-headless)?)$/,
  /^(?:java-[\d.]+-openjdk-devel|Development Tools|@development-tools)$/,
);
