/** What a stage knows when one of its scripts begins. */
export interface Surroundings {
  readonly isRoot: boolean;
  /** An earlier `apk update` left the index in the image. */
  hasApkIndex: boolean;
  apt: Apt;
}

/** Which lists apt installs from: those of the base image, of an update, or none. */
export interface Apt {
  lists: string;
  /** How often the sources of packages were changed. */
  changes: number;
}

/** Stands behind an `apk add` that has no index of its own: it takes what the image holds, or fails. */
export const NO_INDEX = '(no index)';

/** Commands of a shell script in order, with what does not change the image but for its size left out. */
export function traceScript(script: string, given: Surroundings): string[] {
  const downloaded = new Set<string>();
  // What an earlier command of the same shell leaves behind for the later ones.
  const state: string[] = [];
  const commands = splitCommands(script);
  return commands.flatMap(({ operator, words: raw }, at) => {
    const { prefix, core } = withoutPrefix(raw.map(withoutBatch), given);
    const words = canonical(isChecked(commands, at) ? core.map((word) => word.replace(/ {2}/g, ' ')) : core, given);
    const [name = ''] = words;
    if (name === 'apk' && words.includes('update')) {
      given.hasApkIndex = true;
      return [];
    }
    if (isAptUpdate(words)) {
      given.apt.lists = `lists ${given.apt.changes}`;
      return [];
    }
    if (isCleanup(words, downloaded)) {
      if (words.some((word) => word.startsWith('/var/lib/apt'))) given.apt.lists = 'no lists';
      return [];
    }
    if (words.some((word) => word.includes('/etc/apt') || /^(?:add-apt-repository|apt-add-repository)$/.test(word)))
      given.apt.changes++;
    for (const word of words) if (isArchive(word)) downloaded.add(word.split('/').at(-1) ?? word);
    // The build stops where a RUN fails: the next one stands behind `&&`.
    const text = [...prefix, ...words].join(' ');
    const trace = `${state.length > 0 ? `[${state.join('; ')}] ` : ''}${operator === '' ? '&&' : operator} ${text}`;
    if (['cd', 'export', 'set', 'umask', '.', 'source'].includes(name) || /^\w+=/.test(words.at(-1) ?? ''))
      state.push(text);
    return [trace.trim()];
  });
}

/** `echo … | sha256sum -c`: GNU reads one blank before the name as it reads two. */
function isChecked(commands: readonly Command[], at: number): boolean {
  const next = commands[at + 1];
  return commands[at]?.words[0] === 'echo' && next?.operator === '|' && /^(?:sha\d+|md5)sum$/.test(next.words[0] ?? '');
}

interface Command {
  /** What stands before it: `&&`, `||`, `;`, `|`, `&`, `(` …; '' for the first. */
  readonly operator: string;
  readonly words: readonly string[];
}

/** Words as the shell splits them; quotes go, what stands in single quotes cannot expand and is marked. */
export function splitCommands(script: string): Command[] {
  const commands: Command[] = [];
  let operator = '';
  let words: string[] = [];
  let word: string | undefined;
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (next: string): void => {
    endWord();
    if (words.length > 0) {
      commands.push({ operator, words });
      operator = next;
    } else operator = operator === '' || next === '\n' ? operator || next : `${operator} ${next}`;
    words = [];
  };
  for (let at = 0; at < script.length; ) {
    const rest = script.slice(at);
    const char = rest[0] ?? '';
    const nested = /^\$\(|^`|^\$\{/.exec(rest);
    if (char === '\\') {
      if (rest[1] !== '\n') word = (word ?? '') + (/[\w./-]/.test(rest[1] ?? '') ? rest[1] : `\\${rest[1] ?? ''}`);
      at += 2;
    } else if (char === "'") {
      const end = rest.indexOf("'", 1);
      const text = rest.slice(1, end < 0 ? undefined : end);
      word = (word ?? '') + text.replace(/[$`\\]/g, '\\$&');
      at += end < 0 ? rest.length : end + 1;
    } else if (char === '"') {
      const text = /^"((?:\\[\s\S]|[^"\\])*)"?/.exec(rest)?.[1] ?? '';
      word = (word ?? '') + text;
      at += text.length + 2;
    } else if (nested) {
      const length = nestedLength(rest);
      word = (word ?? '') + rest.slice(0, length);
      at += length;
    } else if (char === '#' && word === undefined) {
      at += rest.includes('\n') ? rest.indexOf('\n') : rest.length;
    } else if (/^(?:&&|\|\||;;|;|&(?![>\d])|\||\n|\(|\))/.test(rest) && !/[<>]$/.test(script.slice(0, at))) {
      const text = /^(?:&&|\|\||;;|.|\n)/.exec(rest)?.[0] ?? char;
      endCommand(text === '\n' ? ';' : text);
      at += text.length;
    } else if (/\s/.test(char)) {
      endWord();
      at++;
    } else {
      word = (word ?? '') + char;
      at++;
    }
  }
  endCommand('');
  return commands;
}

function nestedLength(text: string): number {
  if (text.startsWith('`')) {
    const end = text.indexOf('`', 1);
    return end < 0 ? text.length : end + 1;
  }
  const [open, close] = text.startsWith('$(') ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Options that change what is asked, shown or kept, never what is installed. */
const NEUTRAL: Readonly<Record<string, readonly string[]>> = {
  'apt-get': ['-y', '--yes', '--assume-yes'],
  apk: ['--no-cache', '--update', '--update-cache', '-U'],
  pip: ['--no-cache-dir'],
  yum: ['-y', '--assumeyes'],
  dnf: ['-y', '--assumeyes'],
  microdnf: ['-y', '--assumeyes'],
  zypper: ['-n', '--non-interactive', '-y', '--no-confirm'],
  wget: ['--progress=dot:giga'],
  useradd: ['-l', '--no-log-init'],
  gem: ['--no-document', '-N', '--no-doc', '--no-ri', '--no-rdoc'],
  gpg: ['--batch'],
  mvn: ['-B', '--batch-mode', '-ntp', '--no-transfer-progress'],
  mvnw: ['-B', '--batch-mode', '-ntp', '--no-transfer-progress'],
  gradle: ['--no-daemon'],
  gradlew: ['--no-daemon'],
  conda: ['-y', '--yes'],
};

/** Where the order of names means nothing and one of two is enough. */
const INSTALLERS = new Set(['apt-get', 'apk', 'yum', 'dnf', 'microdnf', 'zypper']);

const READS_LISTS = new Set(['build-dep', 'dist-upgrade', 'download', 'full-upgrade', 'install', 'source', 'upgrade']);

function isAptUpdate(words: readonly string[]): boolean {
  return words[0] === 'apt-get' && words.filter((word) => !word.startsWith('-'))[1] === 'update';
}

/** `sudo -E`, `env A=b` and `A=b` before a command; the first says nothing where root says it. */
function withoutPrefix(words: readonly string[], { isRoot }: Surroundings): { prefix: string[]; core: string[] } {
  const prefix: string[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (/^\w+=/.test(word)) {
      prefix.push(word);
    } else if (word === 'sudo' || word === 'env') {
      const options: string[] = [];
      while (words[at + 1]?.startsWith('-')) {
        const option = words[++at] ?? '';
        options.push(option, ...(/^-[ugC]$/.test(option) ? [words[++at] ?? ''] : []));
      }
      if (word === 'env' || !isRoot || options.some((option) => !/^-[HnE]+$/.test(option)))
        prefix.push(word, ...options);
    } else break;
  }
  // Variables alone are set for the commands below.
  return at < words.length ? { prefix, core: words.slice(at) } : { prefix: [], core: [...words] };
}

/** `gpg --batch` in a command inside a word. */
function withoutBatch(word: string): string {
  return word.includes('$(') ? word.replace(/\b(gpg2?) --batch /g, '$1 ') : word;
}

function canonical(given: readonly string[], { isRoot, hasApkIndex, apt }: Surroundings): string[] {
  const words = [...given];
  if (words[0] === 'apt') {
    words[0] = ['list', 'search', 'show'].includes(words[1] ?? '') ? 'apt-cache' : 'apt-get';
    if (words.includes('upgrade')) words.push('--with-new-pkgs');
  }
  if (words[0] === 'apt-get' && words.includes('full-upgrade')) words[words.indexOf('full-upgrade')] = 'dist-upgrade';
  const script = words.indexOf('-c') + 1;
  if (/^(?:ba|da|a)?sh$/.test(words[0] ?? '') && script > 0 && words[script] !== undefined)
    words[script] = traceScript(words[script], { isRoot, hasApkIndex, apt }).join(' ');
  const tool = toolOf(words);
  const neutral = NEUTRAL[tool] ?? [];
  const isFresh = hasApkIndex || words.some((word) => NEUTRAL['apk']?.includes(word));
  const kept = words.flatMap((word) => splitCluster(word, neutral)).filter((word) => !neutral.includes(word));
  if (!INSTALLERS.has(tool)) return kept;
  const sorted = [kept[0] ?? '', ...[...new Set(kept.slice(1))].sort()];
  if (tool === 'apt-get' && words.some((word) => READS_LISTS.has(word))) return [...sorted, `(${apt.lists})`];
  return tool === 'apk' && words.includes('add') && !isFresh ? [...sorted, NO_INDEX] : sorted;
}

/** Also behind `xargs`, `env`, `python -m` and the like. */
function toolOf(words: readonly string[]): string {
  const names = words.slice(0, 4).map((word) => (/^pip[\d.]*$/.test(word) ? 'pip' : (word.split('/').at(-1) ?? '')));
  return names.find((name) => Object.hasOwn(NEUTRAL, name)) ?? '';
}

/** `-yqq` as one option a letter, where one of them is neutral. */
function splitCluster(word: string, neutral: readonly string[]): string[] {
  if (!/^-[a-zA-Z]{2,}$/.test(word)) return [word];
  const letters = [...word.slice(1)].map((letter) => `-${letter}`);
  return letters.some((letter) => neutral.includes(letter)) ? letters : [word];
}

const CACHES =
  /^(?:\/var\/(?:lib\/apt|cache\/(?:apt|apk|yum|dnf|libdnf5|zypp|debconf))|\/root\/\.(?:cache|npm|gem|composer\/cache|conda)|~\/\.(?:cache|npm)|\/usr\/local\/share\/\.cache|\/etc\/apk\/cache)(?:\/|$)/;

function isArchive(word: string): boolean {
  return /\.(?:tar(?:\.\w+)?|tgz|tbz2?|txz|zip)$/.test(word);
}

function isCleanup(words: readonly string[], downloaded: ReadonlySet<string>): boolean {
  const [path = '', ...others] = words;
  const name = path.split('/').at(-1) ?? '';
  const operands = others.filter((word) => !word.startsWith('-'));
  const calls = `${name} ${operands.join(' ')}`;
  if (
    /^(?:apt-get (?:auto)?clean|(?:yum|dnf|microdnf) all clean|zypper (?:clean|cc)|zypper .*\bclean\b.*)$/.test(calls)
  )
    return true;
  if (
    /^(?:npm|yarn|pip|gem|conda|mamba|micromamba)\b.*\b(?:clean|purge)\b|^composer clear-?cache|^pnpm store prune/.test(
      calls,
    )
  )
    return true;
  if (name !== 'rm' || operands.length === 0) return false;
  return operands.every(
    (word) => CACHES.test(word) || (isArchive(word) && downloaded.has(word.split('/').at(-1) ?? word)),
  );
}
