/** What differs from run to run, and what stands for it. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors of a terminal
  [/\u001b\[[\d;?]{0,20}[A-Za-z]/g, ''],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<id>'],
  [/\b0x[\da-f]{1,16}\b/gi, '<id>'],
  [/\b(?=[a-f\d]{0,64}\d)[\da-f]{12,64}\b/gi, '<id>'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:\d\d )?[A-Z][a-z]{2} (?:\d{4}|[ \d]\d) [\d:]{8}(?: [A-Z]{3,4})?(?: \d{4})?/g,
    '<time>',
  ],
  [/\b\d\d\/[A-Z][a-z]{2}\/\d{4}[: ][\d:]{8}(?: [+-]\d{4})?/g, '<time>'],
  [/\b\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?(?: ?(?:Z\b|[+-]\d\d:?\d\d))?/g, '<time>'],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: [AP]M)?/g, '<time>'],
  [/\b\d{1,9}(?:\.\d{1,9})? ?(?:[mµun]?s|seconds?|milliseconds?|minutes?)\b/g, '<duration>'],
  [/\b1\d{9}(?:\.\d{1,9}|\d{3})?\b/g, '<time>'],
  [/\b(?!0\.0\.0\.0|127\.0\.0\.1)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '<address>'],
  [/(\bpid[ :=]{1,3}|\[|process )\d{1,7}\b/gi, '$1<pid>'],
  [/:(?:3[2-9]\d{3}|[45]\d{4}|6[0-5]\d{3})\b/g, ':<port>'],
];

/** Replaces what differs each time a program runs: times, durations, ids, addresses. */
export function normalize(text: string): string {
  return VARYING.reduce((result, [pattern, mark]) => result.replace(pattern, mark), text);
}

/** Lines that only say how the program was started, which a plan may change. */
const ABOUT_THE_START =
  /^(?:> |\$ |yarn run v|npm (?:notice|warn|WARN)\b|Done in |.*\b(?:running|run) (?:\S{1,20} ){0,4}as (?:the )?['"`]?(?:root|superuser)\b)/;
const PATH = /(?<![\w.:/])(?:\/[\w.@+-]{1,100}){1,20}\//g;

/** The lines of a log to compare: normalized, without the folders of paths, which a plan may change. */
export function comparableLines(log: string): string[] {
  return normalize(log)
    .split('\n')
    .map((line) => line.replace(PATH, '…/').trim())
    .filter((line) => line !== '' && !ABOUT_THE_START.test(line));
}
