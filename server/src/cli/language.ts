import { type Language, languageOf } from '../l10n/language';

/**
 * Needed before the arguments are parsed, for their error messages: `--lang`, else the POSIX variables for messages. An
 * unknown `--lang` is reported in English.
 */
export function languageFrom(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const index = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (index >= 0) return languageOf(words[index]?.split('=')[1] ?? words[index + 1]);
  return languageOf(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG']);
}
