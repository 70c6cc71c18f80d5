import type { Instruction, Stage } from '../../dockerfile/model';
import type { Word } from '../../text/word';
import { isProgramCall, startInstructions } from './startInstructions';

/**
 * The single command that the container starts, from ENTRYPOINT and CMD together; undefined where it is not plain
 * words.
 */
export function startCommand(stage: Stage): readonly Word[] | undefined {
  const parts = startInstructions(stage).map(wordsOf);
  const words = parts.flatMap((part) => part ?? []);
  return words.length === 0 || parts.includes(undefined) ? undefined : words;
}

export function startWords(stage: Stage): readonly string[] | undefined {
  return startCommand(stage)?.map(({ value }) => value);
}

function wordsOf(node: Instruction): readonly Word[] | undefined {
  if (isProgramCall(node)) return node.args;
  const { commands = [], errors = [] } = node.script ?? {};
  const [only, ...others] = commands;
  if (!only || others.length > 0 || errors.length > 0 || only.redirects.length > 0) return undefined;
  // Options may come from variables; the program and paths may not.
  const isOpen = only.words.some((word, index) => !word.isStatic && (index === 0 || /[/*]|\.jar$/.test(word.value)));
  return isOpen ? undefined : only.words;
}
