import { startsScript } from '../../app/start/startInstructions';
import { runsWithSdkTool, startsSdkTool } from '../../commands/sdkStart';
import { missingInSlim, needsJdk } from '../../commands/slimCommands';
import { contentStages } from '../../dockerfile/finalStages';
import { imageName, repositoryName } from '../../dockerfile/imageName';
import type { DockerfileModel, ImageReference, Stage } from '../../dockerfile/model';
import { defineRule, type FixDraft } from '../../engine/rule';
import { parseTag } from '../../knowledge/imageTag';
import type { ImageFacts, KnowledgeBase, SmallerImage } from '../../knowledge/knowledgeBase';
import { unpackedBytes } from '../../knowledge/unpackedBytes';
import { sizeText } from '../../text/byteText';

type MessageId = 'full' | 'fullWithSizes' | 'use' | 'consider' | 'missing' | 'variable';

export default defineRule<MessageId>({
  meta: {
    id: 'prefer-slim-base',
    group: 'size',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    // A transform checks the files next to the Dockerfile.
    unsafeIn: 'all-without-context',
    phase: 'cleaning',
    messages: {
      full: '{image} contains build tools that {smaller} leaves out',
      fullWithSizes: '{image} is about {size}; {smaller} is about {smallerSize} ({asOf})',
      use: 'Use {smaller}',
      consider: 'Consider {smaller}, and test: the C library or the distribution differs',
      missing: 'Use {smaller}, and install {command} in it',
      variable: 'Use {smaller}: the tag comes from a variable',
    },
    docs: {
      description: 'Base the final image on the smallest variant that runs the program',
      rationale:
        'Full language images contain compilers, headers and version control tools for building. They are several times larger than the slim variant of the same version and distribution, take longer to pull, and contain more packages to patch. Build stages can stay on the full image, because their content is discarded.\n\nSizes are sizes on disk, estimated from the compressed sizes for linux/amd64 in the tables of docker-library/repo-info.',
      fixSafety: {
        unsafe: 'a program may call a command or load a library that only the full image has.',
        notes:
          'The fix keeps the version and the distribution. It is not offered when a later step calls a command that the slim variant lacks.',
      },
      bad: ['FROM python:3.11\nCMD ["python", "app.py"]\n'],
      good: [
        'FROM python:3.11-slim\nCMD ["python", "app.py"]\n',
        'FROM rust:1.80 AS build\nRUN cargo build\nFROM debian:bookworm-slim\nCOPY --from=build /app /app\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image'],
    },
  },
  create: ({ report, knowledge }) => ({
    file(dockerfile) {
      const stages = contentStages(dockerfile);
      const [first] = stages;
      if (first?.base.kind !== 'image') return;
      const { image } = first.base;
      const facts = knowledge.image(image);
      if (!facts || startsSdkTool(stages.at(-1) ?? first) || isInventedTag(image, knowledge)) return;
      const { smaller } = facts;
      // no-sdk-in-final reports an image that is needed for the build alone.
      if (!smaller || needsJdk(stages)) return;
      report(image.span, messageFor(facts, smaller), {
        // Whether a start script needs a compiler is not known. Or the SDK is in use, though the program could be built
        // in advance.
        ...((facts.variant === 'jdk' && startsScript(stages.at(-1) ?? first)) || runsWithSdkTool(stages.at(-1) ?? first)
          ? { severity: 'info' as const }
          : {}),
        data: {
          image: imageName(image),
          smaller: `${repositoryName(image)}:${smaller.tag}`,
          asOf: facts.sizeAsOf ?? '',
          size: facts.sizeBytes === undefined ? '' : sizeText(unpackedBytes(facts.sizeBytes)),
          smallerSize: smaller.sizeBytes === undefined ? '' : sizeText(unpackedBytes(smaller.sizeBytes)),
        },
        fix: fixFor(dockerfile, image, smaller, stages),
        impact: savingOf(facts, smaller),
      });
    },
  }),
});

/** True for a version far above the known ones, such as `python:3.99`, whose slim variant does not exist either. */
function isInventedTag(image: ImageReference, knowledge: KnowledgeBase): boolean {
  const [major, minor = 0] = numbersOf(image.tag);
  const tags = knowledge.tags(repositoryName(image));
  if (major === undefined || tags.some(({ tag }) => tag === image.tag)) return false;
  const known = tags.map(({ tag }) => numbersOf(tag));
  const majors = known.flatMap(([number]) => number ?? []);
  const minors = known.flatMap(([number, next]) => (number === major && next !== undefined ? [next] : []));
  return (
    majors.length > 0 && (major > Math.max(...majors) + 3 || (minors.length > 0 && minor > Math.max(...minors) + 9))
  );
}

function numbersOf(tag: string | undefined): number[] {
  return parseTag(tag).version?.split('.').map(Number) ?? [];
}

function messageFor(facts: ImageFacts, smaller: SmallerImage): MessageId {
  return facts.sizeBytes !== undefined && smaller.sizeBytes !== undefined ? 'fullWithSizes' : 'full';
}

function fixFor(
  dockerfile: DockerfileModel,
  image: ImageReference,
  smaller: SmallerImage,
  stages: readonly Stage[],
): FixDraft<MessageId> {
  if (!smaller.isSameDistro) return { title: 'consider', safety: 'manual' };
  const command = missingInSlim(stages);
  if (command !== undefined) return { title: 'missing', data: { command }, safety: 'manual' };
  if (!image.isLiteral) return { title: 'variable', safety: 'manual' };
  // Keep the name as written, including the registry.
  const written = dockerfile.text.slice(image.span.start, image.span.end);
  const name = image.tag === undefined ? written : written.slice(0, -image.tag.length - 1);
  return { title: 'use', safety: 'unsafe', edits: [{ span: image.span, newText: `${name}:${smaller.tag}` }] };
}

function savingOf(facts: ImageFacts, smaller: SmallerImage): { bytes: number } | undefined {
  if (facts.sizeBytes === undefined || smaller.sizeBytes === undefined) return undefined;
  return { bytes: unpackedBytes(smaller.sizeBytes) - unpackedBytes(facts.sizeBytes) };
}
