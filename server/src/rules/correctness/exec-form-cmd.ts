import { baseFacts } from '../../app/effectiveUser';
import { scriptText } from '../../app/scriptText';
import { inlineComments } from '../../dockerfile/inlineComments';
import { inheritedInstructions } from '../../dockerfile/lineage';
import type { DockerfileModel, Instruction } from '../../dockerfile/model';
import { defineRule, type FixDraft, type RuleContext } from '../../engine/rule';
import type { ShellScript } from '../../shell/script';
import { brokenList } from '../shared/brokenList';

type MessageId =
  | 'shellForm'
  | 'someShells'
  | 'entrypoint'
  | 'handsOver'
  | 'check'
  | 'exec'
  | 'shellExec'
  | 'split'
  | 'addExec'
  | 'pipe'
  | 'background'
  | 'byHand'
  | 'firstLine';

/** Shell builtins: no program with that name exists. */
const BUILTINS = new Set([
  '.',
  ':',
  'alias',
  'cd',
  'eval',
  'exit',
  'export',
  'read',
  'set',
  'shift',
  'source',
  'trap',
  'ulimit',
  'umask',
  'unset',
  'wait',
]);

export default defineRule<MessageId>({
  meta: {
    id: 'exec-form-cmd',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'stage',
    aliases: [
      'DL3025',
      'JSONArgsRecommended',
      'sonar:S7019',
      'DF018',
      'DF025',
      'kics:not_using_json_in_cmd_and_entrypoint_arguments',
      'semgrep:prefer-json-notation',
    ],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      shellForm: '{keyword} in shell form: the program receives no signals',
      someShells: '{keyword} in shell form: only some shells let the program receive signals',
      entrypoint: 'ENTRYPOINT in shell form ignores CMD and the arguments of `docker run`',
      handsOver: '{keyword} in shell form starts a shell that only hands over',
      check: 'HEALTHCHECK in shell form starts a shell for each check',
      exec: 'Write {keyword} in exec form',
      shellExec: 'Write {keyword} in exec form, with a shell that runs the program with exec',
      split: 'Write {keyword} in exec form: ENTRYPOINT then receives the words of CMD',
      addExec: 'Write `exec {program}`: the last command then gets the signals',
      pipe: 'Log to standard output without a pipe; start the program itself in exec form',
      background: 'Start one program, or `supervisord -n` in exec form, which passes signals on',
      byHand: 'Move the commands to a script that ends with `exec`, and start it in exec form',
      firstLine: 'Make `#!/bin/sh` the first line of `{script}`, and start it in exec form',
    },
    advice: { shellForm: 'exec', someShells: 'exec', entrypoint: 'exec', check: 'exec', handsOver: 'exec' },
    docs: {
      description: 'Start the program in exec form',
      rationale:
        'In shell form, the program is a child of `/bin/sh -c`, and the shell is process 1. `docker stop` signals the shell, which does not forward the signal. The container is killed after the timeout, and open connections are dropped. That is so with dash (Debian, Ubuntu) and wherever several commands run at once. The ash of Alpine and bash replace themselves with the last command, until someone changes the base image: the severity is then only info. A shell-form ENTRYPOINT also ignores CMD and all arguments of `docker run`. With `exec`, the program replaces the shell: such a command is only a hint, and is not reported if it needs the shell for its variables.',
      fixSafety: {
        safe: 'only if the command consists of plain words: no variable, special quoting, pipe, redirect or builtin needs the shell, the program is not a script that may lack its `#!` line, and no ENTRYPOINT in the file receives other arguments.',
        unsafe:
          'a single command with variables becomes `["sh", "-c", "exec …"]`, and the last of several commands gets `exec`: the program is then process 1 and receives the signals itself.',
        manual: 'pipes, background processes and builtins need the shell.',
      },
      bad: ['FROM python:3.11-slim\nCMD python app.py\n', 'FROM debian:12\nENTRYPOINT app --port $PORT\n'],
      good: [
        'FROM python:3.11-slim\nCMD ["python", "app.py"]\n',
        '# escape=`\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD app.exe\n',
        'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nCMD app --now\n',
      ],
      references: ['https://docs.docker.com/reference/build-checks/json-args-recommended/'],
    },
  },
  visits: { keywords: ['CMD', 'ENTRYPOINT', 'HEALTHCHECK'] },
  create: (context) => ({
    instruction(node) {
      const { dockerfile, settings, report } = context;
      const isHadolint = settings.dialect === 'hadolint';
      if (isHadolint && node.form === 'shell' && !isNone(node) && (!node.script || hasOwnShell(node)))
        report(node.keywordSpan, 'shellForm', { data: { keyword: node.keyword } });
      if (node.form !== 'shell' || !node.script || hasOwnShell(node)) return;
      // valid-exec-form reports a list that is not JSON, and mends it.
      if (!isHadolint && brokenList(dockerfile.text, node)?.json !== undefined) return;
      // Exec form, apart from the comment after it.
      if (dockerfile.text.startsWith('[', node.body.start) && inlineComments(dockerfile, node).length > 0) return;
      const isEntrypoint =
        node.keyword === 'ENTRYPOINT' && siblings(node, 'CMD').length > 0 && !READS_WORDS.test(node.bodyText);
      // no-multiple-cmd removes what a later one overrides.
      const fix = isOverridden(node) ? undefined : fixFor(dockerfile, node, context);
      const data = { keyword: node.keyword };
      const isExec = handsOver(node.script);
      if (isEntrypoint || (!isExec && node.keyword !== 'HEALTHCHECK')) {
        const distro = node.stage && baseFacts(node.stage, context.knowledge)?.distro;
        const isOpen = !isHadolint && endsAlone(node.script) && distro !== 'debian' && distro !== 'ubuntu';
        report(node.keywordSpan, isEntrypoint ? 'entrypoint' : isOpen ? 'someShells' : 'shellForm', {
          ...(isOpen && !isEntrypoint && distro !== undefined ? { severity: 'info' as const } : {}),
          // no-multiple-cmd and no-multiple-entrypoint report what matters: the line has no effect.
          ...(!isHadolint && node.keyword !== 'HEALTHCHECK' && isOverridden(node) ? { severity: 'hint' as const } : {}),
          data,
          fix,
        });
        return;
      }
      // hadolint always asks for JSON.
      const isPlain = fix?.title === 'exec' || fix?.title === 'split';
      if (!isPlain && !isHadolint) return;
      report(node.keywordSpan, isExec ? 'handsOver' : 'check', {
        data,
        ...(isHadolint ? {} : { severity: 'hint' as const }),
        fix: isPlain ? fix : undefined,
      });
    },
  }),
});

/**
 * The last command stands alone: the ash of BusyBox 1.35 and bash 5.2 replace themselves with it, dash 0.5.12 does not
 * (`sh -c 'cd / && sleep 9'` in each, 2026-11).
 */
function endsAlone({ chain }: ShellScript): boolean {
  return (
    chain.operators.every(({ text }) => text === '&&' || text === ';' || text === '\n') &&
    chain.items.at(-1)?.kind === 'command'
  );
}

/** Docker passes the words of CMD to the shell of ENTRYPOINT, as `$0`, `$1` and so on. */
const READS_WORDS = /\$\{?[@*\d]/;

function isNone({ keyword, args }: Instruction): boolean {
  return keyword === 'HEALTHCHECK' && args[0]?.value.toUpperCase() === 'NONE';
}

/** `exec app`, also after other commands: the program replaces the shell and receives the signals. */
function handsOver(script: ShellScript): boolean {
  const { chain, commands } = script;
  const last = commands.at(-1);
  return endsAlone(script) && last?.wrappers[0]?.value === 'exec' && last.span.start === chain.items.at(-1)?.span.start;
}

/** SHELL sets how to run it: an author who changed Docker's default wants that shell. */
function hasOwnShell(node: Instruction): boolean {
  const instructions = node.stage ? inheritedInstructions(node.stage) : [];
  return instructions.some(
    (other) =>
      other.keyword === 'SHELL' &&
      other.span.start < node.span.start &&
      other.args.map((word) => word.value).join(' ') !== '/bin/sh -c',
  );
}

/** Needed to read a script from the build context. */
type Outside = Pick<RuleContext<MessageId>, 'buildContext'>;

/** A script without a shebang line, or one whose content is unknown: only a shell is certain to start it. */
function unreadScript(
  dockerfile: DockerfileModel,
  { stage, script }: Instruction,
  context: Outside,
): string | undefined {
  const program = script?.commands[0]?.words[0]?.value ?? '';
  // A program that is found on the PATH was installed, and has a shebang line.
  if (!stage || !program.includes('/') || !/\.(?:ba)?sh$/.test(program)) return undefined;
  const text = scriptText(dockerfile, stage, program, context.buildContext) ?? (context.buildContext ? '' : '#!');
  return text.startsWith('#!') ? undefined : program;
}

/**
 * True if the program certainly starts without a shell: its shebang line is known, or it is a system program.
 * Undefined if the content of the file is unknown.
 */
function namesReader(dockerfile: DockerfileModel, { stage }: Instruction, program: string, context: Outside) {
  const isScript = /\.(?:ba)?sh$/.test(program);
  if (!isScript && (!program.includes('/') || /^\/(?:usr\/)?s?bin\//.test(program))) return true;
  const text = stage && scriptText(dockerfile, stage, program, context.buildContext);
  return text === undefined ? undefined : text.startsWith('#!') || (!isScript && text.includes('\0'));
}

function fixFor(dockerfile: DockerfileModel, node: Instruction, context: Outside): FixDraft<MessageId> | undefined {
  const { script } = node;
  const [command] = script?.commands ?? [];
  const isTouchable = !dockerfile.comments.some(
    (comment) => comment.span.start > node.span.start && comment.span.end < node.span.end,
  );
  if (!script || !command || !isTouchable || script.errors.length > 0) return undefined;
  // A broken JSON array is reported by valid-exec-form.
  if (dockerfile.text.startsWith('[', node.body.start)) return undefined;
  const isSingle = script.commands.length === 1 && script.chain.operators.length === 0 && endsAlone(script);
  if (!isSingle) return severalCommands(dockerfile, node, script, context);
  if (BUILTINS.has(command.name)) return { title: 'byHand', safety: 'manual' };
  const unread = unreadScript(dockerfile, node, context);
  if (unread !== undefined) return { title: 'firstLine', data: { script: unread }, safety: 'manual' };
  const hasReader = namesReader(dockerfile, node, command.words[0]?.value ?? '', context);
  // A backslash may be an escape of the shell or part of a Windows path. A lone carriage return hides words.
  const isPlain =
    command.name !== '' &&
    [...command.wrappers, ...command.words].every((word) => word.isStatic && !/[\\\r]/.test(word.text));
  if (isPlain && command.assignments.length === 0 && command.redirects.length === 0) {
    const wrappers = command.wrappers.filter((word) => word.value !== 'exec');
    const words = [...wrappers, ...command.words].sort((a, b) => a.span.start - b.span.start);
    const other = node.keyword === 'CMD' ? 'ENTRYPOINT' : 'CMD';
    const isShared = node.keyword !== 'HEALTHCHECK' && siblings(node, other).length > 0;
    return {
      title: isShared ? 'split' : 'exec',
      safety: isShared || !hasReader ? 'unsafe' : 'safe',
      edits: [
        {
          span: { start: command.span.start, end: node.body.end },
          newText: jsonArray(words.map((word) => word.value)),
        },
      ],
    };
  }
  if (command.assignments.length > 0 || command.redirects.length > 0 || command.wrappers.length > 0) {
    return { title: 'byHand', safety: 'manual' };
  }
  const source = dockerfile.text.slice(node.body.start, node.body.end);
  if (source.includes('\n')) return { title: 'byHand', safety: 'manual' };
  return {
    title: 'shellExec',
    safety: 'unsafe',
    edits: [{ span: node.body, newText: jsonArray(['/bin/sh', '-c', `exec ${source}`]) }],
  };
}

/** They only wait: as process 1 they would not collect what daemons leave behind, as the shell does. */
const WAITING = new Set(['bash', 'cat', 'sh', 'sleep', 'tail', 'watch']);

/** For commands that have no exec form: the last one replaces the shell. */
function severalCommands(
  dockerfile: DockerfileModel,
  node: Instruction,
  script: ShellScript,
  context: Outside,
): FixDraft<MessageId> {
  const { chain, commands } = script;
  const last = chain.items.at(-1);
  const command = commands.at(-1);
  if (chain.operators.some(({ text }) => text === '&')) return { title: 'background', safety: 'manual' };
  if (chain.items.some(({ kind }) => kind === 'pipeline')) return { title: 'pipe', safety: 'manual' };
  const isPlain =
    last?.kind === 'command' &&
    command?.span.start === last.span.start &&
    command.name !== '' &&
    command.wrappers.length === 0 &&
    command.assignments.length === 0 &&
    !command.isConditional &&
    !BUILTINS.has(command.name);
  if (!isPlain) return { title: 'byHand', safety: 'manual' };
  const draft = { title: 'addExec', data: { program: command.words[0]?.text ?? command.name } } as const;
  const isKnown =
    endsAlone(script) &&
    chain.items.every(({ kind }) => kind === 'command') &&
    !WAITING.has(command.name) &&
    namesReader(dockerfile, node, command.words[0]?.value ?? '', context) === true;
  if (!isKnown) return { ...draft, safety: 'manual' };
  const { start } = command.span;
  return { ...draft, safety: 'unsafe', edits: [{ span: { start, end: start }, newText: 'exec ' }] };
}

function isOverridden(node: Instruction): boolean {
  if (node.keyword === 'HEALTHCHECK') return false;
  return siblings(node, node.keyword).some(({ span }) => span.start > node.span.start) && !isTrigger(node);
}

/** An instruction of ONBUILD is none of the stage. */
function isTrigger(node: Instruction): boolean {
  return !node.stage?.instructions.includes(node);
}

/** `ENTRYPOINT []` clears the entrypoint of the base image. */
function siblings(node: Instruction, keyword: string): Instruction[] {
  return (node.stage?.instructions ?? []).filter(
    (other) => other.keyword === keyword && !(other.form === 'exec' && other.args.length === 0),
  );
}

function jsonArray(words: readonly string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
}
