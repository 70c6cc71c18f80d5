import { neededStages } from '../dockerfile/baseImages';
import { parseDockerfile } from '../dockerfile/parse';
import type { Observation } from '../reports/verification';
import type { Change, VerifyRequest } from '../reports/verifyRequest';

/**
 * Whether a probe compares nothing of what a change does: only instructions differ that it has no eyes for, or stages
 * that the image is not built from.
 */
export function isUntouched(
  before: Pick<Change, 'text' | 'files'>,
  after: Pick<Change, 'text' | 'files'>,
  seen: Observation,
  request: VerifyRequest,
): boolean {
  const ignored = unseenKeywords(seen, request);
  const seenOf = ({ text, files }: Pick<Change, 'text' | 'files'>): string => {
    const dockerfile = parseDockerfile(text, request);
    const instructions = neededStages(dockerfile).flatMap((stage) => [stage.from, ...stage.instructions]);
    const seenInstructions = instructions
      .filter(({ keyword }) => !ignored.has(keyword))
      .map(({ span, body, bodyText }) => text.slice(span.start, body.start) + bodyText + text.slice(body.end, span.end))
      .map((one) => one.split(/\s+/).join(' '));
    return JSON.stringify([dockerfile.globalArgs.map(({ bodyText }) => bodyText), seenInstructions, files]);
  };
  return seenOf(before) === seenOf(after);
}

/** Metadata that a program does not see, and settings of what was not compared. */
function unseenKeywords(seen: Observation, { settings }: VerifyRequest): ReadonlySet<string> {
  return new Set([
    'LABEL',
    'MAINTAINER',
    'ONBUILD',
    'EXPOSE',
    ...(seen.health === 'healthy' ? [] : ['HEALTHCHECK']),
    ...(seen.stop ? [] : ['STOPSIGNAL']),
    ...(settings.args.length > 0 ? ['CMD'] : []),
  ]);
}
