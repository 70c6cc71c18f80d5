import { PROBLEMS, SOURCE, WRITE } from './inputs';
import { flag, list, number, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

export function fixInterface(mayWrite: boolean): ToolInterface {
  return {
    name: 'fix_dockerfile',
    title: 'Fix Dockerfile',
    description:
      'Apply the safe fixes of findings: the image stays the same but for its size. With `unsafe`, also those that may change behavior.',
    inputSchema: object(
      {
        ...SOURCE,
        unsafe: flag('Also apply fixes that may change behavior'),
        ...(mayWrite ? { write: flag(WRITE) } : {}),
      },
      [],
    ),
    outputSchema: object(
      {
        applied: list(object({ rule: text(), title: text() })),
        left: object({ unsafe: number('With `unsafe`'), others: number('Up to you, or in conflict with another') }),
        text: text('The fixed text, unless it is written or nothing changes'),
        problems: list(text(PROBLEMS)),
      },
      ['applied', 'left'],
    ),
    isReadOnly: !mayWrite,
    isOnline: false,
  };
}

/** `text`: to be sent, if there is one. */
export function fixAnswer(
  applied: readonly { readonly rule: string; readonly title: string }[],
  skipped: readonly { readonly reason: string }[],
  text: string | undefined,
  problems: readonly string[] = [],
): ToolData {
  const unsafe = skipped.filter(({ reason }) => reason === 'unsafe').length;
  return {
    applied: applied.map(({ rule, title }) => ({ rule, title })),
    left: { unsafe, others: skipped.length - unsafe },
    ...(text === undefined ? {} : { text }),
    ...(problems.length > 0 ? { problems } : {}),
  };
}
