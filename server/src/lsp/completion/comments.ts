import { type CompletionItem, CompletionItemKind } from 'vscode-languageserver';
import { createRuleNames } from '../../engine/ruleNames';
import { isBuildKitName } from '../../engine/suppressions';
import { type Phrase, phrase, say } from '../../l10n/phrase';
import { type Place, replacing } from './place';

const DIRECTIVES: readonly (readonly [string, Phrase])[] = [
  ['syntax=docker/dockerfile:1', phrase('Reads the file with the newest version 1 of the Dockerfile syntax')],
  ['check=error=true', phrase('Findings of `docker build --check` stop the build')],
  ['check=skip=', phrase('Leaves out checks of `docker build --check`')],
  ['escape=`', phrase('The character that continues a line, for paths of Windows')],
];
const IGNORES: readonly (readonly [string, Phrase])[] = [
  ['dockerfile-optimizer-ignore ', phrase('Ignores a rule for the next instruction')],
  ['dockerfile-optimizer-ignore-stage ', phrase('Ignores a rule in this stage')],
  ['dockerfile-optimizer-ignore-file ', phrase('Ignores a rule in this file')],
];

/** Parser directives, and comments that ignore rules, with their names. */
export function commentItems(place: Place): CompletionItem[] | undefined {
  const { analysis, context, line, offset } = place;
  const comment = line.trimStart();
  if (!comment.startsWith('#')) return undefined;
  const written = comment.slice(1).trimStart();
  const { localize } = context.engine;
  const listed = /(?<![\w-])[\w-]*$/.exec(written)?.[0] ?? '';
  const before = written.slice(0, written.length - listed.length);
  if (isList(before) && /[\s=,]$/.test(before)) return before.includes(':') ? [] : ruleItems(place, before, listed);
  if (!/^[\w-]*$/.test(written)) return [];
  const isHead = !analysis.dockerfile.instructions.some(({ span }) => span.start < offset);
  const at = replacing(place, written, /^\S*/);
  return [...(isHead ? DIRECTIVES : []), ...IGNORES].map(([text, purpose], index) => ({
    label: text.trimEnd(),
    kind: CompletionItemKind.Keyword,
    documentation: say(localize, purpose),
    sortText: String(index),
    ...at(text),
  }));
}

/** What begins a list of rules. */
function isList(written: string): boolean {
  return (
    /^dockerfile-optimizer-ignore(?:-stage|-file)?\s/.test(written) ||
    (/^hadolint\s/.test(written) && /\signore\s?=/.test(written)) ||
    (/^check\s?=/.test(written) && /\bskip\s?=/.test(written))
  );
}

/** First the rules that find something in this file without the comment. */
function ruleItems(place: Place, written: string, listed: string): CompletionItem[] {
  const { analysis, context, line, offset } = place;
  const { engine } = context;
  const without = analysis.text.slice(0, offset - line.length) + analysis.text.slice(offset);
  const found = new Set(engine.lint(without, analysis).findings.map(({ ruleId }) => ruleId));
  const at = replacing(place, listed, /^[\w-]*/);
  return createRuleNames(engine.rules).metas.flatMap((meta) =>
    namesFor(written, meta).map((label) => ({
      label,
      kind: CompletionItemKind.EnumMember,
      detail: engine.docsOf(meta).description,
      sortText: `${found.has(meta.id) ? 0 : 1}${label}`,
      ...at(label),
    })),
  );
}

/** Each tool knows its own names. */
function namesFor(written: string, { id, aliases }: { readonly id: string; readonly aliases: readonly string[] }) {
  if (written.startsWith('hadolint')) return aliases.filter((alias) => /^DL\d{4}$/.test(alias));
  return written.startsWith('check') ? aliases.filter(isBuildKitName) : [id];
}
