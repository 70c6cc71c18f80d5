import { anyOf } from '../text/pattern';

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
  [/\b(?:\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{1,2}\/\d{1,2}\/\d{4})\b/g, '<time>'],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?(?: [AP]M)?/g, '<time>'],
  [/\b\d{1,9}(?:\.\d{1,9})? ?(?:[mµun]?s|seconds?|milliseconds?|minutes?)\b/g, '<duration>'],
  [/\b1\d{9}(?:\.\d{1,9}|\d{3})?\b/g, '<time>'],
  [/\b(?!0\.0\.0\.0|127\.0\.0\.1)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '<address>'],
  [/(\b(?:process|JVM) running for )\d{1,6}\.\d{1,6}/g, '$1<duration>'],
  [/:(?:3[2-9]\d{3}|[45]\d{4}|6[0-5]\d{3})\b/g, ':<port>'],
];

/** Replaces what differs each time a program runs: times, durations, ids, addresses. */
export function normalize(text: string): string {
  return VARYING.reduce((result, [pattern, mark]) => result.replace(pattern, mark), text);
}

/** Lines that only say how the program was started, which a plan may change. */
const ABOUT_THE_START = anyOf(
  /^(?:> |\$ |yarn run v|npm (?:notice|warn|WARN)\b|Done in |warning You don't appear to have an internet)/,
  /\b(?:running|run) (?:\S{1,20} ){0,4}as (?:the )?['"`]?(?:root|superuser)\b/,
  // Next.js, of the settings for its standalone server.
  /^\W{0,4}"next start" does not work with "output: standalone"/,
  // Celery's warning has several lines.
  /with superuser privileges: this is|^absolutely not recommended|different user using the --uid|^User information: uid=/,
  // Spring Boot names the user, the folder, and the jar if there is one.
  /\bStarting \S{1,100} .{0,200}\bstarted by /,
  // The scripts of nginx's image change the configuration if they may, and nginx names its compiler.
  /^\S{0,40}docker-entrypoint\.sh: |^\d\d-[\w-]{1,60}\.(?:env)?sh: |\[notice\] .{0,20}built by /,
);
/** What differs in the output of images that do the same: numbers of processes, folders, releases of the runtime. */
const OF_THE_IMAGE: readonly (readonly [RegExp, string])[] = [
  // Node.js: `(node:18) Warning`; Nest: `[Nest] 18  - LOG`; Ruby: `#7] INFO`.
  [/(\bpid["']?[ :=]{1,3}|\[|process |\(node:|\[Nest\] {1,4}|#)\d{1,7}\b/gi, '$1<pid>'],
  // nginx: `29#29: *1 open()`; Spring: `INFO 7 --- [main]`.
  [/\b\d{1,7}(?:#<pid>:|(?= --- \[))/g, '<pid>'],
  // Gunicorn: `Listening at: http://0.0.0.0:8000 (7)`.
  [/(\bListening at: \S{1,200} )\(\d{1,7}\)/g, '$1<pid>'],
  [/(?<![\w.:/])(?:\/[\w.@+-]{1,100}){1,20}\//g, '…/'],
  [/(?<![\w.])(?!0\.0\.0\.0|127\.0\.0\.1)(v?\d{1,4})\.\d{1,4}\.\d{1,6}(?:[.+-]\w{1,30}){0,4}/g, '$1.<release>'],
];

/** The lines of a log to compare, each once: normalized, without what a plan may change. */
export function comparableLines(log: string): string[] {
  const lines = normalize(log)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !ABOUT_THE_START.test(line))
    .map((line) => OF_THE_IMAGE.reduce((result, [pattern, mark]) => result.replace(pattern, mark), line));
  return [...new Set(lines)];
}
