import { joinContinuations, joinPieces, type LogicalText } from '../../server/src/shell/logicalText';
import { parseShell } from '../../server/src/shell/parse';
import type { ShellCommand, ShellScript } from '../../server/src/shell/script';
import type { Span } from '../../server/src/text/span';

export function wholeOf(text: string): Span {
  return { start: 0, end: text.length };
}

/** As the body of a RUN in shell form. */
export function parseJoined(text: string): ShellScript {
  return parseShell(joinContinuations(text, wholeOf(text), '\\'));
}

/** As a heredoc or a file: line ends stay. */
export function parseVerbatim(text: string): ShellScript {
  return parseShell(verbatim(text));
}

function verbatim(text: string): LogicalText {
  return joinPieces(text, [wholeOf(text)]);
}

export function at(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** `apt-get update`: a command by its words. */
export function show(command: ShellCommand): string {
  return command.words.map((word) => word.value).join(' ');
}

export function only(text: string): ShellCommand {
  const [command] = parseVerbatim(text).commands;
  if (!command) throw new Error(`no command in ${text}`);
  return command;
}
