import { removeWord } from '../../dockerfile/edits/removeWord';
import { withoutLetter } from '../../dockerfile/edits/withoutLetter';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type RuleMeta, type Visitor } from '../../engine/rule';
import { readOptions, toolOf } from '../../shell/options';
import type { ShellCommand } from '../../shell/script';
import { type VariableSetting, visitSettings } from './variableSettings';

type Found = Pick<VariableSetting, 'name' | 'span' | 'removal'>;

interface CertificateRule extends Pick<RuleMeta<'off' | 'remove'>, 'id' | 'aliases' | 'messages'> {
  /** Variables that disable the check, and the values that do so. */
  readonly variables?: { readonly names: readonly string[]; readonly value: RegExp };
  readonly tools?: readonly string[];
  /** Words that disable the check in a command of one of the tools. */
  commands?(command: ShellCommand, on: Instruction, dockerfile: DockerfileModel): readonly Found[];
  readonly docs: Omit<RuleMeta['docs'], 'fixSafety'>;
}

/** Defines a rule for a program that is called without certificate verification. */
export function certificateRule({ id, aliases, messages, variables, tools = [], commands, docs }: CertificateRule) {
  return defineRule({
    meta: {
      id,
      group: 'security',
      severity: 'warning',
      recommended: true,
      since: '0.1.0',
      scope: 'instruction',
      aliases,
      fixable: 'unsafe',
      unsafeIn: 'never',
      messages,
      advice: { off: 'remove' },
      docs: {
        fixSafety: {
          unsafe: 'downloads from a server with an untrusted certificate then fail.',
          notes: 'Add the certificate instead.',
        },
        ...docs,
      },
    },
    ...(variables ? {} : { visits: { tools } }),
    create: ({ dockerfile, report }) => {
      const tell = ({ name, span, removal }: Found): void =>
        report(span, 'off', {
          data: { name },
          fix: removal && { title: 'remove', safety: 'unsafe', edits: [removal] },
        });
      const settings: Visitor = variables ? visitSettings(dockerfile, variables, tell) : {};
      return {
        ...settings,
        command(command, on) {
          settings.command?.(command, on);
          const isCalled = on.keyword === 'RUN' && tools.includes(toolOf(command).tool);
          for (const found of (isCalled && commands?.(command, on, dockerfile)) || []) tell(found);
        },
      };
    },
  });
}

/** Options that accept any certificate, including `-k` combined with other letters. */
export function insecureOptions(names: readonly string[]): NonNullable<CertificateRule['commands']> {
  return (command, _, dockerfile) =>
    readOptions(command)
      .options.filter(({ name }) => names.includes(name))
      .map(({ name, word }) => {
        const isAlone = word.value.startsWith('--') || word.value.length === 2;
        return {
          name,
          span: word.span,
          removal: isAlone ? removeWord(dockerfile, word.span) : withoutLetter(word, name),
        };
      });
}
