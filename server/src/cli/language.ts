import { type Language, languageOf } from '../l10n/language';

/**
 * Needed before the arguments are read, whose errors are told in it: `--lang`, else what POSIX goes by for messages. A
 * `--lang` that is not known is told of in English.
 */
export function languageFrom(argv: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const index = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (index >= 0) return languageOf(words[index]?.split('=')[1] ?? words[index + 1]);
  return languageOf(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG']);
}
