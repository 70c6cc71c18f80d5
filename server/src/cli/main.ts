import { createAnalyzer } from '../analyzer';
import { nodeHost } from '../host/host.node';
import { loadPatterns, readTexts } from '../host/readTexts.node';
import { createLocalize } from '../l10n/localize';
import { now } from '../system/clock';
import { type CliArguments, LINT_PART, readArguments } from './arguments';
import { wantsColour } from './colour';
import { Failure, reasonOf, stackOf } from './failure';
import { languageFrom } from './language';
import type { CommandName } from './options';
import { createSession, type Session } from './session';
import { usage } from './usage';
import { version } from './version';

/** Each command is loaded only when it runs. */
const COMMANDS: Readonly<Record<CommandName, (session: Session) => Promise<number>>> = {
  lint: async (session) => (await import('./commands/lint')).lint(session),
  fix: async (session) => (await import('./commands/fix')).fix(session),
  format: async (session) => (await import('./commands/format')).formatFiles(session),
  optimize: async (session) => (await import('./commands/optimize')).optimize(session),
  init: async (session) => (await import('./commands/init')).init(session),
  rules: async (session) => (await import('./commands/rules')).rules(session),
  explain: async (session) => (await import('./commands/explain')).explain(session),
  migrate: async (session) => (await import('./commands/migrate')).migrate(session),
  config: async (session) => (await import('./commands/config')).config(session),
  measure: async (session) => (await import('./commands/measure')).measure(session),
  cache: async (session) => (await import('./commands/cache')).cache(session),
  scan: async (session) => (await import('./commands/scan')).scan(session),
  mcp: async (session) => (await import('./commands/mcp')).mcp(session),
};

const language = languageFrom(process.argv.slice(2), process.env);
const localize = createLocalize(language === 'en' ? undefined : readTexts(`texts.${language}`)?.texts);

/** Exit codes: 0 done, 1 findings, 2 wrong usage or an error. */
async function main(argv: readonly string[]): Promise<number> {
  let isJson = false;
  try {
    const options = readArguments(argv, localize);
    isJson = options.format === 'json';
    if (options.isVersion) {
      process.stdout.write(`${version}\n`);
      return 0;
    }
    if (options.isHelp) {
      process.stdout.write(usage(options.command, localize));
      return 0;
    }
    if (options.command === undefined) {
      process.stderr.write(usage(undefined, localize));
      return 2;
    }
    const session = await openSession(options, (text) => {
      process.stderr.write(text);
    });
    const code = await COMMANDS[options.command](session);
    return session.failures.size > 0 ? 2 : code;
  } catch (error) {
    if (error instanceof Failure) {
      if (isJson) process.stdout.write(`${JSON.stringify({ version: 1, error: error.message }, undefined, 2)}\n`);
      process.stderr.write(
        `${localize('error: {message}', { message: error.message })}\n${localize('Try dockerfile-optimizer --help')}\n`,
      );
    } else process.stderr.write(`${localize('internal error: {message}', { message: stackOf(error) })}\n`);
    return 2;
  }
}

async function isThread(): Promise<boolean> {
  return process.argv[2] === LINT_PART && !(await import('./lintPart')).isMainThread;
}

/** The main thread's session reports the failures of this one. */
async function startThread(argv: readonly string[]): Promise<void> {
  const session = await openSession(readArguments(argv, localize), () => {});
  (await import('./lintPart')).lintPart(session);
}

async function openSession(options: CliArguments, err: Session['err']): Promise<Session> {
  return createSession({
    engine: createAnalyzer({ now, language, readTexts, loadPatterns }),
    host: nodeHost,
    options,
    language,
    out: (text) => {
      process.stdout.write(text);
    },
    err,
    hasColour: wantsColour(options.color, process.env, process.stdout.isTTY === true),
  });
}

let isTold = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `lint | head` closes the pipe early: that is not our error.
  if (error.code === 'EPIPE' || isTold) return;
  isTold = true;
  process.stderr.write(`${localize('error: standard output: {reason}', { reason: reasonOf(error, localize) })}\n`);
  process.exitCode = 2;
});
// No stream is left to report the error on.
process.stderr.on('error', () => {});
void isThread().then(async (isOne) => {
  if (isOne) return startThread(process.argv.slice(3));
  const code = await main(process.argv.slice(2));
  // A failed write has already set the exit code.
  process.exitCode ??= code;
});
