import { parseImageReference } from '../dockerfile/imageReference';
import type { Engine } from '../engine/engine';
import { flag, number, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

const FACTS = object(
  {
    isKnown: flag(),
    asOf: text('Date of the facts'),
    sizeBytes: number('Compressed, linux/amd64'),
    sizeAsOf: text('Month of that size'),
    distro: text(),
    distroRelease: text(),
    currentRelease: text('Behind a tag that moves on to newer releases'),
    libc: text(),
    packageManager: text(),
    shell: text(),
    isOfficial: flag("One of Docker's official images"),
    defaultUser: text('The user of a container'),
    readyUser: text('Another user than root that is there'),
    starts: text('ENTRYPOINT and CMD'),
    userTools: text('shadow has useradd, busybox has adduser'),
    dropsPrivileges: flag('Starts as root on purpose, and gives that up itself'),
    variant: text(),
    smaller: object({ tag: text(), sizeBytes: number(), isSameDistro: flag() }, ['tag', 'isSameDistro']),
    deprecated: object({ reason: text(), successor: text(), source: text() }, ['reason', 'source']),
    endOfLife: object({
      what: text(),
      date: text('YYYY-MM-DD'),
      longest: object({ what: text('Its release that gets fixes longest'), date: text() }),
      source: text(),
    }),
    source: text(),
  },
  ['isKnown', 'asOf'],
);

export const imageInterface: ToolInterface = {
  name: 'image_facts',
  title: 'Image Facts',
  description:
    'What is known of a base image without asking a registry: size, distribution, package manager, user, a smaller tag, end of support. Facts have their source and date; what is not known is missing.',
  inputSchema: object({ image: text('Such as node:22') }),
  outputSchema: FACTS,
  isReadOnly: true,
  isOnline: false,
};

/** Undefined: not an image reference. */
export function imageAnswer({ knowledge }: Pick<Engine, 'knowledge'>, image: string): ToolData | undefined {
  const reference = parseImageReference(image, { start: 0, end: image.length }, true);
  if (!reference) return undefined;
  const { asOf } = knowledge;
  const known = knowledge.image(reference);
  if (!known) return { isKnown: false, asOf };
  // Others are for rules only.
  const facts = Object.entries(known).filter(([name]) => Object.hasOwn(FACTS.properties, name));
  return { isKnown: true, asOf, ...Object.fromEntries(facts) };
}
