import { baseFacts } from '../../app/effectiveUser';
import { lineage } from '../../dockerfile/lineage';
import type { Instruction, ScriptText } from '../../dockerfile/model';
import { defineRule, type Severity } from '../../engine/rule';
import type { ShellCheckComment, ShellCheckRange } from '../../engine/shellCheck';
import type { TextEdit } from '../../text/edits';
import type { Span } from '../../text/span';

const SEVERITIES: Readonly<Record<ShellCheckComment['level'], Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};

export default defineRule({
  meta: {
    id: 'shellcheck',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      found: '{code}: {message}',
      apply: "Apply ShellCheck's replacement",
      wiki: 'Change it as https://www.shellcheck.net/wiki/{code} shows',
    },
    advice: { found: 'wiki' },
    docs: {
      description: 'Report what ShellCheck finds in RUN',
      rationale:
        'ShellCheck finds common errors in shell scripts: word splitting, unintended globs, a `cd` that fails unnoticed. Its findings appear at the exact characters, including continuation lines and heredocs. This rule needs the program `shellcheck`. The editor runs it in trusted workspaces (settings `dockerfileOptimizer.shellcheck.*`), the command line with `--shellcheck`. Without it, this rule reports nothing. You can switch off and ignore codes such as `SC2086` like rules.',
      fixSafety: { unsafe: 'word splitting may be intended.' },
      bad: [],
      good: ['FROM alpine:3.20\nRUN echo "$HOME"\n'],
      references: ['https://www.shellcheck.net/wiki/'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: ({ dockerfile, knowledge, settings, shellCheck, report }) => {
    if (!shellCheck) return {};
    return {
      instruction(node) {
        const script = node.scriptText;
        if (!script) return;
        const head = declarations(node);
        // In the RHEL family sh is bash.
        const isBash = script.isBash || (node.stage && baseFacts(node.stage, knowledge)?.distro === 'rhel');
        const dialect = isBash ? 'bash' : 'dash';
        const comments = shellCheck.commentsOn({ dialect, text: head + script.text }) ?? [];
        const offsetOf = offsets(head + script.text, head.length);
        for (const comment of comments) {
          const place = placeOf(comment, offsetOf);
          if (!place || (settings.dialect !== 'hadolint' && splitsNothing(node, script.text, comment.code, place)))
            continue;
          const edits = editsOf(comment, offsetOf, (span) => sourceOf(script, dockerfile.text, span));
          report(script.spanOf(place.start, place.end), 'found', {
            code: `SC${comment.code}`,
            severity: SEVERITIES[comment.level],
            data: { code: `SC${comment.code}`, message: comment.message.replace(/\.$/, '') },
            fix: edits && { title: 'apply', safety: 'unsafe', edits },
          });
        }
      },
    };
  },
});

/** True for SC2086 on a variable whose value is in the file and is a single word. */
function splitsNothing(node: Instruction, script: string, code: number, { start, end }: Span): boolean {
  const name = /^\$(?:\{(\w+)\}|(\w+))$/
    .exec(script.slice(start, end))
    ?.slice(1)
    .find((part) => part !== undefined);
  const value = code === 2086 && name !== undefined ? node.resolve(name)?.value : undefined;
  return value !== undefined && /^[\w./:@%+,=-]+$/.test(value) && !script.includes(`${name}=`);
}

/** BuildKit sets these in every RUN. */
const PROXIES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy', 'all_proxy'];

/**
 * A line that exports the variables of the build, ENV and ARG, so that ShellCheck does not report them as unassigned.
 */
function declarations(node: Instruction): string {
  const names = new Set(PROXIES.flatMap((name) => [name, name.toUpperCase()]));
  for (const stage of node.stage ? lineage(node.stage) : []) {
    for (const other of stage.instructions) {
      if (stage === node.stage && other.span.start >= node.span.start) break;
      // A trigger runs in another build, which does not inherit the ARGs of this one.
      if (other.keyword !== 'ENV' && (other.keyword !== 'ARG' || node.onbuild)) continue;
      for (const { name } of other.pairs) if (/^[A-Za-z_]\w*$/.test(name)) names.add(name);
    }
  }
  return `export ${[...names].join(' ')}\n`;
}

/** Converts ShellCheck's lines and columns to offsets in the script; undefined for positions before it. */
function offsets(text: string, headLength: number): (line: number, column: number) => number | undefined {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line, column) => {
    const start = starts[line - 1];
    if (start === undefined) return undefined;
    let at = start;
    for (let count = 1; count < column && at < text.length; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    return at < headLength ? undefined : at - headLength;
  };
}

function placeOf(range: ShellCheckRange, offsetOf: ReturnType<typeof offsets>): Span | undefined {
  const start = offsetOf(range.line, range.column);
  const end = offsetOf(range.endLine, range.endColumn);
  return start === undefined || end === undefined || end < start ? undefined : { start, end };
}

/** The source of a part of the script; undefined if it is written differently there, for example across lines. */
function sourceOf(script: ScriptText, document: string, { start, end }: Span): Span | undefined {
  if (start === end && isWordEnd(script.text, start)) {
    // Right after the word, not before the text that follows the line ending.
    const at = script.spanOf(start - 1, start).end;
    return { start: at, end: at };
  }
  const source = script.spanOf(start, end);
  return document.slice(source.start, source.end) === script.text.slice(start, end) ? source : undefined;
}

function isWordEnd(text: string, at: number): boolean {
  return at > 0 && /\S/.test(text[at - 1] ?? '') && !/\S/.test(text[at] ?? '');
}

/**
 * The replacements in the document; undefined if there are none, or if the source of one differs from what the shell
 * reads.
 */
function editsOf(
  { fix }: ShellCheckComment,
  offsetOf: ReturnType<typeof offsets>,
  toSource: (span: Span) => Span | undefined,
): TextEdit[] | undefined {
  const replacements = [...(fix?.replacements ?? [])].sort((a, b) => b.precedence - a.precedence);
  const edits: TextEdit[] = [];
  for (const replacement of replacements) {
    const place = placeOf(replacement, offsetOf);
    const span = place && toSource(place);
    if (!span || edits.some((edit) => edit.span.start < span.end && span.start < edit.span.end)) return undefined;
    edits.push({ span, newText: replacement.replacement });
  }
  return edits.length === 0 ? undefined : edits.sort((a, b) => a.span.start - b.span.start);
}
