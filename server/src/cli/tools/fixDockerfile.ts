import type { FixesJson } from '../commands/fix';
import { flag, list, number, object, text } from './schema';
import { runCommand, SOURCE, sourceOf, type Tool, WRITE } from './tool';

export function fixDockerfile(mayWrite: boolean): Tool {
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
        problems: list(text('What is wrong with the configuration')),
      },
      ['applied', 'left'],
    ),
    isReadOnly: !mayWrite,
    isOnline: false,
    async run(call, input) {
      const { fix } = await import('../commands/fix');
      const argv = ['fix', ...(input['unsafe'] ? ['--unsafe'] : []), ...(input['write'] ? ['--write'] : [])];
      const { json, ...others } = await runCommand<{ files: readonly [FixesJson & Texts] }>(
        call,
        fix,
        argv,
        sourceOf(call, input),
      );
      const [{ before, after, applied, skipped }] = json.files;
      const unsafe = skipped.filter(({ reason }) => reason === 'unsafe').length;
      return {
        applied: applied.map(({ rule, title }) => ({ rule, title })),
        left: { unsafe, others: skipped.length - unsafe },
        ...(before === after || input['write'] ? {} : { text: after }),
        ...others,
      };
    },
  };
}

interface Texts {
  readonly before: string;
  readonly after: string;
}
