import type { Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';

export default defineRule({
  meta: {
    id: 'go-static-binary',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    messages: {
      linked: 'The program may need a libc that `{image}` does not have',
      disable: 'Build with `CGO_ENABLED=0`',
    },
    docs: {
      description: 'Build a static program for an image without libc',
      rationale:
        'cgo is enabled if a C compiler is found. With cgo, the program loads the libc of the build image. In an image without libc it fails to start: `no such file or directory`.',
      fixSafety: { unsafe: 'packages that need cgo, such as a SQLite driver, then fail to build.' },
      bad: ['FROM golang:1.22 AS build\nRUN go build -o /app\nFROM scratch\nCOPY --from=build /app /app\n'],
      good: [
        'FROM golang:1.22 AS build\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\n',
      ],
      references: ['https://pkg.go.dev/cmd/cgo'],
    },
  },
  visits: { tools: ['go'] },
  create: ({ dockerfile: { stages, text }, report }) => ({
    command(command, on) {
      if (command.words[1]?.value !== 'build' || !on.stage) return;
      // A file that names cgo or links statically has made its choice. Alpine's Go image has no C compiler, and the
      // race detector needs cgo.
      if (/CGO_ENABLED|-static|netgo|osusergo|musl|-race\b/.test(text) || !isOfficialGo(on.stage)) return;
      const target = stages.find((stage) => stage.isFinal && hasNoLibc(stage));
      if (!target || !on.stage.usedBy.some((node) => node.stage === target)) return;
      const at = command.span.start;
      report({ start: at, end: command.words[1].span.end }, 'linked', {
        data: { image: target.base.kind === 'image' ? target.base.image.repository : 'scratch' },
        fix: {
          title: 'disable',
          safety: 'unsafe',
          edits: [{ span: { start: at, end: at }, newText: 'CGO_ENABLED=0 ' }],
        },
      });
    },
  }),
});

function isOfficialGo({ base }: Stage): boolean {
  if (base.kind === 'stage') return isOfficialGo(base.stage);
  return base.kind === 'image' && base.image.name === 'golang' && !/alpine/.test(base.image.tag ?? '');
}

function hasNoLibc({ base }: Stage): boolean {
  return base.kind === 'scratch' || (base.kind === 'image' && /distroless\/static/.test(base.image.repository));
}
