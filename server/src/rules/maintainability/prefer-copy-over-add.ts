import { expandedWord } from '../../dockerfile/expandedWord';
import { isFromHistory } from '../../dockerfile/imageHistory';
import { defineRule } from '../../engine/rule';

const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz|tlz|tzst|gz|bz2|xz|zst|lzma|Z)$/i;
// Bounded: a line, a word or an instruction: 65,535 characters at most (dockerfile/limits.ts).
const REMOTE = /^(?:https?|ftp|git|ssh):\/\/|^git@|\.git(?:#.*)?$/i;
const ADD_ONLY_FLAGS = new Set(['checksum', 'keep-git-dir', 'unpack']);

export default defineRule({
  meta: {
    id: 'prefer-copy-over-add',
    group: 'maintainability',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'DL3020',
      'DS-0005',
      'DS005',
      'AVD-DS-0005',
      'CKV_DOCKER_4',
      'sonar:S7029',
      'CIS-DI-0009',
      'DF006',
      'kics:add_instead_of_copy',
    ],
    fixable: 'unsafe',
    messages: {
      add: 'ADD copies ordinary files',
      copy: 'Use COPY',
    },
    docs: {
      description: 'Copy local files with COPY',
      rationale:
        '`ADD` also downloads URLs and unpacks archives, so readers have to check every name to know what it does, and an archive that is added later silently changes the build. `COPY` only copies.',
      fixSafety: {
        safe: 'both instructions do the same for local files that are not archives.',
        unsafe: 'a name with variables or wildcards may match an archive, which COPY does not unpack.',
        notes: 'URLs, git repositories, archives and flags that only ADD supports are not changed.',
      },
      bad: ['FROM debian:12\nADD app.py /app/\n'],
      good: [
        'FROM debian:12\nCOPY app.py /app/\n',
        'FROM debian:12\nADD rootfs.tar.xz /\n',
        'FROM debian:12\nADD https://example.com/a.txt /\n',
        'FROM debian:12\nADD $FILE /app/\n',
      ],
      references: ['https://docs.docker.com/build/building/best-practices/#add-or-copy'],
    },
  },
  visits: { keywords: ['ADD'] },
  create: ({ dockerfile, settings, report }) => ({
    instruction(node) {
      if (isFromHistory(node) || node.flags.some((flag) => ADD_ONLY_FLAGS.has(flag.name))) return;
      const sources = node.args.slice(0, -1);
      const names = sources.map((source) => expandedWord(node, source));
      // hadolint takes a name with a variable or a wildcard for a file.
      const isFile = (name: string | undefined, source: string): boolean =>
        settings.dialect === 'hadolint'
          ? !ARCHIVE.test(name ?? source) && !REMOTE.test(name ?? source)
          : isPlain(name) || (name === undefined && isNamedLikeFile(source, node.args.at(-1)?.value ?? ''));
      if (sources.length === 0 || !sources.every(({ value }, at) => value.startsWith('<<') || isFile(names[at], value)))
        return;
      const isLower = dockerfile.text.startsWith('add', node.keywordSpan.start);
      // A build argument may have another value next time.
      const isFixed = sources.every(({ text }) => text.startsWith('<<') || !text.includes('$'));
      report(node.keywordSpan, 'add', {
        fix: {
          title: 'copy',
          safety: isFixed ? 'safe' : 'unsafe',
          edits: [{ span: node.keywordSpan, newText: isLower ? 'copy' : 'COPY' }],
        },
      });
    },
  }),
});

/** `ADD ${JAR_FILE} app.jar`: the variable is named like a file, and the copy is one that is no archive. */
function isNamedLikeFile(source: string, destination: string): boolean {
  return /^\$\{?(?:\w+_)?(?:JAR|WAR)(?:_?(?:FILE|NAME|PATH))?\}?$/i.test(source) && /\.[jw]ar$/.test(destination);
}

function isPlain(name: string | undefined): boolean {
  // A wildcard at the end may match an archive.
  return name !== undefined && name !== '' && !/[*?\]]$/.test(name) && !ARCHIVE.test(name) && !REMOTE.test(name);
}
