import { packageCommand } from '../../commands/packageCommand';
import { systemInstall } from '../../commands/systemPackages';
import type { Instruction } from '../../dockerfile/model';
import { defineRule, type RuleContext } from '../../engine/rule';
import { readOptions } from '../../shell/options';
import type { ShellChain, ShellCommand, ShellItem } from '../../shell/script';

type MessageId = 'chain' | 'group' | 'direct' | 'semicolon' | 'and' | 'remove' | 'removeEnd';

export default defineRule<MessageId>({
  meta: {
    id: 'no-ignored-failure',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.2.0',
    scope: 'stage',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      chain: '`|| {fallback}` also hides a failure of `{command}`',
      group: 'Put `{last} …` and its fallback into braces',
      direct: 'The build continues when `{command}` fails',
      semicolon: '`;` continues when `{command}` fails',
      and: 'Write `&&`',
      remove: 'Remove `|| {fallback}`',
      removeEnd: 'Remove `; {fallback}`',
    },
    docs: {
      description: 'Do not hide that an install or a build has failed',
      rationale:
        '`||` applies to all commands before it that `&&` joins. In `make install && strip app || true`, a failed `make` leaves an image without the program, and the build succeeds. Braces limit the fallback to the one command that may fail: `make install && { strip app || true; }`.',
      fixSafety: { unsafe: 'the build stops at failures that it ignored before.' },
      bad: [
        'FROM gcc:14\nCOPY . .\nRUN make install && strip /usr/local/bin/app || true\n',
        'FROM node:22\nCOPY . .\nRUN npm ci || true\n',
      ],
      good: [
        'FROM gcc:14\nCOPY . .\nRUN make install && { strip /usr/local/bin/app || true; }\n',
        'FROM node:22\nCOPY . .\nRUN npm ci\nRUN rm *.log || true\n',
      ],
      references: ['https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_09_03'],
    },
  },
  visits: { keywords: ['RUN'] },
  create: (context) => ({
    instruction(node) {
      const { script } = node;
      if (!script) return;
      // Branches and loops may fail for their own reasons.
      const certain = script.commands.filter((command) => !command.isConditional && !command.isSubstitution);
      for (const chain of new Set([script.chain, ...certain.map((command) => command.chain)]))
        checkFallbacks(chain, context);
      checkEnd(script.chain, context);
      if (!mayStop(node)) checkSemicolon(script.chain, context);
    },
  }),
});

function checkFallbacks(chain: ShellChain, { dockerfile: { text }, report }: RuleContext<MessageId>): void {
  chain.operators.forEach(({ text: operator, span }, at) => {
    const [last, fallback] = chain.items.slice(at, at + 2);
    if (operator !== '||' || !last || !fallback || !isNothing(fallback)) return;
    const hidden = joinedBefore(chain, at).flatMap(commandOf).find(isWork);
    const direct = commandOf(last).find(isNeeded);
    const command = hidden ?? direct;
    if (!command) return;
    const data = {
      command: calledAs(command),
      fallback: commandOf(fallback)[0]?.name ?? '',
      last: commandOf(last)[0]?.name ?? '',
    };
    if (hidden && last.kind === 'command')
      report(span, 'chain', {
        data,
        fix: {
          title: 'group',
          safety: 'unsafe',
          edits: [insert(last.span.start, '{ '), insert(fallback.span.end, '; }')],
        },
      });
    else if (!hidden && !/[\\\n]/.test(text.slice(last.span.end, fallback.span.end)))
      report(span, 'direct', { severity: 'info', data, fix: cut('remove', last, fallback) });
  });
}

/** `npm ci; exit 0`: the last command decides whether the RUN succeeds. */
function checkEnd({ items, operators }: ShellChain, { report }: RuleContext<MessageId>): void {
  const [last, end] = items.slice(-2);
  const operator = operators[items.length - 2];
  if (operator?.text !== ';' || !last || !end || !isSuccess(end)) return;
  const command = commandOf(last).find(isNeeded);
  // `set -e` stops at the first failure.
  if (!command || items.some(({ commands: [first] }) => first?.name === 'set')) return;
  const data = { command: calledAs(command), fallback: commandOf(end)[0]?.name ?? '' };
  report(operator.span, 'direct', { severity: 'info', data, fix: cut('removeEnd', last, end) });
}

/** `npm run build; rm -rf src`: the RUN succeeds if its last command does. */
function checkSemicolon({ items, operators }: ShellChain, { report }: RuleContext<MessageId>): void {
  const at = operators.findIndex(({ text }, index) => {
    const [item, next] = items.slice(index, index + 2);
    return text === ';' && item && next && commandOf(item).some(isMissed) && !isSuccess(next) && !isTest(next);
  });
  const [operator, item] = [operators[at], items[at]];
  const command = item && commandOf(item).find(isMissed);
  if (!operator || !command || operators[at - 1]?.text === '||') return;
  report(operator.span, 'semicolon', {
    severity: 'info',
    data: { command: calledAs(command) },
    fix: {
      title: 'and',
      safety: 'unsafe',
      edits: [{ span: { start: item.span.end, end: operator.span.end }, newText: ' &&' }],
    },
  });
}

/** A newer pip is not needed, and who hides the errors expects them. */
function isMissed(command: ShellCommand): boolean {
  const call = packageCommand(command, ['pip']);
  const isOfPip =
    call?.operands.every(({ value }) => /^(?:pip|setuptools|wheel)\b/.test(value)) && !call.has('-r', '--requirement');
  return isNeeded(command) && !isOfPip && !command.redirects.some(({ operator }) => operator.startsWith('2'));
}

/** A condition may look at what has happened. */
function isTest({ kind, commands: [command] }: ShellItem): boolean {
  return kind !== 'command' || /^(?:\[|test|exit|return)$/.test(command?.name ?? '');
}

/** True where the shell stops at the first failure. */
function mayStop({ script, stage, span, flags }: Instruction): boolean {
  const shell = stage?.instructions.findLast((one) => one.keyword === 'SHELL' && one.span.start < span.start);
  return (
    script?.commands.some(({ name }) => name === 'set' || name === 'trap') === true ||
    flags.length > 0 ||
    shell?.args.some(({ value }) => /^-\w*e|errexit/.test(value)) === true
  );
}

function cut<Title extends MessageId>(title: Title, last: ShellItem, end: ShellItem) {
  const edits = [{ span: { start: last.span.end, end: end.span.end }, newText: '' }];
  return { title, safety: 'unsafe' as const, edits };
}

function isNeeded(command: ShellCommand): boolean {
  return isWork(command) && !isDownload(command);
}

function isSuccess({ kind, commands: [command] }: ShellItem): boolean {
  return kind === 'command' && (/^(?:true|:)$/.test(command?.name ?? '') || isExitZero(command));
}

const insert = (at: number, newText: string) => ({ span: { start: at, end: at }, newText });

/** The items that `&&` joins before the item at this index. */
function joinedBefore({ items, operators }: ShellChain, at: number): ShellItem[] {
  let first = at;
  while (operators[first - 1]?.text === '&&') first--;
  return items.slice(first, at);
}

/** The command of an item. */
function commandOf({ kind, commands }: ShellItem): ShellCommand[] {
  const [command] = commands;
  return kind === 'command' && command ? [command] : [];
}

function isNothing({ kind, commands }: ShellItem): boolean {
  const [command] = commands;
  return kind === 'command' && (/^(?:true|:|echo)$/.test(command?.name ?? '') || isExitZero(command));
}

function isExitZero(command: ShellCommand | undefined): boolean {
  return command?.name === 'exit' && command.words[1]?.value === '0';
}

/** True for the work that the image is built for: an install, a build, a download. */
function isWork(command: ShellCommand): boolean {
  if (systemInstall(command) || isDownload(command)) return true;
  const operation = OPERATIONS[command.name];
  const [, first, second] = command.words.map(({ value }) => value);
  if (operation) return operation.test(first === 'run' ? `run ${second ?? ''}` : (first ?? '')) && !isTrial(command);
  return packageCommand(command, ['pip'])?.subcommand?.value === 'install';
}

function isDownload({ name, words }: ShellCommand): boolean {
  return name === 'curl' || name === 'wget' || (name === 'git' && words[1]?.value === 'clone');
}

/** A test may fail if the image is wanted in any case, and a cleanup may find nothing to remove. */
function isTrial({ words }: ShellCommand): boolean {
  return words.some(({ value }) => /clean|test|check|lint|uninstall/.test(value));
}

/** Operations whose result the image needs, by the word after the program. */
const OPERATIONS: Readonly<Record<string, RegExp>> = {
  bun: /^(?:install|i|build|run build.*)$/,
  conda: /^(?:install|env)$/,
  'docker-php-ext-install': /./,
  flutter: /^build$/,
  gradle: /^(?:build|assemble|bootJar|-.*)$/,
  gradlew: /^(?:build|assemble|bootJar|-.*)$/,
  make: /^(?:all|build|install|-.*|)$/,
  mamba: /^(?:install|env)$/,
  mix: /^(?:deps\.get|compile|release)$/,
  mvnw: /^(?:package|install|-.*)$/,
  pecl: /^install$/,
  pipenv: /^(?:install|sync)$/,
  poetry: /^install$/,
  rails: /^assets:precompile$/,
  rake: /^assets:precompile$/,
  swift: /^build$/,
  tsc: /^(?:-.*|)$/,
  uv: /^(?:sync|pip)$/,
  ninja: /^(?:install|)$/,
  cmake: /^(?:--build|--install)$/,
  npm: /^(?:ci|install|i|run build.*)$/,
  yarn: /^(?:install|build|run build.*|)$/,
  pnpm: /^(?:install|i|build|run build.*)$/,
  bundle: /^install$/,
  composer: /^install$/,
  gem: /^install$/,
  go: /^(?:build|install)$/,
  cargo: /^(?:build|install)$/,
  mvn: /^(?:package|install|-.*)$/,
  dotnet: /^(?:restore|build|publish)$/,
};

function calledAs(command: ShellCommand): string {
  const { subcommand } = readOptions(command);
  return subcommand ? `${command.name} ${subcommand.value}` : command.name;
}
