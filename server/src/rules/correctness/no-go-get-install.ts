import { startCommand } from '../../app/start/startWords';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { baseName } from '../../text/paths';

export default defineRule({
  meta: {
    id: 'no-go-get-install',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      get: '`go get` does not install `{program}`: since Go 1.18 it only changes go.mod',
      install: 'Write `go install {module}@latest`, or name a version',
    },
    docs: {
      description: 'Install Go programs with `go install`',
      rationale:
        'Until Go 1.17, `go get` also built and installed the program that it was given. Since Go 1.18 it only adds a requirement to go.mod, and stops where there is none. The program that a later step or the container starts is then missing.\n\nOnly reported for a program that the Dockerfile calls, and where the base image shows the version of Go.',
      fixSafety: { unsafe: 'go.mod no longer names the program, and its newest version is installed.' },
      bad: ['FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go get -u github.com/air-verse/air\nCMD ["air"]\n'],
      good: [
        'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN go install github.com/air-verse/air@v1.63.0\nCMD ["air"]\n',
      ],
      references: ['https://go.dev/doc/go-get-install-deprecation'],
    },
  },
  create: ({ report }) => ({
    stage(stage) {
      if (!installsNothing(stage)) return;
      const commands = inheritedInstructions(stage).flatMap(({ keyword, script }) =>
        keyword === 'RUN' ? (script?.commands ?? []) : [],
      );
      const called = new Set([startCommand(stage)?.[0]?.value, ...commands.map(({ name }) => name)]);
      for (const command of commands) {
        const [, verb, ...rest] = command.words;
        if (command.name !== 'go' || verb?.value !== 'get' || command.isConditional) continue;
        const [module, another] = rest.filter(({ value }) => !value.startsWith('-'));
        const path = module?.value.split('@')[0] ?? '';
        if (!module?.isStatic || another || !/^[\w.-]+\.\w+\/[\w./-]+$/.test(path)) continue;
        const program = baseName(path.replace(/\/v\d+$/, ''));
        if (!called.has(program)) continue;
        const target = module.value.includes('@') ? module.value : `${path}@latest`;
        report(command.span, 'get', {
          data: { program },
          fix: {
            title: 'install',
            data: { module: path },
            safety: 'unsafe',
            edits: [{ span: { start: verb.span.start, end: module.span.end }, newText: `install ${target}` }],
          },
        });
      }
    },
  }),
});

/** Go 1.18 and later, or a tag that stands for the newest version. */
function installsNothing(stage: Stage): boolean {
  const image = baseImage(stage);
  const { tag = 'latest' } = image ?? {};
  const minor = /^1\.(\d+)/.exec(tag)?.[1];
  return (
    image?.name === 'golang' && (minor === undefined ? /^(?:latest|1|alpine|[a-z]+)$/.test(tag) : Number(minor) >= 18)
  );
}
