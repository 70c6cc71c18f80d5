import { startInstructions, startsScript } from '../../app/start/startInstructions';
import { startsInteractiveShell } from '../../commands/interactiveShell';
import { runsWithSdkTool, startsSdkTool } from '../../commands/sdkStart';
import { needsJdk } from '../../commands/slimCommands';
import { contentStages } from '../../dockerfile/finalStages';
import { imageName } from '../../dockerfile/imageName';
import { finalStage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { type Phrase, phrase } from '../../l10n/phrase';

export default defineRule({
  meta: {
    id: 'no-sdk-in-final',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: ['tally:gpu/prefer-runtime-final-stage'],
    fixable: 'manual',
    messages: {
      sdk: '`{image}` is an SDK image: it is meant for building, not for running',
      stage: 'Build with it in a separate stage, and copy the result into {runtime}',
    },
    docs: {
      description: 'Use a runtime image for the final stage, not an SDK image',
      rationale:
        'Compilers, sources and package managers make up most of an SDK image. The built program runs without them: build it in a separate stage, and copy only the result.',
      fixSafety: {
        manual: 'only the author knows which files to copy.',
        notes: 'Optimize Dockerfile makes the change when it is certain.',
      },
      bad: ['FROM golang:1.22\nCOPY . /src\nRUN go build -C /src -o /app\nCMD ["/app"]\n'],
      good: [
        'FROM golang:1.22 AS build\nCOPY . /src\nRUN go build -C /src -o /app\nFROM gcr.io/distroless/base-debian12\nCOPY --from=build /app /app\nCMD ["/app"]\n',
      ],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  create: ({ knowledge, settings: { targetStage }, report }) => ({
    file(dockerfile) {
      const stages = contentStages(dockerfile);
      const [first] = stages;
      const last = stages.at(-1);
      if (targetStage !== undefined || first?.base.kind !== 'image' || !last || FOR_DEVELOPERS.test(last.name ?? ''))
        return;
      const { image } = first.base;
      const name = image.name.replace(/^[^/.]{0,99}\.[^/]{0,199}\//, '');
      const runtime = RUNTIMES.find(([pattern]) => pattern.test(`${name}:${image.tag ?? ''}`))?.[1];
      const final = finalStage(dockerfile);
      // Only images that both build and start something: a development image does neither.
      const isBuilt = stages.some(({ instructions }) => instructions.some(({ keyword }) => keyword === 'RUN'));
      const isStarted = final !== undefined && startInstructions(final).length > 0;
      const facts = knowledge.image(image);
      if (runtime === undefined || !isStarted || startsSdkTool(last) || startsInteractiveShell(last)) return;
      if (!isBuilt && facts?.variant !== 'sdk') return;
      // prefer-slim-base names the variant that is enough.
      if (facts?.smaller && !needsJdk(stages)) return;
      report(image.span, 'sdk', {
        // The SDK is in use, though the program could be built in advance; a script may use it; or the image is not known.
        ...(facts === undefined || runsWithSdkTool(last) || startsScript(last) ? { severity: 'info' as const } : {}),
        data: { image: imageName(image) },
        fix: { title: 'stage', data: { runtime }, safety: 'manual' },
      });
    },
  }),
});

const FOR_DEVELOPERS = /dev|build|test|ci/;

const RUNTIMES: readonly (readonly [pattern: RegExp, runtime: Phrase])[] = [
  [/^golang:/, phrase('a distroless image or `scratch`')],
  [/^rust:/, phrase('a slim image')],
  [/^(?:maven|gradle|(?:sbtscala|hseeberger)\/.*):/, phrase('an image with a JRE')],
  [
    // Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
    /^(?:eclipse-temurin|amazoncorretto|ibm-semeru-runtimes|sapmachine|bellsoft\/[\w-]*jdk[\w-]*):.*jdk/,
    phrase('the JRE of the same version'),
  ],
  [/^dotnet\/sdk:|^dotnet\/core\/sdk:/, phrase('`dotnet/aspnet` or `dotnet/runtime`')],
  [/^(?:gcc|silkeh\/clang|haskell|swift):(?!.*slim)/, phrase('a slim image')],
  [/^nvidia\/cuda:.*devel/, phrase('the `runtime` variant of the same image')],
];
