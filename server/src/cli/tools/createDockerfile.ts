import { createAnswer } from '../../agents/createDockerfile';
import type { Created } from '../../create/createDockerfile';
import { type RunTool, runCommand } from './tool';

export const createDockerfile: RunTool = async (call, input) => {
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
  return { ...createAnswer(json.program, json, !write), ...others };
};
