import { joinContinuations, joinPieces, LogicalText } from '../shell/logicalText';
import { parseShell, shiftScript } from '../shell/parse';
import type { ShellScript } from '../shell/script';
import { baseName } from '../text/paths';
import type { Span } from '../text/span';
import type { Word } from '../text/word';
import type { InstructionLines } from './mask';
import type { Flag, Instruction, Pair, Resolved, ScriptText, ShellLanguage, Stage } from './model';
import type { ScriptCache } from './scriptCache';
import { isBlank, makeWord, type Piece, readJsonStrings, splitAtBlanks, splitQuoted } from './words';

/** What an instruction needs to know about its file; the scope answers once the whole file is read. */
export interface FileScope {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly scripts: ScriptCache | undefined;
  resolve(instruction: Instruction, name: string): Resolved | undefined;
  expand(instruction: Instruction, text: string): string | undefined;
  shellOf(instruction: Instruction): ShellLanguage;
}

const PAIR_KEYWORDS = new Set(['ENV', 'ARG', 'LABEL']);
const EXEC_KEYWORDS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'HEALTHCHECK', 'COPY', 'ADD', 'VOLUME']);
const SCRIPT_KEYWORDS = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
/** Their whole line is one argument, including blanks. */
const SINGLE_ARGUMENT = new Set(['WORKDIR', 'USER', 'STOPSIGNAL', 'MAINTAINER']);

/** Reads the parts of an instruction on first use: most rules look at only a few of them. */
export class InstructionNode implements Instruction {
  readonly span: Span;
  stage: Stage | undefined;
  trigger: InstructionNode | undefined;
  #logical: LogicalText | undefined;
  #head: Head | undefined;
  #form: Instruction['form'] | undefined;
  #args: readonly Word[] | undefined;
  #pairs: readonly Pair[] | undefined;
  #execWords: readonly Word[] | null | undefined;
  #script: ShellScript | null | undefined;

  constructor(
    private readonly scope: FileScope,
    private readonly lines: InstructionLines,
    /** In upper case. */
    readonly keyword: string,
    readonly keywordSpan: Span,
    readonly onbuild: boolean,
  ) {
    this.span = { start: keywordSpan.start, end: lines.end };
  }

  get flags(): readonly Flag[] {
    return this.head.flags;
  }

  get heredocs() {
    return this.lines.heredocs;
  }

  get shell(): ShellLanguage {
    return this.scope.shellOf(this);
  }

  get body(): Span {
    return this.logical.spanOf(this.head.body.start, this.head.body.end);
  }

  get bodyText(): string {
    return this.logical.text.slice(this.head.body.start, this.head.body.end);
  }

  /** True for a keyword without anything after it. */
  get isBare(): boolean {
    return this.lines.lineEnd <= this.keywordSpan.end;
  }

  get form(): Instruction['form'] {
    this.#form ??= this.readForm();
    return this.#form;
  }

  private readForm(): Instruction['form'] {
    if (this.head.body.start === this.head.body.end) return 'none';
    if (this.execWords) return 'exec';
    return this.isWholeHeredoc() ? 'heredoc' : 'shell';
  }

  get args(): readonly Word[] {
    this.#args ??= this.readArgs();
    return this.#args;
  }

  get pairs(): readonly Pair[] {
    this.#pairs ??= PAIR_KEYWORDS.has(this.keyword) ? this.readPairs() : [];
    return this.#pairs;
  }

  get script(): ShellScript | undefined {
    if (this.#script === undefined) this.#script = this.readScript() ?? null;
    return this.#script ?? undefined;
  }

  resolve(name: string): Resolved | undefined {
    return this.scope.resolve(this, name);
  }

  expand(text: string): string | undefined {
    return this.scope.expand(this, text);
  }

  /** The keyword after ONBUILD; undefined when there is none. */
  triggerKeyword(): { keyword: string; span: Span } | undefined {
    const { start } = this.head.body;
    const keyword = /^[a-zA-Z]+/.exec(this.bodyText)?.[0];
    if (keyword === undefined) return undefined;
    return { keyword: keyword.toUpperCase(), span: this.logical.spanOf(start, start + keyword.length) };
  }

  private get logical(): LogicalText {
    this.#logical ??= joinContinuations(
      this.scope.text,
      { start: this.span.start, end: this.lines.lineEnd },
      this.scope.escape,
    );
    return this.#logical;
  }

  private get head(): Head {
    this.#head ??= readHead(this.logical, this.keyword, this.scope.escape);
    return this.#head;
  }

  /** JSON array items; null when the body is not a JSON array. */
  private get execWords(): readonly Word[] | null {
    if (this.#execWords === undefined) {
      this.#execWords = EXEC_KEYWORDS.has(this.keyword)
        ? (readJsonStrings(this.logical, this.commandPiece()) ?? null)
        : null;
    }
    return this.#execWords;
  }

  /** The body; for HEALTHCHECK, what follows CMD. */
  private commandPiece(): Piece {
    const { body } = this.head;
    if (this.keyword !== 'HEALTHCHECK') return body;
    const match = /^CMD\s+/i.exec(this.logical.text.slice(body.start, body.end));
    return match ? { start: body.start + match[0].length, end: body.end } : { start: body.end, end: body.end };
  }

  private isWholeHeredoc(): boolean {
    const [heredoc] = this.heredocs;
    if (!heredoc || this.heredocs.length > 1 || this.keyword !== 'RUN') return false;
    return this.bodyText === this.textOf(heredoc.opener);
  }

  private textOf(span: Span): string {
    return this.scope.text.slice(span.start, span.end);
  }

  private readArgs(): readonly Word[] {
    const { escape } = this.scope;
    const { body } = this.head;
    if (body.start === body.end) return [];
    if (this.execWords) return this.execWords;
    if (PAIR_KEYWORDS.has(this.keyword)) {
      return splitQuoted(this.logical.text, body.start, body.end, escape).map((piece) =>
        makeWord(this.logical, piece, escape),
      );
    }
    const pieces = SINGLE_ARGUMENT.has(this.keyword) ? [body] : splitAtBlanks(this.logical.text, body.start, body.end);
    return pieces.map((piece) => makeWord(this.logical, piece, escape));
  }

  private readPairs(): readonly Pair[] {
    const { escape } = this.scope;
    const { body } = this.head;
    const line = this.logical.text;
    const pieces = splitQuoted(line, body.start, body.end, escape);
    const [first] = pieces;
    if (!first) return [];
    const isLegacy = this.keyword !== 'ARG' && !line.slice(first.start, first.end).includes('=');
    if (isLegacy) {
      const value = pieces[1] ? { start: pieces[1].start, end: body.end } : undefined;
      return [this.makePair(first, first.end, value, true)];
    }
    return pieces.map((piece) => {
      const equals = line.indexOf('=', piece.start);
      const hasValue = equals >= 0 && equals < piece.end;
      const value = hasValue ? { start: equals + 1, end: piece.end } : undefined;
      return this.makePair(piece, hasValue ? equals : piece.end, value, false);
    });
  }

  private makePair(piece: Piece, nameEnd: number, value: Piece | undefined, isLegacy: boolean): Pair {
    const { escape } = this.scope;
    const name = makeWord(this.logical, { start: piece.start, end: nameEnd }, escape);
    const valueWord = value && makeWord(this.logical, value, escape);
    return {
      name: name.value,
      nameSpan: name.span,
      value: valueWord?.value,
      ...(valueWord ? { valueText: valueWord.text, valueSpan: valueWord.span } : {}),
      isLegacy,
      span: this.logical.spanOf(piece.start, value?.end ?? piece.end),
    };
  }

  private readScript(): ShellScript | undefined {
    if (!SCRIPT_KEYWORDS.has(this.keyword)) return undefined;
    const { scripts, escape } = this.scope;
    const key = `${this.shell} ${escape} ${this.textOf(this.span)}`;
    const cached = scripts?.get(key);
    if (cached) return shiftScript(cached.script, this.span.start - cached.start);
    const logical = this.readScriptText() ?? this.execCommandText();
    if (logical === undefined || logical.text.trim() === '') return undefined;
    const script = parseShell(scripts ? logical.detached() : logical);
    scripts?.set(key, { script, start: this.span.start });
    return script;
  }

  get scriptText(): ScriptText | undefined {
    if (!SCRIPT_KEYWORDS.has(this.keyword)) return undefined;
    const logical = this.readScriptText();
    if (!logical) return undefined;
    const isBash = this.execWords ? /bash$/.test(this.execWords[0]?.value ?? '') : this.isBashScript(logical.text);
    return { text: logical.text, isBash, spanOf: (start, end) => logical.spanOf(start, end) };
  }

  private isBashScript(text: string): boolean {
    const shebang = this.form === 'heredoc' ? /^\s*#!.*/.exec(text)?.[0] : undefined;
    return shebang === undefined ? this.shell === 'bash' : /bash\b/.test(shebang);
  }

  private readScriptText(): LogicalText | undefined {
    if (this.form === 'none') return undefined;
    const { text } = this.scope;
    if (this.execWords) return this.execScript(this.execWords);
    if (this.shell !== 'sh' && this.shell !== 'bash') return undefined;
    const [heredoc] = this.heredocs;
    if (!heredoc) {
      const piece = this.commandPiece();
      return this.logical.slice(piece.start, piece.end);
    }
    if (this.heredocs.length > 1 || !heredoc.isTerminated) return undefined;
    if (this.form === 'heredoc') {
      const shebang = /^\s*#!\s*(\S+)(?:\s+(\S+))?/.exec(text.slice(heredoc.content.start, heredoc.content.end));
      const interpreter = shebang?.[1]?.endsWith('/env') ? shebang[2] : shebang?.[1];
      if (interpreter !== undefined && !/^(?:ba|da|a)?sh$/.test(baseName(interpreter))) return undefined;
      return joinPieces(text, contentPieces(text, heredoc.content, heredoc.stripTabs));
    }
    // The shell gets the line, and the heredoc as its input: both form one script.
    return this.logical
      .slice(this.head.body.start, this.head.body.end)
      .concat(joinPieces(text, contentPieces(text, { start: this.lines.lineEnd, end: this.lines.end }, false)));
  }

  /** `["apt-get", "update"]` as the command that it runs, if a shell would read every word the same way. */
  private execCommandText(): LogicalText | undefined {
    const words = this.execWords ?? [];
    const [first] = words;
    const last = words.at(-1);
    if (this.keyword !== 'RUN' || !first || !last) return undefined;
    const isPlain = words.every(
      ({ text, span }) => /^"[\w./:=@%+,~-]+"$/.test(text) && span.end - span.start === text.length,
    );
    if (!isPlain) return undefined;
    const { start } = first.span;
    const text = this.scope.text.slice(start, last.span.end);
    let masked = ' '.repeat(text.length);
    for (const { value, span } of words) {
      const at = span.start + 1 - start;
      masked = masked.slice(0, at) + value + masked.slice(at + value.length);
    }
    return LogicalText.masked(masked, start);
  }

  /** `["sh", "-c", "…"]` runs a script; without escapes, its text matches the document exactly. */
  private execScript(words: readonly Word[]): LogicalText | undefined {
    const [program, option, script] = words;
    if (!program || !option || !script || words.length > 3) return undefined;
    if (!/^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(program.value) || !/^-[a-z]*c$/.test(option.value))
      return undefined;
    if (script.text.length !== script.value.length + 2) return undefined;
    if (script.span.end - script.span.start !== script.text.length) return undefined;
    return joinPieces(this.scope.text, [{ start: script.span.start + 1, end: script.span.end - 1 }]);
  }
}

/** Keyword, flags and the start of the rest, as offsets into the logical line. */
interface Head {
  readonly flags: readonly Flag[];
  readonly body: Piece;
}

function readHead(logical: LogicalText, keyword: string, escape: '\\' | '`'): Head {
  const line = logical.text;
  let at = keyword.length;
  const skipBlanks = (): void => {
    while (at < line.length && isBlank(line[at])) at++;
  };
  skipBlanks();
  const flags: Flag[] = [];
  while (line.startsWith('--', at)) {
    const [piece] = splitQuoted(line, at, line.length, escape, 1);
    if (!piece) break;
    at = piece.end;
    skipBlanks();
    // `--` ends the flags.
    if (piece.end - piece.start === 2) break;
    flags.push(readFlag(makeWord(logical, piece, escape)));
  }
  let end = line.length;
  while (end > at && isBlank(line[end - 1])) end--;
  return { flags, body: { start: at, end } };
}

function readFlag(word: Word): Flag {
  const equals = word.value.indexOf('=');
  const name = word.value.slice(2, equals < 0 ? undefined : equals);
  const value = equals < 0 ? undefined : word.value.slice(equals + 1);
  const options = new Map<string, string>();
  if (name === 'mount' && value !== undefined) {
    for (const option of value.split(',')) {
      const at = option.indexOf('=');
      options.set((at < 0 ? option : option.slice(0, at)).toLowerCase(), at < 0 ? '' : option.slice(at + 1));
    }
  }
  return { name, ...(value === undefined ? {} : { value }), span: word.span, options };
}

/** The lines of a heredoc, without carriage returns; `<<-` drops leading tabs. */
function contentPieces(text: string, content: Span, stripTabs: boolean): Span[] {
  const pieces: Span[] = [];
  for (let start = content.start; start < content.end; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 || newline >= content.end ? content.end : newline + 1;
    let first = start;
    while (stripTabs && first < next && text[first] === '\t') first++;
    const isWindows = text.startsWith('\r\n', next - 2) && next - 2 >= first;
    if (isWindows) pieces.push({ start: first, end: next - 2 }, { start: next - 1, end: next });
    else pieces.push({ start: first, end: next });
    start = next;
  }
  return pieces;
}
