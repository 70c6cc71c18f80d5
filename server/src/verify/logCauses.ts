import type { LogCause } from '../reports/verification';

/** Errors that changes to an image usually cause, the most telling first; the group is the subject. */
const CAUSES: readonly (readonly [LogCause['kind'], RegExp])[] = [
  ['library', /error while loading shared libraries: ([^\s:]+)/],
  ['library', /(?:ImportError|OSError): (lib[\w.+-]+\.so[.\d]*)/],
  ['library', /Error loading shared library ([^\s:]+)/],
  ['library', /Couldn't find a valid (ICU) package/],
  ['library', /UnsatisfiedLinkError:? ?(.{0,80})/],
  ['write', /(?:EACCES|EPERM|EROFS|EISDIR)\b[^'"\n]{0,80}['"]([^'"\n]+)['"]/],
  ['write', /(?:[Pp]ermission denied|Read-only file system|AccessDeniedException):? ?(?:'|")?(\/[^\s'":]+)?/],
  ['program', /\b(?:ba|da|a)?sh: (?:\d+: |line \d+: )?([\w./+-]+): (?:command )?not found/],
  ['program', /exec: "([^"]+)": (?:executable file not found|stat|no such file)/],
  // crun, which podman starts containers with.
  ['program', /executable file `([^`]+)` not found/],
  ['program', /\bspawn ([^\s]+) ENOENT/],
  ['program', /\benv: [‘'"]?([^’'":\s]+)[’'"]?: No such file/],
  // Python says the same of files; those have an extension or a folder.
  ['program', /FileNotFoundError: [^'\n]{0,60}'([\w-]+)'/],
  ['module', /Cannot find (?:module|package) ['"]([^'"]+)['"]/],
  ['module', /No module named ['"]?([\w.]+)/],
  ['module', /(?:ClassNotFoundException|NoClassDefFoundError): ([\w./$]+)/],
  ['module', /cannot load such file -- (\S+)/],
  [
    'certificates',
    /certificate signed by unknown authority|CERTIFICATE_VERIFY_FAILED|unable to get local issuer certificate/,
  ],
  ['memory', /OutOfMemoryError|Cannot allocate memory|JavaScript heap out of memory/],
  ['file', /(?:ENOENT|FileNotFoundError|No such file or directory|NoSuchFileException)[^'"\n]{0,80}['"]([^'"\n]+)['"]/],
  ['file', /(?:Unable to access jarfile|can't open file) ['"]?([^\s'"]+)/],
  ['file', /([\w./-]{1,200}): (?:cannot open[^:]{0,40}: )?No such file or directory/],
];

/** The errors in a log, each kind and subject once. */
export function logCauses(log: string): LogCause[] {
  const found = new Map<string, LogCause>();
  for (const line of log.split('\n')) {
    const cause = causeOf(line.slice(0, 500).trim());
    if (cause)
      found.set(`${cause.kind} ${cause.subject ?? ''}`, found.get(`${cause.kind} ${cause.subject ?? ''}`) ?? cause);
  }
  return [...found.values()];
}

function causeOf(line: string): LogCause | undefined {
  for (const [kind, pattern] of CAUSES) {
    const match = pattern.exec(line);
    if (match) return { kind, line, ...(match[1] === undefined ? {} : { subject: match[1] }) };
  }
  return undefined;
}
