import { continuationBlanks } from '../dockerfile/edits/continuationLines';
import type { DockerfileModel, Instruction } from '../dockerfile/model';
import { applyEdits, type TextEdit } from '../text/edits';
import { containsSpan, type Span } from '../text/span';
import { defaultConfig, type EffectiveConfig, resolveConfig } from './config';
import type { Engine } from './engine';
import type { Formatting } from './rule';

export interface FormatOptions {
  /** Only what lies in it. */
  readonly range?: Span | undefined;
  /** Of continuation lines that have none. */
  readonly indent?: string | undefined;
  /** Also of those that have another one: what the project says, not only the editor. */
  readonly isIndentForAll?: boolean | undefined;
  readonly sortsPackages?: boolean | undefined;
  /** Blanks at line ends stay. */
  readonly keepsTrailingBlanks?: boolean | undefined;
  /** No line end is added to the last line. */
  readonly keepsLastLine?: boolean | undefined;
}

/**
 * The same file in the usual layout. It builds the same, and formatting it again changes nothing.
 */
export function format(
  engine: Pick<Engine, 'rules' | 'fixAll' | 'lint'>,
  text: string,
  options: FormatOptions = {},
): string {
  const { range, sortsPackages, keepsTrailingBlanks, keepsLastLine } = options;
  const wanted: Readonly<Record<Formatting, boolean>> = {
    layout: true,
    'trailing-blanks': !keepsTrailingBlanks,
    'last-line': !keepsLastLine,
    'order-of-packages': sortsPackages === true,
  };
  const rules = new Set(
    engine.rules.filter(({ meta }) => meta.formats && wanted[meta.formats]).map(({ meta }) => meta.id),
  );
  const fromEnd = text.length - (range?.end ?? text.length);
  const base = resolveConfig(defaultConfig, engine.rules, '');
  const config: EffectiveConfig = { ...base, severityOf: (id) => (rules.has(id) ? 'hint' : 'off') };
  const within = (file: string): Span | undefined => range && { start: range.start, end: file.length - fromEnd };
  const edits = indentEdits(engine.lint(text, { config }).dockerfile, options);
  const inRange = range ? edits.filter(({ span }) => containsSpan(range, span)) : edits;
  return engine.fixAll(applyEdits(text, inRange), {
    upTo: 'safe',
    rules,
    config,
    // What was changed before has moved its end.
    within: (file) => within(file.text),
  }).text;
}

function indentEdits(dockerfile: DockerfileModel, { indent, isIndentForAll }: FormatOptions): TextEdit[] {
  if (indent === undefined || dockerfile.errors.length > 0) return [];
  return dockerfile.instructions.flatMap((node) => {
    const meant = node.trigger ?? node;
    return isIndentForAll ? allIndented(dockerfile, meant, indent) : flatIndented(dockerfile, meant, indent);
  });
}

function flatIndented(dockerfile: DockerfileModel, node: Instruction, indent: string): TextEdit[] {
  if (!node.script) return [];
  return continuationBlanks(dockerfile, node)
    .filter(({ start, end }) => start === end)
    .map((span) => ({ span, newText: indent }));
}

/** Keeps how many times deeper a line is than the least indented one of its instruction. */
function allIndented(dockerfile: DockerfileModel, node: Instruction, indent: string): TextEdit[] {
  const blanks = continuationBlanks(dockerfile, node);
  const tab = indent.startsWith('\t') ? 4 : indent.length;
  const widthOf = ({ start, end }: Span) => dockerfile.text.slice(start, end).replaceAll('\t', ' '.repeat(tab)).length;
  const least = Math.min(...blanks.map(widthOf).filter((width) => width > 0));
  return blanks.flatMap((span) => {
    const levels = Math.max(1, Math.round(widthOf(span) / least) || 1);
    const newText = indent.repeat(levels);
    return dockerfile.text.slice(span.start, span.end) === newText ? [] : [{ span, newText }];
  });
}
