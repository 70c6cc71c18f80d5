import type { Instruction, Stage } from '../dockerfile/model';

/** What the container starts: the words of ENTRYPOINT and CMD together; undefined where they are not plain words. */
export function startWords(stage: Stage): readonly string[] | undefined {
  const entrypoint = lastOf(stage, 'ENTRYPOINT');
  const command = lastOf(stage, 'CMD');
  const words: string[] = [];
  for (const node of [entrypoint, command]) {
    if (!node) continue;
    // `["sh", "-c", "exec java …"]` is a script as well.
    const isScript = node.script !== undefined && /(?:^|\/)(?:ba|da)?sh$/.test(node.args[0]?.value ?? '');
    if (node.form === 'exec' && !isScript) words.push(...node.args.map(({ value }) => value));
    else {
      const { commands = [], errors = [] } = node.script ?? {};
      const [only] = commands;
      if (
        !only ||
        commands.length > 1 ||
        errors.length > 0 ||
        only.redirects.length > 0 ||
        // Options may come out of variables, the program and paths may not.
        only.words.some((word, index) => !word.isStatic && (index === 0 || /[/*]|\.jar$/.test(word.value)))
      )
        return undefined;
      words.push(...only.words.map(({ value }) => value));
      // What stands behind a shell form is not passed on.
      if (node === entrypoint) return words;
    }
  }
  return words.length === 0 ? undefined : words;
}

function lastOf({ instructions }: Stage, keyword: string): Instruction | undefined {
  return instructions.findLast((node) => node.keyword === keyword);
}
