import type { Instruction, Stage } from '../../dockerfile/model';

const SHELL = /(?:^|\/)(?:ba|da|a)?sh$/;

/** ENTRYPOINT and CMD, as far as the start uses them: Docker does not pass CMD to an ENTRYPOINT in shell form. */
export function startInstructions({ instructions }: Stage): Instruction[] {
  const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
  const cmd = instructions.findLast(({ keyword }) => keyword === 'CMD');
  const isAlone = entrypoint !== undefined && entrypoint.form !== 'exec';
  return [entrypoint, isAlone ? undefined : cmd].filter((node) => node !== undefined);
}

/** True for an exec form that starts a program directly; `["sh", "-c", "exec java …"]` is a script. */
export function isProgramCall({ form, script, args }: Instruction): boolean {
  return form === 'exec' && !(script !== undefined && SHELL.test(args[0]?.value ?? ''));
}

/** True where a script starts: what it calls is not in the Dockerfile. */
export function startsScript(stage: Stage): boolean {
  return startInstructions(stage).some(({ args }) =>
    args.slice(0, 2).some(({ value }) => /\.sh$|entrypoint/.test(value)),
  );
}

/** The instruction as the text of a shell command. */
export function commandLine({ form, args, bodyText }: Instruction): string {
  return form === 'exec' ? args.map(({ value }) => quoted(value)).join(' ') : bodyText;
}

export function quoted(word: string): string {
  return /^[\w./:=@%+,~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
