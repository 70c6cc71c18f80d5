import { programsOfShell, programsOfWords } from '../commands/shellPrograms';
import { baseName } from '../text/paths';
import { anyOf } from '../text/pattern';
import { type Literal, type MaskedSource, maskSource } from './literals';
import type { SourceFile } from './sources';

/** The programs that a source file starts. */
export interface ProgramCalls {
  /** Names that appear in a call. */
  readonly certain: ReadonlySet<string>;
  /** Names in strings that may be passed to a call; they matter where a call gets its program from elsewhere. */
  readonly possible: ReadonlySet<string>;
  /** A call gets its program from a variable. */
  readonly isOpen: boolean;
  /** The program itself calls something: a script does so only where it is called. */
  readonly starts: boolean;
}

interface Language {
  readonly files: RegExp;
  /** Matches up to the opening bracket of the call. `skipped` is the number of arguments before the program. */
  readonly calls: readonly { readonly head: RegExp; readonly skipped?: number }[];
  /** Strings that are calls by themselves, and the code directly before them. */
  readonly strings?: { readonly quotes: RegExp; readonly before: RegExp };
  /** Other ways to name a program: the first group is the name or the number of a string. */
  readonly names?: readonly RegExp[];
  /** If the file does not match this, the heads mean something else. */
  readonly needs?: RegExp;
}

const LANGUAGES: readonly Language[] = [
  {
    files: /\.py$/,
    calls: [
      {
        head: anyOf(
          /\b(?:subprocess\.\w+|Popen|check_output|check_call|getoutput|getstatusoutput)\(/g,
          /\b(?:os\.(?:system|popen|posix_spawnp?|exec[lv]p?e?)|create_subprocess_(?:exec|shell))\(/g,
          /\b(?:(?:anyio|trio)\.(?:run_process|open_process)|shutil\.which|which|find_executable)\(/g,
          /\b(?:pexpect\.(?:spawn|run)|sh\.Command|(?:c|ctx|context|conn|connection)\.(?:run|sudo|local)|local)\(/g,
        ),
      },
      { head: /\bos\.spawn[lv]p?e?\(/g, skipped: 1 },
      { head: /(?<![.\w])(?:run|call)\(/g },
    ],
    names: [
      /(?<![.\w])sh\.([a-z][\w]*)\(/g,
      /\blocal\[\s*⟦(\d+)⟧\s*\]/g,
      /^[ \t]*from\s+(?:sh|plumbum\.cmd)\s+import\s+([^\n]+)/gm,
    ],
    needs: /subprocess|\bos\.|shutil|pexpect|\bsh\b|plumbum|invoke|fabric|anyio|trio|distutils|asyncio/,
  },
  {
    files: /\.[cm]?[jt]sx?$/,
    calls: [
      {
        head: anyOf(
          /\b(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|spawn\.sync|execa|execaSync|execaCommand)\(/g,
          /\b(?:execaCommandSync|execAsync|execPromise|crossSpawn|exec_|which(?:\.sync)?|commandExists(?:\.sync)?)\(/g,
        ),
      },
    ],
    strings: { quotes: /`/, before: /(?:^|[^\w$])\$$|\b(?:execa|execaSync)$/ },
    needs: /child_process|execa|cross-spawn|\bzx\b|shelljs|\bwhich\b|command-exists|\bBun\b|Deno\b/,
  },
  {
    files: /\.(?:rb|rake|erb)$|(?:^|\/)(?:Rakefile|bin\/[^./]+)$/,
    calls: [
      {
        head: anyOf(
          /(?<![.\w])(?:(?:Kernel\.)?(?:system|exec|spawn|sh|fork)|Open3\.\w+|IO\.popen|Process\.spawn)(?:\(|[ \t]+(?=⟦))/g,
          /(?<![.\w])(?:PTY\.spawn|MakeMakefile\.find_executable|find_executable)(?:\(|[ \t]+(?=⟦))/g,
        ),
      },
    ],
    strings: { quotes: /`/, before: /(?:)/ },
    names: [/%x[{([|]\s*([\w./-]+)/g],
  },
  {
    files: /\.php$/,
    calls: [
      {
        head: anyOf(
          /(?<![>\w:])(?:shell_exec|exec|system|passthru|proc_open|popen|pcntl_exec)\(/g,
          /\bnew\s+\\?(?:[\w\\]+\\)?Process\(/g,
          /\bProcess::(?:run|start|pipe|fromShellCommandline)\(/g,
        ),
      },
    ],
    strings: { quotes: /`/, before: /(?:)/ },
  },
  {
    files: /\.(?:java|kt|kts|scala|groovy)$/,
    calls: [{ head: /\bProcessBuilder\(|getRuntime\(\)\.exec\(|\.command\(|CommandLine(?:\.parse)?\(/g }],
    needs: /ProcessBuilder|getRuntime|CommandLine/,
  },
  {
    files: /\.(?:cs|fs|vb)$/,
    calls: [{ head: /\bProcess\.Start\(|\bProcessStartInfo\(|\bCli\.Wrap\(/g }],
    names: [/\bFileName\s*=\s*⟦(\d+)⟧/g],
    needs: /Process|CliWrap/,
  },
  {
    files: /\.go$/,
    calls: [
      { head: /\bexec\.(?:Command|LookPath)\(|\bsyscall\.Exec\(/g },
      { head: /\bexec\.CommandContext\(/g, skipped: 1 },
    ],
  },
  { files: /\.rs$/, calls: [{ head: /\bCommand::new\(|\bcmd!\(|\bwhich(?:::which)?\(/g }] },
  {
    files: /\.(?:c|cc|cpp|h|hpp)$/,
    calls: [
      { head: /(?<![.\w>])(?:std::)?(?:system|popen|exec[lv]p?e?)\(/g },
      { head: /\bposix_spawnp?\(/g, skipped: 1 },
    ],
  },
  {
    files: /\.(?:pl|pm|lua|ex|exs)$/,
    calls: [
      {
        head: /(?<![.\w])(?:system|exec|os\.execute|io\.popen|System\.(?:cmd|shell|find_executable)|:os\.cmd|Port\.open|MuonTrap\.cmd)(?:\(|[ \t]+(?=⟦))/g,
      },
    ],
    strings: { quotes: /`/, before: /(?:)/ },
  },
];

const SCRIPT = /\.(?:sh|bash)$/;
const SHEBANG = /^#!\s*\S*?(?:\/|\benv\s+(?:-S\s+)?)((?:ba|da|a|k|z)?sh|python[\d.]*|node|ruby|perl|php)\b/;
const EXTENSIONS: Readonly<Record<string, string>> = { python: 'py', node: 'js', ruby: 'rb', perl: 'pl', php: 'php' };

const NOTHING: ProgramCalls = { certain: new Set(), possible: new Set(), isOpen: false, starts: false };

/** A shell script: it calls something only where it is itself called. */
export function isShellScript({ path, text }: SourceFile): boolean {
  return SCRIPT.test(path) || /sh$/.test(SHEBANG.exec(text)?.[1] ?? '');
}

/** The programs that a file calls, as far as its text shows. Words in comments and settings are not calls. */
export function programCalls({ path, text }: SourceFile): ProgramCalls {
  const interpreter = SHEBANG.exec(text)?.[1];
  if (isShellScript({ path, text })) {
    const certain = programsOfShell(text);
    return { ...NOTHING, certain };
  }
  const commands = settingsCommands(path, text);
  if (commands.length > 0) {
    const certain = new Set(commands.flatMap((line) => [...programsOfShell(line)]));
    return { ...NOTHING, certain };
  }
  const extension = Object.entries(EXTENSIONS).find(([one]) => interpreter?.startsWith(one))?.[1];
  const name = extension === undefined || /\.\w+$/.test(path) ? path : `${path}.${extension}`;
  const language = LANGUAGES.find(({ files }) => files.test(name));
  if (!language || (language.needs && !language.needs.test(text))) return NOTHING;
  return callsIn(language, maskSource(name, text));
}

/** The lines of a Procfile, a crontab or a supervisor configuration that are run. */
export function settingsCommands(path: string, text: string): string[] {
  if (/(?:^|\/)Procfile[^/]*$/.test(path))
    return [...text.matchAll(/^[\w-]+:[ \t]*(.+)$/gm)].map(([, line = '']) => line);
  if (baseName(path)?.includes('cron') && !/\.(?:[cm]?[jt]sx?|py|rb|php|go|java|cs|rs)$/.test(path))
    return [...text.matchAll(/^(?:[\d*/,-]+[ \t]+){5}(.+)$/gm)].map(([, line = '']) => line);
  if (/\.(?:conf|ini|cfg)$/.test(path))
    return [...text.matchAll(/^[ \t]*(?:command|exec[\w-]*|attach-daemon\d?)[ \t]*=[ \t]*(.+)$/gm)].map(
      ([, line = '']) => line,
    );
  return [];
}

function callsIn(language: Language, source: MaskedSource): ProgramCalls {
  const { code, literals } = source;
  const certain = new Set<string>();
  let isOpen = false;
  let starts = false;
  const add = (names: Iterable<string>): void => {
    starts = true;
    for (const name of names) certain.add(name);
  };
  for (const { head, skipped = 0 } of language.calls)
    for (const match of code.matchAll(head)) {
      const call = argumentsOf(code, match.index + match[0].length, match[0].endsWith('('));
      const words = wordsOf(call.slice(skipped), literals);
      starts = true;
      if (words) add(programsOfCall(words));
      else isOpen = true;
    }
  for (const pattern of language.names ?? [])
    for (const [, name = ''] of code.matchAll(pattern)) {
      const literal = /^\d+$/.test(name) ? literals[Number(name)]?.value : undefined;
      add(literal === undefined ? name.split(/[\s,()]+/) : programsOfCall([literal]));
    }
  const { strings } = language;
  if (strings)
    for (const match of code.matchAll(/⟦(\d+)⟧/g)) {
      const literal = literals[Number(match[1])];
      if (
        literal &&
        strings.quotes.test(literal.quote) &&
        strings.before.test(code.slice(Math.max(0, match.index - 20), match.index))
      )
        add(programsOfShell(literal.value));
    }
  for (const { value } of literals)
    if (/^(?:\/usr)?(?:\/local)?\/s?bin\/[\w.+-]+(?:\s|$)/.test(value))
      add(programsOfWords(value.split(/\s+/).slice(0, 1)));
  return { certain, possible: possibleIn(source), isOpen, starts };
}

/** The arguments of a call, split at commas; without brackets, those up to the end of the line. */
function argumentsOf(code: string, from: number, isBracketed: boolean): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < code.length && at < from + MAX_CALL; at++) {
    const one = code[at] ?? '';
    if ('([{'.includes(one)) depth++;
    else if (')]}'.includes(one) && --depth < 0) return [...found, code.slice(start, at)];
    else if (one === '\n' && !isBracketed && depth === 0) return [...found, code.slice(start, at)];
    else if (one === ',' && depth === 0) {
      found.push(code.slice(start, at));
      start = at + 1;
    }
  }
  return [...found, code.slice(start, from + MAX_CALL)];
}

const MAX_CALL = 4000;

/** `[`, `new String[] {`, `List.of(`, `args=`, `@` and the prefixes of strings. */
const BEFORE_PROGRAM =
  /^\s*(?:await\s+)?(?:args\s*=\s*|cmd\s*=\s*|command\s*=\s*)?(?:new\s+\w*(?:\[\])?\s*\{|(?:[\w.]+\.)?(?:of|asList|listOf|arrayOf|vec!|array)\s*[([]|&?\[|\()*\s*[@$bfruBFRU]{0,2}\s*(?=⟦)/;
/** The running interpreter itself. */
const ITSELF = /^(?:args=)?\[?(?:sys\.executable|process\.execPath|process\.argv\[0\]|RbConfig\.ruby|PHP_BINARY)\b/;

/** The program and its arguments, as far as they are strings; undefined when the program is not a string. */
function wordsOf(args: readonly string[], literals: readonly Literal[]): string[] | undefined {
  const [first = ''] = args;
  if (ITSELF.test(first.replace(/\s/g, ''))) return [];
  if (first.trim() === '' && args.length <= 1) return [];
  if (!BEFORE_PROGRAM.test(first)) return undefined;
  const text = args.filter((arg, index) => index === 0 || !/^\s*(?:\w+\s*=(?!=)|\{)/.test(arg)).join(',');
  return [...text.matchAll(/⟦(\d+)⟧/g)].map(([, number]) => literals[Number(number)]?.value ?? '');
}

/** A single string is a shell script or a program name; several strings are a program with its arguments. */
function programsOfCall(words: readonly string[]): Set<string> {
  const [first = ''] = words;
  return /[\s;&|<>$`]/.test(first.trim()) ? programsOfShell(first) : programsOfWords(words.map((word) => word.trim()));
}

/** Strings that begin like a command: `git`, `git log`, `["git", …]`. */
function possibleIn({ literals }: MaskedSource): Set<string> {
  const found = new Set<string>();
  for (const { value, quote } of literals) {
    if (quote.length === 3 && !value.includes('|')) continue;
    const name = /^\s*([a-zA-Z][\w.+-]*)(?=\s|$)/.exec(value)?.[1];
    if (name !== undefined) found.add(name);
    for (const [, piped = ''] of value.matchAll(/(?:\||&&|;|\$\()\s*([a-z][\w.+-]*)/g)) found.add(piped);
  }
  return found;
}
