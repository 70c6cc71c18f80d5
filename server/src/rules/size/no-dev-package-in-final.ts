import { baseFacts } from '../../app/effectiveUser';
import { startWords } from '../../app/start/startWords';
import { packageCommand } from '../../commands/packageCommand';
import { inheritedInstructions, lineage } from '../../dockerfile/lineage';
import type { Instruction, Stage } from '../../dockerfile/model';
import { defineRule } from '../../engine/rule';
import { libraryRelease, runtimeLibraries } from '../../knowledge/runtimeLibraries';
import { baseName } from '../../text/paths';
import { anyOf } from '../../text/pattern';

const TOOLS = ['apt-get', 'apt', 'apk', 'dnf', 'yum', 'microdnf'];

export default defineRule({
  meta: {
    id: 'no-dev-package-in-final',
    group: 'size',
    severity: 'info',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'unsafe',
    unsafeIn: 'recommended',
    messages: {
      headers: '`{name}` is for compiling, but this stage only copies what another one built',
      libraries: 'Install the library instead: {names}',
      library: 'Install the package of the library itself, without `{suffix}`',
    },
    docs: {
      description: 'Install libraries without their headers where nothing is compiled',
      rationale:
        'A `-dev` or `-devel` package contains headers and static libraries, and pulls in those of its dependencies. A program that was built in another stage only needs the shared library: `libpq5` instead of `libpq-dev`.\n\nReported in a final stage that takes its program from another stage and compiles nothing itself. If it also copies files from the build context, the container must start that program.',
      fixSafety: {
        unsafe: 'the program may use a library that only came along as a dependency of the `-dev` package.',
        manual: 'the name of the library package depends on the release of the distribution, which is unknown.',
      },
      bad: [
        'FROM rust:1.90 AS build\nRUN cargo build --release\nFROM debian:13-slim\nRUN apt-get update && apt-get install -y libssl-dev\nCOPY --from=build /target/release/app /usr/bin/app\nCMD ["app"]\n',
      ],
      good: [
        'FROM rust:1.90 AS build\nRUN cargo build --release\nFROM debian:13-slim\nRUN apt-get update && apt-get install -y libssl3t64\nCOPY --from=build /target/release/app /usr/bin/app\nCMD ["app"]\n',
      ],
      references: ['https://docs.docker.com/build/building/multi-stage/'],
    },
  },
  visits: { tools: TOOLS },
  create: ({ dockerfile, knowledge, report }) => ({
    command(command, on) {
      const call = packageCommand(command, TOOLS);
      if (!/^(?:install|add)$/.test(call?.subcommand?.value ?? '') || !on.stage?.isFinal) return;
      const word = call?.operands.find(({ value, isStatic }) => isStatic && /^[\w.+-]+-dev(?:el)?$/.test(value));
      if (!word || lineage(on.stage)[0]?.base.kind !== 'image') return;
      const instructions = inheritedInstructions(on.stage);
      const takesBuilt = instructions.some(({ keyword, flags }) => keyword === 'COPY' && comesFromStage(flags));
      // A compiler, a script or an interpreter's package manager may need the headers.
      const mayCompile = instructions.some(({ keyword, bodyText }) => keyword === 'RUN' && COMPILES.test(bodyText));
      const copiesSources = instructions.some(
        ({ keyword, flags }) => (keyword === 'COPY' || keyword === 'ADD') && !comesFromStage(flags),
      );
      const opensByName = dockerfile.stages.some(({ from }) => OPENS_BY_NAME.test(from.bodyText));
      const isRemoved = /\b(?:purge|autoremove|apk\s+del)\b/.test(dockerfile.text.slice(command.span.end));
      if (!takesBuilt || mayCompile || opensByName || isRemoved || call?.has('-t', '--virtual')) return;
      if (copiesSources && !startsBuilt(on.stage, instructions)) return;
      const facts = baseFacts(on.stage, knowledge);
      const release = facts?.distro === 'debian' ? libraryRelease(facts) : undefined;
      const libraries = release === undefined ? [] : (runtimeLibraries(word.value, release) ?? []);
      const names = libraries.join(' ');
      const suffix = word.value.endsWith('-devel') ? '-devel' : '-dev';
      report(word.span, 'headers', {
        data: { name: word.value },
        fix:
          libraries.length > 0
            ? { title: 'libraries', data: { names }, safety: 'unsafe', edits: [{ span: word.span, newText: names }] }
            : { title: 'library', data: { suffix }, safety: 'manual' },
      });
    },
  }),
});

/** True when the container starts a program that another stage built: files of the context are then not compiled. */
function startsBuilt(stage: Stage, instructions: readonly Instruction[]): boolean {
  const program = baseName(startWords(stage)?.[0] ?? '');
  if (program === '' || /^(?:bash|java|node|perl|php|python|R|ruby|sh)/.test(program)) return false;
  return instructions.some(
    ({ keyword, flags, args }) =>
      keyword === 'COPY' && comesFromStage(flags) && args.some(({ value }) => baseName(value) === program),
  );
}

function comesFromStage(flags: Instruction['flags']): boolean {
  return flags.some(({ name }) => name === 'from');
}

/** Programs of these languages open `libsqlite3.so`, a link that only the `-dev` package has. */
const OPENS_BY_NAME = /\b(?:dart|flutter|dotnet|mono)\b/i;

const COMPILES = anyOf(
  /\b(?:gcc|g\+\+|clang|cc|make|cmake|meson|ninja|build-essential|build-base|configure|cargo|go)\b/,
  /\b(?:pip3?|gem|bundle|npm|yarn|pnpm|pecl|docker-php-ext-\w+|cpan\w*)\b/,
  /\b(?:python3?|ruby|node|perl|R|Rscript|julia|bash|sh|curl|wget|git)\b/,
);
