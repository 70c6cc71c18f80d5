import { removeInstruction } from '../../dockerfile/edits/removeInstruction';
import { removeWord } from '../../dockerfile/edits/removeWord';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { Visitor } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import { blanksAfter } from '../../text/blanks';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';

/** A variable that ENV, ARG or a command of RUN sets. */
export interface VariableSetting {
  readonly name: string;
  /** Without quotes; undefined if it is unknown. */
  readonly value: string | undefined;
  readonly span: Span;
  /** Removes the setting; undefined if that would remove more. */
  readonly removal: TextEdit | undefined;
}

/**
 * Visits everything that sets one of the variables to such a value: `ENV X=0`, `ARG X=0`, `X=0 command`, `export X=0`,
 * `env X=0 command`.
 */
export function visitSettings(
  dockerfile: DockerfileModel,
  { names, value: meant }: { readonly names: readonly string[]; readonly value: RegExp },
  tell: (setting: VariableSetting) => void,
): Visitor {
  const isMeant = (name: string): boolean => names.includes(name);
  const visit = (setting: VariableSetting): void => {
    if (setting.value !== undefined && meant.test(setting.value)) tell(setting);
  };
  return {
    instruction(node) {
      if (node.keyword !== 'ENV' && node.keyword !== 'ARG') return;
      for (const { name, value, span } of node.pairs) {
        if (isMeant(name))
          visit({ name, value: value ?? meantValue(node), span, removal: removalOf(dockerfile, node, span) });
      }
    },
    command(command, on) {
      if (on.keyword !== 'RUN') return;
      for (const { name, value, span } of command.assignments) {
        if (isMeant(name)) visit({ name, value, span, removal: removeAssignment(dockerfile, command, span) });
      }
      if (command.name !== 'export') return;
      for (const word of command.words.slice(1)) {
        const [name = '', ...value] = word.value.split('=');
        if (value.length > 0 && isMeant(name))
          visit({ name, value: value.join('='), span: word.span, removal: undefined });
      }
    },
  };
}

function removalOf(dockerfile: DockerfileModel, node: Instruction, span: Span): TextEdit | undefined {
  // If the pair before it were removed, a word without `=` would become the name, and the rest its value.
  const isPlain = node.keyword === 'ARG' || node.pairs.every(({ value }) => value !== undefined);
  if (node.onbuild || !isPlain) return undefined;
  return node.pairs.length === 1 ? removeInstruction(dockerfile, node) : removeWord(dockerfile, span);
}

/** Only before a command: by itself the assignment is the command. */
function removeAssignment({ text }: DockerfileModel, command: ShellCommand, span: Span): TextEdit | undefined {
  if (command.words.length === 0) return undefined;
  const gap = blanksAfter(text, span.end);
  return gap === 0 ? undefined : { span: { start: span.start, end: span.end + gap }, newText: '' };
}

/** `0` in `ARG NAME 0`: ENV allows this form, and an author who uses it in ARG means the same. */
function meantValue({ keyword, pairs }: Instruction): string | undefined {
  const [first, second, ...others] = pairs;
  const isMeant = keyword === 'ARG' && first?.value === undefined && second?.value === undefined && others.length === 0;
  return isMeant && second && !/^[a-z_]\w*$/i.test(second.name) ? second.name : undefined;
}
