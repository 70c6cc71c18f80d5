import { PLAN_MARKDOWN, type PlanStyle } from '../optimizer/planText';
import { escapeMarkdown, markdownTable } from '../text/markdown';
import { type Colour, createColour } from './colour';
import { table } from './formatters/table';
import type { Session } from './session';
import { printable } from './terminalText';

/** How reports for a person are written: for a terminal, or as Markdown for a comment. */
export interface Style extends Colour, PlanStyle {
  readonly isMarkdown: boolean;
  /** Before each of several lines. */
  readonly bullet: string;
  /** Text from files or other programs. */
  text(value: string): string;
  table(
    heading: readonly string[] | undefined,
    rows: readonly (readonly string[])[],
    isRight: readonly boolean[],
  ): string;
}

export function styleOf({ options, hasColour }: Pick<Session, 'options' | 'hasColour'>): Style {
  if (options.format === 'markdown') return markdownStyle;
  const colour = createColour(hasColour);
  return {
    ...colour,
    isMarkdown: false,
    bullet: '',
    gap: '\n',
    indent: '   ',
    text: printable,
    prose: (value) => value,
    reason: (value) => value,
    id: (value) => colour.dim(`[${value}]`),
    table(heading, rows, isRight) {
      if (!heading) return table(rows, isRight);
      const [first = '', ...lines] = table([heading, ...rows], isRight).split('\n');
      return [colour.dim(first), ...lines].join('\n');
    },
  };
}

const markdownStyle: Style = {
  ...createColour(false),
  ...PLAN_MARKDOWN,
  isMarkdown: true,
  bullet: '- ',
  text: escapeMarkdown,
  table: (heading, rows, isRight) => markdownTable(heading ?? isRight.map(() => ''), rows, isRight),
};
