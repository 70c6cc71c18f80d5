import { packageCommand } from '../../commands/packageCommand';
import { addOption } from '../../dockerfile/edits/addOption';
import type { Instruction } from '../../dockerfile/model';
import { defineRule, type RuleMeta } from '../../engine/rule';
import type { RuleSettings } from '../../engine/ruleSettings';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

interface YesCheck {
  readonly tools: readonly string[];
  /** Subcommands that prompt for confirmation. */
  readonly subcommands: readonly string[];
  /** Options that answer the prompt. */
  readonly options: readonly string[];
}

interface YesRule extends YesCheck, Pick<RuleMeta, 'id' | 'aliases'> {
  /** hadolint's ids by tool, where they differ. */
  readonly aliasOf?: Readonly<Record<string, string>>;
  /** True if there is no prompt, or if it is answered in another way. */
  isAnswered?(
    command: ShellCommand,
    question: Word,
    at: { readonly on: Instruction; readonly settings: RuleSettings },
  ): boolean;
  readonly docs: Omit<RuleMeta['docs'], 'rationale' | 'fixSafety'> & { readonly rationale?: string };
}

/** Defines a rule for a package manager that prompts for confirmation and is called without `-y`. */
export function yesRule({ id, aliases, aliasOf, isAnswered, docs, ...check }: YesRule) {
  return defineRule({
    meta: {
      id,
      group: 'correctness',
      severity: 'warning',
      recommended: true,
      since: '0.1.0',
      scope: 'instruction',
      aliases,
      fixable: 'safe',
      messages: {
        asks: '`{tool} {subcommand}` without -y prompts, and a build cannot answer',
        add: 'Add -y',
      },
      advice: { asks: 'add' },
      docs: {
        rationale:
          'If a package has dependencies, the package manager asks before it continues. A build cannot answer, so the package manager aborts and the build fails.',
        fixSafety: { safe: 'the requested packages are installed.' },
        ...docs,
      },
    },
    visits: { tools: check.tools },
    create: ({ settings, report }) => ({
      command(command, on) {
        const question = unansweredQuestion(command, on, check);
        if (!question || isAnswered?.(command, question, { on, settings })) return;
        report(question.span, 'asks', {
          alias: aliasOf?.[command.name],
          data: { tool: command.name, subcommand: question.value },
          fix: { title: 'add', safety: 'safe', edits: [addOption(question, '-y')] },
        });
      },
    }),
  });
}

/** The subcommand of a package manager in a RUN that will prompt without an answer; undefined if it will not. */
function unansweredQuestion(command: ShellCommand, on: Instruction, check: YesCheck): Word | undefined {
  if (on.keyword !== 'RUN') return undefined;
  const call = packageCommand(command, check.tools, on);
  if (!call?.subcommand || !check.subcommands.includes(call.subcommand.value)) return undefined;
  // Without a name there is nothing to remove.
  if (/^(?:remove|purge|erase|rm)$/.test(call.subcommand.value) && call.operands.length === 0) return undefined;
  return hasInput(command) || call.has(...check.options) ? undefined : call.subcommand;
}

/** True if a pipe or a file answers the prompt: `yes | apt-get install`, `< answers`. */
export function hasInput({ pipeline, redirects }: ShellCommand): boolean {
  return pipeline.index > 0 || redirects.some(({ operator }) => operator.startsWith('<'));
}
