import type { LineNote } from '../create/createDockerfile';
import { LEVEL } from './inputs';
import { flag, list, object, text } from './schema';
import type { ToolData, ToolInterface } from './toolInterface';

export function createInterface(mayWrite: boolean): ToolInterface {
  return {
    name: 'create_dockerfile',
    title: 'Create Dockerfile',
    description:
      'Write a Dockerfile and .dockerignore for a project that has none, from its files. A project that is not understood is refused with the reason.',
    inputSchema: object(
      {
        path: text('The folder of the project'),
        program: text('Which of several programs the image is for'),
        level: LEVEL,
        ...(mayWrite ? { write: flag('Write the files') } : {}),
      },
      ['path'],
    ),
    outputSchema: object(
      {
        program: text(),
        title: text(),
        notes: list(object({ lines: text(), why: text() })),
        advice: list(text('What is left to do by hand')),
        text: text('Of the Dockerfile, unless it is written'),
        files: list(object({ path: text('Relative to the folder'), text: text() }, ['path'])),
        problems: list(text('What is wrong with the configuration')),
      },
      ['program', 'title', 'notes', 'advice', 'files'],
    ),
    isReadOnly: !mayWrite,
    isOnline: false,
  };
}

/** A created Dockerfile as its JSON and the protocol have it. */
interface Created {
  readonly title: string;
  readonly text: string;
  readonly files: readonly { readonly path: string; readonly after: string }[];
  readonly notes: readonly LineNote[];
  readonly advice: readonly string[];
}

export function createAnswer(
  program: string,
  { title, text, files, notes, advice }: Created,
  wantsTexts: boolean,
): ToolData {
  return {
    program,
    title,
    notes: notes.map(({ start, end, why }) => ({ lines: end === start + 1 ? `${end}` : `${start + 1}-${end}`, why })),
    advice,
    ...(wantsTexts ? { text } : {}),
    files: files.map((file) => ({ path: file.path, ...(wantsTexts ? { text: file.after } : {}) })),
  };
}
