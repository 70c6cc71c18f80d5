import type { Created } from '../../create/createDockerfile';
import { LEVEL } from './optimizeDockerfile';
import { flag, list, object, text } from './schema';
import { runCommand, type Tool } from './tool';

export function createDockerfile(mayWrite: boolean): Tool {
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
        text: text('Of the Dockerfile, unless it is written'),
        files: list(object({ path: text('Relative to the folder'), text: text() }, ['path'])),
        problems: list(text('What is wrong with the configuration')),
      },
      ['program', 'title', 'notes', 'files'],
    ),
    isReadOnly: !mayWrite,
    isOnline: false,
    async run(call, input) {
      const { init } = await import('../commands/init');
      const { path, program, level, write } = input as {
        path: string;
        program?: string;
        level?: string;
        write?: boolean;
      };
      const argv = [
        'init',
        ...(program ? [`--as=${program}`] : []),
        ...(level ? ['--level', level] : []),
        ...(write ? ['--write'] : []),
      ];
      const { json, ...others } = await runCommand<Created & { program: string }>(call, init, argv, {
        path: call.roots.find(path),
      });
      return {
        program: json.program,
        title: json.title,
        notes: json.notes.map(({ start, end, why }) => ({
          lines: end === start + 1 ? `${end}` : `${start + 1}-${end}`,
          why,
        })),
        ...(write ? {} : { text: json.text }),
        files: json.files.map((file) => ({ path: file.path, ...(write ? {} : { text: file.after }) })),
        ...others,
      };
    },
  };
}
