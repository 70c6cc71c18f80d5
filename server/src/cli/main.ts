import { createAnalyzer } from '../analyzer';
import { now } from '../host/clock.node';
import { nodeHost } from '../host/host.node';
import { readTexts } from '../host/readTexts.node';
import { createLocalize } from '../l10n/localize';
import { type CliArguments, type CommandName, readArguments } from './arguments';
import { wantsColour } from './colour';
import { explain } from './commands/explain';
import { fix } from './commands/fix';
import { lint } from './commands/lint';
import { migrate } from './commands/migrate';
import { optimize } from './commands/optimize';
import { rules } from './commands/rules';
import { Failure, reasonOf, stackOf } from './failure';
import { languageFrom } from './language';
import { createSession, type Session } from './session';
import { usage } from './usage';
import { version } from './version';

const COMMANDS: Readonly<Record<CommandName, (session: Session) => number | Promise<number>>> = {
  lint,
  fix,
  optimize,
  rules,
  explain,
  migrate,
  // What reads images is loaded by those who ask for it.
  measure: async (session) => (await import('./commands/measure')).measure(session),
  scan: async (session) => (await import('./commands/scan')).scan(session),
};

const language = languageFrom(process.argv.slice(2), process.env);
const localize = createLocalize(language === 'en' ? undefined : readTexts(`texts.${language}`)?.texts);

/** 0 done, 1 findings, 2 wrong usage or an error. */
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
    const session = openSession(options);
    const code = await COMMANDS[options.command](session);
    return session.hasFailed() ? 2 : code;
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

function openSession(options: CliArguments): Session {
  return createSession({
    engine: createAnalyzer({ now, language, readTexts }),
    host: nodeHost,
    options,
    language,
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    hasColour: wantsColour(options.color, process.env, process.stdout.isTTY === true),
  });
}

let isTold = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // `lint | head` closes the pipe early: that is no error of ours.
  if (error.code === 'EPIPE' || isTold) return;
  isTold = true;
  process.stderr.write(`${localize('error: standard output: {reason}', { reason: reasonOf(error, localize) })}\n`);
  process.exitCode = 2;
});
// Nobody is left to be told.
process.stderr.on('error', () => {});
void main(process.argv.slice(2)).then((code) => {
  // What could not be written has had its say already.
  process.exitCode ??= code;
});
