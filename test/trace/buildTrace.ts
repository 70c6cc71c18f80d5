import { type Line, readInstructions } from './instructions';
import { type Apt, NO_INDEX, type Surroundings, traceScript } from './shellTrace';

/**
 * What a build of the file does, stage by stage: two files with the same trace build the same images but for their
 * size, their layers and what nobody reads of them.
 */
export function buildTrace(text: string): string[] {
  const stages: Stage[] = [];
  const globals: string[] = [];
  for (const line of readInstructions(text)) {
    if (line.keyword === 'FROM') stages.push(openStage(line, stages));
    // What else stands before the first FROM builds nothing.
    else if (stages.length === 0) globals.push(...(line.keyword === 'ARG' ? [`arg ${line.rest}`] : []));
    else apply(stages[stages.length - 1] as Stage, line, stages);
  }
  return [...globals, ...stages.flatMap(closeStage)];
}

/** The first step in which two builds differ, for a person; undefined when there is none. */
export function differenceOf(before: string, after: string): string | undefined {
  const [old, now] = [buildTrace(before), buildTrace(after)];
  for (let at = 0; at < Math.max(old.length, now.length); at++) {
    // To fetch the index where there was none is no harm.
    if (old[at] === now[at] || old[at] === `${now[at]} ${NO_INDEX}`) continue;
    return `${old[at] ?? '(nothing)'}\n→ ${now[at] ?? '(nothing)'}`;
  }
  return undefined;
}

interface Stage {
  readonly name: string | undefined;
  readonly head: string;
  readonly steps: string[];
  readonly env: Map<string, string>;
  readonly labels: Map<string, string>;
  readonly exposed: Set<string>;
  readonly config: Map<string, string>;
  hasApkIndex: boolean;
  readonly apt: Apt;
  user: string;
  workdir: string;
  shell: string;
}

function openStage({ flags, rest }: Line, stages: readonly Stage[]): Stage {
  const [image = '', as, name] = rest.split(/\s+/);
  const parent = stages.find((stage) => stage.name !== undefined && stage.name === image.toLowerCase());
  const kept = flags.filter((flag) => !/^--platform=["']?\$\{?TARGETPLATFORM\}?["']?$/.test(flag));
  return {
    name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined,
    head: `FROM ${[...kept, parent ? `#${stages.indexOf(parent)}` : image].join(' ')}`,
    steps: [],
    env: new Map(parent?.env),
    labels: new Map(),
    exposed: new Set(),
    config: new Map(),
    hasApkIndex: parent?.hasApkIndex ?? false,
    apt: parent ? { ...parent.apt } : { lists: 'lists of the base', changes: 0 },
    user: parent?.user ?? '?',
    workdir: parent?.workdir ?? '?',
    shell: parent?.shell ?? '',
  };
}

function closeStage(stage: Stage): string[] {
  return [
    stage.head,
    ...stage.steps,
    ...[...stage.labels].sort().map(([key, value]) => `label ${key}=${value}`),
    ...[...stage.exposed].sort().map((port) => `expose ${port}`),
    ...[...stage.config].sort().map(([key, value]) => `${key} ${value}`),
    `user ${stage.user}`,
    `workdir ${stage.workdir}`,
  ];
}

function apply(stage: Stage, line: Line, stages: readonly Stage[]): void {
  const { keyword, rest } = line;
  switch (keyword) {
    case 'RUN':
      stage.steps.push(...runSteps(stage, line, stages));
      break;
    case 'COPY':
    case 'ADD':
      stage.steps.push(copyStep(stage, line, stages));
      break;
    case 'ENV':
      for (const [key, value] of pairs(rest)) {
        stage.env.set(key, value);
        stage.steps.push(`env ${key}=${value}`);
      }
      break;
    case 'ARG':
      // What is meant as a comment are names that nobody reads.
      stage.steps.push(...pairs(rest.replace(/\s#.*/, ''), false).map(([key, value]) => `arg ${key}=${value}`));
      break;
    case 'LABEL':
      for (const [key, value] of pairs(rest)) stage.labels.set(key, value);
      break;
    case 'MAINTAINER':
      stage.labels.set('org.opencontainers.image.authors', unquote(rest));
      break;
    case 'USER':
      stage.user = unquote(rest);
      break;
    case 'WORKDIR':
      stage.workdir = resolvePath(stage.workdir, unquote(rest));
      stage.steps.push(`workdir ${stage.workdir} as ${stage.user}`);
      break;
    case 'SHELL':
      stage.shell = (jsonOf(rest) ?? [rest]).join(' ');
      break;
    case 'EXPOSE':
      for (const port of rest.split(/\s+/)) stage.exposed.add(portOf(port));
      break;
    case 'VOLUME':
      stage.steps.push(`volume ${(jsonOf(rest) ?? rest.split(/\s+/)).join(' ')}`);
      break;
    case 'CMD':
    case 'ENTRYPOINT':
      stage.config.set(keyword, argvOf(rest, stage.shell));
      break;
    case 'HEALTHCHECK':
      stage.config.set(keyword, `${[...line.flags].sort().join(' ')} ${rest}`);
      break;
    case 'ONBUILD':
      stage.steps.push(...trigger(stage, line, stages));
      break;
    default:
      stage.config.set(keyword, unquote(rest));
  }
}

/** What the trigger does, as if it were done now. */
function trigger(stage: Stage, { rest, bodies }: Line, stages: readonly Stage[]): string[] {
  const [line] = readInstructions(rest.split('\n')[0] ?? '');
  if (!line) return [];
  const inner = openStage({ keyword: 'FROM', flags: [], rest: 'onbuild', bodies: [] }, []);
  inner.user = stage.user;
  apply(inner, { ...line, bodies }, stages);
  return closeStage(inner).map((step) => `onbuild ${step}`);
}

function runSteps(stage: Stage, { flags, rest, bodies }: Line, stages: readonly Stage[]): string[] {
  const context = `${stage.user} in ${stage.workdir}${stage.shell === '' ? '' : ` with ${stage.shell}`}`;
  const mounts = [...flags]
    .sort()
    .map((flag) => stageReferences(flag, stages).replace(/(?<=type=secret.*),mode=0?400/, ''))
    .join(' ');
  const head = `run ${context}${mounts === '' ? '' : ` ${mounts}`}:`;
  const argv = jsonOf(rest);
  if (argv) return [`${head} ${JSON.stringify(argv)}`];
  if (bodies.length > 1) return [`${head} ${rest}`, ...bodies];
  // Other shells split words by other rules.
  if (stage.shell !== '' && !/(?:^|\/)(?:ba|da|a)?sh\b/.test(stage.shell)) return [`${head} ${rest}`];
  const isRoot = stage.user === '?' || /^(?:root|0)(?::|$)/.test(stage.user);
  const surroundings = { isRoot, hasApkIndex: stage.hasApkIndex, apt: stage.apt };
  const commands =
    bodies.length === 0 ? traceScript(rest, surroundings) : heredocSteps(rest, bodies[0] ?? '', surroundings);
  stage.hasApkIndex = surroundings.hasApkIndex;
  return commands.map((command) => `${head} ${command}`);
}

const SHELL_NAME = /(?:^|\/)(?:ba|da|a)?sh$/;

/** A heredoc is the script itself, for the shell or for what `#!` names; behind a command it is what that reads. */
function heredocSteps(rest: string, body: string, surroundings: Surroundings): string[] {
  const reader = /^\d*<<-?\s*["']?\w+["']?$/.test(rest) ? undefined : rest;
  const [, interpreter, script = body] =
    reader === undefined ? (/^\s*#!\s*([^\n]*)\n?([\s\S]*)$/.exec(body) ?? []) : [];
  const words = (interpreter ?? reader ?? 'sh').trim().split(/\s+/);
  const program = words.find((word, at) => !(at === 0 && /(?:^|\/)env$/.test(word)) && !word.startsWith('-')) ?? '';
  const isShell = SHELL_NAME.test(program) && (reader === undefined || words.length === 2);
  // Behind the word for the heredoc each line of a script is a command of its own.
  const steps = isShell
    ? traceScript(`${rest}\n${script}`, surroundings)
    : [...(reader === undefined ? [] : traceScript(reader, surroundings)), script];
  return interpreter === undefined ? steps : [`#!${interpreter}`, ...steps];
}

function copyStep(stage: Stage, { keyword, flags, rest, bodies }: Line, stages: readonly Stage[]): string {
  const words = jsonOf(rest) ?? rest.split(/\s+/);
  const sources = words.slice(0, -1);
  const target = words.at(-1) ?? '';
  const isPlain = sources.every(
    (source) => !/^\w+:\/\/|^git@|[$]|\.(?:tar|tgz|tbz2?|txz|tzst|gz|xz|bz2|zst)\b/.test(source),
  );
  const kind =
    keyword === 'ADD' && !(isPlain && flags.every((flag) => /^--(?:chown|chmod|link)/.test(flag))) ? 'add' : 'copy';
  const folder = sources.length > 1 && !target.endsWith('/') ? `${target}/` : target;
  const options = [...flags].sort().map((flag) => stageReferences(flag, stages));
  return [`${kind} in ${stage.workdir}:`, ...options, ...sources, folder, ...bodies].join(' ');
}

/** `--from=name` and `from=name` by the stage's number. */
function stageReferences(flag: string, stages: readonly Stage[]): string {
  return flag.replace(/(?<=\bfrom=)[^,\s]+/, (name) => {
    const index = stages.findIndex((stage, at) => stage.name === name.toLowerCase() || `${at}` === name);
    return index < 0 ? name : `#${index}`;
  });
}

function pairs(rest: string, hasLegacy = true): [string, string][] {
  const words = rest.match(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s"'\\])+/g) ?? [];
  if (hasLegacy && !(words[0] ?? '').includes('=')) {
    const match = /^(\S+)\s+([\s\S]*)$/.exec(rest);
    return match ? [[match[1] ?? '', unquote(match[2] ?? '')]] : [];
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    return at < 0 ? [word, ''] : [unquote(word.slice(0, at)), unquote(word.slice(at + 1))];
  });
}

/** Quotes and escapes go; a `$` that cannot expand is marked. */
function unquote(text: string): string {
  return text.trim().replace(/\\([\s\S])|"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'/g, (_, escaped, double, single) => {
    if (escaped !== undefined) return escaped === '$' ? '\\$' : escaped;
    if (single !== undefined) return single.replaceAll('$', '\\$');
    return (double as string).replace(/\\(["\\])/g, '$1');
  });
}

function jsonOf(rest: string): string[] | undefined {
  if (!rest.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(rest);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

function mendedList(rest: string): string {
  const list = rest.replace(/[‘’“”']/g, '"').trim();
  return (list.endsWith(']') ? list : `${list}]`).replace(/,\s*\]$/, ']');
}

/** Plain words in shell form start the same program as in exec form. */
function argvOf(rest: string, shell: string): string {
  // A list in other quotes, with a comma too many or without its bracket starts nothing: nothing is lost by what was meant.
  const argv = jsonOf(rest) ?? (/^\[\s*['"‘’“”]/.test(rest) ? jsonOf(mendedList(rest)) : undefined);
  if (argv) return JSON.stringify(argv);
  // The shell gives its place to what `exec` names: the same process in the end.
  const plain = rest.replace(/^exec\s+/, '');
  const isPlain = shell === '' && /^[\w./:@%+,-][\w./:@%+,= -]*$/.test(plain) && !/^\w+=/.test(plain);
  return isPlain ? JSON.stringify(plain.split(/\s+/)) : `${shell} sh: ${rest}`;
}

function portOf(port: string): string {
  const [number = '', protocol = 'tcp'] = port.split('/');
  return `${number.includes('$') ? number : (number.split(':').at(-1) ?? '')}/${protocol.toLowerCase()}`;
}

function resolvePath(base: string, path: string): string {
  if (/^(?:[\\/$]|[A-Za-z]:)/.test(path)) return path;
  return `${base.replace(/\/$/, '')}/${path.replace(/^\.\//, '')}`;
}
