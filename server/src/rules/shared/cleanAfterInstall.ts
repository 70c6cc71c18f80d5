import { isMissedLater, isMounted, isRemovedAfter } from '../../commands/caches';
import { isFollowedBy, type PackageCommand, packageCommand, sudoPrefix } from '../../commands/packageCommand';
import { appendCommand } from '../../dockerfile/edits/runLayout';
import { addsToFinalImage } from '../../dockerfile/finalStages';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { defineRule, type RuleMeta } from '../../engine/rule';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';

interface CleanCheck {
  readonly tools: readonly string[];
  readonly installs: (call: PackageCommand) => boolean;
  readonly caches: readonly string[];
  /** Subcommands that clean the cache. */
  readonly cleans: readonly string[];
  /** The cleanup command, without the tool's name. */
  readonly command: string;
}

interface UncleanedInstall {
  readonly span: Span;
  /** The install and the cleanup command, for the message. */
  readonly data: { readonly command: string; readonly clean: string };
  readonly edit: TextEdit | undefined;
}

interface CleaningRule extends CleanCheck, Pick<RuleMeta, 'id' | 'aliases' | 'phase'> {
  /** True if the cache may be wanted. */
  isKept?(text: string, context: BuildContext | undefined): boolean;
  readonly docs: Omit<RuleMeta['docs'], 'fixSafety'>;
}

/** Defines a rule for a package manager's cache that an install leaves in its layer. */
export function cleaningRule({ id, aliases, phase, isKept, docs, ...check }: CleaningRule) {
  return defineRule({
    meta: {
      id,
      group: 'size',
      severity: 'warning',
      recommended: true,
      since: '0.1.0',
      aliases,
      fixable: 'safe',
      waste: 'mends',
      ...(phase && { phase }),
      messages: {
        missing: '`{command}` keeps its cache in the layer',
        clean: 'Add `{clean}`',
      },
      docs: {
        fixSafety: {
          safe: 'the cache is only a copy, and the next install downloads it again.',
          notes: 'Not offered when the cache is in a mount.',
        },
        ...docs,
      },
    },
    visits: { keywords: ['RUN'] },
    create: ({ dockerfile, buildContext, report }) => ({
      instruction(node) {
        const found = uncleanedInstall(dockerfile, node, check);
        if (!found || isKept?.(dockerfile.text, buildContext)) return;
        const { span, data, edit } = found;
        report(span, 'missing', {
          data,
          fix: edit && { title: 'clean', safety: 'safe', edits: [edit], isolation: node.span.start },
        });
      },
    }),
  });
}

/** The last install of a RUN whose cache stays in the layer, with the edit that adds the cleanup. */
function uncleanedInstall(
  dockerfile: DockerfileModel,
  node: Instruction,
  check: CleanCheck,
): UncleanedInstall | undefined {
  if (node.keyword !== 'RUN' || !node.script) return undefined;
  const calls = node.script.commands.flatMap((command) => packageCommand(command, check.tools) ?? []);
  const call = calls.findLast(check.installs);
  if (!call || isMounted(node, check.caches) || !addsToFinalImage(dockerfile, node)) return undefined;
  if (isRemovedAfter(node, call.command, check.caches)) return undefined;
  if (check.cleans.some((clean) => isFollowedBy(node, call.command, check.tools, clean))) return undefined;
  const clean = `${call.tool} ${check.command}`;
  return {
    span: (call.subcommand ?? call.command).span,
    data: { command: call.subcommand ? `${call.tool} ${call.subcommand.value}` : call.tool, clean },
    // A later command that removes the cache would find nothing and fail the build.
    edit: isMissedLater(dockerfile, node, check.caches)
      ? undefined
      : appendCommand(dockerfile, node, `${sudoPrefix(call.command)}${calledAs(call)} ${check.command}`),
  };
}

/** `/opt/conda/bin/conda`: its directory may not be on the PATH. */
function calledAs({ tool, command }: PackageCommand): string {
  const text = command.words[0]?.text ?? tool;
  return text.endsWith(`/${tool}`) ? text : tool;
}
