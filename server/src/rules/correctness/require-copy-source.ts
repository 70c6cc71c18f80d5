import { excludedFromGit, namedInBuilds } from '../../app/builtFiles';
import { normalPath, sourcesMatching } from '../../app/copiedFiles';
import type { Instruction } from '../../dockerfile/model';
import type { BuildContext } from '../../engine/buildContext';
import { nearestName } from '../../engine/nearestName';
import { defineRule } from '../../engine/rule';
import { baseName, isWithin } from '../../text/paths';
import { anyOf } from '../../text/pattern';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'require-copy-source',
    group: 'correctness',
    severity: 'warning',
    recommended: true,
    since: '0.1.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      absent: '`{path}` is not in the build context',
      nothing: '`{path}` matches nothing in the build context',
      correct: 'Correct the path, which starts at the build context',
      near: 'Write `{meant}`',
    },
    docs: {
      description: 'Copy only files that exist',
      rationale:
        'A COPY of a file that is not in the build context fails, after everything above it was built.\n\nOnly reported where the build context is certain: a Compose or Bake file names it, or it is the root of the repository. Files that .gitignore names, that a build makes, or that scripts and workflows of the project mention are not reported.',
      fixSafety: { manual: 'only the author knows what is meant.' },
      bad: ['FROM debian:12\nCOPY ap.py /srv/\n'],
      good: ['FROM debian:12\nCOPY app.py /srv/\n'],
      references: ['https://docs.docker.com/reference/dockerfile/#copy'],
    },
  },
  create: ({ buildContext, settings, report }) => ({
    file({ instructions }) {
      if (!buildContext || buildContext.unlisted.includes('')) return;
      const isRoot = buildContext.unlisted.includes('.git');
      const { isNamedInBuildFile } = settings;
      if (!isRoot && !isNamedInBuildFile) return;
      for (const node of instructions) {
        const word = manifestPattern(node, buildContext);
        if (word)
          report(word.span, 'nothing', { data: { path: word.value }, fix: { title: 'correct', safety: 'manual' } });
      }
      for (const { word, path, target } of instructions.flatMap(sourcesOf)) {
        if (has(buildContext, path) || mayBeMade(path, target, buildContext)) continue;
        // The folders above may have the .gitignore or the submodules that explain it.
        if (!isRoot && (!SOURCE.test(path) || (path.includes('/') && !has(buildContext, topOf(path))))) continue;
        // A build may have that folder as its context.
        if (!isNamedInBuildFile && isBelow(path, buildContext)) continue;
        const folder = path.slice(0, path.length - baseName(path).length);
        const meant = nearestName(
          path,
          [...buildContext.files.keys()].filter(
            (file) => file.startsWith(folder) && !file.slice(folder.length).includes('/'),
          ),
        );
        report(word.span, 'absent', {
          data: { path: word.value },
          fix:
            meant === undefined
              ? { title: 'correct', safety: 'manual' }
              : { title: 'near', data: { meant }, safety: 'manual' },
        });
      }
    },
  }),
});

interface CopySource {
  readonly word: Word;
  /** Relative to the build context. */
  readonly path: string;
  readonly target: string;
}

/** The files and folders that an instruction names exactly. */
function sourcesOf(node: Instruction): CopySource[] {
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || node.onbuild) return [];
  if (node.flags.some(({ name }) => name === 'from' || name === 'parents')) return [];
  const target = node.args.at(-1)?.value ?? '';
  return node.args.slice(0, -1).flatMap((word) => {
    const { value: written } = word;
    const path = normalPath(written);
    const isPlain =
      word.isStatic && path !== '' && !/[*?[\]"'\\$%{]|^<<|:\/\/|^git@|(?:^|\/)\.\.(?:\/|$)/.test(written);
    return isPlain ? [{ word, path, target }] : [];
  });
}

/** `COPY package*.json ./` where there is no such file: the install that follows fails. */
function manifestPattern({ keyword, flags, args, onbuild }: Instruction, context: BuildContext): Word | undefined {
  const [word, ...more] = args.slice(0, -1);
  if (keyword !== 'COPY' || onbuild || flags.length > 0 || !word?.isStatic || more.length > 0) return undefined;
  const path = normalPath(word.value);
  const isManifest = /(?:^|\/)package\*\.json$/.test(path) && !path.slice(0, -13).includes('*');
  const isThere = sourcesMatching(path, context).length > 0 || isBelow('package.json', context);
  return isManifest && !isThere && !excludedFromGit(path.replace('*', ''), context) ? word : undefined;
}

function has({ files, unlisted }: BuildContext, path: string): boolean {
  if (files.has(path) || unlisted.some((folder) => isWithin(path, folder) || isWithin(folder, path))) return true;
  const inside = `${path}/`;
  for (const file of files.keys()) if (file.startsWith(inside)) return true;
  return false;
}

function topOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

function isBelow(path: string, { files }: BuildContext): boolean {
  return [...files.keys()].some((file) => `/${file}/`.includes(`/${path}/`));
}

/** True for what a build, a person or a deployment puts there. */
function mayBeMade(path: string, target: string, context: BuildContext): boolean {
  if (MADE.test(path) || excludedFromGit(path, context) || namedInBuilds(baseName(path), context)) return true;
  const isNameOnly = /^[\w-]+$/.test(path);
  const mayBeProgram = /\/(?:s?bin|opt)\b|^\/[\w-]*$/.test(target) || COMPILED.some((file) => context.files.has(file));
  return isNameOnly && mayBeProgram;
}

const MADE = anyOf(
  /(?:^|\/)(?:target|[\w-]{0,40}build[\w-]{0,40}|dist|out|bin|obj|publish|release|releases|artifacts?|output|node_modules|vendor|generated|_?site|public|coverage|tmp|data|logs?|certs?|ssl|keys?|secrets?|models?|weights|wheels?|deps|libs?)(?:\/|$)/i,
  /\.(?:[jwe]ar|class|whl|deb|rpm|apk|tgz|tar|t?[gx]z|bz2|zip|exe|so|dll|bin|pem|key|crt|cer|p12|jks|pfx|db|sqlite3?|dump|sql|onnx|pth?|h5|pkl|env|license|lic)$/i,
  /(?:^|\/)\.|env|secret|credential|local|config\.\w+$|version|sha\b/i,
);

/** What no .gitignore leaves out. */
const SOURCE = anyOf(
  /(?:^|\/)(?:package\.json|requirements[\w.-]{0,40}\.txt|pyproject\.toml|Pipfile|Gemfile|composer\.json|go\.mod|Cargo\.toml|pom\.xml)$/,
  /\.(?:py|rb|php|go|rs|java|kt|cs|[cm]?[jt]sx?|cc|cpp|[fc]sproj|sln)$/,
);

/** Projects that compile a program. */
const COMPILED = ['go.mod', 'Cargo.toml', 'CMakeLists.txt', 'Makefile', 'meson.build', 'configure.ac'];
